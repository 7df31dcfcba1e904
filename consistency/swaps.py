"""Find the values of a passage that traded places between labels, or stand the other way round in a score or range."""

from __future__ import annotations

from collections.abc import Sequence

from consistency.compare import Match
from consistency.records import Fact, PartialDate, Quantity

_Pair = tuple[Fact, Fact]


_RANGED = frozenset({"number", "percent", "duration", "quantity", "money"})


def swaps(kept: Sequence[tuple[Fact, Fact, Match]], either_order: bool) -> list[tuple[_Pair, _Pair]]:
    """Return the pairs of values that traded places between two labels (2019: 4 %, 2020: 9 %).

    A label is a date, year or identifier. Only where labels and values take turns on both sides is it plain
    which value belongs to which label; a sentence turned round keeps its labels.
    """
    reversed_pair = None if either_order else _reversed_pair(kept)
    if reversed_pair:
        return [reversed_pair]
    crossed = _crossed_units(kept) or _crossed_bounds(kept)
    if crossed:
        return [crossed]
    labels = [(s, t) for s, t, _ in kept if _is_label(s)]
    values = [(s, t) for s, t, _ in kept if not _is_label(s) and isinstance(s.value, Quantity) and not _ends_years(s)]
    if len(labels) < 2 or len(labels) != len(values):
        return []
    here, there = _turns(labels, values, 0), _turns(labels, values, 1)
    if here is None or there is None:
        return []
    found = []
    for i in range(len(values)):
        for j in range(i + 1, len(values)):
            traded = here[i] != there[i] and here[i] == there[j] and here[j] == there[i]
            if traded and values[i][0].value != values[j][0].value:
                found.append((values[i], values[j]))
    return found


def _ends_years(fact: Fact) -> bool:
    """Tell whether a number is the end of a range of years, the 23 of 2022/23."""
    return any(isinstance(v, Quantity) and v.unit is None and 1900 <= v.number <= 2100 for v in fact.readings)


def _reversed_pair(kept: Sequence[tuple[Fact, Fact, Match]]) -> tuple[_Pair, _Pair] | None:
    """Return the two numbers of a score or range that is written the other way round: 3–1 and 1–3,
    from 5 to 50 and from 50 to 5."""
    plain = [(s, t) for s, t, _ in sorted(kept, key=lambda k: k[0].span) if {s.kind, t.kind} <= _RANGED]
    for one, two in zip(plain, plain[1:], strict=False):
        joined = 0 < two[0].span.start - one[0].span.end <= 5 and 0 < one[1].span.start - two[1].span.end <= 5
        sure = all(f.firm or f.surface == "1" for f in (*one, *two)) and (one[0].firm or two[0].firm)  # no "1 in 4"
        # "by 2.5 billion by 2050" may be told in either order
        alike = _is_label(one[0]) == _is_label(two[0]) and len({counted(f) for f in (*one, *two)} - {None}) <= 1
        if joined and sure and alike and one[0].value != two[0].value:
            return one, two
    return None


def _crossed_units(kept: Sequence[tuple[Fact, Fact, Match]]) -> tuple[_Pair, _Pair] | None:
    """Return two values of which each has the other's unit: 90 cars of which 150,000 % were sold, and 150,000 cars of
    which 90 % were. A value whose unit only one copy writes is nothing odd; two that cross are."""
    bare = [(s, t) for s, t, grade in kept if grade is Match.BARE and (s.firm or t.firm)]
    for i, one in enumerate(bare):
        for two in bare[i + 1 :]:
            for (here, there), (other_here, other_there) in ((one, two), (two, one)):
                unit = counted(here)
                crossed = unit is not None and unit == counted(other_there) and counted(there) is counted(other_here) is None
                if crossed and here.value != other_here.value:
                    return one, two
    return None


def _crossed_bounds(kept: Sequence[tuple[Fact, Fact, Match]]) -> tuple[_Pair, _Pair] | None:
    """Return a year and a count of which each has the other's bound: more than 60 in 1914, and more than 1914 in 60.
    Of two counts "more than" may be said of both at once, before the first or behind the last."""
    pairs = [(s, t) for s, t, grade in kept if grade > Match.PARTIAL and s.firm and t.firm]
    for lost in ((s, t) for s, t in pairs if _bound(s) and not _bound(t)):
        for gained in ((s, t) for s, t in pairs if _bound(t) and not _bound(s)):
            if _bound(lost[0]) == _bound(gained[1]) and _is_label(lost[0]) != _is_label(gained[0]):
                return lost, gained
    return None


def _bound(fact: Fact) -> str:
    return fact.value.bound if isinstance(fact.value, Quantity) and fact.value.bound in (">", "<", ">=", "<=") else ""


def counted(fact: Fact) -> str | None:
    """Return what a value counts; None for a bare number, an ordinal, a year."""
    unit = fact.value.unit if isinstance(fact.value, Quantity) else None
    return None if unit in ("ordinal", "multiple") else unit


def _turns(labels: Sequence[_Pair], values: Sequence[_Pair], side: int) -> list[int] | None:
    """Return for each value the index of its label; None where the two do not take turns on that side."""
    marks = [(pair[side].span, 0, i) for i, pair in enumerate(labels)]
    marks += [(pair[side].span, 1, i) for i, pair in enumerate(values)]
    marks.sort()
    if any(one[1] == two[1] for one, two in zip(marks, marks[1:], strict=False)):
        return None
    owner = [0] * len(values)
    for one, two in zip(marks[::2], marks[1::2], strict=True):
        label, value = (one, two) if one[1] == 0 else (two, one)
        owner[value[2]] = label[2]
    return owner


def _is_label(fact: Fact) -> bool:
    value = fact.value
    if isinstance(value, Quantity):
        return value.unit is None and 1900 <= value.number <= 2100 and value.number == int(value.number)
    return isinstance(value, PartialDate) or fact.kind == "identifier"
