"""Tell what is wrong with a translation from what its source has changed since it was made."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace

from consistency.records import Finding

_SHOWN = 10  # digits of a commit in messages


def split_stale(
    findings: Sequence[Finding], pinned: Iterable[Finding], lang: str, commit: str
) -> tuple[tuple[Finding, ...], int]:
    """Return the findings, those on `lang` that only the newer source gives as notes, and how many these are.

    pinned: the findings on the same copy against the source at `commit`.
    """
    wrong = {key for finding in pinned for key in _keys(finding)}
    judged, n_stale = [], 0
    for finding in findings:
        if finding.lang == lang and not wrong & _keys(finding):
            n_stale += 1
            message = f"{finding.message}; stale: so only since the source changed after {commit[:_SHOWN]}"
            finding = replace(finding, severity="note", message=message)
        judged.append(finding)
    return tuple(judged), n_stale


def _keys(finding: Finding) -> set[Hashable]:
    """Return what is the same in two findings on one copy, whatever else was edited in the source's passage."""
    fact, there = finding.fact, finding.target
    if fact is not None and there is not None and finding.check.endswith("-changed"):
        # The same wrong words are wrong whichever value the source has by now.
        return {finding.fingerprint, (finding.check, there.line, there.column)}
    if fact is not None:
        return {finding.fingerprint, (finding.check, fact.kind, fact.value)}
    place = there or finding.source
    words = " ".join(place.text.split()) if place else ""
    return {finding.fingerprint, (finding.check, finding.target is None, words)}


def stale_message(path: str, source: str, commit: str, n_stale: int) -> str:
    """Return the message of the one finding on a translation whose source moved on."""
    differences = "1 difference is" if n_stale == 1 else f"{n_stale} differences are"
    return (
        f"{path} was made from {source} at {commit[:_SHOWN]}; {differences} due to what changed there since"
    )
