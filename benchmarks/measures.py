"""Measure how well scores tell the wrong from the right."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def auroc(scores: Sequence[float], wrong: Sequence[bool]) -> float:
    """Return how often a wrong one scores above a right one, ties counted half; needs one of each."""
    values, labels = np.asarray(scores, float), np.asarray(wrong, bool)
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(count) - (count - 1) / 2)[place]
    n_wrong, n_right = int(labels.sum()), int((~labels).sum())
    return float((ranks[labels].sum() - n_wrong * (n_wrong + 1) / 2) / (n_wrong * n_right))


def recall(scores: Sequence[float], wrong: Sequence[bool], alarms: float = 0.05) -> float:
    """Return the share of the wrong ones above the score that this share of the right ones passes."""
    values, labels = np.asarray(scores, float), np.asarray(wrong, bool)
    return float((values[labels] > np.quantile(values[~labels], 1 - alarms)).mean())


def spearman(one: Sequence[float], two: Sequence[float]) -> float:
    """Return the correlation of the ranks, ties sharing theirs; nan where one side is all the same."""
    ranks = []
    for values in (one, two):
        _, place, count = np.unique(np.asarray(values), return_inverse=True, return_counts=True)
        ranks.append((np.cumsum(count) - (count - 1) / 2)[place])
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1])


def weighted_f1(scores: Sequence[float], wrong: Sequence[bool]) -> float:
    """Return the F1 of both classes weighted by their size; each half is judged by the other half's best threshold."""
    values, labels = np.asarray(scores, float), np.asarray(wrong, bool)
    even = np.arange(len(values)) % 2 == 0
    said = np.zeros(len(values), bool)
    for here in (even, ~even):
        steps = np.quantile(values[~here], np.linspace(0.02, 0.98, 49))
        best = max(steps, key=lambda step: _f1(values[~here] > step, labels[~here]))
        said[here] = values[here] > best
    return _f1(said, labels)


def _f1(said: np.ndarray, wrong: np.ndarray) -> float:
    total = 0.0
    for found, true in ((said, wrong), (~said, ~wrong)):
        total += true.sum() * 2 * (found & true).sum() / max(1, found.sum() + true.sum())
    return float(total / len(wrong))
