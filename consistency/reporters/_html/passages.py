"""Find the passages that a finding speaks of, and cut them where its marks stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from consistency.records import DocumentSummary, Location, Position, Span
from consistency.reporters._copies import marks


@dataclass(frozen=True, slots=True)
class Copy:
    """Hold one copy so that an excerpt can be found in it.

    letters: its passages one after the other, without white space: an excerpt has other spaces between passages
    than the file. starts: where each passage begins in `letters`, and, last, where `letters` ends.
    rtl: most of its letters are written from right to left.
    """

    summary: DocumentSummary
    letters: str
    starts: tuple[int, ...]
    rtl: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Name the passages from first to last that a location covers, and what is marked in each of them."""

    first: int
    last: int
    marks: Mapping[int, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold a stretch of text under the same marks.

    numbers: of the findings that mark it; ends: of those whose mark ends with it.
    """

    text: str
    numbers: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


def read(summary: DocumentSummary) -> Copy:
    """Return a copy ready to be searched."""
    parts = [_letters(passage) for passage in summary.passages]
    starts = tuple(accumulate((len(part) for part in parts), initial=0))
    return Copy(summary, "".join(parts), starts, is_rtl("".join(parts), False))


def is_rtl(text: str, otherwise: bool) -> bool:
    """Tell whether a passage runs from right to left.

    otherwise: how its copy runs, which decides for a text with letters of both kinds ("IBM" may come first in an
    Arabic sentence) or of neither.
    """
    kinds = [unicodedata.bidirectional(char) for char in text]
    right, left = sum(kind in ("R", "AL") for kind in kinds), kinds.count("L")
    if right and left and otherwise:
        return True
    return right > left if right or left else otherwise


def place(copy: Copy, location: Location | None) -> Place | None:
    """Return where a location lies among the passages of a copy; None where it does not, or not for sure.

    Of several passages with the same words the last one that starts at or before the location is meant.
    """
    if location is None or location.path != copy.summary.path or not _letters(location.excerpt):
        return None
    wanted = _letters(location.excerpt)
    ends = set(copy.starts[1:])
    found = [
        index
        for index, start in enumerate(copy.starts[:-1])
        if copy.letters.startswith(wanted, start) and start + len(wanted) in ends
    ]
    if not found:
        return None
    here, places = Position(location.line, location.column), copy.summary.places
    first = max((index for index in found if places and places[index] <= here), default=found[0])
    last = copy.starts.index(copy.starts[first] + len(wanted), first + 1) - 1
    return Place(first, last, _marks(copy, location, first))


def _marks(copy: Copy, location: Location, first: int) -> dict[int, Span]:
    """Return what is marked in each passage; a mark that is not where the words stand is left out."""
    spans = marks([location])
    if not spans or location.excerpt[spans[0].start : spans[0].end] != location.text:
        return {}
    start = copy.starts[first] + len(_letters(location.excerpt[: spans[0].start]))
    end = start + len(_letters(location.text))
    found = {}
    for index, (left, right) in enumerate(pairwise(copy.starts)):
        if left < end and start < right:
            where = [i for i, char in enumerate(copy.summary.passages[index]) if not char.isspace()]
            found[index] = Span(where[max(start, left) - left], where[min(end, right) - left - 1] + 1)
    return found


def pieces(text: str, marked: Sequence[tuple[Span, int]]) -> tuple[Piece, ...]:
    """Cut a text where a mark begins or ends; marked: spans in it, each with the number of its finding.

    >>> [(piece.text, piece.numbers) for piece in pieces("two 22", [(Span(4, 6), 1)])]
    [('two ', ()), ('22', (1,))]
    """
    cuts = sorted({0, len(text), *(edge for span, _ in marked for edge in span)})
    return tuple(
        Piece(
            text[start:end],
            tuple(number for span, number in marked if span.start <= start and end <= span.end),
            tuple(number for span, number in marked if span.end == end),
        )
        for start, end in pairwise(cuts)
    )


def _letters(text: str) -> str:
    return "".join(text.split())
