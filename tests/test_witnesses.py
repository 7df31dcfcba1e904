"""Who agrees and who stands alone, over all copies."""

import time
from decimal import Decimal

import pytest

from consistency import pipeline
from consistency.compare import Match, match
from consistency.config import Settings
from consistency.consensus import Rows
from consistency.diff import Outcome
from consistency.records import Clock, Fact, PartialDate, Quantity, Span, Witnesses


@pytest.fixture(scope="module")
def embedder():
    return pipeline.load_embedder(Settings())


def fact(kind, value, *readings):
    return Fact(kind, value, "as written", Span(3, 5), readings)


def added(value):
    return Outcome("added", 0, None, value)


SAME = [
    (fact("number", Quantity(Decimal(12))), fact("number", Quantity(Decimal("12.0")))),
    (fact("number", Quantity(Decimal("1.234")), Quantity(Decimal(1234))), fact("number", Quantity(Decimal(1234)))),
    (fact("number", Quantity(Decimal(10), bound="n×")), fact("number", Quantity(Decimal(12), bound="n×"))),
    (fact("money", Quantity(Decimal(50), "cent")), fact("money", Quantity(Decimal(50), "cent"))),
    (fact("date", PartialDate(2011, 5)), fact("date", PartialDate(2011, 5))),
    (fact("time", Clock(6, 30)), fact("time", Clock(6, 30, 60))),
    (fact("version", "2.0"), fact("version", "2")),
    (fact("version", "2.0"), fact("identifier", "2.0")),
    (fact("code", "a  b"), fact("code", "a b")),
]


@pytest.mark.parametrize(("one", "two"), SAME)
def test_a_copy_that_adds_the_same_differs_from_the_source(one, two):
    assert match(one, two) is Match.SAME
    rows = Rows({"de": [added(one)], "fr": [added(two)], "ja": []})
    assert rows.witnesses("de", added(one)) == Witnesses(("ja",), ("fr",))


def test_a_copy_that_adds_another_value_agrees_with_the_source():
    one, two = fact("number", Quantity(Decimal(12))), fact("number", Quantity(Decimal(13)))
    rows = Rows({"de": [added(one)], "fr": [added(two)]})
    assert rows.witnesses("de", added(one)) == Witnesses(("fr",), ())


def test_thousands_of_added_facts_are_compared_in_no_time():
    found = [added(fact("number", Quantity(Decimal(n)))) for n in range(4000)]
    outcomes = {"de": found, "fr": found, "ja": found}
    start = time.perf_counter()
    rows = Rows(outcomes)
    assert all(rows.witnesses("de", outcome).differ == ("fr", "ja") for outcome in found)
    assert time.perf_counter() - start < 10  # every one against every other: minutes


ENGLISH = "The fair opened in May 2011 and had 40 halls."
COPIES = {
    "de": "Die Messe wurde im Mai 2011 eröffnet und hatte 40 Hallen.",
    "fr": "La foire a ouvert en mai 2011 et comptait 40 halls.",
    "it": "La fiera è stata aperta nel maggio 2011 e aveva 40 padiglioni.",
}


@pytest.mark.parametrize(
    ("others", "sure"), [((), 0.651), (("fr",), 0.651), (("fr", "it"), 0.93)], ids=["alone", "one other", "two others"]
)
def test_a_year_that_one_copy_lost(others, sure, embedder):
    copies = {"en": ENGLISH, "de": "Die Messe wurde im Mai eröffnet und hatte 40 Hallen."}
    copies |= {lang: COPIES[lang] for lang in others}
    report = pipeline.check(copies, "en", format="lines", settings=Settings(min_confidence=0.6), embedder=embedder)
    assert [(f.lang, f.check, f.confidence, f.witnesses.agree) for f in report.findings] == [("de", "date-changed", sure, others)]


SWAPPED = "There are 40 trees and 90 houses."
ROWS = [
    ("one copy alone", {"de": "Es gibt 90 Bäume und 40 Häuser.", "fr": "Il y a 40 arbres et 90 maisons."}, [("de", ("fr",), ())]),
    (
        "two copies and the order of a third against the source",
        {"de": "Es gibt 90 Bäume und 40 Häuser.", "fr": "Il y a 90 arbres et 40 maisons.", "ko": "90 그리고 40."},
        [("en", (), ("fr", "ko"))],
    ),
    ("the source alone", {"de": "Es gibt 90 Bäume und 40 Häuser.", "fr": "Il y a 90 arbres et 40 maisons."}, [("en", (), ("fr",))]),
]


@pytest.mark.parametrize(("name", "copies", "expected"), ROWS)
def test_who_let_two_values_trade_places(name, copies, expected, embedder):
    report = pipeline.check({"en": SWAPPED} | copies, "en", format="lines", embedder=embedder)
    assert [(f.lang, f.witnesses.agree, f.witnesses.differ) for f in report.findings] == expected
