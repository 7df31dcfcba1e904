"""Find words inside a translated passage that were left in the source's language.

Names, titles, code and quotations stay as they are in every copy, so a run of words counts only where it stands in
the source word by word, says something (`looks_like`), is mostly lower case, and neither code, link nor quotation
holds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from consistency.checks import CHECKS
from consistency.findings import Copy, Pair, finish, location, passage, short
from consistency.identify import looks_like
from consistency.records import Alignment, Finding, Span

_CHECK = "segment-untranslated"
_LEAST_WORDS = 5
_LEAST_SHARED = 4  # different words: one may come twice in five
_WHOLE = 0.6  # of the segment: what is left as a whole is found as such (consistency/structure.py)
_CAPITALS = 0.3  # share of words with a capital from which on a run may be a name or a title
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_QUOTES = re.compile(r"[\"“”„«»‹›‘‚「」『』《》`]|(?<!\w)['’]|['’](?!\w)")
_FACTOR = 0.85  # shorter than a passage, and so less sure


def leftovers(pair: Pair) -> Iterator[Finding]:
    """Yield a finding for each run of words that an aligned passage of the copy has as they stand in the source."""
    source, target = pair.source.document, pair.target.document
    if source.lang.split("-")[0] == target.lang.split("-")[0]:
        return
    for bead in pair.alignments:
        left = passage(pair.source, bead.source)
        for index in bead.target if bead.source else ():
            segment = pair.target.segments[index]
            runs = list(_runs(source.text[left.start : left.end], segment.text))
            if not runs or sum(_letters(segment.text[r.start : r.end]) for r in runs) >= _WHOLE * _letters(segment.text):
                continue
            for run in runs:
                place = Span(segment.span.start + run.start, segment.span.start + run.end)
                if _is_left(pair.target, place, segment.span, source.lang):
                    yield _finding(pair, bead, place)


def _runs(source: str, target: str) -> Iterator[Span]:
    """Yield the longest runs of words of the target that stand so in the source; time grows with the words only."""
    shared = set(_WORD.findall(source.casefold())) & set(_WORD.findall(target.casefold()))
    if len(shared) < _LEAST_SHARED:  # nearly every passage, and quickly told
        return
    known = {words for words, _ in _groups(source)}
    run: Span | None = None
    for words, place in _groups(target):
        if run and place.start >= run.end:
            yield run
            run = None
        if words in known:
            run = Span(run.start if run else place.start, place.end)
    if run:
        yield run


def _letters(text: str) -> int:
    return sum(map(len, _WORD.findall(text)))


def _groups(text: str) -> Iterator[tuple[tuple[str, ...], Span]]:
    """Yield each five words in a row, folded, with their place; only spaces and commas stand between them."""
    found: list[re.Match[str]] = []
    for match in _WORD.finditer(text):
        if found and text[found[-1].end() : match.start()].strip(" ,"):
            found = []
        found = [*found[1 - _LEAST_WORDS :], match]
        if len(found) == _LEAST_WORDS:
            yield tuple(m[0].casefold() for m in found), Span(found[0].start(), match.end())


def _is_left(copy: Copy, place: Span, around: Span, source: str) -> bool:
    """Tell whether the words at a place say something in the source's language that a copy has to translate."""
    text = copy.document.text[place.start : place.end]
    words = _WORD.findall(text)
    if looks_like(text, source, copy.document.lang) != source:
        return False
    if sum(not word.islower() for word in words[1:]) > _CAPITALS * len(words) or words[0].isupper():
        return False
    return not _is_marked(copy, place) and not _is_quoted(copy.document.text, place, around)


def _is_marked(copy: Copy, place: Span) -> bool:
    """Tell whether code, a link or an image holds some of the place, or the block is no prose."""
    document = copy.document
    if any(m.span.start < place.end and place.start < m.span.end for m in document.marks):
        return True
    return any(not b.prose and b.span.start <= place.start < b.span.end for b in document.blocks)


def _is_quoted(text: str, place: Span, around: Span) -> bool:
    """Tell whether a quotation mark or a bracket stands near on either side: what they hold is often kept on purpose."""
    inside = text[place.start : place.end]
    before, behind = text[around.start : place.start], text[place.end : around.end]
    opened = bool(_QUOTES.search(before)) and bool(_QUOTES.search(behind))
    bracketed = before.rstrip()[-1:] in "([（" and bool(before.strip())
    return opened or bracketed or bool(_QUOTES.search(inside.replace("'", "").replace("’", "")))


def _finding(pair: Pair, bead: Alignment, place: Span) -> Finding:
    source, target = pair.source, pair.target
    left, right = passage(source, bead.source), passage(target, bead.target)
    text = short(target.document.text[place.start : place.end])
    return finish(
        _CHECK,
        CHECKS[_CHECK].precision * _FACTOR,
        f"words of the {target.language} copy are in {source.language}: “{text}”",
        target.document.lang,
        location(source, left, left),
        location(target, place, right),
    )
