"""Read XLIFF 1.2 and 2: the translations of each unit, or as `groups` the texts they translate as well.

Inline codes are markup; alternatives (alt-trans, matches) and notes are nobody's text. Units that are not
translated say nothing on either side.
"""

from __future__ import annotations

from dataclasses import dataclass

from consistency.readers._builder import Builder
from consistency.readers._messages import Message, write_messages
from consistency.readers._reader import Groups, Reader
from consistency.readers._tags import Piece, attribute
from consistency.readers._xml_text import TextCollector, xml_pieces
from consistency.records import ConsistencyError, Document

# Elements whose content is code of the original format (XLIFF 1.2, 2.4; in XLIFF 2 codes are empty elements).
_CODES = frozenset({"bpt", "ept", "ph", "it", "sub"})
_ASIDE = frozenset({"alt-trans", "matches", "notes", "note", "originaldata", "metadata", "glossary"})
_UNITS = frozenset({"trans-unit", "unit"})


@dataclass(slots=True)
class _State:
    """Follow where in the file the pieces are."""

    aside: int = 0
    n_files: int = 0
    unit: str = ""
    side: str = ""  # the element being collected, source or target


def read(raw: str, path: str) -> Document:
    """Return the translations; raise ConsistencyError where the file is no XLIFF."""
    return _document(raw, path, "target")


def groups(raw: str, path: str) -> Groups:
    """Return the source texts of the units that are translated, and the translations."""
    return ((_document(raw, path, "source"), _document(raw, path, "target")),)


def _document(raw: str, path: str, side: str) -> Document:
    builder = Builder(raw, path)
    state = _State()
    collector = TextCollector(raw, _CODES)
    texts: dict[tuple[str, ...], dict[str, tuple[str, list[int]]]] = {}
    found = False
    for piece in xml_pieces(raw):
        found = found or piece.name == "xliff"
        if piece.kind == "open" and piece.name in ("xliff", "file"):
            _language(builder, piece, side)
            state.n_files += 1
        _step(state, piece, collector, texts, raw)
    if not found:
        raise ConsistencyError(f"{path}: is not XLIFF: no <xliff> element")
    empty: tuple[str, list[int]] = ("", [])
    messages = [
        Message(
            (f"{index:09}",), *(sides.get(side, empty) if sides.get("target", empty)[0].strip() else empty)
        )
        for index, sides in enumerate(texts.values())
    ]
    write_messages(builder, messages)
    return builder.document()


def _language(builder: Builder, piece: Piece, side: str) -> None:
    names = ("target-language", "trglang") if side == "target" else ("source-language", "srclang")
    for name in names:
        if value := attribute(builder.raw, piece, name):
            builder.meta.setdefault("language", value)


def _step(
    state: _State,
    piece: Piece,
    collector: TextCollector,
    texts: dict[tuple[str, ...], dict[str, tuple[str, list[int]]]],
    raw: str,
) -> None:
    """Take one piece: enter or leave units and sides, collect within them."""
    if piece.name in _ASIDE:
        state.aside = max(0, state.aside + (1 if piece.kind == "open" else -1))
    elif state.aside:
        return
    elif piece.kind == "open" and piece.name in _UNITS:
        state.unit = attribute(raw, piece, "id") or str(piece.start)
    elif piece.kind == "open" and piece.name in ("source", "target"):
        state.side = piece.name
        collector.take()
    elif piece.kind == "close" and state.side and piece.name == state.side:
        sides = texts.setdefault((str(state.n_files), state.unit), {})
        text, offsets = collector.take()
        if state.side in sides:  # a further segment of the unit
            before, places = sides[state.side]
            text, offsets = f"{before} {text}", [*places, places[-1] if places else 0, *offsets]
        sides[state.side] = (text, offsets)
        state.side = ""
    elif state.side:
        collector.read(piece)


READER = Reader("xliff", (".xlf", ".xliff", ".sdlxliff", ".mqxliff"), read, groups=groups)
