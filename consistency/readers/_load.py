"""Load files: the one place that touches them. Bytes become text, text a Document with its language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from consistency import registry
from consistency.evidence import sample
from consistency.identify import declared, detect, normal_tag
from consistency.readers._decode import decode
from consistency.readers._reader import Groups, Reader
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

    reader: name of a reader, "" by the file's name; lang: BCP 47 tag, "" by declaration, name or text. Of a file
    with several languages it chooses one.
    """
    chosen = reader_named(reader) if reader else reader_for(path)
    content = _content(path, chosen, max_bytes)
    if lang and chosen.groups is not None and not _is_template(path):
        return _chosen(chosen.groups(content, path), path, lang)[0][1]
    return _with_language(chosen.read(content, path), lang)


def load_groups(
    path: str, *, reader: str = "", source_lang: str = "", lang: str = "", max_bytes: int = MAX_BYTES
) -> tuple[tuple[Document, ...], ...]:
    """Return all sides of a file that holds several (PO, XLIFF, TMX), in groups: source texts, their translations.

    lang: as for `load`. Raise ConsistencyError as it does, and where the format holds one language only.
    """
    chosen = reader_named(reader) if reader else reader_for(path)
    if chosen.groups is None:
        raise ConsistencyError(
            f"{path}: the format {chosen.name} holds one language, a second file is needed"
        )
    found = _chosen(chosen.groups(_content(path, chosen, max_bytes), path), path, lang)
    # The file's name tells the language of the translations, so it must not tell that of the source.
    return tuple(
        (replace(_with_language(replace(source, path=""), source_lang), path=path), *targets)
        for source, *targets in found
    )


def _chosen(groups: Groups, path: str, lang: str) -> Groups:
    """Return the groups with the languages of their translations; lang: of which alone, "" for all.

    Of one translation it says the language, among several it chooses.
    """
    if sum(len(group) - 1 for group in groups) == 1:
        return tuple((source, _with_language(target, lang)) for source, target in groups)
    told = [(source, *(_with_language(target, "") for target in targets)) for source, *targets in groups]
    if not lang:
        return tuple(told)
    there = {target.lang: (source, target) for source, *targets in told for target in targets}
    wanted = normal_tag(lang) or lang
    near = [tag for tag in there if tag.partition("-")[0] == wanted.partition("-")[0]]
    if wanted not in there and len(near) != 1:
        raise ConsistencyError(f"{path}: no translations into {lang}; there are {', '.join(there)}")
    return (there[wanted if wanted in there else near[0]],)


def holds_both(path: str, reader: str = "") -> bool:
    """Tell whether a file is a catalogue with both languages in it (PO, XLIFF, TMX); a template (.pot) has one."""
    chosen = reader_named(reader) if reader else reader_for(path)
    return chosen.groups is not None and not _is_template(path)


def _is_template(path: str) -> bool:
    return path.lower().endswith(".pot")


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
