"""Ask of every name of one copy whether the aligned passage of the other says it: dropped, added, changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from consistency.diff import Outcome
from consistency.embedders.protocol import Embedder
from consistency.findings import Copy, Pair, passage
from consistency.languages import Language, load_language
from consistency.names.candidates import Candidate, candidates
from consistency.names.evidence import Passage, evidence, keys_of, log_odds, script_of, told
from consistency.names.transliteration import likeness, sounds
from consistency.records import Fact, Span

# Log odds of an answer below which a name is missed: on its own, and each of two that stand for each other,
# and both of those together. Measured by benchmarks/names.py: one finding in eight good articles.
ALONE = -2.5
EITHER = -0.5
BOTH = -2.0
NEXT_DOOR = 0.9  # likeness of every word of a name that moved to the next sentence


@dataclass(frozen=True, slots=True)
class Missed:
    """Hold a name that the other passage may not say.

    odds: log odds that it does. plain: it can only be a name, so that it may be called dropped or added alone.
    own: none of its words is a common one, as far as is known, so that another name in its place is no rendering.
    """

    odds: float
    fact: Fact
    plain: bool
    own: bool


def diff_names(pair: Pair, embedder: Embedder) -> tuple[Outcome, ...]:
    """Return the names that one copy has and the aligned passage of the other has not, bead by bead.

    Only names of two words or more are asked for: a single surname is often a pronoun in a good translation.
    """
    sides = [_passages(pair, index, embedder) for index in (0, 1)]
    outcomes: list[Outcome] = []
    for bead in sorted(sides[0].keys() & sides[1].keys()):
        left, right = sides[0][bead], sides[1][bead]
        lost = [m for m in missed(left, right, sides[1]) if not _next_door(m.fact, bead, sides[0], sides[1])]
        gained = [m for m in missed(right, left, sides[0]) if not _next_door(m.fact, bead, sides[1], sides[0])]
        outcomes += _outcomes(bead, lost, gained)
    return tuple(outcomes)


def missed(own: Passage, other: Passage, copy: Mapping[int, Passage]) -> list[Missed]:
    """Return the names that the other passage does not plainly answer; copy: all passages of that side.

    Where every noun has a capital, two side by side are a name for sure only if the other copy has one of them.
    """
    found: list[Missed] = []
    if not other.script:
        return found
    for name in own.names:
        if told(name, own, other):
            continue
        surface = own.text[name.span.start : name.span.end]
        odds = log_odds(evidence(name, own, other), (script_of(surface), other.script))
        heard = [sounds(word) for word in name.words]
        if own.language.names.capitalised_nouns:
            plain = any(not place.heard.isdisjoint(heard) for place in copy.values())
        else:
            plain = name.ordinary < 1 and not keys_of(surface, own.language)  # "the country", "the union"
        span = Span(own.start + name.span.start, own.start + name.span.end)
        found.append(Missed(odds, Fact("name", " ".join(heard), surface, span), plain, not name.ordinary))
    return found


def _passages(pair: Pair, index: int, embedder: Embedder) -> dict[int, Passage]:
    """Return bead → its passage on one side, for the beads that have both sides."""
    copy = (pair.source, pair.target)[index]
    language = load_language(copy.document.lang)
    named = _named(copy, _candidates(tuple(s.text for s in copy.segments), language))
    found = {}
    for bead, alignment in enumerate(pair.alignments):
        if alignment.source and alignment.target:
            segments = (alignment.source, alignment.target)[index]
            span = passage(copy, segments)
            names = tuple(_shifted(name, -span.start) for s in segments for name in named[s])
            text = copy.document.text[span.start : span.end]
            found[bead] = Passage(text, span.start, names, language, embedder)
    return found


@lru_cache(32)
def _candidates(texts: tuple[str, ...], language: Language) -> tuple[tuple[Candidate, ...], ...]:
    """Return the candidates of a copy; the source is asked for them once for every translation."""
    return candidates(texts, language)


def _named(copy: Copy, found: Sequence[Sequence[Candidate]]) -> list[list[Candidate]]:
    """Return the candidates by segment, placed in the document, without what is a date, an address or code."""
    code = [mark.span for mark in copy.document.marks if mark.kind == "code"]
    rows = []
    for segment, names, facts in zip(copy.segments, found, copy.facts, strict=True):
        taken = [fact.span for fact in facts] + [s for s in code if s.start < segment.span.end and s.end > segment.span.start]
        placed = [_shifted(name, segment.span.start) for name in names]
        rows.append([n for n in placed if not any(t.start < n.span.end and n.span.start < t.end for t in taken)])
    return rows


def _shifted(name: Candidate, by: int) -> Candidate:
    return replace(name, span=Span(name.span.start + by, name.span.end + by))


def _next_door(fact: Fact, bead: int, own: dict[int, Passage], other: dict[int, Passage]) -> bool:
    """Tell whether a name went to the passage before or after: it is there, and not there in its own copy."""
    words = str(fact.value).split()
    for near in (bead - 1, bead + 1):
        if near in other and _says(other[near], words) and not _says(own[near], words):
            return True
    return False


def _says(place: Passage, words: Sequence[str]) -> bool:
    return all(any(likeness(word, unit) >= NEXT_DOOR for unit in place.units) for word in words)


def _share_a_word(one: Fact, two: Fact) -> bool:
    """Tell whether two names have a word in common: "Lt Col Vann" and "Letnan Kolonel Vann" are one man."""
    return any(likeness(left, right) >= NEXT_DOOR for left in str(one.value).split() for right in str(two.value).split())


def _outcomes(bead: int, lost: Sequence[Missed], gained: Sequence[Missed]) -> Iterator[Outcome]:
    """Yield what became of the names of one bead: the likeliest exchanges first, then what is missed alone."""
    pairs = sorted(
        (one.odds + two.odds, i, j)
        for i, one in enumerate(lost)
        for j, two in enumerate(gained)
        if max(one.odds, two.odds) < (EITHER if one.own and two.own else ALONE) and one.odds + two.odds < BOTH
        and not _share_a_word(one.fact, two.fact)
    )
    used: tuple[set[int], set[int]] = (set(), set())
    for _, i, j in pairs:
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            yield Outcome("changed", bead, lost[i].fact, gained[j].fact)
    for side, names in enumerate((lost, gained)):
        others = [m for k, m in enumerate((gained, lost)[side]) if k not in used[1 - side]]
        if any(other.odds < 0 for other in others):
            continue  # one may be the other in a form that was not seen
        for index, name in enumerate(names):
            if index not in used[side] and name.odds < ALONE and name.plain:
                yield Outcome("added", bead, None, name.fact) if side else Outcome("dropped", bead, name.fact, None)
