"""Check the articles of a site, each as the project wants it judged."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from consistency import __version__
from consistency.checks import CHECKS
from consistency.config import Project, Settings
from consistency.embedders.protocol import Embedder
from consistency.history import content_at, pinned_commit
from consistency.readers._load import holds_both
from consistency.records import (
    ConsistencyError,
    Document,
    DocumentSummary,
    Finding,
    Location,
    Report,
    Signature,
)
from consistency.site.articles import Article
from consistency.site.catalogues import holds_own_sources, read_catalogues
from consistency.site.joining import merge, suspect
from consistency.site.paths import require_inside, rooted, shown_path
from consistency.site.policy import governed, lenient
from consistency.site.stale import split_stale, stale_message

# The same for every copy, so that the report on a site says it once: a shallow clone has none of the commits.
_NO_HISTORY = "some translations name a commit of their source that this clone does not have: what is stale was not told"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Hold the report on an article, and what was not read of it, one line for each file."""

    report: Report
    unread: tuple[str, ...] = ()


def check_article(project: Project, article: Article, embedder: Embedder | None) -> Outcome:
    """Read and check one article; a file that cannot be read is left out and said.

    Catalogues that hold both sides need no source beside them. embedder: loaded once for all articles.
    """
    if holds_own_sources(project, article):
        article = replace(article, source="")
        groups, unread = read_catalogues(project, article)
    else:
        documents, unread = _read(project, article)
        groups = [tuple(documents)]
    report = merge([check_copies(project, group, embedder) for group in groups] or [empty_report(project)])
    extra = governed(_site_findings(project, article), project, lambda finding: _site_path(article, finding))
    if not report.documents:
        report = replace(report, documents=_unchecked(project, article))
    # What concerns whole files comes first.
    return Outcome(
        replace(report, findings=(*extra, *report.findings), notes=(*report.notes, *unread)), tuple(unread)
    )


def _read(project: Project, article: Article) -> tuple[list[Document], list[str]]:
    """Return the copies, the source first, and what could not be read."""
    from consistency.readers._load import load

    reader, max_bytes = project.settings.reader, project.settings.max_bytes
    documents: list[Document] = []
    unread: list[str] = []
    names = [(project.source, article.source), *article.copies] if article.source else []
    for lang, path in names:
        try:
            require_inside(project, path)
            document = load(shown_path(project, path), reader=reader, lang=lang, max_bytes=max_bytes)
        except ConsistencyError as error:
            unread.append(str(error))
            if path == article.source:
                break
            continue
        documents.append(replace(document, lang_origin="configuration"))
    return documents, unread


def check_copies(project: Project, documents: Sequence[Document], embedder: Embedder | None) -> Report:
    """Return the report on documents that were read, the source first; an empty one where there is no pair."""
    if len(documents) < 2:
        return empty_report(project)
    from consistency.pipeline import check_documents

    settings = lenient(project)
    report = check_documents(documents, settings, embedder)
    if project.overrides or project.ignore_names:
        findings = governed(report.findings, project, path_in(project, report))
        report = replace(report, findings=findings, signature=_signature(report.signature, project.settings))
    for document in documents[1:]:
        report = _with_history(project, report, documents[0], document, embedder)
    return report


def empty_report(project: Project) -> Report:
    """Return the report on nothing."""
    from consistency.pipeline import COUNTS

    signature = Signature(__version__, "", {"min_confidence": f"{project.settings.min_confidence:g}"})
    return Report((), (), dict.fromkeys(COUNTS, 0), signature)


def _signature(signature: Signature, settings: Settings) -> Signature:
    """Return the signature with the threshold that the project states, not the one overrides needed."""
    return replace(
        signature, settings={**signature.settings, "min_confidence": f"{settings.min_confidence:g}"}
    )


def path_in(project: Project, report: Report) -> Callable[[Finding], str]:
    """Return what tells the path, from the root, of the copy that a finding of this report suspects.

    report: on one article.
    """
    return lambda finding: rooted(project, suspect(finding, report.documents))


def _with_history(
    project: Project, report: Report, source: Document, target: Document, embedder: Embedder | None
) -> Report:
    """Return the report with what only the newer source says set apart, where a translation names its commit."""
    commit = pinned_commit(target)
    if not commit or not any(finding.lang == target.lang for finding in report.findings):
        return report
    pinned = _pinned(project, source, commit)
    if pinned is None:
        return replace(report, notes=(*report.notes, _NO_HISTORY))
    if pinned.raw == source.raw:
        return report
    from consistency.pipeline import check_documents

    old = check_documents([pinned, target], lenient(project), embedder)
    findings, n_stale = split_stale(report.findings, old.findings, target.lang, commit)
    if not n_stale:
        return report
    message = stale_message(target.path, source.path, commit, n_stale)
    path = rooted(project, target.path)
    told = _file_finding("translation-stale", message, path, None, _top(target.path, target.lang))
    told_so = governed([_leveled(told, project)], project, lambda finding: path)
    return replace(report, findings=(*told_so, *findings))


def _pinned(project: Project, source: Document, commit: str) -> Document | None:
    """Return the source as it was at a commit; None where git or its reader cannot give it."""
    from consistency.readers._decode import decode
    from consistency.readers._load import from_text, reader_for, reader_named

    settings = project.settings
    reader = reader_named(settings.reader) if settings.reader else reader_for(source.path)
    content = None if reader.binary else content_at(project.root, commit, rooted(project, source.path))
    if not content:
        return None
    try:
        text = decode(content, source.path, reader.name)
        return from_text(text, lang=source.lang, format=reader.name, path=source.path)
    except ConsistencyError:  # the old text is broken; that of today is what the user can repair
        return None


def _site_findings(project: Project, article: Article) -> list[Finding]:
    """Return what is wrong with the set of files; nothing unless the project lists its languages."""
    if not project.languages:
        return []
    if not article.source and not all(holds_both(path, project.settings.reader) for _, path in article.copies):
        return [_leveled(_orphan(project, article, lang, path), project) for lang, path in article.copies]
    there = {lang for lang, _ in article.copies}
    missing = [lang for lang in project.languages if lang not in there] if article.whole else []
    return [_leveled(_missing(project, article, lang), project) for lang in missing]


def _missing(project: Project, article: Article, lang: str) -> Finding:
    """Return that a translation is not there; of catalogues without a source that the first has no counterpart."""
    tag, name = (project.source, article.source) if article.source else article.copies[0]
    path = shown_path(project, name)
    what = "translation into" if article.source else "counterpart in"
    key = f"{article.source or article.expected} {lang}"
    found = _file_finding("document-missing", f"{path} has no {what} {lang}", key, _top(path, tag), None)
    return replace(found, lang=lang)


def _orphan(project: Project, article: Article, lang: str, path: str) -> Finding:
    shown, expected = shown_path(project, path), shown_path(project, article.expected)
    message = f"{shown} is a translation without a source: there is no {expected}"
    return _file_finding("document-orphan", message, path, None, _top(shown, lang))


def _file_finding(
    check: str, message: str, key: str, source: Location | None, target: Location | None
) -> Finding:
    """Return a finding on a whole file; key: what it is about, wherever the command runs."""
    fingerprint = hashlib.sha256(f"{check}\x1f{key}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
    place = source or target
    row = CHECKS[check]
    return Finding(
        check, row.severity, row.precision, message, place.lang if place else "und", source, target,
        fingerprint=fingerprint,
    )  # fmt: skip


def _leveled(finding: Finding, project: Project) -> Finding:
    """Return a finding that the pipeline did not make with the severity that the project gives its check."""
    return replace(finding, severity=project.settings.severities.get(finding.check, finding.severity))


def _site_path(article: Article, finding: Finding) -> str:
    """Return the path that an override may name: of the copy, else of the source, else of another copy."""
    own = next((path for lang, path in article.copies if lang == finding.lang), article.source)
    return own or article.copies[0][1]


def _top(path: str, lang: str) -> Location:
    return Location(path, lang, 1, 1, 1, 1, "")


def _unchecked(project: Project, article: Article) -> tuple[DocumentSummary, ...]:
    """Return the files of an article of which nothing was compared."""
    source = [(article.source, project.source, "source")] if article.source else []
    rows = [*source, *((path, lang, "translation") for lang, path in article.copies)]
    return tuple(DocumentSummary(shown_path(project, path), lang, role, 0, 0) for path, lang, role in rows)
