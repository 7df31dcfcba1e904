"""Report passages that say the opposite: a negation lost or gained, the other pole, names exchanged, where all else agrees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import numpy as np

from consistency.coverage import Words, unit
from consistency.findings import Pair, finish, location, passage
from consistency.languages import canonical_tag
from consistency.meaning import Judged
from consistency.polarity import NEGATION, Flip
from consistency.records import Finding, Span, Witnesses
from consistency.roles import ROLES, exchanged, links_of
from consistency.verdict import model

# Measured by benchmarks/facts.py (damage: negation, direction; clean) on human translations: docs/meaning.md. Of
# negations lost on purpose half are found at the price of one finding in a hundred good articles. "Before" put as
# "then" and "last" beside another "first" are idioms in good translations, so turned poles are shown by default only
# where the one stands in the other's place, or where two other copies side with the source.
_LOST = 0.75  # a negator of the source that the copy lacks, all else being alike
_TURNED = 0.65  # opposite poles of one axis, each answered by the other
_IN_PLACE = 0.75  # the same where nothing else answers either, and the words beside them answer each other
_PLAIN = ("rise_fall", "more_less")  # axes whose words seldom mean anything else
_GAINED = 0.5  # a negator that only the copy has: translators put "remember" as "not forget"
_UNSURE = 0.6  # factor for languages that negate by more than words
_AGREED, _SHARED = 1.2, 0.6  # factors: the other copies side with the source; another copy turns it as well
_MOST_UNSURE = 0.0045  # share of good translations without a negator
_LEAST_SIMILARITY, _MOST_MISSING = 0.3, 0.6
_ELSEWHERE = 0.1  # by how much another word may answer a pole better than the opposite pole does
_COPIED = 0.5  # a passage left in the source's language is another check's
_AROUND = 4  # letters on each side by which words are known to be the source's own
_WEAK = 0.35  # cosine below which no other word answers it at all
_ASTRAY = 0.3  # of the passage: how far apart the two poles may stand
_BESIDE = 2  # words on each side of a pole that are its neighbours
_CLOSE, _LEAST_BESIDE = 0.15, 0.4  # of two poles in each other's place: how far apart, cosine of their best neighbours


def reversals(pairs: Mapping[str, Pair], judged: Mapping[str, Sequence[Judged]]) -> Iterator[Finding]:
    """Yield a finding for every bead whose sides point apart although all else in it agrees."""
    for lang, pair in pairs.items():
        links = links_of([copy.document.lang for copy in (pair.source, pair.target)])
        for bead in judged[lang]:
            flip = bead.bead.turned or (_exchanged(pair, bead, links) if links else None)
            if flip is None or not _alike(bead) or _left(pair, bead, flip):
                continue
            if flip.axis not in (NEGATION, ROLES) and not _answers(bead, flip):
                continue
            yield _finding(pair, bead, flip, _sure(pair, bead, flip), _others(bead, flip, lang, judged))


def _texts(pair: Pair, judged: Judged) -> tuple[str, str]:
    alignment = pair.alignments[judged.bead.index]
    sides = (pair.source, alignment.source), (pair.target, alignment.target)
    spans = [passage(copy, indices) for copy, indices in sides]
    source, target = (copy.document.text[s.start : s.end] for (copy, _), s in zip(sides, spans, strict=True))
    return source, target


def _exchanged(pair: Pair, judged: Judged, links: Sequence[frozenset[str]]) -> Flip | None:
    return exchanged(judged.bead.source, judged.bead.target, _texts(pair, judged), links)


def _left(pair: Pair, judged: Judged, flip: Flip) -> bool:
    """Tell whether the words are code, or stand in the copy as they do in the source ("file-does-not-exist")."""
    for copy, start, spans in zip((pair.source, pair.target), judged.bead.start, (flip.source, flip.target), strict=True):
        code = [mark.span for mark in copy.document.marks if mark.kind == "code"]
        if any(c.start < s.end + start and s.start + start < c.end for c in code for s in spans):
            return True
    source, target = _texts(pair, judged)
    return any(source[max(0, span.start - _AROUND) : span.end + _AROUND] in target for span in flip.source)


def _alike(judged: Judged) -> bool:
    """Tell whether the passages say the same but for what turns them."""
    evidence = judged.evidence
    if evidence.copied >= _COPIED:
        return False
    unanswered = max(_unanswered(judged, 0), _unanswered(judged, 1))
    agreed = not evidence.lost and not evidence.changed and not judged.reverse.lost
    return agreed and 1 - evidence.distance >= _LEAST_SIMILARITY and unanswered <= _MOST_MISSING


def _unanswered(judged: Judged, side: int) -> float:
    bead = judged.bead
    words, coverage = ((bead.source, bead.forward), (bead.target, bead.backward))[side]
    return float((words.weights * (1 - coverage.like)).sum() / words.weights.sum())


def _answers(judged: Judged, flip: Flip) -> bool:
    """Tell whether the two poles stand for each other: no other word answers either much better, nor far away."""
    source, target = judged.bead.source, judged.bead.target
    rows, columns = _touched(source, flip.source), _touched(target, flip.target)
    if not rows or not columns:
        return False
    cosines = unit(source.vectors) @ unit(target.vectors).T
    both = float(cosines[np.ix_(rows, columns)].max())
    rest = np.concatenate([np.delete(cosines[rows], columns, 1).ravel(), np.delete(cosines[:, columns], rows, 0).ravel()])
    apart = abs(np.mean(rows) / len(source.spans) - np.mean(columns) / len(target.spans))
    best = float(rest.max(initial=-1.0))
    return (both >= best - _ELSEWHERE or best < _WEAK) and bool(apart <= _ASTRAY)


def _in_place(judged: Judged, flip: Flip) -> bool:
    """Tell whether one pole was put for the other: no other word answers either, and their neighbours answer each other."""
    source, target = judged.bead.source, judged.bead.target
    cosines = unit(source.vectors) @ unit(target.vectors).T
    rows, columns = _touched(source, flip.source), _touched(target, flip.target)
    row, column = max(product(rows, columns), key=lambda place: float(cosines[place]))
    others = np.concatenate([np.delete(cosines[row], columns), np.delete(cosines[:, column], rows)])
    beside = cosines[np.ix_(_beside(rows, len(source.spans)), _beside(columns, len(target.spans)))]
    apart = abs(row / len(source.spans) - column / len(target.spans))
    answered = others.max(initial=-1.0) >= _WEAK
    return bool(not answered and beside.max(initial=0.0) >= _LEAST_BESIDE and apart <= _CLOSE)


def _beside(places: Sequence[int], size: int) -> list[int]:
    near = {i for place in places for i in range(max(0, place - _BESIDE), min(size, place + _BESIDE + 1))}
    return sorted(near - set(places))


def _touched(words: Words, spans: Sequence[Span]) -> list[int]:
    return [i for i, w in enumerate(words.spans) if any(w.start < s.end and s.start < w.end for s in spans)]


def _sure(pair: Pair, judged: Judged, flip: Flip) -> float:
    if flip.axis == ROLES:
        return _IN_PLACE
    if flip.axis != NEGATION:
        return _IN_PLACE if flip.axis in _PLAIN or _in_place(judged, flip) else _TURNED
    misleading = max(model().unsure.get(canonical_tag(c.document.lang), 1.0) for c in (pair.source, pair.target))
    return (_LOST if flip.source else _GAINED) * (1.0 if misleading <= _MOST_UNSURE else _UNSURE)


def _others(judged: Judged, flip: Flip, lang: str, every: Mapping[str, Sequence[Judged]]) -> Witnesses:
    """Return the other copies by whether they turn the same passage as well."""
    agree: list[str] = []
    differ: list[str] = []
    for other in every.keys() - {lang}:
        near = [b for b in every[other] if b.bead.start[0] == judged.bead.start[0]]
        if not near:
            continue
        turned = near[0].bead.turned
        (differ if turned is not None and turned.axis == flip.axis else agree).append(other)
    return Witnesses(tuple(sorted(agree)), tuple(sorted(differ)))


def _finding(pair: Pair, judged: Judged, flip: Flip, sure: float, witnesses: Witnesses) -> Finding:
    alignment = pair.alignments[judged.bead.index]
    left, right = passage(pair.source, alignment.source), passage(pair.target, alignment.target)
    one = _moved(flip.source, left.start) or left
    two = _moved(flip.target, right.start) or right
    if len(witnesses.agree) >= 2 and not witnesses.differ:
        sure *= _AGREED
    elif witnesses.differ:
        sure *= _SHARED
    said = [pair.source.document.text[one.start : one.end], pair.target.document.text[two.start : two.end]]
    if flip.axis == ROLES:
        message = f"the source says “{said[0]}”, the {pair.target.language} copy, with the names exchanged, “{said[1]}”"
    elif flip.axis != NEGATION:
        message = f"the source says “{said[0]}”, the {pair.target.language} copy the opposite, “{said[1]}”"
    elif flip.source:
        message = f"the {pair.target.language} copy lacks the negation “{said[0]}”"
    else:
        message = f"the {pair.target.language} copy negates with “{said[1]}” what the source states"
    places = (location(pair.source, one, left), location(pair.target, two, right))
    confidence = sure * (0.6 + 0.4 * min(1.0, alignment.confidence / 0.8))
    return finish("polarity-changed", min(confidence, 0.95), message, pair.target.document.lang, *places, witnesses=witnesses)


def _moved(spans: Sequence[Span], start: int) -> Span | None:
    return Span(spans[0].start + start, spans[0].end + start) if spans else None
