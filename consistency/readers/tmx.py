"""Read TMX: the translations of each unit into one language, or as `groups` the texts they translate as well.

Of several target languages those that translate the same units are one group, so that each can be a witness for the
others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from consistency.identify import normal_tag
from consistency.readers._builder import Builder, line_starts
from consistency.readers._messages import Message, write_messages
from consistency.readers._reader import Groups, Reader
from consistency.readers._tags import attribute
from consistency.readers._xml_text import TextCollector, xml_pieces
from consistency.records import ConsistencyError, Document

# Elements whose content is code of the original format (TMX 1.4b, inline elements).
_CODES = frozenset({"bpt", "ept", "ph", "it", "ut", "sub"})
_MOST = 500  # languages; as many copies may be held against each other
_Unit = dict[str, tuple[str, list[int]]]  # language, in lower case → text and offsets


def read(raw: str, path: str) -> Document:
    """Return the texts of the first target language; raise ConsistencyError where the file is no TMX."""
    source, units = _required(raw, path)
    targets = _targets(source, units)
    lang = targets[0] if targets else ""
    indices = [index for index, unit in enumerate(units) if _said(unit, lang)]
    document = _document(Builder(raw, path), units, lang, indices, len(units) - len(indices))
    others = ", ".join(map(_tag, targets[1:]))
    return replace(document, skipped=(f"also in {others}: `--lang` chooses", *document.skipped)) if others else document


def groups(raw: str, path: str) -> Groups:
    """Return, for all target languages of the same units, the source texts of these and the translations."""
    source, units = _required(raw, path)
    targets = _targets(source, units)
    translated: dict[str, list[int]] = {lang: [] for lang in targets or [""]}
    for index, unit in enumerate(units):
        for lang in unit if _said(unit, source) else ():
            if lang != source and _said(unit, lang):
                translated[lang].append(index)
    alike: dict[tuple[int, ...], list[str]] = {}
    for lang, indices in translated.items():
        alike.setdefault(tuple(indices), []).append(lang)
    starts = line_starts(raw)  # the same for hundreds of documents

    def document(lang: str, indices: Sequence[int]) -> Document:
        n_missing = 0 if lang == source else len(units) - len(indices)
        into = _tag(lang) if len(targets) > 1 else ""
        return _document(Builder(raw, path, starts), units, lang, indices, n_missing, into)

    return tuple(
        (document(source, indices), *(document(lang, indices) for lang in langs)) for indices, langs in alike.items()
    )


def _document(
    builder: Builder, units: Sequence[_Unit], lang: str, indices: Sequence[int], n_missing: int, into: str = ""
) -> Document:
    """Return the texts of some units in one language, in order; n_missing: how many it has not, `into` which language."""
    if lang:
        builder.meta["language"] = lang
    texts = [Message((f"{index:09}",), *units[index][lang]) for index in indices]
    write_messages(builder, texts, n_missing, into)
    return builder.document()


def _required(raw: str, path: str) -> tuple[str, list[_Unit]]:
    """Return the source language as the units have it, and the units; raise ConsistencyError for no TMX."""
    stated, units = _units(raw)
    if units is None:
        raise ConsistencyError(f"{path}: is not TMX: no <tmx> element")
    langs = list(dict.fromkeys(lang for unit in units for lang in unit))
    if len(langs) > _MOST:
        raise ConsistencyError(f"{path}: {len(langs)} languages, over the limit of {_MOST}")
    # The head may say "en" and every unit "en-US", or the head "*all*", which is to say any.
    near = [lang for lang in langs if lang.partition("-")[0] == stated.lower().partition("-")[0]]
    known = [stated.lower()] if stated.lower() in langs else near[:1] or langs[:1]
    return known[0] if known else "", units


def _targets(source: str, units: Iterable[_Unit]) -> list[str]:
    return [lang for lang in dict.fromkeys(lang for unit in units for lang in unit) if lang != source]


def _tag(lang: str) -> str:
    return normal_tag(lang) or lang


def _said(unit: _Unit, lang: str) -> bool:
    return lang in unit and bool(unit[lang][0].strip())


def _units(raw: str) -> tuple[str, list[_Unit] | None]:
    """Return the header's source language and per unit language → text; None where there is no <tmx>."""
    collector = TextCollector(raw, _CODES)
    units: list[_Unit] = []
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
            lang = (attribute(raw, piece, "xml:lang") or attribute(raw, piece, "lang")).lower()
        elif piece.name == "seg":
            if piece.kind == "close" and inside and units:
                units[-1].setdefault(lang, collector.take())
            inside = opens
            if opens:
                collector.take()
        elif inside:
            collector.read(piece)
    return source_lang, units if found else None


READER = Reader("tmx", (".tmx",), read, groups=groups)
