"""Align two copies, and tell how far the one translates the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from consistency.alignment.beads import Relation, Side, align_and_relate
from consistency.findings import Copy, Pair
from consistency.records import Alignment

Floats = NDArray[np.float32]

_MOST_VECTORS = 2000  # that are compared for the picture: all pairs of 20,000 passages would be a step that grows as their square
_MOST_CELLS = 60  # along one side of the matrix that a report keeps; of more vectors, the best of several


@dataclass(frozen=True, slots=True)
class Matched:
    """Hold two aligned copies.

    pair: its beads cover both copies, but for what lies behind the place from which they are unrelated.
    matrix: a row a passage of the copy, a digit a passage of the source: tenths of their similarity.
    """

    pair: Pair
    relation: Relation
    matrix: tuple[str, ...]


def match(source: Copy, target: Copy, left: Side, right: Side) -> Matched:
    """Return two copies with their alignment; left, right: what the aligner knows of them."""
    matrix = _matrix(left, right)
    if Pair(source, target, ()).one_file:
        likes = (left.vectors * right.vectors).sum(axis=1).tolist()
        given = tuple(Alignment((i,), (i,), like) for i, like in enumerate(likes))
        return Matched(Pair(source, target, given), Relation(True, 0.0), matrix)
    beads, relation = align_and_relate(left, right)
    return Matched(Pair(source, target, _related(beads, relation)), relation, matrix)


def _related(beads: tuple[Alignment, ...], relation: Relation) -> tuple[Alignment, ...]:
    """Return the beads up to where the rest is another text: whatever is paired there is chance."""
    i, j = relation.first_unrelated_source, relation.first_unrelated_target
    if i is None or j is None:
        return beads
    return tuple(
        bead for bead in beads if all(k < i for k in bead.source) and all(k < j for k in bead.target)
    )


def _matrix(left: Side, right: Side) -> tuple[str, ...]:
    """Return the similarities of any two passages in tenths, the larger sides pooled to _MOST_CELLS."""
    if not len(left) or not len(right):
        return ()
    rows, columns = _pooled(right.vectors), _pooled(left.vectors)
    cosines = rows @ columns.T
    for axis, size in enumerate(cosines.shape):
        cosines = np.maximum.reduceat(cosines, np.arange(0, size, -(-size // _MOST_CELLS)), axis=axis)
    tenths = np.clip(np.nan_to_num(cosines) * 10, 0, 9).astype(int)
    return tuple("".join(map(str, row)) for row in tenths.tolist())


def _pooled(vectors: Floats) -> Floats:
    """Return at most _MOST_VECTORS of unit length: of more passages, the mean direction of as many neighbours."""
    if len(vectors) <= _MOST_VECTORS:
        return vectors
    sums = np.add.reduceat(vectors, np.arange(0, len(vectors), -(-len(vectors) // _MOST_VECTORS)), axis=0)
    return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-6), dtype=np.float32)


def keys(targets: Sequence[Copy]) -> list[str]:
    """Return a key for each copy: its language, its path where two copies are in one language."""
    langs = Counter(t.document.lang for t in targets)
    return [t.document.lang if langs[t.document.lang] == 1 else t.document.path for t in targets]
