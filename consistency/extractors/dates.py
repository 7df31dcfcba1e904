"""Read dates as far as they are written: day, month, year, weekday, decades, centuries, quarters, eras.

A month name is the anchor; day and year are looked for on both sides of it, so one rule reads "3 July 1998",
"July 3, 1998" and "3 de julio de 1998". Dates in digits are read in the locale's order, with the other order
as a second reading where both exist. Relative dates ("yesterday") are left alone on purpose: their value
needs the day of writing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from consistency.extractors._date_words import YEAR, DateWords, either, words_of
from consistency.extractors._extractor import TAKEN, Extractor, View, fold
from consistency.extractors._periods import (
    Found,
    centuries,
    century_names,
    decade_words,
    decades,
    quarters,
    spelled_centuries,
    spelled_decades,
)
from consistency.extractors._spelled import numerals
from consistency.languages import Language
from consistency.records import Fact, PartialDate, Quantity, Span, Value

_ISO = re.compile(r"(?<![\d\w.-])(\d{4})-(\d{2})-(\d{2})(?![\d\w]|-\d)")
_NUMERIC = re.compile(r"(?<![\d.,/-])(\d{1,4})([./-]) ?(\d{1,2})\2 ?(\d{4}|\d{2})(?![\d]|[/-]\d|[.,]\d)")
_DOTLESS = re.compile(r"(?<![\d.,/-])(\d{1,2}) (\d{1,2})\.([12]\d{3})(?!\d|[.,/-]\d)")
_DAY_MONTH = re.compile(r"(?<![\d.,/:])(?<!\d-)(?<! -)(\d{1,2})/(\d{1,2})(?![\d/:%-]|[.,]\d)")


def read(view: View, language: Language) -> Iterator[Fact]:
    """Yield every date of the text."""
    words = words_of(language)
    text = _without_homographs(view, words)
    if words.spelled_year:  # 二〇二四年
        text = words.spelled_year.sub(lambda match: match[0].translate(words.digits), text)
    taken = bytearray(len(text))
    for step in _steps():
        for span, values, firm in step(text, words):
            if not any(taken[slice(*span)]):
                taken[slice(*span)] = b"\x01" * (span.end - span.start)
                surface = view.text[span.start : span.end]
                yield Fact("date", values[0], surface, span, tuple(values[1:]), firm)


def _without_homographs(view: View, words: DateWords) -> str:
    """Return the folded text with what only looks like a month ("may") or weekday ("thứ sáu", the sixth) out of the way."""
    characters = list(view.folded)
    for hit in words.months.find(view.folded) if words.dates.capitalised else ():
        if view.folded[hit.start : hit.end] in words.ambiguous and view.text[hit.start].islower():
            characters[hit.start : hit.end] = TAKEN * (hit.end - hit.start)
    for hit in words.weekdays.find(view.folded) if words.ambiguous else ():
        if view.folded[hit.start : hit.end] in words.ambiguous and not _capital_inside(view.text, hit.start, hit.end):
            characters[hit.start : hit.end] = TAKEN * (hit.end - hit.start)
    for hit in words.century_names.find(view.folded):  # settecento persone
        if view.text[hit.start].islower():
            characters[hit.start : hit.end] = TAKEN * (hit.end - hit.start)
    return "".join(characters)


def _capital_inside(text: str, start: int, end: int) -> bool:
    """Tell whether the last word has a capital that no beginning of a sentence gives it: "thứ Sáu", "την Τρίτη"."""
    place = max(start, text.rfind(" ", start, end) + 1)
    return text[place].isupper() and text[place - 1 : place] == " " and text[place - 2 : place - 1].islower()


def _valid(year: int | None, month: int | None, day: int | None) -> bool:
    return (month is None or 1 <= month <= 12) and (day is None or 1 <= day <= 31) and year != 0


def _iso(text: str, words: DateWords) -> Found:
    for match in _ISO.finditer(text):
        year, month, day = map(int, match.groups())
        if _valid(year, month, day):
            yield Span(*match.span()), [PartialDate(year, month, day)], True


def _character_dates(text: str, words: DateWords) -> Found:
    for match in words.characters.finditer(text) if words.characters else ():
        month = match["m"] or match["m2"]
        day = match["d"] or match["d2"]
        year = int(match["y"]) if match["y"] else None
        values = [PartialDate(year, int(month), int(day) if day else None)]
        if _valid(year, int(month), values[0].day):
            yield Span(*match.span()), values, True


def _eras(text: str, words: DateWords) -> Found:
    for match in words.eras.finditer(text) if words.eras else ():
        offset = next(o for name, o in words.dates.eras.items() if fold(name) == match[1])
        spelled = None if match[2].isdecimal() else next(iter(numerals(match[2], words.language)), None)
        number = 1 if match[2] == "元" else int(spelled.value) if spelled else int(match[2])
        yield Span(*match.span()), [PartialDate(offset + number), PartialDate(number)], True  # a copy may keep "Bahman 1357"


def _named(text: str, words: DateWords) -> Found:
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
        eve = _is_eve(text, start, end, words) and day and day > 1
        spelled += [replace(value, day=value.day - 1) for value in values if eve and value.day]
        yield Span(max(start, first), last), [*values, *spelled] if eve else [*spelled, *values], firm


def _year_beside(text: str, start: int, end: int, words: DateWords) -> tuple[int | None, int, int]:
    """Return the year behind a date, or else before it, and the date's bounds with it."""
    if (later := words.year_right.match(text, end)) is not None:
        return int(later[1]), start, later.end()
    left = text[max(0, start - 20) : start]
    if (earlier := words.year_left.search(left)) is not None:
        return int(earlier[1]), start - (len(left) - earlier.start()), end
    return None, start, end


def _day_in_words(left: str, words: DateWords) -> tuple[int, int] | None:
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


def _numeric(text: str, words: DateWords) -> Found:
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


def _dotless(text: str, words: DateWords) -> Found:
    """Yield "29 9.1918", a date that lost a dot; it may be two numbers and grounds no claim."""
    for match in _DOTLESS.finditer(text):
        day, month, year = map(int, match.groups())
        if 1 <= day <= 31 and 1 <= month <= 12:
            yield Span(*match.span()), [PartialDate(year, month, day)], False


def _days_of_months(text: str, words: DateWords) -> Iterator[tuple[Span, list[Value], bool]]:
    """Yield "29/03": a day, or a share. It answers either, and grounds no claim."""
    for match in _DAY_MONTH.finditer(text):
        first, second = int(match[1]), int(match[2])
        ordered = (second, first) if words.dates.order == "mdy" else (first, second)
        values: list[Value] = [
            PartialDate(month=month, day=day)
            for day, month in dict.fromkeys((ordered, ordered[::-1]))
            if 1 <= day <= 31 and 1 <= month <= 12
        ]
        if values:  # the second number is a fact of its own: a copy may write "6 of 25"
            yield Span(match.start(), match.start(2)), [*values, Quantity(Decimal(first) / second), Quantity(Decimal(first))], False
            yield Span(*match.span(2)), [PartialDate(day=second), Quantity(Decimal(second))], False


def _full_year(year: str) -> int:
    number = int(year)
    if len(year) == 4:
        return number
    return number + (2000 if number < 70 else 1900)  # POSIX strptime %y


def _is_eve(text: str, start: int, end: int, words: DateWords) -> bool:
    """Tell whether words beside a day make it the night before: "в ночь на вторник", "tiistain vastaisena yönä"."""
    return words.eves.before(text, start) is not None or words.eves.after(text, end) is not None


def _weekdays(text: str, words: DateWords) -> Iterator[tuple[Span, list[Value], bool]]:
    for hit in words.weekdays.find(text):
        values: list[Value] = [PartialDate(weekday=key) for key in hit.keys]
        if _is_eve(text, hit.start, hit.end, words):
            values += [PartialDate(weekday=(key - 1) % 7) for key in hit.keys]
        if text[hit.start : hit.end] in words.ambiguous:  # "Thế chiến thứ Hai" is the second of them
            day = words.day_words.at(text, hit.start)
            values += [Quantity(Decimal(key), "ordinal") for key in day.keys] if day else []
        yield Span(hit.start, hit.end), values, False


def _years(text: str, words: DateWords) -> Found:
    """Yield years that are marked as such (1998年, 300 BC); a bare 1998 is read as a number."""
    suffix = either(words.dates.year_suffixes)
    if suffix:
        for match in re.finditer(rf"(?<![\d.,])({YEAR}) ?(?:{suffix})(?!間|间|간|以)", text):
            yield Span(*match.span()), [PartialDate(int(match[1]))], True
    if words.bc:
        for match in re.finditer(r"(?<![\d.,])(?<!\d )(\d{1,3}[ .,]\d{3}|\d{1,4})(?!\d)", text):
            mark = words.bc.match(text, match.end())
            if mark:
                yield Span(match.start(), mark.end()), [PartialDate(1 - int(re.sub(r"\D", "", match[1])))], True
    for match in words.bc_before.finditer(text) if words.bc_before else ():  # MÖ 300, 紀元前300年
        yield Span(*match.span()), [PartialDate(1 - int(match[1]))], True


def _steps() -> tuple[Callable[[str, DateWords], Iterator[tuple[Span, Sequence[Value], bool]]], ...]:
    """Return the readers of dates, in the order in which they take their words."""
    dates = (_iso, _character_dates, _eras, _named, _numeric, _dotless, _days_of_months)
    return (*dates, decades, decade_words, spelled_decades, centuries, spelled_centuries, century_names, quarters, _weekdays, _years)


EXTRACTOR = Extractor(order=20, read=read)
