"""Read which way a passage points: its negations and its directions, and where two passages point apart.

Counting words alone is right one time in ten, so nothing here is a verdict: a flip is what the words allow, and
the caller asks for second evidence (consistency/meaning.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from consistency.extractors._extractor import fold
from consistency.extractors._lexicon import Hit, Lexicon
from consistency.languages import canonical_tag, load_language
from consistency.records import Span

NEGATION = "negation"
_CLOSING = " \t\n\"'”’»“)]」』）"
_ASKING = ("?", "？", "؟")
_STEM = 3  # letters behind a negating beginning


@dataclass(frozen=True, slots=True)
class Stance:
    """Hold the words of one passage that turn its meaning.

    negations: negators that negate (`not only` is none); soft: words that negate by their meaning or by a part of
        them, and phrases with a negator that do not negate: they may answer a negation. poles: axis → words of its first and of
        its second pole.
    known: the language has data on negation; without it nothing can be said.
    """

    negations: tuple[Span, ...]
    soft: tuple[Span, ...]
    poles: Mapping[str, tuple[tuple[Span, ...], tuple[Span, ...]]]
    known: bool


@dataclass(frozen=True, slots=True)
class Flip:
    """State that two passages point apart.

    axis: "negation", or the axis of the opposites; source, target: the words that say so, () where they lack.
    """

    axis: str
    source: tuple[Span, ...]
    target: tuple[Span, ...]


@lru_cache(512)
def stance(text: str, lang: str) -> Stance:
    """Return the negations and directions of a passage; spans are in the text."""
    words, tag, folded = load_language(lang).polarity, canonical_tag(lang), fold(text)
    found: dict[str, list[Span]] = {"negation": [], "pseudo": [], "implied": []}
    for hit in _negators(tag).find(folded):
        found[_kind(hit)].append(Span(hit.start, hit.end))
    poles: dict[str, tuple[list[Span], list[Span]]] = {}
    for pole in _poles(tag).find(folded):
        for axis, side in pole.keys:
            poles.setdefault(axis, ([], []))[side].append(Span(pole.start, pole.end))
    if text.rstrip(_CLOSING).endswith(_ASKING):
        # A negated question asks what a plain one asks: "why wouldn't I", "how can I miss that".
        found["pseudo"] += found.pop("negation")
        found["negation"] = []
    sides = {axis: (tuple(one), tuple(two)) for axis, (one, two) in poles.items()}
    parts = (Span(*match.span()) for match in _affixes(tag).finditer(folded))
    soft = (*found["pseudo"], *found["implied"], *(p for p in parts if not _touches(p, found["negation"])))
    return Stance(tuple(found["negation"]), soft, sides, bool(words.negation))


def flip(source: Stance, target: Stance) -> Flip | None:
    """Return where two passages point apart; None where they do not, or where the words allow both.

    A second negation, a negation on the other side's opposite, or any softer negator makes it unclear.
    """
    if not (source.known and target.known):
        return None
    turned = _turned(source, target)
    n_source, n_target = len(source.negations), len(target.negations)
    if bool(n_source) == bool(n_target) and not turned:
        return None
    if bool(n_source) == bool(n_target):
        return turned if n_source == n_target else None
    if turned or n_source + n_target > 1 or source.soft or target.soft:
        return None
    return Flip(NEGATION, source.negations, target.negations)


def _turned(source: Stance, target: Stance) -> Flip | None:
    """Return the one axis on which one side has only the first pole and the other only the second."""
    flips = []
    for axis, (one, two) in source.poles.items():
        first, second = target.poles.get(axis, ((), ()))
        if (one and not two and second and not first) or (two and not one and first and not second):
            flips.append(Flip(axis, one or two, first or second))
    return flips[0] if len(flips) == 1 else None


def _kind(hit: Hit[str]) -> str:
    """Return the surest reading: a phrase listed as pseudo is no negation even where its words are."""
    for kind in ("pseudo", "negation", "implied"):
        if kind in hit.keys:
            return kind
    raise AssertionError(hit)


def _touches(part: Span, spans: Sequence[Span]) -> bool:
    return any(part.start < span.end and span.start < part.end for span in spans)


@cache
def _affixes(tag: str) -> re.Pattern[str]:
    """Return the pattern of what negates inside words; a beginning needs a stem, or any short word would be one."""
    forms = [fold(form) for form in load_language(tag).polarity.affixes]
    parts = [rf"\b{re.escape(f[:-1])}\w{{{_STEM},}}" if f.endswith("-") else re.escape(f) for f in forms]
    return re.compile("|".join(parts) or "(?!)")


@cache
def _negators(tag: str) -> Lexicon[str]:
    words = load_language(tag).polarity
    return Lexicon({"negation": words.negation, "pseudo": words.pseudo, "implied": words.implied})


@cache
def _poles(tag: str) -> Lexicon[tuple[str, int]]:
    opposites = load_language(tag).polarity.opposites
    return Lexicon({(axis, side): forms for axis, poles in opposites.items() for side, forms in enumerate(poles)})
