"""Read JSON locale files: every string value is a message, known by the path of keys that leads to it.

Keys are never content. Application Resource Bundles (.arb) keep notes under keys that begin with "@", browser
extensions, Docusaurus and Crowdin beside the message ({"message": …, "description": …}).
The standard parser says what is wrong with a file; a small scanner of its own then tells the places.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container

from consistency.readers._builder import Builder
from consistency.readers._messages import Message, write_messages
from consistency.readers._reader import Reader
from consistency.records import ConsistencyError, Document

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*+)"|([{}\[\]:,])|[^\s{}\[\]:,"]+')
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))")
_PAIR = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
_TOLD = ("message", "defaultMessage", "string")  # where an object holds a message and notes for its translator
_NOTES = frozenset({"description", "developer_comment", "comment", "context", "placeholders"})
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": "\f"}


def read(raw: str, path: str) -> Document:
    """Return the string values; raise ConsistencyError, with the place, where the file is not JSON."""
    try:
        json.loads(raw)
    except RecursionError:
        raise ConsistencyError(f"{path}: is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise ConsistencyError(f"{path}:{error.lineno}:{error.colno}: is not JSON: {error.msg}") from None
    except ValueError as error:  # a number with more digits than Python converts
        raise ConsistencyError(f"{path}: is not JSON: {error}") from None
    builder = Builder(raw, path)
    messages = _messages(raw)
    for message in messages:
        if message.key in (("@@locale",), ("locale",), ("language",)):
            builder.meta["language"] = message.text
    objects = {message.key[:-1] for message in messages if message.key[-1:] and message.key[-1] in _TOLD}
    write_messages(builder, [message for message in messages if not _is_note(message.key, objects)])
    return builder.document()


def _is_note(key: tuple[str, ...], objects: Container[tuple[str, ...]]) -> bool:
    """Tell whether a path leads to data about the file or about messages; objects: the paths of those that hold one."""
    if key in (("locale",), ("language",)) or any(part.startswith(("@", "$")) for part in key):
        return True
    return any(part in _NOTES and key[:depth] in objects for depth, part in enumerate(key))


def _messages(raw: str) -> list[Message]:
    """Return every string value with its path; an element of a list is known by its number."""
    messages: list[Message] = []
    keys: list[str] = []  # one for each open object or list
    numbers: list[int] = []  # -1 for an object
    name_next = False
    for match in _TOKEN.finditer(raw):
        mark = match[2]
        if mark in ("{", "["):
            keys.append("")
            numbers.append(-1 if mark == "{" else 0)
            name_next = mark == "{"
        elif mark in ("}", "]"):
            keys.pop()
            numbers.pop()
            name_next = False
        elif mark == ",":
            name_next = numbers[-1] < 0
            numbers[-1] += 0 if name_next else 1
        elif match[1] is not None and name_next:
            keys[-1] = match[1]
            name_next = False
        elif match[1] is not None:
            path = (key if number < 0 else f"{number:06}" for key, number in zip(keys, numbers, strict=True))
            messages.append(Message(tuple(path), *_unescape(raw, match.start(1), match.end(1))))
    return messages


def _unescape(raw: str, start: int, stop: int) -> tuple[str, list[int]]:
    """Return a string's characters and where each stands."""
    chars: list[str] = []
    offsets: list[int] = []
    position = start
    for match in _ESCAPE.finditer(raw, start, stop):
        if match.start() < position:
            continue  # the second half of a pair
        chars.extend(raw[position : match.start()])
        offsets.extend(range(position, match.start()))
        pair = _PAIR.match(raw, match.start(), stop)
        if pair:
            char = chr(0x10000 + (int(pair[1], 16) - 0xD800) * 0x400 + int(pair[2], 16) - 0xDC00)
        elif match[1]:
            code = int(match[1], 16)
            char = "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)
        else:
            char = _ESCAPES.get(match[2], match[2])
        chars.extend(char)
        offsets.extend([match.start() + (char == match[2])] * len(char))
        position = (pair or match).end()
    chars.extend(raw[position:stop])
    offsets.extend(range(position, stop))
    return "".join(chars), offsets


READER = Reader("json", (".json", ".arb"), read)
