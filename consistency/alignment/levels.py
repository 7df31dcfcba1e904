"""Align the main line of two sides: exactly where they are short, from coarse to fine where they are long.

Long sides are halved until the whole grid is small; the path found there, stretched, is the middle of the
band of the next finer level (as vecalign does), so that time and memory grow with the length.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from consistency.alignment.bands import Band, band_around, full_band
from consistency.alignment.evidence import Evidence, Scale
from consistency.alignment.lattice import Path, Posterior, posterior, steps_of
from consistency.alignment.paths import best_path
from consistency.alignment.sides import Side, halve
from consistency.alignment.spans import SPAN
from consistency.alignment.weights import weigh

EXACT = 300_000  # cells: up to about 550 × 550 segments every cell is looked at
REACH = 14  # how far from the stretched coarse path the band goes, in segments, both ways


@dataclass(frozen=True, slots=True)
class Step:
    """Name one step of the main line: source[start : end] with target[start : end]; shares of it."""

    source: tuple[int, int]
    target: tuple[int, int]
    probability: float


@dataclass(frozen=True, slots=True)
class MainLine:
    """Hold the best path as steps, and what it was found with."""

    steps: tuple[Step, ...]
    evidence: Evidence
    scale: Scale
    posterior: Posterior


def main_line(source: Side, target: Side) -> MainLine:
    """Return the best path in order, with the probability of every step."""
    band = _band(source, target)
    evidence = Evidence(source, target, band)
    steps = steps_of(band)
    scale = first_scale(evidence)
    for _ in range(2):
        scores = weigh(evidence, scale)
        path = best_path(scores, steps)
        scale = refined_scale(evidence, path, scale)
    scores = weigh(evidence, scale)
    path = best_path(scores, steps)
    shares = posterior(scores, steps)
    return MainLine(_steps(path, band, shares), evidence, scale, shares)


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
    evidence = Evidence(source, target, band)
    steps = steps_of(band)
    scale = first_scale(evidence)
    path = best_path(weigh(evidence, scale), steps)
    scale = refined_scale(evidence, path, scale)
    return best_path(weigh(evidence, scale), steps)


def _steps(path: Path, band: Band, shares: Posterior) -> tuple[Step, ...]:
    found = []
    for (i, j), (p, q) in zip(path, path[1:], strict=False):
        cell = int(band.offsets[p] + q - band.low[p])
        a, b = p - i, q - j
        if a and b:
            probability = shares.beads[(a - 1) * SPAN + b - 1, cell]
        else:
            probability = shares.drops[cell] if a else shares.inserts[cell]
        found.append(Step((i, p), (j, q), float(min(probability, 1.0))))
    return tuple(found)


PRIOR_SIMILARITY, PRIOR_PAIRS = 0.5, 2.0


def first_scale(evidence: Evidence) -> Scale:
    """Return what is usual in this pair before anything is aligned: pairs that are each other's best."""
    band = evidence.band
    similar = np.where(np.isnan(evidence.normal[1, 1]), -np.inf, evidence.normal[1, 1])
    best_row = np.full(len(evidence.source) + 1, -np.inf, np.float32)
    best_column = np.full(len(evidence.target) + 1, -np.inf, np.float32)
    np.maximum.at(best_row, band.rows, similar)
    np.maximum.at(best_column, band.columns, similar)
    mutual = np.isfinite(similar) & (similar >= best_row[band.rows]) & (similar >= best_column[band.columns])
    ratio = np.log1p(evidence.target.lengths.sum()) - np.log1p(evidence.source.lengths.sum())
    return Scale(0.5 * _usual(similar[mutual])[0], float(ratio), 0.15, _first_structure(evidence))


def _usual(similarities: np.ndarray) -> tuple[float, float]:
    """Return middle and spread, drawn to the prior where there are few; medians, since some pairs are wrong."""
    k = len(similarities)
    middle = float(np.median(similarities)) if k else 0.0
    deviation = 1.4826 * float(np.median(np.abs(similarities - middle))) if k else 0.0
    middle = (k * middle + 3 * 0.4) / (k + 3)
    deviation = np.sqrt((k * deviation**2 + 5 * 0.13**2) / (k + 5))
    return float(np.clip(middle, 0.1, 1.0)), float(deviation)


def _first_structure(evidence: Evidence) -> float:
    """Return how far to trust blocks before knowing better: half, where both sides have about as many."""
    counts = sorted(len(set(side.blocks)) for side in (evidence.source, evidence.target))
    return 0.5 * counts[0] / counts[1] if counts[0] > 1 else 0.0


def refined_scale(evidence: Evidence, path: Path, scale: Scale) -> Scale:
    """Return what is usual on a path that was found."""
    beads = [(i, j, p, q) for (i, j), (p, q) in zip(path, path[1:], strict=False) if p > i and q > j]
    if not beads:
        return scale
    i, j, p, q = np.array(beads).T
    ones = (p - i == 1) & (q - j == 1)
    cells = evidence.band.offsets[p[ones]] + q[ones] - evidence.band.low[p[ones]]
    similar = evidence.normal[1, 1][cells]
    similarity, spread = _usual(similar[~np.isnan(similar)])
    runs = [np.concatenate([[0], np.cumsum(side.lengths)]) for side in (evidence.source, evidence.target)]
    left, right = runs[0][p] - runs[0][i], runs[1][q] - runs[1][j]
    ratio = np.log1p(right.sum()) - np.log1p(left.sum())
    drifts = evidence.drift(1, 1, Scale(ratio=float(ratio)))[cells]
    drift = float(np.sqrt((len(drifts) * (1.4826 * np.median(np.abs(drifts))) ** 2 + 10) / (len(drifts) + 10))) if len(drifts) else 1.0
    many = int(((p - i) + (q - j) > 2).sum())
    gaps = len(path) - 1 - len(beads)
    return Scale(similarity, float(ratio), spread, _structure(evidence, i, j), *_rates(many, gaps, len(path) - 1), drift)


def _rates(many: int, gaps: int, steps: int) -> tuple[float, float]:
    """Return how much more usual than elsewhere n:m beads and gaps are here, in nats, few steps counting little."""
    return tuple(
        float(np.log((count + MIXED_STEPS * rate) / (steps + MIXED_STEPS) / rate))
        for count, rate in ((many, MIXED_MANY), (gaps, MIXED_GAPS))
    )


MIXED_STEPS, MIXED_MANY, MIXED_GAPS = 15, 0.1, 0.05


def _structure(evidence: Evidence, i: np.ndarray, j: np.ndarray) -> float:
    """Return Cohen's kappa of "a block starts here" over the beads that start at (i, j); 0 if negative."""
    if len(set(evidence.source.blocks)) < 2 or len(set(evidence.target.blocks)) < 2:
        return 0.0
    left, right = evidence.left.starts[0][i + 1] > 0, evidence.right.starts[0][j + 1] > 0
    agreed = float((left == right).mean())
    chance = float(left.mean() * right.mean() + (1 - left.mean()) * (1 - right.mean()))
    return max((agreed - chance) / (1 - chance), 0.0) if chance < 1 else 1.0
