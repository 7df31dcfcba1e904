"""Find terms of the source that a copy does not translate as the glossary says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from consistency.checks import CHECKS
from consistency.config import Term
from consistency.findings import Copy, Pair, finish, location, passage
from consistency.records import Alignment, Fact, Finding, Span

_CHECK = "term-dropped"


def dropped_terms(pair: Pair, terms: Sequence[Term]) -> Iterator[Finding]:
    """Yield a finding for each aligned passage whose source has a term that its copy does not have.

    A neighbouring passage of the copy that has the term oftener than its own source may have taken it over:
    then nothing is said.
    """
    for term in terms:
        wanted = _wanted(term, pair.target.document.lang)
        if not wanted:
            continue
        asked, answers = _asked(term.source, term.keep), tuple(_answer(word, term.keep) for word in wanted)
        ours = [_spans(pair.source, bead.source, (asked,)) for bead in pair.alignments]
        theirs = [len(_spans(pair.target, bead.target, answers)) for bead in pair.alignments]
        for index, bead in enumerate(pair.alignments):
            if ours[index] and bead.target and not theirs[index] and not _next_door(index, ours, theirs):
                yield _finding(pair, bead, term, wanted, ours[index][0])


def _wanted(term: Term, lang: str) -> tuple[str, ...]:
    """Return the words of which a copy needs one; () where the glossary says nothing on its language."""
    if term.keep:
        return (term.source,)
    return term.targets.get(lang) or term.targets.get(lang.partition("-")[0], ())


def _next_door(index: int, ours: Sequence[Sequence[Span]], theirs: Sequence[int]) -> bool:
    around = [near for near in (index - 1, index + 1) if 0 <= near < len(theirs)]
    return any(theirs[near] > len(ours[near]) for near in around)


def _spans(copy: Copy, indices: tuple[int, ...], patterns: tuple[re.Pattern[str], ...]) -> list[Span]:
    """Return where a passage has one of the patterns, code left out."""
    document = copy.document
    found = []
    for index in indices:
        segment = copy.segments[index]
        if document.blocks[segment.block].prose:
            found += [
                Span(segment.span.start + match.start(), segment.span.start + match.end())
                for pattern in patterns
                for match in pattern.finditer(segment.text)
            ]
    return found


@cache
def _asked(term: str, keep: bool) -> re.Pattern[str]:
    """Return the pattern of a term in the source: whole words, because a port is no portfolio.

    What must be kept is looked for with its case.
    """
    words = r"\s+".join(map(re.escape, term.split()))
    return re.compile(rf"(?<!\w){words}(?!\w)", 0 if keep else re.IGNORECASE)


@cache
def _answer(word: str, keep: bool) -> re.Pattern[str]:
    """Return the pattern of what the copy has to say: each word may go on, and stand inside another.

    Inflection adds endings ("Behälter": Behältern), other languages write articles or whole words to it: a
    miss costs less than a false alarm.
    """
    ending = "" if keep else r"\w*"
    words = rf"{ending}\s+".join(map(re.escape, word.split()))
    return re.compile(words, 0 if keep else re.IGNORECASE)


def _finding(pair: Pair, bead: Alignment, term: Term, wanted: tuple[str, ...], span: Span) -> Finding:
    left, right = passage(pair.source, bead.source), passage(pair.target, bead.target)
    surface = pair.source.document.text[span.start : span.end]
    asked = " or ".join(f"“{word}”" for word in wanted)
    what = "must stay as it is" if term.keep else f"has to be {asked}"
    message = f"the term “{surface}” {what} in the {pair.target.language} copy, which does not have it"
    return finish(
        _CHECK,
        CHECKS[_CHECK].precision * (0.6 + 0.4 * min(1.0, bead.confidence / 0.8)),
        message,
        pair.target.document.lang,
        location(pair.source, span, left),
        location(pair.target, right, right),
        Fact("term", term.source, surface, span),
    )
