"""Define what the aligner is given: one copy, segment by segment, without text and without a model."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from consistency.records import ConsistencyError

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Side:
    """Describe one copy, segment by segment; n segments, all fields of length n.

    vectors: (n, d) unit rows; a zero row = no known token.
    weights: (n,) number of tokens; a span's vector is the weighted mean, normalised again.
    lengths: (n,) characters.
    blocks: (n,) block index, ascending; kinds, levels: of that block.
    anchors: (n,) keys free of language (number values, addresses, code, names …).
    copied: (n,) the other side has a segment with the same vector, which tells nothing of how alike
        translations are here; None where nobody has looked.
    """

    vectors: Floats
    weights: Floats
    lengths: Ints
    blocks: Sequence[int]
    kinds: Sequence[str]
    levels: Sequence[int]
    anchors: Sequence[frozenset[Hashable]]
    copied: NDArray[np.bool_] | None = None

    def __len__(self) -> int:
        return len(self.lengths)


def check_sides(source: Side, target: Side) -> None:
    """Raise ConsistencyError where the fields of a side, or the two sides, do not fit each other."""
    for name, side in (("source", source), ("target", target)):
        sizes = {
            "vectors": len(side.vectors),
            "weights": len(side.weights),
            "lengths": len(side.lengths),
            "blocks": len(side.blocks),
            "kinds": len(side.kinds),
            "levels": len(side.levels),
            "anchors": len(side.anchors),
        }
        if len(set(sizes.values())) > 1:
            listed = ", ".join(f"{key} {size}" for key, size in sizes.items())
            raise ConsistencyError(f"{name}: one entry a segment expected in every field, found {listed}")
    if len(source) and len(target) and source.vectors.shape[1] != target.vectors.shape[1]:
        width, other = source.vectors.shape[1], target.vectors.shape[1]
        raise ConsistencyError(f"vectors: one size expected on both sides, found {width} and {other}")


def with_copied(side: Side, other: Side) -> Side:
    """Return the side with its `copied` filled in: rows of tables, lists of names and code that stay as they are."""
    rows = (np.round(one.vectors, 3) + np.float32(0) for one in (side, other))  # + 0: no minus before a zero
    own, known = (list(map(bytes, row)) for row in rows)
    there = frozenset(known)
    return replace(side, copied=np.array([row in there for row in own], dtype=bool))


def halve(side: Side) -> Side:
    """Return the side with every two neighbours made one segment; the last may stay alone."""
    starts = np.arange(0, len(side), 2)
    sums = np.add.reduceat(side.vectors * side.weights[:, None], starts, axis=0)
    norms = np.linalg.norm(sums, axis=1, keepdims=True)
    ends = [min(int(start) + 2, len(side)) for start in starts]
    return Side(
        vectors=(sums / np.where(norms > 0, norms, 1)).astype(np.float32),
        weights=np.add.reduceat(side.weights, starts),
        lengths=np.add.reduceat(side.lengths, starts),
        # A halved segment may cross blocks, so that structure says nothing any more: one block for all.
        blocks=[0] * len(starts),
        kinds=["paragraph"] * len(starts),
        levels=[0] * len(starts),
        anchors=[frozenset().union(*side.anchors[a:b]) for a, b in zip(starts.tolist(), ends, strict=True)],
        copied=None if side.copied is None else np.logical_or.reduceat(side.copied, starts),
    )
