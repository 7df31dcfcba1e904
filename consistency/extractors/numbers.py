"""Read numbers with what they count: percent, money, units, durations, multiples, ordinals, ranges, bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from consistency.extractors._extractor import Extractor, View, fold
from consistency.extractors._lexicon import RUNS_ON, Hit, Lexicon
from consistency.extractors._spelled import Numeral, numerals
from consistency.languages import Language
from consistency.languages._units import ALIASES, CURRENCY_CODES, CURRENCY_SYMBOLS, units
from consistency.records import Fact, PartialDate, Quantity, Span

_LINK = re.compile(r"[ -]?(?:[^\W\d_]{1,3}[ '])?")  # "millions d'euros", "miles de dólares": one short word may stand between
_LONE = frozenset({"week", "fortnight", "decade", "century", "millennium"})
KINDS = frozenset({"percent", "money", "quantity", "duration", "ordinal", "multiple"})
_RANGE = re.compile(r" ?[-–—~〜～] ?")


class _Measures:
    """Hold the compiled words that may stand around a number in one language."""

    def __init__(self, language: Language) -> None:
        numbers = language.numbers
        # Minutes and the like written only as a symbol are matched on the text as written (MB is not Mb).
        symbols: dict[str, list[str]] = {}
        for key, unit in units().items():
            for symbol in unit.symbols:
                symbols.setdefault(symbol, []).append(key)
        self.symbols = symbols
        self.symbol = _glued(symbols)
        self.units: Lexicon[str] = Lexicon(language.units)
        self.currencies: Lexicon[str] = Lexicon(language.currencies)
        self.money_before = re.compile(rf"(?:{_either(CURRENCY_SYMBOLS)}|(?<![A-Za-z])(?:{_either(CURRENCY_CODES)}))[ -]?$")
        self.money_after = re.compile(
            rf"[ -]?(?:(?:{_either(CURRENCY_SYMBOLS)})(?![A-Za-z0-9])|(?:{_either(CURRENCY_CODES)})(?![A-Za-z]))"
        )
        self.suffixes = {form: Decimal(value) for value, forms in numbers.suffixes.items() for form in forms}
        self.suffix = _glued(self.suffixes)
        self.ordinal_after = _pattern(numbers.ordinal_suffixes, glued=True)
        self.ordinal_before = re.compile(rf"(?:{_either(map(fold, numbers.ordinal_prefixes))})[ -]?$") if numbers.ordinal_prefixes else None
        self.multiple_after = _pattern(numbers.multiple_suffixes, glued=False)
        self.multiples: Lexicon[int] = Lexicon(numbers.multiples)
        self.before: Lexicon[str] = Lexicon(language.bounds.before)
        self.after: Lexicon[str] = Lexicon(language.bounds.after)
        self.shared = frozenset(map(fold, (*numbers.shared, *numbers.articles)))
        self.counters = re.compile(rf" ?(?:{_either(map(fold, numbers.counters))})") if numbers.counters else None
        linkers = _either(map(fold, numbers.linkers))
        self.joint = re.compile(rf"[ -]?(?:(?:{linkers}) )?" if linkers else "[ -]?")
        self.loose = _pattern(numbers.loose_suffixes, glued=True)
        between = _either(map(fold, numbers.range_between)) or "(?!)"
        self.between = re.compile(rf" ?(?:{between}) ?")
        out_of = _either(map(fold, numbers.out_of)) or "(?!)"
        self.out_of = re.compile(rf" ?(?:{out_of}) ?")
        self.minus = re.compile(rf"(?:(?<![\w)])[-−–]|(?:{_either(map(fold, numbers.minus)) or '(?!)'}) )$")


def _either(forms: object) -> str:
    return "|".join(re.escape(str(f)) for f in sorted(forms, key=len, reverse=True))  # type: ignore[call-overload]


def _glued(forms: object) -> re.Pattern[str]:
    return re.compile(rf"(?:{_either(forms) or '(?!)'})(?![^\W_{RUNS_ON}])")


def _pattern(forms: tuple[str, ...], *, glued: bool) -> re.Pattern[str] | None:
    gap = " ?" if not glued else ""
    return re.compile(rf"{gap}(?:{_either(map(fold, forms))})(?![^\W_{RUNS_ON}])") if forms else None


@cache
def _measures(language: Language) -> _Measures:
    return _Measures(language)


@dataclass(frozen=True, slots=True)
class _Read:
    """Hold a number on its way to a fact."""

    numeral: Numeral
    kind: str
    unit: tuple[str, ...]
    start: int
    end: int
    value: Decimal
    others: tuple[Decimal, ...]
    bound: str = ""


def read(view: View, language: Language) -> Iterator[Fact]:
    """Yield every number of the text."""
    measures = _measures(language)
    found = [_measure(view, n, measures) for n in numerals(view.folded, language)]
    found = _ranges(view.folded, _merged(view.folded, found, measures), measures)
    spans = [Span(item.start, item.end) for item in found]
    shares = _shares(view, found, measures)
    for item in found:
        fact = _fact(view, item, measures)
        in_share = any(s.span.start <= item.start < s.span.end for s in shares)
        yield replace(fact, firm=False) if in_share else fact
    yield from shares
    yield from _multiples(view, measures, spans)
    yield from _lone_units(view, measures, spans)


def _measure(view: View, numeral: Numeral, measures: _Measures) -> _Read:
    text = view.folded
    item = _Read(numeral, numeral.kind, (), numeral.start, numeral.end, numeral.value, numeral.others)
    if numeral.kind == "odd":
        return item
    item = _suffixed(view, item, measures)
    for step in (_money, _ordinal, _multiple, _unit):
        grown = step(view, item, measures)
        if grown is not None:
            item = grown
            break
    if (match := measures.minus.search(text[max(0, item.start - 8) : item.start])) is not None:
        item = replace(item, start=item.start - len(match[0]), value=-item.value, others=tuple(-o for o in item.others))
    return _bounded(text, item, measures)


def _suffixed(view: View, item: _Read, measures: _Measures) -> _Read:
    """Read a scale letter glued to digits: 405B, 1.2k; "5m" without money stays metres first."""
    if item.numeral.spelled or item.numeral.scaled:
        return item
    match = measures.suffix.match(view.text, item.end)
    if match is None:
        return item
    factor = measures.suffixes[match[0]].normalize()
    if match[0] in measures.symbols and not measures.money_before.search(view.text[max(0, item.start - 6) : item.start]):
        return replace(item, others=(*item.others, item.value * factor))
    scaled = tuple(o * factor for o in item.others)
    return replace(item, end=match.end(), value=item.value * factor, others=scaled, numeral=replace(item.numeral, scaled=True))


def _money(view: View, item: _Read, measures: _Measures) -> _Read | None:
    before = view.text[max(0, item.start - 8) : item.start]
    if (match := measures.money_before.search(before)) is not None:
        keys = _currency(match[0].strip(" -\u00a0\u202f"))
        return replace(item, kind="money", unit=keys, start=item.start - len(before) + match.start())
    if (match := measures.money_after.match(view.text, item.end)) is not None:
        return replace(item, kind="money", unit=_currency(match[0].strip(" -\u00a0\u202f")), end=match.end())
    hit = _linked(view.folded, item, measures.currencies)
    return replace(item, kind="money", unit=hit.keys, end=hit.end) if hit else None


def _currency(symbol: str) -> tuple[str, ...]:
    return CURRENCY_SYMBOLS.get(symbol) or (ALIASES.get(symbol, symbol),)


def _linked(text: str, item: _Read, lexicon: Lexicon[str]) -> Hit[str] | None:
    """Return the word behind the number; behind a scale word one short word may stand between."""
    hit = lexicon.after(text, item.end)
    if hit is None and (item.numeral.scaled or item.numeral.kind == "fraction"):
        link = _LINK.match(text, item.end)
        hit = lexicon.at(text, link.end()) if link and link.end() > item.end else None
    return hit


def _ordinal(view: View, item: _Read, measures: _Measures) -> _Read | None:
    text = view.folded
    if item.numeral.kind in ("ordinal", "multiple"):
        return replace(item, kind=item.numeral.kind, unit=(item.numeral.kind,))
    if item.numeral.spelled and item.numeral.kind != "number":
        return None
    if measures.ordinal_after and not item.numeral.spelled and (match := measures.ordinal_after.match(text, item.end)):
        if match[0] != ".":  # "3." may end a sentence: it stays a number, which compares equal
            return replace(item, kind="ordinal", unit=("ordinal",), end=match.end())
    if measures.ordinal_before and (match := measures.ordinal_before.search(text[max(0, item.start - 6) : item.start])):
        return replace(item, kind="ordinal", unit=("ordinal",), start=item.start - len(match[0]))
    return None


def _multiple(view: View, item: _Read, measures: _Measures) -> _Read | None:
    if measures.multiple_after and (match := measures.multiple_after.match(view.folded, item.end)):
        return replace(item, kind="multiple", unit=("multiple",), end=match.end())
    return None


def _unit(view: View, item: _Read, measures: _Measures) -> _Read | None:
    if item.numeral.kind == "vague":
        return None
    gap = 1 if view.folded[item.end : item.end + 1] in (" ", "-") else 0
    for start in (item.end, item.end + gap):
        match = measures.symbol.match(view.text, start)
        if match is not None:
            keys = tuple(measures.symbols[match[0]])
            return replace(item, kind=_kind(keys[0]), unit=keys, end=match.end())
    hit = _linked(view.folded, item, measures.units)
    return replace(item, kind=_kind(hit.keys[0]), unit=hit.keys, end=hit.end) if hit else None


def _kind(unit: str) -> str:
    dimension = units()[unit].dimension
    if dimension in ("share", "share point"):
        return "percent"
    return "duration" if dimension in ("duration", "months") else "quantity"


def _bounded(text: str, item: _Read, measures: _Measures) -> _Read:
    hit = measures.before.before(text, item.start)
    if hit is not None:
        return replace(item, bound=hit.keys[0])
    counter = measures.counters.match(text, item.end) if measures.counters else None
    hit = measures.after.after(text, counter.end() if counter else item.end)
    return replace(item, bound=hit.keys[0]) if hit is not None else item


def _merged(text: str, items: list[_Read], measures: _Measures) -> list[_Read]:
    """Join what is written in two units: 6-foot-6, 1 hour 30 minutes."""
    result: list[_Read] = []
    for item in items:
        last = result[-1] if result else None
        joined = _in_two_units(text, last, item, measures) if last else None
        if joined is not None:
            result[-1] = joined
        else:
            result.append(item)
    return result


def _in_two_units(text: str, first: _Read, second: _Read, measures: _Measures) -> _Read | None:
    gap = text[first.end : second.start]
    if not first.unit or not measures.joint.fullmatch(gap):  # "three years or five months" are two
        return None
    big = units().get(first.unit[0])
    key = second.unit[0] if second.unit else "inch" if first.unit[0] == "foot" and second.value < 12 else None
    small = units().get(key or "")
    if big is None or small is None or big.dimension != small.dimension or big.factor <= small.factor or big.offset:
        return None
    if big.dimension not in ("length", "duration", "mass", "months") or second.value * small.factor >= big.factor:
        return None
    value = first.value * big.factor / small.factor + second.value
    return replace(first, end=second.end, unit=(small.key,), value=value, others=())


def _ranges(text: str, items: list[_Read], measures: _Measures) -> list[_Read]:
    """Give the first number of a range the unit of the second: 10 to 15 percent."""
    for index in range(len(items) - 1, 0, -1):
        first, second = items[index - 1], items[index]
        gap = text[first.end : second.start]
        if _RANGE.fullmatch(gap) and 1000 <= first.value < 2100 and 10 <= second.value < 100 and not second.unit:
            century = first.value // 100 * 100
            items[index] = replace(second, others=(*second.others, century + second.value))  # 1950-53
        if not first.unit and second.unit and second.kind not in ("ordinal",) and len(gap) <= 12:
            if _RANGE.fullmatch(gap) or measures.between.fullmatch(gap):
                items[index - 1] = replace(first, kind=second.kind, unit=second.unit)
    return items


def _shares(view: View, items: list[_Read], measures: _Measures) -> list[Fact]:
    """Return "six in ten" as a share, beside its two numbers: the copies may keep either."""
    found = []
    for first, second in zip(items, items[1:], strict=False):
        if _is_share(view.folded, first, second, measures):
            span = Span(first.start, second.end)
            value = Quantity(first.value / second.value * 100, "percent")
            found.append(Fact("percent", value, view.text[span.start : span.end], span, firm=False))
    return found


def _is_share(text: str, first: _Read, second: _Read, measures: _Measures) -> bool:
    gap = text[first.end : second.start]
    small = 0 < first.value < second.value <= 20 and not first.unit and not second.unit and second.value >= 3
    whole = first.value == first.value.to_integral_value() and first.numeral.kind == second.numeral.kind == "number"
    return bool(small and whole and 0 < len(gap) <= 12 and measures.out_of.fullmatch(gap))


def _fact(view: View, item: _Read, measures: _Measures) -> Fact:
    span = Span(item.start, item.end)
    surface = view.text[span.start : span.end]
    numeral = item.numeral
    if numeral.kind == "odd":
        return Fact("version", surface, surface, span)
    if numeral.kind == "vague":
        value = Quantity(item.value, None, bound="n×")
        return Fact("number", value, surface, span, firm=item.value >= 100)
    unit = item.unit[0] if item.unit else None
    value = Quantity(item.value, unit, numeral.high, item.bound)
    readings = [Quantity(o, unit, None, item.bound) for o in item.others]
    readings += [Quantity(item.value, other, None, item.bound) for other in item.unit[1:]]
    if "day" in item.unit and 1 <= item.value <= 31:  # 3日: the third, or three days
        readings.append(PartialDate(day=int(item.value)))
    if not numeral.counted:  # "several thousand"
        readings.append(Quantity(item.value, unit, None, "n×"))
    kind = item.kind if item.kind in KINDS else "number"
    return Fact(kind, value, surface, span, tuple(readings), _firm(view, item, measures))


def _firm(view: View, item: _Read, measures: _Measures) -> bool:
    """Tell whether the words can only be meant as this number.

    Digits can; spelled numbers only from 13 up or with a unit, because small ones are dropped and added by
    every translator ("one of two" → "either"), and fractions seldom are figures ("half a year").
    """
    numeral = item.numeral
    words = view.folded[numeral.start : numeral.end]
    if not numeral.spelled:
        one = item.value == 1 and item.kind in ("number", "duration", "multiple")  # "a month" becomes "1 month"
        return not one and not (measures.loose and measures.loose.match(view.folded, item.end))
    if words in measures.shared or numeral.kind in ("fraction", "ordinal"):
        return False
    if item.kind in ("multiple", "percent", "money"):
        return item.value >= 2 and numeral.counted
    return item.value >= 13 and numeral.counted


def _multiples(view: View, measures: _Measures, taken: list[Span]) -> Iterator[Fact]:
    """Yield "twice", "doubled": multiples in one word."""
    for hit in measures.multiples.find(view.folded):
        if all(hit.end <= span.start or hit.start >= span.end for span in taken):
            span = Span(hit.start, hit.end)
            surface = view.text[span.start : span.end]
            yield Fact("multiple", Quantity(Decimal(hit.keys[0]), "multiple"), surface, span, firm=False)


def _lone_units(view: View, measures: _Measures, taken: list[Span]) -> Iterator[Fact]:
    """Yield "the past decade", "a week": a unit without a number is one of it, and grounds no claim."""
    for hit in measures.units.find(view.folded):
        if not _LONE.isdisjoint(hit.keys) and all(hit.end <= span.start or hit.start >= span.end for span in taken):
            span = Span(hit.start, hit.end)
            unit = next(key for key in hit.keys if key in _LONE)
            yield Fact("duration", Quantity(Decimal(1), unit), view.text[span.start : span.end], span, firm=False)


EXTRACTOR = Extractor(order=30, read=read)
