"""What is said of whole passages."""

import pytest

from consistency import pipeline
from consistency.config import Settings
from consistency.readers._load import from_text

EN = [
    "The harbour was built by the town itself.",
    "Its longest pier is open to walkers all year round.",
    "In the old customs house there is a small museum on fishing.",
    "The lighthouse can be climbed on weekends in summer.",
    "Boats to the island leave from the eastern quay.",
    "Dogs are welcome everywhere but on the beach.",
]
DE = [
    "Den Hafen hat die Stadt selbst gebaut.",
    "Sein längster Steg ist das ganze Jahr für Spaziergänger geöffnet.",
    "Im alten Zollhaus gibt es ein kleines Museum über den Fischfang.",
    "Den Leuchtturm kann man im Sommer an Wochenenden besteigen.",
    "Die Schiffe zur Insel fahren vom östlichen Kai ab.",
    "Hunde sind überall willkommen, nur nicht am Strand.",
]


@pytest.fixture(scope="module")
def embedder():
    return pipeline.load_embedder(Settings())


def told(source, target, embedder):
    documents = [from_text("\n".join(lines), lang=lang, format="lines", path=lang) for lang, lines in (("en", source), ("de", target))]
    report = pipeline.check_documents(documents, Settings(), embedder)
    return [(f.check, (f.source.text if f.source else None), (f.target.text if f.target else None)) for f in report.findings]


def test_a_faithful_copy_is_silent(embedder):
    assert told(EN, DE, embedder) == []


def test_a_missing_sentence(embedder):
    assert told(EN, DE[:2] + DE[3:], embedder) == [("segment-dropped", EN[2], None)]


def test_a_missing_section_is_one_finding(embedder):
    assert told(EN, DE[:2] + DE[5:], embedder) == [("segment-dropped", "\n".join(EN[2:5]), None)]


def test_an_added_sentence(embedder):
    more = "Im Winter bleibt das Café am Markt an allen Tagen geschlossen."
    assert told(EN, [*DE[:3], more, *DE[3:]], embedder) == [("segment-added", None, more)]


def test_neighbours_left_in_the_source_language_are_one_finding(embedder):
    found = told(EN, [*DE[:3], EN[3], EN[4], DE[5]], embedder)
    assert found == [("segment-untranslated", "\n".join(EN[3:5]), "\n".join(EN[3:5]))]


def test_names_stay_as_they_are(embedder):
    name = "Centers for Disease Control and the University of Ostend"
    assert told([*EN, name], [*DE, name], embedder) == []


def test_another_article_is_one_finding(embedder):
    other = [
        "Das Parlament hat gestern über den Haushalt beraten.",
        "Die Opposition verlangte höhere Ausgaben für Schulen.",
        "Der Finanzminister lehnte neue Schulden ab.",
        "Eine Abstimmung wird in der nächsten Woche erwartet.",
        "Beobachter rechnen mit einer knappen Mehrheit.",
        "Die Sitzung dauerte bis in den späten Abend.",
    ]
    assert [check for check, *_ in told(EN, other, embedder)] == ["document-unrelated"]


@pytest.mark.parametrize(
    ("declared", "text", "expected"),
    [
        ("de", EN, ["document-language"]),
        ("de", DE, []),
    ],
)
def test_a_declared_language_that_the_text_contradicts(declared, text, expected, embedder):
    documents = [from_text(" ".join(EN), lang="en", path="en"), from_text(" ".join(text * 3), lang=declared, path="de")]
    report = pipeline.check_documents(documents, Settings(), embedder)
    assert [f.check for f in report.findings if f.check == "document-language"] == expected
