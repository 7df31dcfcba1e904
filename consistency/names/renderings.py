"""Learn from the rest of the copy how it renders a name: what stands there wherever the name does, and seldom else.

So "Waters", twice 沃特斯, is answered by 沃特斯 although no table and no romanisation says so; and where a copy that
always wrote 沃特斯 does not, the name is missing. Beads without the name are what a chance companion is known by.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from consistency.names.passages import Passage, stem

_MOST = 40  # passages from which a rendering is learnt: more tell nothing new


class Learnt(NamedTuple):
    """Say what the rest of the copy teaches.

    mentions: other passages that have one of the name's words; expected: how firmly some rendering goes with it,
    0..1; here: the same of the firmest rendering in the passage asked about.
    """

    mentions: int
    expected: float
    here: float


@dataclass(frozen=True)
class Renderings:
    """Hold the passages of both copies by bead, those of the names first."""

    own: Mapping[int, Passage]
    other: Mapping[int, Passage]

    def learnt(self, word: str, bead: int) -> Learnt:
        """Return what beads other than this one teach of a word, and whether the other side of this one agrees."""
        key = stem(word)
        beads = [b for b in self._places.get(key, ()) if b != bead][:_MOST]
        if not beads:
            return Learnt(0, 0.0, 0.0)
        inside = Counter(piece for b in beads for piece in self.other[b].pieces)
        rest = max(1, len(self.other) - len(beads) - 1)
        present = self.other[bead].pieces
        expected = best = 0.0
        for piece, count in inside.items():
            outside = self._spread[piece] - count - (piece in present)
            firm = count / len(beads) - outside / rest
            expected = max(expected, firm)
            if piece in present:
                best = max(best, firm)
        return Learnt(len(beads), expected, best)

    @cached_property
    def _places(self) -> Mapping[str, tuple[int, ...]]:
        found: dict[str, list[int]] = {}
        for bead, passage in self.own.items():
            for key in {stem(unit) for unit in passage.units}:
                found.setdefault(key, []).append(bead)
        return {key: tuple(beads) for key, beads in found.items()}

    @cached_property
    def spoken(self) -> frozenset[str]:
        """Return the sounds of all words of the other copy."""
        return frozenset(sound for passage in self.other.values() for sound in passage.heard)

    @cached_property
    def _spread(self) -> Counter[str]:
        return Counter(piece for passage in self.other.values() for piece in passage.pieces)
