"""Report as GitLab Code Quality, which shows findings in a merge request."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from consistency.records import DocumentSummary, Finding, Report
from consistency.reporters._copies import by_copy, home, told
from consistency.reporters._reporter import Context, Reporter

_SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}


def render(report: Report, context: Context) -> str:
    """Return one array. GitLab shows only one entry a fingerprint, so a repeated one gets a number."""
    seen: Counter[str] = Counter()
    entries = []
    for document, group in by_copy(report):
        for finding in group:
            seen[finding.fingerprint] += 1
            entries.append(_entry(finding, document, seen[finding.fingerprint]))
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"


def _entry(finding: Finding, document: DocumentSummary, nth: int) -> dict[str, Any]:
    place = home(finding, document)
    return {
        "description": told(finding),
        "check_name": finding.check,
        "fingerprint": finding.fingerprint if nth == 1 else f"{finding.fingerprint}-{nth}",
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": Path(place.path).as_posix(), "lines": {"begin": place.line}},
    }


REPORTER = Reporter("gitlab", ".json", render)
