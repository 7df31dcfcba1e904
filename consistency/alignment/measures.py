"""Measure a pair of sides over a band of cells: what is alike, for every bead shape, before anything is weighed.

Similarity is set against what the spans reach with the other side on average, as vecalign does with random
sentences: many-to-one beads, whose means are blander, gain nothing by it.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from consistency.alignment.bands import Band, cell_products
from consistency.alignment.sides import Floats, Side
from consistency.alignment.spans import SPAN, Spans, measure_spans, span_sums, span_vectors, table

SHAPES = tuple((a, b) for a in range(1, SPAN + 1) for b in range(1, SPAN + 1))
PRIOR_EXPECTED = 0.1  # mean cosine of unrelated sentences, where an article is too short to tell
PRIOR_SPREAD = 0.13  # and how far it scatters
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
    """Hold the figures of all beads in a band, computed once, by shape (a, b) and the cell where the bead ends.

    cosine; normal: (cosine - expected) / (1 - expected), NaN where a span has no known token or no bead fits;
    shared: weight of the anchors in common, NaN where no bead fits; left, right: the figures of the spans.
    left_anchors, right_anchors: (n,), (m,) weight of a segment's anchors that the other side has somewhere.
    """

    def __init__(self, source: Side, target: Side, band: Band) -> None:
        self.source, self.target, self.band = source, target, band
        left, right = span_vectors(source), span_vectors(target)
        self.left: Spans = measure_spans(source, left, right)
        self.right: Spans = measure_spans(target, right, left)
        self._neighbours: dict[tuple[int, int], NDArray[np.int32]] = {}
        self.left_anchors = np.zeros(len(source), np.float32)
        self.right_anchors = np.zeros(len(target), np.float32)
        self.shared = self._box_sums(self._shared_anchors())
        self.cosine: dict[tuple[int, int], Floats] = {}
        self.normal: dict[tuple[int, int], Floats] = {}
        weighted = [side.vectors * side.weights[:, None] for side in (source, target)]
        products = self._box_sums(cell_products(band, weighted[0], weighted[1]))
        for shape in SHAPES:
            self._normalise(shape, products.pop(shape))

    def at(self, values: Floats, up: int, left: int) -> Floats:
        """Return for each cell the value of the cell so far up and left; NaN outside the band."""
        if (up, left) not in self._neighbours:
            self._neighbours[up, left] = self.band.neighbour(up, left).astype(np.int32)
        return np.append(values, np.float32(np.nan))[self._neighbours[up, left]]

    def _box_sums(self, cells: Floats) -> dict[tuple[int, int], Floats]:
        """Return for each shape the sums of its a × b cells."""
        sums: dict[tuple[int, int], Floats] = {}
        for b in range(1, SPAN + 1):
            sums[1, b] = cells if b == 1 else sums[1, b - 1] + self.at(cells, 0, b - 1)
            for a in range(2, SPAN + 1):
                sums[a, b] = sums[a - 1, b] + self.at(sums[1, b], a - 1, 0)
        return sums

    def _normalise(self, shape: tuple[int, int], products: Floats) -> None:
        """Fill in cosine and normal similarity of one shape."""
        a, b = shape
        rows, columns = self.band.rows, self.band.columns
        norms = self.left.norms[a - 1][rows] * self.right.norms[b - 1][columns]
        cosine = np.where(norms > 0, products / np.where(norms > 0, norms, 1), np.nan).astype(np.float32)
        expected = self.left.expected[a - 1, b - 1][rows] + self.right.expected[b - 1, a - 1][columns]
        # The mean holds this very pair, which weighs in short articles: it is taken out again and a prior put
        # in its place.
        expected = expected / 2 + (PRIOR_EXPECTED - cosine) / max(min(len(self.source), len(self.target)), 1)
        self.cosine[shape] = cosine
        self.normal[shape] = (cosine - expected) / (1 - expected)

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
    def noise(self) -> dict[tuple[int, int], np.float32]:
        """Return how far the normalised similarity of each shape scatters by chance."""
        noise = {}
        for shape, values in self.normal.items():
            known = values[~np.isnan(values)]
            # the median deviation: true pairs are a few far ones among many
            deviation = 1.4826 * np.median(np.abs(known - np.median(known))) if len(known) else 0.0
            noise[shape] = np.float32((len(known) * deviation + 10 * PRIOR_SPREAD) / (len(known) + 10))
        return noise

    @cached_property
    def best(self) -> tuple[Floats, Floats]:
        """Return for each source and each target segment its best normalised similarity with any span."""
        source = np.full(len(self.source) + 1, -1.0, np.float32)
        target = np.full(len(self.target) + 1, -1.0, np.float32)
        for k in (1, 2, 3):
            np.fmax.at(source, self.band.rows, self.normal[1, k])
            np.fmax.at(target, self.band.columns, self.normal[k, 1])
        return source[1:], target[1:]

    @cached_property
    def standing(self) -> float:
        """Return how far the best span of the middle segment stands out from what the best by chance would reach.

        About 1.3 for languages that the embedder knows, 0.8 for one that it does not. No path is needed for it.
        """
        choices = 3 * self.band.size / (max(len(self.source), len(self.target)) + 1)
        middle = float(np.median(np.concatenate(self.best)))
        return middle / float(self.noise[1, 1]) / float(np.sqrt(2 * np.log(max(choices, 3.0))))

    def drift(self, a: int, b: int, ratio: float) -> Floats:
        """Return how far the lengths are from the log ratio, against what passages so long usually differ."""
        left, right = self.left, self.right
        rows, columns = self.band.rows, self.band.columns
        drift = np.log1p(right.characters[b - 1])[columns] - np.log1p(left.characters[a - 1])[rows] - ratio
        tokens = (left.tokens[a - 1][rows] + right.tokens[b - 1][columns]) / 2
        return np.asarray(drift / np.sqrt(0.03 + 1.0 / (tokens + 1)), np.float32)


def _places(source: Side, target: Side) -> list[tuple[list[int], list[int]]]:
    """Return for each key that both sides have the source and the target segments that have it."""
    places: dict[Hashable, tuple[list[int], list[int]]] = {}
    for side, segments in ((0, source.anchors), (1, target.anchors)):
        for index, keys in enumerate(segments):
            for key in keys:
                places.setdefault(key, ([], []))[side].append(index)
    return [(left, right) for left, right in places.values() if left and right]
