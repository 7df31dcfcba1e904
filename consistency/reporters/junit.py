"""Report as JUnit XML: one suite a copy, one case a finding."""

from __future__ import annotations

from xml.etree import ElementTree

from consistency.records import DocumentSummary, Finding, Report
from consistency.reporters._copies import (
    by_copy,
    denominators,
    home,
    plural,
    seen_in_source,
    shown,
    told,
    unchecked,
    where,
)
from consistency.reporters._passage import visible
from consistency.reporters._reporter import Context, Reporter, fails
from consistency.reporters._xml import document_text, xml_text


def render(report: Report, context: Context) -> str:
    """Return one document. What fails the run is a failure; a lesser finding is a case that passed."""
    root = ElementTree.Element("testsuites", {"name": "consistency"})
    _suite_of_the_run(root, report)
    for document, group in by_copy(report):
        suite = ElementTree.SubElement(root, "testsuite", {"name": xml_text(document.path)})
        failing = sum(_case(suite, finding, document, context) for finding in group)
        if not group:
            _named_case(suite, document.path, "nothing found")
        suite.set("tests", str(len(suite)))
        suite.set("failures", str(failing))
    root.set("tests", str(sum(int(suite.get("tests", 0)) for suite in root)))
    root.set("failures", str(sum(int(suite.get("failures", 0)) for suite in root)))
    return document_text(root)


def _suite_of_the_run(root: ElementTree.Element, report: Report) -> None:
    """Add a case that says how much was compared, so that a silent report is not an empty one."""
    sources = [document for document in report.documents if document.role == "source"]
    suite = ElementTree.SubElement(root, "testsuite", {"name": "consistency", "tests": "1", "failures": "0"})
    name = sources[0].path if len(sources) == 1 else plural(len(sources), "article")
    case = _named_case(
        suite, name, f"compared with {plural(len(report.documents) - len(sources), 'translation')}"
    )
    lines = [
        denominators(report.counts),
        *(f"Not checked: {visible(phrase)}" for phrase in unchecked(report)),
    ]
    ElementTree.SubElement(case, "system-out").text = xml_text("\n".join(lines))


def _case(suite: ElementTree.Element, finding: Finding, document: DocumentSummary, context: Context) -> bool:
    """Add one finding; return whether it fails the run."""
    place = home(finding, document)
    case = _named_case(suite, place.path, f"{finding.check} at {place.line}:{place.column}")
    target = "" if finding.target is None else f"Here ({where(finding.target)}): {shown(finding.target)}"
    body = xml_text(
        "\n".join(part for part in (told(finding), seen_in_source(finding), visible(target)) if part)
    )
    if not fails(finding.severity, context.fail_on):
        ElementTree.SubElement(case, "system-out").text = f"{finding.severity}: {body}"
        return False
    attributes = {"type": finding.check, "message": xml_text(f"{finding.severity}: {told(finding)}")}
    ElementTree.SubElement(case, "failure", attributes).text = body
    return True


def _named_case(suite: ElementTree.Element, path: str, name: str) -> ElementTree.Element:
    return ElementTree.SubElement(suite, "testcase", {"classname": xml_text(path), "name": name})


REPORTER = Reporter("junit", ".xml", render)
