"""Report for programs: the JSON contract of docs/json.md, held by consistency/schema/report.schema.json."""

from __future__ import annotations

import json

from consistency.records import Report
from consistency.reporters._plain import plain_report
from consistency.reporters._reporter import Context, Reporter


def render(report: Report, context: Context) -> str:
    """Return one JSON object, keys in the order of the contract."""
    whole = plain_report(report, context.show_alignments, context.show_scores)
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


REPORTER = Reporter("json", ".json", render)
