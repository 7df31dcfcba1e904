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

    beads: (SPAN, SPAN, cells) by shape and the cell where the bead ends, -inf = not there.
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
    """Hold the log weight of all ways to each cell: (cells,) by the state they end in, and of any state."""

    bead: Doubles
    drop: Doubles
    insert: Doubles
    total: Doubles


@dataclass(frozen=True, slots=True)
class Posterior:
    """Hold the probability of every step by the cell where it ends.

    beads: (SPAN, SPAN, cells); drops, inserts: (cells,); openings: expected number of opened runs.
    log_weight: of all paths together.
    """

    beads: NDArray[np.float32]
    drops: NDArray[np.float32]
    inserts: NDArray[np.float32]
    openings: float
    log_weight: float


def _row(band: Band, i: int) -> slice:
    return slice(int(band.offsets[i]), int(band.offsets[i + 1]))


def _from_row(band: Band, values: Doubles, i: int, other: int) -> Doubles:
    """Return the values of row `other` in the columns of row i, -inf where it has none."""
    result = np.full(int(band.high[i] - band.low[i]) + 1, -np.inf)
    shift = int(band.low[other] - band.low[i])
    row = values[_row(band, other)]
    start, stop = max(shift, 0), min(shift + len(row), len(result))
    if stop > start:
        result[start:stop] = row[start - shift : stop - shift]
    return result


def _bead_ways(band: Band, total: Doubles, i: int) -> Doubles:
    """Return (SPAN, SPAN, width): for each shape and cell of row i the weight of the cell where a bead starts."""
    width = int(band.high[i] - band.low[i]) + 1
    ways = np.full((SPAN, SPAN, width), -np.inf)
    padded = np.empty(width + SPAN)
    for a in range(1, min(SPAN, i) + 1):
        # padded[t] stands for column low[i] - SPAN + t of the upper row
        padded.fill(-np.inf)
        row = total[_row(band, i - a)]
        shift = int(band.low[i - a] - band.low[i]) + SPAN
        start, stop = max(shift, 0), min(shift + len(row), width + SPAN)
        if stop > start:
            padded[start:stop] = row[start - shift : stop - shift]
        for b in range(1, SPAN + 1):
            ways[a - 1, b - 1] = padded[SPAN - b : SPAN - b + width]
    return ways


def _log_sum(values: Doubles) -> Doubles:
    """Return log(sum(exp(values))) over the first axis; -inf where nothing is finite."""
    top = values.max(axis=0)
    safe = np.where(np.isfinite(top), top, 0)
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(np.exp(values - safe).sum(axis=0)) + safe)


def _first_row(width: int) -> Doubles:
    row = np.full(width, -np.inf)
    row[0] = 0.0
    return row


def forward(scores: Scores) -> Forward:
    """Return the summed log weights of all paths from the first cell to each cell."""
    band = scores.band
    bead, drop, insert, total = (np.full(band.size, -np.inf) for _ in range(4))
    running = np.concatenate([[0.0], np.cumsum(scores.inserts)])
    for i in range(len(band.low)):
        cells = _row(band, i)
        width = cells.stop - cells.start
        if i == 0:
            bead[cells] = _first_row(width)
        else:
            ways = _bead_ways(band, total, i) + scores.beads[:, :, cells]
            bead[cells] = _log_sum(ways.reshape(N_SHAPES, width))
            opened = _from_row(band, bead, i, i - 1) + scores.opening
            drop[cells] = np.logaddexp(opened, _from_row(band, drop, i, i - 1)) + scores.drops[i - 1]
        settled = np.logaddexp(bead[cells], drop[cells])
        sums = running[band.columns[cells]]
        entered = np.logaddexp.accumulate(settled + scores.opening - sums)
        insert[cells.start + 1 : cells.stop] = entered[:-1] + sums[1:]
        total[cells] = np.logaddexp(settled, insert[cells])
    return Forward(bead, drop, insert, total)


def posterior(scores: Scores) -> Posterior:
    """Return the probability of each step over all paths."""
    band, opening = scores.band, scores.opening
    before = forward(scores)
    n, whole = len(band.low) - 1, float(before.total[-1])
    # What follows a cell, by the state that it is in.
    after_bead, after_drop, after_insert = (np.full(band.size, -np.inf) for _ in range(3))
    beads = np.zeros(scores.beads.shape, np.float32)
    drops, inserts = np.zeros(band.size, np.float32), np.zeros(band.size, np.float32)
    openings = 0.0
    running = np.concatenate([[0.0], np.cumsum(scores.inserts)])
    ended: dict[int, Doubles] = {}
    for i in range(n, -1, -1):
        cells = _row(band, i)
        onward = _onward(band, ended, i)
        if i == n:
            onward[-1] = 0.0
        # inserts: those that end here, seen from the column before
        sums = running[band.columns[cells]]
        reach = np.logaddexp.accumulate((onward + sums)[::-1])[::-1] - sums
        after_insert[cells] = reach
        inserted = np.append(reach[1:] + np.diff(sums), -np.inf)
        settled = np.logaddexp(onward, inserted + opening)
        after_bead[cells] = after_drop[cells] = settled
        if i < n:
            dropped = _from_row(band, after_drop, i, i + 1) + scores.drops[i]
            after_drop[cells] = np.logaddexp(settled, dropped)
            after_bead[cells] = np.logaddexp(settled, dropped + opening)
        if i:
            ended[i] = scores.beads[:, :, cells] + after_bead[cells]
            beads[:, :, cells] = np.exp(_bead_ways(band, before.total, i) + ended[i] - whole)
            tail = scores.drops[i - 1] + after_drop[cells] - whole
            opened = np.exp(_from_row(band, before.bead, i, i - 1) + opening + tail)
            drops[cells] = opened + np.exp(_from_row(band, before.drop, i, i - 1) + tail)
            openings += float(opened.sum())
        tail = np.diff(sums) + reach[1:] - whole
        first, last = slice(cells.start, cells.stop - 1), slice(cells.start + 1, cells.stop)
        opened = np.exp(np.logaddexp(before.bead[first], before.drop[first]) + opening + tail)
        inserts[last] = opened + np.exp(before.insert[first] + tail)
        openings += float(opened.sum())
        ended.pop(i + SPAN, None)
    return Posterior(beads, drops, inserts, openings, whole)


def _onward(band: Band, ended: dict[int, Doubles], i: int) -> Doubles:
    """Return the summed weight of all beads that start in row i, each with all that follows it."""
    width = int(band.high[i] - band.low[i]) + 1
    ways = np.full((N_SHAPES, width), -np.inf)
    for a in range(1, SPAN + 1):
        if i + a not in ended:
            continue
        lower = ended[i + a][a - 1]
        shift = int(band.low[i] - band.low[i + a])  # column low[i] is entry `shift` of the lower row
        for b in range(1, SPAN + 1):
            start, stop = max(-shift - b, 0), min(lower.shape[1] - shift - b, width)
            if stop > start:
                ways[(a - 1) * SPAN + b - 1, start:stop] = lower[b - 1, start + shift + b : stop + shift + b]
    return _log_sum(ways)
