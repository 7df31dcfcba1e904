"""Offer the program to Python: `consistency.check`, `consistency.align`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from consistency.config import Settings
from consistency.embedders.protocol import Embedder
from consistency.pipeline import align_documents, check, read_texts
from consistency.records import Alignment, Segment

__all__ = ["Bead", "align", "check"]


class Bead(NamedTuple):
    """Pair passages; source or target is "" where there is no counterpart. similarity: cosine; confidence: 0..1."""

    source: str
    target: str
    similarity: float
    confidence: float
    moved: bool


def align(
    documents: Mapping[str, str],
    source: str,
    *,
    format: str = "text",
    settings: Settings = Settings(),
    embedder: Embedder | None = None,
) -> dict[str, tuple[Bead, ...]]:
    """Return the beads of each translation against the source, by language; documents: {language: text}.

    Raise ConsistencyError where the source is not among the documents.
    """
    aligned = align_documents(read_texts(documents, source, format), settings, embedder)
    langs = [lang for lang in documents if lang != source]
    return {lang: _beads(*found) for lang, found in zip(langs, aligned, strict=True)}


def _beads(left: Sequence[Segment], right: Sequence[Segment], beads: Sequence[Alignment]) -> tuple[Bead, ...]:
    return tuple(
        Bead(_text(left, b.source), _text(right, b.target), b.similarity, float(b.confidence), b.moved) for b in beads
    )


def _text(segments: Sequence[Segment], indices: tuple[int, ...]) -> str:
    return " ".join(segments[i].text for i in indices)
