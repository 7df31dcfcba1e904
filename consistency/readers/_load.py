"""Load files: the one place that touches them. Bytes become text, text a Document with its language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from consistency import registry
from consistency.evidence import sample
from consistency.identify import declared, detect
from consistency.readers._decode import decode
from consistency.readers._reader import Reader
from consistency.records import ConsistencyError, Document

MAX_BYTES = 20_000_000
_FAMILY = "consistency.readers"
_HALVES = re.compile("[\ud800-\udfff]")


@cache
def readers() -> Mapping[str, Reader]:
    """Return every reader by its name."""
    found: dict[str, Reader] = registry.discover(_FAMILY, "READER")
    return found


def reader_named(name: str) -> Reader:
    """Return a reader by its name; raise ConsistencyError naming those there are."""
    if name not in registry.names(_FAMILY):
        raise ConsistencyError(
            f"--reader {name}: no such reader; there are {', '.join(registry.names(_FAMILY))}"
        )
    found: Reader = registry.load(_FAMILY, name, "READER")
    return found


def reader_for(path: str) -> Reader:
    """Return the reader of a file by the end of its name; the longest that fits, else plain text."""
    name = path.lower()
    fitting = [(len(suffix), reader) for reader in readers().values() for suffix in reader.suffixes
               if name.endswith(suffix)]  # fmt: skip
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else readers()["text"]


def load(path: str, *, reader: str = "", lang: str = "", max_bytes: int = MAX_BYTES) -> Document:
    """Return the Document of a file; raise ConsistencyError where it cannot be read or holds nothing.

    reader: name of a reader, "" by the file's name; lang: BCP 47 tag, "" by declaration, name or text.
    """
    chosen = reader_named(reader) if reader else reader_for(path)
    return _with_language(chosen.read(_content(path, chosen, max_bytes), path), lang)


def load_pair(
    path: str, *, reader: str = "", source_lang: str = "", lang: str = "", max_bytes: int = MAX_BYTES
) -> tuple[Document, Document]:
    """Return both sides of a file that holds them (PO, XLIFF, TMX): the source texts, the translations.

    Raise ConsistencyError as `load` does, and where the format holds one language only.
    """
    chosen = reader_named(reader) if reader else reader_for(path)
    if chosen.source is None:
        raise ConsistencyError(
            f"{path}: the format {chosen.name} holds one language, a second file is needed"
        )
    content = _content(path, chosen, max_bytes)
    # The file's name tells the language of the translations, so it must not tell that of the source.
    source = replace(chosen.source(content, path), path="")
    return replace(_with_language(source, source_lang), path=path), _with_language(
        chosen.read(content, path), lang
    )


def holds_both(path: str, reader: str = "") -> bool:
    """Tell whether a file is a catalogue with both languages in it (PO, XLIFF, TMX); a template (.pot) has one."""
    chosen = reader_named(reader) if reader else reader_for(path)
    return chosen.source is not None and not path.lower().endswith(".pot")


def _content(path: str, reader: Reader, max_bytes: int) -> str | bytes:
    """Return what a reader reads; raise where there is nothing in it."""
    data = _bytes(path, max_bytes)
    content = data if reader.binary or not data else decode(data, path, reader.name)
    if not content.strip():
        raise ConsistencyError(f"{path}: the file is empty")
    return content


def from_text(text: str, *, lang: str, format: str = "text", path: str = "") -> Document:
    """Return the Document of a text in memory; lang: "" where the text itself should tell.

    Half of a surrogate pair, which JSON and Python let through and no tokenizer does, becomes U+FFFD.
    """
    return _with_language(reader_named(format).read(_HALVES.sub("\ufffd", text), path), lang)


def _bytes(path: str, max_bytes: int) -> bytes:
    """Return a file's content; no more than the limit is ever read."""
    place = Path(path)
    try:
        if place.is_dir():
            raise ConsistencyError(f"{path}: is a folder, a file is needed")
        with place.open("rb") as stream:
            data = stream.read(max_bytes + 1)
            size = place.stat().st_size
    except FileNotFoundError:
        raise ConsistencyError(f"{path}: no such file") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise ConsistencyError(
            f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}"
        ) from None
    if len(data) > max_bytes:
        raise ConsistencyError(f"{path}: {max(size, len(data))} bytes, over the limit of {max_bytes} bytes")
    return data


def _with_language(document: Document, lang: str) -> Document:
    """Return the document with its language and everything that told it."""
    text = sample(document)
    found = declared(document.path, lang, document.meta, document.meta.get("html:lang", ""), text)
    if found:
        origin, tag = found[0]
    else:
        origin, tag = "text", detect(text)[0]
    return replace(document, lang=tag, lang_origin=origin if tag != "und" else "", declared=found)
