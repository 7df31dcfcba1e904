"""Hold the real slips in the human translations of bench/clean, each read and judged (slips.toml).

A finding is a listed slip where article, language, sentence, check and value agree. The line between a slip and free
translation: the copy has another value, or nothing, in the place of the source's, or a value that the source gives no
ground for. Where words in its place render it more loosely ("so early in the morning" for 6 a.m.), the finding counts
as false.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from consistency.records import Finding
from consistency.values import as_text


class Slip(NamedTuple):
    """Name one slip; sentence counts from 0; value: the source's, or the copy's where it is added, as `consistency` writes it."""

    article: str
    lang: str
    sentence: int
    check: str
    value: str


class Tally:
    """Count findings by check: all of them, and those that are right."""

    def __init__(self) -> None:
        """Begin with none."""
        self.right: Counter[str] = Counter()
        self.all: Counter[str] = Counter()

    def add(self, checks: Iterable[str], right: bool) -> None:
        """Count one finding for each check."""
        for check in checks:
            self.all[check] += 1
            self.right[check] += right

    def join(self, other: Tally) -> None:
        """Add another tally's counts."""
        self.all.update(other.all)
        self.right.update(other.right)

    def __str__(self) -> str:
        """Return "check right/all" for each check, the most frequent first, and the sum."""
        cells = [f"{check} {self.right[check]}/{count}" for check, count in self.all.most_common()]
        return ", ".join([*cells, f"all {self.right.total()}/{self.all.total()}"])


def read_slips() -> Mapping[Slip, str]:
    """Return every listed slip with the reason."""
    table = tomllib.loads(Path(__file__).with_name("slips.toml").read_text(encoding="utf-8"))
    return {
        Slip(article, lang, sentence, check, source or copy): reason
        for lang, rows in table.items()
        for article, sentence, check, source, copy, reason in rows
    }


def is_slip(slips: Mapping[Slip, str], article: str, finding: Finding) -> bool:
    """Tell whether a finding over files of one sentence a line is a listed slip."""
    return slip_of(article, finding) in slips


def slip_of(article: str, finding: Finding) -> Slip | None:
    """Return what a finding is called in the list; None where it has no place."""
    place = finding.source or finding.target
    if place is None:
        return None
    value = as_text(finding.fact.value) if finding.fact else ""
    return Slip(article, finding.lang, place.line - 1, finding.check, value)
