"""Report as GitHub Actions annotations: workflow commands that show beside the lines of a pull request.

GitHub shows ten of each kind a step; the others stay in the log.
"""

from __future__ import annotations

from pathlib import Path

from consistency.records import DocumentSummary, Finding, Report
from consistency.reporters._copies import by_copy, denominators, home, seen_in_source, told, unchecked
from consistency.reporters._passage import visible
from consistency.reporters._reporter import Context, Reporter

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def render(report: Report, context: Context) -> str:
    """Return one command a finding, then the denominators as plain lines of the log."""
    lines = [_command(finding, document) for document, group in by_copy(report) for finding in group]
    lines += [
        denominators(report.counts),
        *(f"Not checked: {visible(phrase)}" for phrase in unchecked(report)),
    ]
    return "".join(f"{line}\n" for line in lines if line)


def _command(finding: Finding, document: DocumentSummary) -> str:
    place = home(finding, document)
    properties = {"file": Path(place.path).as_posix(), "line": str(place.line), "title": finding.check}
    if finding.target is not None and place.line == place.end_line:  # columns hold within one line only
        properties |= {"col": str(place.column), "endColumn": str(place.end_column)}
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    message = "\n".join(part for part in (told(finding), seen_in_source(finding)) if part)
    return f"::{_COMMANDS[finding.severity]} {listed}::{_data(message)}"


def _data(text: str) -> str:
    """Escape as actions/toolkit does: a newline would end the command and might start another."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")


REPORTER = Reporter("github", ".txt", render)
