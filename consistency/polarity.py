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
_COUNT = re.compile(r" \d")
_ASKING = ("?", "？", "؟")
_STEM = 3  # letters behind a negating beginning


@dataclass(frozen=True, slots=True)
class Stance:
    """Hold the words of one passage that turn its meaning.

    negations: negators that negate (`not only` is none); soft: words that negate by their meaning or by a part of
        them, and phrases with a negator that do not negate: they may answer a negation. poles: axis → words of each of its poles.
    known: the language has data on negation; without it nothing can be said.
    """

    negations: tuple[Span, ...]
    soft: tuple[Span, ...]
    poles: Mapping[str, tuple[tuple[Span, ...], ...]]
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
        kind = "pseudo" if _COUNT.match(folded, hit.end) else _kind(hit)  # "keine 400": fewer than 400
        found[kind].append(Span(hit.start, hit.end))
    poles: dict[str, list[list[Span]]] = {}
    for pole in _poles(tag).find(folded):
        for axis, side in pole.keys:
            poles.setdefault(axis, [[] for _ in words.opposites[axis]])[side].append(Span(pole.start, pole.end))
    if text.rstrip(_CLOSING).endswith(_ASKING):
        # A negated question asks what a plain one asks: "why wouldn't I", "how can I miss that".
        found["pseudo"] += found.pop("negation")
        found["negation"] = []
    sides = {axis: tuple(map(tuple, sides)) for axis, sides in poles.items()}
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
    if turned and not _stands(turned, source, target):
        return None
    lone = len(source.negations) + len(target.negations) == 1 and not source.soft and not target.soft
    if lone and (source.negations or not turned):
        return Flip(NEGATION, source.negations, target.negations)
    return turned


def _turned(source: Stance, target: Stance) -> Flip | None:
    """Return the one axis on which each side has one pole only, and not the same."""
    flips = []
    for axis, poles in source.poles.items():
        here = [side for side, words in enumerate(poles) if words]
        there = [side for side, words in enumerate(target.poles.get(axis, ())) if words]
        if len(here) == len(there) == 1 and here != there:
            flips.append(Flip(axis, poles[here[0]], target.poles[axis][there[0]]))
    return flips[0] if len(flips) == 1 else None


def _stands(turned: Flip, source: Stance, target: Stance) -> bool:
    """Tell whether the negations leave a turned axis as it is: "none" for "all" negates as a pole, and no more.

    What negates right before a pole turns it back (未关闭, "not closed", for "open").
    """
    others, poles_negate = [], False
    for side, poles in ((source, turned.source), (target, turned.target)):
        own = sum(_touches(negator, poles) for negator in side.negations)
        poles_negate |= own > 0
        others.append(len(side.negations) - own)
        if any(part.end in (pole.start, pole.start - 1) for part in (*side.soft, *side.negations) for pole in poles):
            return False
    return others[0] == others[1] and not (poles_negate and (source.soft or target.soft))


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
