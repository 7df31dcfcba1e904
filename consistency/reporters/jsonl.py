"""Report for line tools: one finding a line, as in the JSON contract; nothing found, no line."""

from __future__ import annotations

import json

from consistency.records import Report
from consistency.reporters._plain import plain_finding
from consistency.reporters._reporter import Context, Reporter


def render(report: Report, context: Context) -> str:
    """Return one JSON object a line, in the order of the report."""
    return "".join(f"{json.dumps(plain_finding(f), ensure_ascii=False)}\n" for f in report.findings)


REPORTER = Reporter("jsonl", ".jsonl", render)
