"""Draw batches of one language pair from the encoded corpus, the same ones for the same seed."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from training.corpus import PairSet

MOST_PIECES = 96
MOST_CHARACTERS = 600


@dataclass(frozen=True, slots=True)
class Ragged:
    """Hold rows of piece ids end to end: row i is ids[offsets[i]:offsets[i + 1]]."""

    ids: np.ndarray
    offsets: np.ndarray

    def take(self, rows: np.ndarray) -> Ragged:
        """Return some rows, in the order asked for."""
        lengths = self.offsets[rows + 1] - self.offsets[rows]
        offsets = np.concatenate([[0], np.cumsum(lengths)])
        starts = np.repeat(self.offsets[rows] - offsets[:-1], lengths)
        return Ragged(self.ids[starts + np.arange(offsets[-1])], offsets)

    def drop(self, rate: float, rng: np.random.Generator) -> Ragged:
        """Leave out pieces at random, never the first of a row."""
        keep = rng.random(len(self.ids)) >= rate
        keep[self.offsets[:-1]] = True
        counts = np.concatenate([[0], np.cumsum(keep)])
        return Ragged(self.ids[keep], counts[self.offsets])


@dataclass(frozen=True, slots=True)
class LanguagePair:
    """Hold all pairs of two languages. keys: checksums of the texts; weights: what a pair counts (n,)."""

    langs: tuple[str, str]
    sides: tuple[Ragged, Ragged]
    keys: tuple[np.ndarray, np.ndarray]
    cumulative: np.ndarray

    @property
    def mass(self) -> float:
        """Return the sum of the weights."""
        return float(self.cumulative[-1])


def encode(processor: Any, texts: Sequence[str]) -> Ragged:
    """Return the piece ids of texts, cut at MOST_PIECES. A text without any gets the unknown piece.

    processor: sentencepiece.SentencePieceProcessor. The unknown piece and the lone space say nothing and
    have no vector; they are left out.
    """
    silent = {0, processor.piece_to_id("▁")}
    rows = []
    for start in range(0, len(texts), 20_000):
        chunk = [text[:MOST_CHARACTERS] for text in texts[start : start + 20_000]]
        ids = processor.encode(chunk, num_threads=2)
        spoken = ([i for i in row if i not in silent][:MOST_PIECES] for row in ids)
        rows += [np.array(row or [0], dtype=np.int32) for row in spoken]
    offsets = np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64)
    return Ragged(np.concatenate(rows), offsets)


def encode_corpus(
    pair_sets: Sequence[PairSet], processor: Any, weights: Mapping[str, float], foreign: float
) -> list[LanguagePair]:
    """Group the files by language pair and encode them.

    weights: what a pair counts when pairs are drawn, by source, else by "lex" for lexicons, else 1.
    foreign: the factor for pairs without English.
    """
    groups: dict[tuple[str, str], list[PairSet]] = {}
    for pairs in pair_sets:
        groups.setdefault(pairs.langs, []).append(pairs)
    result = []
    for langs, sets in sorted(groups.items()):
        factor = 1.0 if "en" in langs else foreign
        each = [np.full(len(pairs.texts[0]), factor * weight_of(pairs, weights)) for pairs in sets]
        a, b = ([text for pairs in sets for text in pairs.texts[side]] for side in (0, 1))
        sides, keys = (encode(processor, a), encode(processor, b)), (_keys(a), _keys(b))
        result.append(LanguagePair(langs, sides, keys, np.cumsum(np.concatenate(each))))
    return result


def _keys(texts: Sequence[str]) -> np.ndarray:
    return np.array([zlib.crc32(text.casefold().encode()) for text in texts], dtype=np.int64)


def weight_of(pairs: PairSet, weights: Mapping[str, float]) -> float:
    """Return what one pair of this file counts when pairs are drawn."""
    default = weights.get("lex", 1.0) if pairs.is_lexicon else 1.0
    return weights.get(pairs.source, default)


@dataclass(frozen=True, slots=True)
class Batches:
    """Draw batch number `step`. power: languages are drawn with probability ∝ mass ** power."""

    pairs: Sequence[LanguagePair]
    size: int
    power: float
    dropout: float
    seed: int

    def draw(self, step: int) -> tuple[Ragged, Ragged]:
        """Return both sides of up to `size` pairs, no text twice: a copy would be a false negative."""
        rng = np.random.default_rng((self.seed, step))
        mass = np.array([pair.mass for pair in self.pairs]) ** self.power
        pair = self.pairs[rng.choice(len(self.pairs), p=mass / mass.sum())]
        rows = np.unique(np.searchsorted(pair.cumulative, rng.random(self.size) * pair.mass))
        for keys in pair.keys:
            rows = rows[np.unique(keys[rows], return_index=True)[1]]
        sides = (side.take(rows) for side in pair.sides)
        a, b = (side.drop(self.dropout, rng) if self.dropout else side for side in sides)
        return a, b
