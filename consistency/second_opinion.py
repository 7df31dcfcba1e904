"""Weigh what a second model says of findings on meaning that are in doubt: those that words alone cannot settle.

The judge is asked about nothing else, so it never makes a finding: it only makes one surer or less sure, and its
word counts for three to one at most, whatever it claims, because no judge's precision is known here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from consistency import cross_encoder
from consistency.config import Settings
from consistency.cross_encoder import Answer, Question
from consistency.records import Finding

_MOST_ODDS = 3.0
_SURE = 0.9  # what is surer needs no second opinion, and none lifts a finding above it


def reviewed(findings: Sequence[Finding], settings: Settings) -> tuple[Finding, ...]:
    """Return the findings, those in doubt as the judge of the settings sees them; all unchanged where there is none."""
    if not settings.judge:
        return tuple(findings)
    judge = cross_encoder.load(settings.judge)
    least = settings.min_confidence / 2  # from here on a note would be shown
    asked = {f: _questions(f) for f in dict.fromkeys(findings) if least <= f.confidence < _SURE}
    answers = iter(judge.ask([question for questions in asked.values() for question in questions]))
    told = {finding: [next(answers) for _ in questions] for finding, questions in asked.items()}
    return tuple(_reviewed(finding, told.get(finding, [])) for finding in findings)


def _questions(finding: Finding) -> tuple[Question, ...]:
    """Return what to ask about a finding; () where a judge has nothing to say on its check."""
    if finding.source is None or finding.target is None:
        return ()
    source, target = finding.source.excerpt, finding.target.excerpt
    return {
        "text-dropped": (Question(target, source),),
        "text-added": (Question(source, target),),
        "polarity-changed": (Question(source, target), Question(target, source)),
    }.get(finding.check, ())


def _reviewed(finding: Finding, answers: Sequence[Answer | None]) -> Finding:
    """Return the finding as sure as the answers make it."""
    said = [share for answer in answers if (share := _share(finding.check, answer)) is not None]
    if not said:
        return finding
    share = min(max(sum(said) / len(said), 1e-6), 1 - 1e-6)
    odds = finding.confidence / (1 - finding.confidence)
    odds *= min(_MOST_ODDS, max(1 / _MOST_ODDS, share / (1 - share)))
    verdict = "agrees" if share >= 0.5 else "does not agree"
    sure = round(min(odds / (1 + odds), _SURE), 4)
    return replace(finding, confidence=sure, message=f"{finding.message}; the judge {verdict}")


def _share(check: str, answer: Answer | None) -> float | None:
    """Return how likely an answer makes the fault that a check claims; None where it says nothing."""
    if answer is None:
        return None
    return answer.contradicted if check == "polarity-changed" else 1 - answer.entailed
