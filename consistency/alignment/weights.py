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
    "similar": 3.0,
    "similar low": 4.0,
    "similar more": 1.5,
    "noise": 0.0,
    "snorm": 0.0,
    "ratio": 0.0,
    "gain": 6.0,
    "length": -0.3,
    "length far": -0.2,
    "anchors": 0.4,
    "conflict": -0.2,
    "shape 1:2": -3.0,
    "shape 1:3": -5.0,
    "shape 1:4": -7.0,
    "shape 1:5": -9.0,
    "shape 2:2": -6.0,
    "shape larger": -1.5,
    "split": 3.0,
    "length more": -0.1,
    "opening": -1.0,
    "null": 0.0,
    "null tokens": -0.2,
    "null best": -1.0,
    "null anchors": -0.1,
    "kind": -3.0,
    "kind mild": -1.0,
    "level": -0.5,
    "starts": 1.0,
    "starts apart": -1.0,
    "crosses": -1.0,
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
