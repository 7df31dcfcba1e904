"""Define what a reporter is and what it may know beyond the Report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from consistency.records import Report

SEVERITIES = ("error", "warning", "note")  # SARIF's words, gravest first


@dataclass(frozen=True, slots=True)
class Context:
    """State how to show a report.

    color: ANSI colours may be used; width: columns of the terminal.
    show_alignments, show_scores: add the alignments, the scores of each bead, where the format can hold them.
    verbose: say more about how the copies were read.
    fail_on: the severity from which a finding fails the run, "never" for none (JUnit: failure or not).
    checks: check id → what it says in one line, for formats that list their rules.
    """

    color: bool = False
    width: int = 100
    show_alignments: bool = False
    verbose: bool = False
    fail_on: str = "error"
    checks: Mapping[str, str] = field(default_factory=dict)
    show_scores: bool = False


@dataclass(frozen=True, slots=True)
class Reporter:
    """Name a format.

    suffix: of the files it makes; render: pure, returns the whole text, which ends in a newline unless empty.
    """

    name: str
    suffix: str
    render: Callable[[Report, Context], str]


def fails(severity: str, fail_on: str) -> bool:
    """Tell whether a finding of this severity fails a run; `fail_on` is a severity or "never".

    >>> fails("warning", "error"), fails("warning", "note"), fails("error", "never")
    (False, True, False)
    """
    return fail_on in SEVERITIES and SEVERITIES.index(severity) <= SEVERITIES.index(fail_on)
