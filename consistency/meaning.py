"""Judge what aligned passages mean: how well the words answer each other, and whether they point the same way."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from consistency.coverage import Coverage, Floats, Words, blend, cover, settled, smooth, words_of, worst_run
from consistency.diff import Outcome
from consistency.embedders.protocol import Embedder
from consistency.findings import Copy, Pair, passage
from consistency.polarity import NEGATION, Flip, flip, stance
from consistency.records import BeadScores, Span
from consistency.verdict import Evidence, probability, scale

_RUN, _BLEND = 0.55, 0.5  # levels below which words count towards the worst run
_LOW = 0.4
# What the others of a document are taken for before any is seen: weight in mean words, share, and for how many beads.
_USUAL_WEIGHT, _USUAL_SHARE, _USUAL_BEADS = 7.0, 0.25, 2.0


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


def judge(pair: Pair, outcomes: Sequence[Outcome], embedder: Embedder) -> tuple[Judged, ...]:
    """Return the evidence of every bead that has words on both sides."""
    factor = scale(pair.source.document.lang, pair.target.document.lang)
    by_bead: dict[int, list[Outcome]] = {}
    for outcome in outcomes:
        by_bead.setdefault(outcome.bead, []).append(outcome)
    beads = [
        _bead(pair, index, tuple(by_bead.get(index, ())), embedder, factor)
        for index, alignment in enumerate(pair.alignments)
        if alignment.source and alignment.target
    ]
    # Words in a script that the model does not know have vectors of zeros: nothing can be said of them.
    beads = [bead for bead in beads if bead.source.weights.sum() > 0 and bead.target.weights.sum() > 0]
    if not beads:
        return ()
    heavy = float(np.concatenate([w for b in beads for w in (b.source.weights, b.target.weights)]).mean())
    return tuple(_judged(beads, heavy, factor))


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


def _bead(pair: Pair, index: int, outcomes: tuple[Outcome, ...], embedder: Embedder, factor: float) -> Bead:
    alignment = pair.alignments[index]
    left, here = _words(pair.source, alignment.source, embedder)
    right, there = _words(pair.target, alignment.target, embedder)
    forward, backward = cover(left, right, factor)
    kept = [o for o in outcomes if o.status == "kept"]
    gone = [o for o in outcomes if o.status in ("dropped", "added")]
    forward = settled(forward, left, _spans(kept, 0, here.start), _spans(gone, 0, here.start))
    backward = settled(backward, right, _spans(kept, 1, there.start), _spans(gone, 1, there.start))
    one, two = pair.source.document, pair.target.document
    turned = flip(stance(one.text[here.start : here.end], one.lang), stance(two.text[there.start : there.end], two.lang))
    return Bead(index, (here.start, there.start), left, right, forward, backward, turned, outcomes)


def _words(copy: Copy, indices: Sequence[int], embedder: Embedder) -> tuple[Words, Span]:
    span = passage(copy, indices)
    text = copy.document.text[span.start : span.end]
    return words_of(text, embedder.tokens(text)), span


def _spans(outcomes: Sequence[Outcome], side: int, start: int) -> list[Span]:
    facts = [(o.source, o.target)[side] for o in outcomes]
    return [Span(f.span.start - start, f.span.end - start) for f in facts if f is not None]


def _judged(beads: Sequence[Bead], heavy: float, factor: float) -> Iterator[Judged]:
    """Yield the beads with their evidence; the other beads of the document are part of it."""
    views = [(_view(b.source, b.forward, heavy), _view(b.target, b.backward, heavy / factor)) for b in beads]
    totals = np.array([[v.weight, v.share] for both in views for v in both]).reshape(len(beads), 2, 2)
    whole = totals.sum(axis=0)
    for bead, both, own in zip(beads, views, totals, strict=True):
        others = whole - own
        evidence = _evidence(bead, both, others, len(beads) - 1, 0)
        reverse = _evidence(bead, both[::-1], others[::-1], len(beads) - 1, 1)
        yield Judged(bead, evidence, reverse, heavy)


@dataclass(frozen=True, slots=True)
class _View:
    """Hold the figures of one side of a bead; weights in mean words."""

    weight: float
    share: float
    run_received: float
    run_blend: float
    missing: float
    low: float
    mean: Floats


def _view(words: Words, coverage: Coverage, heavy: float) -> _View:
    weights = words.weights / np.float32(heavy)
    total = float(weights.sum())
    low = (coverage.like < _LOW) & (coverage.received < _LOW)
    return _View(
        total,
        float((weights * (1 - coverage.received)).sum()) / total,
        worst_run(weights * (np.float32(_RUN) - smooth(coverage.received, weights)))[0],
        worst_run(weights * (np.float32(_BLEND) - blend(coverage, weights)))[0],
        float((weights * (1 - coverage.answered)).sum()),
        float(weights[low].sum()),
        words.vectors.sum(axis=0),
    )


def _evidence(bead: Bead, views: tuple[_View, ...], others: Floats, n_others: int, side: int) -> Evidence:
    here, there = views
    lost = sum(o.status == ("dropped", "added")[side] for o in bead.outcomes)
    return Evidence(
        run_received=math.log1p(here.run_received),
        run_blend=math.log1p(here.run_blend),
        missing=math.log1p(here.missing),
        back_low=math.log1p(there.low),
        distance=1.0 - _cosine(here.mean, there.mean),
        length=math.log(here.weight + 0.3),
        ratio=math.log((there.weight + 0.3) / (here.weight + 0.3)),
        others_ratio=math.log((float(others[1, 0]) + _USUAL_WEIGHT) / (float(others[0, 0]) + _USUAL_WEIGHT)),
        others_missing=(float(others[0, 1]) + _USUAL_SHARE * _USUAL_BEADS) / (n_others + _USUAL_BEADS),
        lost=min(3.0, lost),
        kept=min(3.0, sum(o.status == "kept" for o in bead.outcomes)),
        changed=min(3.0, sum(o.status == "changed" for o in bead.outcomes)),
        negation=float(bead.turned is not None and bead.turned.axis == NEGATION),
        opposite=float(bead.turned is not None and bead.turned.axis != NEGATION),
        copied=_copied(bead),
    )


def _cosine(one: Floats, two: Floats) -> float:
    length = float(np.linalg.norm(one) * np.linalg.norm(two))
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
