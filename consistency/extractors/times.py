"""Read times of day in 12 and 24 hours; where no mark says which half of the day, both are readings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from consistency.extractors._extractor import Extractor, View, fold
from consistency.extractors._lexicon import RUNS_ON, Lexicon
from consistency.extractors._spoken import spoken
from consistency.languages import Language
from consistency.records import Clock, Fact, Quantity, Span

# Offsets in minutes; the letters are also words in some languages, so they count only behind a time.
ZONES = {"utc": 0, "gmt": 0, "z": 0, "bst": 60, "cet": 60, "cest": 120, "mez": 60, "mesz": 120, "eet": 120, "eest": 180,
         "msk": 180, "ist": 330, "jst": 540, "kst": 540, "est": -300, "edt": -240, "cst": -360, "cdt": -300,
         "mst": -420, "mdt": -360, "pst": -480, "pdt": -420}  # fmt: skip
_ZONE = re.compile(
    rf" ?\(?(?:(?P<name>{'|'.join(ZONES)})(?![^\W_{RUNS_ON}])"
    r"(?:(?P<sign>[+-])(?P<offset>\d{1,2})(?::?(?P<minutes>\d\d))?)?)\)?"
)

# "at 1200 GMT"; "(UTC+2)" behind no time is a name, not a number.
_MILITARY = re.compile(r"(?<![\w.,:/-])(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)(?= ?(?:utc|gmt)(?![^\W_]))")
_OFFSET = re.compile(r"(?<![^\W_])(?:utc|gmt) ?[+-] ?\d{1,2}(?::?\d\d)?(?!\d)")
# Opening hours, 9.00–18.30: whole five minutes on both sides; two numbers as well, so they ground no claim.
_POINTED = re.compile(r"(?<![\d.,:/])([01]?\d|2[0-4])\.([0-5][05]) ?[-–—] ?([01]?\d|2[0-4])\.([0-5][05])(?![\d%]|[.,:]\d)")

_DASHES = ("-", "–", "—", " - ", " – ", " — ")  # 9.00–18.30: the second is a time because the first is


class _Words:
    """Hold the compiled words of one language."""

    def __init__(self, language: Language) -> None:
        times = language.times
        separators = "".join(sorted({re.escape(fold(s)) for s in times.separators if len(s) == 1} | {":"}))
        hours, minutes = _either(times.hour_suffixes), _either(times.minute_suffixes)
        parts = _either((*times.am, *times.pm)) or "(?!)"  # "9 giờ 15 sáng", but not "11 बजे 20 लोग"
        self.am, self.pm = (Lexicon({0: forms}) for forms in (times.am, times.pm))
        self.noon: Lexicon[int] = Lexicon({12: times.noon, 0: times.midnight})
        self.shifts: Lexicon[int] = Lexicon({30: times.half_past, **times.shifts_before})
        self.prefixes: Lexicon[int] = Lexicon({0: times.prefixes})
        self.clocks: Lexicon[int] = Lexicon({0: times.clocks})
        self.hour_words: Lexicon[int] = Lexicon({0: times.hour_suffixes})
        self.pointed = "." in times.separators
        between = _either(language.numbers.range_between) or "(?!)"
        self.range_end = re.compile(rf"(?: ?[-–—] ?| (?:{between}) )(?:1[0-2]|0?[1-9])(?:[:.][0-5]\d)?(?!\d)")
        minute = "" if "m" in times.minute_suffixes else r"|m(?![^\W_])"  # 2h30m is a duration
        edge = r"(?:(?<![\d.,:/])(?<!\d-)(?<!utc[+-])(?<!gmt[+-])|(?<=:\d\d-))"
        half, minutes = _either(times.half_past) or "(?!)", minutes or "(?!)"
        ends = rf"(?= ?(?:{parts})|[,.;!?)\n](?!\d)|$)"
        behind = rf"(?P<m2>[0-5]?\d)(?: ?(?:{minutes}))|(?<= )(?P<m3>[0-5]\d){ends}|(?P<half>{half})"
        worded = rf"|(?P<w>{hours})(?: ?(?:{behind}))?(?![^\W\d_{RUNS_ON}])(?![間间간])" if hours else ""
        self.clock = re.compile(
            rf"{edge}(?P<h>[01]?\d|2[0-4]) ?(?:(?P<s>[{separators}h]) ?(?P<m>[0-5]\d)(?![\d%]|[.,:]\d| \d{{3}}(?!\d){minute})"
            + worded
            + r"|)(?!\d)"
        )


def _either(forms: tuple[str, ...]) -> str:
    return "|".join(re.escape(fold(w)) for w in sorted(forms, key=len, reverse=True))


@cache
def _words(language: Language) -> _Words:
    return _Words(language)


def read(view: View, language: Language) -> Iterator[Fact]:
    """Yield every time of day of the text."""
    words, text = _words(language), view.folded
    end_of_last = 0
    taken = bytearray(len(text))
    for match in words.clock.finditer(text):
        found = _clock(text, match, words, follows=text[end_of_last : match.start()] in _DASHES)
        if found and found[0].start >= end_of_last:
            span, values, firm = found
            end_of_last = span.end
            taken[slice(*span)] = b"\x01" * (span.end - span.start)
            yield Fact("time", values[0], view.text[span.start : span.end], span, tuple(values[1:]), firm)
    for span, readings, firm in _spoken(text, language, words):
        if not any(taken[slice(*span)]):
            yield Fact("time", readings[0], view.text[span.start : span.end], span, tuple(readings[1:]), firm)
    for kind, value, others, span in (*_unmarked(text, words), *_noons(text, words)):
        if not any(taken[slice(*span)]):
            yield Fact(kind, value, view.text[span.start : span.end], span, others, firm=False)


def _noons(text: str, words: _Words) -> Iterator[tuple[str, Clock, tuple[Quantity, ...], Span]]:
    for hit in words.noon.find(text):
        shift = words.shifts.before(text, hit.start)  # a quarter to midnight
        minute = (hit.keys[0] * 60 + (shift.keys[0] if shift else 0)) % (24 * 60)
        yield "time", Clock(*divmod(minute, 60)), (), Span(shift.start if shift else hit.start, hit.end)


def _unmarked(text: str, words: _Words) -> Iterator[tuple[str, Clock | str, tuple[Quantity, ...], Span]]:
    """Yield what only its neighbour tells: hours in four digits before a zone, opening hours, a zone alone."""
    for match in _MILITARY.finditer(text):
        zone, end = _zone(text, match.end())
        number = Quantity(Decimal(match[0]))
        yield "time", Clock(int(match[1]), int(match[2]), zone), (number,), Span(match.start(), end)
    for match in _POINTED.finditer(text) if words.pointed else ():
        for hour, minute in ((1, 2), (3, 4)):
            span = Span(match.start(hour), match.end(minute))
            number = Quantity(Decimal(text[span.start : span.end]))
            yield "time", Clock(int(match[hour]) % 24, int(match[minute])), (number,), span
    for match in _OFFSET.finditer(text):
        yield "identifier", match[0].replace(" ", "").upper(), (), Span(*match.span())


def _clock(text: str, match: re.Match[str], words: _Words, *, follows: bool) -> tuple[Span, list[Clock | Quantity], bool] | None:
    groups = match.groupdict()
    hour, start = int(match["h"]), match.start()
    end = match.end("h") if match.end() - match.end("h") <= 1 else match.end()
    half = groups.get("half")
    minute = int(groups.get("m") or groups.get("m2") or groups.get("m3") or (30 if half else 0))
    marked = groups.get("w") is not None
    part, start, end = _half_of_day(text, start, end, words)
    if part is None and marked:  # "7h da manhã"
        part, start, end = _half_of_day(text, start, match.end(), words)
    ranged = part is None and not marked and 1 <= hour <= 12 and _before_marked(text, end, words)
    separator = groups.get("s")
    if part is None and separator is None and not (marked or follows or ranged or _after_clock(text, start, words)):
        return None
    later = words.hour_words.after(text, end)
    worded = follows or marked or ranged or later is not None or words.prefixes.before(text, start) is not None
    end = later.end if later else end
    if part is None and separator not in (":", "h") and not worded:
        return None  # 17.30 may be a number; without a word it is read as one
    if part is None and separator == "." and not worded:
        return None
    zone, end = _zone(text, end)
    values: list[Clock | Quantity] = [*_halves(hour, minute, part, zone)]
    if not values:
        return None
    if part is None and separator is None and not minute:
        values.append(Quantity(Decimal(match["h"]), "hour"))
    # "5 часов" may be five hours: such a time answers a fact and grounds none.
    firm = part is not None or separator is not None or ranged
    return Span(start, end), values, firm


def _spoken(text: str, language: Language, words: _Words) -> Iterator[tuple[Span, list[Clock | Quantity], bool]]:
    """Yield hours in words; only "de la tarde" and its like make one sure, for "a las dos" may be two women."""
    for time in spoken(text, language):
        part, start, end = _half_of_day(text, time.start, time.end, words)
        part = part or time.part
        if time.introduced or part is not None:
            values: list[Clock | Quantity] = [*_halves(time.hour, time.minute, part, None)]
            if (part is None or time.bare) and not time.minute:
                values.append(Quantity(Decimal(time.hour)))
            quarter = time.minute in (15, 45)  # said in more ways than anybody lists
            yield Span(start, end), values, part is not None and not quarter and not time.bare


def _after_clock(text: str, start: int, words: _Words) -> bool:
    """Tell whether a bare hour stands behind "klo"; in "2 saat 15 dakika" the word counts hours."""
    hit = words.clocks.before(text, start)
    return hit is not None and not text[max(0, hit.start - 8) : hit.start].rstrip()[-1:].isdigit()


def _half_of_day(text: str, start: int, end: int, words: _Words) -> tuple[str | None, int, int]:
    for name, lexicon in (("am", words.am), ("pm", words.pm)):
        if (hit := lexicon.after(text, end)) is not None:
            return name, start, hit.end
        if (hit := lexicon.before(text, start)) is not None:
            return name, hit.start, end
    return None, start, end


def _before_marked(text: str, end: int, words: _Words) -> bool:
    """Tell whether an hour begins a range of which the second says its half of the day: "5 to 8 p.m."."""
    match = words.range_end.match(text, end)
    return match is not None and _half_of_day(text, end, match.end(), words)[0] is not None


def _zone(text: str, end: int) -> tuple[int | None, int]:
    match = _ZONE.match(text, end)
    if match is None:
        return None, end
    offset = ZONES[match["name"]]
    if match["sign"]:
        shift = 60 * int(match["offset"]) + int(match["minutes"] or 0)
        offset += shift if match["sign"] == "+" else -shift
    return offset, match.end()


def _halves(hour: int, minute: int, part: str | None, zone: int | None) -> list[Clock]:
    if hour == 24:
        hour = 0
    if part == "pm":
        return [Clock(hour + 12 if hour < 12 else hour, minute, zone)]
    if part == "am":
        return [Clock(0 if hour == 12 else hour, minute, zone)]
    values = [Clock(hour, minute, zone)]
    if 1 <= hour <= 12:
        values.append(Clock((hour + 12) % 24, minute, zone))
    return values


EXTRACTOR = Extractor(order=22, read=read)
