"""Find the heaviest path through the lattice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from consistency.alignment.bands import Band
from consistency.alignment.lattice import N_SHAPES, Path, Scores, empty, rows_of
from consistency.alignment.spans import SPAN


@dataclass(frozen=True, slots=True)
class _Trail:
    """Remember for each cell how its best way came, state by state.

    shape: of the bead, a running number; opened: the drop opens its run; dropped: a drop is better than a bead;
    entered: the column where the run of inserts that ends here began; inserted: an insert is the best.
    """

    shape: NDArray[np.int8]
    opened: NDArray[np.bool_]
    dropped: NDArray[np.bool_]
    entered: NDArray[np.int64]
    inserted: NDArray[np.bool_]


def best_path(scores: Scores) -> Path:
    """Return the cells of the heaviest path, from (0, 0) to (n, m)."""
    band = scores.band
    bead, drop, total = empty(band), empty(band), empty(band)
    trail = _Trail(
        shape=np.zeros(band.size, np.int8),
        opened=np.zeros(band.size, np.bool_),
        dropped=np.zeros(band.size, np.bool_),
        entered=np.zeros(band.size, np.int64),
        inserted=np.zeros(band.size, np.bool_),
    )
    sums_of = np.concatenate([[0.0], np.cumsum(scores.inserts)])
    for i, cells in enumerate(rows_of(band)):
        width = cells.stop - cells.start
        if i == 0:
            bead[0] = 0.0
        else:
            ways = total[band.before[1:, 1:, cells]].reshape(N_SHAPES, -1) + scores.beads[:, cells]
            trail.shape[cells] = shape = ways.argmax(axis=0)
            bead[cells] = ways[shape, np.arange(width)]
            above = band.before[1, 0, cells]
            opened, going = bead[above] + scores.opening, drop[above]
            trail.opened[cells] = opened >= going
            drop[cells] = np.maximum(opened, going) + scores.drops[i - 1]
        trail.dropped[cells] = drop[cells] > bead[cells]
        settled = np.maximum(bead[cells], drop[cells])
        columns = band.columns[cells]
        sums = sums_of[columns]
        lifted = settled + scores.opening - sums
        reached = np.maximum.accumulate(lifted)
        first = np.maximum.accumulate(np.where(lifted >= reached, np.arange(width), 0))
        insert = np.append(-np.inf, reached[:-1] + sums[1:])
        trail.entered[cells] = columns[np.append(0, first[:-1])]
        trail.inserted[cells] = insert > settled
        total[cells] = np.maximum(settled, insert)
    return _trace(band, trail)


def _trace(band: Band, trail: _Trail) -> Path:
    """Return the path that the trail leads back along from the last cell."""
    i, j = len(band.low) - 1, int(band.high[-1])
    path = [(i, j)]
    going = False  # inside a run of drops
    while i or j:
        cell = band.cell(i, j)
        if not going and trail.inserted[cell]:
            begun = int(trail.entered[cell])
            path += [(i, column) for column in range(j - 1, begun - 1, -1)]
            cell, j = cell - (j - begun), begun
        if not i and not j:
            break
        if going or trail.dropped[cell]:
            going = not trail.opened[cell]
            i -= 1
        else:
            shape = int(trail.shape[cell])
            i, j = i - shape // SPAN - 1, j - shape % SPAN - 1
        path.append((i, j))
    return path[::-1]
