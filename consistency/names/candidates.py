"""Find what may be a name in a text: capitalised words side by side, dotted runs of katakana or Han.

A script that does not mark names yields none: there nothing is claimed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from consistency.evidence import language_data
from consistency.languages import Language
from consistency.records import Span

_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_]+(?:['’‐-][^\W\d_]+)*")
# A copy may glue its own letters to a foreign name: "Microsoft는", "AIの".
_SCRIPT = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]+|[\uac00-\ud7a3]+|[^\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
# "Anna's", "Ankara'daki"; "O'Neill" and "Mat-Su" stay whole.
_ENDING = re.compile(r"['’][^\W\d_A-Z]{0,6}$")
_SHORTEST_OWN = 3  # letters before such an ending
_OPENING = re.compile(r"(?:[.!?:;…]['\"”»’)\]]*\s+|[\"“„«(\[—–]\s*|\n|^\W*)$")
_DOTTED = re.compile(
    r"[\u30a1-\u30fa\u30fc]+(?:[・=＝][\u30a1-\u30fa\u30fc]+)+"
    r"|[\u3400-\u9fff]{1,4}(?:[·•‧][\u3400-\u9fff]{1,6})*[·•‧][\u3400-\u9fff]{1,4}"
)
_KATAKANA = re.compile(r"[\u30a1-\u30fa\u30fc]{3,}")
_DOTS = re.compile(r"[・=＝·•‧]")
# Small words inside names, wherever the text is from: Ursula von der Leyen, Osama bin Laden.
PARTICLES = frozenset(
    ("af", "al", "av", "bin", "ben", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el")
    + ("ibn", "la", "las", "le", "les", "ter", "ten", "van", "von", "zu")
)
MOST_WORDS = 6  # a longer run is a title or a list
_STEM, _LONGEST_ENDING = 5, 5  # letters of a common word that stay, and that may follow, in its other forms
HEADLINE = 0.8  # share of capitals from which they say nothing


@dataclass(frozen=True, slots=True)
class Candidate:
    """Name a place that may hold a name.

    span: in the document's text; words: without endings like 's, at least two of them a name's own.
    ordinary: share of the words that are also common words (House, Party), as far as that is known.
    """

    span: Span
    words: tuple[str, ...]
    ordinary: float = 0.0


class _Word(NamedTuple):
    start: int
    end: int
    text: str
    capital: bool
    opens: bool


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """Hold what a language says of words, all folded: left out at a name's ends; common; capitals mean nothing."""

    function: frozenset[str]
    titles: frozenset[str]
    common: frozenset[str]
    stems: frozenset[str]
    nouns: bool

    def ordinary(self, folded: str) -> bool:
        """Tell whether a word is a common one, also with another ending than the table has."""
        ends = range(max(_STEM, len(folded) - _LONGEST_ENDING), len(folded) + 1)
        return folded in self.common or any(folded[:end] in self.stems for end in ends)


def candidates(texts: Sequence[str], language: Language) -> tuple[tuple[Candidate, ...], ...]:
    """Return the candidates of each text (the segments of one article), spans counted from the text's start."""
    rows = [tuple(_words(text)) for text in texts]
    small = frozenset(word.text.casefold() for row in rows for word in row if not word.capital)
    lexicon = _lexicon(language)
    found = []
    for text, row in zip(texts, rows, strict=True):
        names = [] if _headline(row, lexicon) else list(_capitalised(text, row, lexicon, small))
        names += [Candidate(Span(*m.span()), tuple(_DOTS.split(m[0]))) for m in _DOTTED.finditer(text)]
        found.append(tuple(sorted(names, key=lambda name: name.span)))
    return tuple(found)


def capitals(text: str, language: Language) -> tuple[str, ...]:
    """Return the words of a text that stand out by a capital, and its katakana; none where nouns or all words have one."""
    lexicon = _lexicon(language)
    row = tuple(_words(text))
    if lexicon.nouns or _headline(row, lexicon):
        return ()
    found = [word.text for word in row if word.capital and not word.opens and len(word.text) > 1]
    found = [word for word in found if word.casefold() not in lexicon.function and word.casefold() not in lexicon.titles]
    return tuple(dict.fromkeys((*found, *_KATAKANA.findall(text))))


@cache
def _lexicon(language: Language) -> _Lexicon:
    names = language.names
    return _Lexicon(
        language_data().words.get(language.tag, frozenset()),
        frozenset(word.casefold() for word in names.titles),
        frozenset(word.casefold() for word in (*names.not_names, *names.generic)),
        frozenset(word.casefold()[: max(_STEM, len(word) - 2)] for word in names.generic if len(word) >= _STEM),
        names.capitalised_nouns,
    )


def _words(text: str) -> Iterator[_Word]:
    plain = _UNSPACED.search(text) is None
    for match in _WORD.finditer(text):
        start, end = match.span()
        word = match[0]
        if plain:
            yield _word(text, start, end, word)
            continue
        for piece in _SCRIPT.finditer(word):
            yield _word(text, start + piece.start(), start + piece.end(), piece[0])


def _word(text: str, start: int, end: int, word: str) -> _Word:
    if "'" in word or "’" in word:
        bare = _ENDING.sub("", word)
        if len(bare) >= _SHORTEST_OWN or word.endswith(("'s", "’s", "'", "’")):
            word, end = bare, start + len(bare)
    first = word[:1]
    if first == first.lower():
        return _Word(start, end, word, False, start == 0)
    return _Word(start, end, word, True, start == 0 or _OPENING.search(text, max(0, start - 6), start) is not None)


def _headline(row: Sequence[_Word], lexicon: _Lexicon) -> bool:
    """Tell whether a text is set in capitals throughout, as titles are in some languages."""
    # A function word counts where it has a capital, which it has only there: "Why Trump Will Win a Second Term".
    long = [w for w in row if len(w.text) > 3 and not w.opens and (w.capital or w.text.casefold() not in lexicon.function)]
    return len(long) >= 4 and sum(word.capital for word in long) > HEADLINE * len(long)


def _capitalised(text: str, row: Sequence[_Word], lexicon: _Lexicon, small: frozenset[str]) -> Iterator[Candidate]:
    """Yield the names among the runs of capitals; small: words seen without one."""
    # "de" between capitals joins a name in English; in Spanish it parts two.
    for run in _runs(text, row, frozenset() if lexicon.nouns else PARTICLES - lexicon.function):
        run = _trimmed(run, lexicon, small)
        own = [word for word in run if _own(word, lexicon)]
        if len(own) < 2 or len(run) > MOST_WORDS:
            continue
        folded = [word.text.casefold() for word in own]  # the I of a World War says nothing
        ordinary = sum(word in small or lexicon.ordinary(word) for word in folded) / len(folded)
        yield Candidate(Span(run[0].start, run[-1].end), tuple(word.text for word in run), ordinary)


def _runs(text: str, row: Sequence[_Word], particles: frozenset[str]) -> Iterator[list[_Word]]:
    """Yield the runs of capitalised words, particles between them left out."""
    run: list[_Word] = []
    between = 0
    for before, word in zip((None, *row), row, strict=False):
        gap = text[before.end : word.start] if before else ""
        joined = gap in (" ", "\u00a0") or (gap == ". " and before is not None and len(before.text) == 1)
        if run and not joined:
            yield run
            run = []
        # An acronym is no part of a person's name, and is left out or spelled out by good translators.
        acronym = len(word.text) > 1 and word.text.isupper()
        if run and (acronym or (word.capital and word.opens and gap != ". ")):
            yield run
            run = []
        if word.capital and not acronym:
            run.append(word)
            between = 0
        elif run and word.text in particles and between < 3:
            between += 1
        elif run:
            yield run
            run = []
    if run:
        yield run


def _trimmed(run: list[_Word], lexicon: _Lexicon, small: frozenset[str]) -> list[_Word]:
    """Return the run without titles and common words at its ends: "Energy Minister Anna Berg" is Anna Berg."""

    def weak(word: _Word) -> bool:
        folded = word.text.casefold()
        opening = word.opens and (lexicon.nouns or folded in small or folded in lexicon.common)
        return opening or "." in folded or folded in lexicon.function or folded in lexicon.titles

    while run and weak(run[0]):
        run = run[1:]
    while run and weak(run[-1]):
        run = run[:-1]
    for index in range(len(run) - 2, 0, -1):  # a person after an office
        if run[index - 1].text.casefold() in lexicon.titles:
            return run[index:]
    return run


def _own(word: _Word, lexicon: _Lexicon) -> bool:
    """Tell whether a word is long enough and no abbreviation: MP and US answer too easily."""
    return len(word.text) >= 3 and not word.text.isupper() and word.text.casefold() not in lexicon.titles
