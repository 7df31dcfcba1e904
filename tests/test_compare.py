from decimal import Decimal as D

import pytest

from consistency.compare import Match, match
from consistency.records import Clock, Fact, PartialDate, Quantity, Span

Q, T = Quantity, PartialDate


def fact(kind, value, *readings):
    return Fact(kind, value, "", Span(0, 0), readings)


PAIRS = [
    ("same number", fact("number", Q(D(38000))), fact("number", Q(D("38E+3"))), Match.SAME),
    ("any reading", fact("number", Q(D("1.234")), Q(D(1234))), fact("number", Q(D(1234))), Match.SAME),
    (
        "rounded by a scale word",
        fact("number", Q(D(8398748))),
        fact("number", Q(D("8.4E+6"))),
        Match.CONVERTED,
    ),
    ("rounded, but wrong", fact("number", Q(D(8398748))), fact("number", Q(D("8.5E+6"))), Match.NONE),
    ("rounded too far", fact("number", Q(D("1.4E+12"))), fact("number", Q(D("1E+12"))), Match.NONE),
    ("digits are not rounded", fact("number", Q(D(1234))), fact("number", Q(D(1230))), Match.NONE),
    ("another currency", fact("money", Q(D(2), "USD")), fact("money", Q(D(2), "EUR")), Match.NONE),
    ("unit on one side", fact("number", Q(D(5))), fact("quantity", Q(D(5), "metre")), Match.BARE),
    (
        "other unit, same number",
        fact("quantity", Q(D("1.2"), "mile")),
        fact("quantity", Q(D("1.2"), "kilometre")),
        Match.NONE,
    ),
    (
        "miles in kilometres",
        fact("quantity", Q(D("1.2"), "mile")),
        fact("quantity", Q(D("1.9"), "kilometre")),
        Match.CONVERTED,
    ),
    (
        "degrees of two scales",
        fact("quantity", Q(D(68), "fahrenheit")),
        fact("quantity", Q(D(20), "celsius")),
        Match.CONVERTED,
    ),
    (
        "degrees of no scale",
        fact("quantity", Q(D(80), "degree")),
        fact("quantity", Q(D(27), "degree")),
        Match.CONVERTED,
    ),
    (
        "almost thirty degrees",
        fact("quantity", Q(D(80), "degree")),
        fact("quantity", Q(D(30), "degree", bound="~")),
        Match.CONVERTED,
    ),
    ("thirty degrees", fact("quantity", Q(D(80), "degree")), fact("quantity", Q(D(30), "degree")), Match.NONE),
    ("a height without its unit", fact("quantity", Q(D(78), "inch")), fact("number", Q(D("1.98"))), Match.BARE),
    ("another height", fact("quantity", Q(D(78), "inch")), fact("number", Q(D("1.88"))), Match.NONE),
    (
        "weekday and day",
        fact("date", T(weekday=5)),
        fact("duration", Q(D(25), "day"), T(day=25)),
        Match.BARE,
    ),
    ("weekday and date", fact("date", T(weekday=5)), fact("date", T(month=5, day=25)), Match.NONE),
    (
        "quarter of an hour",
        fact("duration", Q(D(1), "quarter_hour"), Q(D(15), "minute")),
        fact("number", Q(D(15))),
        Match.BARE,
    ),
    ("half is fifty percent", fact("number", Q(D("0.5"))), fact("percent", Q(D(50), "percent")), Match.BARE),
    (
        "percent and points",
        fact("percent", Q(D(3), "percent")),
        fact("percent", Q(D(3), "percentage_point")),
        Match.SAME,
    ),
    (
        "decade and years",
        fact("duration", Q(D(1), "decade")),
        fact("duration", Q(D(10), "year")),
        Match.CONVERTED,
    ),
    ("week and days", fact("duration", Q(D(1), "week")), fact("duration", Q(D(7), "day")), Match.CONVERTED),
    (
        "half a year in days",
        fact("duration", Q(D(6), "month")),
        fact("duration", Q(D(180), "day")),
        Match.CONVERTED,
    ),
    (
        "weeks are not months",
        fact("duration", Q(D(3), "week")),
        fact("duration", Q(D(3), "month")),
        Match.NONE,
    ),
    ("cents", fact("money", Q(D(50), "cent")), fact("money", Q(D("0.5"), "EUR")), Match.CONVERTED),
    (
        "thousands of",
        fact("number", Q(D(1000), bound="n×")),
        fact("number", Q(D(1000), bound="n×")),
        Match.SAME,
    ),
    (
        "hundreds of, thousands of",
        fact("number", Q(D(100), bound="n×")),
        fact("number", Q(D(1000), bound="n×")),
        Match.NONE,
    ),
    ("hundreds of, 300", fact("number", Q(D(100), bound="n×")), fact("number", Q(D(300))), Match.BARE),
    ("same date", fact("date", T(1998, 7, 3)), fact("date", T(1998, 7, 3)), Match.SAME),
    ("other month", fact("date", T(1998, 7, 3)), fact("date", T(1998, 6, 3)), Match.NONE),
    ("day lost", fact("date", T(1998, 7, 3)), fact("date", T(1998, 7)), Match.PARTIAL),
    ("day gained", fact("date", T(1998, 7)), fact("date", T(1998, 7, 3)), Match.CONVERTED),
    ("year in digits only", fact("number", Q(D(2019))), fact("date", T(2019)), Match.BARE),
    ("decade", fact("date", T(1990, grain="decade")), fact("date", T(1980, grain="decade")), Match.NONE),
    (
        "a century's year",
        fact("date", T(20, grain="century")),
        fact("date", T(1900, grain="decade")),
        Match.BARE,
    ),
    ("noon", fact("time", Clock(12)), fact("time", Clock(12), Clock(0)), Match.SAME),
    ("two zones, one moment", fact("time", Clock(17, 0, 0)), fact("time", Clock(2, 0, 540)), Match.CONVERTED),
    ("two zones, another moment", fact("time", Clock(17, 0, 0)), fact("time", Clock(17, 0, 540)), Match.NONE),
    ("hour as a number", fact("number", Q(D(17))), fact("time", Clock(17)), Match.BARE),
    ("2.2 is 2.2.0", fact("version", "2.2"), fact("version", "2.2.0"), Match.SAME),
    ("a decade, and its century in words", fact("date", T(2000, grain="decade")), fact("ordinal", Q(D(21), "ordinal")), Match.BARE),
    ("a decade of another century", fact("date", T(1990, grain="decade")), fact("ordinal", Q(D(21), "ordinal")), Match.NONE),
    ("a version with a capital letter", fact("version", "8"), fact("identifier", "V8"), Match.SAME),
    ("a version, and a name", fact("version", "8"), fact("identifier", "A8"), Match.NONE),
    ("other version", fact("version", "2.10.3"), fact("version", "2.1.3"), Match.NONE),
    ("a product's number", fact("number", Q(D(3))), fact("identifier", "LLAMA3"), Match.BARE),
    ("the year of a season", fact("number", Q(D(2019))), fact("identifier", "SS19"), Match.BARE),
    ("localised address", fact("url", "example.org/en/x"), fact("url", "example.org/de/x"), Match.CONVERTED),
    (
        "translated title",
        fact("url", "en.wikipedia.org/wiki/Sun"),
        fact("url", "de.wikipedia.org/wiki/Sonne"),
        Match.CONVERTED,
    ),
    (
        "another article",
        fact("url", "en.wikipedia.org/wiki/Sun"),
        fact("url", "en.wikipedia.org/wiki/Moon"),
        Match.NONE,
    ),
    ("other page", fact("url", "example.org/x"), fact("url", "example.org/y"), Match.NONE),
]


@pytest.mark.parametrize(("name", "source", "target", "expected"), PAIRS)
def test_match(name, source, target, expected):
    assert match(source, target) is expected


@pytest.mark.parametrize(
    ("name", "source", "target", "expected"),
    [p for p in PAIRS if p[3] is not Match.PARTIAL and "gained" not in p[0]],
)
def test_match_is_symmetric(name, source, target, expected):
    assert match(target, source) is expected
