"""Put the passages of a source and one copy side by side, bead by bead, each with the findings on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from consistency.records import Alignment, Finding, Location, Span
from consistency.reporters._copies import by_passage, marks, shown
from consistency.reporters._html.passages import Copy, Piece, Place, is_rtl, pieces, place
from consistency.reporters._html.path import title


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one passage as it is shown; line: in its file, 0 where nobody told."""

    lang: str
    rtl: bool
    line: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Hold what stands side by side; numbers: of the findings on it; words: how it is aligned."""

    source: tuple[Line, ...]
    target: tuple[Line, ...]
    numbers: tuple[int, ...]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Fold:
    """Hold rows that follow each other; open where there are findings on them."""

    open: bool
    rows: tuple[Row, ...]

    @property
    def count(self) -> int:
        """Return how many passages of the source it holds, of the copy where the source has none."""
        return sum(max(len(row.source), 1) for row in self.rows)


@dataclass(frozen=True, slots=True)
class _Found:
    """Hold a finding with its number and where it lies in the passages of both copies."""

    number: int
    finding: Finding
    source: Place | None
    target: Place | None


def lay_out(
    source: Copy, target: Copy, beads: Sequence[Alignment], findings: Sequence[Finding]
) -> tuple[tuple[Row, ...], tuple[Fold, ...]]:
    """Return the rows that have no place among the beads, then all beads in order, folded where nothing was found.

    findings: of this copy; they are numbered from 1.
    """
    if not source.summary.passages or not target.summary.passages:
        beads = ()
    located = [
        _Found(number, finding, place(source, finding.source), place(target, finding.target))
        for number, finding in enumerate(findings, 1)
    ]
    homes = _homes(beads, located)
    loose = [found for found in located if found.number not in homes]
    numbers: dict[int, list[int]] = {}
    for number, group in homes.items():
        numbers.setdefault(group.start, []).append(number)
    rows = [
        _row(source, target, beads[group.start : group.stop], located, numbers.get(group.start, []))
        for group in _groups(len(beads), homes.values())
    ]
    folds = tuple(Fold(is_open, tuple(run)) for is_open, run in groupby(rows, lambda row: bool(row.numbers)))
    return _loose(loose, source, target), folds


def _homes(beads: Sequence[Alignment], located: Sequence[_Found]) -> Mapping[int, range]:
    """Return, by number, the beads that each finding is about, ranges that overlap made one."""
    sides = (
        {index: bead for bead, row in enumerate(beads) for index in row.source},
        {index: bead for bead, row in enumerate(beads) for index in row.target},
    )
    homes = {}
    for found in located:
        # The suspected copy's passage is where one looks; a fact that moved has another place in the source.
        for side, there in ((1, found.target), (0, found.source)):
            if there is not None and there.first in sides[side]:
                inside = [sides[side][i] for i in range(there.first, there.last + 1) if i in sides[side]]
                homes[found.number] = range(inside[0], max(inside) + 1)
                break
    groups = _groups(len(beads), homes.values())
    around = {bead: group for group in groups for bead in group}
    return {number: around[home.start] for number, home in homes.items()}


def _groups(n_beads: int, homes: Iterable[range]) -> tuple[range, ...]:
    """Cut the beads into groups, one a bead but where a range joins several."""
    joined = {bead for home in homes for bead in range(home.start + 1, home.stop)}
    edges = [bead for bead in range(n_beads) if bead not in joined]
    return tuple(range(start, stop) for start, stop in pairwise([*edges, n_beads]))


def _row(
    source: Copy, target: Copy, beads: Sequence[Alignment], located: Sequence[_Found], numbers: Sequence[int]
) -> Row:
    ours = [index for bead in beads for index in bead.source]
    theirs = [index for bead in beads for index in bead.target]
    return Row(
        tuple(_line(source, index, [(f.number, f.source) for f in located]) for index in ours),
        tuple(_line(target, index, [(f.number, f.target) for f in located]) for index in theirs),
        tuple(numbers),
        " · ".join(dict.fromkeys(title(bead) for bead in beads)),
    )


def _line(copy: Copy, index: int, located: Iterable[tuple[int, Place | None]]) -> Line:
    marked = [
        (there.marks[index], number)
        for number, there in located
        if there is not None and index in there.marks
    ]
    return passage_line(copy, index, marked)


def passage_line(copy: Copy, index: int, marked: Sequence[tuple[Span, int]] = ()) -> Line:
    """Return one passage of a copy as it is shown."""
    text, places = copy.summary.passages[index], copy.summary.places
    line = places[index].line if places else 0
    return Line(copy.summary.lang, is_rtl(text, copy.rtl), line, pieces(text, marked))


def _loose(located: Sequence[_Found], source: Copy, target: Copy) -> tuple[Row, ...]:
    """Return rows of what the findings themselves quote, one for all findings that quote the same."""
    numbers = {id(found.finding): found.number for found in located}
    rows = []
    for group in by_passage([found.finding for found in located]):
        rows.append(
            Row(
                _quoted([(finding.source, numbers[id(finding)]) for finding in group], source),
                _quoted([(finding.target, numbers[id(finding)]) for finding in group], target),
                tuple(numbers[id(finding)] for finding in group),
            )
        )
    return tuple(rows)


def _quoted(locations: Sequence[tuple[Location | None, int]], copy: Copy) -> tuple[Line, ...]:
    first = locations[0][0]
    if first is None or not shown(first):
        return ()
    marked = [(span, number) for location, number in locations for span in marks([location])]
    text = shown(first)
    return (Line(first.lang, is_rtl(text, copy.rtl), first.line, pieces(text, marked)),)
