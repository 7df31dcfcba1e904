"""Cut HTML into tags, comments and text with the exact file offset of everything, attributes included.

An own tokenizer, because lxml knows no columns and caps lines at 65535, and html.parser gives a place for a
tag but none for its attributes, whose texts (alt, title) are content here. It accepts any input, never looks
back, and never scans one stretch twice, so that it stays linear on hostile files.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

# Elements whose content is not markup (HTML, 13.2.5: script data, RCDATA and raw text states).
RAW_TEXT = frozenset({"script", "style", "textarea", "title", "xmp", "noembed", "noframes"})
_NAME = re.compile(r"[A-Za-z][^\s/>\x00<]*")
_SPACE = re.compile(r"[\s/]*")
_ATTRIBUTE = re.compile(r"[^\s/>=<\"'][^\s/>=<]*")
_EQUALS = re.compile(r"\s*=\s*")
_BARE = re.compile(r"[^\s>]*")


@dataclass(frozen=True, slots=True)
class Piece:
    """Name one piece of an HTML file; start, stop: offsets of the whole of it.

    kind: text · open · close · comment · other (doctype, processing instruction).
    name: of the element, lower case; attributes: name → (start, stop) of the value, the first of a name counts.
    """

    kind: str
    start: int
    stop: int
    name: str = ""
    attributes: dict[str, tuple[int, int]] = field(default_factory=dict)
    closed: bool = True  # False: a comment that runs to the end of the file


def attribute(raw: str, piece: Piece, name: str) -> str:
    """Return the decoded value of an attribute, "" where it is absent or empty."""
    span = piece.attributes.get(name)
    return html.unescape(raw[span[0] : span[1]]).strip() if span else ""


class _Finder:
    """Find strings ahead; what was not found once is never searched again."""

    def __init__(self, raw: str, stop: int) -> None:
        self.raw, self.stop = raw, stop
        self.missing: set[str] = set()

    def find(self, needle: str, start: int) -> int:
        if needle in self.missing:
            return -1
        found = self.raw.find(needle, start, self.stop)
        if found < 0:
            self.missing.add(needle)
        return found


def pieces(
    raw: str, start: int = 0, stop: int | None = None, raw_text: frozenset[str] = RAW_TEXT
) -> Iterator[Piece]:
    """Yield the pieces of raw[start:stop] in order; together they cover all of it."""
    stop = len(raw) if stop is None else stop
    finder = _Finder(raw, stop)
    position = text_start = start
    while (at := finder.find("<", position)) >= 0:
        piece = _markup(finder, at)
        if piece is None:
            position = at + 1
            continue
        if text_start < at:
            yield Piece("text", text_start, at)
        yield piece
        position = text_start = piece.stop
        if piece.kind == "open" and piece.name in raw_text:
            end = _raw_end(raw, piece, stop, finder)
            if piece.stop < end:
                yield Piece("text", piece.stop, end)
            position = text_start = end
    if text_start < stop:
        yield Piece("text", text_start, stop)


def _raw_end(raw: str, piece: Piece, stop: int, finder: _Finder) -> int:
    """Return where the content of a raw-text element ends: at its close tag, else where it begins."""
    key = f"</{piece.name}"
    if key in finder.missing:
        return piece.stop
    match = re.compile(re.escape(key) + r"(?=[\s/>])", re.IGNORECASE).search(raw, piece.stop, stop)
    if match is None:
        finder.missing.add(key)
        return piece.stop
    return match.start()


def _markup(finder: _Finder, at: int) -> Piece | None:
    """Return the markup that begins at a "<", None where it is just that character."""
    raw, stop = finder.raw, finder.stop
    following = raw[at + 1 : at + 2] if at + 1 < stop else ""
    if following == "!":
        return _declaration(finder, at)
    if following == "?":
        end = finder.find(">", at)
        return Piece("other", at, stop if end < 0 else end + 1)
    if following == "/":
        match = _NAME.match(raw, at + 2, stop)
        end = finder.find(">", at)
        if match is None or end < 0:
            return None
        return Piece("close", at, end + 1, match[0].lower())
    match = _NAME.match(raw, at + 1, stop)
    return _open(finder, at, match) if match else None


def _declaration(finder: _Finder, at: int) -> Piece | None:
    raw, stop = finder.raw, finder.stop
    if raw.startswith("<!--", at):
        if raw.startswith((">", "->"), at + 4):  # `<!-->` and `<!--->` are whole comments
            return Piece("comment", at, raw.index(">", at) + 1)
        end = finder.find("-->", at + 4)
        return Piece("comment", at, stop if end < 0 else end + 3, closed=end >= 0)
    end = finder.find("]]>", at) if raw.startswith("<![CDATA[", at) else finder.find(">", at)
    if end < 0:
        return None
    return Piece("other", at, end + (3 if raw[end] == "]" else 1))


def _open(finder: _Finder, at: int, name: re.Match[str]) -> Piece | None:
    """Return a start tag; None where the file or another "<" comes before its end."""
    raw, stop = finder.raw, finder.stop
    attributes: dict[str, tuple[int, int]] = {}
    position = name.end()
    while True:
        blank = _SPACE.match(raw, position, stop)
        position = blank.end() if blank else position
        if position >= stop or raw[position] == "<":
            return None
        if raw[position] == ">":
            return Piece("open", at, position + 1, name[0].lower(), attributes)
        match = _ATTRIBUTE.match(raw, position, stop)
        if match is None:  # a stray quote or "="
            position += 1
            continue
        value, position = _value(finder, match.end())
        if position < 0:
            return None
        attributes.setdefault(match[0].lower(), value)


def _value(finder: _Finder, position: int) -> tuple[tuple[int, int], int]:
    """Return an attribute's value as offsets and where the scan goes on, -1 where its quote never closes."""
    raw, stop = finder.raw, finder.stop
    equals = _EQUALS.match(raw, position, stop)
    if equals is None:
        return (position, position), position
    start = equals.end()
    if start < stop and raw[start] in "\"'":
        end = finder.find(raw[start], start + 1)
        return (start + 1, end), end + 1 if end >= 0 else -1
    bare = _BARE.match(raw, start, stop)
    end = bare.end() if bare else start
    return (start, end), end
