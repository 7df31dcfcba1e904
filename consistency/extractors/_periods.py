"""Read decades, centuries and quarters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from consistency.extractors._date_words import DateWords
from consistency.extractors._numerals import roman
from consistency.extractors._spelled import numerals
from consistency.records import PartialDate, Quantity, Span, Value

Found = Iterator[tuple[Span, Sequence[Value], bool]]

# The forties of which century is not said where it is plain: of an older painter they are the 1540s.
_CENTURIES = (1900, 1800, 2000, 1700, 1600, 1500, 1400)


def decades(text: str, words: DateWords) -> Found:
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
        century = words.century_of.search(text[max(0, match.start() - 6) : match.start()]) if words.century_of else None
        if century and number < 100:
            start = match.start() - len(century[0])
            yield Span(start, match.end()), [PartialDate(100 * int(century[1]) - 100 + number, grain="decade")], True
            continue
        # "in his 40s" is an age: two digits without an apostrophe answer a decade and ground no claim.
        # "700-talet" is a century, "500er" may be a banknote.
        yield Span(*match.span()), values, len(digits) >= 4 or "'" in match[0]


def decade_words(text: str, words: DateWords) -> Found:
    """Yield "the nineties"; the century is not said, the last full one is the usual one."""
    for hit in words.decade_words.find(text):
        decade = hit.keys[0]
        centuries = _CENTURIES if decade > 20 else (1900, 2000, *_CENTURIES[1:])
        yield Span(hit.start, hit.end), [PartialDate(century + decade, grain="decade") for century in centuries], False


def spelled_decades(text: str, words: DateWords) -> Found:
    """Yield decades in words: "años ochenta"."""
    if words.decade_before is None or not words.decade_before.search(text):
        return
    for numeral in numerals(text, words.language):
        before = words.decade_before.search(text[max(0, numeral.start - 24) : numeral.start])
        tens = numeral.spelled and numeral.value % 10 == 0 and 20 <= numeral.value <= 90
        if tens and before is not None and before.end() == min(24, numeral.start):
            start = numeral.start - (before.end() - before.start())
            values = [PartialDate(century + int(numeral.value), grain="decade") for century in _CENTURIES]
            yield Span(start, numeral.end), values, True


def _group(match: re.Match[str]) -> str:
    groups = match.groupdict()
    return groups.get("b") or groups.get("a") or ""


def centuries(text: str, words: DateWords) -> Found:
    for match in words.century.finditer(text) if words.century else ():
        number = _century(_group(match))
        if 1 <= number <= 30:
            span = Span(match.start(), match.start() + len(match[0].rstrip()))
            yield span, [PartialDate(number, grain="century")], True
            yield from _listed(text, match, words)


def spelled_centuries(text: str, words: DateWords) -> Found:
    """Yield "fourteenth century", "saeculo sexto": as sure as the small numbers in words are."""
    for numeral in numerals(text, words.language) if words.century_hint.search(text) else ():
        if numeral.kind != "ordinal" or not numeral.spelled or not 1 <= numeral.value <= 30:
            continue
        behind = words.century_behind.match(text, numeral.end)
        ahead = words.century_ahead.search(text[max(0, numeral.start - 24) : numeral.start])
        if behind or ahead:
            start = numeral.start - (len(ahead[0]) if ahead and not behind else 0)
            yield Span(start, behind.end() if behind else numeral.end), [PartialDate(int(numeral.value), grain="century")], False


def century_names(text: str, words: DateWords) -> Found:
    """Yield "Settecento", the eighteenth century, which is seven hundred as well."""
    for hit in words.century_names.find(text):
        number = Quantity(Decimal(hit.keys[0] * 100 - 1100))
        yield Span(hit.start, hit.end), [PartialDate(hit.keys[0], grain="century"), number], False


def _listed(text: str, match: re.Match[str], words: DateWords) -> Found:
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
    return int(digits[0]) if digits else roman(token.removesuffix("ème").removesuffix("e"))


def quarters(text: str, words: DateWords) -> Found:
    for match in words.quarter.finditer(text) if words.quarter else ():
        digits = re.search(r"\d|[iv]+", _group(match))
        if digits:
            number = int(digits[0]) if digits[0].isdigit() else roman(digits[0])
            year = words.year_right.match(text, match.end())
            end = year.end() if year else match.start() + len(match[0].rstrip())
            value = PartialDate(int(year[1]) if year else None, number, grain="quarter")
            yield Span(match.start(), end), [value], True
