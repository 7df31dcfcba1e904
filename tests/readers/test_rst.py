"""Check what the reStructuredText reader makes of each construct."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from consistency.readers.rst import READER
from consistency.records import Document


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("====\nDoc\n====\n\nOne\n---\n\nTwo\n---\n", [("heading1", "Doc"), ("heading2", "One"), ("heading2", "Two")]),
        ("标题\n====\n\n正文\n继续\n", [("heading1", "标题"), ("paragraph", "正文继续")]),
        ("Above\n\n----\n\nBelow", [("paragraph", "Above"), ("paragraph", "Below")]),  # a transition
        ("a *b* **c** ``d`` |e| f_ g\\*", [("paragraph", "a b c d e f g*")]),
        ("snake_case, 2*3*4 and __init__", [("paragraph", "snake_case, 2*3*4 and __init__")]),
        ("10\\ :sup:`6` m", [("paragraph", "10⁶ m")]),
        ("see [1]_ there\n\n.. [1] The note.", [("paragraph", "see there"), ("paragraph", "The note.")]),
        ("- a\n  b\n- c\n\n  1. d\n", [("item1", "a b"), ("item1", "c"), ("item2", "d")]),
        ("term\n  what it is", [("item1", "term"), ("item1", "what it is")]),
        (":Author: Ann\n:orphan:\n", [("item1", "Ann")]),
        ("Say::\n\n  x = 1\n\n    y\n\nOn", [("paragraph", "Say:"), ("code", "x = 1\n\n  y"), ("paragraph", "On")]),
        ("::\n\n  x = 1", [("code", "x = 1")]),
        (">>> 1 + 1\n2\n\nText", [("code", ">>> 1 + 1\n2"), ("paragraph", "Text")]),
        ("| one\n  more\n| two", [("paragraph", "one more"), ("paragraph", "two")]),
        ("P\n\n  Q\n\n    R", [("paragraph", "P"), ("quote1", "Q"), ("quote2", "R")]),
        (".. note:: Mind\n   it.\n\n   Well.", [("paragraph", "Mind it."), ("paragraph", "Well.")]),
        (".. admonition:: Title\n\n   Body", [("heading", "Title"), ("paragraph", "Body")]),
        (".. versionadded:: 2.5\n   Why.", [("paragraph", "2.5"), ("paragraph", "Why.")]),
        (".. code-block:: py\n   :caption: Cap\n\n   x\n", [("caption", "Cap"), ("code", "x")]),
        (".. figure:: a.png\n   :alt: Alt\n   :width: 40\n\n   Below it.", [("caption", "Alt"), ("paragraph", "Below it.")]),
        (".. |who| replace:: the team", [("paragraph", "the team")]),
        (".. _target: http://x.example\n.. a comment of 40\n   words\n\nText", [("paragraph", "Text")]),
        (".. toctree::\n   :maxdepth: 2\n\n   intro\n   install", []),
        (".. raw:: html\n\n   <b>4</b>", []),
        ("+---+----+\n| A | B  |\n+===+====+\n| 1 | 2  |\n|   | 3  |\n+---+----+\n", [("row", "A\tB"), ("row", "1\t2 3")]),
        ("===  ===\nA    B\n===  ===\n1    2\n     3\n4    5\n===  ===\n\nx", [
            ("row", "A\tB"), ("row", "1\t2 3"), ("row", "4\t5"), ("paragraph", "x")]),
    ],
)  # fmt: skip
def test_blocks(
    blocks: Callable[[Document], list[tuple[str, str]]], raw: str, expected: list[tuple[str, str]]
) -> None:
    assert blocks(READER.read(raw, "a.rst")) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("``a b``", [("code", "a b", "a b")]),
        (":py:func:`~a.b`", [("code", "a.b", "a.b")]),
        (":ref:`the text <label>`", [("link", "the text", "label")]),
        ("`a\nlink <http://x.example>`_", [("link", "a link", "http://x.example")]),
        (":ref:`label`", []),
    ],
)
def test_marks(raw: str, expected: list[tuple[str, str, str]]) -> None:
    document = READER.read(raw, "a.rst")
    assert [(m.kind, document.text[slice(*m.span)], m.value) for m in document.marks] == expected


def test_places() -> None:
    document = READER.read("Head\n====\n\n- a\n\n  .. note:: see *this*\n", "a.rst")
    assert document.position(document.text.index("this")) == (6, 18)
