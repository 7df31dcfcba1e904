"""Read plain text: blank lines part blocks, line ends inside a block are spaces."""

from __future__ import annotations

import re

from consistency.readers._builder import Builder
from consistency.readers._reader import Reader
from consistency.records import Document

# One or more line ends with nothing but blanks between them, at least two in all.
_GAP = re.compile(r"(?:\r\n?|\n)[ \t\f\v]*(?:\r\n?|\n)[ \t\r\n\f\v]*")


def read(raw: str, path: str) -> Document:
    """Return one paragraph for each stretch between blank lines."""
    builder = Builder(raw, path)
    position = 0
    for match in _GAP.finditer(raw):
        _paragraph(builder, position, match.start())
        position = match.end()
    _paragraph(builder, position, len(raw))
    return builder.document()


def _paragraph(builder: Builder, start: int, stop: int) -> None:
    builder.begin("paragraph")
    builder.words(start, stop)


READER = Reader("text", (".txt", ".text"), read)
