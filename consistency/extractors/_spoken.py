"""Read hours in words: "a las dos y media", "sept heures du soir", "half acht", "twee uur dertig"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from consistency.extractors._extractor import fold
from consistency.extractors._lexicon import Lexicon
from consistency.extractors._spelled import Numeral, numerals
from consistency.languages import Language

_SHARES = tuple(map(Decimal, ("0", "0.25", "0.5", "0.75")))


@dataclass(frozen=True, slots=True)
class Spoken:
    """Name an hour in words.

    introduced: a word before it tells that it is a time ("a las", "um", "halb"); part: the half of the day, "am" or
        "pm", that is written in one word with the hour ("aamuneljältä"); bare: only the half of the day behind it
        tells ("three in the morning", which may also be three pills).
    """

    start: int
    end: int
    hour: int
    minute: int
    introduced: bool
    part: str | None = None
    bare: bool = False


class _Words:
    """Hold what may stand around an hour in words."""

    def __init__(self, language: Language) -> None:
        times = language.times
        self.prefixes: Lexicon[int] = Lexicon({0: times.prefixes})
        self.hours: Lexicon[int] = Lexicon({0: times.hour_suffixes})
        earlier, later = dict(times.shifts_before), dict(times.shifts_after)
        for shift, forms in ((-30, times.half_next), (30, times.half_past)):
            earlier[shift] = (*earlier.get(shift, ()), *forms)
        self.shifts: Lexicon[int] = Lexicon(earlier)
        self.shifts_after: Lexicon[int] = Lexicon(later)
        self.clocks: Lexicon[int] = Lexicon({0: times.clocks})
        self.day_parts: Lexicon[int] = Lexicon({0: (*times.am, *times.pm)})
        counted = (*language.units.values(), *language.currencies.values())
        self.counted: Lexicon[int] = Lexicon({0: [word for forms in counted for word in forms]})
        self.parts = {name: _glued(forms) for name, forms in (("am", times.am), ("pm", times.pm))}
        linkers = "|".join(re.escape(fold(w)) for w in language.numbers.linkers)
        self.articles = frozenset(map(fold, language.numbers.articles))
        self.joint = re.compile(rf" (?:(?:{linkers}) )?" if linkers else " ")


def _glued(forms: Sequence[str]) -> re.Pattern[str]:
    """Return the pattern of the parts of a day that are listed with a hyphen, written in one word with what follows."""
    either = "|".join(re.escape(fold(form[:-1])) for form in forms if form.endswith("-")) or "(?!)"
    return re.compile(rf"(?<![^\W_])(?:{either})(?=[^\W\d_])")


@cache
def _words(language: Language) -> _Words:
    return _Words(language)


def spoken(text: str, language: Language) -> Iterator[Spoken]:
    """Yield the hours in words in folded text, left to right; none where the language lists no words of time."""
    times = language.times
    if not (times.prefixes or times.hour_suffixes or times.am or times.half_next or times.shifts_before or times.shifts_after):
        return
    words = _words(language)
    # where an hour may begin → the half of the day before it and where that begins
    parts = {m.end(): (name, m.start()) for name, pattern in words.parts.items() for m in pattern.finditer(text)}
    for pattern in words.parts.values():
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    found = list(numerals(text, language))
    last = None
    for index, numeral in enumerate(found):
        part, start = parts.get(numeral.start, (None, numeral.start))
        time = _hour(text, numeral, found[index + 1 : index + 2], words, introduced=part is not None)
        time = replace(time, start=start, part=part) if time and part else time
        if last is not None and (time is None or last.start < time.start):  # the ten of "om tien over half tien" is no hour
            yield last
        last = time
    if last is not None:
        yield last


def _hour(text: str, numeral: Numeral, following: Sequence[Numeral], words: _Words, *, introduced: bool) -> Spoken | None:
    if numeral.kind not in ("number", "ordinal", "fraction") or not 0 <= numeral.value < 25:
        return None
    word = words.hours.after(text, numeral.end)
    end = word.end if word else numeral.end
    if (shifted := _shifted(text, numeral, end, words)) is not None:
        return shifted
    ordinal = numeral.kind == "ordinal"
    if ordinal and words.clocks.before(text, numeral.start) is None:  # "الساعة السابعة" is seven o'clock
        return None
    whole = int(numeral.value)
    share = numeral.value - whole
    if share not in _SHARES or not numeral.spelled or (numeral.kind == "fraction" and (word is None or not whole)):
        return None  # "साढ़े तीन बजे" is half past three
    introduced = introduced or words.prefixes.before(text, numeral.start) is not None
    bare = not introduced and word is None
    if bare and (ordinal or words.day_parts.after(text, end) is None) or word is None and words.counted.after(text, end) is not None:
        return None  # "à dix kilomètres" is a distance
    if word is None and text[numeral.start : numeral.end] in words.articles:
        introduced = False  # "à une amie"; "a la una de la tarde" is told by what follows
    minute, end = (int(share * 60), end) if share else _minute(text, end, following, words)
    return Spoken(numeral.start, end, whole, minute, introduced, bare=bare)


def _shifted(text: str, numeral: Numeral, end: int, words: _Words) -> Spoken | None:
    """Return the hour with minutes added or taken: "half past", "halb", "в половине четвёртого", "παρά τέταρτο".

    end: behind the hour's own word, 三点 in 三点一刻.
    """
    early = words.shifts.before(text, numeral.start)
    late = None if early else words.shifts_after.after(text, end)
    found = early or late
    if found is None or numeral.value != int(numeral.value) or not 1 <= numeral.value <= 12:
        return None
    whole, shift = int(numeral.value), found.keys[0]
    hour = whole if shift > 0 else whole - 1 or 12
    return Spoken(min(found.start, numeral.start), max(found.end, numeral.end), hour, shift % 60, True)


def _minute(text: str, end: int, following: Sequence[Numeral], words: _Words) -> tuple[int, int]:
    """Return the minute said behind the hour and where it ends: "et demie", "dertig"."""
    for numeral in following:
        if not words.joint.fullmatch(text[end : numeral.start]):
            continue
        if numeral.kind == "fraction" and numeral.value in _SHARES:
            return int(numeral.value * 60), numeral.end
        if numeral.kind == "number" and numeral.spelled and 5 <= numeral.value <= 59:
            counted = words.counted.after(text, numeral.end) is not None
            return (0, end) if counted else (int(numeral.value), numeral.end)
    return 0, end
