"""Read numbers with what they count: percent, money, units, durations, multiples, ordinals, ranges, bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from consistency.extractors._extractor import TAKEN, Extractor, View, fold
from consistency.extractors._lexicon import RUNS_ON, RUNS_ON_CHARACTER, Hit, Lexicon
from consistency.extractors._spelled import Numeral, numerals
from consistency.languages import Language
from consistency.languages._units import ALIASES, CURRENCY_CODES, CURRENCY_SYMBOLS, units
from consistency.records import Fact, PartialDate, Quantity, Span, Value

_LONE = frozenset({"week", "fortnight", "decade", "century", "millennium"})
KINDS = frozenset({"percent", "money", "quantity", "duration", "ordinal", "multiple"})
_BRACKET = re.compile(r" ?[(（\[](?:[^\W\d_]{1,12}\.? )?[~≈]?")
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
        self.units: Lexicon[str] = Lexicon({k: [f for f in forms if "…" not in f] for k, forms in language.units.items()})
        endings = {key: [form[1:] for form in forms if form.startswith("-")] for key, forms in language.units.items()}
        self.glued_units: Lexicon[str] = Lexicon(endings, glued=True)  # achtzehn-jährig, written together
        # "百分之…", "섭씨 …도": what stands before the number belongs to its unit.
        self.around = tuple(
            (key, re.compile(rf"{re.escape(fold(left).strip())} ?$"), re.compile(rf" ?{re.escape(fold(right))}" if right else ""), len(left))
            for key, forms in language.units.items()
            for left, dots, right in (form.partition("…") for form in forms)
            if dots
        )
        self.currencies: Lexicon[str] = Lexicon(language.currencies)
        # Where the comma is the decimal mark, "30.9" may be the thirtieth of September (fi, de, cs).
        self.day_month = re.compile(r"(\d{1,2})\.(\d{1,2})") if numbers.decimal == "," and language.dates.order == "dmy" else None
        self.money_before = re.compile(rf"(?:{_either(CURRENCY_SYMBOLS)}|(?<![A-Za-z])(?:{_either(CURRENCY_CODES)}))[ \u00a0\u202f-]?$")
        self.money_after = re.compile(
            rf"[ \u00a0\u202f-]?(?:(?:{_either(CURRENCY_SYMBOLS)})(?![A-Za-z0-9])|(?:{_either(CURRENCY_CODES)})(?![A-Za-z]))"
        )
        self.suffixes = {form: Decimal(value) for value, forms in numbers.suffixes.items() for form in forms}
        self.suffix = _glued(self.suffixes)
        self.ordinal_after = _pattern(numbers.ordinal_suffixes, glued=True)
        self.ordinal_before = re.compile(rf"(?:{_either(map(fold, numbers.ordinal_prefixes))})[ -]?$") if numbers.ordinal_prefixes else None
        self.multiple_after = _pattern(numbers.multiple_suffixes, glued=False)
        prefixes = _either(map(fold, numbers.multiple_prefixes)) or "(?!)"
        self.multiple_before = re.compile(rf"(?<![^\W_{RUNS_ON}])(?:{prefixes}) ?$")
        self.multiples: Lexicon[int] = Lexicon(numbers.multiples)
        self.cues: Lexicon[int] = Lexicon({0: numbers.version_cues})
        self.before: Lexicon[str] = Lexicon(language.bounds.before)
        self.after: Lexicon[str] = Lexicon(language.bounds.after)
        self.shared = frozenset(map(fold, (*numbers.shared, *numbers.articles)))
        self.counters = re.compile(rf" ?(?:{_either(map(fold, numbers.counters))})") if numbers.counters else None
        linkers = _either(map(fold, numbers.linkers))
        self.joint = re.compile(rf"[ -]?(?:(?:{linkers}) )?" if linkers else "[ -]?")
        articles = _either(map(fold, numbers.articles)) or "(?!)"
        self.added = re.compile(rf" (?:{linkers or '(?!)'}) (?:(?:{articles}) )?")
        self.fractions: Lexicon[Decimal] = Lexicon(
            {Decimal(f.numerator) / Decimal(f.denominator): forms for f, forms in numbers.fractions.items() if f < 1}
        )
        # "millions d'euros", "half an hour": "of" may stand between; in "3 billion a year" the year is not counted.
        of = [fold(w) for w in language.dates.linkers if w[0].isalpha() and len(w) <= 3]
        self.link = re.compile(rf"[ -](?:(?:{_either(of) or '(?!)'})(?: |(?<=')))?")
        self.part = re.compile(rf"[ -](?:(?:{_either([*of, *map(fold, numbers.articles)]) or '(?!)'})(?: |(?<='))){{0,2}}")
        self.loose = _pattern(numbers.loose_suffixes, glued=True)
        between = _either(map(fold, numbers.range_between)) or "(?!)"
        self.between = re.compile(rf" ?(?:{between}) ?")
        out_of = _either(map(fold, numbers.out_of)) or "(?!)"
        self.out_of = re.compile(rf" ?(?:{out_of}) ?")
        # は−40 is a minus, 3日−5日 a range
        sign = rf"(?<![^\W{RUNS_ON}])(?<![).{TAKEN}])(?<!\d[{RUNS_ON}])[-−–]"
        words = rf"(?<![^\W_{RUNS_ON}])(?:{_either(fold(w) for w in numbers.minus if w.isalpha()) or '(?!)'}) ?"
        self.minus = re.compile(rf"(?:{sign}|{words})$")


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
    found = _apart([_measure(view, n, measures) for n in numerals(view.folded, language)])
    found = [item for item in found if not _is_syllable(view.folded, item, measures)]
    found = _ranges(view.folded, _merged(view.folded, found, measures), measures)
    spans = [Span(item.start, item.end) for item in found]
    shares = _shares(view, found, measures)
    for last, item in zip([None, *found], found, strict=False):
        fact = _fact(view, item, measures)
        if last is not None and _converts(view.folded, last, item):
            fact = replace(fact, firm=False)
        in_share = any(s.span.start <= item.start < s.span.end for s in shares)
        yield replace(fact, firm=False) if in_share else fact
    yield from shares
    yield from _multiples(view, measures, spans)
    yield from _lone_units(view, measures, spans)


def _is_syllable(text: str, item: _Read, measures: _Measures) -> bool:
    """Tell whether a lone number word is rather a piece of another word: 统一, 조사, "tỷ lệ".

    Only shared words of scripts without spaces, and scale words that no number stands before.
    """
    numeral, word = item.numeral, text[item.numeral.start : item.numeral.end]
    if numeral.atoms > 1 or not numeral.spelled or item.unit or word not in measures.shared:
        return False
    counted = measures.counters is not None and measures.counters.match(text, item.end) is not None
    return not counted and (numeral.scaled or (len(word) == 1 and RUNS_ON_CHARACTER.match(word) is not None))


def _converts(text: str, first: _Read, second: _Read) -> bool:
    """Tell whether a value is only the one before it, converted in brackets: $200 (£150), 6 miles (10 km)."""
    kinds = first.kind == second.kind and first.kind in ("money", "quantity")
    return kinds and first.unit != second.unit and _BRACKET.fullmatch(text, first.end, second.start) is not None


def _apart(items: list[_Read]) -> list[_Read]:
    """Leave out a number inside what belongs to the one beside it: "diez por ciento", 百 in 百分之二十."""
    kept: list[_Read] = []
    for item in items:
        if kept and item.start <= kept[-1].start:
            kept.pop()
        if not kept or item.numeral.start >= kept[-1].end:
            kept.append(item)
    return kept


def _measure(view: View, numeral: Numeral, measures: _Measures) -> _Read:
    text = view.folded
    item = _Read(numeral, numeral.kind, (), numeral.start, numeral.end, numeral.value, numeral.others)
    if numeral.kind == "odd":
        return item
    item = _suffixed(view, item, measures)
    for step in (_version, _money, _ordinal, _multiple, _unit):
        grown = step(view, item, measures)
        if grown is not None:
            item = grown
            break
    bounded = measures.before.before(text, item.start) is not None  # "au moins 384" is no negative number
    if not bounded and (match := measures.minus.search(text[max(0, item.start - 8) : item.start])) is not None:
        others = tuple(-o for o in item.others) + ((item.value,) if match[0][0].isalpha() else ())  # "menos 20 %" may be 20 % less
        item = replace(item, start=item.start - len(match[0]), value=-item.value, others=others)
    return _bounded(text, item, measures)


def _suffixed(view: View, item: _Read, measures: _Measures) -> _Read:
    """Read a scale letter glued to digits: 405B, 1.2k; "5m" without money stays metres first."""
    named = view.folded[item.start - 1 : item.start].isascii() and view.folded[item.start - 1 : item.start].isalpha()
    if item.numeral.spelled or item.numeral.scaled or named:  # the B of BFF8B is no billion
        return item
    match = measures.suffix.match(view.text, item.end)
    if match is None and view.folded[item.end : item.end + 1] == " ":  # "2,4 M€": the currency sign tells the scale
        apart = measures.suffix.match(view.text, item.end + 1)
        money = apart and measures.money_after.match(view.text, apart.end())
        match = apart if money or (apart and measures.money_before.search(view.text[max(0, item.start - 6) : item.start])) else None
    if match is None:
        return item
    factor = measures.suffixes[match[0]].normalize()
    if match[0] in measures.symbols and not measures.money_before.search(view.text[max(0, item.start - 6) : item.start]):
        return replace(item, others=(*item.others, item.value * factor))
    scaled = tuple(o * factor for o in item.others)
    return replace(item, end=match.end(), value=item.value * factor, others=scaled, numeral=replace(item.numeral, scaled=True))


def _version(view: View, item: _Read, measures: _Measures) -> _Read | None:
    point = "." in view.folded[item.start : item.end] and not item.numeral.spelled
    cued = point and measures.cues.before(view.folded, item.start) is not None
    return replace(item, kind="version") if cued else None


def _money(view: View, item: _Read, measures: _Measures) -> _Read | None:
    before = view.text[max(0, item.start - 8) : item.start]
    if (match := measures.money_before.search(before)) is not None:
        keys = _currency(match[0].strip(" -\u00a0\u202f"))
        return replace(item, kind="money", unit=keys, start=item.start - len(before) + match.start())
    after = item.end
    if item.numeral.scaled and (link := measures.link.match(view.folded, item.end)) and measures.money_after.match(view.text, link.end()):
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
    text: str, item: _Read, lexicon: Lexicon[str], measures: _Measures, glued: Lexicon[str] | None = None
) -> Hit[str] | None:
    """Return the word behind the number; behind a scale word or a fraction "of" may stand between."""
    hit = lexicon.after(text, item.end)
    if hit is None and item.numeral.spelled and glued is not None:
        hit = glued.at(text, item.end)
    if hit is None and (item.numeral.scaled or item.numeral.kind == "fraction"):
        link = (measures.link if item.numeral.scaled else measures.part).match(text, item.end)
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
    if (match := measures.multiple_before.search(view.folded[max(0, item.start - 12) : item.start])) is not None:
        return replace(item, kind="multiple", unit=("multiple",), start=item.start - len(match[0]))
    return None


def _unit(view: View, item: _Read, measures: _Measures) -> _Read | None:
    if item.numeral.kind == "vague":
        return None
    if (surrounded := _surrounded(view.folded, item, measures)) is not None:
        return surrounded
    hit = _linked(view.folded, item, measures.units, measures, measures.glued_units)
    gap = 1 if view.folded[item.end : item.end + 1] in (" ", "-") else 0
    for start in (item.end, item.end + gap):
        match = measures.symbol.match(view.text, start)
        if match is not None and (hit is None or hit.end <= match.end()):  # "km/jam" is longer than its "km"
            keys = tuple(measures.symbols[match[0]])
            return replace(item, kind=_kind(keys[0]), unit=keys, end=match.end())
    if hit is None:
        return None
    more, end = _half_behind(view.folded, hit.end, measures)
    return replace(item, kind=_kind(hit.keys[0]), unit=hit.keys, end=end, value=item.value + more)


def _surrounded(text: str, item: _Read, measures: _Measures) -> _Read | None:
    """Return the number with the unit that stands before it, or on both sides."""
    for key, left, right, length in measures.around:
        before = left.search(text[max(0, item.start - length - 1) : item.start])
        after = right.match(text, item.end) if before else None
        if before and after:
            return replace(item, kind=_kind(key), unit=(key,), start=item.start - len(before[0]), end=after.end())
    return None


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
    if second.numeral.kind == "fraction":  # "deux ans et demi"
        whole = second.unit or not gap.strip(" -") or second.value >= 1 or first.kind in ("ordinal", "multiple")
        return None if whole else replace(first, end=second.end, value=first.value + second.value, others=())
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
        return Fact("version", fold(surface), surface, span)
    if item.kind == "version":
        return Fact("version", fold(surface), surface, span, (Quantity(item.value),))
    if numeral.kind == "vague":
        value = Quantity(item.value, None, bound="n×")
        return Fact("number", value, surface, span, firm=item.value >= 100)
    unit = item.unit[0] if item.unit else None
    value = Quantity(item.value, unit, numeral.high, item.bound)
    if numeral.positional and numeral.atoms == 2:  # 两三个: two or three of them
        tens, ones = divmod(item.value, 10)
        return Fact("number", Quantity(tens, unit), surface, span, (Quantity(ones, unit), value), firm=False)
    readings: list[Value] = [Quantity(o, unit, None, item.bound) for o in item.others]
    readings += [Quantity(item.value, other, None, item.bound) for other in item.unit[1:]]
    readings += _day_and_month(view.folded[numeral.start : numeral.end], item, measures)
    if "day" in item.unit and 1 <= item.value <= 31:  # 3日: the third, or three days
        readings.append(PartialDate(day=int(item.value)))
    if not numeral.counted:  # "several thousand"
        readings.append(Quantity(item.value, unit, None, "n×"))
    kind = item.kind if item.kind in KINDS else "number"
    return Fact(kind, value, surface, span, tuple(readings), _firm(view, item, measures))


def _day_and_month(words: str, item: _Read, measures: _Measures) -> list[PartialDate]:
    match = measures.day_month.fullmatch(words) if measures.day_month and not item.unit else None
    if match is None or not (1 <= int(match[1]) <= 31 and 1 <= int(match[2]) <= 12):
        return []
    return [PartialDate(month=int(match[2]), day=int(match[1]))]


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
    if numeral.positional and numeral.atoms < 3:  # 统一六国: "unite six states", not 16
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
    """Yield "the past decade", "a week", "une heure et demie": a unit without a number is one of it.

    It grounds no claim: "a month" is written "1 month" or not at all.
    """
    for hit in measures.units.find(view.folded):
        syllable = RUNS_ON_CHARACTER.match(view.folded, hit.start) and hit.end - hit.start < 3
        if syllable or any(hit.start < s.end and s.start < hit.end for s in taken):
            continue  # 週 is a syllable of many words
        more, end = _half_behind(view.folded, hit.end, measures)
        unit = hit.keys[0] if more else next((key for key in hit.keys if key in _LONE), None)
        if unit:
            span = Span(hit.start, end)
            value = Quantity(1 + more, unit)
            yield Fact(_kind(unit), value, view.text[span.start : span.end], span, firm=False)


def _half_behind(text: str, end: int, measures: _Measures) -> tuple[Decimal, int]:
    """Return the fraction that is added behind a unit, "deux heures et demie", and where it ends; 0 for none."""
    link = measures.added.match(text, end)
    hit = measures.fractions.at(text, link.end()) if link else None
    return (hit.keys[0], hit.end) if hit else (Decimal(0), end)


EXTRACTOR = Extractor(order=30, read=read)
