from __future__ import annotations

import numpy as np
import pytest

from consistency.alignment.beads import Side, align, relatedness
from consistency.records import Alignment, ConsistencyError

WIDTH = 64


def concept(number):
    vector = np.random.default_rng(number).standard_normal(WIDTH)
    return vector / np.linalg.norm(vector)


def side(segments, noise=0.5, seed=0, kinds=None, blocks=None, anchors=None):
    """Make a side; a segment is a tuple of concept numbers (8 tokens each), () = no known token."""
    chance = np.random.default_rng(seed)
    rows = []
    for concepts in segments:
        blur = noise * chance.standard_normal(WIDTH) / np.sqrt(WIDTH)
        row = sum((concept(c) for c in concepts), np.zeros(WIDTH)) / max(len(concepts), 1) + blur
        rows.append(row / np.linalg.norm(row) if concepts else np.zeros(WIDTH))
    sizes = [max(len(concepts), 1) for concepts in segments]
    return Side(
        vectors=np.array(rows, np.float32).reshape(len(rows), WIDTH),
        weights=np.array([8.0 * size for size in sizes], np.float32),
        lengths=np.array([40 * size for size in sizes], np.int64),
        blocks=blocks or [0] * len(rows),
        kinds=kinds or ["paragraph"] * len(rows),
        levels=[0] * len(rows),
        anchors=anchors or [frozenset()] * len(rows),
    )


def pair(source, target, **more):
    return side(source, seed=1, **more), side(target, seed=2, **more)


def shown(alignments):
    """Write beads the short way: `0-0`, `1,2-1`, `3-`, `-4`, `5~7` for moved."""
    return " ".join(
        ",".join(map(str, bead.source)) + ("~" if bead.moved else "-") + ",".join(map(str, bead.target))
        for bead in alignments
    )


TEN = [(c,) for c in range(100, 110)]


def without(*gone):
    return [segment for k, segment in enumerate(TEN) if k not in gone]


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        (TEN, TEN, "0-0 1-1 2-2 3-3 4-4 5-5 6-6 7-7 8-8 9-9"),
        (TEN, without(4), "0-0 1-1 2-2 3-3 4- 5-4 6-5 7-6 8-7 9-8"),
        (without(4), TEN, "0-0 1-1 2-2 3-3 -4 4-5 5-6 6-7 7-8 8-9"),
        (TEN, without(0), "0- 1-0 2-1 3-2 4-3 5-4 6-5 7-6 8-7 9-8"),
        (TEN, without(9), "0-0 1-1 2-2 3-3 4-4 5-5 6-6 7-7 8-8 9-"),
        # a section that is missing stays segment by segment
        (TEN, without(3, 4, 5, 6), "0-0 1-1 2-2 3- 4- 5- 6- 7-3 8-4 9-5"),
        # a sentence replaced by another one: dropped and inserted, not paired
        (TEN, [*TEN[:5], (900,), *TEN[6:]], "0-0 1-1 2-2 3-3 4-4 5- -5 6-6 7-7 8-8 9-9"),
        # two sentences made one, one made two, three made one
        (TEN, [*TEN[:3], (103, 104), *TEN[5:]], "0-0 1-1 2-2 3,4-3 5-4 6-5 7-6 8-7 9-8"),
        ([*TEN[:3], (103, 104), *TEN[5:]], TEN, "0-0 1-1 2-2 3-3,4 4-5 5-6 6-7 7-8 8-9"),
        (TEN, [*TEN[:3], (103, 104, 105), *TEN[6:]], "0-0 1-1 2-2 3,4,5-3 6-4 7-5 8-6 9-7"),
    ],
)
def test_beads(source, target, expected):
    assert shown(align(*pair(source, target))) == expected


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        # one sentence to the end, a passage of two to the front
        ([0, 1, 3, 4, 5, 6, 7, 8, 9, 2], "0-0 1-1 2~9 3-2 4-3 5-4 6-5 7-6 8-7 9-8"),
        ([6, 7, 0, 1, 2, 3, 4, 5, 8, 9], "0-2 1-3 2-4 3-5 4-6 5-7 6~0 7~1 8-8 9-9"),
    ],
)
def test_moved_text(order, expected):
    beads = align(*pair(TEN, [TEN[k] for k in order], noise=0.3))
    assert shown(beads) == expected


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ([], [], ()),
        (TEN[:2], [], (Alignment((0,), (), 0.0), Alignment((1,), (), 0.0))),
        ([], TEN[:2], (Alignment((), (0,), 0.0), Alignment((), (1,), 0.0))),
    ],
)
def test_empty_sides(source, target, expected):
    assert align(*pair(source, target)) == expected


def test_segments_without_known_tokens_keep_their_place():
    blank = [*TEN[:4], (), *TEN[5:]]
    assert shown(align(*pair(TEN, blank))) == "0-0 1-1 2-2 3-3 4-4 5-5 6-6 7-7 8-8 9-9"


def test_anchors_decide_where_vectors_say_nothing():
    """Of two sentences without a known word one is missing: the keys in the other tell which."""
    keys = [frozenset()] * 4 + [frozenset({1998, "Oslo"}), frozenset({2004, "Bern"})] + [frozenset()] * 4
    left = side([*TEN[:4], (), (), *TEN[6:]], seed=1, noise=0.3, anchors=keys)
    right = side([*TEN[:4], (), *TEN[6:]], seed=2, noise=0.3, anchors=keys[:4] + keys[5:])
    assert shown(align(left, right)) == "0-0 1-1 2-2 3-3 4- 5-4 6-5 7-6 8-7 9-8"
    right = side([*TEN[:4], (), *TEN[6:]], seed=2, noise=0.3, anchors=keys[:5] + keys[6:])
    assert shown(align(left, right)) == "0-0 1-1 2-2 3-3 4-4 5- 6-5 7-6 8-7 9-8"


def test_blocks_decide_where_vectors_say_nothing():
    """A blank paragraph between two headings belongs to the blank paragraph between the same headings."""
    kinds = ["heading", "paragraph", "paragraph"] * 4
    blocks = list(range(12))
    segments = [(k,) if kind == "heading" else () for k, kind in enumerate(kinds, 500)]
    left = side(segments, seed=1, kinds=kinds, blocks=blocks)
    right = side(segments[:4] + segments[5:], seed=2, kinds=kinds[:4] + kinds[5:], blocks=blocks[:11])
    beads = align(left, right)
    headings = [
        (bead.source, bead.target) for bead in beads if bead.source and kinds[bead.source[0]] == "heading"
    ]
    assert headings == [((0,), (0,)), ((3,), (3,)), ((6,), (5,)), ((9,), (8,))]


def random_pair(n, seed):
    """Make n concepts as two sides, with drops, inserts, merges and splits, and the gold beads."""
    chance = np.random.default_rng(seed)
    left, right, gold = [], [], []
    for c in range(1000, 1000 + n):
        i, j, kind = len(left), len(right), chance.random()
        if kind < 0.04:
            left.append((c,))
            gold.append(((i,), ()))
        elif kind < 0.08:
            right.append((c,))
            gold.append(((), (j,)))
        elif kind < 0.13:
            left.append((c, c + n))
            right += [(c,), (c + n,)]
            gold.append(((i,), (j, j + 1)))
        else:
            left.append((c,))
            right.append((c,))
            gold.append(((i,), (j,)))
    return *pair(left, right), gold


@pytest.mark.parametrize("n", [3, 17, 60, 200])
def test_every_segment_once_and_the_same_again(n):
    source, target, _ = random_pair(n, seed=n)
    beads = align(source, target)
    assert sorted(i for bead in beads for i in bead.source) == list(range(len(source)))
    assert sorted(j for bead in beads for j in bead.target) == list(range(len(target)))
    assert all(0 <= bead.confidence <= 1 and -1 <= bead.similarity <= 1.0001 for bead in beads)
    assert beads == align(source, target)


def test_long_copies_are_aligned_in_a_band():
    """1,500 segments take two halvings; the path must come out as on the full grid."""
    source, target, gold = random_pair(1500, seed=7)
    found = {(bead.source, bead.target) for bead in align(source, target)}
    assert len(found & set(gold)) / len(gold) > 0.97


def test_confidence_is_high_where_sides_agree_and_low_where_they_do_not():
    sure = align(*pair(TEN, TEN, noise=0.1))
    guessed = align(*pair(TEN, [(c,) for c in range(700, 710)]))
    assert min(bead.confidence for bead in sure) > 0.9
    # By segment: a bead of three segments is three chances to be wrong.
    sizes = [len(bead.source) + len(bead.target) for bead in guessed]
    assert np.average([bead.confidence for bead in guessed], weights=sizes) < 0.8


@pytest.mark.parametrize(
    ("source", "target", "related", "at"),
    [
        (range(30), range(30), True, None),
        (range(60), range(200, 260), False, None),
        # the second half is another article
        (range(30), [*range(15), *range(200, 215)], True, (15, 15)),
        # the second half is only missing: nothing there that could be another text
        (range(30), range(15), True, None),
        # too short to tell
        (range(3), range(200, 203), True, None),
    ],
)
def test_relatedness(source, target, related, at):
    sides = pair([(c,) for c in source], [(c,) for c in target])
    told = relatedness(*sides, align(*sides))
    place = (
        None
        if told.first_unrelated_source is None
        else (told.first_unrelated_source, told.first_unrelated_target)
    )
    assert (told.related, place) == (related, at)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"kinds": ["paragraph"]},
            "target: one entry a segment expected in every field, found "
            "vectors 10, weights 10, lengths 10, blocks 10, kinds 1, levels 10, anchors 10",
        ),
        (
            {"vectors": np.zeros((10, 3), np.float32)},
            "vectors: one size expected on both sides, found 64 and 3",
        ),
    ],
)
def test_errors(change, message):
    from dataclasses import replace

    source, target = pair(TEN, TEN)
    with pytest.raises(ConsistencyError) as error:
        align(source, replace(target, **change))
    assert str(error.value) == message


def test_copied_rows_do_not_set_what_is_usual():
    """Many rows that stay as they are must not make the prose beside them look unlike its translation."""
    rows = np.array([concept(1000 + n) for n in range(300)], np.float32)
    prose = [(n,) for n in range(12)]

    def with_rows(seed):
        text = side(prose, noise=1.0, seed=seed)
        lengths = np.concatenate([text.lengths + 9 * seed, np.full(300, 20)])
        return Side(
            vectors=np.concatenate([text.vectors, rows]),
            weights=np.full(312, 8.0, np.float32),
            lengths=lengths,
            blocks=list(range(312)),
            kinds=["paragraph"] * 312,
            levels=[0] * 312,
            anchors=[frozenset()] * 312,
        )

    beads = align(with_rows(1), with_rows(2))
    assert [(bead.source, bead.target) for bead in beads] == [((n,), (n,)) for n in range(312)]
