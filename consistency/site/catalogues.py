"""Read catalogues (PO, XLIFF, TMX), which hold what they translate, each for itself."""

from __future__ import annotations

from consistency.config import Project
from consistency.readers._load import holds_both, load_groups
from consistency.records import ConsistencyError, Document
from consistency.site.articles import Article
from consistency.site.paths import require_inside, shown_path

_LEAST_OWN = 0.5  # of the messages, to read otherwise than what they translate: then those are keys and no texts


def holds_own_sources(project: Project, article: Article) -> bool:
    """Tell whether every copy is a catalogue to be held against its own messages.

    So it is where no catalogue of the source stands beside them, and where that says the same as the messages it
    translates, or nothing at all (locale/en of Django, messages.xlf of Angular); not where messages are keys.
    """
    reader = project.settings.reader
    if not all(holds_both(path, reader) for _, path in article.copies):
        return False
    if not article.source or not article.copies:
        return not article.source
    return holds_both(article.source, reader) and not _translates_keys(project, article)


def _translates_keys(project: Project, article: Article) -> bool:
    """Tell whether the source's catalogue says what the messages are, most of which are keys."""
    own, _ = read_catalogues(project, Article("", ((project.source, article.source),)))
    copies, _ = read_catalogues(project, Article("", article.copies[:1]))
    if not own or not copies:
        return True  # the check itself says what cannot be read
    source, target = own[0][:2]
    pairs = zip(_messages(source), _messages(target), strict=False)
    n_own = sum(message != text for message, text in pairs)
    return n_own >= _LEAST_OWN * max(1, len(copies[0][0].blocks))


def _messages(document: Document) -> list[str]:
    return [document.text[block.span.start : block.span.end] for block in document.blocks]


def read_catalogues(project: Project, article: Article) -> tuple[list[tuple[Document, ...]], list[str]]:
    """Return what each catalogue holds, source texts first, and what could not be read."""
    settings = project.settings
    groups: list[tuple[Document, ...]] = []
    unread: list[str] = []
    for lang, path in article.copies:
        try:
            require_inside(project, path)
            groups += load_groups(
                shown_path(project, path),
                reader=settings.reader,
                source_lang=project.source,
                lang=lang,
                max_bytes=settings.max_bytes,
            )
        except ConsistencyError as error:
            unread.append(str(error))
    return groups, unread
