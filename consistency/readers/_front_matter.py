"""Read the scalars of YAML (`---`) and TOML (`+++`) front matter, with the place of the texts among them.

YAML here is the part that front matter uses: nested keys, plain, quoted and block scalars. Anything else
(anchors, tags, flow collections) is left unread rather than read wrongly. An own reader, because a finding
points at the words of a title, and YAML libraries tell only the line and column where a value begins.
"""

from __future__ import annotations

import html
import re
import tomllib
from dataclasses import dataclass
from typing import Any

from consistency.readers._builder import ENTITY, Builder
from consistency.records import ConsistencyError

# Keys whose values are text that readers see; everything else is data.
TEXTS = {"title": "title", "description": "description", "summary": "description", "subtitle": "description",
         "excerpt": "description"}  # fmt: skip
_KEY = re.compile(
    r"^([ ]*)((?:- )?)([A-Za-z_][\w.-]*|\"[^\"\n]*\"|'[^'\n]*')[ \t]*:(?=[ \t]|$)[ \t]*", re.MULTILINE
)
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|$)")
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "", "b": "", " ": " "}


@dataclass(frozen=True, slots=True)
class _Value:
    """Name a scalar: its dotted key, where it stands, how it is written ("plain", "'", '"', "|" or ">")."""

    key: str
    start: int
    stop: int
    style: str


def read_front_matter(builder: Builder) -> int:
    """Read the front matter into the builder's blocks and meta; return where the body begins, 0 for none.

    Raise ConsistencyError where it opens, holds a key and never closes, or is TOML that cannot be read.
    """
    raw = builder.raw
    fence = raw[:3]
    first = _LINE.match(raw)
    if fence not in ("---", "+++") or first is None or first[0].strip() != fence:
        return 0
    start = first.end()
    closing = re.compile(r"^(?:---|\.\.\.)[ \t]*$" if fence == "---" else r"^\+\+\+[ \t]*$", re.MULTILINE)
    end = closing.search(raw.replace("\r", "\n"), start)
    if end is None:
        if fence == "---" and not _KEY.match(raw, start):
            return 0  # a thematic break, not front matter
        raise ConsistencyError(f"{builder.path}:1: the front matter that opens with {fence} is never closed")
    if fence == "---" and raw[start : end.start()].strip() and not _KEY.search(raw, start, end.start()):
        return 0  # text between two thematic breaks
    (_yaml if fence == "---" else _toml)(builder, start, end.start())
    following = _LINE.match(raw, end.start())
    return following.end() if following else len(raw)


def _yaml(builder: Builder, start: int, stop: int) -> None:
    for value in _values(builder.raw, start, stop):
        text, offsets = _decode(builder.raw, value)
        builder.meta.setdefault(value.key, text)
        kind = TEXTS.get(value.key)
        if kind:
            _emit(builder, kind, text, offsets)


def _emit(builder: Builder, kind: str, text: str, offsets: list[int]) -> None:
    """Write a text whose characters stand at `offsets`; sites render character references in it."""
    builder.begin(kind)
    position = 0
    while position < len(text):
        char, width = text[position], 1
        if char == "&" and (match := ENTITY.match(text, position)):
            char, width = html.unescape(match[0]), len(match[0])
        if char in " \n":
            builder.blank(offsets[position])
        else:
            builder.put(char, offsets[position])
        position += width
    builder.end()


def _values(raw: str, start: int, stop: int) -> list[_Value]:
    """Return the scalars of a YAML mapping in order; keys of nested mappings are dotted."""
    values: list[_Value] = []
    parents: list[tuple[int, str]] = []
    position = start
    while position < stop:
        line = _LINE.match(raw, position, stop)
        end = line.end() if line else stop
        match = _KEY.match(raw, position, stop)
        if match is None or match[2]:
            position = end
            continue
        indent = len(match[1])
        while parents and parents[-1][0] >= indent:
            parents.pop()
        key = ".".join([*(name for _, name in parents), match[3].strip("\"'")])
        value, position = _scalar(raw, key, indent, match.end(), stop)
        if value is None:
            parents.append((indent, key.rpartition(".")[2]))
        else:
            values.append(value)
    return values


def _scalar(raw: str, key: str, indent: int, start: int, stop: int) -> tuple[_Value | None, int]:
    """Return the scalar at `start` and where the next line to read begins; None: no scalar here."""
    line = _LINE.match(raw, start, stop)
    end = line.end() if line else stop
    head = raw[start:end].rstrip("\r\n")
    if head[:1] in ("'", '"'):
        close = _closing_quote(raw, start, stop)
        if close < 0:
            return None, end
        rest = _LINE.match(raw, close, stop)
        return _Value(key, start + 1, close, head[0]), rest.end() if rest else stop
    if head[:1] in ("|", ">"):
        block_end = _indented_end(raw, end, stop, indent)
        return _Value(key, end, block_end, head[0]), block_end
    text = re.split(r"(?:^|[ \t])#", head, maxsplit=1)[0].rstrip()
    if not text or text[0] in "[{&*!%@`":
        return None, end
    block_end = _indented_end(raw, end, stop, indent)
    if block_end == end:
        return _Value(key, start, start + len(text), "plain"), end
    return _Value(key, start, block_end, "plain"), block_end


def _closing_quote(raw: str, start: int, stop: int) -> int:
    """Return the offset of the quote that closes the one at `start`, -1 where there is none."""
    quote, position = raw[start], start + 1
    while position < stop:
        char = raw[position]
        doubled = quote == "'" and raw.startswith("''", position)
        if doubled or (char == "\\" and quote == '"'):
            position += 2
        elif char == quote:
            return position
        else:
            position += 1
    return -1


def _indented_end(raw: str, start: int, stop: int, indent: int) -> int:
    """Return where the lines that are indented deeper than `indent` (or blank) end."""
    position = start
    kept = start
    while position < stop:
        line = _LINE.match(raw, position, stop)
        if line is None or not line[0]:
            break
        text = line[0]
        if text.strip() and len(text) - len(text.lstrip(" ")) <= indent:
            break
        position = line.end()
        if text.strip():
            kept = position
    return kept


def _decode(raw: str, value: _Value) -> tuple[str, list[int]]:
    """Return a scalar's text and the file offset of each of its characters; line ends become spaces."""
    chars: list[str] = []
    offsets: list[int] = []
    position = value.start
    while position < value.stop:
        char, width = raw[position], 1
        if value.style == '"' and char == "\\" and (match := _ESCAPE.match(raw, position, value.stop)):
            code = match[1] or match[2]
            char = _character(int(code, 16)) if code else _ESCAPES.get(match[3], match[3])
            width = match.end() - position
        elif value.style == "'" and raw.startswith("''", position):
            width = 2
        blank = char in " \t\r\n"
        if char and not (blank and (not chars or chars[-1] == " ")):
            chars.append(" " if blank else char)
            offsets.append(position + (width == 2))  # behind the backslash, or the second of two quotes
        position += width
    if chars and chars[-1] == " ":
        chars.pop()
        offsets.pop()
    return "".join(chars), offsets


def _character(code: int) -> str:
    """Return a character by its code; half of a surrogate pair says nothing by itself."""
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)


def _toml(builder: Builder, start: int, stop: int) -> None:
    raw = builder.raw
    try:
        data = tomllib.loads(raw[start:stop].replace("\r\n", "\n").replace("\r", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise ConsistencyError(f"{builder.path}:1: the front matter is not TOML: {error}") from None
    for key, text in _flat(data, ""):
        builder.meta[key] = text
        kind = TEXTS.get(key)
        if kind:
            place = re.compile(rf"^[ \t]*{re.escape(key)}[ \t]*=[ \t]*[\"']*", re.MULTILINE).search(
                raw, start, stop
            )
            at = place.end() if place else start
            found = raw.startswith(text, at)  # else an escape or several lines: only the beginning is known
            _emit(builder, kind, text, [at + index if found else at for index in range(len(text))])


def _flat(data: dict[str, Any], prefix: str) -> list[tuple[str, str]]:
    """Return the scalars of a table with dotted keys; lists are data that no step honours."""
    flat: list[tuple[str, str]] = []
    for key, value in data.items():
        if isinstance(value, dict):
            flat.extend(_flat(value, f"{prefix}{key}."))
        elif not isinstance(value, list):
            flat.append((prefix + key, str(value)))
    return flat
