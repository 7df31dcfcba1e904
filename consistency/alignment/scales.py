"""Find out what is usual in a pair of copies: guessed at first, then taken from the path that was found."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from consistency.alignment.lattice import Path
from consistency.alignment.measures import PRIOR_SPREAD, Measures, Scale
from consistency.alignment.sides import Floats, Ints

PRIOR_SIMILARITY, SIMILARITY_PAIRS, SPREAD_PAIRS = 0.4, 3, 5  # what few pairs are drawn to, and how strongly
CAUTION = (
    0.5  # pairs that are each other's best are too good to be typical; too much asked at first loses all
)
USUAL_MANY, USUAL_GAPS, USUAL_STEPS = (
    0.1,
    0.05,
    15,
)  # share of n:m beads and of gaps, worth as much as so many steps
DRIFT_PAIRS = 10


def first_scale(measures: Measures) -> Scale:
    """Return what is usual in this pair before anything is aligned: pairs that are each other's best."""
    band = measures.band
    singles = measures.normal[0, 0, :-1]
    similar = np.where(np.isnan(singles), -np.inf, singles)
    best_row = np.full(len(measures.source) + 1, -np.inf, np.float32)
    best_column = np.full(len(measures.target) + 1, -np.inf, np.float32)
    np.maximum.at(best_row, band.rows, similar)
    np.maximum.at(best_column, band.columns, similar)
    mutual = np.isfinite(similar) & (similar >= best_row[band.rows]) & (similar >= best_column[band.columns])
    ratio = np.log1p(measures.target.lengths.sum()) - np.log1p(measures.source.lengths.sum())
    own = mutual & _translated(measures, band.rows)
    similarity, _ = _usual(similar[own if own.any() else mutual])
    return Scale(CAUTION * similarity, float(ratio), structure=_first_structure(measures))


def _first_structure(measures: Measures) -> float:
    """Return how far to trust blocks before knowing better: half, where both sides have about as many."""
    counts = sorted(len(set(side.blocks)) for side in (measures.source, measures.target))
    return 0.5 * counts[0] / counts[1] if counts[0] > 1 else 0.0


def refined_scale(measures: Measures, path: Path, scale: Scale) -> Scale:
    """Return what is usual on a path that was found; the scale before where it has no bead."""
    beads = [(i, j, p, q) for (i, j), (p, q) in zip(path, path[1:], strict=False) if p > i and q > j]
    if not beads:
        return scale
    i, j, p, q = np.array(beads).T
    own = _translated(measures, p)
    ratio = _ratio(measures, i[own], j[own], p[own], q[own])
    ones = (p - i == 1) & (q - j == 1) & own
    cells = measures.band.offsets[p[ones]] + q[ones] - measures.band.low[p[ones]]
    similar = measures.normal[0, 0, cells]
    similarity, spread = _usual(similar[~np.isnan(similar)])
    many, gaps = int(((p - i) + (q - j) > 2).sum()), len(path) - 1 - len(beads)
    return Scale(
        similarity=similarity,
        ratio=ratio,
        spread=spread,
        structure=_structure(measures, i, j),
        many=_oftener(many, len(path) - 1, USUAL_MANY),
        gaps=_oftener(gaps, len(path) - 1, USUAL_GAPS),
        drift=_usual_drift(_drifts(measures, cells, ratio)),
    )


def _translated(measures: Measures, ends: Ints) -> NDArray[np.bool_]:
    """Tell whose source, which ends before `ends`, was not merely copied; all, where that is none of them."""
    copied = measures.source.copied
    own = np.ones(len(ends), bool) if copied is None else ~copied[np.maximum(ends, 1) - 1]
    return own if own.any() else ~own


def _usual(similarities: Floats) -> tuple[float, float]:
    """Return middle and deviation, drawn to the prior where there are few; medians, since some pairs are wrong."""
    k = len(similarities)
    middle = float(np.median(similarities)) if k else 0.0
    deviation = 1.4826 * float(np.median(np.abs(similarities - middle))) if k else 0.0
    middle = (k * middle + SIMILARITY_PAIRS * PRIOR_SIMILARITY) / (k + SIMILARITY_PAIRS)
    variance = (k * deviation**2 + SPREAD_PAIRS * PRIOR_SPREAD**2) / (k + SPREAD_PAIRS)
    return min(max(middle, 0.1), 1.0), float(np.sqrt(variance))


def _ratio(measures: Measures, i: Ints, j: Ints, p: Ints, q: Ints) -> float:
    """Return the log ratio of the characters of all beads [i, p) with [j, q)."""
    sums = [np.concatenate([[0], np.cumsum(side.lengths)]) for side in (measures.source, measures.target)]
    return float(np.log1p((sums[1][q] - sums[1][j]).sum()) - np.log1p((sums[0][p] - sums[0][i]).sum()))


def _drifts(measures: Measures, cells: Ints, ratio: float) -> Floats:
    """Return how far the lengths of 1:1 beads are from the log ratio, against what is usual."""
    own, usual = (figure[0, 0] for figure in measures.lengths(cells))
    return np.asarray((own - ratio) / usual, np.float32)


def _usual_drift(drifts: Floats) -> float:
    k = len(drifts)
    deviation = 1.4826 * float(np.median(np.abs(drifts))) if k else 0.0
    return float(np.sqrt((k * deviation**2 + DRIFT_PAIRS) / (k + DRIFT_PAIRS)))


def _oftener(count: int, steps: int, rate: float) -> float:
    """Return by how many nats something comes oftener than at this rate, few steps counting little."""
    return float(np.log((count + USUAL_STEPS * rate) / (steps + USUAL_STEPS) / rate))


def _structure(measures: Measures, i: Ints, j: Ints) -> float:
    """Return Cohen's kappa of "a block starts here" over the beads that start at (i, j); 0 if negative."""
    if len(set(measures.source.blocks)) < 2 or len(set(measures.target.blocks)) < 2:
        return 0.0
    left: NDArray[np.bool_] = measures.left.starts[0][i + 1] > 0
    right: NDArray[np.bool_] = measures.right.starts[0][j + 1] > 0
    agreed = float((left == right).mean())
    chance = float(left.mean() * right.mean() + (1 - left.mean()) * (1 - right.mean()))
    return max((agreed - chance) / (1 - chance), 0.0) if chance < 1 else 1.0
