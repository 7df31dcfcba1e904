"""Read hours in words: "a las dos y media", "sept heures du soir", "half acht", "twee uur dertig"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from consistency.extractors._extractor import fold
from consistency.extractors._lexicon import Lexicon
from consistency.extractors._spelled import Numeral, numerals
from consistency.languages import Language

_HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Spoken:
    """Name an hour in words; introduced: a word before it tells that it is a time ("a las", "um", "halb")."""

    start: int
    end: int
    hour: int
    minute: int
    introduced: bool


class _Words:
    """Hold what may stand around an hour in words."""

    def __init__(self, language: Language) -> None:
        times = language.times
        self.prefixes: Lexicon[int] = Lexicon({0: times.prefixes})
        self.hours: Lexicon[int] = Lexicon({0: times.hour_suffixes})
        self.halves: Lexicon[int] = Lexicon({-30: times.half_next, 30: times.half_past})
        counted = (*language.units.values(), *language.currencies.values())
        self.counted: Lexicon[int] = Lexicon({0: [word for forms in counted for word in forms]})
        linkers = "|".join(re.escape(fold(w)) for w in language.numbers.linkers)
        self.articles = frozenset(map(fold, language.numbers.articles))
        self.joint = re.compile(rf" (?:(?:{linkers}) )?" if linkers else " ")


@cache
def _words(language: Language) -> _Words:
    return _Words(language)


def spoken(text: str, language: Language) -> Iterator[Spoken]:
    """Yield the hours in words in folded text, left to right; none where the language lists no words of time."""
    if not (language.times.prefixes or language.times.hour_suffixes or language.times.half_next):
        return
    words, found = _words(language), list(numerals(text, language))
    for index, numeral in enumerate(found):
        time = _hour(text, numeral, found[index + 1 : index + 2], words)
        if time is not None:
            yield time


def _hour(text: str, numeral: Numeral, following: Sequence[Numeral], words: _Words) -> Spoken | None:
    if numeral.kind not in ("number", "ordinal") or not 0 <= numeral.value < 25:
        return None
    half = words.halves.before(text, numeral.start)
    if numeral.kind == "ordinal" and half is None:  # "в половине четвёртого" is half past three
        return None
    whole = int(numeral.value)
    share = numeral.value - whole
    if share not in (0, _HALF) or not (numeral.spelled or half):
        return None
    if half is not None:
        hour = whole if half.keys[0] > 0 else whole - 1 or 12
        return Spoken(half.start, numeral.end, hour, 30, True) if 1 <= whole <= 12 and not share else None
    introduced = words.prefixes.before(text, numeral.start) is not None
    word = words.hours.after(text, numeral.end)
    if not introduced and word is None or word is None and words.counted.after(text, numeral.end) is not None:
        return None  # "à dix kilomètres" is a distance
    if word is None and text[numeral.start : numeral.end] in words.articles:
        introduced = False  # "à une amie"; "a la una de la tarde" is told by what follows
    end = word.end if word else numeral.end
    minute, end = (30, end) if share else _minute(text, end, following, words)
    return Spoken(numeral.start, end, whole, minute, introduced)


def _minute(text: str, end: int, following: Sequence[Numeral], words: _Words) -> tuple[int, int]:
    """Return the minute said behind the hour and where it ends: "et demie", "dertig"."""
    for numeral in following:
        if not words.joint.fullmatch(text[end : numeral.start]):
            continue
        if numeral.kind == "fraction" and numeral.value in (_HALF, Decimal("0.25"), Decimal("0.75")):
            return int(numeral.value * 60), numeral.end
        if numeral.kind == "number" and numeral.spelled and 5 <= numeral.value <= 59:
            counted = words.counted.after(text, numeral.end) is not None
            return (0, end) if counted else (int(numeral.value), numeral.end)
    return 0, end
