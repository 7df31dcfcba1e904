"""Turn pieces of HTML into blocks: for whole files, and for HTML blocks in Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from consistency.readers._builder import Builder
from consistency.readers._inline import CODE, InlineTags
from consistency.readers._tags import Piece
from consistency.records import ConsistencyError

_VOID_WORDS = "area base br col embed hr img input link meta param source track wbr"
_VOID = frozenset(_VOID_WORDS.split())
# Never content, wherever they stand.
_SKIPPED_WORDS = (
    "script style template noscript svg iframe object audio video canvas form button select textarea input "
    "datalist dialog nav title"
)
_SKIPPED = frozenset(_SKIPPED_WORDS.split())
# Around the article, but content inside it (a header there holds the headline).
_SURROUNDING = frozenset({"header", "footer", "aside"})
_BLOCKS_WORDS = (
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure "
    "footer h1 h2 h3 h4 h5 h6 header hgroup hr html li main menu ol p pre section summary table tbody td tfoot "
    "th thead tr ul"
)
_BLOCKS = frozenset(_BLOCKS_WORDS.split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset({"ul", "ol", "menu", "dl"})
_KINDS = {"li": "item", "dt": "item", "dd": "item", "blockquote": "quote", "caption": "caption",
          "figcaption": "caption", "pre": "code", "td": "row", "th": "row"}  # fmt: skip
# What HTML closes by itself when the key begins (HTML, 13.1.2.4), as far as the kind of a block hangs on it.
_CLOSES = {
    "li": frozenset({"li", "p"}),
    "dt": frozenset({"dt", "dd", "p"}),
    "dd": frozenset({"dt", "dd", "p"}),
    "tr": frozenset({"tr", "td", "th", "p"}),
    "td": frozenset({"td", "th", "p"}),
    "th": frozenset({"td", "th", "p"}),
}
_CLOSED_BY_BLOCKS = frozenset({"p", *_HEADINGS})
# Inside a cell these are only spaces; anything else of block level takes the cell apart.
_IN_CELL = frozenset({"p", "div", "center", "address", "section"})


class HtmlWalk:
    """Turn a stream of pieces into blocks.

    surrounding: leave out what surrounds an article; write: writes raw[start:stop] in place of plain HTML text.
    """

    def __init__(
        self, builder: Builder, *, surrounding: bool = True, write: Callable[[int, int], None] | None = None
    ) -> None:
        self.write = write or builder.decoded
        self.builder = builder
        self.inline = InlineTags(builder)
        self.skipped = _SKIPPED | _SURROUNDING if surrounding else _SKIPPED
        self.stack: list[str] = []
        self.shaping: list[str] = []  # those of the stack that shape a block, so that the last one is at hand
        self.count: Counter[str] = Counter()
        self.skipping = 0  # depth of the stack at which content starts again, 0: content

    def read(self, piece: Piece) -> None:
        """Take the next piece."""
        if piece.kind == "open":
            self._open(piece)
        elif piece.kind == "close":
            self._close(piece)
        elif not self.skipping and piece.kind == "comment":
            self.inline.read(piece)
        elif not self.skipping and piece.kind == "text":
            self._text(piece)

    def _text(self, piece: Piece) -> None:
        builder = self.builder
        if not builder.is_open:
            if builder.raw[piece.start : piece.stop].isspace():
                return
            self._begin()
        start = piece.start
        pre = builder.is_code
        if pre and builder.raw.startswith("\n", start) and builder.raw[start - 1 : start] == ">":
            start += 1  # HTML drops the first line end of a pre element
        if pre:
            builder.decoded(start, piece.stop, keep=True)
        else:
            self.write(start, piece.stop)

    def _begin(self) -> None:
        """Open the block that the open elements call for."""
        name = self.shaping[-1] if self.shaping else ""
        kind = _KINDS.get(name, "paragraph")
        if name in _HEADINGS:
            self.builder.begin("heading", _HEADINGS[name])
        elif kind == "item":
            self.builder.begin(kind, max(1, sum(self.count[element] for element in _LISTS)))
        elif kind == "quote":
            self.builder.begin(kind, self.count["blockquote"])
        else:
            self.builder.begin(kind, prose=kind != "code")

    def _open(self, piece: Piece) -> None:
        name = piece.name
        if not self.skipping and name in _BLOCKS:
            self._implied(name)
            self._border(name, piece.start)
        if name not in _VOID:
            self._push(name)
        if self.skipping:
            return
        if name in self.skipped or "hidden" in piece.attributes:
            if name not in _VOID:
                self.skipping = len(self.stack)
            return
        if name in CODE and self.count["pre"]:
            return  # the block is code already
        if not self.builder.is_open and name in ("img", "a"):
            self._begin()
        self.inline.read(piece)

    def _push(self, name: str) -> None:
        self.stack.append(name)
        self.count[name] += 1
        if name in _KINDS or name in _HEADINGS:
            self.shaping.append(name)

    def _pop(self) -> str:
        name = self.stack.pop()
        self.count[name] -= 1
        if self.shaping and self.shaping[-1] == name:
            self.shaping.pop()
        return name

    def _implied(self, name: str) -> None:
        """Close what cannot stay open when a block element begins."""
        closing = _CLOSES.get(name, frozenset()) | _CLOSED_BY_BLOCKS
        while self.stack and self.stack[-1] in closing:
            self._pop()

    def _border(self, name: str, offset: int) -> None:
        """End the open block, or only put a space or a cell border where the element stands in a row."""
        in_cell = self.count["td"] + self.count["th"] > 0
        if name in ("td", "th"):
            if not self.builder.is_open:
                self.builder.begin("row")
            self.builder.cell(offset)
        elif in_cell and name in _IN_CELL:
            self.builder.blank(offset)
        else:
            self.builder.end()

    def _close(self, piece: Piece) -> None:
        name = piece.name
        if self.count[name] > 0:
            while True:
                if self._pop() == name:
                    break
        if self.skipping:
            if len(self.stack) < self.skipping:
                self.skipping = 0
            return
        self.inline.read(piece)
        if name in _BLOCKS and name not in ("td", "th"):
            self._border(name, piece.start)


def refuse_open_comment(builder: Builder, piece: Piece) -> None:
    """Raise where a comment never ends."""
    if piece.kind == "comment" and not piece.closed:
        line = builder.raw.count("\n", 0, piece.start) + 1
        raise ConsistencyError(f"{builder.path}:{line}: this comment is never closed")
