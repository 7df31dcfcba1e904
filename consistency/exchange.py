"""Find two values that traded places, by the words around them.

Where "4 trees and 9 houses" became "9 Bäume und 4 Häuser", both values are kept, but each stands among the
other's words. Only values whose order is turned round are asked about: then either the clauses changed places,
words and all, or the values alone did. Clauses take their words along: where the words about the values stand in
another order, too, nothing is said. Else it is weighed by a logistic regression over the words that answer each other
near the values. Its coefficients are in exchange.json, written by training/exchange.py.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from functools import cache
from importlib import resources

import numpy as np

from consistency.compare import Match
from consistency.coverage import Floats, likeness, words_of
from consistency.diff import Outcome, year_of
from consistency.embedders.protocol import Embedder
from consistency.findings import Copy, Pair, passage
from consistency.records import Fact, Quantity, Span
from consistency.swaps import counted

_MOST = 40  # values in a passage: pairs are quadratic in them, and a row of more is a table's
_JOINED = 5  # letters between the numbers of a score or range, of which swaps.py speaks
_SHARPNESS = 12.0  # of the softmax over cosines by which words choose each other
_UNLIKE, _LIKE = 0.2, 0.6  # cosines: below the one words do not answer each other, from the other on they do
_SLIGHT = 0.3  # evidence that is taken from each passage's, so that little of it says little
_NEAR, _CLOSE, _BESIDE, _FAR = 0.7, 1.0, 2.0, 3.0  # mean words in which a word's weight falls to 1/e


@dataclass(frozen=True, slots=True)
class Places:
    """Hold what speaks for two values standing where they belong; negative: for their having traded places.

    near, beside: words that answer each other, close to the same value on both sides; behind, ahead: those of them
    that follow or precede it. like: the same by bare cosines. others: further facts close to the same value.
    step: whether the words about the two keep their order where the values do, -1..1; not weighed, but asked first.
    """

    near: float
    beside: float
    behind: float
    ahead: float
    like: float
    others: float
    step: float


@dataclass(frozen=True, slots=True)
class Model:
    """Hold the fitted figures. A year moves about its sentence as the language likes, so it is weighed apart.

    coefficients: for "values" and "year" (one of the two is a year), in the order of Places, without its step.
    least: the score, in log odds, from which on they are called exchanged.
    """

    least: float
    coefficients: Mapping[str, tuple[float, ...]]


@cache
def model() -> Model:
    """Return the model in the package."""
    data = json.loads(resources.files("consistency").joinpath("exchange.json").read_text(encoding="utf-8"))
    rows = {kind: tuple(row[f.name] for f in fields(Places) if f.name != "step") for kind, row in data["kinds"].items()}
    return Model(data["least"], rows)


def exchanges(pair: Pair, outcomes: Sequence[Outcome], embedder: Embedder) -> Iterator[Outcome]:
    """Yield an outcome "swapped" for the two kept values of a bead that likeliest stand among each other's words."""
    swapped = {o.bead for o in outcomes if o.status == "swapped"}
    best: dict[int, tuple[float, Outcome, Outcome]] = {}
    for one, two, places in turned_pairs(pair, outcomes, embedder):
        weights = model().coefficients[kind_of(one, two)]
        score = -sum(c * x for c, x in zip(weights, astuple(places)[:-1], strict=True))
        in_step = places.step <= 0
        if in_step and score >= model().least and one.bead not in swapped and score > best.get(one.bead, (0.0,))[0]:
            best[one.bead] = (score, one, two)
    for bead, (_, one, two) in best.items():
        if two.source and two.target:
            yield Outcome("swapped", bead, one.source, one.target, Match.SAME, (two.source, two.target))


def turned_pairs(
    pair: Pair, outcomes: Sequence[Outcome], embedder: Embedder, every: bool = False
) -> Iterator[tuple[Outcome, Outcome, Places]]:
    """Yield each two values whose order the copy turns round, with what speaks for their places.

    every: those in order, too, as training/exchange.py wants them.
    """
    by_bead: dict[int, list[Outcome]] = {}
    for outcome in outcomes:
        if outcome.status == "kept":
            by_bead.setdefault(outcome.bead, []).append(outcome)
    for bead, kept in by_bead.items():
        plain = [o for o in kept if _plain(o)]
        pairs = [(a, b) for i, a in enumerate(plain) for b in plain[i + 1 :] if _alike(a, b) and (every or turned(a, b))]
        if not pairs or len(plain) > _MOST:
            continue
        scene = _Scene(pair, bead, kept, embedder)
        for one, two in pairs:
            yield one, two, scene.places(one, two)


def turned(one: Outcome, two: Outcome) -> bool:
    """Tell whether two values stand in the other order in the copy."""
    (a, c), (b, d) = _facts(one), _facts(two)
    return (a.span < b.span) != (c.span < d.span)


def kind_of(one: Outcome, two: Outcome) -> str:
    """Return which of the model's kinds two values are: "year" where just one of them is a year."""
    return "year" if (year_of(_facts(one)[0]) is None) != (year_of(_facts(two)[0]) is None) else "values"


def _facts(outcome: Outcome) -> tuple[Fact, Fact]:
    assert outcome.source is not None
    assert outcome.target is not None
    return outcome.source, outcome.target


def _plain(outcome: Outcome) -> bool:
    source, target = outcome.source, outcome.target
    if source is None or target is None or not (source.firm or target.firm) or outcome.grade < Match.BARE:
        return False
    return isinstance(source.value, Quantity) and not isinstance(target.value, str)


def _alike(one: Outcome, two: Outcome) -> bool:
    """Tell whether two values may be mistaken for each other: of one unit, different, not joined as in a score.

    Values of two units would have taken each other's (see swaps.py).
    """
    (a, c), (b, d) = _facts(one), _facts(two)
    if (a.kind, counted(a)) != (b.kind, counted(b)) or a.value == b.value or c.value == d.value or c.span == d.span:
        return False
    return max(_gap(a.span, b.span), _gap(c.span, d.span)) > _JOINED


def _gap(one: Span, two: Span) -> int:
    return max(one.start, two.start) - min(one.end, two.end)


class _Scene:
    """Hold the words of one bead that are no facts, and how they answer each other."""

    def __init__(self, pair: Pair, bead: int, kept: Sequence[Outcome], embedder: Embedder) -> None:
        alignment = pair.alignments[bead]
        self.kept = [_facts(outcome) for outcome in kept]
        self.left = _Passage(pair.source, alignment.source, [s for s, _ in self.kept], embedder)
        self.right = _Passage(pair.target, alignment.target, [t for _, t in self.kept], embedder)
        cosines = likeness(self.left.vectors, self.left.forms, self.right.vectors, self.right.forms)
        weights = self.left.weights[:, None] * self.right.weights[None, :]
        self.like = cosines * weights
        self.answers = _mutual(cosines) * np.sqrt(weights)

    def places(self, one: Outcome, two: Outcome) -> Places:
        """Return what speaks for two values standing where they belong."""
        (a, c), (b, d) = _facts(one), _facts(two)
        left, right = (self.left.place(a), self.left.place(b)), (self.right.place(c), self.right.place(d))
        others = [(s, t) for s, t in self.kept if (s, t) not in ((a, c), (b, d))]
        here = _nearer(np.array([self.left.place(s) for s, _ in others]), left, _FAR)
        there = _nearer(np.array([self.right.place(t) for _, t in others]), right, _FAR)
        return Places(
            near=self._answered(left, right, _NEAR, 0),
            beside=self._answered(left, right, _BESIDE, 0),
            behind=self._answered(left, right, _CLOSE, 1),
            ahead=self._answered(left, right, _CLOSE, -1),
            like=float(_nearer(self.left.middles, left, _BESIDE) @ self.like @ _nearer(self.right.middles, right, _BESIDE)),
            others=float(here @ there),
            step=self._in_step(left, right) * (-1 if turned(one, two) else 1),
        )

    def _in_step(self, left: tuple[float, float], right: tuple[float, float]) -> float:
        """Return whether the words about two values stand in one order on both sides, -1 (turned round) to 1."""
        here, there = _close(self.left.middles, left), _close(self.right.middles, right)
        answers = here[:, None] * self.answers * there[None, :]
        before = np.cumsum(answers, axis=1) - answers  # of each word and place: how much of it is answered before
        behind = answers.sum(axis=1, keepdims=True) - before - answers
        ordered, turned_round = (float((np.triu(answers @ side.T, 1)).sum()) for side in (behind, before))
        return (ordered - turned_round) / (ordered + turned_round + _SLIGHT)

    def _answered(self, left: tuple[float, float], right: tuple[float, float], reach: float, side: int) -> float:
        here, there = _nearer(self.left.middles, left, reach, side), _nearer(self.right.middles, right, reach, side)
        return float(here @ self.answers @ there)


class _Passage:
    """Hold the words of one passage and where they stand, facts left out.

    Places are counted in mean words that precede, by weight: so they mean the same in every script. weights: (words,),
    middles: (words,), vectors: (words, width), forms: case-folded.
    """

    def __init__(self, copy: Copy, indices: Sequence[int], facts: Sequence[Fact], embedder: Embedder) -> None:
        span = passage(copy, indices)
        text = copy.document.text[span.start : span.end]
        words = words_of(text, embedder.tokens(text))
        spans = [Span(s.start + span.start, s.end + span.start) for s in words.spans]
        free = [i for i, s in enumerate(spans) if not any(s.start < f.span.end and f.span.start < s.end for f in facts)]
        heavy = float(words.weights.mean()) if len(words.weights) else 1.0
        self.weights: Floats = words.weights[free] / np.float32(heavy or 1.0)
        self.vectors, self.forms = words.vectors[free], [words.forms[i] for i in free]
        self.ends = np.concatenate([[0.0], np.cumsum(self.weights)])
        self.middles: Floats = np.asarray((self.ends[:-1] + self.ends[1:]) / 2, dtype=np.float32)
        self.starts = [spans[i].start for i in free]

    def place(self, fact: Fact) -> float:
        """Return where a fact stands."""
        return float(self.ends[bisect_left(self.starts, fact.span.start)])


def _nearer(places: Floats, values: tuple[float, float], reach: float, side: int = 0) -> Floats:
    """Return how much nearer to the first of two values each place is than to the second, -1..1.

    side: 1 only places behind a value count, -1 only those before it, 0 all.
    """
    near = []
    for value in values:
        away = places - np.float32(value)
        near.append(np.where(side * away >= 0, np.exp(-np.abs(away) / np.float32(reach)), 0.0))
    return np.asarray(near[0] - near[1], dtype=np.float32)


def _close(places: Floats, values: tuple[float, float]) -> Floats:
    """Return how near each place is to one of two values, 0..1."""
    away = np.min([np.abs(places - np.float32(value)) for value in values], axis=0)
    return np.asarray(np.exp(-away / np.float32(_FAR)), dtype=np.float32)


def _mutual(cosines: Floats) -> Floats:
    """Return how surely each two words answer each other, 0..1: both must choose the other."""
    if not cosines.size:
        return cosines
    chosen = np.ones_like(cosines)
    for axis in (0, 1):
        share = np.exp(_SHARPNESS * (cosines - cosines.max(axis=axis, keepdims=True)))
        chosen *= share / share.sum(axis=axis, keepdims=True)
    return np.asarray(np.sqrt(chosen) * np.clip((cosines - _UNLIKE) / (_LIKE - _UNLIKE), 0.0, 1.0), dtype=np.float32)
