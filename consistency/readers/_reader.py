"""Define what a module of this family exports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from consistency.records import Document

Groups = tuple[tuple[Document, ...], ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """Name an input format and the pure function that reads it.

    name: module name and CLI word; suffixes: lower case with the dot, longest match wins.
    read: (content, path) → Document without language; raises ConsistencyError. content is the decoded file
        as `str`, or `bytes` where `binary` is True; path is only for messages.
    groups: for formats that hold both languages (PO, XLIFF, TMX), (content, path) → groups of documents, each the
        source texts and the translations of just these, message by message; else None.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Callable[..., Document]
    binary: bool = False
    groups: Callable[..., Groups] | None = None
