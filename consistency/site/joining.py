"""Make one report of the reports on many articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from consistency.records import DocumentSummary, Finding, Report


def merge(reports: Sequence[Report]) -> Report:
    """Return one report: the copies article by article, each source first, what has no source before all, counts summed, notes each once.

    The alignments of several articles cannot be told apart by language, so there the copies' paths are keys, with the
    language where a file holds several copies. Needs one report at least.
    """
    if len(reports) == 1:
        return reports[0]
    # A source begins an article, so copies that have none would belong to whichever article came before them.
    articles = sorted(reports, key=lambda report: any(d.role == "source" for d in report.documents))
    paths = Counter(d.path for report in reports for d in report.documents if d.role == "translation")
    counts: Counter[str] = Counter()
    for report in reports:
        counts.update(report.counts)
    return replace(
        reports[0],
        documents=tuple(document for report in articles for document in report.documents),
        findings=tuple(finding for report in reports for finding in report.findings),
        counts={key: counts[key] for report in reports for key in report.counts},
        alignments={
            _key(lang, report, paths): beads for report in reports for lang, beads in report.alignments.items()
        },
        scores={
            _key(lang, report, paths): beads for report in reports for lang, beads in report.scores.items()
        },
        matrices={},  # a picture of one article; those of hundreds would make a page of megabytes
        notes=tuple(dict.fromkeys(note for report in reports for note in report.notes)),
    )


def suspect(finding: Finding, documents: Sequence[DocumentSummary]) -> str:
    """Return the path of the copy that a finding of one article suspects: where it lies, else by language."""
    if finding.target is not None:
        return finding.target.path
    for document in (*documents[1:], *documents[:1]):
        if document.lang == finding.lang:
            return document.path
    return finding.source.path if finding.source else documents[0].path


def _key(lang: str, report: Report, paths: Mapping[str, int]) -> str:
    """Return what names the translation whose alignment has this key, which may be a path already."""
    copies = (d for d in report.documents if d.role == "translation" and d.lang == lang)
    return next((d.path if paths[d.path] == 1 else d.place for d in copies), lang)
