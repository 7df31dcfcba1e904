"""Tell a translation from another article, and where in a document the one becomes the other.

The measure needs no threshold of any embedder: the path through the true order is compared with the path
through the target read backwards. For two articles that only share a subject both are the same to within
chance; for a translation they are worlds apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from consistency.alignment.bands import full_band
from consistency.alignment.lattice import forward
from consistency.alignment.measures import Measures, Scale
from consistency.alignment.scales import first_scale
from consistency.alignment.sides import Side, halve
from consistency.alignment.weights import WEIGHTS, weigh
from consistency.records import Alignment

FLOOR, SCATTER = 0.05, 1.3  # nats a segment: below FLOOR + SCATTER / √segments the order tells nothing
SHARE = 0.25  # of what the translated part gains a segment; less tells that the rest is no translation
CELLS = 40_000  # what the order is judged on; longer copies are halved until they fit
LIKE = 0.6  # deviations: translated news measures 1.6 or more, most pairs of unrelated articles less
FEW = 6  # segments: below this the likeness of any two is told by too few pairs
SAMPLE = 300  # segments a side from which the likeness of any two is told
# An unrelated pair looks like a language that the embedder does not know; here it may leave all out.
FREE = {**WEIGHTS, "opening poor": 0.0}
# Segments on either side behind a break. Four that were reordered and shortened looked like another text (code
# samples of real documentation); eight that did were one.
REST = 8
SHORT = 4  # segments: below this an order tells nothing, and all is taken as related


@dataclass(frozen=True, slots=True)
class Relation:
    """Say whether two copies tell the same text.

    score: nats a segment by which the order of the target speaks for a translation.
    first_unrelated_source, first_unrelated_target: where the rest is another text; None = nowhere.
    """

    related: bool
    score: float
    first_unrelated_source: int | None = None
    first_unrelated_target: int | None = None


def relatedness(
    source: Side, target: Side, alignments: Sequence[Alignment], measures: Measures | None = None
) -> Relation:
    """Return whether the target translates the source, and from where on it does not.

    Too few segments to tell (fewer than SHORT on a side): related. measures: of the two sides, where they are known.
    """
    if min(len(source), len(target)) < SHORT:
        return Relation(True, 0.0)
    score = _order_score(source, target, measures)
    unlike = min(len(source), len(target)) >= FEW and _likeness(source, target, alignments) < LIKE
    if unlike or not _orderly(score, source, target):
        return Relation(False, score)
    place = _break(source, target, alignments)
    if place is None:
        return Relation(True, score)
    i, j = place
    if min(len(source) - i, len(target) - j) < REST or min(i, j) < 1:
        return Relation(True, score)
    start, rest = _part(source, target, (0, i), (0, j)), _part(source, target, (i, None), (j, None))
    own = _order_score(*rest)
    if _orderly(own, *rest) and own >= SHARE * (_order_score(*start) if min(i, j) >= SHORT else 0.0):
        return Relation(True, score)
    return Relation(True, score, i, j)


def _likeness(source: Side, target: Side, alignments: Sequence[Alignment]) -> float:
    """Return by how many deviations the beads are more alike than any two segments.

    Median and median deviation, because in short copies the true pairs are many among all pairs.
    """
    paired = [bead.similarity for bead in alignments if bead.source and bead.target]
    if not paired:
        return 0.0
    step = [max(1, len(side) // SAMPLE) for side in (source, target)]
    pairs = source.vectors[:: step[0]] @ target.vectors[:: step[1]].T
    middle = float(np.median(pairs))
    deviation = 1.4826 * float(np.median(np.abs(pairs - middle)))
    return (float(np.mean(paired)) - middle) / max(deviation, 1e-3)


def _orderly(score: float, source: Side, target: Side) -> bool:
    """Return whether the true order beats the reverse by more than two unrelated articles would scatter."""
    return score >= FLOOR + SCATTER / float(np.sqrt(min(len(source), len(target))))


def _order_score(source: Side, target: Side, measures: Measures | None = None) -> float:
    """Return how many nats a segment the true order of the target gains over its reverse."""
    while (len(source) + 1) * (len(target) + 1) > CELLS:
        source, target, measures = halve(source), halve(target), None
    forth = measures or Measures(source, target, full_band(len(source), len(target)))
    back = forth.backward(_backward(target))
    scale = first_scale(forth)
    gain = _weight(forth, scale) - _weight(back, scale)
    return gain / min(len(source), len(target))


def _weight(measures: Measures, scale: Scale) -> float:
    # blocks are left out: their order is as good backwards
    plain = Scale(scale.similarity, scale.ratio, scale.spread, 0.0)
    return float(forward(weigh(measures, plain, FREE)).total[-2])


def _backward(side: Side) -> Side:
    return _take(side, list(range(len(side) - 1, -1, -1)))


Range = tuple[int, int | None]


def _part(source: Side, target: Side, rows: Range, columns: Range) -> tuple[Side, Side]:
    left, right = range(len(source))[slice(*rows)], range(len(target))[slice(*columns)]
    return _take(source, list(left)), _take(target, list(right))


def _take(side: Side, index: list[int]) -> Side:
    """Return a side of these segments, in this order, all of one block."""
    return Side(
        side.vectors[index],
        side.weights[index],
        side.lengths[index],
        [0] * len(index),
        ["paragraph"] * len(index),
        [0] * len(index),
        [side.anchors[i] for i in index],
    )


def _break(source: Side, target: Side, alignments: Sequence[Alignment]) -> tuple[int, int] | None:
    """Return the source and target index where alike beads end for good; None where they never do.

    The place that divides best: up to it the sum of what the beads' similarity has above the middle between
    true pairs (the better half of the beads) and chance (any segment with any) is greatest.
    """
    line = [bead for bead in alignments if not bead.moved]
    alike = np.array([bead.similarity for bead in line])
    chance = float(source.vectors.mean(axis=0) @ target.vectors.mean(axis=0))
    true = float(np.median(np.sort(alike)[len(alike) // 2 :]))
    sums = np.concatenate([[0.0], np.cumsum(alike - (true + chance) / 2)])
    place = int(sums.argmax())
    i = 1 + max((k for bead in line[:place] for k in bead.source), default=-1)
    j = 1 + max((k for bead in line[:place] for k in bead.target), default=-1)
    return (i, j) if place < len(line) else None
