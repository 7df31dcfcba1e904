"""Words left in the source's language inside a sentence; names, titles, code, links and quotations stay as they are."""

import pytest

from consistency import pipeline
from consistency.config import Settings
from consistency.findings import Pair
from consistency.leftovers import leftovers
from consistency.pipeline import align_documents, read
from consistency.readers._load import from_text


@pytest.fixture(scope="module")
def embedder():
    return pipeline.load_embedder(Settings())


def found(embedder, source, target, lang="de", format="markdown"):
    documents = from_text(source, lang="en", format=format, path="en"), from_text(target, lang=lang, format=format, path=lang)
    [(_, _, beads)] = align_documents(documents, Settings(), embedder)
    return [f.target.text for f in leftovers(Pair(read(documents[0]), read(documents[1]), beads))]


PUMP = "The pump stops at once, and the valve is closed by a spring before the tank can overflow."
GUIDE = "She read out of The Long Way to the Sea and then answered the questions of the pupils."
COMMAND = "Run `git log of the last two weeks` before you write the notes for the release."


@pytest.mark.parametrize(
    ("source", "target", "lang", "expected"),
    [
        (PUMP, "Die Pumpe hält sofort an, und das Ventil wird geschlossen, before the tank can overflow.", "de", ["before the tank can overflow"]),
        (PUMP, "La pompe s’arrête aussitôt, and the valve is closed by a spring avant que la cuve ne déborde.", "fr", ["and the valve is closed by a spring"]),
        (PUMP, "Насос сразу останавливается, and the valve is closed by a spring, прежде чем бак переполнится.", "ru", ["and the valve is closed by a spring"]),
        (PUMP, "ポンプはすぐに止まり、タンクがあふれる前に and the valve is closed by a spring 。", "ja", ["and the valve is closed by a spring"]),
        (PUMP, "Die Pumpe hält sofort an, und eine Feder schließt das Ventil, bevor der Tank überläuft.", "de", []),
        # Fewer than five words may be a term.
        (PUMP, "Die Pumpe hält sofort an, und eine Feder schließt „by a spring“ das Ventil, bevor der Tank überläuft.", "de", []),
        # A passage that was left as a whole is found as such.
        (PUMP, PUMP, "de", []),
        ("A patent costs a firm about 12,000 francs in the first three years, she says.", "A patent costs a firm about 12,000 francs in the first three years, she says.", "de", []),
        # Titles have capitals, quotations have marks, code and links have theirs.
        (GUIDE, "Sie las aus The Long Way to the Sea und beantwortete dann die Fragen der Schüler.", "de", []),
        (
            "The poster said that the valve is closed by a spring, and nobody believed it.",
            "Auf dem Plakat stand „the valve is closed by a spring“, und niemand glaubte es.", "de", [],
        ),
        (
            "The poster (the valve is closed by a spring) hung in the hall for many years.",
            "Das Plakat (the valve is closed by a spring) hing viele Jahre lang in der Halle.", "de", [],
        ),
        (COMMAND, "Führe `git log of the last two weeks` aus, bevor du die Hinweise zur Ausgabe schreibst.", "de", []),
        (
            "Read [how the valve is closed by a spring](https://example.org/valve) before you begin with the work.",
            "Lies [how the valve is closed by a spring](https://example.org/valve), bevor du mit der Arbeit beginnst.", "de", [],
        ),
    ],
)  # fmt: skip
def test_leftovers(source, target, lang, expected, embedder):
    assert found(embedder, source, target, lang) == expected


def test_the_finding(embedder):
    german = "Die Pumpe hält sofort an, und das Ventil wird geschlossen, before the tank can overflow."
    report = pipeline.check({"en": PUMP, "de": german}, "en", format="lines", embedder=embedder)
    (finding,) = [f for f in report.findings if f.check == "segment-untranslated"]
    assert (finding.severity, finding.confidence, finding.target.text, finding.message) == (
        "warning", 0.8075, "before the tank can overflow",
        "words of the German copy are in English: “before the tank can overflow”",
    )  # fmt: skip
