"""Hold the weights of the evidence, and turn evidence into scores with them.

Log-linear weights of a semi-Markov conditional random field; fitted, not chosen: benchmarks/alignment_fit.py.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from consistency.alignment.evidence import SHAPES, Evidence, Scale
from consistency.alignment.lattice import N_SHAPES, Doubles, Scores

WEIGHTS: Mapping[str, float] = {
    "similar": 2.734,
    "similar low": -1.032,
    "similar more": 0.017,
    "ratio": 0.241,
    "ratio quality": 0.553,
    "ratio low": -0.038,
    "ratio lower": 0.552,
    "weakest": 1.888,
    "gain": -0.070,
    "length": -1.259,
    "length far": -0.042,
    "anchors": -0.111,
    "conflict": -0.387,
    "shape 1:2": -3.024,
    "shape 1:3": -5.162,
    "shape 1:4": -6.063,
    "shape 1:5": -7.830,
    "shape 2:2": -5.829,
    "shape larger": -1.855,
    "split": 0.992,
    "length more": 0.118,
    "opening": -2.750,
    "opening quality": 0.897,
    "opening many": -1.506,
    "opening rate": 0.281,
    "null": 1.488,
    "many": 0.073,
    "null high": 4.408,
    "null apart": 0.049,
    "null tokens": 0.038,
    "null best": -4.232,
    "null anchors": -0.370,
    "kind": -1.670,
    "kind mild": -0.548,
    "level": -0.274,
    "starts": 0.551,
    "starts apart": -2.952,
    "crosses": -3.269,
}


def weigh(evidence: Evidence, scale: Scale, weights: Mapping[str, float] = WEIGHTS) -> Scores:
    """Return the log weight of every step."""
    beads = np.full((N_SHAPES, evidence.band.size), -np.inf, np.float32)
    for shape, (a, b) in enumerate(SHAPES):
        score = np.zeros(evidence.band.size, np.float32)
        for name, value in evidence.bead(a, b, scale):
            score += np.float32(weights[name]) * value
        beads[shape] = np.where(np.isnan(score), -np.inf, score)
    drops, inserts = (
        np.sum([weights[name] * values.astype(np.float64) for name, values in figures.items()], axis=0)
        for figures in evidence.null(scale)
    )
    opening = sum(weights[name] * value for name, value in evidence.opening(scale).items())
    return Scores(evidence.band, beads, _finite(drops), _finite(inserts), opening)


def _finite(scores: Doubles) -> Doubles:
    return np.asarray(scores, np.float64)
