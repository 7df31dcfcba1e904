"""Measure a pair of sides over a band of cells: what is alike, for every bead shape, before anything is weighed.

Similarity is set against what the spans reach with the other side on average, as vecalign does with random
sentences: many-to-one beads, whose means are blander, gain nothing by it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from consistency.alignment.bands import Band, cell_products
from consistency.alignment.sides import Floats, Ints, Side
from consistency.alignment.spans import SPAN, Spans, backward, measure_spans, span_sums, span_vectors, table

PRIOR_EXPECTED = 0.1  # mean cosine of unrelated sentences, where an article is too short to tell
PRIOR_SPREAD = 0.13  # and how far it scatters
CHUNK = 4096  # cells worked on together: 25 shapes of them are 400 kB
COMMON = 3  # an anchor in more than one of so many segments tells nothing


@dataclass(frozen=True, slots=True)
class Scale:
    """Say what is usual in this pair of copies.

    similarity, spread: middle and deviation of true pairs, after normalisation by what chance reaches.
    ratio: log of target over source characters; drift: how far single pairs differ from it, 1 = as usual.
    structure: 0..1, how far block borders agree.
    many, gaps: nats by which n:m beads, and segments without a counterpart, come oftener than elsewhere.
    """

    similarity: float = 0.5
    ratio: float = 0.0
    spread: float = 0.15
    structure: float = 0.0
    many: float = 0.0
    gaps: float = 0.0
    drift: float = 1.0


class Measures:
    """Hold the figures of all beads in a band, computed once.

    cosine, normal, shared: (SPAN, SPAN, cells + 1), [a - 1, b - 1, the cell where the bead ends]; the last cell stands
    for all outside the band and is NaN. normal: (cosine - expected) / (1 - expected), NaN where a span has no known
    token or no bead fits; shared: weight of the anchors in common, NaN where no bead fits.
    left, right: the figures of the spans.
    left_anchors, right_anchors: (n,), (m,) weight of a segment's anchors that the other side has somewhere.
    """

    def __init__(self, source: Side, target: Side, band: Band) -> None:
        self.source, self.target, self.band = source, target, band
        left, right = span_vectors(source), span_vectors(target)
        self.left: Spans = measure_spans(source, left, right)
        self.right: Spans = measure_spans(target, right, left)
        self.left_anchors = np.zeros(len(source), np.float32)
        self.right_anchors = np.zeros(len(target), np.float32)
        self.remembered: dict[Any, Any] = {}  # of consistency.alignment.contrasts
        self.shared = self._box_sums(self._shared_anchors())
        weighted = [side.vectors * side.weights[:, None] for side in (source, target)]
        self.cosine = self._box_sums(cell_products(band, weighted[0], weighted[1]))
        self.normal = np.full_like(self.cosine, np.nan)
        for cells in chunks(band.size):
            self._normalise(cells)

    def backward(self, target: Side) -> Measures:
        """Return the figures with the target read backwards, which is given so; the band must be the whole grid.

        Nothing is measured again, for the beads are the same in another place. Blocks are as good backwards.
        """
        turned = copy(self)
        turned.target, turned.right, turned.remembered = target, self.right.backward(), {}
        turned.right_anchors = self.right_anchors[::-1]
        turned.cosine, turned.normal, turned.shared = map(self._backward, (self.cosine, self.normal, self.shared))
        for name in ("anchor_totals", "best"):
            turned.__dict__.pop(name, None)
        return turned

    def _backward(self, cells: Floats) -> Floats:
        turned = np.full_like(cells, np.nan)
        grid = (SPAN, SPAN, len(self.source) + 1, len(self.target) + 1)
        by_target = cells[..., :-1].reshape(grid).swapaxes(0, 1)
        turned[..., :-1] = backward(by_target).swapaxes(0, 1).reshape(SPAN, SPAN, -1)
        return turned

    def _box_sums(self, cells: Floats) -> Floats:
        """Return for each shape the sums of its a × b cells."""
        sums = np.full((SPAN, SPAN, self.band.size + 1), np.nan, np.float32)
        sums[0, 0, :-1] = cells
        for b in range(1, SPAN):
            sums[0, b, :-1] = sums[0, b - 1, :-1] + sums[0, 0, self.band.before[0, b]]
        for a in range(1, SPAN):
            np.add(sums[a - 1, :, :-1], sums[0][:, self.band.before[a, 0]], out=sums[a, :, :-1])
        return sums

    def _normalise(self, cells: slice) -> None:
        """Turn the products in `cosine` into cosines, and fill in `normal`."""
        rows, columns = self.band.rows[cells], self.band.columns[cells]
        norms = self.left.norms[:, None, rows] * self.right.norms[None, :, columns]
        known = norms > 0
        cosine = np.where(known, self.cosine[..., cells] / np.where(known, norms, np.float32(1)), np.float32(np.nan))
        expected = self.left.expected[..., rows] + self.right.expected[..., columns].swapaxes(0, 1)
        # The mean holds this very pair, which weighs in short articles: it is taken out again and a prior put
        # in its place.
        expected = expected / 2 + (PRIOR_EXPECTED - cosine) / max(min(len(self.source), len(self.target)), 1)
        self.cosine[..., cells] = cosine
        self.normal[..., cells] = (cosine - expected) / (1 - expected)

    def _shared_anchors(self) -> Floats:
        """Return for each cell the weight of the anchors that its two segments share."""
        band, total = self.band, len(self.source) + len(self.target)
        shared = np.zeros(band.size, np.float64)
        for left, right in _places(self.source, self.target):
            # A common key says nothing, and would cost the square of its number.
            if COMMON * (len(left) + len(right)) > max(total, 6 * COMMON):
                continue
            weight = np.log(total / (len(left) + len(right)))
            self.left_anchors[left] += weight
            self.right_anchors[right] += weight
            i, j = np.repeat(left, len(right)) + 1, np.tile(right, len(left)) + 1
            inside = (j >= band.low[i]) & (j <= band.high[i])
            shared[band.offsets[i[inside]] + j[inside] - band.low[i[inside]]] += weight
        shared[(band.rows == 0) | (band.columns == 0)] = np.nan
        return shared.astype(np.float32)

    @cached_property
    def anchor_totals(self) -> tuple[Floats, Floats]:
        """Return the weight of each span's anchors that the other side has somewhere, as span tables."""
        left, right = (table(span_sums(w), len(w)) for w in (self.left_anchors, self.right_anchors))
        return left, right

    @cached_property
    def noise(self) -> Floats:
        """Return how far the normalised similarity of each shape scatters by chance, (SPAN, SPAN)."""
        # the median deviation: true pairs are a few far ones among many
        middle, count = _medians(self.normal)
        deviation = 1.4826 * _medians(np.abs(self.normal - middle[..., None]))[0]
        scatter = (count * deviation + 10 * PRIOR_SPREAD) / (count + 10)
        return np.where(count > 0, scatter, np.float32(PRIOR_SPREAD))

    @cached_property
    def best(self) -> tuple[Floats, Floats]:
        """Return for each source and each target segment its best normalised similarity with any span."""
        source = np.full(len(self.source) + 1, -1.0, np.float32)
        target = np.full(len(self.target) + 1, -1.0, np.float32)
        for k in (1, 2, 3):
            np.fmax.at(source, self.band.rows, self.normal[0, k - 1, :-1])
            np.fmax.at(target, self.band.columns, self.normal[k - 1, 0, :-1])
        return source[1:], target[1:]

    @cached_property
    def standing(self) -> float:
        """Return how far the best span of the middle segment stands out from what the best by chance would reach.

        About 1.3 for languages that the embedder knows, 0.8 for one that it does not. No path is needed for it.
        """
        choices = 3 * self.band.size / (max(len(self.source), len(self.target)) + 1)
        middle = float(np.median(np.concatenate(self.best)))
        return middle / float(self.noise[0, 0]) / float(np.sqrt(2 * np.log(max(choices, 3.0))))

    def lengths(self, cells: slice | Ints) -> tuple[Floats, Floats]:
        """Return the log ratio of the lengths, and how far passages so long usually differ, (SPAN, SPAN, cells) each."""
        left, right = self.left, self.right
        rows, columns = self.band.rows[cells], self.band.columns[cells]
        ratio = np.log1p(right.characters)[None, :, columns] - np.log1p(left.characters)[:, None, rows]
        tokens = (left.tokens[:, None, rows] + right.tokens[None, :, columns]) / 2
        return ratio, np.sqrt(0.03 + 1.0 / (tokens + 1))


def chunks(size: int) -> Iterator[slice]:
    """Yield the ranges that cells are worked on in: all shapes at once, in what the processor's cache holds."""
    for start in range(0, size, CHUNK):
        yield slice(start, min(start + CHUNK, size))


def _medians(values: Floats) -> tuple[Floats, Floats]:
    """Return the median of each row of what is not NaN, and how much that is; NaN where it is nothing."""
    ordered = np.sort(values, axis=-1)  # NaN last
    count = np.count_nonzero(~np.isnan(values), axis=-1)
    low, high = np.maximum(count - 1, 0) // 2, count // 2
    pair = [np.take_along_axis(ordered, place[..., None], -1)[..., 0] for place in (low, high)]
    return np.asarray((pair[0] + pair[1]) / 2, np.float32), count.astype(np.float32)


def _places(source: Side, target: Side) -> list[tuple[list[int], list[int]]]:
    """Return for each key that both sides have the source and the target segments that have it."""
    places: dict[Hashable, tuple[list[int], list[int]]] = {}
    for side, segments in ((0, source.anchors), (1, target.anchors)):
        for index, keys in enumerate(segments):
            for key in keys:
                places.setdefault(key, ([], []))[side].append(index)
    return [(left, right) for left, right in places.values() if left and right]
