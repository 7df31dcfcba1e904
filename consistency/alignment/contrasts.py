"""Set every bead against what it is made of: the same whatever is usual in a pair, so measured once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from consistency.alignment.measures import CHUNK, Measures
from consistency.alignment.sides import Floats
from consistency.alignment.spans import SPAN


@dataclass(frozen=True, slots=True)
class Contrasts:
    """Hold what a bead has before its parts, (SPAN, SPAN, cells) each; NaN where no bead fits, 0 or -inf where no part is.

    gain: the least that any outer segment adds to its similarity. split: what it has before the best way to cut it
    into two beads. weakest: similarity of the outer segment that is least like the other side.
    lengths: log of the target's length by the source's; usual: how far passages so long differ.
    unknown: a span has no known token. anchors: weight of those in common; conflict: of those that only one side has
    here and the other elsewhere; at most 12 each.
    """

    gain: Floats
    split: Floats
    weakest: Floats
    unknown: NDArray[np.bool_]
    anchors: Floats
    conflict: Floats
    lengths: Floats
    usual: Floats


@dataclass(frozen=True, slots=True)
class Borders:
    """Hold how the blocks of both spans fit, (SPAN, SPAN, cells) each.

    kind: 1 where headings or code stand against something else; mild: where other kinds do; level: where headings of
    two levels do. starts: both spans begin a block; apart: one does. crosses: block borders inside, at most 4.
    """

    kind: Floats
    mild: Floats
    level: Floats
    starts: Floats
    apart: Floats
    crosses: Floats


def contrasts(measures: Measures, cells: slice) -> Contrasts:
    """Return the contrasts of the beads that end in these cells; those of a short pair are remembered."""
    found: Contrasts = _remembered(_contrasts, measures, cells)
    return found


def borders(measures: Measures, cells: slice) -> Borders:
    """Return how the blocks fit in these beads; those of a short pair are remembered."""
    found: Borders = _remembered(_borders, measures, cells)
    return found


def _remembered(measured: Callable[[Measures, slice], Any], measures: Measures, cells: slice) -> Any:
    if measures.band.size > CHUNK:
        return measured(measures, cells)
    if measured not in measures.remembered:
        measures.remembered[measured] = measured(measures, cells)
    return measures.remembered[measured]


def _contrasts(measures: Measures, cells: slice) -> Contrasts:
    normal = measures.normal[..., cells]
    left = measures.anchor_totals[0][:, None, measures.band.rows[cells]]
    right = measures.anchor_totals[1][None, :, measures.band.columns[cells]]
    shared = measures.shared[..., cells]
    common = np.minimum(shared, np.minimum(left, right))
    return Contrasts(
        _gain(measures, cells),
        normal - _halves(measures, cells),
        _weakest(measures, cells),
        np.isnan(normal) & ~np.isnan(shared),
        np.minimum(common, 12),
        np.minimum(left + right - 2 * common, 12),
        *measures.lengths(cells),
    )


def _borders(measures: Measures, cells: slice) -> Borders:
    rows, columns = measures.band.rows[cells], measures.band.columns[cells]
    left, right = measures.left, measures.right
    kinds = left.kinds[:, None, rows], right.kinds[None, :, columns]
    differ = kinds[0] != kinds[1]
    # headings (1) and code (2) stand out; a paragraph may well become a list or a row
    outstanding = [(kind == 1) | (kind == 2) for kind in kinds]
    hard = differ & (outstanding[0] | outstanding[1])
    levels = (kinds[0] == 1) & ~differ & (left.levels[:, None, rows] != right.levels[None, :, columns])
    starts = left.starts[:, None, rows], right.starts[None, :, columns]
    crossings = left.crossings[:, None, rows] + right.crossings[None, :, columns]
    return Borders(
        hard.astype(np.float32),
        (differ & ~hard).astype(np.float32),
        levels.astype(np.float32),
        starts[0] * starts[1],
        np.abs(starts[0] - starts[1]),
        np.minimum(crossings, 4),
    )


def _gain(measures: Measures, cells: slice) -> Floats:
    normal, before = measures.normal, measures.band.before[..., cells]
    best = np.full(normal[..., cells].shape, -np.inf, np.float32)
    best[1:] = np.maximum(normal[:-1, :, cells], normal[:-1][..., before[1, 0]])
    shorter = np.maximum(normal[:, :-1, cells], normal[:, :-1][..., before[0, 1]])
    best[:, 1:] = np.maximum(best[:, 1:], shorter)
    gain: Floats = normal[..., cells] - best
    gain[0, 0] = 0
    return gain


def _halves(measures: Measures, cells: slice) -> Floats:
    """Return the similarity of the two beads that each bead is best cut into; -inf where it cannot be cut."""
    normal, before = measures.normal, measures.band.before[..., cells]
    best = np.full(normal[..., cells].shape, -np.inf, np.float32)
    sizes = np.arange(1, SPAN + 1)
    totals = (sizes[:, None] + sizes)[..., None]
    for p in range(1, SPAN):
        for q in range(1, SPAN):
            rest = SPAN - p, SPAN - q
            share = ((p + q) / totals[p:, q:]).astype(np.float32)
            first = normal[p - 1, q - 1][before[1 : rest[0] + 1, 1 : rest[1] + 1]]
            halves = first * share + normal[: rest[0], : rest[1], cells] * (1 - share)
            np.fmax(best[p:, q:], halves, out=best[p:, q:])
    return best


def _weakest(measures: Measures, cells: slice) -> Floats:
    normal, before = measures.normal, measures.band.before[..., cells]
    weakest = np.full((SPAN, SPAN, before.shape[-1]), np.inf, np.float32)
    rows = _known(normal[0][:, before[1:SPAN, 0]]).swapaxes(0, 1)
    weakest[1:] = np.minimum(_known(normal[:1, :, cells]), rows)
    columns = _known(normal[:, 0][:, before[0, 1:SPAN]])
    weakest[:, 1:] = np.minimum(weakest[:, 1:], np.minimum(_known(normal[:, :1, cells]), columns))
    weakest[0, 0] = 0
    return weakest


def _known(similarities: Floats) -> Floats:
    """Return similarities with 0 where there is none."""
    return np.where(np.isnan(similarities), np.float32(0.0), similarities)
