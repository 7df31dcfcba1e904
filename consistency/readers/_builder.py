"""Build a Document piece by piece while keeping the file offset of every character.

Text comes in four ways: `words` (a stretch of the file, white space collapsed), `verbatim` (as it stands),
`decoded` (a stretch whose entities are resolved) and `put` (characters that the file does not hold, all at
one offset). Everything is linear in the length of the file.
"""

from __future__ import annotations

import html
import re
from array import array
from collections.abc import Sequence

from consistency.records import Block, Document, Mark, Pragma, Span

# Only these collapse: U+00A0 and U+202F group digits in print and U+3000 indents, so they are content.
_BLANKS = re.compile(r"[ \t\n\r\f\v]+")
ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
# Raised digits as Unicode writes them, so that 10<sup>6</sup> does not read 106, nor a note's mark as a digit.
_RAISED = str.maketrans("0123456789+-\u2212", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_LINE = re.compile(r"\r\n?|\n")
# Scripts without spaces between words: Han, kana, bopomofo, their punctuation and full-width forms.
_UNSPACED = ((0x2E80, 0x303F), (0x3040, 0x312F), (0x31A0, 0x9FFF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F),
             (0xFF00, 0xFFEF), (0x20000, 0x3FFFF))  # fmt: skip


def line_starts(raw: str) -> array[int]:
    """Return the offset of each line's first character; \\n, \\r\\n and \\r end a line, nothing else does."""
    starts = array("I", [0])
    starts.extend(match.end() for match in _LINE.finditer(raw))
    return starts


def unspaced(char: str) -> bool:
    """Tell whether a character belongs to a script that puts no spaces between words.

    >>> unspaced("語"), unspaced("。"), unspaced("한"), unspaced("a")
    (True, True, False, False)
    """
    code = ord(char)
    return code >= 0x2E80 and any(low <= code <= high for low, high in _UNSPACED)


def _mark(text: str, kind: str, start: int, end: int, value: str | None) -> Mark:
    """Return a mark that does not begin with the separators written after it was opened."""
    while start < end and text[start] in " \t\n":
        start += 1
    return Mark(kind, Span(start, end), text[start:end] if value is None else value)


class Builder:
    """Collect blocks, marks and pragmas of one file in reading order."""

    def __init__(self, raw: str, path: str, starts: array[int] | None = None) -> None:
        """Begin a document; starts: where its lines do, where that is known already."""
        self.raw = raw
        self.path = path
        self.starts = starts
        self.meta: dict[str, str] = {}
        self.skipped: list[str] = []
        self.blocks: list[Block] = []
        self.raised = False  # digits written now are superscript
        self._chunks: list[str] = []
        self._length = 0
        self._offsets = array("I")
        self._marks: list[tuple[str, int, int, str | None]] = []
        self._pragmas: list[tuple[str, str]] = []  # wait for the block they govern
        self._governed: list[Pragma] = []
        self._kind = ""
        self._level = 0
        self._prose = True
        self._start = 0
        self._last = ""  # the last visible character of the open block
        self._blank: tuple[int, bool] | None = None  # a space not yet written: its offset, was it a line end
        self._tabs: list[int] = []  # cell borders not yet written
        self._captions: list[tuple[int, int]] = []

    @property
    def is_open(self) -> bool:
        """Tell whether a block is open."""
        return bool(self._kind)

    @property
    def last(self) -> str:
        """Return the last visible character of the open block, "" where it has none yet."""
        return self._last

    @property
    def is_code(self) -> bool:
        """Tell whether the open block is code, whose white space counts."""
        return self.is_open and not self._prose

    @property
    def mark_start(self) -> int:
        """Return where a mark that begins now starts in the text."""
        return self._length

    def begin(self, kind: str, level: int = 0, *, prose: bool = True) -> None:
        """Open a block, closing the one before."""
        self.end()
        self._kind, self._level, self._prose = kind, level, prose
        self._start = self._length
        self._last = ""
        self._blank = None

    def end(self) -> None:
        """Close the open block; one without text vanishes. Its captions become blocks of their own."""
        if self._kind:
            self._close()
        captions, self._captions = self._captions, []
        for start, stop in captions:
            self.begin("caption")
            self.decoded(start, stop)
            self._close()

    def _close(self) -> None:
        kind, self._kind, self._blank = self._kind, "", None
        self.raised = False
        self._tabs.clear()
        if not self._last:
            return
        span = Span(self._start, self._length)
        self.blocks.append(Block(kind, span, self._level, self._prose))
        self._governed.extend(Pragma(check, reason, span) for check, reason in self._pragmas)
        self._pragmas.clear()

    def caption(self, start: int, stop: int) -> None:
        """Keep an attribute's text (a title) as a block of its own behind the open one."""
        self._captions.append((start, stop))

    def _write(self, text: str, offsets: array[int]) -> None:
        """Append visible text, and before it the space or the block separator that it calls for."""
        if self._start == self._length and self._length:
            self._append("\n", array("I", [min(self._offsets[-1] + 1, offsets[0])]))
            self._start = self._length
        if self._tabs and self._last:
            self._append("\t" * len(self._tabs), array("I", self._tabs))
        elif self._blank is not None and self._last:
            offset, soft = self._blank
            if not (soft and unspaced(self._last) and unspaced(text[0])):
                self._append(" ", array("I", [offset]))
        self._blank = None
        self._tabs.clear()
        self._append(text.translate(_RAISED) if self.raised else text, offsets)
        if self._last or not text.isspace():
            self._last = text[-1]

    def _append(self, text: str, offsets: array[int]) -> None:
        self._chunks.append(text)
        self._offsets.extend(offsets)
        self._length += len(text)

    def blank(self, offset: int, *, soft: bool = False) -> None:
        """Ask for a space before the next visible character; soft: it stands for a line end of the file."""
        if self._blank is None:
            self._blank = (offset, soft)

    def cell(self, offset: int) -> None:
        """Put a cell border, a tab, before the next visible text; none at the row's edges."""
        self._blank = None
        self._tabs.append(offset)

    def words(self, start: int, stop: int) -> None:
        """Append raw[start:stop], each run of white space as one space, none at the block's edges."""
        position = start
        for match in _BLANKS.finditer(self.raw, start, stop):
            if match[0] == " " and position < match.start() and match.end() < stop:
                continue  # one space between words stands as it is
            self.verbatim(position, match.start())
            self.blank(match.start(), soft="\n" in match[0] or "\r" in match[0])
            position = match.end()
        self.verbatim(position, stop)

    def verbatim(self, start: int, stop: int) -> None:
        """Append raw[start:stop] as it stands."""
        if start < stop:
            self._write(self.raw[start:stop], array("I", range(start, stop)))

    def put(self, text: str, offset: int) -> None:
        """Append characters that the file does not hold; all of them stand at one offset."""
        if text:
            self._write(text, array("I", [offset]) * len(text))

    def spread(self, text: str, offsets: Sequence[int]) -> None:
        """Append a text that the file holds in another form; offsets: where each of its characters stands."""
        position = 0
        for match in _BLANKS.finditer(text):
            self._spread(text, offsets, position, match.start())
            self.blank(offsets[match.start()])
            position = match.end()
        self._spread(text, offsets, position, len(text))

    def _spread(self, text: str, offsets: Sequence[int], start: int, stop: int) -> None:
        if start < stop:
            self._write(text[start:stop], array("I", offsets[start:stop]))

    def decoded(self, start: int, stop: int, *, keep: bool = False) -> None:
        """Append raw[start:stop] with character references resolved; keep: white space as it stands."""
        append = self.verbatim if keep else self.words
        position = start
        for match in ENTITY.finditer(self.raw, start, stop):
            text = html.unescape(match[0])
            if text == match[0]:
                continue
            append(position, match.start())
            if text.isspace() and _BLANKS.fullmatch(text) and not keep:
                self.blank(match.start())
            else:
                self.put(text, match.start())
            position = match.end()
        append(position, stop)

    def mark(self, kind: str, start: int, value: str | None) -> None:
        """Keep a mark over the text from `start` (see mark_start) to here; None: its value is that text."""
        self._marks.append((kind, start, self._length, value))

    def pragma(self, check: str, reason: str, *, everywhere: bool = False) -> None:
        """Keep an instruction for the open block, else the next one; everywhere: for the whole document."""
        if everywhere:
            self._governed.append(Pragma(check, reason, None))
        else:
            self._pragmas.append((check, reason))

    def document(self) -> Document:
        """Return what was collected; the language is told by whoever loads the file."""
        self.end()
        last = self._offsets[-1] + 1 if self._length else 0
        self._offsets.append(min(last, len(self.raw)))
        text = "".join(self._chunks)
        return Document(
            path=self.path,
            lang="und",
            text=text,
            offsets=self._offsets,
            blocks=tuple(self.blocks),
            marks=tuple(_mark(text, *mark) for mark in self._marks),
            raw=self.raw,
            skipped=tuple(self.skipped),
            pragmas=tuple(self._governed),
            meta=dict(self.meta),
            line_starts=line_starts(self.raw) if self.starts is None else self.starts,
        )
