"""Run the dynamic programme over the cells of a band: the best path, or the probability of every step.

Scores are log weights. A path goes from cell (0, 0) to (n, m) by beads (a, b), by drops (1, 0) and by inserts
(0, 1). A run of drops, or of inserts, pays once for being opened, since what has no counterpart comes in
passages (affine gaps, Gotoh 1982). Where both meet, the drops come first: no two paths say the same.
Three states: M after a bead, D after a drop, I after an insert.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from consistency.alignment.bands import Band
from consistency.alignment.spans import SPAN

Doubles = NDArray[np.float64]
Path = list[tuple[int, int]]
N_SHAPES = SPAN * SPAN


@dataclass(frozen=True, slots=True)
class Scores:
    """Hold the log weight of every step over a band.

    beads: (N_SHAPES, cells) by shape, (a - 1) · SPAN + b - 1, and the cell where the bead ends; -inf = none.
    drops: (n,) of leaving out a source segment; inserts: (m,) of leaving out a target segment.
    opening: of beginning a run of either.
    """

    band: Band
    beads: NDArray[np.float32]
    drops: Doubles
    inserts: Doubles
    opening: float


@dataclass(frozen=True, slots=True)
class Forward:
    """Hold the log weight of all ways to each cell, (cells + 1,), by the state they end in, and of any state."""

    bead: Doubles
    drop: Doubles
    insert: Doubles
    total: Doubles


@dataclass(frozen=True, slots=True)
class Posterior:
    """Hold the probability of every step by the cell where it ends.

    beads: (N_SHAPES, cells); drops, inserts: (cells,); openings: expected number of opened runs.
    log_weight: of all paths together.
    """

    beads: NDArray[np.float32]
    drops: NDArray[np.float32]
    inserts: NDArray[np.float32]
    openings: float
    log_weight: float


def rows_of(band: Band) -> list[slice]:
    """Return the flat range of each row."""
    ends = band.offsets.tolist()
    return [slice(start, stop) for start, stop in zip(ends, ends[1:], strict=False)]


def empty(band: Band) -> Doubles:
    """Return -inf for each cell and one for outside."""
    return np.full(band.size + 1, -np.inf)


def _log_sum(values: Doubles) -> Doubles:
    """Return log(sum(exp(values))) over the first axis; -inf where nothing is finite."""
    top = values.max(axis=0)
    safe = np.where(np.isfinite(top), top, 0)
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(np.exp(values - safe).sum(axis=0)) + safe)


def forward(scores: Scores) -> Forward:
    """Return the summed log weights of all paths from the first cell to each cell."""
    band = scores.band
    bead, drop, insert, total = empty(band), empty(band), empty(band), empty(band)
    running = _running(scores)
    for i, cells in enumerate(rows_of(band)):
        if i == 0:
            bead[0] = 0.0
        else:
            ways = total[band.before[1:, 1:, cells]].reshape(N_SHAPES, -1)
            bead[cells] = _log_sum(ways + scores.beads[:, cells])
            above = band.before[1, 0, cells]
            drop[cells] = np.logaddexp(bead[above] + scores.opening, drop[above]) + scores.drops[i - 1]
        settled = np.logaddexp(bead[cells], drop[cells])
        sums = running[cells]
        entered = np.logaddexp.accumulate(settled + scores.opening - sums)
        insert[cells.start + 1 : cells.stop] = entered[:-1] + sums[1:]
        total[cells] = np.logaddexp(settled, insert[cells])
    return Forward(bead, drop, insert, total)


def _running(scores: Scores) -> Doubles:
    """Return for each cell the summed weight of all inserts before its column."""
    sums = np.concatenate([[0.0], np.cumsum(scores.inserts)])
    return np.asarray(sums[scores.band.columns])


def posterior(scores: Scores) -> Posterior:
    """Return the probability of each step over all paths."""
    band, opening = scores.band, scores.opening
    before = forward(scores)
    after = _backward(scores)
    whole = float(before.total[band.size - 1])
    rows, columns = band.rows, band.columns
    beads = np.empty(scores.beads.shape, np.float32)
    for shape in range(N_SHAPES):  # one by one, so that memory stays small
        start = band.before[shape // SPAN + 1, shape % SPAN + 1]
        weight = before.total[start] + scores.beads[shape] + after.bead[:-1] - whole
        beads[shape] = np.exp(weight)
    tail = np.append(-np.inf, scores.drops)[rows] + after.drop[:-1] - whole
    above = band.before[1, 0]
    opened = np.exp(before.bead[above] + opening + tail)
    drops = opened + np.exp(before.drop[above] + tail)
    openings = float(opened.sum())
    tail = np.append(-np.inf, scores.inserts)[columns] + after.insert[:-1] - whole
    left = np.where(columns > band.low[rows], np.arange(band.size) - 1, band.size)
    opened = np.exp(np.logaddexp(before.bead[left], before.drop[left]) + opening + tail)
    inserts = opened + np.exp(before.insert[left] + tail)
    openings += float(opened.sum())
    return Posterior(beads, drops.astype(np.float32), inserts.astype(np.float32), openings, whole)


@dataclass(frozen=True, slots=True)
class _After:
    """Hold the log weight of all ways from each cell to the last, by the state that the cell is in."""

    bead: Doubles
    drop: Doubles
    insert: Doubles


def _backward(scores: Scores) -> _After:
    band, opening = scores.band, scores.opening
    after = _After(empty(band), empty(band), empty(band))
    running = _running(scores)
    beads = np.append(scores.beads, np.full((N_SHAPES, 1), -np.inf, np.float32), axis=1)
    shapes = np.arange(N_SHAPES)[:, None]
    n = len(band.low) - 1
    for i, cells in reversed(list(enumerate(rows_of(band)))):
        behind = band.behind[1:, 1:, cells].reshape(N_SHAPES, -1)
        onward = _log_sum(after.bead[behind] + beads[shapes, behind])
        if i == n:
            onward[-1] = 0.0
        sums = running[cells]
        reach = np.logaddexp.accumulate((onward + sums)[::-1])[::-1] - sums
        after.insert[cells] = reach
        settled = np.logaddexp(onward, np.append(reach[1:] + np.diff(sums), -np.inf) + opening)
        dropped = after.drop[band.behind[1, 0, cells]] + (scores.drops[i] if i < n else -np.inf)
        after.drop[cells] = np.logaddexp(settled, dropped)
        after.bead[cells] = np.logaddexp(settled, dropped + opening)
    return after
