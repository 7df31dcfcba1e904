"""A lone segment joins the neighbour of its block where that gains: what is joined, and what stays alone."""

import numpy as np
import pytest

from consistency.alignment.joins import joined
from consistency.alignment.sides import Side
from consistency.records import Alignment

ONES = np.eye(6, dtype=np.float32)
BOTH = (ONES[1] + ONES[2]) / np.float32(2**0.5)
MOSTLY = (ONES[1] + 0.2 * ONES[2]) / np.float32(1.04**0.5)  # with the second: 0.83, without 0.98


def side(vectors, blocks, weights=None):
    n = len(vectors)
    return Side(
        vectors=np.array(vectors, dtype=np.float32),
        weights=np.array(weights or [1] * n, dtype=np.float32),
        lengths=np.array([10] * n),
        blocks=blocks,
        kinds=["paragraph"] * n,
        levels=[0] * n,
        anchors=[frozenset()] * n,
    )


def bead(source: str, target: str, similarity: float = 0.0, confidence: float = 1.0) -> Alignment:
    return Alignment(tuple(map(int, source)), tuple(map(int, target)), similarity, confidence)


FOUR = [ONES[0], ONES[1], ONES[2], ONES[3]]
THREE = [ONES[0], BOTH, ONES[3]]
BEADS = [bead("0", "0", 1.0), bead("1", "1", 0.7071, 0.8), bead("2", "", confidence=0.7), bead("3", "2", 1.0)]
EARLIER = [bead("0", "0", 1.0), bead("1", "", confidence=0.7), bead("2", "1", 0.7071, 0.8), bead("3", "2", 1.0)]


@pytest.mark.parametrize(
    ("source", "target", "beads", "shape"),
    [
        (side(FOUR, [0, 1, 1, 2]), side(THREE, [0, 1, 2]), BEADS, ["0-0", "12-1", "3-2"]),
        (side(FOUR, [0, 1, 1, 2]), side(THREE, [0, 1, 2]), EARLIER, ["0-0", "12-1", "3-2"]),  # the lone one comes first
        (side(FOUR, [0, 1, 2, 2]), side(THREE, [0, 1, 2]), BEADS, ["0-0", "1-1", "2-", "3-2"]),  # of another block
        (side(FOUR, [0, 1, 1, 2]), side([ONES[0], MOSTLY, ONES[3]], [0, 1, 2]), BEADS, ["0-0", "1-1", "2-", "3-2"]),  # it loses
        # The same on the other side.
        (side(THREE, [0, 1, 2]), side(FOUR, [0, 1, 1, 2]), [bead("0", "0"), bead("1", "1"), bead("", "2"), bead("2", "3")], ["0-0", "1-12", "2-3"]),
        (side(THREE, [0, 1, 2]), side(FOUR, [0, 1, 1, 2]), [bead("0", "0"), bead("", "1"), bead("1", "2"), bead("2", "3")], ["0-0", "1-12", "2-3"]),
        # Not a neighbour; two that are alone.
        (side(FOUR, [0, 0, 0, 0]), side([BOTH], [0]), [bead("1", "0"), bead("3", "")], ["1-0", "3-"]),
        (side(FOUR, [0, 1, 1, 2]), side(THREE, [0, 1, 2]), [bead("1", ""), bead("2", ""), bead("", "1")], ["1-", "2-", "-1"]),
        (side(FOUR, [0, 1, 1, 2]), side(THREE, [0, 1, 2]), [], []),
    ],
)  # fmt: skip
def test_joined(source, target, beads, shape):
    found = joined(source, target, beads)
    assert [f"{''.join(map(str, b.source))}-{''.join(map(str, b.target))}" for b in found] == shape


def test_a_join_is_as_like_as_its_spans_and_a_little_less_sure_than_its_parts():
    found = joined(side(FOUR, [0, 1, 1, 2]), side(THREE, [0, 1, 2]), BEADS)
    assert found[1].similarity == pytest.approx(1.0)
    assert found[1].confidence == pytest.approx(0.9 * 0.7)
    assert [found[0], found[2]] == [BEADS[0], BEADS[3]]


def test_a_span_is_weighted_by_its_tokens():
    """Three tokens against one: the joined span leans to the longer segment, as its counterpart does."""
    leaning = (3 * ONES[1] + ONES[2]) / np.float32(10**0.5)
    source = side(FOUR, [0, 1, 1, 2], [1, 3, 1, 1])
    found = joined(source, side([ONES[0], leaning, ONES[3]], [0, 1, 2]), BEADS)
    assert found[1].source == (1, 2)
    assert found[1].similarity == pytest.approx(1.0)
