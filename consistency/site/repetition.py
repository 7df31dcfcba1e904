"""Know by repetition over the pages of a site what translators leave out on purpose: bylines, share buttons, credits.

No word of any language is listed here; what a project lists is `consistency.boilerplate`'s.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from consistency.findings import short
from consistency.records import DocumentSummary, Finding, Location, Report

_LEAST_PAGES = 3
_LEAST_SHARE = 2 / 3  # of the pages that have such a passage: what most copies have is no boilerplate
_MOST_WORDS = 8  # of a passage whose names and figures may differ; a longer one must repeat word for word
_REST = "*"


def frame(passage: str) -> str:
    """Return what pages have in common of such a passage: a short one without its figures and names.

    >>> frame("By Jane Miller"), frame("Photo: J. Doe, 2019"), frame("Share this article")
    ('by *', 'photo: *', 'share this article')
    """
    words = passage.split()
    masked: list[str] = []
    for index, word in enumerate(words):
        free = any(c.isdigit() for c in word) or (index > 0 and next(filter(str.isalpha, word), "a").isupper())
        if not free:
            masked.append(word.casefold())
        elif masked[-1:] != [_REST]:
            masked.append(_REST)
    whole = len(words) > _MOST_WORDS or masked == [_REST]
    return " ".join(words).casefold() if whole else " ".join(masked)


class _Kind(NamedTuple):
    """Name passages of one frame that one language's copies lack (side 0) or alone have (side 1)."""

    side: int
    lang: str
    frame: str


@dataclass(slots=True)
class _Pages:
    """Count the pages that have passages of a kind, and those whose counterpart is missing; keep one of them."""

    all: int = 0
    alone: int = 0
    example: str = ""


class _Page:
    """Look at one page: which passages a finding is on, and which of them have no counterpart of their own."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.copies = {d.lang: d for d in report.documents if d.role == "translation"}
        self.paired: set[tuple[str, int, int]] = set()
        self.lone: set[tuple[str, int, int]] = set()
        for lang, beads in report.alignments.items():
            for bead in beads:
                for side, indices in enumerate((bead.source, bead.target)):
                    if not (bead.source and bead.target):
                        self.lone |= {(lang, side, index) for index in indices}
                    elif len(indices) == 1:
                        self.paired.add((lang, side, indices[0]))

    def faulted(self, finding: Finding) -> tuple[tuple[_Kind, int], ...]:
        """Return the passages, with their indices, whose loss or addition a finding is on; () for other findings.

        A passage that was aligned with others counts as well, one that has a counterpart of its own does not.
        """
        side = {"dropped": 0, "added": 1}.get(finding.check.rpartition("-")[2])
        place = finding.target if side else finding.source
        document = self.copies.get(finding.lang) if side else self.report.documents[0]
        if side is None or place is None or document is None or not document.places:
            return ()
        indices = _covered(document, place)
        if any((finding.lang, side, index) in self.paired for index in indices):
            return ()
        return tuple((_Kind(side, finding.lang, frame(document.passages[i])), i) for i in indices)

    def kinds(self) -> Iterator[tuple[_Kind, str, bool]]:
        """Yield each passage that has a counterpart of its own, or has none; joined with others, only a finding tells."""
        lost = {found for finding in self.report.findings for found in self.faulted(finding)}
        for lang, document in self.copies.items():
            for side, passages in enumerate((self.report.documents[0].passages, document.passages)):
                for index, text in enumerate(passages):
                    kind = _Kind(side, lang, frame(text))
                    alone = (lang, side, index) in self.lone or (kind, index) in lost
                    if alone or (lang, side, index) in self.paired:
                        yield kind, text, alone


@dataclass(frozen=True, slots=True)
class Repeats:
    """Hold what repeats over the pages of a site without a counterpart."""

    pages: Mapping[_Kind, _Pages]

    def settled(self, report: Report) -> Report:
        """Return a page's report without the findings on such passages; a note says each kind, the same on every page."""
        page = _Page(report)
        kept: list[Finding] = []
        kinds: set[_Kind] = set()
        for finding in report.findings:
            found = {kind for kind, _ in page.faulted(finding)}
            if found and found <= self.pages.keys():
                kinds |= found
            else:
                kept.append(finding)
        notes = (self._phrase(*same) for same in sorted({(kind.side, kind.frame) for kind in kinds}))
        return replace(report, findings=tuple(kept), notes=(*report.notes, *notes))

    def _phrase(self, side: int, framed: str) -> str:
        """Say what repeats like this, in all languages at once."""
        kinds = sorted(kind for kind in self.pages if (kind.side, kind.frame) == (side, framed))
        counts = [f"{self.pages[kind].alone} of {self.pages[kind].all} {kind.lang}" for kind in kinds]
        example = self.pages[kinds[0]].example
        like = " and the like" if _REST in framed else ""
        what = "missing in" if side == 0 else "only in"
        return (
            f"“{short(example)}”{like}: {what} {', '.join(counts)} pages, so taken for boilerplate; "
            "listed under `boilerplate`, it is left out everywhere"
        )


def repeats(reports: Sequence[Report]) -> Repeats:
    """Return which passages repeat without a counterpart over the pages of a site, each report being one page."""
    counts: dict[_Kind, _Pages] = {}
    for report in reports:
        lost: dict[_Kind, bool] = {}
        for kind, text, alone in _Page(report).kinds() if report.alignments else ():
            pages = counts.setdefault(kind, _Pages())
            pages.example = pages.example or (text if alone else "")
            lost[kind] = lost.get(kind, False) or alone
        for kind, alone in lost.items():
            counts[kind].all += 1
            counts[kind].alone += alone
    return Repeats({k: p for k, p in counts.items() if p.alone >= max(_LEAST_PAGES, _LEAST_SHARE * p.all)})


def _covered(document: DocumentSummary, place: Location) -> range:
    """Return the indices of the passages that a place touches."""
    first = bisect_right(document.places, (place.line, place.column)) - 1
    last = bisect_left(document.places, (place.end_line, place.end_column)) - 1
    return range(max(0, first), max(first, last) + 1)
