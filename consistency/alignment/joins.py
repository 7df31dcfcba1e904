"""Join a lone segment to the bead beside it where that makes the two sides more alike.

The price of a drop is one for the whole document; a sentence that was only written together with its neighbour
can come out cheaper as a drop. Then the neighbour's vectors tell: with the lone sentence a bead that lacks it
gains likeness, a complete one loses some.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from consistency.alignment.sides import Side
from consistency.records import Alignment

# What a bead must gain in cosine, from benchmarks/alignment.py (ntrex-synth, Text+Berg dev): less joins true drops.
GAIN = 0.03
_LESS_SURE = 0.9  # the path had it otherwise


def joined(source: Side, target: Side, beads: Sequence[Alignment]) -> list[Alignment]:
    """Return the beads with lone segments joined to a neighbour of their own block where it gains GAIN or more."""
    result: list[Alignment] = []
    for bead in beads:
        last = result[-1] if result else None
        merged = _merged(source, target, last, bead) if last is not None else None
        if merged is None:
            result.append(bead)
        else:
            result[-1] = merged
    return result


def _merged(source: Side, target: Side, one: Alignment, two: Alignment) -> Alignment | None:
    paired, lone = (one, two) if one.source and one.target else (two, one)
    if not (paired.source and paired.target) or (lone.source and lone.target):
        return None
    side, inner, outer = (source, paired.source, lone.source) if lone.source else (target, paired.target, lone.target)
    if abs(outer[0] - inner[-1]) != 1 and abs(inner[0] - outer[-1]) != 1:
        return None
    if side.blocks[outer[0]] != side.blocks[inner[0]]:
        return None
    rows, columns = sorted((*one.source, *two.source)), sorted((*one.target, *two.target))
    similarity = float(_vector(source, rows) @ _vector(target, columns))
    if similarity < float(_vector(source, paired.source) @ _vector(target, paired.target)) + GAIN:
        return None
    return Alignment(tuple(rows), tuple(columns), similarity, _LESS_SURE * min(one.confidence, two.confidence))


def _vector(side: Side, indices: Sequence[int]) -> NDArray[np.float32]:
    """Return the unit vector of a span: the mean of its segments, weighted by their tokens."""
    total = (side.vectors[list(indices)] * side.weights[list(indices), None]).sum(axis=0)
    length = float(np.linalg.norm(total))
    return np.asarray(total / length if length else total, dtype=np.float32)
