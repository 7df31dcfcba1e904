"""Join numbers with their neighbours: two units, ranges, shares, values converted in brackets."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from consistency.extractors._extractor import View
from consistency.extractors._measures import Measures
from consistency.extractors._quantities import Reading
from consistency.languages._units import units
from consistency.records import Fact, Quantity, Span

_BRACKET = re.compile(r" ?[(（\[](?:[^\W\d_]{1,12}\.? )?[~≈]?")
_SMALLER = {"hour": "minute", "metre": "centimetre"}
_LAST = re.compile(r"[.,;:!?)]?(?:\s*$|\s*\n|(?<=[.,;:!?)]) )")
_RANGE = re.compile(r" ?[-–—~〜～] ?")


def apart(items: list[Reading]) -> list[Reading]:
    """Leave out a number inside what belongs to the one beside it: "diez por ciento", 百 in 百分之二十."""
    kept: list[Reading] = []
    for item in items:
        if kept and item.start <= kept[-1].start:
            kept.pop()
        if not kept or item.numeral.start >= kept[-1].end:
            kept.append(item)
    return kept


def merged(text: str, items: list[Reading], measures: Measures) -> list[Reading]:
    """Join what is written in two units: 6-foot-6, 1 hour 30 minutes."""
    result: list[Reading] = []
    for item in items:
        last = result[-1] if result else None
        joined = _in_two_units(text, last, item, measures) if last else None
        if joined is not None:
            result[-1] = joined
        else:
            result.append(_with_unit_before(text, item, measures))
    return result


def _with_unit_before(text: str, item: Reading, measures: Measures) -> Reading:
    """Add "an hour and" to thirty minutes: a larger unit without a number is one of it."""
    match = measures.behind_link.search(text[max(0, item.start - 40) : item.start]) if item.unit else None
    hit = measures.units.at(match["unit"], 0) if match else None
    if match is None or hit is None or hit.end < len(match["unit"]):
        return item
    big, small = units()[hit.keys[0]], units().get(item.unit[0])
    if item.kind != "duration" or small is None or big.dimension != small.dimension or item.value * small.factor >= big.factor:
        return item
    value = big.factor / small.factor + item.value
    return replace(item, start=item.start - len(match[0]), value=value, others=())


def _in_two_units(text: str, first: Reading, second: Reading, measures: Measures) -> Reading | None:
    gap = text[first.end : second.start]
    if first.unit[:1] in (("hour",), ("minute",)) and second.kind == "duration":  # "1 hour, 30 minutes"
        gap = gap.removeprefix(",")  # "7 days, 24 hours" are two
    if not first.unit or not measures.joint.fullmatch(gap):  # "three years or five months" are two
        return None
    if second.numeral.kind == "fraction":  # "deux ans et demi"
        whole = second.unit or not gap.strip(" -") or second.value >= 1 or first.kind in ("ordinal", "multiple")
        return None if whole else replace(first, end=second.end, value=first.value + second.value, others=())
    big = units().get(first.unit[0])
    key = second.unit[0] if second.unit else _smaller(text, first, second, gap)
    small = units().get(key or "")
    if big is None or small is None or big.dimension != small.dimension or big.factor <= small.factor or big.offset:
        return None
    if big.dimension not in ("length", "duration", "mass", "months") or second.value * small.factor >= big.factor:
        return None
    value = first.value * big.factor / small.factor + second.value
    numeral = second.numeral if first.numeral.spelled else first.numeral  # "eine Stunde" is no firm one
    return replace(first, numeral=numeral, end=second.end, unit=(small.key,), value=value, others=())


def _smaller(text: str, first: Reading, second: Reading, gap: str) -> str | None:
    """Return the unit that is left out behind a greater one: 6 foot 6, "un'ora e quaranta", "due metri e venti."; else None."""
    whole = second.numeral.kind == "number" and second.value == int(second.value)
    if first.unit[0] == "foot" and second.value < 12:
        return "inch"
    last = gap.strip() and _LAST.match(text, second.end) and first.value == int(first.value)
    return _SMALLER.get(first.unit[0]) if whole and last and second.value >= 5 else None


def with_ranges(text: str, items: list[Reading], measures: Measures) -> list[Reading]:
    """Give the first number of a range the unit of the second, and in doubt its scale: 10 to 15 million, 10 to 15 percent."""
    scale = Decimal(1)
    for index in range(len(items) - 1, 0, -1):
        first, second = items[index - 1], items[index]
        gap = text[first.end : second.start]
        if (_RANGE.fullmatch(gap) or gap == "/") and 1000 <= first.value < 2100 and 0 < second.value < 100 and not second.unit:
            base = 100 if second.value >= 10 else 10  # 1950-53, 1994-5, 1992/93
            items[index] = replace(second, others=(*second.others, first.value // base * base + second.value))
        if gap == measures.torn and _is_torn(first, second):
            items[index - 1] = first = replace(first, doubtful=True)
            items[index] = second = replace(second, others=(*second.others, first.value * _scale(second) + second.value / 10))
        scale = max(scale, _scale(second))
        alike = abs(first.value) < 10 * abs(second.value) / (_scale(second) if second.numeral.scaled else 1)  # no year
        scale = scale if alike and _may_share_scale(gap, first, measures) else Decimal(1)
        if scale > 1:
            first = replace(first, others=(*first.others, *(v * scale for v in (first.value, *first.others))))
            items[index - 1] = first
        if _is_range(gap, first, second, measures):
            items[index - 1] = replace(first, kind=second.kind, unit=second.unit)
    return items


def _is_torn(first: Reading, second: Reading) -> bool:
    """Tell whether two numbers may be one, a space behind its decimal mark: "1, 6 miljoonaan"."""
    digits = not first.numeral.spelled and not first.numeral.scaled and second.numeral.atoms == 2
    return digits and not first.unit and second.numeral.scaled and _scale(second) <= second.value < 10 * _scale(second)


def _scale(item: Reading) -> Decimal:
    """Return the scale of a number that ends in a scale word or letter, else 1."""
    if not item.numeral.scaled:
        return Decimal(1)
    return item.value / item.numeral.value if item.numeral.scale == 1 and item.numeral.value else item.numeral.scale


def _may_share_scale(gap: str, first: Reading, measures: Measures) -> bool:
    """Tell whether a number in digits may be meant in the scale of the one behind it: 3.1, 2.9 and 2.5 million."""
    bare = not first.numeral.scaled and not first.numeral.spelled and first.kind in ("number", "money")
    joined = _RANGE.fullmatch(gap) or measures.between.fullmatch(gap) or measures.listing.fullmatch(gap)
    return bare and bool(joined or gap in (", ", "、", "，"))


def _is_range(gap: str, first: Reading, second: Reading, measures: Measures) -> bool:
    """Tell whether the first number counts what the second does: 10 to 15 km, but not "2020 and $2B"."""
    if first.unit or not second.unit or second.kind == "ordinal" or len(gap) > 12:
        return False
    if second.end <= second.numeral.end:  # a unit in front of the second number is not the first one's
        return False
    year = not first.numeral.spelled and not first.numeral.scaled and 1000 <= first.value < 2200 > 10 * second.value
    if _RANGE.fullmatch(gap):
        return not (year and second.kind == "money")
    if not measures.between.fullmatch(gap) or (year and first.start == first.numeral.start):
        return False
    alike = first.numeral.spelled == second.numeral.spelled and first.numeral.kind == second.numeral.kind
    return alike or not measures.listing.fullmatch(gap)


def shares_in(view: View, items: list[Reading], measures: Measures) -> list[Fact]:
    """Return "six in ten" as a share, beside its two numbers: the copies may keep either."""
    found = []
    for first, second in zip(items, items[1:], strict=False):
        if _is_share(view.folded, first, second, measures):
            span = Span(first.start, second.end)
            value = Quantity(first.value / second.value * 100, "percent")
            found.append(Fact("percent", value, view.text[span.start : span.end], span, firm=False))
    return found


def _is_share(text: str, first: Reading, second: Reading, measures: Measures) -> bool:
    gap = text[first.end : second.start]
    small = 0 < first.value < second.value <= 20 and not first.unit and not second.unit and second.value >= 3
    whole = first.value == first.value.to_integral_value() and first.numeral.kind == second.numeral.kind == "number"
    return bool(small and whole and 0 < len(gap) <= 12 and measures.out_of.fullmatch(gap))


def converts(text: str, first: Reading, second: Reading) -> bool:
    """Tell whether a value is only the one before it, converted in brackets: $200 (£150), 6 miles (10 km)."""
    kinds = first.kind == second.kind and first.kind in ("money", "quantity")
    return kinds and first.unit != second.unit and _BRACKET.fullmatch(text, first.end, second.start) is not None
