"""Read YAML locale files, as Rails and others use them: every scalar is a message, known by its keys.

Where one key stands above all others and is a language's tag, it names the language and is no part of the
keys. What YAML has beyond scalars, mappings and plain lists is said to be unread, never guessed.
"""

from __future__ import annotations

import re

from consistency.readers._builder import Builder
from consistency.readers._messages import Message, counted, write_messages
from consistency.readers._reader import Reader
from consistency.readers._yaml import decode_scalar, yaml_values
from consistency.records import Document

_ROOT = re.compile(r"^([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*):[ \t]*(?:#[^\r\n]*)?$", re.MULTILINE)
_TOP = re.compile(r"^[^\s#%-][^\r\n]*", re.MULTILINE)
_UNREAD = re.compile(r":[ \t]+[&*!\[{][^\r\n]*$", re.MULTILINE)
# Scalars that are not text: the plain words for true, false and nothing, and numbers.
_DATA = re.compile(r"(?:true|false|yes|no|on|off|null|~|[-+]?[\d_.]+)?", re.IGNORECASE)


def read(raw: str, path: str) -> Document:
    """Return the scalars that are text."""
    builder = Builder(raw, path)
    root = _ROOT.search(raw)
    tops = [match for _, match in zip(range(2), _TOP.finditer(raw), strict=False)]
    prefix = ""
    if root and len(tops) == 1 and tops[0].start() == root.start():
        builder.meta["language"] = root[1]
        prefix = f"{root[1]}."
    messages: list[Message] = []
    counts: dict[str, int] = {}
    for value in yaml_values(raw, 0, len(raw)):
        text, offsets = decode_scalar(raw, value)
        if value.style == "plain" and _DATA.fullmatch(text):
            continue
        key = value.key.removeprefix(prefix)
        counts[key] = counts.get(key, 0) + 1
        messages.append(Message((key, f"{counts[key]:06}"), text, offsets))
    write_messages(builder, messages)
    n_unread = sum(1 for _ in _UNREAD.finditer(raw))
    if n_unread:
        builder.skipped.append(f"{counted(n_unread)}: anchors, tags and flow collections are not read")
    return builder.document()


READER = Reader("yaml", (".yaml", ".yml"), read)
