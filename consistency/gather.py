"""Gather the facts of every aligned passage, as far as two languages can be asked for them."""

from __future__ import annotations

from dataclasses import replace
from unicodedata import bidirectional

from consistency.diff import Passages
from consistency.findings import Pair
from consistency.languages import load_language
from consistency.records import Alignment, Fact, PartialDate, Quantity

# Facts of one passage on one side. Comparing is quadratic in them; a sentence has a handful, a wide table's row some
# dozens, and more than this is a dump of numbers, in which a misread one would be a false alarm.
MOST = 200
_DAYS = 31  # the last day of a month


def gather(pair: Pair) -> Passages:
    """Return the facts of each bead; none where a passage holds more than MOST (see `dense`)."""
    known = all(load_language(c.document.lang).supported for c in (pair.source, pair.target))

    def of(facts: tuple[tuple[Fact, ...], ...], indices: tuple[int, ...]) -> tuple[Fact, ...]:
        found = (fact for index in indices for fact in facts[index])
        return tuple(f if known or _needs_no_words(f) else replace(f, firm=False) for f in found)

    beads = [bead if not _is_dense(pair, bead) else Alignment((), (), 0.0) for bead in pair.alignments]
    return Passages(
        [of(pair.source.facts, bead.source) for bead in beads],
        [of(pair.target.facts, bead.target) for bead in beads],
        pair.alignments,
        either_order=_right_to_left(pair.source.document.text) != _right_to_left(pair.target.document.text),
    )


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
