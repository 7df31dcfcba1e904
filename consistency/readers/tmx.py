"""Read TMX: the translations of each unit into one language, or as `groups` the texts they translate as well.

Of several target languages those that translate the same units are one group, so that each can be a witness for the
others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from consistency.identify import normal_tag
from consistency.readers._builder import Builder
from consistency.readers._messages import Message, write_messages
from consistency.readers._reader import Groups, Reader
from consistency.readers._tags import attribute
from consistency.readers._xml_text import TextCollector, xml_pieces
from consistency.records import ConsistencyError, Document

# Elements whose content is code of the original format (TMX 1.4b, inline elements).
_CODES = frozenset({"bpt", "ept", "ph", "it", "ut", "sub"})
_Unit = dict[str, tuple[str, list[int]]]  # language, in lower case → text and offsets


def read(raw: str, path: str) -> Document:
    """Return the texts of the first target language; raise ConsistencyError where the file is no TMX."""
    source, units = _required(raw, path)
    targets = _targets(source, units)
    others = ", ".join(map(_tag, targets[1:]))
    skipped = [f"also in {others}: `--lang` chooses"] if others else []
    return _document(raw, path, units, targets[0] if targets else "", skipped=skipped)


def groups(raw: str, path: str) -> Groups:
    """Return, for all target languages of the same units, the source texts of these and the translations."""
    source, units = _required(raw, path)
    targets = _targets(source, units)
    alike: dict[frozenset[int], list[str]] = {}
    for lang in targets or [""]:
        translated = frozenset(i for i, unit in enumerate(units) if _said(unit, source) and _said(unit, lang))
        alike.setdefault(translated, []).append(lang)
    several = len(targets) > 1
    return tuple(
        (
            _document(raw, path, [units[i] for i in sorted(shared)], source),
            *(_document(raw, path, units, lang, shared, _tag(lang) if several else "") for lang in langs),
        )
        for shared, langs in alike.items()
    )


def _document(
    raw: str,
    path: str,
    units: Sequence[_Unit],
    lang: str,
    shared: Iterable[int] | None = None,
    into: str = "",
    skipped: Sequence[str] = (),
) -> Document:
    """Return the texts in one language, in the order of the units; shared: of these units only, None: of all."""
    builder = Builder(raw, path)
    if lang:
        builder.meta["language"] = lang
    builder.skipped += skipped
    wanted = range(len(units)) if shared is None else frozenset(shared)
    empty: tuple[str, list[int]] = ("", [])
    texts = [unit.get(lang, empty) if i in wanted else empty for i, unit in enumerate(units)]
    write_messages(builder, [Message((f"{i:09}",), *text) for i, text in enumerate(texts)], into)
    return builder.document()


def _required(raw: str, path: str) -> tuple[str, list[_Unit]]:
    """Return the source language as the units have it, and the units; raise ConsistencyError for no TMX."""
    stated, units = _units(raw)
    if units is None:
        raise ConsistencyError(f"{path}: is not TMX: no <tmx> element")
    langs = list(dict.fromkeys(lang for unit in units for lang in unit))
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
