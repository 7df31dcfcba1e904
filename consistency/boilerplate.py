"""Leave out what a project lists as boilerplate: passages that translators leave out on purpose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from consistency.records import Block, Document


def without_boilerplate(document: Document, patterns: Sequence[str]) -> Document:
    """Return the document without the passages that the patterns name; positions stay as they are."""
    left_out = [block for block in document.blocks if any(_fits(document, block, p) for p in patterns)]
    if not left_out:
        return document
    text = document.text
    for block in left_out:
        start, end = block.span
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    gone = [block.span for block in left_out]
    return replace(
        document,
        text=text,
        blocks=tuple(block for block in document.blocks if block not in left_out),
        marks=tuple(
            mark for mark in document.marks if not any(s.start <= mark.span.start < s.end for s in gone)
        ),
    )


def listed(documents: Sequence[Document], patterns: Sequence[str]) -> tuple[str, ...]:
    """Return a phrase for each pattern that a passage of the documents fits."""
    return tuple(
        f"“{pattern}”: left out, as `boilerplate` says"
        for pattern in patterns
        if any(_fits(document, block, pattern) for document in documents for block in document.blocks)
    )


def _fits(document: Document, block: Block, pattern: str) -> bool:
    text = " ".join(document.text[block.span.start : block.span.end].split())
    return text == pattern or fnmatchcase(text, _literal_brackets(pattern))


def _literal_brackets(pattern: str) -> str:
    """Escape what fnmatch reads as a set of characters; articles are full of brackets."""
    return pattern.replace("[", "[[]")
