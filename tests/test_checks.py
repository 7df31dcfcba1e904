"""Every check has its entry, and every example of it gives just what is written there."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from consistency import pipeline
from consistency.checkdocs import CLOSE, OPEN, SHOWN_FROM, check_docs, page, unmarked
from consistency.checks import CHECKS, COUNTED, KINDS
from consistency.cli import main
from consistency.config import Settings
from tests.test_history import git

DOCS = check_docs()
FLAG = [(name, example) for name, doc in DOCS.items() for example in doc.flag]
KEEP = list(dict.fromkeys(example for doc in DOCS.values() for example in doc.keep))
SITES = [(name, site) for name, doc in DOCS.items() for site in doc.sites]


@pytest.fixture(scope="module")
def embedder():
    return pipeline.load_embedder(Settings())


def findings(example, embedder, min_confidence=SHOWN_FROM):
    texts = {example.source_lang: unmarked(example.source), example.lang: unmarked(example.copy)}
    settings = replace(Settings(), min_confidence=min_confidence)
    return pipeline.check(texts, example.source_lang, format="markdown", embedder=embedder, settings=settings).findings


def marked(text, place):
    """Return the text with ⟦ ⟧ where a finding points, as it stands in checks.toml: not around the whole of it."""
    if place is None:
        return text
    ends = [(place.line, place.column), (place.end_line, place.end_column)]
    start, end = (sum(map(len, text.splitlines(keepends=True)[: line - 1])) + column - 1 for line, column in ends)
    return text if text[start:end] == text else text[:start] + OPEN + text[start:end] + CLOSE + text[end:]


@pytest.mark.parametrize(("name", "example"), FLAG, ids=lambda v: v if isinstance(v, str) else v.copy[:40])
def test_flags(name, example, embedder):
    """What, how bad, where on both sides, and the wording; the confidence is the check's, or less where the alignment is in doubt."""
    low = min(SHOWN_FROM, 0.9 * CHECKS[name].precision)  # what is below the default threshold is shown on demand
    found = [
        (f.check, f.severity, marked(unmarked(example.source), f.source), marked(unmarked(example.copy), f.target), f.lang, f.message)
        for f in findings(example, embedder, low)
    ]
    assert found == [(name, CHECKS[name].severity, example.source, example.copy, example.lang, example.says)]


@pytest.mark.parametrize("example", KEEP, ids=lambda v: f"{v.lang}: {v.copy[:40]}")
def test_keeps_silent(example, embedder):
    assert findings(example, embedder) == ()


@pytest.mark.parametrize(("name", "site"), SITES, ids=lambda v: v if isinstance(v, str) else "silent" if not v.says else "says")
def test_sites(name, site, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    commit = written(tmp_path, site.before) if site.before else ""
    written(tmp_path, {path: text.replace("COMMIT", commit) for path, text in site.files.items()})
    assert main(["check", "--fail-on", "never"]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if re.match(r"\S+(:\d+:\d+)?: (error|warning|note): ", line)]
    assert [re.sub(r", [\d.]+\]$", "]", line).replace(commit[:10] or "COMMIT", "COMMIT") for line in lines] == list(site.says)


def written(folder, files):
    """Write files and commit them; return the commit."""
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(exist_ok=True)
        target.write_text(text, encoding="utf-8")
    if not (folder / ".git").exists():
        git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "-")
    return git(folder, "rev-parse", "HEAD")


@pytest.mark.parametrize("name", CHECKS)
def test_every_check_has_an_example(name):
    doc = DOCS[name]
    assert doc.flag or any(site.says for site in doc.sites), f"{name}: no example that flags in consistency/checks.toml"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_an_example_that_keeps_silent(kind):
    assert DOCS[f"{kind}-changed"].keep


def test_an_example_that_keeps_silent_is_not_marked():
    assert [example for example in KEEP if example.says or OPEN in example.source + example.copy] == []


def test_what_was_counted_is_of_checks_that_exist():
    assert [name for name, (right, read) in COUNTED.items() if name not in CHECKS or not 0 <= right <= read or not read] == []


def test_the_threshold_that_is_written_is_the_default():
    assert Settings().min_confidence == SHOWN_FROM


def test_the_manual_page_is_up_to_date():
    written = (Path(__file__).parents[1] / "docs/checks.md").read_text(encoding="utf-8")
    assert written == page(), "run `make docs`"
