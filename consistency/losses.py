"""Tell what a fact lost although another answers it, and which facts can be called lost at all."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from consistency.compare import Match, match
from consistency.records import Clock, Fact, PartialDate, Quantity


def part_lost(source: Fact, target: Fact, extra: Sequence[Fact], passage: Sequence[Fact]) -> bool:
    """Tell whether a date in month lost its day or year, and no fact left over in the passage says it.

    passage: all facts of the target's; its other dates may give the year: from mid-May to June 2019.
    """
    one, two = _date_of(source), _date_of(target)
    if one is None or two is None or one.month is None or two.month is None:
        return False
    dates = filter(None, map(_date_of, passage))
    year = None if one.year in {date.year for date in dates if date.month is not None} else one.year
    parts = [p for p, q in ((one.day, two.day), (year, two.year)) if p is not None and q is None]
    facts = [Fact("number", Quantity(Decimal(part)), "", source.span) for part in parts]
    return any(not any(match(fact, other) for other in extra) for fact in facts)


def _date_of(fact: Fact) -> PartialDate | None:
    """Return the date that a fact is or may be read as: 12.6. is one where it answers a June."""
    return next((value for value in (fact.value, *fact.readings) if isinstance(value, PartialDate)), None)


def blurred(source: Fact, target: Fact, grade: Match) -> bool:
    """Tell whether a count of one side is only called thousands, millions on the other, as "5.69 million" is where
    its number was lost. Where "hundreds" are read as 100 nothing is lost."""
    if grade is not Match.BARE or not (source.firm or target.firm):
        return False
    vague = [any(isinstance(v, Quantity) and v.bound == "n×" for v in (f.value, *f.readings)) for f in (source, target)]
    if vague[0] == vague[1]:
        return False
    exact, rough = (target, source) if vague[0] else (source, target)
    if not (isinstance(exact.value, Quantity) and isinstance(rough.value, Quantity) and exact.firm):
        return False
    if exact.kind in ("duration", "multiple"):  # "decades" for thirty years, 三四十倍 for 30 to 40 times
        return False
    return exact.value.number != rough.value.number and exact.value.number.normalize().as_tuple().digits != (1,)


def stands_alone(fact: Fact, others: Sequence[Fact]) -> bool:
    """Tell whether a fact may be called dropped or added: one that is firm, the 1 of "1–0", or one whose digits leave open
    what they measure ("5 часов" is five hours or five o'clock, "45年" is years or a year) but not that something is.

    others: the facts of its passage.
    """
    if fact.firm or not fact.surface[0].isdecimal():
        return fact.firm
    number = fact.value.number if isinstance(fact.value, Quantity) else None
    if fact.kind == "number" and _digit(fact):
        gaps = [max(fact.span.start - o.span.end, o.span.start - fact.span.end) for o in others if _digit(o)]
        return any(0 < gap <= 3 for gap in gaps)
    least = {"time": 2, "duration": 2, "number": 10}.get(fact.kind)
    return least is not None and (number is None or number > least)


def _digit(fact: Fact) -> bool:
    return fact.surface.isdecimal() and len(fact.surface) == 1


def countable(fact: Fact) -> bool:
    """Tell whether a fact that is never called dropped may be mistaken for another: ten for twelve, a third for a half."""
    if isinstance(fact.value, PartialDate):  # Saturday → Sunday, July → June: never dropped, but mistaken
        return fact.value.weekday is not None or fact.value.month is not None or fact.value.grain in ("decade", "century")
    if isinstance(fact.value, Clock):  # "5 часов" may be five hours
        return fact.value.hour >= 3 and not any(isinstance(r, Quantity) and r.unit == "hour" for r in fact.readings)
    if not isinstance(fact.value, Quantity):
        return False
    number, least = fact.value.number, {"number": 3, "ordinal": 3, "quantity": 3, "multiple": 2, "duration": 2}
    half = fact.kind in ("duration", "quantity") and number % 1 != 0  # half a year, two and a half kilometres
    return half or share(fact) or in_brackets(fact) or (fact.kind in least and number >= least[fact.kind])


def in_brackets(fact: Fact) -> bool:
    """Tell whether a fact only repeats another in brackets, in digits."""
    return fact.kind in ("quantity", "money") and not fact.firm and any(c.isdecimal() for c in fact.surface)


def share(fact: Fact) -> bool:
    """Tell whether a fact is a half, a third in words."""
    words = fact.kind == "number" and not fact.surface[:1].isdecimal()
    return words and isinstance(fact.value, Quantity) and 0 < fact.value.number < 1
