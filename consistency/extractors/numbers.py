"""Read numbers with what they count: percent, money, units, durations, multiples, ordinals, ranges, bounds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from consistency.extractors._extractor import Extractor, View, fold
from consistency.extractors._lexicon import RUNS_ON_CHARACTER
from consistency.extractors._measures import Measures, measures_of
from consistency.extractors._neighbours import apart, converts, merged, shares_in, with_ranges
from consistency.extractors._quantities import Reading, half_behind, kind_of, measured
from consistency.extractors._spelled import numerals
from consistency.languages import Language
from consistency.records import Fact, PartialDate, Quantity, Span, Value

# Units that are spoken of without a number, and what else they may be counted in: a decade is ten years.
_LONE = {
    "quarter_hour": (15, "minute"),
    "week": (7, "day"),
    "fortnight": (14, "day"),
    "biennium": (2, "year"),
    "triennium": (3, "year"),
    "quadriennium": (4, "year"),
    "lustrum": (5, "year"),
    "sexennium": (6, "year"),
    "decade": (10, "year"),
    "vicennium": (20, "year"),
    "tricennium": (30, "year"),
    "half_century": (50, "year"),
    "scandinavian_mile": (10, "kilometre"),
    "century": (100, "year"),
    "millennium": (1000, "year"),
}
_SCALES = tuple(Decimal(10) ** power for power in (3, 4, 5, 6, 7, 8, 9, 12))
_FEET = re.compile(r"\d+'\d+")
KINDS = frozenset({"percent", "money", "quantity", "duration", "ordinal", "multiple"})


def read(view: View, language: Language) -> Iterator[Fact]:
    """Yield every number of the text."""
    measures = measures_of(language)
    found = apart([measured(view, n, measures) for n in numerals(view.folded, language)])
    syllables = [item for item in found if _is_syllable(view.folded, item, measures)]
    apart_from_them = {item.start for item in syllables}
    found = [item for item in found if item.start not in apart_from_them]
    found = with_ranges(view.folded, merged(view.folded, found, measures), measures)
    taken = _covered(view, [Span(item.start, item.end) for item in found])
    shares = shares_in(view, found, measures)
    shared = {place for share in shares for place in range(*share.span)}
    counted = [Span(item.start, item.end) for item in found if item.unit or item.numeral.kind != "fraction"]
    lone = list(_lone_units(view, measures, _covered(view, counted)))  # these take the half of "a year and a half"
    halves = _covered(view, [fact.span for fact in lone])
    found = [item for item in found if not halves[item.start]]
    for last, item in zip([None, *found], found, strict=False):
        fact = _fact(view, item, measures)
        if last is not None and converts(view.folded, last, item):
            fact = replace(fact, firm=False)
        yield replace(fact, firm=False) if item.start in shared else fact
    yield from shares
    yield from (_syllable(view, item) for item in syllables)
    yield from _multiples(view, measures, taken)
    yield from lone


def _covered(view: View, spans: Iterable[Span]) -> bytearray:
    """Return 1 for each character of the text that stands in one of the spans."""
    covered = bytearray(len(view.folded))
    for start, end in spans:
        covered[start:end] = b"\x01" * (end - start)
    return covered


def _syllable(view: View, item: Reading) -> Fact:
    """Return a lone numeral of a script without spaces: 三方 answers "3-way", and is itself mostly no number.

    Its kind is of no family, so that it never stands for another value.
    """
    span = Span(item.start, item.end)
    return Fact("numeral", Quantity(item.value), view.text[span.start : span.end], span, firm=False)


def _is_syllable(text: str, item: Reading, measures: Measures) -> bool:
    """Tell whether a lone number word is rather a piece of another word: 统一, 조사, "tỷ lệ".

    Only shared words of scripts without spaces, and scale words that no number stands before.
    """
    numeral, word = item.numeral, text[item.numeral.start : item.numeral.end]
    if numeral.atoms > 1 or not numeral.spelled or item.unit or word not in measures.shared:
        return False
    counted = measures.counters is not None and measures.counters.match(text, item.end) is not None
    return not counted and (numeral.scaled or (len(word) == 1 and RUNS_ON_CHARACTER.match(word) is not None))


def _fact(view: View, item: Reading, measures: Measures) -> Fact:
    span = Span(item.start, item.end)
    surface = view.text[span.start : span.end]
    numeral = item.numeral
    if numeral.kind == "odd":
        written = fold(surface)
        height = _FEET.fullmatch(written)  # 6'2 may be feet and inches, or a decimal
        pointed = (Quantity(Decimal(written.replace("'", "."))),) if height else ()
        return Fact("version", written, surface, span, pointed, firm=not height)
    if item.kind == "version":
        return Fact("version", fold(surface), surface, span, (Quantity(item.value),))
    if numeral.kind == "vague":
        value = Quantity(item.value, None, bound="n×")
        magnitudes = tuple(Quantity(other, None, bound="n×") for other in item.others)
        return Fact("number", value, surface, span, magnitudes, firm=False)  # "cost the firm millions" is said in many ways
    unit = item.unit[0] if item.unit else None
    if _states_nothing(view, item, measures):
        return Fact("number", Quantity(item.value), surface, span, firm=False)
    value = Quantity(item.value, unit, numeral.high, item.bound)
    if numeral.positional and numeral.atoms == 2:  # 两三个: two or three of them
        tens, ones = divmod(item.value, 10)
        return Fact("number", Quantity(tens, unit), surface, span, (Quantity(ones, unit), value), firm=False)
    kind = item.kind if item.kind in KINDS else "number"
    return Fact(kind, value, surface, span, tuple(_readings(view, item, measures)), _firm(view, item, measures))


def _readings(view: View, item: Reading, measures: Measures) -> list[Value]:
    """Return what else the words may say."""
    numeral, unit = item.numeral, item.unit[0] if item.unit else None
    readings: list[Value] = [Quantity(o, unit, None, item.bound) for o in item.others]
    readings += [Quantity(item.value, other, None, item.bound) for other in item.unit[1:]]
    readings += _day_and_month(view.folded[numeral.start : numeral.end], item, measures)
    if item.kind == "ordinal" and view.text[item.end - 1] in "º°":  # 26º: the twenty-sixth, or degrees
        readings.append(Quantity(item.value, "degree"))
    if "day" in item.unit and 1 <= item.value <= 31:  # 3日: the third, or three days
        readings.append(PartialDate(day=int(item.value)))
    if measures.unknown and not unit:  # "3,5 millió", "3,1, 2,9 … millió": a word that nobody reads may be the scale
        readings += [Quantity(v * scale) for scale in _SCALES for v in (item.value, *item.others)]
    whole = measures.units.at(view.folded, item.start)
    if whole is not None and whole.end == item.end:  # "quinze jours" are a fortnight
        readings += [Quantity(Decimal(1), key) for key in whole.keys]
    if not numeral.counted:  # "several thousand"
        readings.append(Quantity(item.value, unit, None, "n×"))
    return readings


def _states_nothing(view: View, item: Reading, measures: Measures) -> bool:
    """Tell whether digits only class people or things: 20代, in the twenties; 3 年生, a third-year student."""
    if measures.loose is None or item.numeral.spelled:
        return False
    last = item.numeral.end
    starts = (last, last + (view.folded[last : last + 1] == " "))  # 90后, but not 45年后
    found = (measures.loose.match(view.folded, start) for start in starts)
    return any(match is not None and match.end() >= item.end for match in found)  # not 2 대한민국 원, two won


def _day_and_month(words: str, item: Reading, measures: Measures) -> list[PartialDate]:
    match = measures.day_month.fullmatch(words) if measures.day_month and not item.unit else None
    if match is None or not (1 <= int(match[1]) <= 31 and 1 <= int(match[2]) <= 12):
        return []
    return [PartialDate(month=int(match[2]), day=int(match[1]))]


def _firm(view: View, item: Reading, measures: Measures) -> bool:
    """Tell whether the words can only be meant as this number.

    Digits can; spelled numbers only from 13 up or with a unit, because small ones are dropped and added by
    every translator ("one of two" → "either"), and fractions seldom are figures ("half a year").
    """
    numeral = item.numeral
    words = view.folded[numeral.start : numeral.end]
    if item.doubtful or numeral.kind == "fraction":
        return False
    if not numeral.spelled:
        one = item.value == 1 and item.kind in ("number", "duration", "multiple")  # "a month" becomes "1 month"
        return not one
    if words in measures.shared or numeral.kind == "ordinal":
        return False
    if numeral.positional and numeral.atoms < 3:  # 统一六国: "unite six states", not 16
        return False
    if item.kind in ("multiple", "percent", "money"):
        return item.value >= 2 and numeral.counted
    return item.value >= 13 and numeral.counted


def _multiples(view: View, measures: Measures, taken: bytearray) -> Iterator[Fact]:
    """Yield "twice", "doubled": multiples in one word."""
    for hit in measures.multiples.find(view.folded):
        if not any(taken[hit.start : hit.end]):
            span = Span(hit.start, hit.end)
            surface = view.text[span.start : span.end]
            yield Fact("multiple", Quantity(Decimal(hit.keys[0]), "multiple"), surface, span, firm=False)


def _lone_units(view: View, measures: Measures, taken: bytearray) -> Iterator[Fact]:
    """Yield "the past decade", "a week", "une heure et demie": a unit without a number is one of it.

    It grounds no claim: "a month" is written "1 month" or not at all.
    """
    for hit in measures.units.find(view.folded):
        syllable = RUNS_ON_CHARACTER.match(view.folded, hit.start) and hit.end - hit.start < 3
        if syllable or any(taken[hit.start : hit.end]):
            continue  # 週 is a syllable of many words
        more, end = half_behind(view.folded, hit.end, measures)
        unit = hit.keys[0] if more else next((key for key in hit.keys if key in _LONE), None)
        if unit:
            span = Span(hit.start, end)
            value = Quantity(1 + more, unit)
            count, smaller = _LONE.get(unit, (0, unit))
            others = (Quantity(Decimal(count), smaller),) if count and not more else ()
            yield Fact(kind_of(unit), value, view.text[span.start : span.end], span, others, firm=False)


EXTRACTOR = Extractor(order=30, read=read)
