"""Golden facts of each language: sentence, ---, one line a fact that may ground a claim, ===."""

from pathlib import Path

import pytest

from consistency.languages import canonical_tag, load_language, parse, supported
from consistency.records import ConsistencyError
from tests.facts_of import lines_of

FOLDER = Path(__file__).parent / "languages"
FIRST_CLASS = ("en", "de", "fr", "es", "it", "pt", "ru", "ja", "zh", "ko", "id", "el", "fi", "la")


def cases():
    for path in sorted(FOLDER.glob("??.txt")):
        for block in path.read_text(encoding="utf-8").split("\n===\n"):
            lines = [line for line in block.strip("\n").split("\n") if not line.startswith("#")]
            if lines == [""]:
                continue
            assert "---" in lines, f"{path.name}: a case without ---: {block!r}"
            cut = lines.index("---")
            yield pytest.param(
                path.stem, "\n".join(lines[:cut]), lines[cut + 1 :], id=f"{path.stem}: {lines[0][:50]}"
            )


@pytest.mark.parametrize(("lang", "text", "expected"), cases())
def test_facts(lang, text, expected):
    # Of what grounds no claim alone, magnitudes ("thousands of") are held: they contradict each other.
    assert [line for line in lines_of(lang, text) if not line.startswith("?") or "n×" in line] == expected


@pytest.mark.parametrize("lang", supported())
def test_every_language_has_golden_facts(lang):
    assert (FOLDER / f"{lang}.txt").exists(), f"tests/languages/{lang}.txt is missing"


@pytest.mark.parametrize("lang", FIRST_CLASS)
def test_first_class_languages_have_every_table(lang):
    language = load_language(lang)
    tables = (
        language.numbers.cardinals or language.numbers.digits,
        language.numbers.multipliers,
        language.units,
    )
    assert all(tables), f"{lang}: numbers.cardinals, numbers.multipliers and units are needed"
    assert len(language.dates.months) == 12
    assert len(language.dates.weekdays) == 7


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('tag = "xx"\ncolour = 1', "xx.toml: colour: unknown key"),
        (
            'tag = "xx"\n[numbers]\ndecimals = ","',
            "xx.toml: numbers.decimals: unknown key, known are articles",
        ),
        ('tag = "xx"\n[dates]\nmonths = [["a"]]', "xx.toml: dates.months: 12 lists expected, 1 found"),
        ('tag = "xx"\n[numbers.cardinals]\nten = ["x"]', "xx.toml: numbers.cardinals: 'ten' is not a number"),
        ('tag = "xx"\n[units]\nmetre = "m"', "xx.toml: units.metre: a list of words expected, found 'm'"),
        ("tag = ", "xx.toml: Invalid value"),
    ],
)
def test_a_wrong_file_is_refused_with_its_key(text, message):
    with pytest.raises(ConsistencyError) as error:
        parse(text, "xx.toml")
    assert str(error.value).startswith(message)


@pytest.mark.parametrize(
    ("tag", "key"), [("pt-BR", "pt"), ("pt_BR", "pt"), ("EN", "en"), ("zh-Hant-TW", "zh"), ("tlh", "tlh")]
)
def test_canonical_tag(tag, key):
    assert canonical_tag(tag) == key


def test_an_unknown_language_is_read_without_words():
    assert not load_language("tlh").supported
    assert lines_of("tlh", "wa' 1.500 % 2024-07-24") == [
        "percent 1.5 percent «1.500 %»",
        "date 2024-07-24 «2024-07-24»",
    ]
