"""How a passage is laid out: width in columns, marks under the right characters, nothing hidden."""

import pytest

from consistency.records import Span
from consistency.reporters._passage import columns, passage, visible


def spans(excerpt: str, *marked: str) -> tuple[Span, ...]:
    return tuple(Span(excerpt.index(text), excerpt.index(text) + len(text)) for text in marked)


@pytest.mark.parametrize(
    ("excerpt", "marked", "width", "lines"),
    [
        ("two 22 three", ["22"], 40, ["two 22 three", "    ^^"]),
        ("two 22 three 3", ["22", "3"], 40, ["two 22 three 3", "    ^^       ^"]),
        ("nothing marked", [], 40, ["nothing marked"]),
        ("", [], 40, [""]),
        ("ＡＢ１２", ["１２"], 40, ["ＡＢ１２", "    ^^^^"]),  # full-width letters too
        ("one two three", ["three"], 8, ["one two", "three", "^^^^^"]),
        ("港は三万個です", ["三万"], 40, ["港は三万個です", "    ^^^^"]),  # two columns each
        ("港は三万個です", ["三万"], 6, ["港は三", "    ^^", "万個で", "^^", "す"]),  # no space to break at
        ("cafe\u0301 12", ["12"], 40, ["cafe\u0301 12", "     ^^"]),  # a combining accent takes no column
        ("السعر 12 دولار", ["12"], 40, ["السعر ⟦12⟧ دولار"]),  # right to left
        ("a\tb\nc\x1b[1m\u202ed", ["d"], 40, ["a b c\ufffd[1m\ufffdd", "          ^"]),
        ("a b c d e f g h i j", ["j"], 3, ["…", "e f", "g h", "i j", "  ^"]),
        ("a b c d e f g h i j", ["a"], 3, ["a b", "^", "c d", "e f", "g h", "…"]),
        ("a b c d e f g h i j", ["a", "j"], 3, ["a b", "^", "c d", "e f", "g h", "i j", "  ^"]),
    ],
)
def test_passage(excerpt, marked, width, lines):
    assert passage(excerpt, spans(excerpt, *marked), width, color=False) == lines


def test_color_marks_without_a_second_line():
    assert passage("two 22 three", spans("two 22 three", "22"), 40, color=True) == [
        "two \x1b[1;31m22\x1b[0m three"
    ]


@pytest.mark.parametrize("excerpt", ["word " * 50, "長" * 200, "x" * 300, "長い word " * 30])
@pytest.mark.parametrize("width", [10, 11, 40])
def test_no_line_is_wider_than_asked(excerpt, width):
    assert max(columns(line) for line in passage(excerpt, (), width, color=False)) <= width


def test_visible_keeps_joiners():
    """Persian and Hindi spell with zero-width joiners; these hide nothing."""
    assert visible("می\u200cخواهم \u2066x") == "می\u200cخواهم \ufffdx"
