"""Draw an alignment: how alike any two passages are, and the path through them that was chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from consistency.records import Alignment

_UNIT = 10  # of the drawing, for one passage
_THIN = 4  # how thick a passage without a counterpart is drawn


@dataclass(frozen=True, slots=True)
class Cell:
    """Hold one bead as a rectangle; level: 0..9, tenths of its similarity; kind: pair, moved, dropped, added."""

    x: int
    y: int
    width: int
    height: int
    level: int
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Path:
    """Hold the drawing: the source from left to right, the copy from top to bottom.

    heat: level → the outline of all squares of it, in SVG's words; {} where the report has no similarities.
    """

    width: int
    height: int
    cells: tuple[Cell, ...]
    words: str
    heat: Mapping[int, str] = field(default_factory=dict)


def draw(beads: Sequence[Alignment], matrix: Sequence[str] = (), sizes: tuple[int, int] = (0, 0)) -> Path | None:
    """Return the drawing of an alignment, None where there is none.

    matrix: as in Report.matrices, () where it is not known; sizes: passages of the source and of the copy.
    """
    if not beads:
        return None
    cells: list[Cell] = []
    x = y = 0  # where the path stands: a passage without a counterpart is drawn at this height
    for bead in beads:
        cells.append(_cell(bead, x, y))
        if not bead.moved:
            x, y = max(x, *_ends(bead.source)), max(y, *_ends(bead.target))
    width = max(cell.x + cell.width for cell in cells)
    height = max(cell.y + cell.height for cell in cells)
    if matrix:
        width, height = max(width, sizes[0] * _UNIT), max(height, sizes[1] * _UNIT)
    return Path(width, height, tuple(cells), _words(beads), _heat(matrix, sizes))


def _heat(matrix: Sequence[str], sizes: tuple[int, int]) -> dict[int, str]:
    """Return the squares of each level, those beside each other as one; the lowest is the ground."""
    if not matrix:
        return {}
    # A square stands for several passages where the copies are long.
    wide, high = (-(-size // cells) * _UNIT for size, cells in zip(sizes, (len(matrix[0]), len(matrix)), strict=True))
    parts: dict[int, list[str]] = {}
    for y, row in enumerate(matrix):
        x = 0
        for digit, run in groupby(row):
            length = len(list(run))
            parts.setdefault(int(digit), []).append(f"M{x * wide} {y * high}h{length * wide}v{high}h-{length * wide}z")
            x += length
    return {level: "".join(found) for level, found in sorted(parts.items()) if level}


def _cell(bead: Alignment, x: int, y: int) -> Cell:
    left, right = _box(bead.source, x), _box(bead.target, y)
    level = min(9, max(0, int(bead.similarity * 10)))
    return Cell(left[0], right[0], left[1], right[1], level, kind(bead), title(bead))


def _box(passages: tuple[int, ...], here: int) -> tuple[int, int]:
    """Return start and length along one axis; without passages a thin line where the path stands."""
    if not passages:
        return max(0, here - _THIN // 2), _THIN
    return passages[0] * _UNIT, (passages[-1] - passages[0] + 1) * _UNIT


def _ends(passages: tuple[int, ...]) -> tuple[int, int]:
    return (0, (passages[-1] + 1) * _UNIT if passages else 0)


def kind(bead: Alignment) -> str:
    """Return pair, moved, dropped (no passage in the copy) or added (none in the source)."""
    if not bead.target:
        return "dropped"
    if not bead.source:
        return "added"
    return "moved" if bead.moved else "pair"


def title(bead: Alignment) -> str:
    """Say which passages a bead joins, counted from 1.

    >>> title(Alignment((0, 1), (0,), 0.637)), title(Alignment((3,), (), 0.0))
    ('source 1–2, copy 1: similarity 0.64', 'source 4: no counterpart in the copy')
    """
    source, target = _numbers("source", bead.source), _numbers("copy", bead.target)
    if not bead.target:
        return f"{source}: no counterpart in the copy"
    if not bead.source:
        return f"{target}: no counterpart in the source"
    moved = ", moved" if bead.moved else ""
    return f"{source}, {target}: similarity {bead.similarity:.2f}{moved}"


def _numbers(side: str, passages: tuple[int, ...]) -> str:
    if len(passages) < 2:
        return f"{side} {passages[0] + 1}" if passages else ""
    return f"{side} {passages[0] + 1}–{passages[-1] + 1}"


def _words(beads: Sequence[Alignment]) -> str:
    """Say in words what the drawing shows."""
    kinds = [kind(bead) for bead in beads]
    similarities = [bead.similarity for bead in beads if bead.source and bead.target]
    parts = [f"{len(similarities)} aligned"]
    if similarities:
        parts[0] += f", similarity {min(similarities):.2f} to {max(similarities):.2f}"
    told = {"moved": "moved", "dropped": "missing from the copy", "added": "only in the copy"}
    parts += [f"{kinds.count(key)} {words}" for key, words in told.items() if key in kinds]
    return "; ".join(parts)
