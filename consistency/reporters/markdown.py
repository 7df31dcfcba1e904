"""Report for a pull-request comment: short, one folded table a copy."""

from __future__ import annotations

import html
import re

from consistency.records import DocumentSummary, Finding, Location, Report, Span
from consistency.reporters._copies import (
    by_copy,
    by_passage,
    denominators,
    marks,
    plural,
    severity_counts,
    shown,
    told,
    unchecked,
    where,
)
from consistency.reporters._passage import visible
from consistency.reporters._reporter import Context, Reporter

_AROUND = 60  # characters of the passage on each side of a fact


def render(report: Report, context: Context) -> str:
    """Return CommonMark with GitHub's tables; every text of an article is escaped."""
    copies = by_copy(report)
    translations = sum(document.role == "translation" for document in report.documents)
    head = f"### consistency: {severity_counts(report.findings)} in {plural(translations, 'translation')}"
    blocks = [head, *(_copy(document, findings) for document, findings in copies if findings)]
    blocks.append(denominators(report.counts))
    blocks.append("\n".join(f"- Not checked: {_escape(phrase)}" for phrase in unchecked(report)))
    return "\n\n".join(block for block in blocks if block) + "\n"


def _copy(document: DocumentSummary, findings: tuple[Finding, ...]) -> str:
    """Return one folded table; a copy with an error starts unfolded, so that it is not overlooked."""
    unfolded = " open" if any(finding.severity == "error" for finding in findings) else ""
    title = f"<b>{_html(document.lang)}</b> <code>{_html(document.path)}</code>: {severity_counts(findings)}"
    rows = "\n".join(_row(group) for group in by_passage(findings))
    return (
        f"<details{unfolded}><summary>{title}</summary>\n\n"
        f"| What | Source | Translation |\n| --- | --- | --- |\n{rows}\n\n</details>"
    )


def _row(group: tuple[Finding, ...]) -> str:
    """Return one row for all that is wrong with one passage."""
    what = "<br>".join(_what(finding) for finding in group)
    source = _cell(group[0].source, marks(finding.source for finding in group))
    target = _cell(group[0].target, marks(finding.target for finding in group))
    return f"| {what} | {source} | {target} |"


def _what(finding: Finding) -> str:
    return f"**{finding.severity}** {_escape(told(finding))} `{finding.check}`"


def _cell(location: Location | None, spans: tuple[Span, ...]) -> str:
    if location is None:
        return "(none)"
    return f"{_escape(where(location))}<br>{_bold(shown(location), spans)}"


def _bold(excerpt: str, spans: tuple[Span, ...]) -> str:
    """Return the excerpt with its marks bold, cut to what stands around them."""
    start = max(0, spans[0].start - _AROUND) if spans else 0
    end = min(len(excerpt), (max(span.end for span in spans) if spans else _AROUND) + _AROUND)
    parts, last = ["…" * (start > 0)], start
    for span in spans:
        parts += [
            _escape(excerpt[last : span.start]),
            f"<b>{_escape(excerpt[max(last, span.start) : span.end])}</b>",
        ]
        last = max(last, span.end)
    return "".join([*parts, _escape(excerpt[last:end]), "…" * (end < len(excerpt))])


def _html(text: str) -> str:
    return html.escape(_unlinked(visible(text)))


def _escape(text: str) -> str:
    """Return text that Markdown and HTML show as it is, on one line, in a table cell as elsewhere."""
    punctuation = re.sub(r"([\\`*_{}\[\]()~|!])", r"\\\1", visible(text))
    return html.escape(_unlinked(punctuation), quote=False)


def _unlinked(text: str) -> str:
    """Break `@name` and `#12`: an article must not call people or reach into other issues."""
    return re.sub(r"([@#])(?=\w)", "\\1\u2060", text)


REPORTER = Reporter("markdown", ".md", render)
