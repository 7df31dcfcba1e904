"""Gather what speaks for and against each bead, as named figures that the weights are fitted to.

Every figure is set against what is usual in this pair of copies (`Scale`), so that no constant knows the
embedder or the languages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from consistency.alignment.contrasts import borders, contrasts
from consistency.alignment.measures import Measures, Scale
from consistency.alignment.sides import Floats
from consistency.alignment.spans import SPAN

USUAL_QUALITY = 2.3  # similarity of true pairs over its scatter, in the languages the embedded model knows
POOR_STANDING = 0.95  # below, the embedder hardly knows the language: no ground to call text left out
UNKNOWN = 0.6  # stands for the similarity of a span without a known token: neither for nor against
LEAST, MOST = -12.0, 8.0  # bounds of one likelihood ratio, in nats: no single figure decides all
_SIZES = np.arange(1, SPAN + 1)
_SMALLER = np.minimum(_SIZES[:, None], _SIZES)[..., None]
_TOTAL = (_SIZES[:, None] + _SIZES)[..., None]
# 1 for beads of more than one segment on a side, and on both: (SPAN, SPAN, 1).
LARGE = (_TOTAL > 2).astype(np.float32)
BOTH_LARGE = (_SMALLER > 1).astype(np.float32)
Figures = Iterator[tuple[str, Floats]]


def bead_figures(measures: Measures, scale: Scale, cells: slice) -> Figures:
    """Yield the named figures of all beads that end in these cells: (SPAN, SPAN, cells), or what spreads to it.

    A figure that a shape does not have is 0 there.
    """
    fixed = contrasts(measures, cells)
    normal = measures.normal[..., cells]
    yield from _shape_figures()
    yield "many", LARGE * np.float32(scale.many)
    yield "gain", LARGE * _against_usual(fixed.gain, scale)
    yield "weakest", LARGE * np.clip(fixed.weakest / np.float32(scale.similarity), -0.5, 1.0)
    yield "split", BOTH_LARGE * _against_usual(fixed.split, scale)
    similar = np.where(fixed.unknown, np.float32(UNKNOWN), normal / np.float32(scale.similarity))
    yield "similar", similar
    yield "similar low", np.minimum(similar, np.float32(0.5))
    ratio = np.where(fixed.unknown, np.float32(0.0), _likelihood_ratio(measures, normal, scale))
    yield "ratio", ratio
    yield "ratio quality", ratio * np.float32(quality(measures, scale))
    yield "ratio lower", np.minimum(ratio + 4, 0)
    drift = np.minimum(np.abs((fixed.lengths - np.float32(scale.ratio)) / fixed.usual) / np.float32(scale.drift), 4)
    yield "length", drift
    yield "length more", LARGE * drift
    yield "anchors", fixed.anchors
    yield "conflict", fixed.conflict
    if scale.structure > 0:
        yield from _block_figures(measures, scale, cells)


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
    scatter = np.hypot(scale.spread, measures.noise[0, 0])
    return float(np.log(scale.similarity / scatter / USUAL_QUALITY))


def _shape_figures() -> Figures:
    """Yield what only the shape of a bead tells, (SPAN, SPAN, 1)."""
    for size in range(2, SPAN + 1):
        yield f"shape 1:{size}", ((_SMALLER < 2) & (size == _TOTAL - 1)).astype(np.float32)
    yield "shape 2:2", BOTH_LARGE
    yield "shape larger", BOTH_LARGE * (_TOTAL - 4).astype(np.float32)


def _likelihood_ratio(measures: Measures, normal: Floats, scale: Scale) -> Floats:
    """Return the log likelihood ratio of a true pair against chance, both taken as normal."""
    usual = np.float32(scale.similarity)
    true = (np.minimum(normal, usual) - usual) / np.float32(scale.spread)
    false = np.maximum(normal, 0) / measures.noise[..., None]
    return np.clip((false * false - true * true) / 2, LEAST, MOST)


def _against_usual(gain: Floats, scale: Scale) -> Floats:
    share = gain / np.float32(scale.similarity)
    return np.asarray(np.clip(np.where(np.isnan(share), np.float32(0.0), share), -0.5, 0.5))


def _block_figures(measures: Measures, scale: Scale, cells: slice) -> Figures:
    """Yield how well the blocks of the two spans fit, weighed by how well they do on the whole."""
    found, weight = borders(measures, cells), np.float32(scale.structure)
    yield "kind", weight * found.kind
    yield "kind mild", weight * found.mild
    yield "level", weight * found.level
    yield "starts", weight * found.starts
    yield "starts apart", weight * found.apart
    yield "crosses", LARGE * (weight * found.crosses)
