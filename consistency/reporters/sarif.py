"""Report as SARIF 2.1.0 (OASIS), for code scanning and the viewers of editors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

from consistency.records import DocumentSummary, Finding, Location, Report
from consistency.reporters._copies import by_copy, home, told, unchecked
from consistency.reporters._passage import visible
from consistency.reporters._reporter import Context, Reporter

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(report: Report, context: Context) -> str:
    """Return one run; its results come copy by copy, by position."""
    findings = [(finding, document) for document, group in by_copy(report) for finding in group]
    rules = list(dict.fromkeys(finding.check for finding, _ in findings))
    run = {
        "tool": {
            "driver": {
                "name": "consistency",
                "version": report.signature.version,
                "rules": [_rule(check, context) for check in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report)],
        "results": [_result(finding, document, rules) for finding, document in findings],
        "properties": {"counts": dict(report.counts), "model": report.signature.model},
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(check: str, context: Context) -> dict[str, Any]:
    rule: dict[str, Any] = {"id": check}
    if check in context.checks:
        rule["shortDescription"] = {"text": context.checks[check]}
    return rule


def _invocation(report: Report) -> dict[str, Any]:
    """Return that the run went through, and what could not be checked on the way."""
    phrases = [{"level": "note", "message": {"text": visible(phrase)}} for phrase in unchecked(report)]
    return {"executionSuccessful": True, "toolExecutionNotifications": phrases}


def _result(finding: Finding, document: DocumentSummary, rules: list[str]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.check,
        "ruleIndex": rules.index(finding.check),
        "level": finding.severity,
        "message": {"text": _message(finding)},
        "locations": [{"physicalLocation": _place(home(finding, document))}],
        # Code scanning knows a result again by primaryLocationLineHash alone; others take any key.
        "partialFingerprints": {
            "consistency/v1": finding.fingerprint,
            "primaryLocationLineHash": f"{finding.fingerprint}:1",
        },
        "properties": {
            "confidence": round(finding.confidence, 2),
            "lang": finding.lang,
            "agree": list(finding.witnesses.agree),
            "differ": list(finding.witnesses.differ),
        },
    }
    if finding.source is not None:
        place = {"id": 0, "physicalLocation": _place(finding.source), "message": {"text": "The source"}}
        result["relatedLocations"] = [place]
    return result


def _message(finding: Finding) -> str:
    """Return the message with a link to the source's place.

    SARIF reads `[text](target)` as a link (3.11.6); one that an article brings along is broken up.
    """
    text = told(finding).replace("](", "]\u2060(")
    return text if finding.source is None else f"{text} Compare [the source](0)."


def _place(location: Location) -> dict[str, Any]:
    region: dict[str, Any] = {"startLine": location.line}
    if (location.line, location.column) != (location.end_line, location.end_column):
        region |= {
            "startColumn": location.column,
            "endLine": location.end_line,
            "endColumn": location.end_column,
            "snippet": {"text": location.text},
        }
    return {"artifactLocation": _artifact(location.path), "region": region}


def _artifact(path: str) -> dict[str, str]:
    if Path(path).is_absolute():
        return {"uri": Path(path).as_uri()}
    # A colon in the first part of a relative address would be read as a scheme, so it is quoted too.
    return {"uri": quote(Path(path).as_posix().encode("utf-8", "replace")), "uriBaseId": "%SRCROOT%"}


REPORTER = Reporter("sarif", ".sarif", render)
