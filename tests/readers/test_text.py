"""Check the two readers without markup."""

from __future__ import annotations

import pytest

from consistency.readers.lines import READER as LINES
from consistency.readers.text import READER as TEXT


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("One\ntwo\n\nThree", ["One two", "Three"]),
        ("One\r\n \t\r\n\r\n  Two  ", ["One", "Two"]),
        ("第一\n行\n\n第二", ["第一行", "第二"]),
        ("10\u00a0000 a\u2028b", ["10\u00a0000 a\u2028b"]),  # only line ends of files end lines
        ("Head\n" + "X" * 121 + "\ny z\nEnd", ["Head", "X" * 121 + " y z", "End"]),  # not wrapped: lines part
        ("\n \n", []),
        ("\u00a0\n\nx", ["x"]),
    ],
)
def test_text(raw: str, expected: list[str]) -> None:
    document = TEXT.read(raw, "a.txt")
    assert [document.text[slice(*block.span)] for block in document.blocks] == expected
    assert {block.kind for block in document.blocks} <= {"paragraph"}


def test_lines() -> None:
    document = LINES.read("One. Two.\r\n\n  Three \rFour", "a.lines")
    assert [(b.kind, document.text[slice(*b.span)]) for b in document.blocks] == [
        ("line", "One. Two."),
        ("line", "Three"),
        ("line", "Four"),
    ]
    assert document.position(document.text.index("Four")) == (4, 1)
