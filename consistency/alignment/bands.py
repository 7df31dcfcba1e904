"""Define the cells of the alignment grid that are looked at: all of them, or a band around a path.

A cell (i, j) is a boundary: i source segments and j target segments lie before it. Cells are kept in one
flat array, row by row; row i holds the columns low[i]..high[i], both ends included.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from consistency.alignment.sides import Ints

REACH = 5  # the farthest step, in rows and in columns (spans.SPAN)


@dataclass(frozen=True)
class Band:
    """Hold the cells of a grid of (n + 1) × (m + 1) boundaries.

    low, high: (n + 1,) first and last column of each row, neither ever falls; low[0] = 0, high[n] = m.
    offsets: (n + 2,) where each row starts in the flat array; rows, columns: (cells,) of each cell.
    """

    low: Ints
    high: Ints
    offsets: Ints
    rows: Ints
    columns: Ints

    @property
    def size(self) -> int:
        """Return the number of cells."""
        return len(self.rows)

    def cell(self, i: int, j: int) -> int:
        """Return the flat index of a cell of the band."""
        return int(self.offsets[i] + j - self.low[i])

    @cached_property
    def before(self) -> NDArray[np.int32]:
        """Return (REACH + 1, REACH + 1, cells): by rows up and columns left the cell there; `size` where it is outside."""
        return self._steps(-1)

    @cached_property
    def behind(self) -> NDArray[np.int32]:
        """Return (REACH + 1, REACH + 1, cells): the same by rows down and columns right."""
        return self._steps(1)

    def _steps(self, sign: int) -> NDArray[np.int32]:
        steps = np.empty((REACH + 1, REACH + 1, self.size), np.int32)
        last = len(self.low) - 1
        columns = self.columns + sign * np.arange(REACH + 1)[:, None]
        for size in range(REACH + 1):
            row = self.rows + sign * size
            known = np.clip(row, 0, last)
            low = self.low[known]
            inside = (row == known) & (columns >= low) & (columns <= self.high[known])
            steps[size] = np.where(inside, self.offsets[known] - low + columns, self.size)
        return steps


def make_band(low: Ints, high: Ints) -> Band:
    """Return the band of these row ends."""
    widths = high - low + 1
    offsets = np.concatenate([[0], np.cumsum(widths)])
    rows = np.repeat(np.arange(len(low)), widths)
    columns = np.arange(offsets[-1]) - offsets[rows] + low[rows]
    return Band(low, high, offsets, rows, columns)


def full_band(n: int, m: int) -> Band:
    """Return every cell of the grid."""
    return make_band(np.zeros(n + 1, np.int64), np.full(n + 1, m, np.int64))


def band_around(path: Sequence[tuple[int, int]], n: int, m: int, reach: int) -> Band:
    """Return the cells at most `reach` rows and columns away from a path of cells from (0, 0) to (n, m)."""
    rows = np.array([i for i, _ in path])
    columns = np.array([j for _, j in path])
    wanted = np.arange(n + 1)
    # A step of several rows leaves rows without a cell: they take the column before for the lower end and
    # the column behind for the upper end, so that the whole bead lies inside.
    first = np.searchsorted(rows, wanted - reach, side="left")
    there = rows[np.minimum(first, len(rows) - 1)] == wanted - reach
    low = columns[np.maximum(np.where(there, first, first - 1), 0)]
    last = np.searchsorted(rows, wanted + reach, side="right") - 1
    beyond = (rows[last] < wanted + reach) & (last + 1 < len(rows))
    high = columns[last + beyond]
    low = np.maximum(low - reach, 0)
    high = np.minimum(high + reach, m)
    low[0], high[n] = 0, m
    return make_band(low.astype(np.int64), high.astype(np.int64))


def cell_products(band: Band, left: NDArray[np.float32], right: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return for each cell (i, j) the dot product of left[i - 1] and right[j - 1]; NaN where i or j is 0.

    left: (n, d), right: (m, d). Row blocks are multiplied whole and the band is cut out of the product.
    """
    products = np.full(band.size, np.nan, np.float32)
    n = len(left)
    for start in range(1, n + 1, 64):
        stop = min(start + 64, n + 1)
        first = max(int(band.low[start]), 1)
        last = int(band.high[stop - 1])
        if last < first:
            continue
        block = left[start - 1 : stop - 1] @ right[first - 1 : last].T
        cells = slice(int(band.offsets[start]), int(band.offsets[stop]))
        columns = band.columns[cells]
        values = block[band.rows[cells] - start, np.maximum(columns, first) - first]
        products[cells] = np.where(columns >= 1, values, np.nan)
    return products
