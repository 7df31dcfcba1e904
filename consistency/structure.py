"""Report on passages as wholes: without a counterpart, left in the source's language, moved, or unrelated."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from consistency.alignment.relation import Relation
from consistency.checks import CHECKS
from consistency.diff import Outcome
from consistency.findings import Copy, Pair, finish, location, passage, short
from consistency.identify import contradicts, looks_like
from consistency.leftovers import leftovers
from consistency.records import Alignment, Finding, Location, Span, Witnesses

_WITH_A_FACT = 0.85  # how sure a passage is missing that holds a value found nowhere in the copy
_FREE = 0.7
_CLAIM = 0.7  # the confidence from which findings are shown by default (config.Settings)
_WORD_LENGTH = 4
_SURE_LENGTH = 60  # characters: shorter passages (captions, "read more") come and go in good translations
# Of a passage left as it was, nearly all words stand in the source; of an older version of it, most.
_KEPT_SHORT, _KEPT_LONG, _SHORT = 0.9, 0.7, 12
_WORD = re.compile(r"[^\W\d_]+")


def passages(pair: Pair, outcomes: Sequence[Outcome]) -> Iterator[Finding]:
    """Yield the findings on whole passages of one pair; outcomes: of its facts, as evidence."""
    moved = list(_moved_runs(pair))
    headings = {bead for run in moved for bead in run if not (bead.source and bead.target)}
    runs = [(a, b) for a, b in _runs(pair.alignments) if not headings & set(pair.alignments[a:b])]
    starts, ends = ({run[side] for run in runs} for side in (0, 1))
    statuses: dict[int, list[str]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.status != "swapped":
            statuses[outcome.bead].append(outcome.status)
    for start, end in runs:
        faults = [status for bead in range(start, end) for status in statuses[bead]]
        finding = _without_counterpart(pair, pair.alignments[start:end], faults)
        # A passage that is gone right where another came is more likely one that was freely translated.
        beside = start in ends or end in starts
        free = beside and not {"dropped", "added"} & set(faults)
        if free:
            finding = replace(finding, confidence=finding.confidence * _FREE)
        elif finding.confidence < _CLAIM:  # it may lack a counterpart: worth a look, not an alarm
            if _completes(pair, start, end):
                continue
            finding = replace(finding, severity="note")
        yield finding
    if pair.source.document.lang.split("-")[0] != pair.target.document.lang.split("-")[0]:
        yield from _untranslated(pair)
    yield from leftovers(pair)
    for run in moved:
        yield _moved(pair, run)


def _runs(alignments: Sequence[Alignment]) -> Iterator[tuple[int, int]]:
    """Yield the runs of consecutive beads that lack the same side: a section missing is one finding."""
    start = 0
    while start < len(alignments):
        kind = _kind(alignments[start])
        end = start + 1
        while end < len(alignments) and _kind(alignments[end]) == kind:
            end += 1
        if kind:
            yield start, end
        start = end


def _kind(bead: Alignment) -> str:
    return "" if bead.source and bead.target else "dropped" if bead.source else "added"


def _without_counterpart(pair: Pair, beads: Sequence[Alignment], faults: Sequence[str]) -> Finding:
    dropped = bool(beads[0].source)
    copy = pair.source if dropped else pair.target
    indices = [i for bead in beads for i in (bead.source or bead.target)]
    span = passage(copy, indices)
    place = location(copy, span, span)
    length = sum(len(copy.segments[i].text) for i in indices)
    check = "segment-dropped" if dropped else "segment-added"
    sure = CHECKS[check].precision * max(b.confidence for b in beads) * min(1.0, 0.5 + 0.5 * length / _SURE_LENGTH)
    if check.removeprefix("segment-") in faults:  # it holds a value that stands nowhere on the other side
        sure = max(sure, _WITH_A_FACT)
    what = "passage" if len(indices) == 1 else f"passage of {len(indices)} segments"
    text = short(place.text)
    if dropped:
        message = f"a {what} is not in the {pair.target.language} copy: “{text}”"
    else:
        message = f"a {what} is only in the {pair.target.language} copy: “{text}”"
    ends = (place, None) if dropped else (None, place)
    return finish(check, sure, message, pair.target.document.lang, *ends)


def _untranslated(pair: Pair) -> Iterator[Finding]:
    """Yield one finding for each run of untranslated segments: a section left as it was is one finding."""
    beads = {index: bead for bead in pair.alignments for index in bead.target}
    known = frozenset(match[0].casefold() for match in _WORD.finditer(pair.source.document.text))
    run: list[int] = []
    for index in range(len(pair.target.segments) + 1):
        here = index in beads and _in_source_language(pair, index, known)
        if run and not here:
            yield _left(pair, run, [beads[i] for i in run])
            run = []
        if here:
            run.append(index)


def _in_source_language(pair: Pair, index: int, known: frozenset[str]) -> bool:
    source, target = pair.source.document, pair.target.document
    segment = pair.target.segments[index]
    if not target.blocks[segment.block].prose:
        return False
    if looks_like(segment.text, source.lang, target.lang) != source.lang:
        return False
    return _is_prose(segment.text) and _is_kept(segment.text, known)


def _is_prose(text: str) -> bool:
    """Tell whether a passage says something: two words at least in lower case that are long enough to be no "of".

    The rest are names and titles, "Centers for Disease Control", which stay as they are in every copy.
    """
    words: list[str] = _WORD.findall(text)
    return sum(word.islower() and len(word) >= _WORD_LENGTH for word in words) >= 2


def _is_kept(text: str, known: frozenset[str]) -> bool:
    """Tell whether a passage's words are the source's own; known: those of the whole source.

    A translated sentence around an English title has words of its own; in a short one a single such word shows it
    ("John Edward, przewodniczący Scottish Council of Independent Schools").
    """
    words = [match[0].casefold() for match in _WORD.finditer(text)]
    share = sum(word in known for word in words) / max(1, len(words))
    return share >= (_KEPT_SHORT if len(words) < _SHORT else _KEPT_LONG)


def _left(pair: Pair, indices: Sequence[int], beads: Sequence[Alignment]) -> Finding:
    source, target = pair.source, pair.target
    span = passage(target, indices)
    text = " ".join(target.document.text[span.start : span.end].split())
    ours = sorted({i for bead in beads for i in bead.source})
    around = passage(source, ours)
    same = text in " ".join(source.document.text[around.start : around.end].split())
    check = "segment-untranslated"
    return finish(
        check,
        CHECKS[check].precision if same or len(text) >= _SURE_LENGTH else 0.7,
        f"a passage of the {target.language} copy is in {source.language}: “{short(text)}”",
        target.document.lang,
        location(source, around, around) if ours else None,
        location(target, span, span),
    )


def _completes(pair: Pair, start: int, end: int) -> bool:
    """Tell whether a lone passage makes up for what the bead before or behind it lacks in length.

    Then two sentences were made of one, or one of two, and nothing is missing.
    """
    sizes = [_sizes(pair, bead) for bead in pair.alignments]
    paired = [(a, b) for a, b in sizes if a and b]
    usual = math.log(sum(b for _, b in paired) / sum(a for a, _ in paired)) if paired else 0.0
    lone = [sum(size[side] for size in sizes[start:end]) for side in (0, 1)]
    for neighbour in (start - 1, end):
        if 0 <= neighbour < len(sizes) and all(sizes[neighbour]):
            left, right = sizes[neighbour]
            now = abs(math.log(right / left) - usual)
            if abs(math.log((right + lone[1]) / (left + lone[0])) - usual) < now:
                return True
    return False


def _sizes(pair: Pair, bead: Alignment) -> tuple[int, int]:
    source = sum(len(pair.source.segments[i].text) for i in bead.source)
    return source, sum(len(pair.target.segments[j].text) for j in bead.target)


def _moved_runs(pair: Pair) -> Iterator[list[Alignment]]:
    """Yield the moved beads, those that stand together on both sides as one: a section that moved is one finding.

    A heading in front of it on both sides goes with it: too short to be recognised, it is there as two lone beads.
    """
    run: list[Alignment] = []
    for bead in sorted((b for b in pair.alignments if b.moved), key=lambda b: b.source):
        if run and (bead.source[0] != run[-1].source[-1] + 1 or bead.target[0] != run[-1].target[-1] + 1):
            yield [*_headings(pair, run[0]), *run]
            run = []
        run.append(bead)
    if run:
        yield [*_headings(pair, run[0]), *run]


def _headings(pair: Pair, first: Alignment) -> list[Alignment]:
    """Return the two lone beads of a heading in front of a moved bead; none where there is no heading."""
    wanted = (((first.source[0] - 1,), ()), ((), (first.target[0] - 1,)))
    found = [bead for bead in pair.alignments if (bead.source, bead.target) in wanted]
    copies = ((pair.source, first.source[0] - 1), (pair.target, first.target[0] - 1))
    heads = all(i >= 0 and c.document.blocks[c.segments[i].block].kind == "heading" for c, i in copies)
    return found if len(found) == 2 and heads else []


def _moved(pair: Pair, run: Sequence[Alignment]) -> Finding:
    left = passage(pair.source, [i for bead in run for i in bead.source])
    right = passage(pair.target, [j for bead in run for j in bead.target])
    place = location(pair.target, right, right)
    what = "a passage stands" if len(run) == 1 else f"a passage of {len(run)} segments stands"
    message = f"{what} elsewhere in the {pair.target.language} copy: “{short(place.text)}”"
    sure = CHECKS["segment-moved"].precision * max(bead.confidence for bead in run if bead.moved)
    return finish("segment-moved", sure, message, pair.target.document.lang, location(pair.source, left, left), place)


def not_the_same(pair: Pair, relation: Relation) -> Iterator[Finding]:
    """Yield the one finding on a copy that is no version of the source, or from some place on is none."""
    source, target = pair.source, pair.target
    i, j = relation.first_unrelated_source, relation.first_unrelated_target
    check, ends = "document-unrelated", (_first(source), _first(target))
    message = f"{target.document.path} is not a version of {source.document.path}: nothing in it was compared"
    if relation.related:
        if i is None or j is None:
            return
        check, ends = "document-diverged", (_at(source, i), _at(target, j))
        ours, theirs = len(source.segments) - i, len(target.segments) - j
        message = (
            f"from here on the {target.language} copy is another text than the source from line {ends[0].line} on: "
            f"{ours} passage{'s' * (ours != 1)} of the source and {theirs} of the copy were not compared"
        )
    yield finish(check, CHECKS[check].precision, message, target.document.lang, *ends)


def language_conflicts(copy: Copy) -> Iterator[Finding]:
    """Yield a finding where the declared language is not that of the text."""
    document = copy.document
    found = contradicts(document.lang, document.text) if document.lang_origin != "text" else None
    if found:
        message = f"{document.path} is declared as {document.lang} ({document.lang_origin}), but its text is {found}"
        sure = CHECKS["document-language"].precision
        yield finish("document-language", sure, message, document.lang, None, _first(copy), None, Witnesses())


def _first(copy: Copy) -> Location:
    return _at(copy, 0)


def _at(copy: Copy, index: int) -> Location:
    span = passage(copy, (index,)) if copy.segments else Span(0, 0)
    return location(copy, span, span)
