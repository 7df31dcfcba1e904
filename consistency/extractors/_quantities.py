"""Read one number with what it counts: scale letter, money, ordinal, multiple, unit, sign and bound."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from consistency.extractors._extractor import View
from consistency.extractors._lexicon import Hit, Lexicon
from consistency.extractors._measures import Measures
from consistency.extractors._spelled import Numeral
from consistency.languages._units import ALIASES, CURRENCY_SYMBOLS, units


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold a number on its way to a fact."""

    numeral: Numeral
    kind: str
    unit: tuple[str, ...]
    start: int
    end: int
    value: Decimal
    others: tuple[Decimal, ...]
    bound: str = ""
    doubtful: bool = False  # a letter behind the digits may be a scale or none: 802.11b


def measured(view: View, numeral: Numeral, measures: Measures) -> Reading:
    """Return a number with all that belongs to it."""
    item = Reading(numeral, numeral.kind, (), numeral.start, numeral.end, numeral.value, numeral.others)
    if numeral.kind == "odd":
        return item
    item = _suffixed(view, item, measures)
    for step in (_version, _money, _ordinal, _multiple, _unit):
        grown = step(view, item, measures)
        if grown is not None:
            item = grown
            break
    return _bounded(view.folded, _signed(view.folded, item, measures), measures)


def _signed(text: str, item: Reading, measures: Measures) -> Reading:
    if measures.before.before(text, item.start) is not None:  # "au moins 384" is no negative number
        return item
    match = measures.minus.search(text[max(0, item.start - 8) : item.start])
    if match is None and measures.minus_after.search(text, item.numeral.end, item.end + 20):
        return replace(item, others=(*item.others, -item.value))  # 31 градус мороза
    if match is None:
        return item
    others = tuple(-o for o in item.others) + ((item.value,) if match[0][0].isalpha() else ())  # "menos 20 %" may be 20 % less
    return replace(item, start=item.start - len(match[0]), value=-item.value, others=others)


def _suffixed(view: View, item: Reading, measures: Measures) -> Reading:
    """Read a scale letter glued to digits: 405B, 1.2k; "5m" without money stays metres first."""
    named = view.folded[item.start - 1 : item.start].isascii() and view.folded[item.start - 1 : item.start].isalpha()
    if item.numeral.spelled or item.numeral.scaled or named:  # the B of BFF8B is no billion
        return item
    match = measures.suffix.match(view.text, item.end)
    if match is None and view.folded[item.end : item.end + 1] == " ":  # "2,4 M€": the currency sign tells the scale
        apart = measures.suffix.match(view.text, item.end + 1)
        money = apart and measures.money_after.match(view.text, apart.end())
        before = measures.money_before.search(view.text[max(0, item.start - 6) : item.start])
        match = apart if money or before else None
    if match is None:
        return item
    factor = measures.suffixes[match[0]].normalize()
    doubtful = match[0] not in measures.symbols
    may_scale = not doubtful or _is_label(view.text[item.start : match.end()])
    if may_scale and not _is_money(view, item.start, match.end(), measures):
        end = match.end() if doubtful else item.end
        return replace(item, end=end, others=(*item.others, item.value * factor), doubtful=doubtful)
    scaled = tuple(o * factor for o in item.others)
    numeral = replace(item.numeral, scaled=True, end=match.end())
    return replace(item, end=match.end(), value=item.value * factor, others=scaled, numeral=numeral)


def _is_money(view: View, start: int, end: int, measures: Measures) -> bool:
    before = measures.money_before.search(view.text[max(0, start - 6) : start])
    before = before or measures.money_range.search(view.text[max(0, start - 24) : start])
    return bool(before or measures.money_after.match(view.text, end) or measures.currencies.after(view.folded, end))


def _is_label(token: str) -> bool:
    """Tell whether digits with one letter rather name something (802.11b, phase 2b, 7B) than state a scale (405B, 1.5B, 90k)."""
    digits, letter = token[:-1], token[-1]
    return digits[-1].isdigit() and letter not in "kK" and (letter.islower() or digits.isdigit() and len(digits) < 2)


def _version(view: View, item: Reading, measures: Measures) -> Reading | None:
    point = "." in view.folded[item.start : item.end] and not item.numeral.spelled
    cued = point and measures.cues.before(view.folded, item.start) is not None
    return replace(item, kind="version") if cued else None


def _money(view: View, item: Reading, measures: Measures) -> Reading | None:
    before = view.text[max(0, item.start - 8) : item.start]
    if (match := measures.money_before.search(before)) is not None:
        keys = _currency(match[0].strip(" -\u00a0\u202f"))
        return replace(item, kind="money", unit=keys, start=item.start - len(before) + match.start())
    if (match := measures.money_range.search(view.text[max(0, item.start - 24) : item.start])) is not None:
        return replace(item, kind="money", unit=_currency(match["sign"]))
    after = item.end
    link = measures.link.match(view.folded, item.end) if item.numeral.scaled else None
    if link and measures.money_after.match(view.text, link.end()):
        after = link.end()  # "9000 millones de £"
    if (match := measures.money_after.match(view.text, after)) is not None:
        return replace(item, kind="money", unit=_currency(match[0].strip(" -\u00a0\u202f")), end=match.end())
    hit = _linked(view.folded, item, measures.currencies, measures)
    if hit is None:
        return None
    other = measures.units.at(view.folded, hit.start)  # pounds are money or a weight
    return replace(item, kind="money", unit=(*hit.keys, *(other.keys if other and other.end == hit.end else ())), end=hit.end)


def _currency(symbol: str) -> tuple[str, ...]:
    return CURRENCY_SYMBOLS.get(symbol) or (ALIASES.get(symbol, symbol),)


def _linked(
    text: str, item: Reading, lexicon: Lexicon[str], measures: Measures, glued: Lexicon[str] | None = None
) -> Hit[str] | None:
    """Return the word behind the number; behind a scale word or a fraction "of" may stand between."""
    hit = lexicon.after(text, item.end)
    if hit is None and item.numeral.spelled and glued is not None:
        hit = glued.at(text, item.end)
    if hit is None and (item.numeral.scaled or item.numeral.kind == "fraction"):
        link = (measures.link if item.numeral.scaled else measures.part).match(text, item.end)
        hit = lexicon.at(text, link.end()) if link and link.end() > item.end else None
    return hit


def _ordinal(view: View, item: Reading, measures: Measures) -> Reading | None:
    text = view.folded
    if item.numeral.kind in ("ordinal", "multiple"):
        return replace(item, kind=item.numeral.kind, unit=(item.numeral.kind,))
    if item.numeral.spelled and item.numeral.kind != "number":
        return None
    suffix = None if item.numeral.spelled or not measures.ordinal_after else measures.ordinal_after.match(text, item.end)
    if suffix and suffix[0] != ".":  # "3." may end a sentence: it stays a number, which compares equal
        return replace(item, kind="ordinal", unit=("ordinal",), end=suffix.end())
    if measures.ordinal_before and (match := measures.ordinal_before.search(text[max(0, item.start - 6) : item.start])):
        return replace(item, kind="ordinal", unit=("ordinal",), start=item.start - len(match[0]))
    return None


def _multiple(view: View, item: Reading, measures: Measures) -> Reading | None:
    if measures.multiple_after and (match := measures.multiple_after.match(view.folded, item.end)):
        return replace(item, kind="multiple", unit=("multiple",), end=match.end())
    if (match := measures.multiple_before.search(view.folded[max(0, item.start - 12) : item.start])) is not None:
        return replace(item, kind="multiple", unit=("multiple",), start=item.start - len(match[0]))
    return None


def _unit(view: View, item: Reading, measures: Measures) -> Reading | None:
    if item.numeral.kind == "vague":
        return None
    if (special := _surrounded(view.folded, item, measures) or _clocked(view, item, measures)) is not None:
        return special
    hit = _linked(view.folded, item, measures.units, measures, measures.glued_units)
    gap = 1 if view.folded[item.end : item.end + 1] in (" ", "-") else 0
    for start in (item.end, item.end + gap):
        match = measures.symbol.match(view.text, start)
        if match is not None and (hit is None or hit.end <= match.end()):  # "km/jam" is longer than its "km"
            keys = tuple(measures.symbols[match[0]])
            return replace(item, kind=kind_of(keys[0]), unit=keys, end=match.end())
    if hit is None and (half := measures.half_between.match(view.folded, item.end)) is not None:
        item, hit = replace(item, value=item.value + Decimal("0.5")), measures.units.at(view.folded, half.end())
    if hit is None:
        return None
    more, end = half_behind(view.folded, hit.end, measures)
    return replace(item, kind=kind_of(hit.keys[0]), unit=hit.keys, end=end, value=item.value + more)


def _surrounded(text: str, item: Reading, measures: Measures) -> Reading | None:
    """Return the number with the unit that stands before it, or on both sides."""
    bound = measures.before.before(text, item.start) if measures.around else None
    start = bound.start if bound else item.start  # 時速約40キロ
    for key, left, right, length in measures.around:
        before = left.search(text[max(0, start - length - 1) : start])
        after = right.match(text, item.end) if before else None
        if before and after:
            unit = replace(item, kind=kind_of(key), unit=(key,), start=start - len(before[0]), end=after.end())
            return replace(unit, bound=bound.keys[0]) if bound else unit
    return None


def _clocked(view: View, item: Reading, measures: Measures) -> Reading | None:
    """Read one part of a duration in symbols, 1m35s: "m" is a minute where hours or seconds are beside it."""
    if (match := measures.clock_first.match(view.text, item.end)) is not None:
        symbol = match[0].strip()
    elif (match := measures.clock_last.match(view.text, item.start)) is not None:
        symbol = match["symbol"]
    else:
        return None
    key = "minute" if symbol == "m" else measures.symbols[symbol][0]
    return replace(item, kind="duration", unit=(key,), end=match.end())


def half_behind(text: str, end: int, measures: Measures) -> tuple[Decimal, int]:
    """Return the fraction that is added behind a unit, "deux heures et demie", and where it ends; 0 for none."""
    if (half := measures.half.match(text, end)) is not None:
        return Decimal("0.5"), half.end()
    link = measures.added.match(text, end)
    hit = measures.fractions.at(text, link.end()) if link else None
    return (hit.keys[0], hit.end) if hit else (Decimal(0), end)


def kind_of(unit: str) -> str:
    dimension = units()[unit].dimension
    if dimension in ("share", "share point"):
        return "percent"
    return "duration" if dimension in ("duration", "months") else "quantity"


def _bounded(text: str, item: Reading, measures: Measures) -> Reading:
    if item.bound:
        return item
    hit = measures.before.before(text, item.start)
    if hit is not None:
        return replace(item, bound=hit.keys[0])
    counter = measures.counters.match(text, item.end) if measures.counters else None
    hit = measures.after.after(text, counter.end() if counter else item.end)
    return replace(item, bound=hit.keys[0]) if hit is not None else item
