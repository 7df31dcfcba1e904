"""Find two names that traded places around a verb: "A praised B" where the copy says that B praised A.

Only names that both sides spell alike, next to the verb, between languages that tell who does what by word order alone.
Where a word between them may turn the order (a passive, a preposition, "met"), nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consistency.coverage import Words, likeness
from consistency.languages import load_language
from consistency.polarity import Flip
from consistency.records import Span

ROLES = "roles"
_LONGEST = 3  # words between the two names: further apart, another word may be the verb's subject
_SAME_VERB = 0.4  # cosine from which on the words between the names say the same
_PLAIN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class _Clause:
    """Name two neighbouring names and the words between them, by index: names half-open, between as well."""

    one: tuple[int, int]
    two: tuple[int, int]

    @property
    def between(self) -> slice:
        return slice(self.one[1], self.two[0])


def links_of(langs: Sequence[str]) -> tuple[frozenset[str], ...]:
    """Return, for each language, the words that may turn the order; () where one does not tell roles by order alone."""
    sides = [load_language(lang).polarity for lang in langs]
    return tuple(frozenset(side.links) for side in sides) if all(side.subject_first for side in sides) else ()


def exchanged(source: Words, target: Words, texts: tuple[str, str], links: Sequence[frozenset[str]]) -> Flip | None:
    """Return the words of the source and of the copy in which two names traded places; None where none did."""
    here, there = (
        {_names(words, clause): clause for clause in _clauses(words, text, turning)}
        for words, text, turning in zip((source, target), texts, links, strict=True)
    )
    for (one, two), clause in here.items():
        crossed = there.get((two, one))
        if crossed and one != two and _alike(source, clause, target, crossed):
            return Flip(ROLES, (_span(source, clause),), (_span(target, crossed),))
    return None


def _clauses(words: Words, text: str, links: frozenset[str]) -> Iterator[_Clause]:
    """Yield every two neighbouring names that are told once, with nothing but plain words between them."""
    runs = list(_runs(words, text))
    for one, two in zip(runs, runs[1:], strict=False):
        gap = text[words.spans[one[1] - 1].end : words.spans[two[0]].start]
        between = words.forms[one[1] : two[0]]
        plain = 0 < len(between) <= _LONGEST and _PLAIN.fullmatch(gap.strip()) is not None and links.isdisjoint(between)
        once = all(words.forms.count(_name(words, run)) == 1 for run in (one, two))
        if plain and once and not _goes_on(words, text, two):
            yield _Clause(one, two)


def _runs(words: Words, text: str) -> Iterator[tuple[int, int]]:
    """Yield the runs of capitalised words, half-open."""
    first: int | None = None
    for index, span in enumerate(words.spans):
        capital = text[span.start].isupper()
        joined = first is not None and text[words.spans[index - 1].end : span.start] == " "
        if first is not None and not (capital and joined):
            yield first, index
            first = None
        if capital and first is None:
            first = index
    if first is not None:
        yield first, len(words.spans)


def _goes_on(words: Words, text: str, run: tuple[int, int]) -> bool:
    """Tell whether a name is not all there is: "Kim's envoy", "Kim-led"."""
    return text[words.spans[run[1] - 1].end :][:1] in ("'", "’", "-")


def _names(words: Words, clause: _Clause) -> tuple[str, str]:
    return _name(words, clause.one), _name(words, clause.two)


def _name(words: Words, run: tuple[int, int]) -> str:
    """Return the last word of a name: titles before it are translated."""
    return words.forms[run[1] - 1]


def _alike(source: Words, one: _Clause, target: Words, two: _Clause) -> bool:
    here, there = one.between, two.between
    cosines = likeness(source.vectors[here], source.forms[here], target.vectors[there], target.forms[there])
    return bool(cosines.max() >= _SAME_VERB)


def _span(words: Words, clause: _Clause) -> Span:
    return Span(words.spans[clause.one[0]].start, words.spans[clause.two[1] - 1].end)
