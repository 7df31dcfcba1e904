"""Collect the text of XML elements with the place of each character.

The tokenizer is the one for HTML: it resolves no declared entities (so none can grow) and loads nothing.
"""

from __future__ import annotations

import html
from collections.abc import Iterator

from consistency.readers._builder import ENTITY
from consistency.readers._tags import Piece, pieces


class TextCollector:
    """Collect the text between two places, leaving out elements that hold codes of another format."""

    def __init__(self, raw: str, codes: frozenset[str] = frozenset()) -> None:
        self.raw = raw
        self.codes = codes
        self.chars: list[str] = []
        self.offsets: list[int] = []
        self.hidden = 0

    def read(self, piece: Piece) -> None:
        """Take one piece from within the element."""
        self_closed = self.raw[piece.stop - 2 : piece.stop - 1] == "/"
        if piece.name in self.codes and not (piece.kind == "open" and self_closed):
            self.hidden = max(0, self.hidden + (1 if piece.kind == "open" else -1))
        elif piece.kind == "text" and not self.hidden:
            self._text(piece.start, piece.stop)
        elif piece.kind == "other" and self.raw.startswith("<![CDATA[", piece.start) and not self.hidden:
            self._plain(piece.start + 9, piece.stop - 3)

    def _text(self, start: int, stop: int) -> None:
        position = start
        for match in ENTITY.finditer(self.raw, start, stop):
            self._plain(position, match.start())
            text = html.unescape(match[0])
            self.chars.extend(text)
            self.offsets.extend([match.start()] * len(text))
            position = match.end()
        self._plain(position, stop)

    def _plain(self, start: int, stop: int) -> None:
        self.chars.extend(self.raw[start:stop])
        self.offsets.extend(range(start, stop))

    def take(self) -> tuple[str, list[int]]:
        """Return what was collected and begin anew."""
        text, offsets = "".join(self.chars), self.offsets
        self.chars, self.offsets, self.hidden = [], [], 0
        return text, offsets


def xml_pieces(raw: str) -> Iterator[Piece]:
    """Yield the pieces of an XML file; `<x/>` yields its close piece too, names lose their prefix."""
    for piece in pieces(raw, raw_text=frozenset()):
        name = piece.name.rpartition(":")[2]
        yield Piece(piece.kind, piece.start, piece.stop, name, piece.attributes, piece.closed)
        if piece.kind == "open" and raw[piece.stop - 2] == "/":
            yield Piece("close", piece.stop, piece.stop, name)
