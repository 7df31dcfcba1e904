"""Read Word documents: paragraphs, headings, lists, tables, links, alternative texts and footnotes.

A .docx is a ZIP of XML, so nothing but the standard library is needed. It has no lines: `Document.raw` is the
extracted text, one line a paragraph or row, and positions count in it. Deleted and moved-away text of tracked
changes is not read, inserted text is. Sizes are bounded while unpacking, and no entity is ever expanded.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field

from consistency.readers._builder import Builder
from consistency.readers._decode import decode
from consistency.readers._reader import Reader
from consistency.readers._tags import Piece, attribute, pieces
from consistency.records import ConsistencyError, Document

_UNPACKED = 40_000_000  # bytes of all parts together; a long novel is under ten megabytes
_TAB = re.compile("\t")
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_NAMES = (
    "word/document.xml",
    "word/styles.xml",
    "word/_rels/document.xml.rels",
    "word/footnotes.xml",
    "word/endnotes.xml",
)
# RuntimeError: encrypted; NotImplementedError: a compression nobody knows.
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)
# Text that is gone (deleted, moved away) or stands a second time (the fallback of a drawing).
_GONE = frozenset({"w:del", "w:movefrom", "mc:fallback", "w:instrtext", "w:rpr"})


@dataclass(slots=True)
class _Block:
    """Collect one paragraph or row: text, and (kind, start, end, value) of its marks."""

    kind: str = "paragraph"
    level: int = 0
    chunks: list[str] = field(default_factory=list)
    length: int = 0
    last: str = ""
    marks: list[tuple[str, int, int, str]] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Append text; a paragraph may come in very many pieces, so they are joined only once."""
        if text:
            self.chunks.append(text)
            self.length += len(text)
            self.last = text[-1]


def read(data: bytes, path: str) -> Document:
    """Return the content; raise ConsistencyError where the file is no DOCX or unpacks to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = _parts(archive, path)
    except _BROKEN as error:
        raise ConsistencyError(f"{path}: is not a DOCX file: {error}") from None
    if not parts["word/document.xml"]:
        raise ConsistencyError(f"{path}: is not a DOCX file: it has no word/document.xml")
    styles = _styles(parts["word/styles.xml"])
    blocks = _Walk(parts["word/document.xml"], styles, _links(parts["word/_rels/document.xml.rels"])).blocks
    for notes in ("word/footnotes.xml", "word/endnotes.xml"):
        blocks += _Walk(parts[notes], styles, {}).blocks
    return _document(blocks, path)


def _parts(archive: zipfile.ZipFile, path: str) -> dict[str, str]:
    """Return the parts as text, "" for what the archive does not have; never unpack more than the limit."""
    parts, left = dict.fromkeys(_NAMES, ""), _UNPACKED
    for name in sorted(set(_NAMES).intersection(archive.namelist())):
        with archive.open(name) as stream:
            data = stream.read(left + 1)
        left -= len(data)
        if left < 0:
            raise ConsistencyError(f"{path}: unpacks to more than the limit of {_UNPACKED} bytes")
        parts[name] = decode(data, f"{path}: {name}", "xliff")
    return parts


def _styles(xml: str) -> dict[str, str]:
    """Return style id → name; ids are translated by Word, names of built-in styles are not."""
    styles: dict[str, str] = {}
    style = ""
    for piece in pieces(xml):
        if piece.name == "w:style" and piece.kind == "open":
            style = attribute(xml, piece, "w:styleid")
        elif piece.name == "w:name" and piece.kind == "open" and style:
            styles.setdefault(style, attribute(xml, piece, "w:val"))
    return styles


def _links(xml: str) -> dict[str, str]:
    """Return relationship id → address."""
    return {
        attribute(xml, piece, "id"): attribute(xml, piece, "target")
        for piece in pieces(xml)
        if piece.name == "relationship" and piece.kind == "open"
    }


class _Walk:
    """Follow the pieces of one part."""

    def __init__(self, xml: str, styles: dict[str, str], links: dict[str, str]) -> None:
        self.xml, self.styles, self.links = xml, styles, links
        self.blocks: list[_Block] = []
        self.open: list[_Block] = []  # a text box in a paragraph holds paragraphs
        self.row: _Block | None = None
        self.gone = 0
        self.in_text = False
        self.link: tuple[int, str] = (0, "")
        for piece in pieces(xml, raw_text=frozenset()):
            self._read(piece)

    def _read(self, piece: Piece) -> None:
        closed = self.xml[piece.stop - 2 : piece.stop - 1] == "/"
        if piece.name in _GONE:
            if not closed:
                self.gone = max(0, self.gone + (1 if piece.kind == "open" else -1))
        elif self.gone:
            return
        elif piece.kind == "open":
            self._start(piece, closed=closed)
        elif piece.kind == "close":
            self._stop(piece)
        elif piece.kind == "text" and self.in_text and self.open:
            self.open[-1].add(html.unescape(self.xml[piece.start : piece.stop]))

    def _start(self, piece: Piece, *, closed: bool) -> None:
        name = piece.name
        if name == "w:p" and not closed:
            self.open.append(_Block())
        elif name == "w:t":
            self.in_text = not closed
        elif name == "w:tr" and not closed:
            self.row = _Block("row")
        elif name == "w:tc" and self.row is not None and self.row.length:
            self.row.add("\t")
        elif self.open:
            self._in_paragraph(piece)

    def _in_paragraph(self, piece: Piece) -> None:
        block = self.open[-1]
        if piece.name in ("w:tab", "w:br", "w:cr"):
            block.add(" ")
        elif piece.name == "w:nobreakhyphen":
            block.add("-")
        elif piece.name == "w:pstyle":
            style = self.styles.get(attribute(self.xml, piece, "w:val"), "")
            if match := _HEADING.fullmatch(style):
                block.kind, block.level = "heading", int(match[1])
            elif style.lower() in ("title", "subtitle", "caption", "quote"):
                block.kind = {"subtitle": "description"}.get(style.lower(), style.lower())
        elif piece.name == "w:ilvl" and block.kind in ("paragraph", "item"):
            level = attribute(self.xml, piece, "w:val")
            block.kind, block.level = "item", int(level) + 1 if re.fullmatch(r"[0-9]", level) else 1
        elif piece.name == "w:hyperlink":
            self.link = (block.length, self.links.get(attribute(self.xml, piece, "r:id"), ""))
        elif piece.name == "wp:docpr" and (alternative := attribute(self.xml, piece, "descr")):
            block.add(f" {alternative} ")

    def _stop(self, piece: Piece) -> None:
        if piece.name == "w:t":
            self.in_text = False
        elif piece.name == "w:hyperlink" and self.open and self.link[1]:
            self.open[-1].marks.append(("link", self.link[0], self.open[-1].length, self.link[1]))
            self.link = (0, "")
        elif piece.name == "w:p" and self.open:
            self._paragraph(self.open.pop())
        elif piece.name == "w:tr" and self.row is not None:
            self.blocks.append(self.row)
            self.row = None

    def _paragraph(self, block: _Block) -> None:
        """Keep a finished paragraph; within a table it becomes part of its cell."""
        if self.row is None:
            self.blocks.append(block)
            return
        if self.row.last not in ("", "\t"):
            self.row.add(" ")
        shift = self.row.length
        self.row.add("".join(block.chunks))
        self.row.marks += [
            (kind, start + shift, end + shift, value) for kind, start, end, value in block.marks
        ]


def _document(blocks: list[_Block], path: str) -> Document:
    lines = [re.sub(r"[\r\n]", " ", "".join(block.chunks)) for block in blocks]
    builder = Builder("\n".join(lines), path)
    start = 0
    for block, line in zip(blocks, lines, strict=True):
        builder.begin(block.kind, block.level)
        _line(builder, block, start, line)
        start += len(line) + 1
    return builder.document()


def _line(builder: Builder, block: _Block, start: int, line: str) -> None:
    """Write one line, stopping where marks begin and end and where cells do."""
    opening, closing = _edges(block)
    places = sorted(
        {0, len(line), *opening, *closing, *(place for m in _TAB.finditer(line) for place in m.span())}
    )
    opened: dict[int, int] = {}
    for place, following in zip(places, [*places[1:], len(line)], strict=True):
        for index in closing.get(place, ()):
            kind, _, _, value = block.marks[index]
            builder.mark(kind, opened.pop(index, builder.mark_start), value)
        for index in opening.get(place, ()):
            opened[index] = builder.mark_start
        if line[place:following] == "\t":
            builder.cell(start + place)
        else:
            builder.words(start + place, start + following)


def _edges(block: _Block) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """Return place → indices of the marks that begin there, and the same of those that end there."""
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    for index, (_, begin, end, _) in enumerate(block.marks):
        if begin < end:
            opening.setdefault(begin, []).append(index)
            closing.setdefault(end, []).append(index)
    return opening, closing


READER = Reader("docx", (".docx",), read, binary=True)
