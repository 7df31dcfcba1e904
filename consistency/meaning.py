"""Judge what aligned passages mean: how well the words answer each other, and whether they point the same way."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from consistency.coverage import Coverage, Floats, Words, blend, cover, settled, smooth, words_of, worst_run
from consistency.diff import Outcome
from consistency.embedders.protocol import Embedder
from consistency.findings import Copy, Pair, passage
from consistency.polarity import NEGATION, Flip, flip, stance
from consistency.records import BeadScores, Span
from consistency.verdict import Evidence, probability, scale

_RUN, _BLEND = 0.55, 0.45  # levels below which words count towards the worst run
_LOW = 0.4
_MOST_WORDS = 1500  # a bead of more is no sentence, and every word is held against every other
_BIT = 0.3  # of a mean word, so that the logarithm of a passage of almost nothing stays small


@dataclass(frozen=True, slots=True)
class Bead:
    """Hold the words of one aligned bead and how each side answers the other.

    index: into the alignments. start: where the passages start in their documents. turned: the sides point apart.
    """

    index: int
    start: tuple[int, int]
    source: Words
    target: Words
    forward: Coverage
    backward: Coverage
    turned: Flip | None
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """Hold a bead with its evidence from both sides; heavy: the mean weight of a word in the two copies."""

    bead: Bead
    evidence: Evidence
    reverse: Evidence
    heavy: float


def judge_all(
    pairs: Mapping[str, Pair], outcomes: Mapping[str, Sequence[Outcome]], embedder: Embedder
) -> dict[str, tuple[Judged, ...]]:
    """Return the evidence of every translation of one source, whose words they share."""
    known: dict[str, Words] = {}
    return {lang: judge(pair, outcomes[lang], embedder, known) for lang, pair in pairs.items()}


def judge(
    pair: Pair, outcomes: Sequence[Outcome], embedder: Embedder, known: dict[str, Words] | None = None
) -> tuple[Judged, ...]:
    """Return the evidence of every bead that has words on both sides.

    known: words of the source's passages by their text, filled in here; None: nobody else asks for them.
    """
    known = {} if known is None else known
    factor = scale(pair.source.document.lang, pair.target.document.lang)
    by_bead: dict[int, list[Outcome]] = {}
    for outcome in outcomes:
        by_bead.setdefault(outcome.bead, []).append(outcome)
    found = [
        _bead(pair, index, tuple(by_bead.get(index, ())), embedder, factor, known)
        for index, alignment in enumerate(pair.alignments)
        if alignment.source and alignment.target
    ]
    # Words in a script that the model does not know have vectors of zeros: nothing can be said of them.
    beads = [bead for bead in found if bead is not None and bead.source.weights.sum() > 0 and bead.target.weights.sum() > 0]
    if not beads:
        return ()
    heavy = float(np.concatenate([w for b in beads for w in (b.source.weights, b.target.weights)]).mean())
    return tuple(_judged(bead, heavy, factor) for bead in beads)


def scores(judged: Judged, pair: Pair) -> BeadScores:
    """Return the scores of one bead."""
    alignment = pair.alignments[judged.bead.index]
    return BeadScores(
        alignment.source,
        alignment.target,
        round(probability("omission", judged.evidence), 4),
        round(probability("omission", judged.reverse), 4),
        round(probability("contradiction", judged.evidence), 4),
        round(probability("untranslated", judged.evidence), 4),
    )


def _bead(
    pair: Pair, index: int, outcomes: tuple[Outcome, ...], embedder: Embedder, factor: float, known: dict[str, Words]
) -> Bead | None:
    alignment = pair.alignments[index]
    left, here = _words(pair.source, alignment.source, embedder, known)
    right, there = _words(pair.target, alignment.target, embedder, {})
    if max(len(left.spans), len(right.spans)) > _MOST_WORDS:
        return None
    forward, backward = cover(left, right, factor)
    kept = [o for o in outcomes if o.status == "kept"]
    gone = [o for o in outcomes if o.status in ("dropped", "added")]
    forward = settled(forward, left, _spans(kept, 0, here.start), _spans(gone, 0, here.start))
    backward = settled(backward, right, _spans(kept, 1, there.start), _spans(gone, 1, there.start))
    one, two = pair.source.document, pair.target.document
    turned = flip(stance(one.text[here.start : here.end], one.lang), stance(two.text[there.start : there.end], two.lang))
    return Bead(index, (here.start, there.start), left, right, forward, backward, turned, outcomes)


def _words(copy: Copy, indices: Sequence[int], embedder: Embedder, known: dict[str, Words]) -> tuple[Words, Span]:
    span = passage(copy, indices)
    text = copy.document.text[span.start : span.end]
    if text not in known:
        known[text] = words_of(text, embedder.tokens(text))
    return known[text], span


def _spans(outcomes: Sequence[Outcome], side: int, start: int) -> list[Span]:
    facts = [(o.source, o.target)[side] for o in outcomes]
    return [Span(f.span.start - start, f.span.end - start) for f in facts if f is not None]


def _judged(bead: Bead, heavy: float, factor: float) -> Judged:
    here = _view(bead.source, bead.forward, heavy)
    there = _view(bead.target, bead.backward, heavy / factor)
    return Judged(bead, _evidence(bead, (here, there), 0), _evidence(bead, (there, here), 1), heavy)


@dataclass(frozen=True, slots=True)
class _View:
    """Hold the figures of one side of a bead; weights in mean words."""

    weight: float
    run_received: float
    run_blend: float
    missing: float
    unmatched: float
    low: float
    mean: Floats


def _view(words: Words, coverage: Coverage, heavy: float) -> _View:
    weights = words.weights / np.float32(heavy)
    low = (coverage.like < _LOW) & (coverage.received < _LOW)
    return _View(
        float(weights.sum()),
        worst_run(weights * (np.float32(_RUN) - smooth(coverage.received, weights)))[0],
        worst_run(weights * (np.float32(_BLEND) - blend(coverage, weights)))[0],
        float((weights * (1 - coverage.answered)).sum()),
        float((weights * (1 - coverage.matched)).sum()),
        float(weights[low].sum()),
        words.vectors.sum(axis=0),
    )


def _evidence(bead: Bead, views: tuple[_View, _View], side: int) -> Evidence:
    here, there = views
    lost = sum(o.status == ("dropped", "added")[side] for o in bead.outcomes)
    return Evidence(
        run_received=math.log1p(here.run_received),
        run_blend=math.log1p(here.run_blend),
        missing=math.log1p(here.missing),
        unmatched=math.log1p(here.unmatched),
        back_low=math.log1p(there.low),
        distance=1.0 - _cosine(here.mean, there.mean),
        length=math.log(here.weight + _BIT),
        ratio=math.log((there.weight + _BIT) / (here.weight + _BIT)),
        lost=min(3.0, lost),
        changed=min(3.0, sum(o.status == "changed" for o in bead.outcomes)),
        negation=float(bead.turned is not None and bead.turned.axis == NEGATION),
        opposite=float(bead.turned is not None and bead.turned.axis != NEGATION),
        copied=_copied(bead),
    )


def _cosine(one: Floats, two: Floats) -> float:
    length = float(np.sqrt(one.dot(one)) * np.sqrt(two.dot(two)))
    return float(one @ two) / length if length else 0.0


def _copied(bead: Bead) -> float:
    """Return the share of the target's weight that is the source's words letter by letter, kept facts left out."""
    kept = _spans([o for o in bead.outcomes if o.status == "kept"], 1, bead.start[1])
    known = set(bead.source.forms)
    same = np.array(
        [
            form in known and not any(span.start < k.end and k.start < span.end for k in kept)
            for form, span in zip(bead.target.forms, bead.target.spans, strict=True)
        ]
    )
    return float(bead.target.weights[same].sum() / max(1e-6, float(bead.target.weights.sum())))
