"""Find two values that traded places, by the words around them.

Where "4 trees and 9 houses" became "9 Bäume und 4 Häuser", both values are kept, but each stands among the
other's words. Only values whose order is turned round are asked about: then either the clauses changed places,
words and all, or the values alone did. The token vectors of the embedder tell which.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from consistency.compare import Match
from consistency.diff import Outcome, year_of
from consistency.embedders.protocol import Embedder
from consistency.findings import Pair, passage
from consistency.records import Fact, Quantity, Span

# Measured by benchmarks/facts.py (kind "swap") on de, fr and ja: at REACH letters and MARGIN, 1 of 108 clean passages
# with two numbers or more is called exchanged, and two thirds of the seeded exchanges are.
REACH = 15.0  # letters in which a word's weight falls to 1/e; words of scripts without spaces are shorter
REACH_CLOSE = 6.0
MARGIN = -0.1  # of cosines: how much better the words fit when exchanged
MARGIN_CLOSE = -0.2


def exchanges(pair: Pair, outcomes: Sequence[Outcome], embedder: Embedder, spaced: tuple[bool, bool]) -> Iterator[Outcome]:
    """Yield an outcome "swapped" for each two kept values that stand among each other's words.

    spaced: whether the words of the source's and of the target's language are parted by spaces.
    """
    by_bead: dict[int, list[Outcome]] = {}
    swapped = {o.bead for o in outcomes if o.status == "swapped"}
    for outcome in outcomes:
        if outcome.status == "kept" and outcome.bead not in swapped and _plain(outcome):
            by_bead.setdefault(outcome.bead, []).append(outcome)
    for bead, kept in by_bead.items():
        turned = [(a, b) for i, a in enumerate(kept) for b in kept[i + 1 :] if _turned(a, b)]
        if turned:
            yield from _exchanged(pair, bead, kept, turned, embedder, spaced)


def _plain(outcome: Outcome) -> bool:
    source, target = outcome.source, outcome.target
    if source is None or target is None or not (source.firm or target.firm) or outcome.grade < Match.BARE:
        return False
    return isinstance(source.value, Quantity) and not isinstance(target.value, str)


def _turned(one: Outcome, two: Outcome) -> bool:
    """Tell whether two different values of one unit stand in the other order in the copy.

    Values of two units would have lost their units by it, and been told apart.
    """
    if not (one.source and one.target and two.source and two.target):
        return False
    order = (one.source.span < two.source.span) != (one.target.span < two.target.span)
    alike = one.source.kind == two.source.kind and _unit(one.source) == _unit(two.source)
    return order and alike and one.source.value != two.source.value


def _unit(fact: Fact) -> str | None:
    return fact.value.unit if isinstance(fact.value, Quantity) else None


def _exchanged(
    pair: Pair,
    bead: int,
    kept: Sequence[Outcome],
    turned: Sequence[tuple[Outcome, Outcome]],
    embedder: Embedder,
    spaced: tuple[bool, bool],
) -> Iterator[Outcome]:
    alignment = pair.alignments[bead]
    left = _Context(pair.source.document.text, passage(pair.source, alignment.source), embedder, spaced[0])
    right = _Context(pair.target.document.text, passage(pair.target, alignment.target), embedder, spaced[1])
    sources = [o.source for o in kept if o.source]
    targets = [o.target for o in kept if o.target]
    for one, two in turned:
        if not (one.source and one.target and two.source and two.target):
            continue
        here = left.around(one.source, sources) - left.around(two.source, sources)
        there = right.around(one.target, targets) - right.around(two.target, targets)
        # "in 2017" goes to the front or the end of its clause as the language likes: more is asked of a year
        years = (year_of(one.source) is None) != (year_of(two.source) is None)
        limit = MARGIN if all(spaced) and not years else MARGIN_CLOSE
        if float(here @ there) < limit:
            yield Outcome("swapped", bead, one.source, one.target, Match.SAME, (two.source, two.target))
            return


class _Context:
    """Hold the token vectors of one passage."""

    def __init__(self, text: str, span: Span, embedder: Embedder, spaced: bool) -> None:
        tokens = embedder.tokens(text[span.start : span.end])
        self.spans = [Span(s.start + span.start, s.end + span.start) for s in tokens.spans]
        self.vectors: NDArray[np.float32] = tokens.vectors
        self.reach = REACH if spaced else REACH_CLOSE

    def around(self, fact: Fact, others: Sequence[Fact]) -> NDArray[np.float32]:
        """Return the unit vector of the words around a fact, the nearer the heavier, numbers left out."""
        total = np.zeros(self.vectors.shape[1], dtype=np.float32)
        for span, vector in zip(self.spans, self.vectors, strict=True):
            if span.end <= span.start or any(span.start < o.span.end and o.span.start < span.end for o in others):
                continue
            distance = min(abs(span.start - fact.span.end), abs(fact.span.start - span.end))
            total += np.float32(np.exp(-distance / self.reach)) * vector
        length = float(np.linalg.norm(total))
        return total / np.float32(length) if length else total
