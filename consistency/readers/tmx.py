"""Read TMX: the translations of each unit, or with `source` the texts they translate.

A file with more than one translation a unit is read for the first target language; the others are named as
skipped.
"""

from __future__ import annotations

from consistency.readers._builder import Builder
from consistency.readers._messages import Message, write_messages
from consistency.readers._reader import Reader
from consistency.readers._tags import attribute
from consistency.readers._xml_text import TextCollector, xml_pieces
from consistency.records import ConsistencyError, Document

# Elements whose content is code of the original format (TMX 1.4b, inline elements).
_CODES = frozenset({"bpt", "ept", "ph", "it", "ut", "sub"})
_Variant = tuple[str, list[int]]


def read(raw: str, path: str) -> Document:
    """Return the texts of the first target language; raise ConsistencyError where the file is no TMX."""
    return _document(raw, path, source=False)


def read_source(raw: str, path: str) -> Document:
    """Return the texts of the source language that have a translation."""
    return _document(raw, path, source=True)


def _document(raw: str, path: str, *, source: bool) -> Document:
    builder = Builder(raw, path)
    source_lang, units = _units(raw)
    if units is None:
        raise ConsistencyError(f"{path}: is not TMX: no <tmx> element")
    langs = list(dict.fromkeys(lang for unit in units for lang in unit))
    if not source_lang or source_lang.lower() == "*all*":
        source_lang = langs[0] if langs else ""
    targets = [lang for lang in langs if lang.lower() != source_lang.lower()]
    target = targets[0] if targets else ""
    wanted = next((lang for lang in langs if lang.lower() == source_lang.lower()), "") if source else target
    if wanted:
        builder.meta["language"] = wanted
    if len(targets) > 1:
        builder.skipped.append(f"further languages: {', '.join(targets[1:])}")
    empty: _Variant = ("", [])
    write_messages(
        builder,
        [
            Message((f"{index:09}",), *(unit.get(wanted, empty) if target in unit else empty))
            for index, unit in enumerate(units)
        ],
    )
    return builder.document()


def _units(raw: str) -> tuple[str, list[dict[str, _Variant]] | None]:
    """Return the header's source language and per unit language → text; None where there is no <tmx>."""
    collector = TextCollector(raw, _CODES)
    units: list[dict[str, _Variant]] = []
    source_lang = lang = ""
    inside = found = False
    for piece in xml_pieces(raw):
        opens = piece.kind == "open"
        found = found or piece.name == "tmx"
        if opens and piece.name == "header":
            source_lang = attribute(raw, piece, "srclang")
        elif opens and piece.name == "tu":
            units.append({})
        elif opens and piece.name == "tuv":
            lang = attribute(raw, piece, "xml:lang") or attribute(raw, piece, "lang")
        elif piece.name == "seg":
            if piece.kind == "close" and inside and units:
                units[-1].setdefault(lang, collector.take())
            inside = opens
            if opens:
                collector.take()
        elif inside:
            collector.read(piece)
    return source_lang, units if found else None


READER = Reader("tmx", (".tmx",), read, source=read_source)
