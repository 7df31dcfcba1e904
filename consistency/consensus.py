"""Let every copy be a witness: who says the same of a fact, who differs, who stands alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from consistency.compare import Match, match
from consistency.diff import Outcome
from consistency.records import Fact, Witnesses


class Rows:
    """Hold one row per source fact: language → what became of it there."""

    def __init__(self, outcomes: Mapping[str, Sequence[Outcome]]) -> None:
        """Take the outcomes of each translation, by language."""
        self._rows: dict[Fact, dict[str, Outcome]] = {}
        self._outcomes = outcomes
        for lang, found in outcomes.items():
            for outcome in found:
                if outcome.source is not None and outcome.status != "swapped":
                    self._rows.setdefault(outcome.source, {})[lang] = outcome

    def witnesses(self, lang: str, outcome: Outcome) -> Witnesses:
        """Return the other translations by whether they agree with the source on this fact.

        For an added fact: agree are the copies that lack it too, differ are those that add the same.
        """
        if outcome.source is None:
            return self._added(lang, outcome)
        row = self._rows.get(outcome.source, {})
        others = {other: found for other, found in row.items() if other != lang}
        agree = tuple(sorted(other for other, found in others.items() if found.status in ("kept", "moved")))
        return Witnesses(agree, tuple(sorted(set(others) - set(agree))))

    def _added(self, lang: str, outcome: Outcome) -> Witnesses:
        assert outcome.target is not None
        differ = {
            other
            for other, found in self._outcomes.items()
            if other != lang and any(o.status == "added" and o.target and match(o.target, outcome.target) is Match.SAME for o in found)
        }
        return Witnesses(tuple(sorted(set(self._outcomes) - differ - {lang})), tuple(sorted(differ)))

    def source_alone(self, outcome: Outcome) -> bool:
        """Tell whether every translation (two at least) says the same other thing in place of the source's fact."""
        if outcome.source is None or outcome.status != "changed" or len(self._outcomes) < 2:
            return False
        row = self._rows.get(outcome.source, {})
        if len(row) != len(self._outcomes) or any(o.status != "changed" for o in row.values()):
            return False
        targets = [o.target for o in row.values() if o.target is not None]
        return all(match(targets[0], other) is Match.SAME for other in targets[1:])

    def source_lacks(self, lang: str, outcome: Outcome) -> bool:
        """Tell whether every translation (two at least) adds the same fact, so that the source lacks it."""
        if outcome.status != "added" or len(self._outcomes) < 2:
            return False
        return len(self._added(lang, outcome).differ) == len(self._outcomes) - 1
