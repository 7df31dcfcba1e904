"""Turn the evidence about a bead into the probability that exactly this bead is right."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from consistency.alignment.levels import MainLine

# Logistic weights, fitted by benchmarks/alignment_fit.py. The share of all paths that take a step is nearly
# calibrated as it stands; what is corrected is left-out text that has its like elsewhere.
WEIGHTS: Mapping[str, float] = {"bias": -0.06, "odds": 1.013, "size": -0.319, "elsewhere": -0.908}
LIKELY = 0.7  # share of the similarity of true pairs from which on a span is a likely counterpart


def confidences(line: MainLine) -> list[float]:
    """Return the probability of each step of the main line."""
    rows = figures(line)
    return [
        float(1 / (1 + np.exp(-sum(WEIGHTS[name] * value for name, value in row.items())))) for row in rows
    ]


def figures(line: MainLine) -> list[dict[str, float]]:
    """Return for each step the named figures that its confidence is computed from.

    odds: log odds of the step over all paths; size: segments beyond 1:1; elsewhere: how far the best span
    anywhere on the other side is a likely counterpart of a segment that was left out.
    """
    best, rows = line.measures.best, []
    for step in line.steps:
        a, b = step.source[1] - step.source[0], step.target[1] - step.target[0]
        share = min(max(step.probability, 1e-4), 1 - 1e-4)
        row = {"bias": 1.0, "odds": float(np.log(share / (1 - share)))}
        if a and b:
            row["size"] = float(a + b - 2)
        else:
            like = best[0][step.source[0]] if a else best[1][step.target[0]]
            row["elsewhere"] = float(np.clip(like / line.scale.similarity - LIKELY, 0, 1))
        rows.append(row)
    return rows
