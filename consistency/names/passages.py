"""Hold one side of a bead as the checks of names see it: its words, sounds, places, acronyms, vectors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from consistency.embedders.protocol import Embedder, Floats
from consistency.languages import Language
from consistency.names.candidates import Candidate, capitals
from consistency.names.places import forms_of, keys_of
from consistency.names.transliteration import sounds
from consistency.records import Span

_UNIT = re.compile(r"[\u30a1-\u30fa\u30fc]+|[\u3400-\u9fff]+|[\uac00-\ud7a3]+|[^\W\d_]+")
_RUN = re.compile(r"[\u30a1-\u30fa\u30fc]+|[\u3400-\u9fff]+|[\uac00-\ud7a3]+")
_ACRONYM = re.compile(r"(?<![^\W_])[A-Z\u0391-\u03a9\u0410-\u042f](?:\.?[A-Z0-9\u0391-\u03a9\u0410-\u042f]){1,5}(?=s?(?![^\W_]))")
_SCRIPTS = (
    ("kana", re.compile(r"[\u3040-\u30ff]")),
    ("han", re.compile(r"[\u3400-\u9fff]")),
    ("hangul", re.compile(r"[\uac00-\ud7a3]")),
    ("latin", re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")),
    ("other", re.compile(r"[\u0370-\u052f\u1f00-\u1fff]")),
)
WINDOW = 8  # pieces: a name of four words is seldom cut into more
_STEM = 5  # sounds of a word by which it is known elsewhere in the copy: endings change
_SHORTEST = 3
_GRAMS = (2, 3, 4)  # characters of a run without spaces that may be a name


@dataclass(frozen=True)
class Passage:
    """Hold one side of a bead. What is costly is computed when first asked for.

    text: from the first to the last segment; start: where that is in the document; names: spans from there.
    """

    text: str
    start: int
    names: tuple[Candidate, ...]
    language: Language
    embedder: Embedder

    @cached_property
    def units(self) -> tuple[str, ...]:
        """Return the words that may answer a name."""
        return tuple(dict.fromkeys(_UNIT.findall(self.text)))

    @cached_property
    def heard(self) -> frozenset[str]:
        """Return the sounds of those words."""
        return frozenset(map(sounds, self.units))

    @cached_property
    def keys(self) -> frozenset[str]:
        """Return the keys of the places and organisations that the text names."""
        return keys_of(self.text, self.language)

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """Return the acronyms of the text, in plain letters, without those that the tables know."""
        known = forms_of(self.language)
        return frozenset(sounds(word) for word in _ACRONYM.findall(self.text) if word.casefold() not in known)

    @cached_property
    def initials(self) -> frozenset[str]:
        """Return the words in capitals, folded."""
        return frozenset(word.casefold() for word in _UNIT.findall(self.text) if len(word) > 1 and word.isupper())

    @cached_property
    def capitals(self) -> tuple[str, ...]:
        """Return the words that look like names or parts of one, single ones and acronyms among them."""
        return capitals(self.text, self.language)

    @cached_property
    def pieces(self) -> frozenset[str]:
        """Return what may stand for a name: words without endings; parts of runs where no spaces are written."""
        return frozenset(piece for unit in self.units for piece in _parts(unit))

    @cached_property
    def script(self) -> str:
        """Return the script of the text as far as it matters here."""
        return script_of(self.text)

    @cached_property
    def _pieces(self) -> tuple[tuple[Span, ...], Floats]:
        tokens = self.embedder.tokens(self.text)
        return tokens.spans, tokens.vectors

    @cached_property
    def total(self) -> Floats:
        """Return the sum of the piece vectors."""
        total: Floats = self._pieces[1].sum(axis=0)
        return total

    def vector(self, span: Span) -> Floats:
        """Return the sum of the vectors of the pieces inside a place of the text."""
        spans, vectors = self._pieces
        inside = [i for i, piece in enumerate(spans) if piece.start < span.end and span.start < piece.end]
        total: Floats = vectors[inside].sum(axis=0)
        return total

    @cached_property
    def stretches(self) -> Floats:
        """Return the unit vectors of all stretches of up to WINDOW pieces."""
        vectors = self._pieces[1]
        sums = np.vstack([np.zeros_like(vectors[:1]), np.cumsum(vectors, axis=0)])
        return unit_rows(np.vstack([sums[n:] - sums[:-n] for n in range(1, WINDOW + 1) if len(sums) > n]))


def script_of(text: str) -> str:
    """Return kana, han or hangul where the text has any, latin or other (Greek, Cyrillic) where most letters are.

    "" for a script whose names were never measured.
    """
    for name, pattern in _SCRIPTS[:3]:
        if len(pattern.findall(text)) > len(text) / 20:
            return name
    letters = sum(map(str.isalpha, text))
    return next((name for name, pattern in _SCRIPTS[3:] if 2 * len(pattern.findall(text)) >= letters), "")


def stem(word: str) -> str:
    """Return the sounds by which a word is known again in another form."""
    return sounds(word)[:_STEM]


def unit_rows(rows: Floats) -> Floats:
    """Return the rows at unit length."""
    result: Floats = rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9)
    return result


def _parts(unit: str) -> Iterator[str]:
    if _RUN.match(unit) is None:
        key = stem(unit)
        if len(key) >= _SHORTEST:
            yield key
        return
    for size in _GRAMS:
        yield from (unit[i : i + size] for i in range(len(unit) - size + 1))
