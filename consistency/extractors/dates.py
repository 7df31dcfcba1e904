"""Read dates as far as they are written: day, month, year, weekday, decades, centuries, quarters, eras.

A month name is the anchor; day and year are looked for on both sides of it, so one rule reads "3 July 1998",
"July 3, 1998" and "3 de julio de 1998". Dates in digits are read in the locale's order, with the other order
as a second reading where both exist. Relative dates ("yesterday") are left alone on purpose: their value
needs the day of writing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache

from consistency.extractors._extractor import TAKEN, Extractor, View, fold
from consistency.extractors._lexicon import RUNS_ON, Lexicon
from consistency.extractors._spelled import numerals
from consistency.languages import Dates, Language
from consistency.records import Fact, PartialDate, Quantity, Span, Value

_ISO = re.compile(r"(?<![\d\w.-])(\d{4})-(\d{2})-(\d{2})(?![\d\w]|-\d)")
_NUMERIC = re.compile(r"(?<![\d.,/-])(\d{1,4})([./-]) ?(\d{1,2})\2 ?(\d{4}|\d{2})(?![\d]|[/-]\d|[.,]\d)")
_DAY_MONTH = re.compile(r"(?<![\d.,/:-])(\d{1,2})/(\d{1,2})(?![\d/:%-]|[.,]\d)")
_YEAR = r"[12]\d{3}"
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


class _Words:
    """Hold the compiled date words of one language."""

    def __init__(self, language: Language) -> None:
        dates = language.dates
        self.dates = dates
        self.language = language
        self.months: Lexicon[int] = Lexicon(dict(enumerate(dates.months, 1)))
        self.weekdays: Lexicon[int] = Lexicon(dict(enumerate(dates.weekdays)))
        self.ambiguous = frozenset(map(fold, dates.ambiguous))
        self.decade_words: Lexicon[int] = Lexicon(dates.decades)
        ordinals, cardinals = language.numbers.ordinals, language.numbers.cardinals
        self.day_words: Lexicon[int] = Lexicon({n: forms for n, forms in ordinals.items() if n <= 31})
        self.tens: Lexicon[int] = Lexicon({n: (*ordinals.get(n, ()), *cardinals.get(n, ())) for n in (20, 30)})
        link = _either((*dates.linkers, ",", "."))
        close = _either((*(w for w in dates.linkers if w != ","), "."))  # "May 5, July 6": a comma parts two dates
        suffix = _either((*language.numbers.ordinal_suffixes, *dates.day_suffixes, "."))
        year_suffix = _either(dates.year_suffixes)
        self.day_left = re.compile(rf"(?<![\d.,:/])(\d{{1,2}}) ?(?:{suffix})?(?:[ -]?(?:{close}))*[ -]?$")
        between = _either(language.numbers.range_between) or "(?!)"
        self.first_day = re.compile(
            rf"(?<![\d.,:/])(\d{{1,2}}) ?(?:{suffix})?(?: ?[-–—~〜～] ?| ?(?:{between}) (?:(?:{close}) )*)$"
        )
        self.last_day = re.compile(rf"(?: ?[-–—~〜～] ?| (?:{between}) )(\d{{1,2}})(?:{suffix})?(?![\d:%])(?![.,]\d)")
        self.day_right = re.compile(
            rf"(?:[ -]?(?:{_either(dates.linkers)}))*[ -]?(\d{{1,2}})(?![\d:%])(?![.,]\d)(?: ?(?:{suffix})(?![^\W{RUNS_ON}]))?"
        )
        self.year_right = re.compile(
            rf"(?:[ -]?(?:{link}))*[ -]?({_YEAR})(?![\d%])(?![.,]\d)(?: ?(?:{year_suffix or '(?!)'}))?"
        )
        self.year_left = re.compile(
            rf"(?<![\d.,])({_YEAR}) ?(?:{year_suffix or '(?!)'})?(?:[ -]?(?:{link}))*[ ]?$"
        )
        self.characters = _characters(dates)
        self.digits = {ord(form): str(value) for value, forms in language.numbers.digits.items() for form in forms}
        digits = "".join(map(chr, self.digits))
        self.spelled_year = re.compile(rf"(?<![{digits}])[{digits}]{{4}}(?={year_suffix})") if digits and year_suffix else None
        self.decade = _around(dates.decade_prefixes, dates.decade_suffixes, r"'?\d{1,2}00|'?\d{3}0|'?[2-9]0|[01]0")
        prefixes = _either(dates.decade_prefixes)
        self.decade_before = re.compile(rf"(?<![^\W_])(?:{prefixes})[ -]") if prefixes else None
        self.century = _around(
            dates.century_prefixes,
            dates.century_suffixes,
            rf"\d{{1,2}} ?(?:{_either(language.numbers.ordinal_suffixes)})?|(?<![^\W\d_])[ivxl]{{1,6}}(?:e|ème)?(?![^\W\d_{RUNS_ON}])",
        )
        numeral = rf"\d{{1,2}}(?:{_either(language.numbers.ordinal_suffixes) or '(?!)'})|[ivxl]{{1,6}}(?:e|ème)?"
        joint = rf"(?:,| ?[-–] ?|(?:,? (?:{_either((*language.numbers.linkers, *language.numbers.range_between)) or '(?!)'})(?= )))+"
        article = r"(?:[^\W\d_]{1,3}[ '])?"  # "il X e l'XI secolo", "the 10th and the 11th centuries"
        self.century_before = re.compile(rf"(?<![^\W])(?P<t>{numeral}){joint} ?{article}$")
        self.century_after = re.compile(rf"{joint} ?{article}(?P<t>[ivxl]{{1,6}}|\d{{1,2}})(?![^\W{RUNS_ON}])")
        self.quarter = _around(
            dates.quarter_prefixes,
            dates.quarter_suffixes,
            rf"(?:{_either(language.numbers.ordinal_prefixes)})?(?:[1-4]|(?<![^\W_])(?:iv|i{{1,3}})(?![^\W_])) ?(?:{_either(language.numbers.ordinal_suffixes)})?",
        )
        self.eras = re.compile(rf"({_either(dates.eras)}) ?(\d{{1,4}}|元) ?(?:{year_suffix})?") if dates.eras else None
        bc = _either(dates.bc)
        self.bc = re.compile(rf" ?(?:{bc})(?![^\W_{RUNS_ON}])") if bc else None
        self.bc_before = re.compile(rf"(?<![^\W_{RUNS_ON}])(?:{bc}) ?(\d{{1,4}})(?![\d.,])(?: ?(?:{year_suffix or '(?!)'}))?") if bc else None


def _either(forms: object) -> str:
    words = sorted((fold(str(f)) for f in forms), key=len, reverse=True)  # type: ignore[attr-defined]
    return "|".join(re.escape(w) for w in words)


def _around(before: tuple[str, ...], after: tuple[str, ...], number: str) -> re.Pattern[str] | None:
    """Return a pattern for a number with one of the prefixes or one of the suffixes."""
    ways = []
    if before:
        ways.append(rf"(?<![^\W_])(?:{_either(before)})[ -]?(?P<b>{number})(?![\d%])(?![.,]\d)")
    if after:
        ways.append(rf"(?<![\d.,])(?P<a>{number})[ -]?(?:{_either(after)})(?![^\W_{RUNS_ON}])")
    return re.compile("|".join(ways)) if ways else None


def _characters(dates: Dates) -> re.Pattern[str] | None:
    """Return the pattern of dates like 1998年7月3日, where the language marks each part."""
    if not (dates.year_suffixes and dates.month_suffixes and dates.day_suffixes):
        return None
    year, month, day = map(_either, (dates.year_suffixes, dates.month_suffixes, dates.day_suffixes))
    y, m, d = rf"(?P<y>\d{{4}}) ?(?:{year})", rf"(?P<m>1[0-2]|0?[1-9]) ?(?:{month})", rf"(?P<d>[0-3]?\d) ?(?:{day})"
    m2, d2 = m.replace("<m>", "<m2>"), d.replace("<d>", "<d2>")
    # The month needs a year or a day beside it: 3月 alone is left to the month names, 3か月 to durations.
    return re.compile(rf"(?<!\d)(?:{y} ?{m}(?: ?{d})?|{m2} ?{d2})(?!間|간)")


@cache
def _words(language: Language) -> _Words:
    return _Words(language)


def read(view: View, language: Language) -> Iterator[Fact]:
    """Yield every date of the text."""
    words = _words(language)
    text = _without_homographs(view, words)
    if words.spelled_year:  # 二〇二四年
        text = words.spelled_year.sub(lambda match: match[0].translate(words.digits), text)
    taken: list[Span] = []
    for step in (_iso, _character_dates, _eras, _named, _numeric, _days_of_months, _decades, _decade_words, _spelled_decades, _centuries, _quarters, _weekdays, _years):
        for span, values, firm in step(text, words):
            if all(span.end <= t.start or span.start >= t.end for t in taken):
                taken.append(span)
                surface = view.text[span.start : span.end]
                yield Fact("date", values[0], surface, span, tuple(values[1:]), firm)


def _without_homographs(view: View, words: _Words) -> str:
    """Return the folded text with uncapitalised homographs of months ("may") taken out of the way."""
    if not words.dates.capitalised:
        return view.folded
    characters = list(view.folded)
    for hit in words.months.find(view.folded):
        if view.folded[hit.start : hit.end] in words.ambiguous and view.text[hit.start].islower():
            characters[hit.start : hit.end] = TAKEN * (hit.end - hit.start)
    return "".join(characters)


_Found = Iterator[tuple[Span, list[PartialDate], bool]]


def _valid(year: int | None, month: int | None, day: int | None) -> bool:
    return (month is None or 1 <= month <= 12) and (day is None or 1 <= day <= 31) and year != 0


def _iso(text: str, words: _Words) -> _Found:
    for match in _ISO.finditer(text):
        year, month, day = map(int, match.groups())
        if _valid(year, month, day):
            yield Span(*match.span()), [PartialDate(year, month, day)], True


def _character_dates(text: str, words: _Words) -> _Found:
    for match in words.characters.finditer(text) if words.characters else ():
        month = match["m"] or match["m2"]
        day = match["d"] or match["d2"]
        year = int(match["y"]) if match["y"] else None
        values = [PartialDate(year, int(month), int(day) if day else None)]
        if _valid(year, int(month), values[0].day):
            yield Span(*match.span()), values, True


def _eras(text: str, words: _Words) -> _Found:
    for match in words.eras.finditer(text) if words.eras else ():
        offset = next(o for name, o in words.dates.eras.items() if fold(name) == match[1])
        number = 1 if match[2] == "元" else int(match[2])
        yield Span(*match.span()), [PartialDate(offset + number)], True


def _named(text: str, words: _Words) -> _Found:
    """Yield the dates around month names."""
    for hit in words.months.find(text):
        left = text[max(0, hit.start - 40) : hit.start]
        start, end = hit.start, hit.end
        day = None
        others: list[tuple[Span, int]] = []
        before = words.day_left.search(left)
        if before and 1 <= int(before[1]) <= 31:
            day, start = int(before[1]), hit.start - len(left) + before.start()
            opening = words.first_day.search(text[max(0, start - 12) : start])
            if opening and int(opening[1]) < day:  # "the 4-1 of February" is a score
                others = _day_at(opening, max(0, start - 12))
        elif (after := words.day_right.match(text, end)) and 1 <= int(after[1]) <= 31:
            day, end = int(after[1]), after.end(1)
            others = _day_at(words.last_day.match(text, after.end()), 0)
            end = others[0][0].end if others else after.end()
            if others and others[0][1] <= day:  # "helmikuun 4–1-peli" is a score in February
                day, end, others = None, hit.end, []
        named = None if day else _day_in_words(left, words)
        if named:
            start += named[0] - len(left)
        year, start, end = _year_beside(text, start, end, words)
        # "May" alone, with a capital, is the month or the start of a question: it answers and grounds no claim.
        # A month alone is dropped and added by every translator ("this October"): the same, but it may be changed.
        firm = day is not None or year is not None
        if not firm and text[hit.start : hit.end] in words.ambiguous and not words.dates.capitalised:
            continue
        for span, other in others:
            yield span, [PartialDate(year, key, other) for key in hit.keys], True
        first = max((span.end for span, _ in others if span.start < hit.start), default=start)
        last = min((span.start for span, _ in others if span.start > hit.start), default=end)
        values = [PartialDate(year, key, day) for key in hit.keys]
        spelled = [replace(value, day=named[1]) for value in values] if named else []
        yield Span(max(start, first), last), [*spelled, *values], firm


def _year_beside(text: str, start: int, end: int, words: _Words) -> tuple[int | None, int, int]:
    """Return the year behind a date, or else before it, and the date's bounds with it."""
    if (later := words.year_right.match(text, end)) is not None:
        return int(later[1]), start, later.end()
    left = text[max(0, start - 20) : start]
    if (earlier := words.year_left.search(left)) is not None:
        return int(earlier[1]), start - (len(left) - earlier.start()), end
    return None, start, end


def _day_in_words(left: str, words: _Words) -> tuple[int, int] | None:
    """Return where "twenty-first" begins and its value, where it stands right before a month; else None."""
    ones = words.day_words.before(left, len(left))
    if ones is None:
        return None
    tens = words.tens.before(left, ones.start) if ones.keys[0] < 10 else None
    day = ones.keys[0] + (tens.keys[0] if tens else 0)
    return (tens.start if tens else ones.start, day) if day <= 31 else None


def _day_at(match: re.Match[str] | None, offset: int) -> list[tuple[Span, int]]:
    """Return the other end of a range of days, "3–5 May" or "May 3–5"."""
    if match is None or not 1 <= int(match[1]) <= 31:
        return []
    return [(Span(match.start(1) + offset, match.end(1) + offset), int(match[1]))]


def _numeric(text: str, words: _Words) -> _Found:
    for match in _NUMERIC.finditer(text):
        first, mark, second, third = match[1], match[2], match[3], match[4]
        values = []
        for order in dict.fromkeys((words.dates.order, "dmy", "mdy", "ymd")):
            parts = dict(zip(order, (first, second, third), strict=True))
            year, month, day = parts["y"], int(parts["m"]), int(parts["d"])
            if len(year) in (2, 4) and len(parts["d"]) <= 2 and len(parts["m"]) <= 2 and 1 <= month <= 12 and 1 <= day <= 31:
                values.append(PartialDate(_full_year(year), month, day))
        unlike = len(first) + len(third) < 6  # 3.1.24 may be a version, a section or a date: no ground for a claim
        if values and not (mark == "-" and unlike):
            yield Span(*match.span()), list(dict.fromkeys(values)), not unlike


def _days_of_months(text: str, words: _Words) -> Iterator[tuple[Span, list[Value], bool]]:
    """Yield "29/03": a day, or a share. It answers either, and grounds no claim."""
    for match in _DAY_MONTH.finditer(text):
        first, second = int(match[1]), int(match[2])
        ordered = (second, first) if words.dates.order == "mdy" else (first, second)
        values: list[Value] = [
            PartialDate(month=month, day=day)
            for day, month in dict.fromkeys((ordered, ordered[::-1]))
            if 1 <= day <= 31 and 1 <= month <= 12
        ]
        if values:
            yield Span(*match.span()), [*values, Quantity(Decimal(first) / second)], False


def _full_year(year: str) -> int:
    number = int(year)
    if len(year) == 4:
        return number
    return number + (2000 if number < 70 else 1900)  # POSIX strptime %y


def _decades(text: str, words: _Words) -> _Found:
    for match in words.decade.finditer(text) if words.decade else ():
        digits = _group(match).lstrip("'")
        number = int(digits)
        if len(digits) >= 3:
            values = [PartialDate(number, grain="decade")]
            if number % 100 == 0:  # 1800-luku is the century as well as its first decade
                values.append(PartialDate(number // 100 + 1, grain="century"))
        else:
            near = 2000 if number < 20 else 1900
            values = [PartialDate(near + number, grain="decade"), PartialDate(near - 100 + number, grain="decade")]
        # "in his 40s" is an age: two digits without an apostrophe answer a decade and ground no claim.
        # "700-talet" is a century, "500er" may be a banknote.
        yield Span(*match.span()), values, len(digits) >= 4 or "'" in match[0]


def _decade_words(text: str, words: _Words) -> _Found:
    """Yield "the nineties"; the century is not said, the last full one is the usual one."""
    for hit in words.decade_words.find(text):
        decade = hit.keys[0]
        centuries = (1900, 1800, 2000) if decade > 20 else (1900, 2000, 1800)
        yield Span(hit.start, hit.end), [PartialDate(century + decade, grain="decade") for century in centuries], False


def _spelled_decades(text: str, words: _Words) -> _Found:
    """Yield decades in words: "años ochenta"."""
    if words.decade_before is None or not words.decade_before.search(text):
        return
    for numeral in numerals(text, words.language):
        before = words.decade_before.search(text[max(0, numeral.start - 24) : numeral.start])
        tens = numeral.spelled and numeral.value % 10 == 0 and 20 <= numeral.value <= 90
        if tens and before is not None and before.end() == min(24, numeral.start):
            start = numeral.start - (before.end() - before.start())
            values = [PartialDate(century + int(numeral.value), grain="decade") for century in (1900, 1800)]
            yield Span(start, numeral.end), values, True


def _group(match: re.Match[str]) -> str:
    groups = match.groupdict()
    return groups.get("b") or groups.get("a") or ""


def _centuries(text: str, words: _Words) -> _Found:
    for match in words.century.finditer(text) if words.century else ():
        number = _century(_group(match))
        if 1 <= number <= 30:
            span = Span(match.start(), match.start() + len(match[0].rstrip()))
            yield span, [PartialDate(number, grain="century")], True
            yield from _listed(text, match, words)


def _listed(text: str, match: re.Match[str], words: _Words) -> _Found:
    """Yield the other centuries of "the 10th, 11th and 12th centuries" and "siglos XI, XII y XIII"."""
    before = match.groupdict().get("a") is not None
    pattern = words.century_before if before else words.century_after
    roman = not _group(match)[0].isdigit()
    at = match.start() if before else match.end()
    while (other := pattern.search(text[max(0, at - 24) : at]) if before else pattern.match(text, at)) is not None:
        offset = max(0, at - 24) if before else 0
        span = Span(other.start("t") + offset, other.end("t") + offset)
        number = _century(other["t"])
        if roman == other["t"][0].isdigit() or not 1 <= number <= 30:
            return
        yield span, [PartialDate(number, grain="century")], True
        at = span.start if before else span.end


def _century(token: str) -> int:
    """Return the number of a century in digits or Roman numerals."""
    digits = re.match(r"\d+", token)
    return int(digits[0]) if digits else _roman(token.removesuffix("ème").removesuffix("e"))


def _roman(text: str) -> int:
    total = 0
    values = [_ROMAN.get(c, 0) for c in text]
    for value, following in zip(values, [*values[1:], 0], strict=True):
        total += -value if value < following else value
    return total


def _quarters(text: str, words: _Words) -> _Found:
    for match in words.quarter.finditer(text) if words.quarter else ():
        digits = re.search(r"\d|[iv]+", _group(match))
        if digits:
            number = int(digits[0]) if digits[0].isdigit() else _roman(digits[0])
            year = words.year_right.match(text, match.end())
            end = year.end() if year else match.start() + len(match[0].rstrip())
            value = PartialDate(int(year[1]) if year else None, number, grain="quarter")
            yield Span(match.start(), end), [value], True


def _weekdays(text: str, words: _Words) -> _Found:
    for hit in words.weekdays.find(text):
        if text[hit.start : hit.end] not in words.ambiguous:
            yield Span(hit.start, hit.end), [PartialDate(weekday=key) for key in hit.keys], False


def _years(text: str, words: _Words) -> _Found:
    """Yield years that are marked as such (1998年, 300 BC); a bare 1998 is read as a number."""
    suffix = _either(words.dates.year_suffixes)
    if suffix:
        for match in re.finditer(rf"(?<![\d.,])({_YEAR}) ?(?:{suffix})(?!間|间|간|以)", text):
            yield Span(*match.span()), [PartialDate(int(match[1]))], True
    if words.bc:
        for match in re.finditer(r"(?<![\d.,])(?<!\d )(\d{1,3}[ .,]\d{3}|\d{1,4})(?!\d)", text):
            mark = words.bc.match(text, match.end())
            if mark:
                yield Span(match.start(), mark.end()), [PartialDate(1 - int(re.sub(r"\D", "", match[1])))], True
    for match in words.bc_before.finditer(text) if words.bc_before else ():  # MÖ 300, 紀元前300年
        yield Span(*match.span()), [PartialDate(1 - int(match[1]))], True


def year_of(number: Decimal) -> int | None:
    """Return the year that a bare number may be; None where it cannot be one."""
    return int(number) if number == number.to_integral_value() and 1000 <= number < 2200 else None


EXTRACTOR = Extractor(order=20, read=read)
