"""Turn records into the plain dictionaries of the JSON contract (docs/json.md, schema 1)."""

from __future__ import annotations

from typing import Any

from consistency.records import DocumentSummary, Fact, Finding, Location, Report
from consistency.values import as_text

SCHEMA = 1


def plain_report(report: Report, with_alignments: bool, with_scores: bool = False) -> dict[str, Any]:
    """Return the whole report; `alignments` and `scores` are there only where asked for."""
    signature = report.signature
    top: dict[str, Any] = {
        "schema": SCHEMA,
        "tool": {
            "name": "consistency",
            "version": signature.version,
            "model": signature.model,
            "settings": dict(sorted(signature.settings.items())),
        },
        "documents": [_document(document) for document in report.documents],
        "counts": dict(report.counts),
        "findings": [plain_finding(finding) for finding in report.findings],
        "notes": list(report.notes),
    }
    if with_alignments:
        top["alignments"] = _alignments(report)
    if with_scores:
        top["scores"] = plain_scores(report)
    return top


def plain_scores(report: Report) -> list[dict[str, Any]]:
    """Return what may be wrong with each bead, to 3 digits."""
    return [
        {
            "lang": lang,
            "source": list(bead.source),
            "target": list(bead.target),
            "omission": round(bead.omission, 3),
            "addition": round(bead.addition, 3),
            "contradiction": round(bead.contradiction, 3),
            "untranslated": round(bead.untranslated, 3),
        }
        for lang, beads in report.scores.items()
        for bead in beads
    ]


def plain_finding(finding: Finding) -> dict[str, Any]:
    """Return one finding; a confidence says no more than two digits are worth."""
    return {
        "check": finding.check,
        "severity": finding.severity,
        "confidence": round(finding.confidence, 2),
        "message": finding.message,
        "lang": finding.lang,
        "source": _location(finding.source),
        "target": _location(finding.target),
        "fact": plain_fact(finding.fact) if finding.fact else None,
        "witnesses": {"agree": list(finding.witnesses.agree), "differ": list(finding.witnesses.differ)},
        "fingerprint": finding.fingerprint,
    }


def plain_fact(fact: Fact) -> dict[str, Any]:
    """Return what a fact says and how it is written; where it stands is the location's matter."""
    return {"kind": fact.kind, "value": as_text(fact.value), "surface": fact.surface}


def _document(document: DocumentSummary) -> dict[str, Any]:
    return {
        "path": document.path,
        "lang": document.lang,
        "role": document.role,
        "blocks": document.blocks,
        "segments": document.segments,
        "lang_origin": document.lang_origin,
        "skipped": list(document.skipped),
    }


def _location(location: Location | None) -> dict[str, Any] | None:
    if location is None:
        return None
    return {
        "path": location.path,
        "lang": location.lang,
        "line": location.line,
        "column": location.column,
        "end_line": location.end_line,
        "end_column": location.end_column,
        "text": location.text,
        "excerpt": location.excerpt,
        "mark": list(location.mark),
    }


def _alignments(report: Report) -> list[dict[str, Any]]:
    return [
        {
            "lang": lang,
            "source": list(bead.source),
            "target": list(bead.target),
            "similarity": round(bead.similarity, 3),
        }
        for lang, beads in report.alignments.items()
        for bead in beads
    ]
