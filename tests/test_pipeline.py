"""The steps together: what is told of whom, and what is said of what could not be checked."""

import pytest

from consistency import pipeline
from consistency.config import Settings
from consistency.readers._load import from_text
from consistency.records import ConsistencyError


@pytest.fixture(scope="module")
def embedder():
    return pipeline.load_embedder(Settings())


def told(documents, embedder, source="en", **keywords):
    report = pipeline.check(documents, source, embedder=embedder, **keywords)
    return [(f.lang, f.check, f.witnesses.agree, f.witnesses.differ) for f in report.findings]


EN = "The mill was built in 1874. It ground 3,600 sacks of grain a year. Today it is a museum."
DE = "Die Mühle wurde 1874 gebaut. Sie mahlte 3.600 Säcke Getreide im Jahr. Heute ist sie ein Museum."
FR = "Le moulin a été construit en 1874. Il moulait 3 600 sacs de grain par an. C’est aujourd’hui un musée."
ES = "El molino se construyó en 1874. Molía 3.600 sacos de grano al año. Hoy es un museo."


def test_faithful_copies_are_silent(embedder):
    assert told({"en": EN, "de": DE, "fr": FR, "es": ES}, embedder) == []


def test_the_copy_that_stands_alone_is_named(embedder):
    wrong = DE.replace("3.600", "6.300")
    assert told({"en": EN, "de": wrong, "fr": FR, "es": ES}, embedder) == [("de", "number-changed", ("es", "fr"), ())]


def test_the_source_that_stands_alone_is_named(embedder):
    wrong = EN.replace("1874", "1847")
    assert told({"en": wrong, "de": DE, "fr": FR, "es": ES}, embedder) == [("en", "number-changed", (), ("es", "fr"))]


def test_what_the_source_alone_lacks_is_told_once(embedder):
    wrong = EN.replace(" 3,600", "")
    found = told({"en": wrong, "de": DE, "fr": FR, "es": ES}, embedder)
    assert found == [("en", "number-added", (), ("es", "fr"))]


def test_two_copies_in_one_language_are_both_checked(embedder):
    documents = [
        from_text(text, lang=lang, path=path)
        for lang, text, path in (
            ("en", EN, "en.txt"),
            ("pt-BR", "O moinho foi construído em 1874. Moía 6.300 sacos de grão por ano. Hoje é um museu.", "br.txt"),
            ("pt-BR", "O moinho foi construído em 1847. Moía 3.600 sacos de grão por ano. Hoje é um museu.", "br2.txt"),
        )
    ]
    report = pipeline.check_documents(documents, Settings(), embedder)
    assert [(f.target.path, f.check) for f in report.findings] == [("br.txt", "number-changed"), ("br2.txt", "number-changed")]


def test_a_rewrite_in_one_language_is_a_fair_job(embedder):
    assert told({"en-GB": EN, "en-US": EN.replace("museum", "gallery")}, embedder, source="en-GB") == []


def test_a_language_without_data_is_compared_in_digits_and_says_so(embedder):
    report = pipeline.check({"en": "It has 36 wheels and twelve doors.", "eo": "Ĝi havas 63 radojn."}, "en", embedder=embedder)
    assert [f.check for f in report.findings] == ["number-changed"]
    assert any("no data for the language eo" in note for note in report.notes)


def test_counts_are_the_denominators(embedder):
    report = pipeline.check({"en": EN, "de": DE.replace(" 3.600", "")}, "en", embedder=embedder)
    assert {k: v for k, v in report.counts.items() if v} == {"facts_compared": 2, "facts_dropped": 1, "segments_aligned": 3}


@pytest.mark.parametrize(
    ("documents", "source", "message"),
    [
        ({"en": EN}, "en", "one copy only: a source and at least one translation are needed"),
        ({"en": EN, "de": DE}, "fr", "the source language fr is not among the documents: en, de"),
    ],
)
def test_bad_input(documents, source, message, embedder):
    with pytest.raises(ConsistencyError) as error:
        pipeline.check(documents, source, embedder=embedder)
    assert str(error.value) == message
