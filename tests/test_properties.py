"""What must hold for any text: nothing is said of an article and itself, and nothing hangs on what does not matter."""

import json
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from consistency import registry
from consistency.alignment.beads import Side, align
from consistency.compare import match
from consistency.config import Settings
from consistency.facts import read_facts
from consistency.pipeline import check_documents, load_embedder
from consistency.readers._load import from_text, load
from consistency.records import Report
from consistency.reporters._reporter import Context

SEEDS = Path(__file__).parents[1] / "seeds"
ARTICLES = sorted(path for path in SEEDS.glob("*/*") if path.suffix != ".toml")
LANGUAGES = ("en", "de", "fr", "ja", "ru", "ar")
EMBEDDER = load_embedder(Settings())
FEW = settings(max_examples=60, deadline=None, database=None, derandomize=True)

# Sentences of facts, so that random texts have something to be wrong about.
SENTENCES = {
    "en": ["In 2019 it sold 38,000 cars.", "Prices rose 4.5% to $12.50.", "It opens at 9:30 on 3 July.", "Six of the ten left.", "See https://example.org/a."],
    "de": ["Im Jahr 2019 verkaufte sie 38.000 Autos.", "Die Preise stiegen um 4,5 % auf 12,50 $.", "Es öffnet am 3. Juli um 9.30 Uhr.", "Sechs der zehn gingen.", "Siehe https://example.org/a."],
    "ja": ["2019年に3万8000台を販売した。", "価格は4.5%上がった。", "7月3日午前9時30分に開く。", "十人のうち六人が去った。", "https://example.org/a を参照。"],
}  # fmt: skip


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_an_article_says_what_it_says(path):
    """Checked against itself under another name, whatever its language, an article has no finding."""
    document = load(str(path))
    report = check_documents([document, replace(document, path=f"copy of {path.name}")], Settings(min_confidence=0.0), EMBEDDER)
    assert [finding.message for finding in report.findings] == []
    assert report.counts["facts_compared"] > 0


@FEW
@given(st.text(max_size=300), st.sampled_from(LANGUAGES))
@example("1/2 12:30 1.234,5 -- $5 % {a} 1–2 of 3", "en")
def test_any_text_says_what_it_says(text, lang):
    if not text.strip():
        return
    document = from_text(text, lang=lang, path="a")
    report = check_documents([document, replace(document, path="b")], Settings(), EMBEDDER)
    # What is hidden in a text, and a language that is not the declared one, is hidden in both.
    assert [f.message for f in report.findings if f.check not in ("text-hidden", "document-language")] == []


def facts_of(text: str, lang: str) -> list[tuple[str, object, str]]:
    return [(fact.kind, fact.value, fact.surface) for fact in read_facts(from_text(text, lang=lang, format="markdown"))]


@pytest.mark.parametrize("lang", sorted(SENTENCES))
@pytest.mark.parametrize("mark", ["*", "**", "***", "_", "~~"])
def test_emphasis_says_nothing(lang, mark):
    """The facts of a sentence are the same whether all of it or none is emphasised."""
    for sentence in SENTENCES[lang]:
        assert facts_of(f"{mark}{sentence}{mark}", lang) == facts_of(sentence, lang)


@pytest.mark.parametrize("lang", ["en", "de"])  # Markdown opens no emphasis in the middle of a word, as Japanese would need
def test_emphasis_of_a_word_says_nothing(lang):
    for sentence in SENTENCES[lang][:4]:
        words = sentence.removesuffix(".").split(" ")
        for index, word in enumerate(words):
            marked = [*words[:index], f"**{word}**", *words[index + 1 :]]
            assert facts_of(" ".join(marked), lang) == facts_of(" ".join(words), lang), marked


def side(rows: list[tuple[int, int]]) -> Side:
    """Return a side whose segments have one of eight vectors and one of three blocks' kinds each."""
    n = len(rows)
    vectors = np.eye(8, dtype=np.float32)[[which for which, _ in rows]] if n else np.zeros((0, 8), dtype=np.float32)
    return Side(
        vectors=vectors,
        weights=np.array([1 + which for which, _ in rows], dtype=np.float32),
        lengths=np.array([10 + 7 * which for which, _ in rows], dtype=np.int64),
        blocks=[index for index, _ in enumerate(rows)],
        kinds=[("paragraph", "heading", "item")[kind] for _, kind in rows],
        levels=[kind for _, kind in rows],
        anchors=[frozenset({("word", str(which))}) if which % 2 else frozenset() for which, _ in rows],
    )


SIDES = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 2)), max_size=30).map(side)


@FEW
@given(SIDES, SIDES)
def test_alignment_covers_every_segment_once_and_in_order(left, right):
    beads = align(left, right)
    assert sorted(i for bead in beads for i in bead.source) == list(range(len(left)))
    assert sorted(j for bead in beads for j in bead.target) == list(range(len(right)))
    assert [i for bead in beads for i in bead.source] == list(range(len(left)))
    in_order = [j for bead in beads if not bead.moved for j in bead.target]
    assert in_order == sorted(in_order)
    assert all(0.0 <= bead.confidence <= 1.0 for bead in beads)


def test_what_two_facts_say_of_each_other_is_the_same_both_ways():
    documents = [load(str(SEEDS / f"patents/{lang}.md")) for lang in ("en", "de", "ja", "ru")]
    facts = list({(fact.kind, fact.value): fact for document in documents for fact in read_facts(document)}.values())
    assert len(facts) > 40
    assert [(a, b) for a in facts for b in facts if match(a, b) != match(b, a)] == []


WRONG = ("Im Jahr 2018 verkaufte sie 83.000 Autos.", "Die Preise stiegen auf 12,50 $.", "Es öffnet am 5. Juli um 9.30 Uhr.", "Sechs der zehn gingen.", "Siehe https://example.org/a.")


def report_of(above: str = "", below: str = "") -> Report:
    """Check a German copy with slips, with something before and behind it."""
    pair = ("\n\n".join(SENTENCES["en"]), "\n\n".join(WRONG))
    documents = [
        from_text(f"{above}{text}{below}", lang=lang, format="markdown", path=lang) for lang, text in zip(("en", "de"), pair, strict=True)
    ]
    return check_documents(documents, Settings(), EMBEDDER)


def prints(report: Report) -> list[tuple[str, str]]:
    return [(finding.check, finding.fingerprint) for finding in report.findings]


@pytest.mark.parametrize("above", ["\n\n\n", "# 1\n\n", "<!-- a comment\n\nof three lines -->\n\n", "---\ntitle: A\n---\n", "\ufeff\r\n\r\n"])
def test_fingerprints_do_not_move(above):
    """Lines put in above a finding, the same in both copies, change where it stands and not which it is."""
    assert prints(report_of(above)) == prints(report_of()) != []
    assert [f.target.line for f in report_of(above).findings] >= [f.target.line for f in report_of().findings]


def levels(name: str, text: str) -> list[str]:
    """Return the severities that a format shows, in SARIF's words."""
    if name == "json":
        return [finding["severity"] for finding in json.loads(text)["findings"]]
    if name == "jsonl":
        return [json.loads(line)["severity"] for line in text.splitlines()]
    if name == "sarif":
        return [result["level"] for result in json.loads(text)["runs"][0]["results"]]
    if name == "gitlab":
        return [{"major": "error", "minor": "warning", "info": "note"}[issue["severity"]] for issue in json.loads(text)]
    if name == "github":
        return [line[2:].split(" ")[0].replace("notice", "note") for line in text.splitlines() if line.startswith("::")]
    return [error.get("severity").replace("info", "note") for error in ElementTree.fromstring(text).iter("error")]


@pytest.mark.parametrize("name", ["json", "jsonl", "sarif", "gitlab", "github", "checkstyle"])
def test_formats_agree(name):
    report = report_of()
    rendered = registry.load("consistency.reporters", name, "REPORTER").render(report, Context())
    assert sorted(levels(name, rendered)) == sorted(finding.severity for finding in report.findings) != []


@pytest.mark.parametrize("name", ["text", "markdown", "html", "junit"])
def test_formats_for_people_name_every_finding(name):
    report = report_of()
    text = registry.load("consistency.reporters", name, "REPORTER").render(report, Context())
    assert [finding.check for finding in report.findings if finding.check not in text] == []
