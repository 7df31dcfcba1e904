"""Pair the segments of two copies: n:m beads, drops, inserts and moved text, with a calibrated confidence.

Knows no text and no model: it is given vectors, lengths, blocks and anchors (`Side`).
"""

from __future__ import annotations

from consistency.alignment.levels import main_line
from consistency.alignment.sides import Side, check_sides
from consistency.records import Alignment

__all__ = ["Side", "align"]


def align(source: Side, target: Side) -> tuple[Alignment, ...]:
    """Return the beads that cover every segment of both sides exactly once.

    In the order of the source; inserts stand where they stand in the target; only moved beads break the order.
    Deterministic. Raise ConsistencyError where the fields of a side differ in length.
    """
    check_sides(source, target)
    if not len(source) or not len(target):
        return tuple(Alignment((i,), (), 0.0) for i in range(len(source))) + tuple(
            Alignment((), (j,), 0.0) for j in range(len(target))
        )
    line = main_line(source, target)
    beads = []
    for step in line.steps:
        i, j = tuple(range(*step.source)), tuple(range(*step.target))
        similarity = 0.0
        if i and j:
            cell = line.evidence.band.offsets[step.source[1]] + step.target[1] - line.evidence.band.low[step.source[1]]
            similarity = float(line.evidence.cosine[len(i), len(j)][cell])
        beads.append(Alignment(i, j, similarity, step.probability))
    return tuple(beads)
