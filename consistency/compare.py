"""Tell whether two facts say the same, whatever the words, units and precision they are written in."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import IntEnum

from consistency.languages._units import CURRENCY_CODES, MINOR, Unit, units
from consistency.records import Clock, Fact, PartialDate, Quantity, Value

NUMERIC = frozenset({"number", "percent", "money", "quantity", "duration", "ordinal", "multiple"})
_SOFT = frozenset({None, "ordinal", "multiple"})  # say how the number is used, not what it counts
_FORTNIGHT = frozenset({Decimal(14), Decimal(15)})  # in days: the Romance languages and Korean count both ends
_DAYS_A_MONTH = Decimal("30.4375")


class Match(IntEnum):
    """Grade how two facts agree; the higher, the surer.

    NONE: they do not. BARE: the same number, but what it counts is said on one side only. PARTIAL: a date
    that says less. CONVERTED: the same in other units or rounded. SAME: the same value.
    """

    NONE = 0
    PARTIAL = 1
    BARE = 2
    CONVERTED = 3
    SAME = 4


def match(source: Fact, target: Fact) -> Match:
    """Return how well two facts agree, over all their readings."""
    best = Match.NONE
    for left in (source.value, *source.readings):
        for right in (target.value, *target.readings):
            best = max(best, _values(source.kind, left, target.kind, right))
            if best is Match.SAME:
                return best
    return best


def family(kind: str) -> str:
    """Return the family within which a lost and a gained fact contradict each other."""
    return "numeric" if kind in NUMERIC else kind


def _values(left_kind: str, left: Value, right_kind: str, right: Value) -> Match:
    if isinstance(left, Quantity) and isinstance(right, Quantity):
        return _quantities(left, right)
    if isinstance(left, PartialDate) and isinstance(right, PartialDate):
        return _dates(left, right)
    if isinstance(left, Clock) and isinstance(right, Clock):
        return _clocks(left, right)
    if isinstance(left, str) and isinstance(right, str):
        return _strings(left_kind, left, right_kind, right)
    if isinstance(left, Quantity):
        return _mixed(left, right)
    return _mixed(right, left) if isinstance(right, Quantity) else Match.NONE


def _quantities(left: Quantity, right: Quantity) -> Match:
    if "n×" in (left.bound, right.bound):
        return _vague(left, right)
    if left.unit == right.unit:
        return _numbers(left.number, right.number) or _degrees(left, right)
    one, two = units().get(left.unit or ""), units().get(right.unit or "")
    if {left.unit, right.unit} & {"degree"} and (found := _degrees(left, right)):
        return found
    if one and two:
        return _converted(left.number, one, right.number, two, about="~" in (left.bound, right.bound))
    if "multiple" in (left.unit, right.unit) and not {left.unit, right.unit} <= _SOFT:
        return Match.NONE  # what tripled did not rise by 3 %, nor in three years
    if left.unit in _SOFT or right.unit in _SOFT:
        return _bare(left.number, one, right.number, two)
    return _minor(left, right)


def _degrees(left: Quantity, right: Quantity) -> Match:
    """Compare degrees that do not say of which scale: 80 degrees in one country are 27 in the next."""
    if not {left.unit, right.unit} <= {"degree", "celsius", "fahrenheit"} or "degree" not in (left.unit, right.unit):
        return Match.NONE
    celsius, fahrenheit = units()["celsius"], units()["fahrenheit"]
    about = "~" in (left.bound, right.bound)
    one = _converted(left.number, fahrenheit, right.number, celsius, about=about)
    return one or _converted(left.number, celsius, right.number, fahrenheit, about=about)


def _vague(left: Quantity, right: Quantity) -> Match:
    """Compare "thousands of" with the same, or with a count that one may call so."""
    if left.bound == right.bound:
        same = left.number.adjusted() == right.number.adjusted()  # "dozens" are "decine" and "dizaines"
        return Match.SAME if same else Match.NONE
    vague, exact = (left, right) if left.bound == "n×" else (right, left)
    return Match.BARE if vague.number <= exact.number < vague.number * 100 else Match.NONE


def _numbers(left: Decimal, right: Decimal) -> Match:
    if left == right:
        return Match.SAME
    return Match.CONVERTED if _rounded(left, right) or _rounded(right, left) else Match.NONE


def _rounded(exact: Decimal, rough: Decimal) -> bool:
    """Tell whether `rough` is `exact` rounded to a scale word: 8,398,748 and "8.4 million".

    The exponent of a number is the precision it was written in, so only scale words allow it. 6 % at most: nobody writes
    1 trillion for 1.4.
    """
    exponent = rough.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < 3 or exponent <= int(exact.as_tuple().exponent):
        return False
    return abs(exact - rough) <= min(Decimal(5).scaleb(exponent - 1), abs(rough) * Decimal("0.06"))


def _converted(left: Decimal, one: Unit, right: Decimal, two: Unit, *, about: bool = False) -> Match:
    if {one.dimension, two.dimension} == {"share", "share point"}:
        return _numbers(left, right)
    if {one.dimension, two.dimension} == {"duration", "months"}:
        return _calendar(left, one, right, two)
    if one.dimension != two.dimension:
        return Match.NONE if "angle" not in (one.dimension, two.dimension) else _numbers(left, right)
    there = (left + one.offset) * one.factor / two.factor - two.offset
    back = (right + two.offset) * two.factor / one.factor - one.offset
    if {one.key, two.key} == {"week", "day"} and {there, back} & _FORTNIGHT and {left, right} & _FORTNIGHT:
        return Match.CONVERTED  # quinze jours, 보름
    close = abs(there - right) <= _slack(right, about) or abs(back - left) <= _slack(left, about)
    return Match.CONVERTED if close else Match.NONE


def _slack(number: Decimal, about: bool) -> Decimal:
    """Return half of the last place written, trailing zeros of whole numbers counted as not written.

    6 % at most, 15 % where one side says "about": 80 °F are "almost 30 degrees".
    """
    digits = number.normalize().as_tuple()
    half = Decimal(5).scaleb(int(digits.exponent) - 1)
    return min(half, abs(number) * Decimal("0.15" if about else "0.06")) or Decimal("0.5")


def _calendar(left: Decimal, one: Unit, right: Decimal, two: Unit) -> Match:
    """Compare months or years with days or hours: 3 % apart at most, as calendars are."""
    days = [
        number * unit.factor * (_DAYS_A_MONTH if unit.dimension == "months" else 1 / Decimal(86400))
        for number, unit in ((left, one), (right, two))
    ]
    return Match.CONVERTED if abs(days[0] - days[1]) <= max(days) * Decimal("0.03") else Match.NONE


def _bare(left: Decimal, one: Unit | None, right: Decimal, two: Unit | None) -> Match:
    if _numbers(left, right):
        return Match.BARE
    for number, unit, other in ((left, one, right), (right, two, left)):  # half = 50 %, a dozen years = 1 decade
        if unit and unit.dimension == "share" and number * unit.factor == other:
            return Match.BARE
        if unit and unit.dimension == "length" and other % 1 and _converted(number, unit, other, units()["metre"]):
            return Match.BARE  # heights are written without their unit: 1,98
    return Match.NONE


def _minor(left: Quantity, right: Quantity) -> Match:
    """Compare 50 cents with 0.50 dollars."""
    for small, big in ((left, right), (right, left)):
        if small.unit in MINOR and big.unit in CURRENCY_CODES and small.number == big.number * 100:
            return Match.CONVERTED
        if small.unit in MINOR and big.unit in MINOR and small.number == big.number:
            return Match.SAME
    return Match.NONE


def _dates(left: PartialDate, right: PartialDate) -> Match:
    if left == right:
        return Match.SAME
    if left.grain != right.grain:
        return Match.BARE if _century_decade(left, right) or _century_decade(right, left) else Match.NONE
    if _day_for_weekday(left, right) or _day_for_weekday(right, left):
        return Match.BARE
    shared = 0
    for one, two in zip(_parts(left), _parts(right), strict=True):
        if one is not None and two is not None:
            if one != two:
                return Match.NONE
            shared += 1
    if not shared:
        return Match.NONE
    lost = [p for p, q in zip(_parts(left)[:3], _parts(right)[:3], strict=True) if p is not None and q is None]
    return Match.PARTIAL if lost else Match.CONVERTED


def _day_for_weekday(left: PartialDate, right: PartialDate) -> bool:
    """Tell whether one says the weekday and the other the day: Korean news writes 25일 for "Saturday"."""
    return left == PartialDate(weekday=left.weekday) and right.day is not None and right == PartialDate(day=right.day)


def _parts(date: PartialDate) -> tuple[int | None, ...]:
    return (date.year, date.month, date.day, date.weekday)


def _century_decade(left: PartialDate, right: PartialDate) -> bool:
    if left.grain == "century" and left.year and right.year is not None:
        return right.grain in ("decade", "") and (right.year // 100 + 1) == left.year
    return left.grain == "decade" and right.grain == "" and left.year == right.year


def _clocks(left: Clock, right: Clock) -> Match:
    if (left.hour, left.minute) == (right.hour, right.minute):
        both = left.zone is not None and right.zone is not None
        return Match.SAME if not both or left.zone == right.zone else Match.NONE
    if left.zone is None or right.zone is None:
        return Match.NONE
    minutes = [(c.hour * 60 + c.minute - (c.zone or 0)) % 1440 for c in (left, right)]
    return Match.CONVERTED if minutes[0] == minutes[1] else Match.NONE


def _mixed(number: Quantity, other: Value) -> Match:
    value = number.number
    if isinstance(other, PartialDate) and number.unit in {*_SOFT, "day", "year", "month", "decade", "century"}:
        years: set[int | None] = set() if other.year is None else {other.year, other.year % 100} if other.grain else {other.year}
        if number.unit == "ordinal" and other.year is not None and other.year < 1:  # "anno tertio ante Christum": the mark stands apart
            years = {1 - other.year}
        one = {"day": other.day, "month": other.month}  # ten months are no tenth day
        parts = {one[number.unit]} if number.unit in one else years | {other.month, other.day}
        if other.grain == "decade" and other.year is not None and number.unit == "ordinal":  # the 2000s, in the 21st century
            parts.add(other.year // 100 + 1)
        return Match.BARE if value in parts else Match.NONE
    if isinstance(other, Clock) and number.unit in {*_SOFT, "hour"}:
        fits = value == other.hour and not other.minute
        return Match.BARE if fits or value == other.hour + Decimal(other.minute) / 100 else Match.NONE
    if isinstance(other, str) and len(other) <= 40:  # "Llama-3", "v3.1", A380
        written = f"{abs(value):f}"
        short = written[2:] if re.fullmatch(r"(?:19|20)\d\d", written) else written  # SS19 is the summer of 2019
        return Match.BARE if {written, short} & set(re.findall(r"\d+(?:\.\d+)?", other)) else Match.NONE
    return Match.NONE


def _strings(left_kind: str, left: str, right_kind: str, right: str) -> Match:
    if left == right:
        return Match.SAME
    if left_kind == right_kind == "version":
        return Match.SAME if _version(left) == _version(right) else Match.NONE
    if {left_kind, right_kind} == {"version", "identifier"}:  # v8, V8
        return Match.SAME if left.lower().lstrip("v") == right.lower().lstrip("v") else Match.NONE
    if left_kind == right_kind == "phone":
        return Match.CONVERTED if _dialled(left, right) or _dialled(right, left) else Match.NONE
    if left_kind == right_kind == "url":
        return Match.CONVERTED if same_page(left, right) else Match.NONE
    if left_kind == right_kind == "code":
        return Match.SAME if "".join(left.split()) == "".join(right.split()) else Match.NONE
    return Match.NONE


def _dialled(abroad: str, here: str) -> bool:
    """Tell whether a number is another without its country's: +49 30 1234567 is dialled 030 1234567."""
    return abroad.startswith("+") and here.startswith("0") and abroad.endswith(here[1:]) and len(abroad) - len(here) <= 3


def _version(text: str) -> tuple[int, ...]:
    parts = [int(p) for p in re.findall(r"\d+", text)]
    while len(parts) > 1 and parts[-1] == 0:  # 2.2 is 2.2.0
        parts.pop()
    return tuple(parts)


_LOCALE = re.compile(r"^(?:[a-z]{2}|[a-z]{2}[-_][A-Za-z]{2,4}|zh[-_][A-Za-z]+|intl[-_][a-z-]+)$")


def same_page(left: str, right: str) -> bool:
    """Tell whether two addresses are the same page in two languages (`/en/x`, `de.example.org/x`).

    Encyclopedias translate the title as well: there only the site must be the same, if the language differs.
    """
    one, two = _localised(left), _localised(right)
    if one == two:
        return True
    return one[0] == two[0] and one[0].startswith(("wikipedia.", "wiktionary.")) and left.split("/")[0] != right.split("/")[0]


def _localised(address: str) -> tuple[str, tuple[str, ...]]:
    host, *path = address.split("?")[0].split("#")[0].split("/")
    labels = host.split(".")
    if len(labels) > 2 and _LOCALE.match(labels[0]):
        labels = labels[1:]
    return ".".join(labels), tuple(p for p in path if not _LOCALE.match(p))
