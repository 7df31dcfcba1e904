"""Find the project, decide which articles were meant, and check them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import click

from consistency.commands import _options
from consistency.commands._copies import distinct_copies, load_copies, load_sides
from consistency.commands._progress import with_progress
from consistency.config import Project
from consistency.records import ConsistencyError, Document
from consistency.site.articles import Article, articles_of, list_files, selected, touched
from consistency.site.checking import Outcome, check_copies
from consistency.site.configuration import FILE, find_project
from consistency.site.paths import rooted, shown_path
from consistency.site.repetition import repeats
from consistency.site.spreading import Means
from consistency.site.spreading import outcomes as spread
from consistency.time_limit import limited


@dataclass(frozen=True, slots=True)
class Work:
    """Name what to check: one article by its paths, the source first, or articles of the site.

    pair: a single path is a catalogue that holds both sides.
    whole: every article of the site is among them.
    """

    pair: tuple[str, ...] = ()
    articles: tuple[Article, ...] = ()
    whole: bool = False

    def files(self, project: Project) -> tuple[str, ...]:
        """Return the paths of all files that are read."""
        named = [path for a in self.articles for path in (a.source, *(copy for _, copy in a.copies)) if path]
        return self.pair or tuple(shown_path(project, path) for path in named)


def project_here(
    ignored: Sequence[str], model: str, reader: str, min_confidence: float, judge: str = ""
) -> Project:
    """Return the project of the current folder; what the command line says outright wins."""
    here = _here()
    project = find_project(here) or Project(here)
    settings, overrides = project.settings, project.overrides
    if given("min_confidence"):
        settings = replace(settings, min_confidence=min_confidence)
        overrides = tuple(replace(override, min_confidence=None) for override in overrides)
    off = _options.known_checks(ignored)
    overrides = tuple(replace(o, severities=_without(o.severities, off)) for o in overrides)
    settings = replace(
        settings,
        model=model or settings.model,
        judge=judge or settings.judge,
        reader=reader,
        disabled=settings.disabled | off,
    )
    return replace(project, settings=settings, overrides=overrides)


def _here() -> Path:
    """Return the current folder; raise ConsistencyError where somebody deleted it."""
    try:
        return Path.cwd()
    except OSError as error:
        raise ConsistencyError(f"the current folder cannot be found: {error.strerror}") from None


def given(parameter: str) -> bool:
    """Tell whether the command line itself sets an option."""
    return (
        click.get_current_context().get_parameter_source(parameter) is click.core.ParameterSource.COMMANDLINE
    )


def _without(severities: Mapping[str, str], off: frozenset[str]) -> dict[str, str]:
    return {check: level for check, level in severities.items() if check not in off}


def plan(project: Project, paths: Sequence[str], since: str | None) -> Work:
    """Return the work that the paths ask for: none, the site; folders or one file, what is in them; else a pair."""
    folders = [path for path in paths if os.path.isdir(path)]
    if len(paths) == 1 and since is None and _is_catalogue(project, paths[0]):
        return Work(pair=tuple(paths))
    if len(paths) > 1 and not folders or len(paths) == 1 and not folders and not project.file:
        if since is not None:
            raise ConsistencyError(
                "--since: for a site, its folders or one of its files, not for a pair of files"
            )
        return Work(pair=distinct_copies(paths[0], paths[1:]))
    articles = _whole_site(project)
    if paths:
        articles = _selected(project, articles, paths)
    if since is not None:
        from consistency.history import changed_files

        articles = touched(project, articles, changed_files(project.root, since))
    return Work(articles=articles, whole=not paths and since is None)


def _is_catalogue(project: Project, path: str) -> bool:
    """Tell whether a path is a file that holds both sides, and that no layout describes."""
    from consistency.readers._load import holds_both

    if not os.path.isfile(path) or not holds_both(path, project.settings.reader):
        return False
    return not project.layouts or not selected(
        articles_of(project, list_files(project)), [rooted(project, path)]
    )


def _whole_site(project: Project) -> tuple[Article, ...]:
    """Return all articles; raise ConsistencyError where there are none, so that a slip in a layout passes for no clean site."""
    if not project.file:
        raise ConsistencyError(
            f"no {FILE} from {project.root} upwards; write one with `consistency init --write`, "
            "or name a source and its translations"
        )
    if not project.layouts:
        raise ConsistencyError(
            f"{project.root / project.file}: layouts: missing; `consistency init` proposes some"
        )
    articles = articles_of(project, list_files(project))
    if not articles:
        patterns = ", ".join(layout.translations for layout in project.layouts)
        raise ConsistencyError(f"{project.root / project.file}: layouts: no article fits {patterns}")
    return articles


def _selected(project: Project, articles: tuple[Article, ...], paths: Sequence[str]) -> tuple[Article, ...]:
    """Return the articles of all paths, each once; raise ConsistencyError for a path that has none."""
    for path in paths:
        if not os.path.exists(path):
            raise ConsistencyError(f"{path}: no such file or folder")
        if not selected(articles, [rooted(project, path)]):
            raise ConsistencyError(
                f"{path}: no article that the layouts in {project.root / project.file} describe"
            )
    return selected(articles, [rooted(project, path) for path in paths])


def outcomes(project: Project, work: Work, tags: Mapping[str, str], means: Means) -> list[Outcome]:
    """Return the outcome of each article, without what only repeats from page to page."""
    if work.pair:
        with limited(project.settings.time_limit):
            groups = _groups(project, work.pair, tags)
            return [Outcome(check_copies(project, documents, None)) for documents in groups]
    found = list(_checked(project, work, means))
    known = repeats([outcome.report for outcome in found])
    return [replace(outcome, report=known.settled(outcome.report)) for outcome in found]


def _groups(
    project: Project, pair: tuple[str, ...], tags: Mapping[str, str]
) -> tuple[tuple[Document, ...], ...]:
    """Return the copies, the source first; a catalogue may hold several groups of them."""
    if len(pair) == 1:
        return load_sides(pair[0], tags, project.settings, project.source)
    return (load_copies(pair, tags, project.settings),)


def _checked(project: Project, work: Work, means: Means) -> Iterator[Outcome]:
    """Yield the outcome of each article; a progress bar shows on a terminal once that takes a while."""
    with ExitStack() as stack:
        yield from with_progress(spread(project, work.articles, means), len(work.articles), stack)
