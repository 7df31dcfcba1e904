"""Pair the segments of two copies: n:m beads, drops, inserts and moved text, with a calibrated confidence.

Knows no text and no model: it is given vectors, lengths, blocks and anchors (`Side`).
"""

from __future__ import annotations

from consistency.alignment.confidence import confidences
from consistency.alignment.joins import joined
from consistency.alignment.levels import MainLine, Step, main_line
from consistency.alignment.measures import Measures
from consistency.alignment.moves import find_moves
from consistency.alignment.relation import Relation, relatedness
from consistency.alignment.sides import Side, check_sides
from consistency.records import Alignment

__all__ = ["Relation", "Side", "align", "align_and_relate", "relatedness"]


def align(source: Side, target: Side) -> tuple[Alignment, ...]:
    """Return the beads that cover every segment of both sides exactly once.

    In order, but for moved beads, which stand where their source stands. What has no counterpart stays
    segment by segment. Deterministic. Raise ConsistencyError where the fields of a side differ in length.
    """
    return _aligned(source, target)[0]


def align_and_relate(source: Side, target: Side) -> tuple[tuple[Alignment, ...], Relation]:
    """Return the beads, and whether the target is a translation at all; what both ask for is measured once."""
    alignments, measures = _aligned(source, target)
    return alignments, relatedness(source, target, alignments, measures)


def _aligned(source: Side, target: Side) -> tuple[tuple[Alignment, ...], Measures | None]:
    """Return the beads and what was measured for them; None where a side is empty."""
    check_sides(source, target)
    if not len(source) or not len(target):
        drops = tuple(Alignment((i,), (), 0.0) for i in range(len(source)))
        return drops + tuple(Alignment((), (j,), 0.0) for j in range(len(target))), None
    line = main_line(source, target)
    beads = [_bead(line, step, sure) for step, sure in zip(line.steps, confidences(line), strict=True)]
    return _with_moves(line, joined(source, target, beads)), line.measures


def _bead(line: MainLine, step: Step, confidence: float) -> Alignment:
    source, target = tuple(range(*step.source)), tuple(range(*step.target))
    similarity = 0.0
    if source and target:
        cell = line.measures.band.cell(step.source[1], step.target[1])
        cosine = float(line.measures.cosine[len(source) - 1, len(target) - 1, cell])
        similarity = 0.0 if cosine != cosine else cosine
    return Alignment(source, target, similarity, confidence)


def _with_moves(line: MainLine, beads: list[Alignment]) -> tuple[Alignment, ...]:
    """Replace drops and inserts that are each other's by moved beads."""
    dropped = [bead.source[0] for bead in beads if not bead.target]
    inserted = [bead.target[0] for bead in beads if not bead.source]
    moves = {move.source: move for move in find_moves(line.measures, line.scale, dropped, inserted)}
    taken = {move.target for move in moves.values()}
    result = []
    for bead in beads:
        if not bead.target and bead.source[0] in moves:
            move = moves[bead.source[0]]
            sure = 0.5 + 0.5 * min(move.strength, 3.0) / 3.0
            result.append(Alignment(bead.source, (move.target,), move.cosine, sure, moved=True))
        elif bead.source or bead.target[0] not in taken:
            result.append(bead)
    return tuple(result)
