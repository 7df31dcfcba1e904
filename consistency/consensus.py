"""Let every copy be a witness: who says the same of a fact, who differs, who stands alone."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace

from consistency.compare import Match, match
from consistency.diff import Outcome
from consistency.records import Clock, Fact, Quantity, Span, Witnesses


class Rows:
    """Hold one row per source fact: language → what became of it there."""

    def __init__(self, outcomes: Mapping[str, Sequence[Outcome]]) -> None:
        """Take the outcomes of each translation, by language."""
        self._rows: dict[Fact, dict[str, Outcome]] = {}
        self._swapped: dict[frozenset[Fact], set[str]] = {}
        self._gained: dict[Hashable, dict[str, set[Fact]]] = {}
        self._langs = frozenset(outcomes)
        for lang, found in outcomes.items():
            for outcome in found:
                self._take(lang, outcome)

    def _take(self, lang: str, outcome: Outcome) -> None:
        if outcome.source is not None and outcome.other is not None:
            self._swapped.setdefault(_traded(outcome), set()).add(lang)
        elif outcome.source is not None:
            self._rows.setdefault(outcome.source, {})[lang] = outcome
        elif outcome.target is not None and outcome.status == "added":
            # without its place: a value that a copy adds a hundred times is compared once
            fact = replace(outcome.target, surface="", span=Span(0, 0))
            for key in _keys(fact):
                self._gained.setdefault(key, {}).setdefault(lang, set()).add(fact)

    def witnesses(self, lang: str, outcome: Outcome) -> Witnesses:
        """Return the other translations by whether they agree with the source on this fact.

        For an added fact: agree are the copies that lack it too, differ are those that add the same. For two that traded
        places: agree are the copies that keep both where they stand.
        """
        if outcome.source is None:
            return self._added(lang, outcome)
        if outcome.other is not None:
            return self._traded(lang, outcome)
        row = self._rows.get(outcome.source, {})
        others = {other: found for other, found in row.items() if other != lang}
        agree = tuple(sorted(other for other, found in others.items() if found.status in ("kept", "moved")))
        return Witnesses(agree, tuple(sorted(set(others) - set(agree))))

    def _added(self, lang: str, outcome: Outcome) -> Witnesses:
        assert outcome.target is not None
        differ = {
            other
            for key in _keys(outcome.target)
            for other, facts in self._gained.get(key, {}).items()
            if other != lang and any(match(fact, outcome.target) is Match.SAME for fact in facts)
        }
        return Witnesses(tuple(sorted(self._langs - differ - {lang})), tuple(sorted(differ)))

    def _traded(self, lang: str, outcome: Outcome) -> Witnesses:
        order = {other: self._in_order(other, outcome) for other in sorted(self._langs - {lang})}
        return Witnesses(tuple(x for x, same in order.items() if same), tuple(x for x, same in order.items() if same is False))

    def _in_order(self, lang: str, outcome: Outcome) -> bool | None:
        """Tell whether a copy has the two values that traded places elsewhere in the source's order; None: not both."""
        found = [self._rows.get(fact, {}).get(lang) for fact in (outcome.source, outcome.other and outcome.other[0]) if fact]
        ends = [(o.source.span, o.target.span) for o in found if o is not None and o.source and o.target and o.status == "kept"]
        if len(ends) < 2:
            return None
        (one, here), (two, there) = ends
        return (one < two) == (here < there)

    def source_alone(self, outcome: Outcome) -> bool:
        """Tell whether every translation (two at least) says the same other thing in place of the source's fact, or has
        the same two values the other way round and two at least for no other reason."""
        if outcome.other is not None:
            swapped = self._swapped.get(_traded(outcome), set())
            return len(swapped) >= 2 and all(self._in_order(lang, outcome) is False for lang in self._langs - swapped)
        if outcome.source is None or outcome.status != "changed" or len(self._langs) < 2:
            return False
        row = self._rows.get(outcome.source, {})
        if len(row) != len(self._langs) or any(o.status != "changed" for o in row.values()):
            return False
        targets = [o.target for o in row.values() if o.target is not None]
        return all(match(targets[0], other) is Match.SAME for other in targets[1:])

    def source_lacks(self, lang: str, outcome: Outcome) -> bool:
        """Tell whether every translation (two at least) adds the same fact, so that the source lacks it."""
        if outcome.status != "added" or len(self._langs) < 2:
            return False
        return len(self._added(lang, outcome).differ) == len(self._langs) - 1


def _traded(outcome: Outcome) -> frozenset[Fact]:
    """Return the two facts of the source that traded places."""
    return frozenset(fact for fact in (outcome.source, outcome.other and outcome.other[0]) if fact)


def _keys(fact: Fact) -> Iterator[Hashable]:
    """Yield keys of which two facts that say the same share one, so that only they are compared."""
    for value in (fact.value, *fact.readings):
        if isinstance(value, Quantity):
            yield ("about", value.number.adjusted()) if value.bound == "n×" else value.number
        elif isinstance(value, Clock):
            yield value.hour, value.minute
        elif isinstance(value, str):
            yield "".join(value.split())
            if fact.kind == "version":  # 2.0 is 2
                yield tuple(re.findall(r"[1-9]\d*", value))
        else:
            yield value
