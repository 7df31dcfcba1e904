"""Report on passages as wholes: without a counterpart, left in the source's language, moved, or unrelated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from consistency.findings import Copy, Pair, short, finish, location, passage
from consistency.identify import contradicts, looks_like
from consistency.records import Alignment, Finding, Location, Span, Witnesses
from consistency.checks import CHECKS

_SURE_LENGTH = 60  # characters: shorter passages (captions, "read more") come and go in good translations


def passages(pair: Pair) -> Iterator[Finding]:
    """Yield the findings on whole passages of one pair."""
    for start, end in _runs(pair.alignments):
        yield _without_counterpart(pair, pair.alignments[start:end])
    if pair.source.document.lang.split("-")[0] != pair.target.document.lang.split("-")[0]:
        yield from _untranslated(pair)
    for bead in pair.alignments:
        if bead.moved:
            yield _moved(pair, bead)


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


def _without_counterpart(pair: Pair, beads: Sequence[Alignment]) -> Finding:
    dropped = bool(beads[0].source)
    copy = pair.source if dropped else pair.target
    indices = [i for bead in beads for i in (bead.source or bead.target)]
    span = passage(copy, indices)
    place = location(copy, span, span)
    length = sum(len(copy.segments[i].text) for i in indices)
    check = "segment-dropped" if dropped else "segment-added"
    sure = CHECKS[check].precision * max(b.confidence for b in beads) * min(1.0, 0.5 + 0.5 * length / _SURE_LENGTH)
    what = "passage" if len(indices) == 1 else f"passage of {len(indices)} segments"
    text = short(place.text)
    if dropped:
        message = f"a {what} is not in the {pair.target.language} copy: “{text}”"
    else:
        message = f"a {what} is only in the {pair.target.language} copy: “{text}”"
    ends = (place, None) if dropped else (None, place)
    return finish(check, sure, message, pair.target.document.lang, *ends)


def _untranslated(pair: Pair) -> Iterator[Finding]:
    source, target = pair.source, pair.target
    check = "segment-untranslated"
    for bead in pair.alignments:
        if not bead.target:
            continue
        ours = " ".join(source.segments[i].text for i in bead.source)
        for index in bead.target:
            segment = target.segments[index]
            if not target.document.blocks[segment.block].prose:
                continue
            if looks_like(segment.text, source.document.lang, target.document.lang) != source.document.lang:
                continue
            same = " ".join(segment.text.split()) in " ".join(ours.split())
            sure = CHECKS[check].precision if same or len(segment.text) >= _SURE_LENGTH else 0.7
            around = passage(source, bead.source)
            yield finish(
                check,
                sure,
                f"a passage of the {target.language} copy is in {source.language}: “{short(segment.text)}”",
                target.document.lang,
                location(source, around, around) if bead.source else None,
                location(target, segment.span, segment.span),
            )


def _moved(pair: Pair, bead: Alignment) -> Finding:
    left, right = passage(pair.source, bead.source), passage(pair.target, bead.target)
    place = location(pair.target, right, right)
    message = f"a passage stands elsewhere in the {pair.target.language} copy: “{short(place.text)}”"
    sure = CHECKS["segment-moved"].precision * bead.confidence
    return finish("segment-moved", sure, message, pair.target.document.lang, location(pair.source, left, left), place)


def unrelated(pair: Pair, score: float) -> Finding:
    """Return the one finding on a file that is no version of the source."""
    message = f"{pair.target.document.path} is not a version of {pair.source.document.path}: nothing in it was compared"
    return finish(
        "document-unrelated", max(CHECKS["document-unrelated"].precision, score), message, pair.target.document.lang, _first(pair.source), _first(pair.target)
    )


def language_conflicts(copy: Copy) -> Iterator[Finding]:
    """Yield a finding where the declared language is not that of the text."""
    document = copy.document
    found = contradicts(document.lang, document.text) if document.lang_origin != "text" else None
    if found:
        message = f"{document.path} is declared as {document.lang} ({document.lang_origin}), but its text is {found}"
        sure = CHECKS["document-language"].precision
        yield finish("document-language", sure, message, document.lang, None, _first(copy), None, Witnesses())


def _first(copy: Copy) -> Location:
    span = passage(copy, (0,)) if copy.segments else Span(0, 0)
    return location(copy, span, span)
