"""Gather the facts of every aligned passage, as far as two languages can be asked for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from unicodedata import bidirectional

from consistency.diff import Passages
from consistency.findings import Copy, Pair, passage
from consistency.languages import load_language
from consistency.records import Alignment, Fact, PartialDate, Quantity, Span

# Facts of one passage on one side. Comparing is quadratic in them; a sentence has a handful, a wide table's row some
# dozens, and more than this is a dump of numbers, in which a misread one would be a false alarm.
MOST = 200
_DAYS = 31  # the last day of a month


def gather(pair: Pair) -> Passages:
    """Return the facts of each bead; none where a passage holds more than MOST (see `dense`)."""
    known = all(load_language(c.document.lang).supported for c in (pair.source, pair.target))

    def of(facts: tuple[tuple[Fact, ...], ...], indices: tuple[int, ...]) -> tuple[Fact, ...]:
        found = (fact for index in indices for fact in facts[index])
        return tuple(f if known or _needs_no_words(f) else replace(f, firm=False, kind="numeral") for f in found)

    beads = [bead if not _is_dense(pair, bead) else Alignment((), (), 0.0) for bead in pair.alignments]
    source = [of(pair.source.facts, bead.source) for bead in beads]
    target = [of(pair.target.facts, bead.target) for bead in beads]
    return Passages(
        [_with_quoted(s, t, pair.source, bead.source) for s, t, bead in zip(source, target, beads, strict=True)],
        [_with_quoted(t, s, pair.target, bead.target) for s, t, bead in zip(source, target, beads, strict=True)],
        pair.alignments,
        either_order=_right_to_left(pair.source.document.text) != _right_to_left(pair.target.document.text),
    )


def _with_quoted(here: tuple[Fact, ...], there: tuple[Fact, ...], copy: Copy, indices: Sequence[int]) -> tuple[Fact, ...]:
    """Return the facts of a passage with those that the other passage has in the very same words.

    A title, a name or a line that is left in the other language ("January 3rd, 2024", "One Million Moms") is read as it is
    there, not by this language's words.
    """
    around = passage(copy, indices)
    for fact in there:
        if not _in_words(fact):
            continue
        start = copy.document.text.find(fact.surface, around.start, around.end)
        span = Span(start, start + len(fact.surface))
        whole = not copy.document.text[span.end : span.end + 1].isalnum()
        if start < 0 or not whole or any(f.span.start <= start and f.span.end >= span.end for f in here):
            continue  # what this language reads itself is left alone: a French "billion" is no English one
        apart = (f for f in here if f.span.end <= start or f.span.start >= span.end)
        here = (*apart, replace(fact, span=span))
    return here


def _in_words(fact: Fact) -> bool:
    """Tell whether a fact is read by the words of a language of its own, of four letters or more."""
    return not isinstance(fact.value, str) and re.search(r"[^\W\d_]{4}", fact.surface) is not None


def dense(pair: Pair) -> tuple[str, ...]:
    """Return a phrase on the passages that hold too many facts to be compared, () where there are none."""
    count = sum(_is_dense(pair, bead) for bead in pair.alignments)
    if not count:
        return ()
    what = "1 passage holds" if count == 1 else f"{count} passages hold"
    return (f"{pair.target.document.path}: {what} more than {MOST} facts: they were not compared",)


def _is_dense(pair: Pair, bead: Alignment) -> bool:
    sides = ((pair.source.facts, bead.source), (pair.target.facts, bead.target))
    return any(sum(len(facts[index]) for index in indices) > MOST for facts, indices in sides)


def _right_to_left(text: str) -> bool:
    letters = [bidirectional(c) for c in text[:400] if c.isalpha()]
    return 2 * sum(kind in ("R", "AL") for kind in letters) > len(letters)


def _needs_no_words(fact: Fact) -> bool:
    """Tell whether a fact can be asked for where one of the two languages has no data.

    Small and round numbers are written as words there, days stand beside a month that nobody reads, and a measurement
    may be converted into units that are only words. Literals, longer numbers, and years remain.
    """
    value = fact.value
    if isinstance(value, str) or not any(c.isdigit() for c in fact.surface):
        return isinstance(value, str)
    if isinstance(value, PartialDate):
        return value.year is not None and not value.grain
    if not isinstance(value, Quantity) or fact.kind not in ("number", "percent", "money"):
        return False
    return abs(value.number) > _DAYS and len(value.number.normalize().as_tuple().digits) > 1
