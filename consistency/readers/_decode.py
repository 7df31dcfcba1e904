"""Turn a file's bytes into text: byte order mark, declared encoding, else UTF-8; never a guess."""

from __future__ import annotations

import codecs
import re

from consistency.records import ConsistencyError

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_XML = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_HTML = re.compile(rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_PO = re.compile(rb"\"Content-Type:[^\"\n]{0,200}?charset=([\w.:-]{1,40})", re.IGNORECASE)
_DECLARATIONS = {"html": (_XML, _HTML), "xliff": (_XML,), "tmx": (_XML,), "po": (_PO,)}
# What browsers do with these labels (WHATWG Encoding, 4.2): pages that say Latin-1 mean Windows-1252.
_LABELS = {"iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
           "iso-8859-9": "cp1254", "tis-620": "cp874", "shift_jis": "cp932", "shift-jis": "cp932",
           "x-sjis": "cp932", "gb2312": "gb18030", "gbk": "gb18030", "euc-kr": "cp949", "ks_c_5601-1987": "cp949",
           "charset": "utf-8"}  # fmt: skip
# What Python also calls text encodings: escapes and names of hosts, which can spell anything, and which no browser reads.
_NO_TEXT = frozenset({"utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"})
_HEAD = 4096  # bytes searched for a declaration


def decode(data: bytes, path: str, reader: str) -> str:
    """Return the text of a file without its byte order mark.

    Raise ConsistencyError for a NUL byte, an unknown declared encoding, and bytes that are not in the
    encoding, with their place.
    """
    mark, encoding = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", ""))
    body = data[len(mark) :]
    if not encoding.startswith(("utf-16", "utf-32")):
        nul = body.find(b"\0")
        if nul >= 0:
            raise ConsistencyError(f"{path}: binary content, not text (a NUL at byte {nul + len(mark)})")
    encoding = encoding or _declared(body, path, reader) or "utf-8"
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        raise ConsistencyError(_place(body, error, encoding, path, len(mark))) from None
    if "\0" in text:  # in UTF-16
        raise ConsistencyError(f"{path}:{_line_and_column(text[: text.index(chr(0))])}: binary content, not text (a NUL)")
    return text


def _declared(body: bytes, path: str, reader: str) -> str:
    """Return the encoding that a file declares, "" for none; raise where nobody knows it."""
    for pattern in _DECLARATIONS.get(reader, ()):
        match = pattern.search(body, 0, _HEAD)
        if match is None:
            continue
        label = match[1].decode("ascii").lower()
        label = _LABELS.get(label, label)
        # A declaration that could be read is not UTF-16, whatever it says (WHATWG Encoding, 6.2).
        if label.startswith(("utf-16", "utf-32", "ucs")):
            return "utf-8"
        if not _is_text(label):
            raise ConsistencyError(f"{path}: declares the encoding {label}, which is not known")
        return codecs.lookup(label).name
    return ""


def _is_text(label: str) -> bool:
    """Tell whether a codec of that name turns bytes into text (rot13 and zip do not)."""
    try:
        codec = codecs.lookup(label)
    except LookupError:
        return False
    return bool(codec._is_text_encoding) and codec.name.replace("_", "-") not in _NO_TEXT


def _place(body: bytes, error: UnicodeDecodeError, encoding: str, path: str, shift: int) -> str:
    before = body[: error.start].decode(encoding, errors="replace")
    return (
        f"{path}:{_line_and_column(before)}: byte 0x{body[error.start]:02x} at byte {error.start + shift} "
        f"is not {encoding}"
    )


def _line_and_column(before: str) -> str:
    """Return the place behind a text, as in messages."""
    lines = re.split(r"\r\n?|\n", before)
    return f"{len(lines)}:{len(lines[-1]) + 1}"
