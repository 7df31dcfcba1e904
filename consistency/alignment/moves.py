"""Find text that moved: among what the main line left over on both sides, pairs that are clearly each other's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from consistency.alignment.evidence import Evidence, Scale
from consistency.alignment.sides import Floats

ROWS = 512  # source rows looked at together, so that memory stays flat
MARGIN = 1.0  # standard deviations of chance by which a pair must beat either segment's next best


@dataclass(frozen=True, slots=True)
class Move:
    """Name a source and a target segment that are each other's, out of order; strength: in log odds."""

    source: int
    target: int
    cosine: float
    strength: float


@dataclass(frozen=True, slots=True)
class _Leftover:
    """Hold what is needed to compare the segments left over on one side."""

    index: NDArray[np.int64]
    vectors: Floats
    expected: Floats
    spread: Floats


def find_moves(evidence: Evidence, scale: Scale, dropped: list[int], inserted: list[int]) -> list[Move]:
    """Return the moved pairs among dropped and inserted segments, by source; one to one.

    A pair must be each other's best by a margin, be as alike as usual in these copies, and stand out from
    chance by more the more pairs there are to choose from; next to a pair that was found, less is asked.
    """
    if not dropped or not inserted:
        return []
    left = _leftover(evidence.source.vectors, evidence.left.expected[0, 0], evidence.left.spread[0, 0], dropped)
    right = _leftover(evidence.target.vectors, evidence.right.expected[0, 0], evidence.right.spread[0, 0], inserted)
    best = _best_pairs(left, right)
    asked = np.sqrt(2 * np.log(len(dropped) * len(inserted) + 1)) + 1.0
    usual = 0.7 * scale.similarity
    found = {}
    for row, (column, chance, rival, cosine) in best.items():
        expected = (left.expected[row] + right.expected[column]) / 2
        normal = (cosine - expected) / (1 - expected)
        if chance >= asked and chance - rival >= MARGIN and normal >= usual:
            found[int(left.index[row])] = Move(
                int(left.index[row]), int(right.index[column]), cosine, float(chance - asked)
            )
    return [found[i] for i in sorted(found)]


def _leftover(vectors: Floats, expected: Floats, spread: Floats, index: list[int]) -> _Leftover:
    chosen = np.asarray(index, np.int64)
    return _Leftover(chosen, vectors[chosen], expected[chosen + 1], spread[chosen + 1])


def _best_pairs(left: _Leftover, right: _Leftover) -> dict[int, tuple[int, float, float, float]]:
    """Return {row: (column, chance, next best chance of either, cosine)} of pairs that are each other's best."""
    n, m = len(left.index), len(right.index)
    column_best = np.full(m, -np.inf)
    column_next = np.full(m, -np.inf)
    column_row = np.zeros(m, np.int64)
    rows: list[tuple[int, float, float, float]] = []
    for start in range(0, n, ROWS):
        block = slice(start, min(start + ROWS, n))
        cosine = left.vectors[block] @ right.vectors.T
        expected = (left.expected[block, None] + right.expected[None]) / 2
        chance = (cosine - expected) * (1 / left.spread[block, None] + 1 / right.spread[None]) / 2
        order = np.argsort(chance, axis=0, kind="stable")
        top = np.take_along_axis(chance, order[-1:], 0)[0]
        second = np.take_along_axis(chance, order[-2:-1], 0)[0] if len(order) > 1 else np.full(m, -np.inf)
        column_next = np.maximum(np.minimum(top, column_best), np.maximum(column_next, second))
        column_row = np.where(top > column_best, order[-1] + start, column_row)
        column_best = np.maximum(column_best, top)
        for k, values in enumerate(chance):
            column = int(values.argmax())
            others = np.delete(values, column)
            rows.append((column, float(values[column]), float(others.max(initial=-np.inf)), float(cosine[k, column])))
    return {
        row: (column, chance, max(rival, float(column_next[column])), cosine)
        for row, (column, chance, rival, cosine) in enumerate(rows)
        if column_row[column] == row
    }
