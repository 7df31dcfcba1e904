"""The sample articles: each planted defect is found, nothing else is said, and reports/ shows just that."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from consistency import registry
from consistency.checks import CHECKS
from consistency.config import Settings
from consistency.pipeline import check_documents
from consistency.readers._load import load
from consistency.records import Finding, Report
from consistency.reporters._reporter import Context

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
ARTICLES = ("patents", "release")
FORMATS = {"txt": "text", "json": "json"}  # suffix in reports/ → reporter
MOST_DEFECTS = 4  # in one copy: more of them, and it is no longer a copy with a slip or two
FEWEST_FAITHFUL = 3  # of each article: the copies that must stay silent
LANGUAGES = {"en", "de", "fr", "es", "ja", "zh", "ru"}  # that every article has at least

# Every fault that a first version must find; each is planted somewhere.
PLANTED = {
    *("number-dropped", "number-added", "number-changed", "percent-dropped", "percent-changed"),
    *("money-dropped", "money-changed", "date-dropped", "date-changed", "time-dropped", "time-changed"),
    *("version-dropped", "version-changed", "url-changed", "email-changed", "code-changed"),
    *("multiple-dropped", "multiple-changed"),
    *("segment-dropped", "segment-added", "segment-untranslated", "segment-moved"),
}

TAG = re.compile(r"<[^>]*>")

Row = tuple[str, str, str, int]  # lang, check, text, line


def expected(article: str) -> dict[str, Any]:
    return tomllib.loads((SEEDS / article / "expected.toml").read_text(encoding="utf-8"))


def copies(article: str) -> list[Path]:
    """Return the source, then its translations by name."""
    source = SEEDS / article / expected(article)["source"]
    return [source, *sorted(set(source.parent.glob(f"*{source.suffix}")) - {source})]


@cache
def report_of(article: str) -> Report:
    """Check an article under the paths that a reader of reports/ sees, whatever folder the tests run in."""
    settings = Settings()
    documents = []
    for path in copies(article):
        document = load(str(path.relative_to(ROOT)), reader="", lang="", max_bytes=settings.max_bytes)
        documents.append(document)
    return check_documents(documents, settings)


def planted(article: str) -> list[Row]:
    return sorted((d["lang"], d["check"], d["text"], d["line"]) for d in expected(article)["defect"])


def said(finding: Finding, article: str) -> Row:
    """Return a finding as a row of expected.toml; the text of a segment is cut to the words listed there."""
    place = finding.target if finding.check.endswith(("-added", "-untranslated")) else finding.source
    where = finding.source if finding.check.endswith("-dropped") else finding.target
    assert place is not None, finding
    assert where is not None, finding
    text = finding.fact.surface if finding.fact is not None and finding.fact.kind == "url" else place.text
    if finding.check.startswith("segment-"):
        listed = [row[2] for row in planted(article) if row[:2] == (finding.lang, finding.check)]
        text = next((words for words in listed if text.startswith(words)), text)
    return finding.lang, finding.check, text, where.line


def counts(finding: Finding) -> bool:
    """Tell whether a finding must be in expected.toml: a note need not, unless text moved."""
    return finding.severity != "note" or finding.check == "segment-moved"


@pytest.fixture(autouse=True)
def at_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize("article", ARTICLES)
def test_every_defect_and_nothing_else(article):
    found = sorted(said(finding, article) for finding in report_of(article).findings if counts(finding))
    assert found == planted(article)


@pytest.mark.parametrize("article", ARTICLES)
def test_faithful_copies_are_silent(article):
    faithful = expected(article)["faithful"]
    assert [f for f in report_of(article).findings if f.lang in faithful] == []


@pytest.mark.parametrize("article", ARTICLES)
def test_severities_are_those_of_the_table(article):
    odd = [f for f in report_of(article).findings if f.severity != CHECKS[f.check].severity]
    assert odd == []


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("article", ARTICLES)
def test_reports_are_up_to_date(article, suffix, request):
    context = Context(checks={name: row.summary for name, row in CHECKS.items()})
    reporter = registry.load("consistency.reporters", FORMATS[suffix], "REPORTER")
    rendered = reporter.render(report_of(article), context).encode()
    path = ROOT / "reports" / f"{article}.{suffix}"
    if request.config.getoption("--update-golden"):
        path.write_bytes(rendered)
    assert path.read_bytes() == rendered, f"{path.name}: see `git diff` after pytest --update-golden"


@pytest.mark.parametrize("article", ARTICLES)
def test_the_list_fits_the_files(article):
    """Each text stands in its file, on its line where the line is of the same file."""
    files = {path.stem: path.read_text(encoding="utf-8") for path in copies(article)}
    for lang, check, text, line in planted(article):
        in_copy = check.endswith(("-added", "-untranslated"))
        there = files[lang if in_copy else "en"]
        if in_copy or check.endswith("-dropped"):
            there = there.splitlines()[line - 1]
        # A tag may stand between the words, and an address stands inside of one.
        assert text in there or text in TAG.sub("", there), (lang, check, text, line)


@pytest.mark.parametrize("article", ARTICLES)
def test_the_list_is_whole(article):
    languages = {path.stem for path in copies(article)}
    flagged = [row[0] for row in planted(article)]
    assert languages >= LANGUAGES
    assert set(expected(article)["faithful"]) == languages - set(flagged) - {"en"}
    assert len(expected(article)["faithful"]) >= FEWEST_FAITHFUL
    assert max(map(flagged.count, flagged)) <= MOST_DEFECTS


def test_every_kind_of_defect_is_planted():
    assert {row[1] for article in ARTICLES for row in planted(article)} >= PLANTED
