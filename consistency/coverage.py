"""Tell which words of a passage nothing in the other passage answers, from the vectors of their tokens.

Every target word hands its weight out to the source words it is most like; a source word that gets less than
its own weight, or is like no word at all, is not covered. A word's weight is the length of its vector: training
made the vectors of frequent words short, so function words weigh little in every language without a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from consistency.embedders.protocol import TokenVectors
from consistency.records import Span

Floats = NDArray[np.float32]

# Scripts that write words without spaces: there every piece of the tokenizer stands for a word.
_RUNS_ON = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_SHARPNESS = 18.0  # of the softmax over cosines by which a target word chooses whom it answers
_NEAR = 0.5  # cosine from which on a word answers with all its weight
_SPELLED_ALIKE = 0.9  # cosine that words get which are spelled alike: names, loan words, numbers
_LONGEST = 3  # words in a span that answers one word ("Handelsabkommen", "trade agreement")
_ALIKE = 4  # letters that words must share at their beginning, and three quarters of the shorter
_LEVEL = 0.42  # below this a word counts as not covered: at 0.5 a gap swallows its neighbours (docs/meaning.md)
_CONTENT = 0.55  # of the weight of a heavy word: what weighs less is a function word
_LEAST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Words:
    """Hold the words of one passage, punctuation left out.

    spans: in the passage; vectors: (words, width), sums of their pieces; weights: (words,); forms: case-folded.
    """

    spans: tuple[Span, ...]
    vectors: Floats
    weights: Floats
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Say for each word of one side how well the other side answers it, 0..1.

    received: share of its weight that came from the other side; counts repeated words once each.
    answered: the same, where words unlike it count less. like: cosine to the best word or span of words.
    matched: 1.0 where it and the word it is most like choose each other.
    """

    received: Floats
    answered: Floats
    like: Floats
    matched: Floats


@dataclass(frozen=True, slots=True)
class Gap:
    """Name a run of words without counterpart: first and last + 1, its weight, in units of one heavy word."""

    first: int
    end: int
    weight: float


def words_of(text: str, tokens: TokenVectors) -> Words:
    """Return the words of a text; pieces that touch are one word, but for scripts that write no spaces."""
    starts: list[int] = []
    ends: list[int] = []
    places: list[list[int]] = []  # of each word's pieces among the tokens
    last = -1
    runs_on = _RUNS_ON.search(text) is not None
    for index, (start, end) in enumerate(tokens.spans):
        piece = text[start:end]
        if not piece.isalnum() and not any(map(str.isalnum, piece)):
            continue
        if start == last and not (runs_on and (_RUNS_ON.match(piece) or _RUNS_ON.match(text[start - 1]))):
            ends[-1] = end
            places[-1].append(index)
        else:
            starts.append(start)
            ends.append(end)
            places.append([index])
        last = end
    vectors = _sums(tokens.vectors, places)
    forms = tuple([text[start:end].casefold() for start, end in zip(starts, ends, strict=True)])
    return Words(tuple(map(Span, starts, ends)), vectors, _lengths(vectors)[:, 0], forms)


def _sums(vectors: Floats, places: Sequence[Sequence[int]]) -> Floats:
    """Return the sum of each row's pieces, added one after the other: all first ones, all second ones, …"""
    sums = vectors[[own[0] for own in places]]
    for size in range(1, max(map(len, places), default=0)):
        longer = [row for row, own in enumerate(places) if len(own) > size]
        sums[longer] += vectors[[places[row][size] for row in longer]]
    return sums


def cover(source: Words, target: Words, scale: float = 1.0) -> tuple[Coverage, Coverage]:
    """Return how the target answers the source, and the source the target.

    scale: how much more the source's language weighs than the target's for the same content.
    """
    if not source.spans or not target.spans:
        return _nothing(len(source.spans)), _nothing(len(target.spans))
    left, right = unit(source.vectors), unit(target.vectors)
    cosines = _likeness(left, source.forms, right, target.forms)
    like, back = cosines.max(axis=1), cosines.max(axis=0)
    matched, matched_back = _mutual(cosines), _mutual(cosines.T)
    here, there = cosines, cosines.T
    runs = source.vectors, target.vectors
    for size in range(2, _LONGEST + 1):
        runs = _longer(runs[0], source.vectors, size), _longer(runs[1], target.vectors, size)
        here = _spread(like, back, unit(runs[0]) @ right.T, here, size)
        there = _spread(back, like, unit(runs[1]) @ left.T, there, size)
    weights = target.weights * np.float32(scale)
    return (
        _coverage(cosines, source.weights, weights, like, matched),
        _coverage(cosines.T, weights, source.weights, back, matched_back),
    )


def likeness(source: Floats, source_forms: Sequence[str], target: Floats, target_forms: Sequence[str]) -> Floats:
    """Return the cosine of every two words (source words, target words), raised where they are spelled alike.

    source, target: vectors (words, width); forms: case-folded.
    """
    return _likeness(unit(source), source_forms, unit(target), target_forms)


def _likeness(source: Floats, source_forms: Sequence[str], target: Floats, target_forms: Sequence[str]) -> Floats:
    """Return the same of vectors at unit length."""
    cosines = np.asarray(source @ target.T, dtype=np.float32)
    _raise_alike(cosines, source_forms, target_forms)
    return cosines


def settled(coverage: Coverage, words: Words, kept: Sequence[Span], lost: Sequence[Span]) -> Coverage:
    """Return the coverage with the words of facts that were kept as covered, of facts that were lost as not."""
    if not kept and not lost:
        return coverage
    arrays = [a.copy() for a in (coverage.received, coverage.answered, coverage.like, coverage.matched)]
    for facts, value in ((kept, 1.0), (lost, 0.0)):
        for index, span in enumerate(words.spans):
            if any(span.start < fact.end and fact.start < span.end for fact in facts):
                for array in arrays:
                    array[index] = value
    return Coverage(*arrays)


def smooth(values: Floats, weights: Floats, reach: int = 1) -> Floats:
    """Return the values averaged with their neighbours: a clause is missing as a whole, a lone word rarely.

    reach: how many neighbours on each side count, the nearer the more.
    """
    if len(values) < 3:
        return values
    kernel = np.float32(reach + 1) - np.abs(np.arange(-reach, reach + 1, dtype=np.float32))
    above, below = (np.convolve(_with_edges(row, reach), kernel, "valid") for row in (values * weights, weights))
    return np.asarray(above / np.maximum(below, 1e-6), dtype=np.float32)


def _with_edges(row: Floats, reach: int) -> Floats:
    return np.concatenate([row[:1]] * reach + [row] + [row[-1:]] * reach)


def blend(coverage: Coverage, weights: Floats) -> Floats:
    """Return the ways to be covered as one figure a word, 0..1, smoothed; measured word by word in marked spans."""
    whole = np.asarray((coverage.received + coverage.like + coverage.matched / 2) / 2.5, dtype=np.float32)
    return smooth(whole, weights, reach=2)


def worst_run(shortfall: Floats) -> tuple[float, int, int]:
    """Return the largest sum over consecutive words, and where they start and end; 0.0 where all are negative.

    Kadane's algorithm (Bentley, Programming Pearls, column 8).
    """
    best, best_first, best_end = 0.0, 0, 0
    current, first = 0.0, 0
    for index, value in enumerate(shortfall.tolist()):
        if current <= 0:
            current, first = 0.0, index
        current += value
        if current > best:
            best, best_first, best_end = current, first, index + 1
    return best, best_first, best_end


def gaps(words: Words, coverage: Coverage, heavy: float) -> Iterator[Gap]:
    """Yield the runs of three and more content words that are not covered, the heaviest first.

    heavy: the weight of a content word of this model.
    """
    shortfall = words.weights * (np.float32(_LEVEL) - blend(coverage, words.weights))
    while True:
        weight, first, end = worst_run(shortfall)
        if weight <= 0:
            return
        if _content(words, first, end, heavy) >= _LEAST_WORDS:
            yield Gap(first, end, weight / heavy)
        shortfall[first:end] = -np.inf


def _content(words: Words, first: int, end: int, heavy: float) -> float:
    """Return the number of content words; where no spaces are written, two pieces make a word."""
    count = 0.0
    for index in range(first, end):
        touches = index > 0 and words.spans[index].start == words.spans[index - 1].end
        if words.weights[index] >= _CONTENT * heavy:
            count += 0.5 if touches else 1.0
    return count


def _nothing(size: int) -> Coverage:
    zeros = np.zeros(size, dtype=np.float32)
    return Coverage(zeros, zeros, zeros, zeros)


def unit(vectors: Floats) -> Floats:
    """Return the rows at unit length; one of zeros stays so."""
    return np.asarray(vectors / np.maximum(_lengths(vectors), 1e-6), dtype=np.float32)


def _lengths(vectors: Floats) -> Floats:
    """Return (rows, 1): np.linalg.norm without its many ways to ask."""
    return np.asarray(np.sqrt(np.add.reduce(vectors * vectors, axis=1, keepdims=True)))


def _longer(runs: Floats, vectors: Floats, size: int) -> Floats:
    """Return the sums of each `size` consecutive rows, none where there are fewer; runs: those of one row less."""
    return runs[:-1] + vectors[size - 1 :]


def _spread(own: Floats, other: Floats, spans: Floats, shorter: Floats, size: int) -> Floats:
    """Raise, in place, what a span of words is like: each word of it on one side, the single word on the other.

    spans, shorter: cosines of the spans, and of those one word shorter, to the words of `other`. A span counts only
    where it is more like a word than any part of it: else that part has answered, and the rest has not.
    Returns the best cosine of each span or part of it.
    """
    if not len(spans):
        return spans
    parts = np.maximum(shorter[:-1], shorter[1:])
    whole = np.where(spans > parts, spans, np.float32(-1.0))
    np.maximum(other, whole.max(axis=0), out=other)
    best = whole.max(axis=1)
    for offset in range(size):
        part = own[offset : offset + len(best)]
        np.maximum(part, best, out=part)
    return np.asarray(np.maximum(parts, spans), dtype=np.float32)


def _raise_alike(cosines: Floats, source: Sequence[str], target: Sequence[str]) -> None:
    """Raise, in place, the cosine of words that are spelled alike."""
    by_start: dict[str, list[int]] = {}
    for index, form in enumerate(target):
        by_start.setdefault(form[:_ALIKE], []).append(index)
    for row, form in enumerate(source):
        for column in by_start.get(form[:_ALIKE], ()):
            if _alike(form, target[column]):
                cosines[row, column] = max(cosines[row, column], _SPELLED_ALIKE)


def _alike(one: str, two: str) -> bool:
    if one == two:
        return len(one) > 1 or one.isdigit()
    shorter = min(len(one), len(two))
    shared = max(_ALIKE, shorter * 3 // 4)
    return shorter >= _ALIKE and one[:shared] == two[:shared]


def _mutual(cosines: Floats) -> Floats:
    """Return 1.0 for each row whose best column is as like no other row, else 0.0; repeated words share theirs."""
    best = cosines.max(axis=0)[cosines.argmax(axis=1)]
    return np.asarray(cosines.max(axis=1) >= best - np.float32(1e-4), dtype=np.float32)


def _coverage(cosines: Floats, weights: Floats, others: Floats, like: Floats, matched: Floats) -> Coverage:
    share = np.exp(_SHARPNESS * (cosines - cosines.max(axis=0, keepdims=True)))
    given = share / share.sum(axis=0, keepdims=True) * others[None, :]
    own = np.maximum(weights, 1e-6)
    received = _share(given.sum(axis=1) / own)
    answered = _share((given * _share(cosines / _NEAR)).sum(axis=1) / own)
    return Coverage(received, answered, _share(like), matched)


def _share(values: Floats) -> Floats:
    """Return the values within 0..1: np.clip without its many ways to ask."""
    return np.asarray(np.minimum(np.maximum(values, 0.0), 1.0))
