"""Report words that the other copy does not answer: clauses that were dropped, or added, inside aligned passages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from consistency.checks import CHECKS
from consistency.coverage import Coverage, Gap, Words, gaps
from consistency.findings import Pair, finish, location, passage, short
from consistency.meaning import Judged
from consistency.records import Finding, Span, Witnesses
from consistency.verdict import probability

_LEAST = 0.5  # a bead less likely to lack something is not looked at
_COPIED = 0.5  # a passage left in the source's language is another check's
_HEAVY_GAP = 1.3  # mean words' weight from which a gap is as sure as its bead
_WITNESSED, _ALONE = 1.15, 0.75  # factors: the others have the words; none of two and more others has them
_TOLD = ("dropped", "added", "changed")
_WIDENED = 0.5  # share of a gap that another copy must lack as well


def omissions(pairs: Mapping[str, Pair], judged: Mapping[str, Sequence[Judged]]) -> Iterator[Finding]:
    """Yield a finding for the heaviest gap of every bead that is likely to lack or to add something."""
    for lang, pair in pairs.items():
        for bead in judged[lang]:
            if bead.evidence.copied >= _COPIED:
                continue
            dropped = _likely(bead, 0)
            added = _likely(bead, 1)
            if dropped and (not added or dropped[0] >= added[0]):
                yield _finding(pair, bead, 0, *dropped, _lacking(dropped[1], lang, judged))
            elif added:
                yield _finding(pair, bead, 1, *added, _adding(bead, lang, judged))


def _likely(judged: Judged, side: int) -> tuple[float, Span] | None:
    """Return how sure the heaviest gap of one side is, and its place in the document; None where there is none."""
    sure = probability("omission", (judged.evidence, judged.reverse)[side])
    if sure < _LEAST:
        return None
    words, coverage = _side(judged, side)
    gap = next(gaps(words, coverage, judged.heavy), None)
    if gap is None:
        return None
    place = _place(judged, side, words, gap)
    if _told(judged, side, place):
        return None
    return sure * min(1.0, gap.weight / _HEAVY_GAP) ** 0.5, place


def _told(judged: Judged, side: int, place: Span) -> bool:
    """Tell whether the gap holds a fact whose loss is reported as such: one fault is one finding."""
    for outcome in judged.bead.outcomes:
        fact = outcome.target if side else outcome.source
        if fact is None or outcome.status not in _TOLD or not fact.firm or fact.kind == "name":
            continue
        if fact.span.start < place.end and place.start < fact.span.end:
            return True
    return False


def _side(judged: Judged, side: int) -> tuple[Words, Coverage]:
    bead = judged.bead
    return (bead.target, bead.backward) if side else (bead.source, bead.forward)


def _place(judged: Judged, side: int, words: Words, gap: Gap) -> Span:
    start = judged.bead.start[side]
    return Span(start + words.spans[gap.first].start, start + words.spans[gap.end - 1].end)


def _lacking(place: Span, lang: str, judged: Mapping[str, Sequence[Judged]]) -> Witnesses:
    """Return the other copies by whether they have the words at this place of the source."""
    found = {}
    for other in judged.keys() - {lang}:
        near = [
            b for b in judged[other] if b.bead.start[0] <= place.start and b.bead.source.spans[-1].end + b.bead.start[0] >= place.end
        ]
        if near:
            found[other] = _lacks(near[0], place)
    return _witnesses(found)


def _adding(added: Judged, lang: str, judged: Mapping[str, Sequence[Judged]]) -> Witnesses:
    """Return the other copies by whether they add words to the same passage too, as where the source was shortened."""
    found = {}
    for other in judged.keys() - {lang}:
        near = [b for b in judged[other] if b.bead.start[0] == added.bead.start[0]]
        if near:
            found[other] = next(gaps(*_side(near[0], 1), near[0].heavy), None) is not None
    return _witnesses(found)


def _witnesses(differ: Mapping[str, bool]) -> Witnesses:
    langs = sorted(differ)
    return Witnesses(tuple(x for x in langs if not differ[x]), tuple(x for x in langs if differ[x]))


def _lacks(judged: Judged, place: Span) -> bool:
    words, coverage = _side(judged, 0)
    for gap in gaps(words, coverage, judged.heavy):
        found = _place(judged, 0, words, gap)
        shared = min(found.end, place.end) - max(found.start, place.start)
        if shared >= _WIDENED * (place.end - place.start):
            return True
    return False


def _finding(pair: Pair, judged: Judged, side: int, sure: float, place: Span, witnesses: Witnesses) -> Finding:
    """Return the finding on words of one side that the other does not answer; witnesses make it more or less sure."""
    alignment = pair.alignments[judged.bead.index]
    around = (passage(pair.source, alignment.source), passage(pair.target, alignment.target))
    if len(witnesses.agree) + len(witnesses.differ) >= 2:
        sure *= _WITNESSED if not witnesses.differ else _ALONE if not witnesses.agree else 1.0
    copies = (pair.source, pair.target)
    text = short(copies[side].document.text[place.start : place.end])
    check, message = (
        ("text-dropped", f"nothing in the {pair.target.language} copy answers “{text}”"),
        ("text-added", f"nothing in the source answers “{text}” of the {pair.target.language} copy"),
    )[side]
    marked = [place if here == side else span for here, span in enumerate(around)]
    one, two = (location(copy, mark, span) for copy, mark, span in zip(copies, marked, around, strict=True))
    sure = min(sure, CHECKS[check].precision)
    return finish(check, sure, message, pair.target.document.lang, one, two, witnesses=witnesses)
