"""Read the scalars of a YAML mapping with the place of every character.

Nested keys, plain, quoted and block scalars and lists of them: what front matter and locale files use.
Anything else (anchors, tags, flow collections) is left unread rather than read wrongly. An own reader, because
a finding points at the words of a value, and YAML libraries tell only where a value begins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

KEY = re.compile(
    r"^([ ]*)((?:- )?)([A-Za-z_][\w.-]*|\"[^\"\n]*\"|'[^'\n]*')[ \t]*:(?=[ \t]|$)[ \t]*", re.MULTILINE
)
_LIST_ITEM = re.compile(r"[ ]*-[ ]++([^\r\n]*\S)")
ITEM = "[]"  # ends the key of a list's items
LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|$)")
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "", "b": "", " ": " "}


@dataclass(frozen=True, slots=True)
class Value:
    """Name a scalar: its dotted key, where it stands, how it is written ("plain", "'", '"', "|" or ">")."""

    key: str
    start: int
    stop: int
    style: str


def yaml_values(raw: str, start: int, stop: int) -> list[Value]:
    """Return the scalars of a YAML mapping in order; keys of nested mappings are dotted."""
    values: list[Value] = []
    parents: list[tuple[int, str]] = []
    position = start
    while position < stop:
        line = LINE.match(raw, position, stop)
        end = line.end() if line else stop
        match = KEY.match(raw, position, stop)
        if match is None or match[2]:
            if parents and match is None and (item := _LIST_ITEM.match(raw, position, stop)):
                key = ".".join(name for _, name in parents) + ITEM
                values.append(Value(key, item.start(1), item.end(1), "plain"))
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


def _scalar(raw: str, key: str, indent: int, start: int, stop: int) -> tuple[Value | None, int]:
    """Return the scalar at `start` and where the next line to read begins; None: no scalar here."""
    line = LINE.match(raw, start, stop)
    end = line.end() if line else stop
    head = raw[start:end].rstrip("\r\n")
    if head[:1] in ("'", '"'):
        close = _closing_quote(raw, start, stop)
        if close < 0:
            return None, end
        rest = LINE.match(raw, close, stop)
        return Value(key, start + 1, close, head[0]), rest.end() if rest else stop
    if head[:1] in ("|", ">"):
        block_end = _indented_end(raw, end, stop, indent)
        return Value(key, end, block_end, head[0]), block_end
    text = re.split(r"(?:^|[ \t])#", head, maxsplit=1)[0].rstrip()
    if not text or text[0] in "[{&*!%@`":
        return None, end
    block_end = _indented_end(raw, end, stop, indent)
    if block_end == end:
        return Value(key, start, start + len(text), "plain"), end
    return Value(key, start, block_end, "plain"), block_end


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
        line = LINE.match(raw, position, stop)
        if line is None or not line[0]:
            break
        text = line[0]
        if text.strip() and len(text) - len(text.lstrip(" ")) <= indent:
            break
        position = line.end()
        if text.strip():
            kept = position
    return kept


def decode_scalar(raw: str, value: Value) -> tuple[str, list[int]]:
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
