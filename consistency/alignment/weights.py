"""Hold the weights of the evidence, and turn evidence into scores with them.

Log-linear weights of a semi-Markov conditional random field. Fitted, not chosen: benchmarks/alignment_fit.py
prints this table; the benchmark's figures hold it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from consistency.alignment.evidence import bead_figures, null_figures, opening_figures
from consistency.alignment.lattice import N_SHAPES, Scores
from consistency.alignment.measures import Measures, Scale, chunks
from consistency.alignment.spans import SPAN

WEIGHTS: Mapping[str, float] = {
    "similar": 2.941,
    "similar low": -1.353,
    "ratio": 0.179,
    "ratio quality": 0.474,
    "ratio lower": 0.160,
    "weakest": 1.703,
    "gain": 0.479,
    "length": -1.475,
    "anchors": -0.102,
    "conflict": -0.387,
    "shape 1:2": -3.765,
    "shape 1:3": -6.226,
    "shape 1:4": -6.535,
    "shape 1:5": -7.203,
    "shape 2:2": -6.774,
    "shape larger": -1.921,
    "split": 1.038,
    "length more": 0.218,
    "opening": -3.227,
    "opening quality": 1.123,
    "opening poor": 20.0,  # set, not fitted: see benchmarks/alignment_fit.py
    "opening many": -0.714,
    "opening rate": -0.200,
    "null": 0.814,
    "many": 0.925,
    "null high": 3.455,
    "null tokens": 0.206,
    "null best": -3.032,
    "null anchors": -0.188,
    "kind": -1.690,
    "kind mild": -0.496,
    "level": -0.248,
    "starts": 1.234,
    "starts apart": -2.334,
    "crosses": -3.018,
}


def weigh(measures: Measures, scale: Scale, weights: Mapping[str, float] = WEIGHTS) -> Scores:
    """Return the log weight of every step."""
    beads = np.empty((SPAN, SPAN, measures.band.size), np.float32)
    for cells in chunks(measures.band.size):
        score = beads[..., cells]
        score[:] = 0
        for name, value in bead_figures(measures, scale, cells):
            score += np.float32(weights[name]) * value
        score[np.isnan(score)] = -np.inf
    drops, inserts = (
        np.sum([weights[name] * values.astype(np.float64) for name, values in figures.items()], axis=0)
        for figures in null_figures(measures, scale)
    )
    opening = sum(weights[name] * value for name, value in opening_figures(measures, scale).items())
    return Scores(measures.band, beads.reshape(N_SHAPES, -1), drops, inserts, opening)
