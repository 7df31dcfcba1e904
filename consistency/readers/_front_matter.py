"""Read the scalars of YAML (`---`) and TOML (`+++`) front matter, with the place of the texts among them.

The words of a title are content, so their places are kept; of everything else only the value is.
"""

from __future__ import annotations

import html
import re
import tomllib
from typing import Any

from consistency.readers._builder import ENTITY, Builder
from consistency.readers._yaml import ITEM, KEY, LINE, decode_scalar, yaml_values
from consistency.records import ConsistencyError

# Keys whose values are text that readers see; everything else is data.
TEXTS = {"title": "title", "description": "description", "summary": "description", "subtitle": "description",
         "excerpt": "description"}  # fmt: skip
_IGNORE = "consistency.ignore"


def read_front_matter(builder: Builder) -> int:
    """Read the front matter into the builder's blocks and meta; return where the body begins, 0 for none.

    Raise ConsistencyError where it opens, holds a key and never closes, or is TOML that cannot be read.
    """
    raw = builder.raw
    fence = raw[:3]
    first = LINE.match(raw)
    if fence not in ("---", "+++") or first is None or first[0].strip() != fence:
        return 0
    start = first.end()
    closing = re.compile(r"^(?:---|\.\.\.)[ \t]*$" if fence == "---" else r"^\+\+\+[ \t]*$", re.MULTILINE)
    end = closing.search(raw.replace("\r", "\n"), start)
    if end is None:
        if fence == "---" and not KEY.match(raw, start):
            return 0  # a thematic break, not front matter
        raise ConsistencyError(f"{builder.path}:1: the front matter that opens with {fence} is never closed")
    if fence == "---" and raw[start : end.start()].strip() and not KEY.search(raw, start, end.start()):
        return 0  # text between two thematic breaks
    (_yaml if fence == "---" else _toml)(builder, start, end.start())
    following = LINE.match(raw, end.start())
    return following.end() if following else len(raw)


def _yaml(builder: Builder, start: int, stop: int) -> None:
    for value in yaml_values(builder.raw, start, stop):
        text, offsets = decode_scalar(builder.raw, value)
        if value.key.removesuffix(ITEM) == _IGNORE:
            _pragma(builder, text)
            continue
        if value.key.endswith(ITEM):
            continue
        builder.meta.setdefault(value.key, text)
        kind = TEXTS.get(value.key)
        if kind:
            _emit(builder, kind, text, offsets)


def _emit(builder: Builder, kind: str, text: str, offsets: list[int]) -> None:
    """Write a text whose characters stand at `offsets`; sites render character references in it."""
    builder.begin(kind)
    position = 0
    for match in ENTITY.finditer(text):
        builder.spread(text[position : match.start()], offsets[position : match.start()])
        builder.put(html.unescape(match[0]).replace("\n", " "), offsets[match.start()])
        position = match.end()
    builder.spread(text[position:], offsets[position:])
    builder.end()


def _pragma(builder: Builder, text: str) -> None:
    """Keep `CHECK reason` for the whole document."""
    check, _, reason = text.partition(" ")
    if check:
        builder.pragma(check, " ".join(reason.split()), everywhere=True)


def _toml(builder: Builder, start: int, stop: int) -> None:
    raw = builder.raw
    try:
        data = tomllib.loads(raw[start:stop].replace("\r\n", "\n").replace("\r", "\n"))
    except RecursionError:
        raise ConsistencyError(f"{builder.path}:1: the front matter is nested too deeply") from None
    except tomllib.TOMLDecodeError as error:
        raise ConsistencyError(f"{builder.path}:1: the front matter is not TOML: {error}") from None
    own = data.get("consistency")
    ignored = own.get("ignore", []) if isinstance(own, dict) else []
    for text in ignored if isinstance(ignored, list) else [ignored]:
        _pragma(builder, str(text))
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
