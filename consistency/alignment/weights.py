"""Hold the weights of the evidence, and turn evidence into scores with them.

Log-linear weights of a semi-Markov conditional random field; fitted, not chosen: benchmarks/alignment_fit.py.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from consistency.alignment.evidence import SHAPES, Evidence, Scale
from consistency.alignment.lattice import Doubles, Scores
from consistency.alignment.spans import SPAN

WEIGHTS: Mapping[str, float] = {
    "similar": -0.014,
    "similar low": 0.617,
    "similar more": 0.462,
    "chance": 0.631,
    "ratio": 0.249,
    "gain": 1.614,
    "length": -1.803,
    "length far": 0.038,
    "anchors": -0.203,
    "conflict": -0.534,
    "shape 1:2": -3.021,
    "shape 1:3": -5.087,
    "shape 1:4": -6.387,
    "shape 1:5": -7.404,
    "shape 2:2": -5.592,
    "shape larger": -1.965,
    "split": 1.420,
    "length more": 0.145,
    "opening": -2.365,
    "null": -1.001,
    "null tokens": 0.002,
    "null best": -0.371,
    "null anchors": -0.423,
    "kind": -2.217,
    "kind mild": -0.728,
    "level": -0.364,
    "starts": 0.748,
    "starts apart": -1.108,
    "crosses": -3.892,
}


def weigh(evidence: Evidence, scale: Scale, weights: Mapping[str, float] = WEIGHTS) -> Scores:
    """Return the log weight of every step."""
    beads = np.full((SPAN, SPAN, evidence.band.size), -np.inf, np.float32)
    for a, b in SHAPES:
        score = np.zeros(evidence.band.size, np.float32)
        for name, value in evidence.bead(a, b, scale):
            score += np.float32(weights[name]) * value
        beads[a - 1, b - 1] = np.where(np.isnan(score), -np.inf, score)
    drops, inserts = (
        np.sum([weights[name] * values.astype(np.float64) for name, values in figures.items()], axis=0)
        for figures in evidence.null(scale)
    )
    return Scores(evidence.band, beads, _finite(drops), _finite(inserts), weights["opening"])


def _finite(scores: Doubles) -> Doubles:
    return np.asarray(scores, np.float64)
