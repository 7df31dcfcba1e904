"""Coverage on vectors made by hand: what answers what, which words stay without counterpart."""

import numpy as np
import pytest

from consistency.coverage import Coverage, Words, cover, gaps, settled, words_of, worst_run
from consistency.embedders.protocol import TokenVectors
from consistency.records import Span

# Each letter is a direction of its own; a small one weighs a fifth.
LETTERS = {letter: index for index, letter in enumerate("abcdefghij")}


def made(text: str) -> Words:
    """Return words of one letter: "a b E" are two heavy words and a light one of e's direction."""
    spans, rows = [], []
    for index, letter in enumerate(text):
        if letter != " ":
            row = np.zeros(len(LETTERS), dtype=np.float32)
            row[LETTERS[letter.lower()]] = 0.2 if letter.isupper() else 1.0
            spans.append(Span(index, index + 1))
            rows.append(row)
    vectors = np.array(rows, dtype=np.float32).reshape(len(rows), len(LETTERS))
    return Words(tuple(spans), vectors, np.linalg.norm(vectors, axis=1), tuple(f"{i}" * 2 for i in range(len(rows))))


def named(words: Words, name: str) -> Words:
    return Words(words.spans, words.vectors, words.weights, tuple(f"{name}{i}" for i in range(len(words.forms))))


@pytest.mark.parametrize(
    ("source", "target", "received", "like"),
    [
        ("a b c", "c a b", [1, 1, 1], [1, 1, 1]),  # order is free
        ("a b c", "a b", [1, 1, 0], [1, 1, 0]),  # "b c" is like b, but b alone is more so
        ("a a", "a", [0.5, 0.5], [1, 1]),  # one word cannot answer two
        ("a b", "", [0, 0], [0, 0]),
        ("", "a", [], []),
    ],
)
def test_cover(source, target, received, like):
    forward, _ = cover(named(made(source), "x"), named(made(target), "y"))
    assert np.round(forward.received, 2).tolist() == received
    assert np.round(forward.like, 2).tolist() == like


def test_a_compound_is_answered_by_its_parts():
    compound = Words((Span(0, 2),), np.array([[1, 1, 0]], dtype=np.float32), np.array([2**0.5], dtype=np.float32), ("ab",))
    parts = Words(
        (Span(0, 1), Span(2, 3), Span(4, 5)), np.eye(3, dtype=np.float32), np.ones(3, dtype=np.float32), ("x", "y", "z")
    )
    forward, backward = cover(compound, parts)
    assert np.round(forward.like, 2).tolist() == [1]
    assert np.round(backward.like, 2).tolist() == [1, 1, 0]  # "y z" is less like it than "y" alone


def test_words_spelled_alike_answer_each_other():
    source = Words(made("a b").spans, made("a b").vectors, np.ones(2, dtype=np.float32), ("ministerium", "on"))
    target = Words(made("c d").spans, made("c d").vectors, np.ones(2, dtype=np.float32), ("ministerial", "an"))
    forward, _ = cover(source, target)
    assert forward.like.tolist() == pytest.approx([0.9, 0])


def test_facts_settle_their_words():
    words = made("a b c")
    half = np.full(3, 0.5, dtype=np.float32)
    found = settled(Coverage(half, half, half, half), words, kept=[Span(0, 1)], lost=[Span(4, 5)])
    assert found.received.tolist() == found.answered.tolist() == found.like.tolist() == found.matched.tolist() == [1, 0.5, 0]


@pytest.mark.parametrize(
    ("source", "target", "runs"),
    [
        ("a b c d e f", "a b f", [(2, 5)]),
        ("a b c d e f", "a b c f", []),  # two words are no gap
        ("a b C D E f", "a b f", []),  # nor are three light ones
        ("a b c d e f", "f e d c b a", []),
        ("b c d a a a e f g h", "a a a", [(0, 3), (6, 10)]),  # answered words part two gaps
    ],
)
def test_gaps(source, target, runs):
    words = named(made(source), "x")
    forward, _ = cover(words, named(made(target), "y"))
    found = [(gap.first, gap.end) for gap in gaps(words, forward, 1.0)]
    assert sorted(found) == runs


@pytest.mark.parametrize(
    ("values", "expected"),
    [([], (0, 0, 0)), ([-1, -2], (0, 0, 0)), ([1, -3, 2, 2, -1], (4, 2, 4)), ([1, -0.5, 1], (1.5, 0, 3))],
)
def test_worst_run(values, expected):
    assert worst_run(np.array(values, dtype=np.float32)) == expected


@pytest.mark.parametrize(
    ("text", "spans", "words"),
    [
        ("un able, so", [(0, 2), (3, 7), (7, 8), (9, 11)], ["un", "able", "so"]),
        ("unable", [(0, 2), (2, 6)], ["unable"]),  # pieces that touch are one word
        ("東京都", [(0, 2), (2, 3)], ["東京", "都"]),  # but not where no spaces are written
    ],
)
def test_words_of(text, spans, words):
    vectors = np.ones((len(spans), 2), dtype=np.float32)
    found = words_of(text, TokenVectors(tuple(Span(*s) for s in spans), vectors))
    assert [text[s.start : s.end] for s in found.spans] == words
    assert found.forms == tuple(words)
