"""Read gettext catalogues: the translations of a .po, the messages of a .pot.

An entry whose msgstr is empty, or that is fuzzy or obsolete, is not shown to anybody and so says nothing. Of
plural forms the last is read, which is the general one in every language; the forms for one or few often
leave the number out, and rightly so. The first entry's header names the language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from consistency.readers._builder import Builder
from consistency.readers._messages import Message, counted, write_messages
from consistency.readers._reader import Groups, Reader
from consistency.records import ConsistencyError, Document

_LINE = re.compile(
    r"[ \t]*(?:(#[^\r\n]*)|(msgctxt|msgid_plural|msgid|msgstr(?:\[(\d)\])?)?[ \t]*\"([^\r\n]*)\"|([^\r\n]*))[ \t]*(?:\r\n?|\n|$)"
)
_ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{2}|[0-7]{1,3}|.)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
_LANGUAGE = re.compile(r"^Language:[ \t]*([\w@-]+)", re.MULTILINE)
_SOURCE_LANGUAGE = re.compile(r"^X-Source-Language:[ \t]*([\w@-]+)", re.MULTILINE)  # as Poedit writes it


@dataclass(slots=True)
class _Entry:
    """Collect one entry: field name → (text, offsets)."""

    fuzzy: bool = False
    fields: dict[str, tuple[list[str], list[int]]] = field(default_factory=dict)

    def text(self, *names: str) -> tuple[str, list[int]]:
        """Return the first of the fields that the entry has."""
        chars, offsets = next((self.fields[name] for name in names if name in self.fields), ([], []))
        return "".join(chars), offsets


def read(raw: str, path: str) -> Document:
    """Return the translations; in a template (.pot) the messages. Raise ConsistencyError for a broken line."""
    return _document(raw, path, source=path.lower().endswith(".pot"))


def groups(raw: str, path: str) -> Groups:
    """Return the messages in the language they are translated from, as far as they are translated, and the translations."""
    return ((_document(raw, path, source=True), _document(raw, path, source=False)),)


def _document(raw: str, path: str, *, source: bool) -> Document:
    builder = Builder(raw, path)
    messages: list[Message] = []
    n_fuzzy = 0
    template = path.lower().endswith(".pot")
    for entry in _entries(raw, path):
        key, key_offsets = entry.text("msgid")
        text, offsets = _translation(entry)
        if not key:
            language = (_SOURCE_LANGUAGE if source else _LANGUAGE).search(text)
            if language:
                builder.meta["language"] = language[1]
            continue
        n_fuzzy += entry.fuzzy
        if entry.fuzzy:
            continue
        context = entry.text("msgctxt")[0]
        if source and (text.strip() or template):
            text, offsets = entry.text("msgid_plural", "msgid")
        messages.append(Message((context, key), text, offsets))
    write_messages(builder, messages)
    if n_fuzzy:
        builder.skipped.append(f"{counted(n_fuzzy)}: fuzzy")
    return builder.document()


def _translation(entry: _Entry) -> tuple[str, list[int]]:
    """Return the msgstr, of plural forms the last."""
    forms = sorted(name for name in entry.fields if name.startswith("msgstr"))
    return entry.text(forms[-1]) if forms else ("", [])


def _entries(raw: str, path: str) -> list[_Entry]:
    """Return the entries that are not obsolete, in order."""
    entries: list[_Entry] = []
    entry, name = _Entry(), ""
    position = 0
    while position < len(raw) and (match := _LINE.match(raw, position)):
        comment, keyword, _, string, other = match.groups()
        begins = keyword == "msgctxt" or (keyword == "msgid" and name != "msgctxt")
        if (begins or comment or other == "") and any(key.startswith("msgstr") for key in entry.fields):
            entries.append(entry)
            entry = _Entry()
        if other:
            line = raw.count("\n", 0, position) + 1
            raise ConsistencyError(f"{path}:{line}: neither a comment nor a string: {other[:40]}")
        if comment and comment.startswith("#,") and "fuzzy" in comment:
            entry.fuzzy = True
        name = keyword or ("" if comment or other == "" else name)
        if string is not None and name:
            chars, offsets = entry.fields.setdefault(name, ([], []))
            _unescape(raw, match.start(4), match.end(4), chars, offsets)
        position = match.end()
    if any(key.startswith("msgstr") for key in entry.fields):
        entries.append(entry)
    return entries


def _unescape(raw: str, start: int, stop: int, chars: list[str], offsets: list[int]) -> None:
    """Append a quoted string's characters; a line end within a message stands for a space to the reader."""
    position = start
    for match in _ESCAPE.finditer(raw, start, stop):
        chars.extend(raw[position : match.start()])
        offsets.extend(range(position, match.start()))
        body = match[1]
        if body[0] == "x" and len(body) > 1:
            char = chr(int(body[1:], 16))
        else:
            char = chr(int(body, 8) % 256) if body[0] in "01234567" else _ESCAPES.get(body, body)
        chars.append(char)
        offsets.append(match.start() + (char == body))
        position = match.end()
    chars.extend(raw[position:stop])
    offsets.extend(range(position, stop))


READER = Reader("po", (".po", ".pot"), read, groups=groups)
