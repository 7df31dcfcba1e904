"""Weigh how well a passage answers a name of the other copy: by sound, by tables of places, by meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

import numpy as np

from consistency.embedders.protocol import Embedder, Floats
from consistency.languages import Language
from consistency.names.candidates import Candidate
from consistency.names.transliteration import likeness, sounds
from consistency.records import Span

_UNIT = re.compile(r"[\u30a1-\u30fa\u30fc]+|[\u3400-\u9fff]+|[\uac00-\ud7a3]+|[^\W\d_]+")
_FORM = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*\.?")
_ACRONYM = re.compile(r"(?<![^\W_])[A-Z\u0391-\u03a9\u0410-\u042f](?:\.?[A-Z0-9\u0391-\u03a9\u0410-\u042f]){1,5}(?=s?(?![^\W_]))")
_SCRIPTS = (
    ("kana", re.compile(r"[\u3040-\u30ff]")),
    ("han", re.compile(r"[\u3400-\u9fff]")),
    ("hangul", re.compile(r"[\uac00-\ud7a3]")),
    ("latin", re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")),
    ("other", re.compile(r"[\u0370-\u052f\u1f00-\u1fff]")),
)
WINDOW = 8  # pieces: a name of four words is seldom cut into more
SURE = 0.8  # a word this like one of the name's words answers it
LEAST = 4  # letters of such a word: shorter ones are alike by chance
FORM_WORDS = 4  # of an exonym: "Democratic Republic of Congo" and shorter


class Evidence(NamedTuple):
    """Say how well a passage answers a name.

    word, words: likeness of the best word, and on average; vector, vectors: cosine of the whole name, and of its
    words on average, with the closest stretch of the passage; gain: what the cosine of both passages gains
    without the name, over the name's share of its passage; ordinary: share of common words; length: words.
    """

    word: float
    words: float
    vector: float
    vectors: float
    gain: float
    ordinary: float
    length: float


# Log odds that the name is answered: of each field above, and at 0. Fitted by benchmarks/names.py on news
# articles with names replaced and left out, one row for each pair of (script of the name, script of the passage).
WEIGHTS: Mapping[tuple[str, str], tuple[float, ...]] = {
    ("han", "latin"): (6.97, 0.54, 13.76, 12.98, -2.98, 0.00, -1.67, -8.09),
    ("kana", "latin"): (2.26, 13.61, 8.29, 9.75, -11.01, 0.00, 0.57, -16.90),
    ("latin", "han"): (6.42, -2.65, 2.72, 15.08, -1.78, -0.02, -1.01, -6.47),
    ("latin", "hangul"): (0.89, 13.17, 8.60, 12.76, -1.41, 1.20, -0.23, -13.66),
    ("latin", "kana"): (4.38, 0.69, 6.78, 11.65, -6.63, 0.67, -0.73, -8.35),
    ("latin", "latin"): (-0.22, -0.20, 6.26, 4.00, -6.95, 2.17, -0.72, -4.28),
    ("latin", "other"): (0.34, 5.88, 7.11, 11.43, -6.85, 0.86, -0.75, -9.07),
    ("other", "latin"): (-0.17, 10.28, 9.70, 8.25, -7.80, 1.38, -0.04, -11.63),
    ("other", "other"): (-0.07, 6.28, 9.99, 7.10, -6.85, 0.97, -0.70, -7.62),
}
OTHER = ("other", "other")


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
        known = _forms(self.language)
        return frozenset(sounds(word) for word in _ACRONYM.findall(self.text) if word.casefold() not in known)

    @cached_property
    def initials(self) -> frozenset[str]:
        """Return the words in capitals, folded."""
        return frozenset(word.casefold() for word in _UNIT.findall(self.text) if len(word) > 1 and word.isupper())

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
        return _unit(np.vstack([sums[n:] - sums[:-n] for n in range(1, WINDOW + 1) if len(sums) > n]))


def script_of(text: str) -> str:
    """Return kana, han or hangul where the text has any, latin or other (Greek, Cyrillic) where most letters are.

    "" for a script whose names were never measured.
    """
    for name, pattern in _SCRIPTS[:3]:
        if len(pattern.findall(text)) > len(text) / 20:
            return name
    letters = sum(map(str.isalpha, text))
    return next((name for name, pattern in _SCRIPTS[3:] if 2 * len(pattern.findall(text)) >= letters), "")


def told(name: Candidate, own: Passage, other: Passage) -> bool:
    """Tell at little cost whether the other passage plainly answers a name, or may do so in an unknown way."""
    text = own.text[name.span.start : name.span.end]
    long = [word for word in name.words if len(sounds(word)) >= LEAST]
    if any(sounds(word) in other.heard for word in long):
        return True
    if any(likeness(word, unit) >= SURE for word in long for unit in other.units):
        return True
    if keys_of(text, own.language) & other.keys:
        return True
    if "".join(word[0] for word in name.words).casefold() in other.initials:
        return True
    # WW1, BST: the name in another form, as likely as not.
    return any(abs(len(word) - len(name.words)) <= 1 for word in other.acronyms - own.acronyms)


def evidence(name: Candidate, own: Passage, other: Passage) -> Evidence:
    """Return how well the other passage answers a name of this one."""
    like = [max((likeness(word, unit) for unit in other.units), default=0.0) for word in name.words]
    whole, total = own.vector(name.span), other.total
    close = other.stretches @ _unit(np.vstack([whole, *(own.vector(span) for span in _spans(name, own.text))])).T
    best = close.max(axis=0)
    share = float(np.linalg.norm(whole) / (np.linalg.norm(own.total) + 1e-9))
    gain = (_cosine(own.total - whole, total) - _cosine(own.total, total)) / (share + 1e-9)
    return Evidence(
        max(like), sum(like) / len(like), float(best[0]), float(best[1:].mean()), gain, name.ordinary, float(len(like))
    )


def log_odds(found: Evidence, scripts: tuple[str, str]) -> float:
    """Return the log odds that the name is answered; scripts: of the name and of the passage."""
    *weights, constant = WEIGHTS.get(scripts, WEIGHTS[OTHER])
    return constant + sum(w * x for w, x in zip(weights, found, strict=True))


def _spans(name: Candidate, text: str) -> Iterator[Span]:
    place = name.span.start
    for word in name.words:
        place = text.find(word, place, name.span.end)
        yield Span(place, place + len(word))
        place += len(word)


def _unit(rows: Floats) -> Floats:
    result: Floats = rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9)
    return result


def _cosine(one: Floats, other: Floats) -> float:
    return float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other) + 1e-9))


@cache
def _forms(language: Language) -> Mapping[str, frozenset[str]]:
    """Return form → keys, folded; an adjective has its country's key."""
    forms: dict[str, set[str]] = {}
    for table in (language.names.exonyms, language.names.acronyms):
        for key, words in table.items():
            for word in words:
                forms.setdefault(word.casefold(), set()).add(key.casefold().removesuffix("-adj"))
    return {form: frozenset(keys) for form, keys in forms.items()}


def keys_of(text: str, language: Language) -> frozenset[str]:
    """Return the keys of the countries, cities and organisations that a text names in its language.

    Where words are not parted by spaces, or carry particles, a form counts wherever it stands.
    """
    forms, folded = _forms(language), text.casefold()
    if script_of(text) in ("kana", "han", "hangul"):
        return frozenset(key for form, keys in forms.items() if form in folded for key in keys)
    words = _FORM.findall(folded)
    words += [part for word in words if "-" in word for part in word.split("-")]
    found: set[str] = set()
    for n_words in range(1, FORM_WORDS + 1):
        for start in range(len(words) - n_words + 1):
            phrase = " ".join(words[start : start + n_words])
            for form in (phrase, phrase.rstrip("."), phrase.removesuffix("'s").removesuffix("’s")):
                found |= forms.get(form, frozenset())
    return frozenset(found)
