"""Turn the evidence about a bead into the probability that exactly this bead is right."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from consistency.alignment.levels import MainLine

WEIGHTS: Mapping[str, float] = {"bias": 0.0, "odds": 1.0, "similar": 0.0, "size": 0.0, "null": 0.0, "null best": 0.0}


def confidences(line: MainLine) -> list[float]:
    """Return the probability of each step of the main line."""
    return [1 / (1 + np.exp(-sum(WEIGHTS[name] * value for name, value in row.items()))) for row in figures(line)]


def figures(line: MainLine) -> list[dict[str, float]]:
    """Return for each step the named figures that its confidence is computed from.

    odds: log odds of the step over all paths; similar: against true pairs here; size: segments beyond 1:1;
    null best: how alike the best span anywhere is to a segment that was left out.
    """
    evidence, scale = line.evidence, line.scale
    rows = []
    for step in line.steps:
        a, b = step.source[1] - step.source[0], step.target[1] - step.target[0]
        share = min(max(step.probability, 1e-4), 1 - 1e-4)
        row = {"bias": 1.0, "odds": float(np.log(share / (1 - share)))}
        if a and b:
            cell = evidence.band.offsets[step.source[1]] + step.target[1] - evidence.band.low[step.source[1]]
            similar = float(evidence.normal[a, b][cell])
            row["similar"] = 0.0 if np.isnan(similar) else (similar - scale.similarity) / scale.spread
            row["size"] = float(a + b - 2)
        else:
            best = evidence.best[0][step.source[0]] if a else evidence.best[1][step.target[0]]
            row["null"] = 1.0
            row["null best"] = float(np.clip(best / scale.similarity, 0, 2))
        rows.append(row)
    return rows
