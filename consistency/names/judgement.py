"""Turn the evidence for a name into the odds that it is missing: two small logistic regressions.

Their coefficients are in weights.json, fitted by training/names.py to news articles with names replaced and left out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import exp

from consistency.names.evidence import Evidence

EXCHANGE = ("one", "two", "own")
_REST = "other other"  # pairs of scripts with too few names to fit their own
_FAR = 6.0  # odds beyond which one name of two says no more


@dataclass(frozen=True, slots=True)
class Weights:
    """Hold the coefficients, the constant last: of each pair of scripts (of the name, of the passage); of two names."""

    alone: Mapping[str, tuple[float, ...]]
    exchange: tuple[float, ...]


@cache
def weights() -> Weights:
    """Return the weights in the package."""
    text = resources.files("consistency.names").joinpath("weights.json").read_text(encoding="utf-8")
    data = json.loads(text)
    rows = {key: _row(row, Evidence._fields) for key, row in data["alone"].items()}
    return Weights(rows, _row(data["exchange"], EXCHANGE))


def missing_odds(found: Evidence, scripts: tuple[str, str]) -> float:
    """Return the log odds that a name is missing; scripts: of the name and of the passage."""
    table = weights().alone
    return _sum(table.get(" ".join(scripts), table[_REST]), found)


def exchange_odds(one: float, two: float, own: int) -> float:
    """Return the log odds that of two names without an answer one is missing, and not one name in two forms.

    one, two: their own log odds, the source's first; own: how many of them have no common word.
    """
    return _sum(weights().exchange, (max(-_FAR, one), max(-_FAR, two), own))


def probability(odds: float) -> float:
    """Return the probability of log odds."""
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, odds))))


def _row(row: Mapping[str, float], names: tuple[str, ...]) -> tuple[float, ...]:
    return tuple(row[name] for name in (*names, "constant"))


def _sum(row: tuple[float, ...], values: tuple[float, ...]) -> float:
    return row[-1] + sum(weight * value for weight, value in zip(row[:-1], values, strict=True))
