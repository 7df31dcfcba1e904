"""Report as Checkstyle XML, which reviewdog, Jenkins and many others read."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from consistency.records import Report
from consistency.reporters._copies import by_copy, home, seen_in_source, told
from consistency.reporters._reporter import Context, Reporter
from consistency.reporters._xml import document_text, xml_text

_SEVERITIES = {"error": "error", "warning": "warning", "note": "info"}


def render(report: Report, context: Context) -> str:
    """Return one document with one `file` a copy that has findings."""
    root = ElementTree.Element("checkstyle", {"version": "4.3"})
    for document, group in by_copy(report):
        if not group:
            continue
        file = ElementTree.SubElement(root, "file", {"name": xml_text(Path(document.path).as_posix())})
        for finding in group:
            place = home(finding, document)
            message, seen = told(finding), seen_in_source(finding)
            if seen:  # one line holds both, and the message of many findings is no sentence with a stop
                message = f"{message}{'' if message.endswith(('.', '!', '?')) else '.'} {seen}"
            attributes = {
                "line": str(place.line),
                "column": str(place.column),
                "severity": _SEVERITIES[finding.severity],
                "message": xml_text(message),
                "source": f"consistency.{finding.check}",
            }
            ElementTree.SubElement(file, "error", attributes)
    return document_text(root)


REPORTER = Reporter("checkstyle", ".xml", render)
