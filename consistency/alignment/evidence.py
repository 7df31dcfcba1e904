"""Gather what speaks for and against each bead, as named figures that the weights are fitted to.

Every figure is set against what is usual in this pair of copies (`Scale`), so that no constant knows the
embedder or the languages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from consistency.alignment.measures import Measures, Scale
from consistency.alignment.sides import Floats

USUAL_QUALITY = 2.3  # similarity of true pairs over its scatter, in the languages the embedded model knows
POOR_STANDING = 0.95  # below, the embedder hardly knows the language: no ground to call text left out
UNKNOWN = 0.6  # stands for the similarity of a span without a known token: neither for nor against
LEAST, MOST = -12.0, 8.0  # bounds of one likelihood ratio, in nats: no single figure decides all
Figures = Iterator[tuple[str, Floats | float]]


def bead_figures(measures: Measures, a: int, b: int, scale: Scale) -> Figures:
    """Yield the named figures of the beads of one shape, each (cells,) or one number for all."""
    normal = measures.normal[a, b]
    if a + b > 2:
        yield from _shape_figures(a, b)
        yield "many", scale.many
        yield "gain", _gain(measures, a, b, scale)
        yield "weakest", _weakest(measures, a, b, scale)
    if min(a, b) > 1:
        yield "split", _split(measures, a, b, scale)
    similar = _or_unknown(measures, a, b, normal / np.float32(scale.similarity), UNKNOWN)
    yield "similar", similar
    yield "similar low", np.minimum(similar, np.float32(0.5))
    ratio = _or_unknown(measures, a, b, _likelihood_ratio(measures, a, b, scale), 0.0)
    yield "ratio", ratio
    yield "ratio quality", ratio * np.float32(quality(measures, scale))
    yield "ratio lower", np.minimum(ratio + 4, 0)
    drift = np.minimum(np.abs(measures.drift(a, b, scale.ratio)) / np.float32(scale.drift), 4)
    yield "length", drift
    if a + b > 2:
        yield "length more", drift
    yield from _anchor_figures(measures, a, b)
    if scale.structure > 0:
        yield from _block_figures(measures, a, b, scale)


def null_figures(measures: Measures, scale: Scale) -> tuple[Mapping[str, Floats], Mapping[str, Floats]]:
    """Return the named figures of leaving a segment without a counterpart: (n,) and (m,) each."""
    sides = []
    for side, best, anchors in (
        (measures.source, measures.best[0], measures.left_anchors),
        (measures.target, measures.best[1], measures.right_anchors),
    ):
        like = best / np.float32(scale.similarity)
        figures = {
            "null": np.ones(len(side), np.float32),
            "null tokens": (np.log1p(side.weights) - 3).astype(np.float32),
            "null best": np.clip(like, 0, 1.5),
            "null high": np.clip(like - 0.6, 0, 1),
            "null anchors": np.minimum(anchors, 12),
        }
        sides.append(figures)
    return sides[0], sides[1]


def opening_figures(measures: Measures, scale: Scale) -> Mapping[str, float]:
    """Return the named figures of beginning a run of segments without a counterpart."""
    return {
        "opening": 1.0,
        "opening quality": quality(measures, scale),
        "opening poor": min(measures.standing - POOR_STANDING, 0.0),
        "opening many": scale.many,
        "opening rate": scale.gaps,
    }


def quality(measures: Measures, scale: Scale) -> float:
    """Return how well similarity tells true pairs from chance here, as log share of the usual."""
    scatter = np.hypot(scale.spread, measures.noise[1, 1])
    return float(np.log(scale.similarity / scatter / USUAL_QUALITY))


def _shape_figures(a: int, b: int) -> Figures:
    if min(a, b) == 1:
        yield f"shape 1:{max(a, b)}", 1.0
    else:
        yield "shape 2:2", 1.0
        yield "shape larger", float(a + b - 4)


def _or_unknown(measures: Measures, a: int, b: int, values: Floats, neutral: float) -> Floats:
    """Return the values with `neutral` where a span has no known token; NaN stays where no bead fits."""
    unknown = np.isnan(values) & ~np.isnan(measures.shared[a, b])
    return np.where(unknown, np.float32(neutral), values)


def _likelihood_ratio(measures: Measures, a: int, b: int, scale: Scale) -> Floats:
    """Return the log likelihood ratio of a true pair against chance, both taken as normal."""
    normal, usual = measures.normal[a, b], np.float32(scale.similarity)
    true = (np.minimum(normal, usual) - usual) / np.float32(scale.spread)
    false = np.maximum(normal, 0) / measures.noise[a, b]
    return np.clip((false * false - true * true) / 2, LEAST, MOST)


def _split(measures: Measures, a: int, b: int, scale: Scale) -> Floats:
    """Return what the bead's similarity has before the best way to cut it into two beads."""
    normal = measures.normal
    best = np.full(measures.band.size, -np.inf, np.float32)
    for p in range(1, a):
        for q in range(1, b):
            share = np.float32((p + q) / (a + b))
            first = measures.at(normal[p, q], a - p, b - q)
            best = np.fmax(best, first * share + normal[a - p, b - q] * (1 - share))
    return _against_usual(normal[a, b] - best, scale)


def _gain(measures: Measures, a: int, b: int, scale: Scale) -> Floats:
    """Return the least that any outer segment of the bead adds to its similarity."""
    without: list[Floats] = []
    if a > 1:
        part = measures.normal[a - 1, b]
        without += [part, measures.at(part, 1, 0)]
    if b > 1:
        part = measures.normal[a, b - 1]
        without += [part, measures.at(part, 0, 1)]
    return _against_usual(measures.normal[a, b] - np.maximum.reduce(without), scale)


def _against_usual(gain: Floats, scale: Scale) -> Floats:
    clipped: Floats = np.clip(np.nan_to_num(gain / np.float32(scale.similarity), nan=0.0), -0.5, 0.5)
    return clipped


def _weakest(measures: Measures, a: int, b: int, scale: Scale) -> Floats:
    """Return the similarity of the outer segment that is least like the other side of the bead."""
    parts: list[Floats] = []
    if a > 1:
        single = measures.normal[1, b]
        parts += [single, measures.at(single, a - 1, 0)]
    if b > 1:
        single = measures.normal[a, 1]
        parts += [single, measures.at(single, 0, b - 1)]
    weakest = np.minimum.reduce([np.nan_to_num(part, nan=0.0) for part in parts])
    clipped: Floats = np.clip(weakest / np.float32(scale.similarity), -0.5, 1.0)
    return clipped


def _anchor_figures(measures: Measures, a: int, b: int) -> Figures:
    """Yield the weight of anchors in common, and of those that only one side has here and the other elsewhere."""
    left = measures.anchor_totals[0][a - 1][measures.band.rows]
    right = measures.anchor_totals[1][b - 1][measures.band.columns]
    shared = np.minimum(measures.shared[a, b], np.minimum(left, right))
    yield "anchors", np.minimum(shared, 12)
    yield "conflict", np.minimum(left + right - 2 * shared, 12)


def _block_figures(measures: Measures, a: int, b: int, scale: Scale) -> Figures:
    """Yield how well the blocks of the two spans fit, weighed by how well they do on the whole."""
    rows, columns = measures.band.rows, measures.band.columns
    left, right = measures.left, measures.right
    weight = np.float32(scale.structure)
    kinds = left.kinds[a - 1][rows], right.kinds[b - 1][columns]
    differ = kinds[0] != kinds[1]
    # headings (1) and code (2) stand out; a paragraph may well become a list or a row
    hard = differ & (np.isin(kinds[0], (1, 2)) | np.isin(kinds[1], (1, 2)))
    levels = (kinds[0] == 1) & ~differ & (left.levels[a - 1][rows] != right.levels[b - 1][columns])
    yield "kind", weight * hard
    yield "kind mild", weight * (differ & ~hard)
    yield "level", weight * levels
    starts = left.starts[a - 1][rows], right.starts[b - 1][columns]
    yield "starts", weight * (starts[0] * starts[1])
    yield "starts apart", weight * np.abs(starts[0] - starts[1])
    if a + b > 2:
        yield "crosses", weight * np.minimum(left.crossings[a - 1][rows] + right.crossings[b - 1][columns], 4)
