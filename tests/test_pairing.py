"""How alike the passages of two copies are, as the page draws it."""

import numpy as np
import pytest

from consistency.alignment.beads import Side
from consistency.pairing import _matrix


def side(angles):
    """Return passages whose vectors stand at these angles, in degrees."""
    radians = np.radians(np.array(angles, dtype=np.float32).reshape(-1))
    n = len(radians)
    return Side(
        vectors=np.stack([np.cos(radians), np.sin(radians)], axis=1).astype(np.float32),
        weights=np.ones(n, dtype=np.float32),
        lengths=np.ones(n, dtype=np.int64),
        blocks=list(range(n)),
        kinds=["paragraph"] * n,
        levels=[0] * n,
        anchors=[frozenset()] * n,
    )


@pytest.mark.parametrize(
    ("source", "target", "matrix"),
    [
        ([], [0], ()),
        ([0, 90], [0, 61, 180], ("90", "48", "00")),  # cosines 1 and 0; .48 and .87; -1 and 0
        ([0] * 59 + [90], [0], ("9" * 59 + "0",)),
        # Of 61 passages two make a cell: the better one.
        ([0] * 60 + [90], [90, 0], ("0" * 30 + "9", "9" * 30 + "0")),
        ([90, 0] * 61, [0], ("9" * 41,)),
        # Of 4,000 two neighbours make a vector first: of right angles the middle between them.
        ([0, 90] * 2000, [0], ("7" * 59,)),
        ([0] * 2000 + [90] * 2000, [0, 90], ("9" * 30 + "0" * 29, "0" * 29 + "9" * 30)),
    ],
)
def test_matrix(source, target, matrix):
    """A row a passage of the copy, a digit a passage of the source: tenths of the cosine, cut off below."""
    assert _matrix(side(source), side(target)) == matrix
