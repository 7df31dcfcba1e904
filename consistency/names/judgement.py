"""Turn the evidence for a name into the odds that it is missing: two small logistic regressions.

Their coefficients are in weights.json, fitted by training/names.py to news articles with names replaced and left out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import exp

from consistency.names.evidence import Evidence
from consistency.names.transliteration import likeness

EXCHANGE = ("one", "two", "own", "alike")
_REST = "other other"  # pairs of scripts with too few names to fit their own
_FAR = 6.0  # odds beyond which one name of two says no more


@dataclass(frozen=True, slots=True)
class Weights:
    """Hold the coefficients, the constant last, by pair of scripts (of the name, of the passage): of one name; of two."""

    alone: Mapping[str, tuple[float, ...]]
    exchange: Mapping[str, tuple[float, ...]]


@cache
def weights() -> Weights:
    """Return the weights in the package."""
    text = resources.files("consistency.names").joinpath("weights.json").read_text(encoding="utf-8")
    data = json.loads(text)
    alone = {key: _row(row, Evidence._fields) for key, row in data["alone"].items()}
    return Weights(alone, {key: _row(row, EXCHANGE) for key, row in data["exchange"].items()})


def missing_odds(found: Evidence, scripts: tuple[str, str]) -> float:
    """Return the log odds that a name is missing; scripts: of the name and of the passage."""
    table = weights().alone
    return _sum(table.get(" ".join(scripts), table[_REST]), found)


def exchange_odds(one: float, two: float, own: int, alike: float, scripts: tuple[str, str]) -> float:
    """Return the log odds that of two names without an answer one is missing, and not one name in two forms.

    one, two: their own log odds, the source's first; own: how many of them have no common word; alike: by sound;
    scripts: of the source's name and of the passage.
    """
    table = weights().exchange
    return _sum(table.get(" ".join(scripts), table[_REST]), (max(-_FAR, one), max(-_FAR, two), own, alike))


def alike(one: Sequence[str], two: Sequence[str]) -> float:
    """Return how far two names may be one by sound, 0..1: the shorter's words with the best of the other's, on average."""
    short, long = sorted((one, two), key=len)
    return sum(max(likeness(word, other) for other in long) for word in short) / len(short)


def probability(odds: float) -> float:
    """Return the probability of log odds."""
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, odds))))


def _row(row: Mapping[str, float], names: tuple[str, ...]) -> tuple[float, ...]:
    return tuple(row[name] for name in (*names, "constant"))


def _sum(row: tuple[float, ...], values: tuple[float, ...]) -> float:
    return row[-1] + sum(weight * value for weight, value in zip(row[:-1], values, strict=True))
