"""Every check has its entry, and every example of it does what it says."""

from pathlib import Path

import pytest

from consistency import pipeline
from consistency.checkdocs import check_docs, page
from consistency.checks import CHECKS, KINDS
from consistency.config import Settings

DOCS = check_docs()
# These speak of whole documents or rest on other evidence; their examples are the articles in seeds/ and tests of their own.
BEYOND_A_SENTENCE = {"fact-moved", "polarity-changed"} | {c for c in CHECKS if c.startswith(("segment-", "document-", "name-", "term-", "translation-", "text-"))}
FLAG = [(name, row) for name, doc in DOCS.items() for row in doc.flag]
KEEP = sorted({row for doc in DOCS.values() for row in doc.keep})


@pytest.fixture(scope="module")
def embedder():
    return pipeline.load_embedder(Settings())


def checks_of(row, embedder):
    source_lang, source, target_lang, target = row
    report = pipeline.check({source_lang: source, target_lang: target}, source_lang, format="markdown", embedder=embedder)
    return {f.check for f in report.findings}


@pytest.mark.parametrize(("name", "row"), FLAG, ids=lambda v: v if isinstance(v, str) else v[3][:40])
def test_flags(name, row, embedder):
    assert checks_of(row, embedder) == {name}


@pytest.mark.parametrize("row", KEEP, ids=lambda v: f"{v[2]}: {v[3][:40]}")
def test_keeps_silent(row, embedder):
    assert checks_of(row, embedder) == set()


@pytest.mark.parametrize("name", sorted(set(CHECKS) - BEYOND_A_SENTENCE))
def test_every_check_has_an_example(name):
    assert DOCS[name].flag, f"{name}: no example that flags in consistency/checks.toml"


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"name"}))
def test_every_kind_has_an_example_that_keeps_silent(kind):
    assert DOCS[f"{kind}-changed"].keep


def test_the_manual_page_is_up_to_date():
    written = (Path(__file__).parents[1] / "docs/checks.md").read_text(encoding="utf-8")
    assert written == page(), "run `make docs`"
