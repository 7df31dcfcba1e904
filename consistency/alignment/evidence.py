"""Gather what speaks for and against each bead, as named figures that the weights are fitted to.

The similarity of a bead is normalised twice: against what its spans reach with the other side on average
(as vecalign does with random sentences: many-to-one beads, whose means are blander, gain nothing by it) and
against what true pairs of this very article reach, so that no constant knows the embedder.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from consistency.alignment.bands import Band, cell_products
from consistency.alignment.sides import Floats, Side
from consistency.alignment.spans import SPAN, Spans, measure_spans, span_vectors

SHAPES = tuple((a, b) for a in range(1, SPAN + 1) for b in range(1, SPAN + 1))
PRIOR_EXPECTED = 0.1  # mean cosine of unrelated sentences, where an article is too short to tell
PRIOR_SPREAD = 0.13  # and how far it scatters
NO_RATIO = 0.0
USUAL_QUALITY = 2.3  # of the languages the embedded model knows
UNKNOWN = 0.6  # stands for the similarity of a span without a known token: neither for nor against


@dataclass(frozen=True, slots=True)
class Scale:
    """Say what is usual in this pair of copies.

    similarity: of true pairs, after normalisation by the expected one; ratio: log of target over source
    characters; structure: 0..1, how far block boundaries agree.
    """

    similarity: float = 0.5
    ratio: float = 0.0
    spread: float = 0.15
    structure: float = 0.0
    many: float = 0.0
    gaps: float = 0.0
    drift: float = 1.0


class Evidence:
    """Measure a pair of sides over a band of cells; built once, asked for every bead shape.

    A bead (a, b) stands at the cell where it ends; NaN: it does not fit into the band.
    """

    def __init__(self, source: Side, target: Side, band: Band) -> None:
        self.source, self.target, self.band = source, target, band
        left, right = span_vectors(source), span_vectors(target)
        self.left: Spans = measure_spans(source, left, right)
        self.right: Spans = measure_spans(target, right, left)
        self.normal = self._normalise(self._box_sums(self._products()))
        self.shared = self._box_sums(self._shared_anchors())

    def _products(self) -> Floats:
        source, target = self.source, self.target
        return cell_products(
            self.band,
            source.vectors * source.weights[:, None],
            target.vectors * target.weights[:, None],
        )

    def _box_sums(self, cells: Floats) -> dict[tuple[int, int], Floats]:
        """Return for each shape the sums of its a × b cells, by its last cell."""
        sums: dict[tuple[int, int], Floats] = {}
        padded = np.append(cells, np.float32(np.nan))
        for b in range(1, SPAN + 1):
            column = cells if b == 1 else sums[1, b - 1] + padded[self.neighbours[0, b - 1]]
            sums[1, b] = column
        for b in range(1, SPAN + 1):
            column = np.append(sums[1, b], np.float32(np.nan))
            for a in range(2, SPAN + 1):
                sums[a, b] = sums[a - 1, b] + column[self.neighbours[a - 1, 0]]
        return sums

    @cached_property
    def neighbours(self) -> dict[tuple[int, int], NDArray[np.int64]]:
        """Return the flat indices of the cells straight up and straight left."""
        steps = [(a, 0) for a in range(1, SPAN)] + [(0, b) for b in range(1, SPAN)]
        return {step: self.band.neighbour(*step) for step in steps}

    def _normalise(self, sums: dict[tuple[int, int], Floats]) -> dict[tuple[int, int], Floats]:
        """Return (cos - expected) / (1 - expected) for each shape; NaN where a span is unknown, too."""
        rows, columns = self.band.rows, self.band.columns
        n_pairs = max(min(len(self.source), len(self.target)), 1)
        self.cosine: dict[tuple[int, int], Floats] = {}
        normal = {}
        for a, b in SHAPES:
            norms = self.left.norms[a - 1][rows] * self.right.norms[b - 1][columns]
            cosine = np.where(norms > 0, sums[a, b] / np.where(norms > 0, norms, 1), np.nan).astype(np.float32)
            expected = self.left.expected[a - 1, b - 1][rows] + self.right.expected[b - 1, a - 1][columns]
            # The mean holds this very pair, which weighs in short articles: it is taken out again and a
            # prior put in its place.
            expected = expected / 2 + (PRIOR_EXPECTED - cosine) / n_pairs
            normal[a, b] = (cosine - expected) / (1 - expected)
            self.cosine[a, b] = cosine
        return normal

    def _shared_anchors(self) -> Floats:
        """Return for each cell the weight of the anchors that its two segments share."""
        source, target, band = self.source, self.target, self.band
        places: dict[Hashable, tuple[list[int], list[int]]] = {}
        for side, segments in ((0, source.anchors), (1, target.anchors)):
            for index, keys in enumerate(segments):
                for key in keys:
                    places.setdefault(key, ([], []))[side].append(index)
        total = len(source) + len(target)
        shared = np.zeros(band.size, np.float64)
        self.left_anchors = np.zeros(len(source), np.float32)
        self.right_anchors = np.zeros(len(target), np.float32)
        for left, right in places.values():
            # A key in a third of all segments tells nothing, and would cost the square of their number.
            if not left or not right or 3 * (len(left) + len(right)) > max(total, 18):
                continue
            weight = np.log(total / (len(left) + len(right)))
            self.left_anchors[left] += weight
            self.right_anchors[right] += weight
            i = np.repeat(left, len(right)) + 1
            j = np.tile(right, len(left)) + 1
            inside = (j >= band.low[i]) & (j <= band.high[i])
            cells = band.offsets[i[inside]] + j[inside] - band.low[i[inside]]
            shared[cells] += weight
        shared[(band.rows == 0) | (band.columns == 0)] = np.nan
        return shared.astype(np.float32)

    @cached_property
    def anchor_totals(self) -> tuple[Floats, Floats]:
        """Return the weight of each span's anchors that the other side has somewhere, as span tables."""
        tables = []
        for weights in (self.left_anchors, self.right_anchors):
            table = np.full((SPAN, len(weights) + 1), np.nan, np.float32)
            sums = np.concatenate([[0], np.cumsum(weights)])
            for k in range(1, min(SPAN, len(weights)) + 1):
                table[k - 1, k:] = sums[k:] - sums[:-k]
            tables.append(table)
        return tables[0], tables[1]

    def bead(self, a: int, b: int, scale: Scale) -> Iterator[tuple[str, Floats | float]]:
        """Yield the named figures of the beads of one shape, each (cells,) or one number for all."""
        rows, columns = self.band.rows, self.band.columns
        more = a + b - 2
        if more:
            yield from self._shape(a, b)
            yield "many", scale.many
        similar = self._or_unknown(self.normal[a, b] / np.float32(scale.similarity), a, b, UNKNOWN)
        yield "similar", similar
        yield "similar low", np.minimum(similar, np.float32(0.5))
        if more:
            yield "similar more", similar * np.float32(np.sqrt(more))
            yield "gain", self._gain(a, b, scale)
            yield "weakest", self._weakest(a, b, scale)
        if min(a, b) > 1:
            yield "split", self._split(a, b, scale)
        ratio = self._or_unknown(self._ratio(a, b, scale), a, b, NO_RATIO)
        yield "ratio", ratio
        yield "ratio quality", ratio * np.float32(self.quality(scale))
        yield "ratio low", np.minimum(ratio, 0)
        yield "ratio lower", np.minimum(ratio + 4, 0)
        drift = np.abs(self.drift(a, b, scale)) / np.float32(scale.drift)
        yield "length", np.minimum(drift, 4)
        if more:
            yield "length more", np.minimum(drift, 4)
        yield "length far", np.minimum(drift * drift, 16)
        anchors = self.anchor_totals[0][a - 1][rows], self.anchor_totals[1][b - 1][columns]
        shared = np.minimum(self.shared[a, b], np.minimum(*anchors))
        yield "anchors", np.minimum(shared, 12)
        yield "conflict", np.minimum(anchors[0] + anchors[1] - 2 * shared, 12)
        if scale.structure > 0:
            yield from self._structure(a, b, scale)

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

    def _or_unknown(self, values: Floats, a: int, b: int, neutral: float) -> Floats:
        """Return the values with `neutral` where a span has no known token; NaN stays where no bead fits."""
        unknown = np.isnan(values) & ~np.isnan(self.shared[a, b])
        return np.where(unknown, np.float32(neutral), values)

    def _ratio(self, a: int, b: int, scale: Scale) -> Floats:
        """Return the log likelihood ratio of a true pair against chance, both normal."""
        normal = self.normal[a, b]
        usual = np.float32(scale.similarity)
        true = (np.minimum(normal, usual) - usual) / np.float32(scale.spread)
        false = np.maximum(normal, 0) / self.noise[a, b]
        return np.clip((false * false - true * true) / 2, -12, 8)

    @staticmethod
    def _shape(a: int, b: int) -> Iterator[tuple[str, float]]:
        """Yield how unusual the shape of a bead is."""
        if min(a, b) == 1:
            yield f"shape 1:{max(a, b)}", 1.0
        else:
            yield "shape 2:2", 1.0
            yield "shape larger", float(a + b - 4)

    def _split(self, a: int, b: int, scale: Scale) -> Floats:
        """Return what the bead's similarity has before the best way to cut it into two beads."""
        best = np.full(self.band.size, -np.inf, np.float32)
        for p in range(1, a):
            for q in range(1, b):
                upper = np.append(self.normal[p, q], np.float32(np.nan))[self._neighbour(a - p, b - q)]
                parts = upper * np.float32((p + q) / (a + b)) + self.normal[a - p, b - q] * np.float32(1 - (p + q) / (a + b))
                best = np.fmax(best, parts)
        gain = (self.normal[a, b] - best) / np.float32(scale.similarity)
        return np.clip(np.nan_to_num(gain, nan=0.0), -0.5, 0.5)

    def _neighbour(self, up: int, left: int) -> NDArray[np.int64]:
        if (up, left) not in self.neighbours:
            self.neighbours[up, left] = self.band.neighbour(up, left)
        return self.neighbours[up, left]

    def drift(self, a: int, b: int, scale: Scale) -> Floats:
        """Return how far the lengths are from the usual ratio, against what sentences so long usually differ."""
        rows, columns = self.band.rows, self.band.columns
        left, right = self.left, self.right
        drift = np.log1p(right.characters[b - 1])[columns] - np.log1p(left.characters[a - 1])[rows] - scale.ratio
        tokens = (left.tokens[a - 1][rows] + right.tokens[b - 1][columns]) / 2
        return np.asarray(drift / np.sqrt(0.03 + 1.0 / (tokens + 1)), np.float32)

    def _weakest(self, a: int, b: int, scale: Scale) -> Floats:
        """Return the similarity of the outer segment that is least like the other side of the bead."""
        parts = []
        if a > 1:
            single = self.normal[1, b]
            parts += [single, np.append(single, np.float32(np.nan))[self._neighbour(a - 1, 0)]]
        if b > 1:
            single = self.normal[a, 1]
            parts += [single, np.append(single, np.float32(np.nan))[self._neighbour(0, b - 1)]]
        weakest = np.minimum.reduce([np.nan_to_num(part, nan=0.0) for part in parts])
        return np.clip(weakest / np.float32(scale.similarity), -0.5, 1.0)

    def _gain(self, a: int, b: int, scale: Scale) -> Floats:
        """Return the least that any outer segment of the bead adds to its similarity."""
        full = self.normal[a, b]
        without: list[Floats] = []
        if a > 1:
            part = self.normal[a - 1, b]
            without += [part, np.append(part, np.float32(np.nan))[self.neighbours[1, 0]]]
        if b > 1:
            part = self.normal[a, b - 1]
            without += [part, np.append(part, np.float32(np.nan))[self.neighbours[0, 1]]]
        gain = (full - np.maximum.reduce(without)) / np.float32(scale.similarity)
        return np.clip(np.nan_to_num(gain, nan=0.0), -0.5, 0.5)

    def _structure(self, a: int, b: int, scale: Scale) -> Iterator[tuple[str, Floats | float]]:
        """Yield how well the blocks of the two spans fit, weighed by how well they do on the whole."""
        rows, columns = self.band.rows, self.band.columns
        left, right = self.left, self.right
        weight = np.float32(scale.structure)
        kinds = left.kinds[a - 1][rows], right.kinds[b - 1][columns]
        differ = kinds[0] != kinds[1]
        hard = differ & ((kinds[0] == 1) | (kinds[1] == 1) | (kinds[0] == 2) | (kinds[1] == 2))
        levels = (kinds[0] == 1) & ~differ & (left.levels[a - 1][rows] != right.levels[b - 1][columns])
        yield "kind", weight * hard
        yield "kind mild", weight * (differ & ~hard)
        yield "level", weight * levels
        starts = left.starts[a - 1][rows], right.starts[b - 1][columns]
        yield "starts", weight * (starts[0] * starts[1])
        yield "starts apart", weight * np.abs(starts[0] - starts[1])
        crossings = left.crossings[a - 1][rows] + right.crossings[b - 1][columns]
        if a + b > 2:
            yield "crosses", weight * np.minimum(crossings, 4)

    def quality(self, scale: Scale) -> float:
        """Return how well similarity tells true pairs from chance here, as log share of the usual."""
        return float(np.log(scale.similarity / np.hypot(scale.spread, self.noise[1, 1]) / USUAL_QUALITY))

    @cached_property
    def best(self) -> tuple[Floats, Floats]:
        """Return for each source and each target segment its best normalised similarity with any span."""
        source = np.full(len(self.source) + 1, -1.0, np.float32)
        target = np.full(len(self.target) + 1, -1.0, np.float32)
        for k in (1, 2, 3):
            np.fmax.at(source, self.band.rows, self.normal[1, k])
            np.fmax.at(target, self.band.columns, self.normal[k, 1])
        return source[1:], target[1:]

    def opening(self, scale: Scale) -> dict[str, float]:
        """Return the named figures of beginning a run of segments without a counterpart."""
        return {"opening": 1.0, "opening quality": self.quality(scale), "opening many": scale.many, "opening rate": scale.gaps}

    def null(self, scale: Scale) -> tuple[dict[str, Floats], dict[str, Floats]]:
        """Return the named figures of leaving a segment without a counterpart: (n,) and (m,) each."""
        sides = []
        for side, best, anchors in (
            (self.source, self.best[0], self.left_anchors),
            (self.target, self.best[1], self.right_anchors),
        ):
            sides.append(
                {
                    "null": np.ones(len(side), np.float32),
                    "null tokens": (np.log1p(side.weights) - 3).astype(np.float32),
                    "null best": np.clip(best / np.float32(scale.similarity), 0, 1.5),
                    "null high": np.clip(best / np.float32(scale.similarity) - 0.6, 0, 1),
                    "null apart": np.clip(best / self.noise[1, 1], 0, 8),
                    "null anchors": np.minimum(anchors, 12),
                }
            )
        return sides[0], sides[1]
