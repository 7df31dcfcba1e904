"""Weigh the evidence of a bead: a logistic regression over a few figures that can each be looked at.

The coefficients are in verdict.json, written by training/verdict.py, with what they were fitted to. One model for
all languages; an addition is an omission seen from the other side.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from operator import attrgetter

from consistency.languages import canonical_tag


@dataclass(frozen=True, slots=True)
class Evidence:
    """Hold what is known of one bead, seen from one side ("here", "there"); weights in units of a mean word.

    run_received, run_blend: log(1 + weight) of the worst run of words here that nothing there answers.
    missing: log(1 + weight) of all that is not answered. unmatched: the same of words whose best word there is like
    another one here. back_low: the same of words there without counterpart.
    distance: 1 - cosine. length: log of the weight here. ratio: log of the weight there by that here.
    lost, changed: facts of here that are missing there, or differ (at most 3 each).
    negation, opposite: 1.0 where the two point apart. copied: share of the weight there that is here letter by letter.
    """

    run_received: float
    run_blend: float
    missing: float
    unmatched: float
    back_low: float
    distance: float
    length: float
    ratio: float
    lost: float
    changed: float
    negation: float
    opposite: float
    copied: float


FEATURES = tuple(f.name for f in fields(Evidence))
_FIGURES = attrgetter(*FEATURES)


@dataclass(frozen=True, slots=True)
class Model:
    """Hold the fitted figures: per verdict its intercept and coefficients; per language its weight.

    weights: language → how much its words weigh by those of English for the same content.
    unsure: language → share of good translations whose lack of a negator means nothing.
    """

    coefficients: Mapping[str, tuple[float, tuple[float, ...]]]
    weights: Mapping[str, float]
    unsure: Mapping[str, float]


@cache
def model() -> Model:
    """Return the model in the package."""
    data = json.loads(resources.files("consistency").joinpath("verdict.json").read_text(encoding="utf-8"))
    rows = {
        name: (row["intercept"], tuple(row["coefficients"][feature] for feature in FEATURES))
        for name, row in data["verdicts"].items()
    }
    return Model(rows, data["weights"], data["unsure"])


def probability(verdict: str, evidence: Evidence) -> float:
    """Return how likely a verdict is, 0..1; verdict: omission, contradiction or untranslated."""
    intercept, coefficients = model().coefficients[verdict]
    total = intercept + sum(c * x for c, x in zip(coefficients, _FIGURES(evidence), strict=True))
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def scale(source: str, target: str) -> float:
    """Return how much more the words of one language weigh than another's; 1.0 where nothing is known."""
    weights = model().weights
    return weights.get(canonical_tag(source), 1.0) / weights.get(canonical_tag(target), 1.0)
