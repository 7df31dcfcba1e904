"""Measure every span of up to SPAN neighbouring segments of one side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from consistency.alignment.sides import Floats, Side

Vectors = NDArray[np.float32]
SPAN = 5  # the longest run of segments on one side of a bead


@dataclass(frozen=True, slots=True)
class Spans:
    """Hold one figure for each span of a side; entry [k - 1, i] is the span of k segments that ends before i.

    All arrays are (SPAN, n + 1); NaN where the span would begin before the first segment.
    norms: length of the weighted sum of vectors, 0 = nothing known; tokens, characters: totals;
    crossings: block boundaries inside; starts: 1 where the span begins a block; headings: 1 where it begins
    in a heading or title; codes: 1 where it begins in code; levels: level of its first block.
    expected: (SPAN, SPAN, n + 1), [k - 1, l - 1, i] = mean cosine with all of the other side's spans of l segments.
    """

    norms: Floats
    tokens: Floats
    characters: Floats
    crossings: Floats
    starts: Floats
    kinds: Floats
    levels: Floats
    expected: Floats


    def backward(self) -> Spans:
        """Return the figures of the same side read backwards."""
        return Spans(*(backward(getattr(self, field.name)) for field in fields(self)))


KINDS = {"title": 1, "heading": 1, "code": 2, "row": 3, "item": 4}  # all else, running text: 0


def span_sums(values: Vectors) -> list[Vectors]:
    """Return for k = 1..SPAN the sums of k neighbouring rows of (n, …), by their last row, (n - k + 1, …)."""
    sums = [values]
    for k in range(2, SPAN + 1):
        sums.append(sums[-1][1:] + values[: max(len(values) - k + 1, 0)] if len(values) >= k else values[:0])
    return sums


def table(rows: Sequence[Vectors], n: int) -> Floats:
    """Return rows of lengths n, n - 1, … as (SPAN, n + 1), each set to the right."""
    table = np.full((SPAN, n + 1), np.nan, np.float32)
    for k, row in enumerate(rows, 1):
        if len(row):
            table[k - 1, k:] = row
    return table


def backward(table: Floats) -> Floats:
    """Return a table of spans, (SPAN, …, n + 1), as it is where the side is read backwards."""
    turned = np.full_like(table, np.nan)
    for k in range(1, SPAN + 1):
        turned[k - 1, ..., k:] = table[k - 1, ..., k:][..., ::-1]
    return turned


def _by_first(values: Vectors) -> Floats:
    """Return the value of each span's first segment as a table."""
    n = len(values)
    return table([values[: max(n - k + 1, 0)] for k in range(1, SPAN + 1)], n)


def span_vectors(side: Side) -> list[Vectors]:
    """Return for k = 1..SPAN the unit vectors of the spans of k segments, (n - k + 1, d); zero = unknown."""
    vectors = []
    for sums in span_sums(side.vectors * side.weights[:, None]):
        norms = np.linalg.norm(sums, axis=1, keepdims=True)
        vectors.append((sums / np.where(norms > 0, norms, 1)).astype(np.float32))
    return vectors


def _expected(vectors: Sequence[Vectors], others: Sequence[Vectors], n: int) -> Floats:
    """Return the mean cosine of each span with the other side's spans, by their size.

    Exact, without a sample: the mean of dot products is the dot product with the mean.
    """
    expected = np.full((SPAN, SPAN, n + 1), np.nan, np.float32)
    for index, other in enumerate(others):
        if len(other):
            mean = other.mean(axis=0)
            expected[:, index] = table([rows @ mean for rows in vectors], n)
    return expected


def measure_spans(side: Side, vectors: Sequence[Vectors], others: Sequence[Vectors]) -> Spans:
    """Return the figures of all spans of a side; vectors: its span vectors, others: what chance is taken from."""
    n = len(side)
    blocks = np.asarray(side.blocks)
    new = np.concatenate([[1], blocks[1:] != blocks[:-1]]).astype(np.float32)
    kinds = np.array([KINDS.get(kind, 0) for kind in side.kinds], np.float32)
    entered = table(span_sums(new), n)
    starts = _by_first(new)
    norms = [np.linalg.norm(rows, axis=1) for rows in span_sums(side.vectors * side.weights[:, None])]
    return Spans(
        norms=table(norms, n),
        tokens=table(span_sums(side.weights.astype(np.float32)), n),
        characters=table(span_sums(side.lengths.astype(np.float32)), n),
        crossings=entered - starts,
        starts=starts,
        kinds=_by_first(kinds),
        levels=_by_first(np.asarray(side.levels, np.float32)),
        expected=_expected(vectors, others, n),
    )
