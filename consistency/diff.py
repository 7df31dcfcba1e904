"""Compare the facts of aligned passages: kept, changed, dropped, added, moved, swapped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from consistency.compare import Match, family, match
from consistency.losses import blurred, countable, in_brackets, part_lost, share, stands_alone
from consistency.records import Alignment, Clock, Fact, PartialDate, Quantity, Value
from consistency.swaps import swaps


@dataclass(frozen=True, slots=True)
class Outcome:
    """State what became of one fact in one bead.

    status: kept, changed, dropped, added, moved (found elsewhere in the copy), swapped (the values of two
        facts traded places; `other` is the second pair).
    bead: index into the alignments. grade: how well kept facts agree. sure: the probability of this outcome;
        None: the check's precision tells.
    """

    status: str
    bead: int
    source: Fact | None
    target: Fact | None
    grade: Match = Match.NONE
    other: tuple[Fact, Fact] | None = None
    sure: float | None = None


@dataclass(frozen=True, slots=True)
class Passages:
    """Hold the facts of each bead, in reading order.

    source, target: one tuple of facts per bead.
    either_order: a score or range may be typed in either order, as in right-to-left copies.
    """

    source: Sequence[tuple[Fact, ...]]
    target: Sequence[tuple[Fact, ...]]
    alignments: Sequence[Alignment] = field(default_factory=tuple)
    either_order: bool = False


def diff(passages: Passages) -> tuple[Outcome, ...]:
    """Return what became of every fact, bead by bead.

    A fact is called dropped only if no rendering of its value stands in the aligned passage, in the passages
    beside it, or, for values that are not common, anywhere in the copy. Facts that are not firm answer others
    and are never called dropped or added.
    """
    outcomes: list[Outcome] = []
    lost: list[list[Fact]] = []
    gained: list[list[Fact]] = []
    for bead, (left, right) in enumerate(zip(passages.source, passages.target, strict=True)):
        kept, rest, extra = _pair(left, right)
        for s, t, grade in kept:
            lost_part = part_lost(s, t, extra, right) or part_lost(t, s, rest, left)
            other = grade < Match.SAME and (lost_part or blurred(s, t, grade))
            outcomes.append(Outcome("changed" if other else "kept", bead, s, t, grade))
        outcomes += [Outcome("swapped", bead, *first, Match.SAME, second) for first, second in swaps(kept, passages.either_order)]
        lost.append(rest)
        gained.append(extra)
    loose = _Loose(lost, gained, _keys(lost), _keys(gained))
    before: Sequence[Fact] = ()
    for bead, facts in enumerate(zip(passages.source, passages.target, strict=True)):
        outcomes += _unanswered(bead, facts, loose, before)
        before = facts[0]
    return tuple(sorted(outcomes, key=lambda o: (o.bead, (o.source or o.target).span)))  # type: ignore[union-attr]


def diff_apart(passages: Passages) -> tuple[Outcome, ...]:
    """Return the same where no passage answers for another: the messages of a catalogue are shown one at a time."""
    alone = (
        Passages([left], [right], either_order=passages.either_order)
        for left, right in zip(passages.source, passages.target, strict=True)
    )
    return tuple(replace(outcome, bead=bead) for bead, one in enumerate(alone) for outcome in diff(one))


def _pair(left: Sequence[Fact], right: Sequence[Fact]) -> tuple[list[tuple[Fact, Fact, Match]], list[Fact], list[Fact]]:
    """Pair facts that agree, the surest and the closest in place first."""
    candidates = []
    for i, source in enumerate(left):
        for j, target in enumerate(right):
            grade = match(source, target)
            if grade:
                distance = abs(i / max(1, len(left)) - j / max(1, len(right)))
                candidates.append((-int(grade), distance, i, j))
    pairs: list[tuple[Fact, Fact, Match]] = []
    used_left: set[int] = set()
    used_right: set[int] = set()
    for rank, _, i, j in sorted(candidates):
        if i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            pairs.append((left[i], right[j], Match(-rank)))
    rest = [f for i, f in enumerate(left) if i not in used_left]
    extra = [f for j, f in enumerate(right) if j not in used_right]
    return pairs, rest, extra


@dataclass(frozen=True, slots=True)
class _Loose:
    """Hold the facts that no fact of their own bead answers, by bead, and their values over the whole copy.

    Only they can be what another passage lacks: a value that is paired where it stands is no proof that the
    same value was not lost here.
    """

    source: Sequence[Sequence[Fact]]
    target: Sequence[Sequence[Fact]]
    source_keys: frozenset[object]
    target_keys: frozenset[object]


def _keys(facts: Sequence[Sequence[Fact]]) -> frozenset[object]:
    return frozenset(_key(value) for bead in facts for fact in bead for value in (fact.value, *fact.readings))


def _key(value: Value) -> object:
    return (value.number, value.unit, value.bound == "n×") if isinstance(value, Quantity) else value


def _unanswered(
    bead: int, facts: tuple[Sequence[Fact], Sequence[Fact]], loose: _Loose, before: Sequence[Fact]
) -> list[Outcome]:
    """Return what became of the facts of one passage that nothing in the other answers.

    before: the source's facts of the passage before, which the copy may say again: "Of those", of these 57 %.
    """
    outcomes: list[Outcome] = []
    left, right = facts
    rest, extra = loose.source[bead], loose.target[bead]
    places = [(fact, _found(fact, right, loose.target, loose.target_keys, bead)) for fact in rest]
    lost = [fact for fact, place in places if place is None]
    gained = [g for g in extra if _found(g, left, loose.source, loose.source_keys, bead) is None]
    for fact, place in places:
        slip = next((g for g in gained if place is not None and _misplaced(fact, g)), None)
        if slip is not None:
            gained.remove(slip)
            outcomes.append(Outcome("changed", bead, fact, slip))
        elif place and fact.firm:
            outcomes.append(Outcome("moved", bead, fact, None))
    for source, target in _contradictions(lost, gained):
        lost.remove(source)
        gained.remove(target)
        outcomes.append(Outcome("changed", bead, source, target))
    outcomes += [Outcome("dropped", bead, fact, None) for fact in lost if stands_alone(fact, left)]
    fresh = (g for g in gained if not (_distinctive(g) and any(match(f, g) is Match.SAME for f in before)))
    outcomes += [Outcome("added", bead, None, fact) for fact in fresh if stands_alone(fact, right)]
    return outcomes


def _misplaced(source: Fact, target: Fact) -> bool:
    """Tell whether a value is the other by a slip of magnitude (38,000 and 380,000), so that the right value
    in a neighbouring passage is no excuse."""
    one, two = source.value, target.value
    if not (isinstance(one, Quantity) and isinstance(two, Quantity)):
        return False
    if not (source.firm and target.firm):  # 350 °F (177 °C) and (77 °C): the 350 °F is no excuse
        return one.unit == two.unit and in_brackets(source) and in_brackets(target)
    same_digits = one.number.normalize().as_tuple().digits == two.number.normalize().as_tuple().digits
    return source.kind == target.kind and one.unit == two.unit and same_digits and one.number != two.number and abs(one.number) >= 10


def _found(
    fact: Fact, here: Sequence[Fact], loose: Sequence[Sequence[Fact]], keys: frozenset[object], bead: int
) -> bool | None:
    """Return False where the value stands in the passage or, unpaired, beside it, True farther off, None nowhere."""
    if any(_restated(fact, other, match(fact, other)) for other in here):
        return False
    for near in (bead - 1, bead + 1):
        if 0 <= near < len(loose) and any(match(fact, other) is Match.SAME for other in loose[near]):
            return False
    if not _distinctive(fact):
        return None
    return True if any(_key(value) in keys for value in (fact.value, *fact.readings)) else None


def _restated(fact: Fact, other: Fact, grade: Match) -> bool:
    """Tell whether a paired fact of the passage may be meant again: 5 of 5, the 2022 of Q3 2022, but not
    the 3 of 3 July."""
    alike = isinstance(fact.value, Quantity) == isinstance(other.value, Quantity)
    named = isinstance(other.value, str)  # the 20 of the G20
    return grade > Match.BARE or (grade is Match.BARE and (alike or named or year_of(fact) is not None))


def _distinctive(fact: Fact) -> bool:
    """Tell whether a value is rare enough that meeting it elsewhere in the copy is no accident."""
    value = fact.value
    if isinstance(value, Quantity):
        return len(value.number.normalize().as_tuple().digits) >= 3 or (value.unit in ("percent",) and value.number % 10 != 0)
    if isinstance(value, PartialDate):
        return value.month is not None and value.day is not None
    return not isinstance(value, Clock)


def _contradictions(lost: list[Fact], gained: list[Fact]) -> list[tuple[Fact, Fact]]:
    """Pair a lost with a gained value of one family: the same unit first, then the likest digits."""
    candidates = []
    for i, source in enumerate(lost):
        for j, target in enumerate(gained):
            if _of_one_family(source, target) and _comparable(source, target):
                candidates.append((_unlikeness(source, target), i, j))
    pairs = []
    used: tuple[set[int], set[int]] = (set(), set())
    for _, i, j in sorted(candidates):
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            pairs.append((lost[i], gained[j]))
    return pairs


def _of_one_family(source: Fact, target: Fact) -> bool:
    """Tell whether one may have become the other; a bare year may, too, where the copy marks it as
    one, and a version where only one copy has the word for it."""
    if family(source.kind) == family(target.kind) or year_of(source) is not None is not year_of(target):
        return True
    return {source.kind, target.kind} == {"version", "number"} and "." in source.surface and source.firm and target.firm


def year_of(fact: Fact) -> int | None:
    """Return the year that a fact may be, None where it cannot be one."""
    value = fact.value
    if isinstance(value, PartialDate) and not value.grain and value.month is None:
        return value.year
    grouped = fact.surface[:1].isdigit() and not fact.surface.isdigit()  # 1,200 is a count
    if isinstance(value, Quantity) and value.unit is None and fact.kind == "number" and 1000 <= value.number < 2200:
        return None if grouped else int(value.number)
    return None


def _comparable(source: Fact, target: Fact) -> bool:
    """Tell whether two values may stand for each other: at least one is sure, articles never are, shares only for shares."""
    if share(source) and share(target):
        return True  # a third, a quarter
    for fact in (source, target):
        if isinstance(fact.value, Quantity) and not fact.firm and fact.value.number < 2 and fact.kind != "duration":
            return False
    if _conflicting(source, target):
        return False
    if source.kind == target.kind == "identifier" and not (source.firm or target.firm):
        return _letters(source) == _letters(target)  # the A4 → the A3; "VIH-1" may be HIV-1
    return source.firm or target.firm or (countable(source) and countable(target))


def _letters(fact: Fact) -> str:
    return "".join(c for c in str(fact.value).lower() if c.isalpha())


def _conflicting(source: Fact, target: Fact) -> bool:
    """Tell whether two quantities count things that are never mistaken for each other: six times, ten years."""
    hard = {"percent", "money", "quantity", "duration", "multiple"}
    one, two = source.value, target.value
    if (source.kind == "multiple") != (target.kind == "multiple"):  # "in 2017" did not become "eight times"
        return True
    if isinstance(one, PartialDate) and isinstance(two, PartialDate):
        return (one.weekday is None) != (two.weekday is None) or one.grain != two.grain
    if not (isinstance(one, Quantity) and isinstance(two, Quantity)) or one.number == two.number:
        return False
    if (one.bound == "n×") != (two.bound == "n×"):  # "hundreds of" is no misreading of 2
        return True
    if source.kind != target.kind and "ordinal" in (source.kind, target.kind) and not (source.firm and target.firm):
        return True  # nor a spelled "second" one of 20
    if one.unit != two.unit and in_brackets(source) and in_brackets(target):
        return True  # in brackets: each is converted for its own readers
    return source.kind != target.kind and source.kind in hard and target.kind in hard


def _unlikeness(source: Fact, target: Fact) -> tuple[int, int, int]:
    one, two = source.value, target.value
    if isinstance(one, Quantity) and isinstance(two, Quantity):
        return (int(one.unit != two.unit), int(source.kind != target.kind), _distance(one.number, two.number))
    return (int(source.kind != target.kind), 0, _distance(str(one), str(two)))


def _distance(one: Decimal | str, two: Decimal | str) -> int:
    left, right = str(one), str(two)
    return sum(a != b for a, b in zip(left, right, strict=False)) + abs(len(left) - len(right))
