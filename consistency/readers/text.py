"""Read plain text: blank lines part blocks, line ends inside a block are spaces.

Where a block's lines are longer than anybody wraps, its line ends are no wrapping either: they part paragraphs,
except before a lower-case letter.
"""

from __future__ import annotations

import re

from consistency.readers._builder import Builder
from consistency.readers._reader import Reader
from consistency.records import Document

# One or more line ends with nothing but blanks between them, at least two in all.
_GAP = re.compile(r"(?:\r\n?|\n)[ \t\f\v]*(?:\r\n?|\n)[ \t\r\n\f\v]*")
_LINE = re.compile(r"[^\r\n]+")
_WRAPPED = 120  # characters; editors and mail wrap at 72 to 100


def read(raw: str, path: str) -> Document:
    """Return a paragraph for each stretch between blank lines, or for its lines where these are not wrapped."""
    builder = Builder(raw, path)
    position = 0
    for match in _GAP.finditer(raw):
        _paragraph(builder, position, match.start())
        position = match.end()
    _paragraph(builder, position, len(raw))
    return builder.document()


def _paragraph(builder: Builder, start: int, stop: int) -> None:
    lines = [match.span() for match in _LINE.finditer(builder.raw, start, stop)]
    wrapped = max((end - begin for begin, end in lines), default=0) <= _WRAPPED
    builder.begin("paragraph")
    for begin, end in lines:
        first = builder.raw[begin:end].lstrip()[:1]
        if not wrapped and not first.islower():
            builder.begin("paragraph")
        builder.blank(begin, soft=True)
        builder.words(begin, end)


READER = Reader("text", (".txt", ".text"), read)
