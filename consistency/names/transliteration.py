"""Compare words by sound across scripts: romanised, spellings of one sound folded, then by their consonants."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from math import sqrt

from anyascii import anyascii
from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import partial_ratio

REMEMBERED = 65_536  # the words of many articles
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_HAN = re.compile(r"[\u3400-\u9fff]")
# One sound, many spellings: Tschaikowski, Tchaïkovski, Čajkovskij. The longest come first.
_SPELLINGS = (
    ("tsch", "k"), ("tch", "k"), ("sch", "s"), ("dzh", "g"), ("sh", "s"), ("zh", "s"), ("ch", "k"), ("ck", "k"), ("ph", "f"),
    ("th", "t"), ("kh", "h"), ("dz", "k"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("w", "v"), ("y", "i"), ("j", "i"), ("x", "ks"),
    ("q", "k"), ("c", "k"), ("z", "s"), ("mp", "np"), ("mb", "nb"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")
# Scripts that lack a sound write its neighbour: ル for l and r, ブ for v, 프 for f. Vowels and h go.
_CLASSES = str.maketrans("bfvdgczl", "ppptkssr", "aeiouh")


@lru_cache(REMEMBERED)
def sounds(word: str) -> str:
    """Return a word in plain Latin letters, with the spellings of one sound made one.

    >>> sounds("Tschaikowski"), sounds("Чайковский")
    ('kaikovski', 'kaikovski')
    """
    plain = re.sub("[^a-z]", "", anyascii(unicodedata.normalize("NFKC", word).casefold()).lower())
    for spelling, sound in _SPELLINGS:
        plain = plain.replace(spelling, sound)
    return _DOUBLED.sub(r"\1", plain)


@lru_cache(REMEMBERED)
def skeleton(word: str) -> str:
    """Return the classes of a word's consonants.

    >>> skeleton("Gerrard"), skeleton("ジェラード")
    ('krt', 'rt')
    """
    return _DOUBLED.sub(r"\1", sounds(word).translate(_CLASSES))


@lru_cache(4 * REMEMBERED)
def likeness(one: str, other: str) -> float:
    """Return how far two words may be one name, 0..1; either may carry an ending that the other lacks.

    In one script spelling decides; across scripts consonants count as much as the whole.
    """
    left, right = sounds(one), sounds(other)
    if len(left) < 2 or len(right) < 2:
        return 0.0
    whole = _likeness(left, right, 4)
    if _LATIN.match(one) and _LATIN.match(other):
        return whole if left[0] == right[0] or min(len(left), len(right)) >= 5 else 0.0
    return max(whole, (whole + _consonants(one, other)) / 2)


def _likeness(left: str, right: str, least: int) -> float:
    """Compare whole strings, and their beginnings where the shorter has `least` letters at least."""
    short, long = sorted((len(left), len(right)))
    whole: float = Levenshtein.normalized_similarity(left, right)
    if short < least or short == long:
        return whole
    start: float = Levenshtein.normalized_similarity(left[:short], right[:short])
    return max(whole, start * sqrt(short / long))


def _consonants(one: str, other: str) -> float:
    left, right = skeleton(one), skeleton(other)
    short = min(len(left), len(right))
    if not short:
        return 0.0
    like: float = _likeness(left, right, 2) * min(1.0, (short + 1) / 4)  # two consonants agree by chance
    if short >= 3 and (_HAN.match(one) or _HAN.match(other)):  # no spaces: the name is somewhere in the run
        like = max(like, partial_ratio(left, right) / 100 * 0.95)
    return like
