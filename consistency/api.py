"""Offer the program to Python: `consistency.check`, `consistency.align`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from consistency.config import Settings
from consistency.embedders.protocol import Embedder
from consistency.pipeline import align_documents, check
from consistency.readers._load import from_text
from consistency.records import ConsistencyError, Segment

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
    if source not in documents:
        raise ConsistencyError(f"the source language {source} is not among the documents: {', '.join(documents)}")
    original = from_text(documents[source], lang=source, format=format, path=source)
    found = {}
    for lang, text in documents.items():
        if lang != source:
            copy = from_text(text, lang=lang, format=format, path=lang)
            left, right, beads = align_documents(original, copy, settings, embedder)
            found[lang] = tuple(
                Bead(_text(left, b.source), _text(right, b.target), b.similarity, float(b.confidence), b.moved) for b in beads
            )
    return found


def _text(segments: tuple[Segment, ...], indices: tuple[int, ...]) -> str:
    return " ".join(segments[i].text for i in indices)
