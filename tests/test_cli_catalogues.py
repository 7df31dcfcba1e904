"""Files that hold both sides: one path is enough, and message n answers message n."""

import json
from pathlib import Path

import pytest

from consistency.cli import main

PO = """\
msgid ""
msgstr "Language: de\\n"

msgid "Files over 25 MB are refused."
msgstr "Dateien über 52 MB werden abgelehnt."

msgid "Cancel"
msgstr "Abbrechen"

msgid "Your trial ends in 14 days."
msgstr "Ihr Probezeitraum endet bald."

msgid "Not yet translated"
msgstr ""
"""
XLIFF = """\
<xliff version="1.2"><file source-language="en" target-language="de" original="a"><body>
<trans-unit id="a"><source>Files over 25 MB are refused.</source><target>Dateien über 52 MB werden abgelehnt.</target></trans-unit>
<trans-unit id="b"><source>Cancel</source><target>Abbrechen</target></trans-unit>
<trans-unit id="c"><source>Your trial ends in 14 days.</source><target>Ihr Probezeitraum endet bald.</target></trans-unit>
</body></file></xliff>
"""
TMX = """\
<tmx version="1.4"><header srclang="en"/><body>
<tu><tuv xml:lang="en"><seg>Files over 25 MB are refused.</seg></tuv><tuv xml:lang="de"><seg>Dateien über 52 MB werden abgelehnt.</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Cancel</seg></tuv><tuv xml:lang="de"><seg>Abbrechen</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Your trial ends in 14 days.</seg></tuv><tuv xml:lang="de"><seg>Ihr Probezeitraum endet bald.</seg></tuv></tu>
</body></tmx>
"""
UNITS = (
    ("Files over 25 MB are refused.", "Dateien über 52 MB werden abgelehnt.", "Les fichiers de plus de 25 Mo sont refusés."),
    ("Cancel", "Abbrechen", "Annuler"),
    ("Your trial ends in 14 days.", "Ihr Probezeitraum endet in 14 Tagen.", "Votre essai se termine bientôt."),
    ("A seat costs 30 euros.", "Ein Platz kostet 30 Euro.", "Une place coûte 30 euros."),
)
LAYOUTS = 'source = "en"\nlanguages = ["de", "fr"]\nlayouts = ["locale/{lang}/*.po"]\n'


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()  # nothing above is this project's
    monkeypatch.chdir(tmp_path)


def checked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[tuple[str, str, str, int]]]:
    """Return the exit code, and of each finding check, language, path and line in the copy."""
    code = main(["check", *arguments, "--format", "json"])
    found = json.loads(capsys.readouterr().out)["findings"]
    return code, [(f["check"], f["lang"], f["target"]["path"], f["target"]["line"]) for f in found]


@pytest.mark.parametrize(
    ("name", "text", "lines"),
    [("messages.po", PO, (5, 11)), ("app.xlf", XLIFF, (2, 4)), ("memory.tmx", TMX, (2, 4))],
)
def test_both_sides(capsys, name, text, lines):
    Path(name).write_text(text, encoding="utf-8")
    assert checked(capsys, name) == (
        1,
        [("quantity-changed", "de", name, lines[0]), ("duration-dropped", "de", name, lines[1])],
    )


def test_every_message_answers_its_own(capsys):
    """Short messages look alike, and an aligner would find a better order: “3 files” belongs to its key, not to “Three”."""
    pairs = [("Open", "Öffnen"), ("2 files", "3 Dateien"), ("3 files", "2 Dateien"), ("4 files", "4 Dateien"), ("Close", "Schließen")]
    body = "".join(f'\nmsgid "{one}"\nmsgstr "{other}"\n' for one, other in pairs)
    header = 'msgid ""\nmsgstr "Language: de\\nX-Source-Language: en\\n"\n'
    Path("app.po").write_text(f"{header}{body}", encoding="utf-8")
    code, found = checked(capsys, "app.po")
    assert (code, [(check, line) for check, _, _, line in found]) == (
        1,
        [("number-changed", 8), ("number-changed", 11)],
    )


def test_language_of_a_catalogue(capsys):
    Path("app.po").write_text(PO.replace("Language: de", "X: y"), encoding="utf-8")
    code, found = checked(capsys, "app.po", "--lang", "app.po=de-AT")
    assert (code, {lang for _, lang, _, _ in found}) == (1, {"de-AT"})


def test_a_template_has_one_side(capsys):
    Path("app.pot").write_text(PO, encoding="utf-8")
    assert main(["check", "app.pot"]) == 2
    assert capsys.readouterr().err == (
        "consistency: error: one copy only: app.pot; name at least one translation of it\n"
    )


def test_site_of_catalogues(capsys):
    """Each is held against its own messages, so none is a translation without a source."""
    for lang, text in (("de", PO), ("fr", PO.replace("52 MB", "25 Mo").replace("bald", "14 jours"))):
        path = Path("locale", lang, "app.po")
        path.parent.mkdir(parents=True)
        path.write_text(text.replace("Language: de", f"Language: {lang}"), encoding="utf-8")
    Path("consistency.toml").write_text(LAYOUTS, encoding="utf-8")
    here = [("quantity-changed", "de", "locale/de/app.po", 5), ("duration-dropped", "de", "locale/de/app.po", 11)]
    code, found = checked(capsys)
    assert (code, [row for row in found if row[1] == "de"]) == (1, here)
    assert {row[0] for row in found} <= {"quantity-changed", "duration-dropped", "document-language"}
    assert checked(capsys, "locale/de/app.po") == (1, here)
    Path("locale/fr/app.po").write_text("msgid broken\n", encoding="utf-8")
    assert main(["check"]) == 2


def memory(*rows: tuple[str, ...], langs: tuple[str, ...] = ("en", "de", "fr"), stated: str = "en") -> str:
    """Return a TMX, a unit a line; "" where a unit has no text in a language."""
    units = [
        "".join(f'<tuv xml:lang="{lang}"><seg>{text}</seg></tuv>' for lang, text in zip(langs, row, strict=True) if text)
        for row in rows
    ]
    body = "".join(f"<tu>{unit}</tu>\n" for unit in units)
    return f'<tmx version="1.4"><header srclang="{stated}"/><body>\n{body}</body></tmx>\n'


GERMAN = ("quantity-changed", "de", 2, ["fr"])
FRENCH = ("duration-dropped", "fr", 4, ["de"])
PARTLY = [UNITS[0], ("Close", "", "Fermer"), *UNITS[2:]]


@pytest.mark.parametrize(
    ("text", "options", "findings", "notes"),
    [
        (memory(*UNITS), (), [GERMAN, FRENCH], []),  # whole: each is a witness for the other
        (memory(*UNITS), ("--lang", "m.tmx=fr"), [(*FRENCH[:3], [])], []),
        (memory(*UNITS, langs=("en-US", "DE-de", "fr-FR")), ("--lang", "m.tmx=de"), [("quantity-changed", "de-DE", 2, [])], []),
        # The head says the source less precisely than the units, or not at all.
        (memory(*UNITS, langs=("en-US", "de", "fr")), (), [GERMAN, FRENCH], []),
        (memory(*UNITS, stated="*all*"), (), [GERMAN, FRENCH], []),
        # What one language lacks is that language's gap: the other is still checked, by itself.
        (memory(*PARTLY), (), [(*GERMAN[:3], []), (*FRENCH[:3], [])], ["m.tmx: 1 message: not translated into de"]),
        (memory(*UNITS[:2], ("", "Nur hier.", "")), ("--lang", "m.tmx=de"), [(*GERMAN[:3], [])], ["m.tmx: 1 message: not translated into de"]),
    ],
)  # fmt: skip
def test_every_language_of_a_memory(capsys, text, options, findings, notes):
    Path("m.tmx").write_text(text, encoding="utf-8")
    assert main(["check", "m.tmx", *options, "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    found = [(f["check"], f["lang"], f["target"]["line"], f["witnesses"]["agree"]) for f in report["findings"]]
    assert (found, report["notes"]) == (findings, notes)


def test_a_language_that_a_memory_does_not_hold(capsys):
    Path("m.tmx").write_text(memory(*UNITS), encoding="utf-8")
    assert main(["check", "m.tmx", "--lang", "m.tmx=ja"]) == 2
    assert capsys.readouterr().err == "consistency: error: m.tmx: no translations into ja; there are de, fr\n"


@pytest.mark.parametrize("rows", [UNITS, PARTLY])
def test_a_memory_in_every_format(capsys, rows):
    """Copies of one file are told apart by their language, wherever a report sorts findings by copy."""
    Path("m.tmx").write_text(memory(*rows), encoding="utf-8")
    main(["check", "m.tmx"])
    blocks = capsys.readouterr().out.split("\n\n")
    assert [block for block in blocks if block.startswith("m.tmx [")] == ["m.tmx [de]: 1 error", "m.tmx [fr]: 1 error"]
    main(["check", "m.tmx", "--format", "json", "--alignments"])
    keys = {row["lang"] for row in json.loads(capsys.readouterr().out)["alignments"]}
    assert keys == ({"de", "fr"} if rows is UNITS else {"m.tmx [de]", "m.tmx [fr]"})
    main(["check", "m.tmx", "--format", "html"])
    page = capsys.readouterr().out
    assert all(text in page for text in ("Dateien über ", "Votre essai se termine"))
    for name in ("sarif", "github", "gitlab", "junit", "checkstyle", "markdown", "jsonl"):
        assert main(["check", "m.tmx", "--format", name]) == 1


def catalogue(lang: str, *rows: tuple[str, str]) -> None:
    body = "".join(f'\nmsgid "{key}"\nmsgstr "{text}"\n' for key, text in rows)
    path = Path("locale", lang, "app.po")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'msgid ""\nmsgstr "Language: {lang}\\n"\n{body}', encoding="utf-8")


TEXTS = [unit[0] for unit in UNITS]
KEYS = ["refused", "cancel", "trial", "seat"]


@pytest.mark.parametrize(
    ("keys", "english", "lines"),
    [
        (TEXTS, [""] * 4, [5]),  # as Django makes them: nothing to translate
        (TEXTS, TEXTS, [5]),
        (TEXTS, ["", "Abort", "", ""], [5]),  # a correction of the source is not the source
        (KEYS, TEXTS, [5]),  # keys say nothing; the source's catalogue does
    ],
)
def test_the_sources_own_catalogue(capsys, keys, english, lines):
    catalogue("en", *zip(keys, english, strict=True))
    catalogue("de", *zip(keys, [unit[1] for unit in UNITS], strict=True))
    Path("consistency.toml").write_text(LAYOUTS.replace(', "fr"', ""), encoding="utf-8")
    assert checked(capsys) == (1, [("quantity-changed", "de", "locale/de/app.po", line) for line in lines])


def test_a_catalogue_that_is_missing(capsys):
    """As any other translation that the configuration asks for."""
    catalogue("de", *zip(TEXTS, [unit[1].replace("52", "25") for unit in UNITS], strict=True))
    Path("consistency.toml").write_text(LAYOUTS, encoding="utf-8")
    main(["check"])
    assert capsys.readouterr().out.startswith(
        "locale/de/app.po [en]: 1 warning\n\n"
        "locale/de/app.po: warning: locale/de/app.po has no counterpart in fr [document-missing, 0.99]\n"
    )


def test_a_catalogue_outside(capsys, tmp_path_factory):
    """A link of a pull request shows nothing of the machine."""
    outside = tmp_path_factory.mktemp("outside") / "secret"
    outside.write_text("root:x:0\n", encoding="utf-8")
    Path("locale/de").mkdir(parents=True)
    Path("locale/de/app.po").symlink_to(outside)
    Path("consistency.toml").write_text(LAYOUTS.replace(', "fr"', ""), encoding="utf-8")
    assert main(["check"]) == 2
    said = capsys.readouterr().out
    assert ("a link that leads out of the project" in said, "root:x" in said) == (True, False)
