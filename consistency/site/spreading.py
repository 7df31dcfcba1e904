"""Check the articles of a site: what is in the cache from there, the rest over processes, in the site's order."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from consistency.cache import Cache, key_of
from consistency.codec import decoded, encoded
from consistency.config import Project
from consistency.engines._spread import DIED, spread
from consistency.engines.protocol import Work
from consistency.history import PINS
from consistency.site.articles import Article
from consistency.site.checking import Outcome, check_article, empty_report
from consistency.site.paths import shown_path
from consistency.time_limit import OutOfTime, limited


@dataclass(frozen=True, slots=True)
class Means:
    """Say with what to check: how many processes (None: one a core), and a cache (None: none)."""

    jobs: int | None = None
    cache: Cache | None = None


def outcomes(project: Project, articles: Sequence[Article], means: Means) -> Iterator[Outcome]:
    """Yield the outcome of each article, in order; the same bytes whatever the means."""
    keys = [_key(project, article) if means.cache else None for article in articles]
    known = [_kept(means.cache, key) for key in keys]
    lines = ((n, _line(article)) for n, article in enumerate(articles) if known[n] is None)
    fresh = spread(lines, partial(worker, project), partial(_lost, project), workers=means.jobs)
    with closing(fresh):
        for article, key, outcome in zip(articles, keys, known, strict=True):
            yield outcome or _added(project, article, key, means.cache, next(fresh)[1])


def _kept(cache: Cache | None, key: bytes | None) -> Outcome | None:
    """Return the outcome that the cache has; None where it has none, or a damaged one."""
    data = cache.get(key) if cache and key else None
    try:
        return _outcome(data) if data is not None else None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _added(project: Project, article: Article, key: bytes | None, cache: Cache | None, data: bytes) -> Outcome:
    """Return a fresh outcome, added to the cache."""
    outcome = _outcome(data)
    # A file that was written meanwhile has another key now, and its result belongs to neither.
    if cache and key and not outcome.unread and _key(project, article) == key:
        cache.put(key, data)
    return outcome


def worker(project: Project) -> Work:
    """Return the function from an article to its outcome, both encoded; the model is loaded at the first."""
    embedder: list[object] = []

    def check(number: int, line: bytes) -> bytes:
        from consistency.pipeline import load_embedder

        if not embedder:
            embedder.append(load_embedder(project.settings))
        try:
            with limited(project.settings.time_limit):
                outcome = check_article(project, _article(line), embedder[0])  # type: ignore[arg-type]
        except OutOfTime as error:
            return _unchecked(project, line, str(error))
        return encoded((outcome.report, outcome.unread))

    return check


def _lost(project: Project, number: int, line: bytes) -> bytes:
    """Return the outcome of an article over which its process died, tried alone once more."""
    return _unchecked(project, line, f"not checked: {DIED}")


def _unchecked(project: Project, line: bytes, reason: str) -> bytes:
    article = _article(line)
    unread = (f"{shown_path(project, article.source or article.copies[0][1])}: {reason}",)
    return encoded((replace(empty_report(project), notes=unread), unread))


def _outcome(data: bytes) -> Outcome:
    return Outcome(*decoded(data))


def _line(article: Article) -> bytes:
    return json.dumps([article.source, article.copies, article.expected, article.whole]).encode()


def _article(line: bytes) -> Article:
    source, copies, expected, whole = json.loads(line)
    return Article(source, tuple((lang, path) for lang, path in copies), expected=expected, whole=whole)


def _key(project: Project, article: Article) -> bytes | None:
    """Return the key of all that an article's outcome depends on; None where that is more than its files.

    That is so where a copy names a commit of its source, where another model is loaded, and for links.
    """
    if project.settings.model or project.settings.judge:
        return None
    paths = [path for path in (article.source, *(path for _, path in article.copies)) if path]
    contents = [_content(project, path) for path in paths]
    known = [content for content in contents if content is not None]
    if len(known) < len(contents) or any(pin in content for content in known for pin in PINS):
        return None
    shown = [shown_path(project, path) for path in (*paths, article.expected)]
    return key_of([encoded(replace(project, root=Path(), cache="")), _line(article), *map(os.fsencode, shown), *known])


def _content(project: Project, path: str) -> bytes | None:
    """Return a file's bytes; None where the check itself has to say why it cannot be read."""
    place = project.root / path
    try:
        # A pipe would wait for ever for somebody to write into it.
        if place.is_symlink() or not place.is_file() or place.stat().st_size > project.settings.max_bytes:
            return None
        return place.read_bytes()
    except OSError:
        return None
