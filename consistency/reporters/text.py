"""Report for people at a terminal: what to ask the translator, readable without knowing the language."""

from __future__ import annotations

from collections import Counter

from consistency.records import DocumentSummary, Finding, Location, Report, Span
from consistency.reporters._copies import (
    by_copy,
    by_passage,
    denominators,
    marks,
    plural,
    severity_counts,
    shown,
    unchecked,
    where,
    witness_words,
)
from consistency.reporters._passage import columns, passage, visible
from consistency.reporters._reporter import Context, Reporter

_COLORS = {"error": "31", "warning": "33", "note": "36", "bold": "1", "dim": "2"}
_FEW = 5  # clean copies that are named one by one
_SEEN = 20  # findings that one still looks through one by one
_NARROWEST = 40  # columns; below that a terminal wraps by itself


def render(report: Report, context: Context) -> str:
    """Return the findings copy by copy, then the denominators and what could not be checked."""
    blocks = [_opening(report, context)] if context.verbose else []
    # Of a whole site only what was found is of interest; of a few copies also that one is clean.
    clean = sum(not findings for _, findings in by_copy(report))
    quiet = not context.verbose and (_is_site(report) or clean > _FEW)
    copies = [copy for copy in by_copy(report) if copy[1] or not quiet]
    blocks += [_copy(document, findings, context) for document, findings in copies]
    if context.show_alignments:
        blocks += _alignments(report)
    blocks.append(_closing(report, context))
    return "\n\n".join(block for block in blocks if block) + "\n"


def _opening(report: Report, context: Context) -> str:
    lines = [_origin(document) for document in report.documents]
    signature = report.signature
    settings = " ".join(f"{key}={value}" for key, value in sorted(signature.settings.items()))
    made_by = " ".join(
        part for part in (f"consistency {signature.version}", signature.model, settings) if part
    )
    return "\n".join([*lines, _paint(visible(made_by), "dim", context)])


def _origin(document: DocumentSummary) -> str:
    told = f" (told by: {document.lang_origin})" if document.lang_origin else ""
    sizes = f"{plural(document.blocks, 'block')}, {plural(document.segments, 'segment')}"
    return visible(f"{document.role} {document.path} [{document.lang}]{told}: {sizes}")


def _copy(document: DocumentSummary, findings: tuple[Finding, ...], context: Context) -> str:
    title = _paint(visible(f"{document.path} [{document.lang}]"), "bold", context)
    head = f"{title}: {severity_counts(findings)}"
    return "\n\n".join([head, *(_group(group, document, context) for group in by_passage(findings))])


def _group(group: tuple[Finding, ...], document: DocumentSummary, context: Context) -> str:
    """Return what is wrong with one passage, line by line, then the passage on both sides, once."""
    lines = [line for finding in group for line in _finding(finding, document, context)]
    first = group[0]
    locations = [location for location in (first.source, first.target) if location and shown(location)]
    gutter = max((columns(_label(location)) for location in locations), default=0)
    if first.source in locations and first.source is not None:
        lines += _excerpt(first.source, marks(finding.source for finding in group), gutter, context)
    if first.target in locations and first.target is not None:
        lines += _excerpt(first.target, marks(finding.target for finding in group), gutter, context)
    return "\n".join(lines)


def _finding(finding: Finding, document: DocumentSummary, context: Context) -> list[str]:
    place = where(finding.target) if finding.target else document.path
    severity = _paint(finding.severity, finding.severity, context)
    sure = _paint(f"[{finding.check}, {finding.confidence:.2f}]", "dim", context)
    line = f"{visible(place)}: {severity}: {visible(finding.message)} {sure}"
    words = witness_words(finding.witnesses)
    return [line, f"  {words}"] if words else [line]


def _excerpt(location: Location, spans: tuple[Span, ...], gutter: int, context: Context) -> list[str]:
    room = max(context.width, _NARROWEST) - gutter - len("   | ")
    lines = passage(shown(location), spans, room, context.color)
    labels = [_label(location).rjust(gutter), *[" " * gutter] * (len(lines) - 1)]
    return [
        f"  {_paint(left, 'dim', context)} | {line}".rstrip()
        for left, line in zip(labels, lines, strict=True)
    ]


def _label(location: Location) -> str:
    return visible(f"{location.lang} {location.line}")


def _alignments(report: Report) -> list[str]:
    """Return one block a language: `source segments - target segments, similarity`, segments from 0."""
    blocks = []
    for lang, beads in report.alignments.items():
        lines = [
            f"  {_indices(bead.source)} - {_indices(bead.target)}  {bead.similarity:.3f}{'  moved' * bead.moved}"
            for bead in beads
        ]
        blocks.append("\n".join([f"aligned segments, source - {lang}:", *lines]))
    return blocks


def _indices(segments: tuple[int, ...]) -> str:
    return ",".join(map(str, segments)) or "none"


def _closing(report: Report, context: Context) -> str:
    translations = sum(document.role == "translation" for document in report.documents)
    total = f"{plural(translations, 'translation')} checked: {severity_counts(report.findings)}."
    lines = [_paint(total, "bold", context), *_tallies(report), denominators(report.counts)]
    lines += [f"Not checked: {visible(phrase)}" for phrase in unchecked(report)]
    return "\n".join(line for line in lines if line)


def _tallies(report: Report) -> list[str]:
    """Return how many findings there are of each check and in each language, where they are too many to be seen."""
    if len(report.findings) <= _SEEN:
        return []
    checks = Counter(finding.check for finding in report.findings)
    langs = Counter(finding.lang for finding in report.findings)
    return [f"By {what}: {_ranked(counted)}." for what, counted in (("check", checks), ("language", langs))]


def _is_site(report: Report) -> bool:
    return sum(document.role == "source" for document in report.documents) > 1


def _ranked(counted: Counter[str]) -> str:
    return ", ".join(
        f"{visible(name)} {n}" for name, n in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    )


def _paint(text: str, style: str, context: Context) -> str:
    return f"\x1b[{_COLORS[style]}m{text}\x1b[0m" if context.color else text


REPORTER = Reporter("text", ".txt", render)
