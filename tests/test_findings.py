"""How sure a finding is: what is shown by default, and what only where more is asked for."""

import pytest

from consistency import pipeline
from consistency.config import Settings


@pytest.fixture(scope="module")
def embedder():
    return pipeline.load_embedder(Settings())


SHOWN = Settings().min_confidence
ROWS = [
    ("a year left to the context", "The bridge was opened in May 2011.", "Die Brücke wurde im Mai eröffnet.", ["date-changed"], False),
    ("a year added", "The bridge was opened in May.", "Die Brücke wurde im Mai 2011 eröffnet.", ["date-changed"], True),
    ("a number before a scale word", "An average of million people saw it.", "Im Mittel sahen es 5,69 Millionen Menschen.",
     ["number-changed"], True),
    ("a small share", "Sales rose last year.", "Die Verkäufe stiegen letztes Jahr um 2,7 Prozent.", ["percent-added"], True),
    ("all of it", "He is sure of it.", "Er ist sich zu 100 Prozent sicher.", ["percent-added"], False),
    ("a name's number", "They crossed the river on the Hudson bridge.", "Sie überquerten den Fluss auf der Brücke Hudson 2.",
     ["number-added"], True),
    ("a count of two", "The couple crossed the river.", "Die 2 überquerten den Fluss.", ["number-added"], False),
    ("half of a score", "The home team won – 1 in the end.", "Am Ende gewann die Heimmannschaft 2 – 1.", ["number-added"], True),
    ("an ordinal in words", "The team finished in fifth place.", "Die Mannschaft landete auf dem achten Platz.",
     ["ordinal-changed"], True),
    ("ten months for ten days", "The treatment lasts ten days.", "Die Behandlung dauert zehn Monate.", ["duration-changed"], True),
    ("hours in digits", "The pool will be closed until Monday.", "Das Bad ist ab 6 Uhr bis Montag geschlossen.", ["time-added"], True),
]  # fmt: skip


@pytest.mark.parametrize(("name", "source", "target", "expected", "shown"), ROWS)
def test_what_is_shown(name, source, target, expected, shown, embedder):
    settings = Settings(min_confidence=0.0)
    report = pipeline.check({"en": source, "de": target}, "en", format="lines", settings=settings, embedder=embedder)
    found = [f for f in report.findings if f.fact]
    assert [f.check for f in found] == expected
    assert [f.confidence >= SHOWN for f in found] == [shown] * len(found)
