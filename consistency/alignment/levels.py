"""Align the main line of two sides: exactly where they are short, from coarse to fine where they are long.

Long sides are halved until the whole grid is small; the path found there, stretched, is the middle of the
band of the next finer level (as vecalign does), so that time and memory grow with the length.
"""

from __future__ import annotations

from dataclasses import dataclass

from consistency.alignment.bands import Band, band_around, full_band
from consistency.alignment.lattice import Path, Posterior, posterior
from consistency.alignment.measures import Measures, Scale
from consistency.alignment.paths import best_path
from consistency.alignment.scales import first_scale, refined_scale
from consistency.alignment.sides import Side, halve, with_copied
from consistency.alignment.spans import SPAN
from consistency.alignment.weights import weigh

EXACT = 300_000  # cells: up to about 550 × 550 segments every cell is looked at
ROUNDS = 2  # how often what is usual is taken from the path before
REACH = 14  # how far from the stretched coarse path the band goes, in segments, both ways


@dataclass(frozen=True, slots=True)
class Step:
    """Name one step of the main line, two half-open ranges of segments, and its share of all paths."""

    source: tuple[int, int]
    target: tuple[int, int]
    probability: float


@dataclass(frozen=True, slots=True)
class MainLine:
    """Hold the best path as steps, and what it was found with."""

    steps: tuple[Step, ...]
    measures: Measures
    scale: Scale
    posterior: Posterior


def main_line(source: Side, target: Side) -> MainLine:
    """Return the best path in order, with the probability of every step."""
    source = with_copied(source, target)
    band = _band(source, target)
    measures = Measures(source, target, band)
    scale = first_scale(measures)
    scores = weigh(measures, scale)
    path = best_path(scores)
    for _ in range(ROUNDS):
        refined = refined_scale(measures, path, scale)
        if refined == scale:  # and so are the scores and the path
            break
        scale = refined
        scores = weigh(measures, scale)
        path = best_path(scores)
    shares = posterior(scores)
    return MainLine(_steps(path, band, shares), measures, scale, shares)


def _band(source: Side, target: Side) -> Band:
    n, m = len(source), len(target)
    if (n + 1) * (m + 1) <= EXACT:
        return full_band(n, m)
    path = _coarse_path(halve(source), halve(target))
    stretched = [(min(2 * i, n), min(2 * j, m)) for i, j in path]
    return band_around(stretched, n, m, REACH)


def _coarse_path(source: Side, target: Side) -> Path:
    """Return the best path of two sides by cells, without probabilities."""
    band = _band(source, target)
    measures = Measures(source, target, band)
    scale = first_scale(measures)
    path = best_path(weigh(measures, scale))
    scale = refined_scale(measures, path, scale)
    return best_path(weigh(measures, scale))


def _steps(path: Path, band: Band, shares: Posterior) -> tuple[Step, ...]:
    found = []
    for (i, j), (p, q) in zip(path, path[1:], strict=False):
        cell = band.cell(p, q)
        a, b = p - i, q - j
        if a and b:
            probability = shares.beads[(a - 1) * SPAN + b - 1, cell]
        else:
            probability = shares.drops[cell] if a else shares.inserts[cell]
        found.append(Step((i, p), (j, q), float(min(probability, 1.0))))
    return tuple(found)
