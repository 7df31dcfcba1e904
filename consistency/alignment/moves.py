"""Find text that moved: among what the main line left over on both sides, pairs that are clearly each other's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from consistency.alignment.measures import Measures, Scale
from consistency.alignment.sides import Floats

ROWS = 512  # source rows looked at together, so that memory stays flat
USUAL, BESIDE = (
    0.7,
    0.5,
)  # share of the similarity of true pairs here that is asked, at first and beside a pair
MARGIN = 1.0  # standard deviations of chance by which a pair must beat either segment's next best


@dataclass(frozen=True, slots=True)
class Move:
    """Name a source and a target segment that are each other's, out of order; strength: in standard deviations of chance above what was asked."""

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


def find_moves(measures: Measures, scale: Scale, dropped: list[int], inserted: list[int]) -> list[Move]:
    """Return the moved pairs among dropped and inserted segments, by source; one to one.

    A pair must be each other's best by a margin, be as alike as usual in these copies, and stand out from
    chance by more the more pairs there are to choose from; next to a pair that was found, less is asked.
    """
    if not dropped or not inserted:
        return []
    left = _leftover(measures.source.vectors, measures.left.expected[0, 0], dropped)
    right = _leftover(measures.target.vectors, measures.right.expected[0, 0], inserted)
    noise = float(measures.noise[0, 0])
    asked = noise * (np.sqrt(2 * np.log(len(dropped) * len(inserted) + 1)) + 1.0)
    found: dict[int, Move] = {}
    for row, (column, normal, rival) in sorted(_best_pairs(left, right).items()):
        if normal >= max(asked, USUAL * scale.similarity) and normal - rival >= MARGIN * noise:
            i, j = int(left.index[row]), int(right.index[column])
            found[i] = _move(measures, i, j, (normal - asked) / noise)
    _grow(measures, found, set(dropped), set(inserted), max(2 * noise, BESIDE * scale.similarity))
    return [found[i] for i in sorted(found)]


def _move(measures: Measures, i: int, j: int, strength: float) -> Move:
    cosine = float(measures.source.vectors[i] @ measures.target.vectors[j])
    return Move(i, j, cosine, strength)


def _grow(
    measures: Measures, found: dict[int, Move], dropped: set[int], inserted: set[int], asked: float
) -> None:
    """Add pairs next to pairs in `found`: text moves by passages, so that a neighbour needs less to be believed."""
    taken = {move.target for move in found.values()}
    edge = [(i, move.target, step) for i, move in sorted(found.items()) for step in (1, -1)]
    while edge:
        i, j, step = edge.pop()
        i, j = i + step, j + step
        if i not in dropped or j not in inserted or i in found or j in taken:
            continue
        cosine = float(measures.source.vectors[i] @ measures.target.vectors[j])
        expected = float(measures.left.expected[0, 0, i + 1] + measures.right.expected[0, 0, j + 1]) / 2
        if (cosine - expected) / (1 - expected) < asked:
            continue
        found[i] = Move(i, j, cosine, 0.0)
        taken.add(j)
        edge.append((i, j, step))


def _leftover(vectors: Floats, expected: Floats, index: list[int]) -> _Leftover:
    chosen = np.asarray(index, np.int64)
    return _Leftover(chosen, vectors[chosen], expected[chosen + 1])


def _best_pairs(left: _Leftover, right: _Leftover) -> dict[int, tuple[int, float, float]]:
    """Return {row: (column, normalised similarity, next best of either)} of pairs that are each other's best."""
    m = len(right.index)
    column_best, column_next = np.full(m, -np.inf), np.full(m, -np.inf)
    column_row = np.zeros(m, np.int64)
    rows: list[tuple[int, float, float]] = []
    for start in range(0, len(left.index), ROWS):
        block = slice(start, start + ROWS)
        expected = (left.expected[block, None] + right.expected[None]) / 2
        normal = (left.vectors[block] @ right.vectors.T - expected) / (1 - expected)
        order = np.argsort(normal, axis=0, kind="stable")
        top = np.take_along_axis(normal, order[-1:], 0)[0]
        second = np.take_along_axis(normal, order[-2:-1], 0)[0] if len(order) > 1 else np.full(m, -np.inf)
        column_next = np.maximum(np.minimum(top, column_best), np.maximum(column_next, second))
        column_row = np.where(top > column_best, order[-1] + start, column_row)
        column_best = np.maximum(column_best, top)
        for values in normal:
            column = int(values.argmax())
            others = np.delete(values, column)
            rows.append((column, float(values[column]), float(others.max(initial=-np.inf))))
    return {
        row: (column, normal, max(rival, float(column_next[column])))
        for row, (column, normal, rival) in enumerate(rows)
        if column_row[column] == row
    }
