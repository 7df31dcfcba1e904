"""Ask of every name of one copy whether the aligned passage of the other says it: dropped, added, changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from consistency.diff import Outcome
from consistency.embedders.protocol import Embedder
from consistency.findings import Copy, Pair, passage
from consistency.languages import Language, load_language
from consistency.names.candidates import Candidate, candidates
from consistency.names.evidence import Evidence, evidence, told
from consistency.names.judgement import alike, exchange_odds, missing_odds, probability
from consistency.names.passages import Passage, script_of
from consistency.names.renderings import Renderings
from consistency.names.transliteration import likeness, sounds
from consistency.records import Fact, Span

LEAST = 0.5  # probability below which nothing is said
SUREST = 0.95
SUREST_ADDED = 0.65  # translators name whom a pronoun meant: no slip, mostly
APART = -2.0  # log odds below which a name is no part of an exchange
SAME = 0.9  # likeness of words that are one
HALF = 0.5  # share of common words in a name; how firmly the copy writes it in one way
NEXT_DOOR = 0.9  # likeness of every word of a name that moved to the next sentence


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Hold a name that the other passage does not plainly answer.

    scripts: of the name and of the passage. plain: it can only be a name, so that it may be called dropped or added
    alone.
    """

    name: Candidate
    surface: str
    scripts: tuple[str, str]
    evidence: Evidence
    plain: bool

    @property
    def odds(self) -> float:
        """Return the log odds that it is missing."""
        return missing_odds(self.evidence, self.scripts)


def diff_names(pair: Pair, embedder: Embedder) -> tuple[Outcome, ...]:
    """Return the names that one copy has and the aligned passage of the other has not, bead by bead.

    Only names of two words or more are asked for: a single surname is often a pronoun in a good translation.
    """
    if not all(load_language(copy.document.lang).supported for copy in (pair.source, pair.target)):
        return ()  # nobody has said which of its words with a capital are no names
    left, right = (_passages(pair, index, embedder) for index in (0, 1))
    there, back = Renderings(left, right), Renderings(right, left)
    outcomes: list[Outcome] = []
    for bead in sorted(left.keys() & right.keys()):
        outcomes += _outcomes(bead, unanswered(bead, there), unanswered(bead, back), (left[bead].start, right[bead].start))
    return tuple(outcomes)


def unanswered(bead: int, sides: Renderings) -> list[Unanswered]:
    """Return the names of one side of a bead that the other does not plainly answer.

    Where every noun has a capital, two side by side are a name for sure only if the other copy has one of them.
    """
    own, other = sides.own[bead], sides.other[bead]
    names = [name for name in own.names if not told(name, own, other)] if own.script and other.script else []
    found: list[Unanswered] = []
    for name in names:
        if _next_door(name, bead, sides):
            continue
        surface = own.text[name.span.start : name.span.end]
        seen = evidence(name, bead, sides, len(names) == 1)
        found.append(Unanswered(name, surface, (script_of(surface), other.script), seen, _plain(seen, own)))
    return found


def _plain(seen: Evidence, own: Passage) -> bool:
    """Tell whether this can only be a name, and one that a good translation says.

    Translators put "the country", "the union" for what a table knows, and anything for names of common words
    ("Snow White", "the Betfred Cup"), unless the rest of the copy shows that they write it in one way.
    """
    if own.language.names.capitalised_nouns:
        return bool(seen.heard)
    return not seen.known and (seen.ordinary < HALF or (seen.ordinary < 1 and seen.gap >= HALF))


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


def _next_door(name: Candidate, bead: int, sides: Renderings) -> bool:
    """Tell whether a name went to the passage before or after: it is there, and not there in its own copy."""
    for near in (bead - 1, bead + 1):
        if near in sides.other and _says(sides.other[near], name.words) and not _says(sides.own[near], name.words):
            return True
    return False


def _says(place: Passage, words: Sequence[str]) -> bool:
    return all(any(likeness(word, unit) >= NEXT_DOOR for unit in place.units) for word in words)


def _outcomes(bead: int, lost: Sequence[Unanswered], gained: Sequence[Unanswered], starts: tuple[int, int]) -> Iterator[Outcome]:
    """Yield what became of the names of one bead: the likeliest exchanges first, then what is missed alone."""
    lost, gained = _without_twins(lost, gained), _without_twins(gained, lost)
    used: tuple[set[int], set[int]] = (set(), set())
    for odds, i, j in sorted(_exchanges(lost, gained), reverse=True):
        if i in used[0] or j in used[1]:
            continue
        used[0].add(i)
        used[1].add(j)
        # One that is hardly missing is something else, and the other is missing alone.
        apart = [name.odds < APART for name in (lost[i], gained[j])]
        if not any(apart) or (lost[i] if apart[1] else gained[j]).plain:
            source, target = (_fact(name, start) for name, start in zip((lost[i], gained[j]), starts, strict=True))
            yield from _outcome(bead, None if apart[0] else source, None if apart[1] else target, odds)
    for side, names in enumerate((lost, gained)):
        if len((gained, lost)[side]) > len(used[1 - side]):
            continue  # one may be the other in a form that was not seen
        for index, name in enumerate(names):
            if index not in used[side] and name.plain:
                fact = _fact(name, starts[side])
                yield from _outcome(bead, None, fact, name.odds) if side else _outcome(bead, fact, None, name.odds)


def _without_twins(names: Sequence[Unanswered], others: Sequence[Unanswered]) -> list[Unanswered]:
    """Return the names without those that share a word with one of the others: "Lt Col Vann", "Letkol Vann"."""
    return [name for name in names if not any(_share_a_word(name.name, other.name) for other in others)]


def _share_a_word(one: Candidate, two: Candidate) -> bool:
    return any(likeness(left, right) >= SAME for left in one.words for right in two.words)


def _exchanges(lost: Sequence[Unanswered], gained: Sequence[Unanswered]) -> Iterator[tuple[float, int, int]]:
    for i, one in enumerate(lost):
        for j, two in enumerate(gained):
            own = (not one.name.ordinary) + (not two.name.ordinary)
            if not own:
                continue  # "the Middle East": common words may be translated in any way
            odds = exchange_odds(one.odds, two.odds, own, alike(one.name.words, two.name.words), one.scripts)
            if max(one.odds, two.odds) >= APART and probability(odds) >= LEAST:
                yield odds, i, j


def _outcome(bead: int, source: Fact | None, target: Fact | None, odds: float) -> Iterator[Outcome]:
    sure = min(SUREST if source else SUREST_ADDED, probability(odds))
    if sure >= LEAST:
        status = "changed" if source and target else "dropped" if source else "added"
        yield Outcome(status, bead, source, target, sure=sure)


def _fact(found: Unanswered, start: int) -> Fact:
    span = found.name.span
    value = " ".join(map(sounds, found.name.words))
    return Fact("name", value, found.surface, Span(start + span.start, start + span.end))
