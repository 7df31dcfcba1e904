"""Find the heaviest path through the lattice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from consistency.alignment.bands import Band
from consistency.alignment.lattice import N_SHAPES, Path, Scores, _bead_ways, _first_row, _from_row, _row
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
    bead, drop, total = (np.full(band.size, -np.inf) for _ in range(3))
    trail = _Trail(
        np.zeros(band.size, np.int8),
        np.zeros(band.size, np.bool_),
        np.zeros(band.size, np.bool_),
        np.zeros(band.size, np.int64),
        np.zeros(band.size, np.bool_),
    )
    running = np.concatenate([[0.0], np.cumsum(scores.inserts)])
    for i in range(len(band.low)):
        cells = _row(band, i)
        width = cells.stop - cells.start
        if i == 0:
            bead[cells] = _first_row(width)
        else:
            ways = (_bead_ways(band, total, i) + scores.beads[:, :, cells]).reshape(N_SHAPES, width)
            trail.shape[cells] = ways.argmax(axis=0)
            bead[cells] = ways.max(axis=0)
            opened, going = _from_row(band, bead, i, i - 1) + scores.opening, _from_row(band, drop, i, i - 1)
            trail.opened[cells] = opened >= going
            drop[cells] = np.maximum(opened, going) + scores.drops[i - 1]
        trail.dropped[cells] = drop[cells] > bead[cells]
        settled = np.maximum(bead[cells], drop[cells])
        columns = band.columns[cells]
        lifted = settled + scores.opening - running[columns]
        reached = np.maximum.accumulate(lifted)
        first = np.maximum.accumulate(np.where(lifted >= reached, np.arange(width), 0))
        insert = np.concatenate([[-np.inf], reached[:-1] + running[columns[1:]]])
        trail.entered[cells] = columns[np.concatenate([[0], first[:-1]])]
        trail.inserted[cells] = insert > settled
        total[cells] = np.maximum(settled, insert)
    return _trace(band, trail)


def _trace(band: Band, trail: _Trail) -> Path:
    """Return the path that the trail leads back along from the last cell."""
    i, j = len(band.low) - 1, int(band.high[-1])
    path = [(i, j)]
    going = False  # inside a run of drops
    while i or j:
        cell = int(band.offsets[i] + j - band.low[i])
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
