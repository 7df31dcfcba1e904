"""Leave out findings that the articles themselves say to ignore: `<!-- consistency: ignore CHECK reason -->`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from consistency.checks import CHECKS
from consistency.records import Document, Finding, Location, Pragma


def suppressed(
    findings: Sequence[Finding], documents: Sequence[Document]
) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """Return the findings that stay, and a phrase for each comment that names no check that exists.

    documents: of one article, its source first. A comment in a translation speaks of that translation, one
    in the source of all of them. One that names no check does nothing.
    """
    kept = tuple(
        finding
        for finding in findings
        if not any(_ignores(document, i == 0, finding) for i, document in enumerate(documents))
    )
    return kept, tuple(note for document in documents for note in _unknown(document))


def _ignores(document: Document, is_source: bool, finding: Finding) -> bool:
    """Tell whether a comment of this document speaks of the finding."""
    place = finding.source if is_source else finding.target
    here = place is not None and (place.path, place.lang) == (document.path, document.lang)
    concerned = here or (finding.target is None and finding.lang == document.lang) or is_source
    return concerned and any(
        pragma.check == finding.check and (pragma.span is None or (here and _inside(document, pragma, place)))
        for pragma in document.pragmas
    )


def _inside(document: Document, pragma: Pragma, place: Location | None) -> bool:
    """Tell whether a place lies in the block that a comment governs."""
    if place is None or pragma.span is None:
        return False
    start, end = document.locate(pragma.span)
    return start <= (place.line, place.column) < end


def _unknown(document: Document) -> Iterator[str]:
    for pragma in document.pragmas:
        if pragma.check not in CHECKS:
            close = get_close_matches(pragma.check, list(CHECKS), n=1)
            line = f":{document.locate(pragma.span)[0].line}" if pragma.span else ""
            hint = f"; did you mean {close[0]}?" if close else ""
            yield f"{document.path}{line}: a comment ignores {pragma.check}, which is no check{hint}"
