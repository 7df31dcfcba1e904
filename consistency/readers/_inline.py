"""Read inline HTML elements into marks and text; the same for HTML files and for HTML inside Markdown."""

from __future__ import annotations

from consistency.readers._builder import Builder
from consistency.readers._pragmas import read_pragma
from consistency.readers._tags import Piece, attribute

# Attributes of components (they begin with a capital) that readers see, besides the title.
_SHOWN = ("label", "caption", "description", "summary", "heading")
_DEPTH = 16  # open links and code elements at a time; more is not an article, and the stack is searched
CODE = frozenset({"code", "kbd", "samp", "tt", "var"})


class InlineTags:
    """Follow the open links and code elements of one file."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self._open: list[tuple[str, int, str]] = []  # element, start of its text, address

    def read(self, piece: Piece) -> None:
        """Take one tag or comment; anything that is neither link, image, code nor break is only markup."""
        if piece.kind == "comment":
            self._comment(piece)
        elif piece.name == "sup":
            self.builder.raised = piece.kind == "open"
        elif piece.kind == "open":
            self._start(piece)
        elif piece.kind == "close" and (piece.name == "a" or piece.name in CODE):
            self._stop(piece.name)

    def _comment(self, piece: Piece) -> None:
        if not piece.closed:
            return
        pragma = read_pragma(self.builder.raw[piece.start + 4 : piece.stop - 3])
        if pragma is not None:
            self.builder.pragma(*pragma)

    def _start(self, piece: Piece) -> None:
        builder = self.builder
        if piece.name in ("br", "wbr"):
            if piece.name == "br":
                builder.blank(piece.start)
        elif piece.name == "img":
            self._image(piece)
        elif len(self._open) >= _DEPTH:
            pass
        elif piece.name == "a" and "href" in piece.attributes:
            self._open.append(("a", builder.mark_start, attribute(builder.raw, piece, "href")))
        elif piece.name in CODE:
            self._open.append((piece.name, builder.mark_start, ""))
        shown = ("title", *_SHOWN) if builder.raw[piece.start + 1].isupper() else ("title",)
        for name in shown:
            span = piece.attributes.get(name)
            if span and span[0] < span[1]:
                builder.caption(*span)

    def _image(self, piece: Piece) -> None:
        builder = self.builder
        start = builder.mark_start
        alternative = piece.attributes.get("alt")
        if alternative and alternative[0] < alternative[1]:
            builder.blank(piece.start)
            builder.decoded(*alternative)
            builder.blank(piece.stop)
        source = attribute(builder.raw, piece, "src")
        if source:
            builder.mark("image", start, source)

    def _stop(self, name: str) -> None:
        """Close the innermost element of that name and what was left open in it; none: say nothing."""
        names = [element for element, _, _ in self._open]
        if name not in names:
            return
        while True:
            element, start, address = self._open.pop()
            if element == name:
                break
        self.builder.mark("link" if name == "a" else "code", start, address if name == "a" else None)
