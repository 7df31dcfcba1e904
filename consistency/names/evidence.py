"""Weigh how well a passage answers a name of the other copy: by sound, by meaning, by the rest of both copies."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from consistency.embedders.protocol import Floats
from consistency.names.candidates import Candidate
from consistency.names.passages import Passage, unit_rows
from consistency.names.places import keys_of
from consistency.names.renderings import Renderings
from consistency.names.transliteration import likeness, sounds
from consistency.records import Span

SURE = 0.8  # a word this like one of the name's words answers it
LEAST = 4  # letters of such a word: shorter ones are alike by chance
_MOST_LOOSE = 3
_LETTERS = 5  # added to both lengths: a ratio of two short passages says little


class Evidence(NamedTuple):
    """Say how well a passage answers a name.

    word, words: likeness of the best word, and on average; vector, vectors: cosine of the whole name, and of its
    words on average, with the closest stretch of the passage; gain: what the cosine of both passages gains
    without the name, over the name's share of its passage; ordinary: share of common words; length: words.
    near: likeness of the name's worst word in the passage before or after. here, gap: how firmly what stands for it
    elsewhere is here, is not here. alone: no other name of the passage lacks an answer; known: a table has it;
    heard: the other copy has a word of it somewhere. ratio: log of the other passage's length by this one's; loose:
    capitals there, outside its names, that nothing here answers.
    """

    word: float
    words: float
    vector: float
    vectors: float
    gain: float
    ordinary: float
    length: float
    near: float
    here: float
    gap: float
    alone: float
    known: float
    heard: float
    ratio: float
    loose: float


def told(name: Candidate, own: Passage, other: Passage) -> bool:
    """Tell at little cost whether the other passage plainly answers a name, or may do so in an unknown way."""
    text = own.text[name.span.start : name.span.end]
    long = [word for word in name.words if len(sounds(word)) >= LEAST]
    if any(sounds(word) in other.heard for word in long):
        return True
    if any(likeness(word, unit) >= SURE for word in long for unit in other.units):
        return True
    if keys_of(text, own.language) & other.keys:
        return True
    if "".join(word[0] for word in name.words).casefold() in other.initials:
        return True
    # WW1, BST: the name in another form, as likely as not.
    return any(abs(len(word) - len(name.words)) <= 1 for word in other.acronyms - own.acronyms)


def evidence(name: Candidate, bead: int, sides: Renderings, alone: bool) -> Evidence:
    """Return how well the other passage of a bead answers a name of the first; alone: all other names are answered."""
    own, other = sides.own[bead], sides.other[bead]
    like = [max((likeness(word, unit) for unit in other.units), default=0.0) for word in name.words]
    whole, total = own.vector(name.span), other.total
    close = other.stretches @ unit_rows(np.vstack([whole, *(own.vector(span) for span in _spans(name, own.text))])).T
    best = close.max(axis=0)
    share = float(np.linalg.norm(whole) / (np.linalg.norm(own.total) + 1e-9))
    gain = (_cosine(own.total - whole, total) - _cosine(own.total, total)) / (share + 1e-9)
    learnt = [sides.learnt(word, bead) for word in name.words]
    return Evidence(
        word=max(like),
        words=sum(like) / len(like),
        vector=float(best[0]),
        vectors=float(best[1:].mean()),
        gain=gain,
        ordinary=name.ordinary,
        length=float(min(4, len(like))),
        near=max((_worst(name, sides.other[b]) for b in (bead - 1, bead + 1) if b in sides.other), default=0.0),
        here=max(each.here * _trust(each.mentions) for each in learnt),
        gap=max((each.expected - each.here) * _trust(each.mentions) for each in learnt),
        alone=float(alone),
        known=float(bool(keys_of(own.text[name.span.start : name.span.end], own.language))),
        heard=float(any(sounds(word) in sides.spoken for word in name.words)),
        ratio=max(-2.0, min(2.0, math.log((len(other.text) + _LETTERS) / (len(own.text) + _LETTERS)))),
        loose=float(_loose(own, other)),
    )


def _trust(mentions: int) -> float:
    """Return how far to trust what so many other passages teach: in one, anything may stand beside a name."""
    return max(0, mentions - 1) / max(1, mentions)


def _worst(name: Candidate, place: Passage) -> float:
    return min(max((likeness(word, unit) for unit in place.units), default=0.0) for word in name.words)


def _loose(own: Passage, other: Passage) -> int:
    """Return how many of the other passage's capitals have no answer: one may be the name in another form."""
    places = keys_of(own.text, own.language)
    named = {word for name in other.names for word in name.words}
    count = 0
    for word in other.capitals:
        if word in named or sounds(word) in own.heard or places & keys_of(word, other.language):
            continue
        count += all(likeness(word, unit) < SURE for unit in own.units)
        if count == _MOST_LOOSE:
            break
    return count


def _spans(name: Candidate, text: str) -> Iterator[Span]:
    place = name.span.start
    for word in name.words:
        place = text.find(word, place, name.span.end)
        yield Span(place, place + len(word))
        place += len(word)


def _cosine(one: Floats, other: Floats) -> float:
    return float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other) + 1e-9))
