"""Cut the blocks of a Document into Segments: sentences, and whole headings, rows, lines and code.

sentencex finds the boundaries. It never missed one in the trials and errs by splitting too much, so all that
is added here is merging: after abbreviations and ordinals, before lower case, and where a quotation goes on.
Two sentences in one segment align well enough; half a sentence does not.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

from sentencex import get_sentence_boundaries

from consistency.records import Block, Document, Segment, Span

# Blocks that are one segment whatever stands in them.
_WHOLE = frozenset({"title", "heading", "row", "line", "code"})
_QUOTES = "\"'”’»«›‹」』】）)]}＂"
_FINAL = re.compile(r"[.!?…。！？．।॥؟۔][\"'”’»›」』】）)\]＂\s]*$")
_INITIALS = re.compile(r"(?:\W*[^\W\d_]\.[-\s]*)+")
_NUMBERED = re.compile(r"\W*(?:\d{1,3}|[ivxlc]{1,5}|[^\W\d_])[.)]\s*", re.IGNORECASE)
_ORDINAL = re.compile(r"(?:^|[\s(\u2013-])\d{1,2}\.\s*$")
_FULL_STOP = re.compile(r"[。！？](?=[0-9０-９])")
_TAIL_WORDS = 4  # words of the longest abbreviation that is looked for
_LONGEST = 10_000  # characters given to sentencex at once
_WINDOW = 60  # characters looked at behind a boundary; twice as many before it


@dataclass(frozen=True, slots=True)
class SegmentRules:
    """Hold what one language adds to the boundaries, from `[segmentation]` of its file.

    abbreviations: as written, with their periods ("z. B."); a sentence never ends with one.
    continues: words or particles that go on after a closing quote and never begin a sentence there; only for
        scripts without case, because lower case goes on in any language.
    ordinal_dot: True where "3." is an ordinal, so that a capital after it does not begin a sentence.
    """

    abbreviations: frozenset[str] = frozenset()
    continues: frozenset[str] = frozenset()
    ordinal_dot: bool = False
    _endings: frozenset[tuple[str, ...]] = field(init=False, repr=False, default=frozenset())

    def __post_init__(self) -> None:
        """Index the abbreviations by words; the beginnings of a long one end no sentence either.

        Case counts: "No. 5" and "im." (Polish: to them) differ from their twins by nothing else.
        """
        endings: set[tuple[str, ...]] = set()
        for abbreviation in self.abbreviations:
            words = abbreviation.split()
            endings.update(tuple(words[:count]) for count in range(1, len(words) + 1))
        object.__setattr__(self, "_endings", frozenset(endings))

    def abbreviates(self, text: str) -> bool:
        """Tell whether a text ends with an abbreviation."""
        words = text[-_WINDOW:].split()[-_TAIL_WORDS:]
        if not words or not words[-1].endswith((".", ".)")):
            return False
        tails = [tuple(words[start:]) for start in range(len(words))]
        return any((tail[0].lstrip("([{\"'„“«‚‘/"), *tail[1:]) in self._endings for tail in tails)


NO_RULES = SegmentRules()


def segment(document: Document, rules: SegmentRules = NO_RULES) -> tuple[Segment, ...]:
    """Return the document's segments in order; none is empty, none crosses a block."""
    language = document.lang.partition("-")[0]
    literals = sorted(mark.span for mark in document.marks if mark.kind == "code" and mark.span.end)
    literal_starts = [span.start for span in literals]
    found: list[Segment] = []
    for index, block in enumerate(document.blocks):
        text = document.text[block.span.start : block.span.end]
        first, last = (bisect_left(literal_starts, place) for place in block.span)
        within = [
            (span.start - block.span.start, span.end - block.span.start) for span in literals[first:last]
        ]
        for start, end in _spans(text, block, language, rules, within):
            span = Span(block.span.start + start, block.span.start + end)
            found.append(Segment(document.lang, index, span, text[start:end]))
    return tuple(found)


def _spans(
    text: str, block: Block, language: str, rules: SegmentRules, literals: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return the stretches of one block's text, without white space around them; literals are never cut."""
    whole = block.kind in _WHOLE or not block.prose
    cuts = [0, len(text)] if whole else _cuts(text, language, rules)
    if literals and len(cuts) > 2:
        begins = [start for start, _ in literals]
        cuts = [cut for cut in cuts if not _inside(cut, literals, begins)]
    spans = []
    for start, end in zip(cuts, cuts[1:], strict=False):
        piece = text[start:end]
        left = start + len(piece) - len(piece.lstrip())
        right = start + len(piece.rstrip())
        if left < right:
            spans.append((left, right))
    return spans


def _inside(cut: int, literals: list[tuple[int, int]], begins: list[int]) -> bool:
    """Tell whether a place is within a literal (`a != b`), not at its edge."""
    index = bisect_left(begins, cut) - 1
    return index >= 0 and cut < literals[index][1]


def _cuts(text: str, language: str, rules: SegmentRules) -> list[int]:
    """Return where sentences begin, and the end."""
    starts = _boundaries(text, language)
    starts |= {match.end() for match in _FULL_STOP.finditer(text)}  # sentencex wants a letter behind 。
    cuts = [0]
    for position in sorted(starts):
        before = text[max(cuts[-1], position - 2 * _WINDOW) : position]  # windows keep long blocks linear
        if position > cuts[-1] and not _continues(before, text[position : position + _WINDOW], rules):
            cuts.append(position)
    return [*cuts, len(text)]


def _boundaries(text: str, language: str) -> set[int]:
    """Return where sentencex says that sentences begin.

    It takes quadratic time on a row of backticks, so a long block is given to it in windows, each from the
    last sentence that the one before it found.
    """
    starts: set[int] = set()
    place = 0
    while place < len(text):
        boundaries: Iterable[dict[str, int]] = get_sentence_boundaries(language, text[place : place + _LONGEST])
        found = [boundary["start_index"] for boundary in boundaries]
        starts.update(place + start for start in found if start)  # a window begins no sentence by itself
        last = max(found, default=0)
        place += last if last > _LONGEST // 2 and place + _LONGEST < len(text) else _LONGEST
    return starts


def _continues(before: str, after: str, rules: SegmentRules) -> bool:
    """Tell whether `after` goes on with the sentence `before`, against sentencex."""
    head = after.lstrip()
    bare = before.rstrip()
    if not head or not any(char.isalnum() for char in bare):
        return True  # an ellipsis or a dash is no sentence of its own
    first = head.lstrip("\u2014\u2013- ")[:1]  # « … ! » — said she
    if (
        first.islower()
        or head[0] in "”’»」』】）)],;:、，；："
        or not any(char.isalnum() for char in head[:8])
    ):
        return True
    if bare.endswith(".") and bare == before:
        return True  # no space behind a period: A.B.公司, J.-C.
    if _INITIALS.fullmatch(bare) or _NUMBERED.fullmatch(bare):
        return True  # M. Dupont, 1. Install
    if rules.abbreviates(bare) or (rules.ordinal_dot and _ORDINAL.search(bare[-8:])):
        return True
    return bare[-1] in _QUOTES and _begins_with(head, rules.continues) and bool(_FINAL.search(bare[-8:]))


def _begins_with(head: str, words: frozenset[str]) -> bool:
    """Tell whether a text begins with one of the words, which are particles that need no space after them."""
    return head.startswith(tuple(words))
