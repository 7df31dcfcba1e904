"""Accept the findings there are."""

from __future__ import annotations

from pathlib import Path

import click

from consistency.baseline import FILE, Entry, entries_of, gone, read_baseline, updated, written
from consistency.commands import _options
from consistency.commands._site import Work, outcomes, plan, project_here
from consistency.config import Project
from consistency.records import ConsistencyError
from consistency.reporters._copies import plural
from consistency.site.checking import path_in
from consistency.site.paths import require_inside, rooted, shown_path
from consistency.site.spreading import Means
from consistency.writing import require_writable, write_atomic


@click.command("baseline")
@click.argument("paths", nargs=-1, metavar="[SOURCE TRANSLATION... | PATH...]")
@click.option("--reason", default="backlog", show_default=True, help="Why the new entries are accepted.")
@click.option("--prune", is_flag=True, help="Only drop the entries that no longer occur; accept nothing.")
@_options.MODEL
@_options.JUDGE
@_options.BASELINE
def baseline(paths: tuple[str, ...], reason: str, prune: bool, model: str, judge: str, baseline: Path | None) -> int:
    """Accept the findings there are: only new ones fail a check.

    Writes one entry a finding to consistency-baseline.toml. Reasons that are there already stay; --reason is
    for new entries. Paths are those of `consistency check`, and only their entries are touched.

    Example: consistency baseline --reason "before the first check"
    """
    project = project_here((), model, "", 0.0, judge)
    path = baseline or project.root / FILE
    if baseline is None:
        require_inside(project, FILE)
    require_writable(path)
    old = read_baseline(path)
    work = plan(project, paths, None)
    found, checked = _found(project, work, reason)
    keys = {entry.key for entry in found}
    lost = gone(old, {entry for entry in old if entry.key in keys}, checked)
    entries = tuple(entry for entry in old if entry not in lost) if prune else updated(old, found)
    write_atomic(path, written(entries))
    shown = path if baseline else Path(shown_path(project, FILE))
    click.echo(_summary(shown, old, entries, 0 if prune else len(lost)))
    return 0


def _found(project: Project, work: Work, reason: str) -> tuple[tuple[Entry, ...], set[str] | None]:
    """Return today's findings as entries, and the paths that were checked (None: all of the site)."""
    found: list[Entry] = []
    paths: set[str] = set()
    for outcome in outcomes(project, work, {}, Means()):
        if outcome.unread:
            raise ConsistencyError(f"{outcome.unread[0]}; repair or exclude it before a baseline is written")
        found += entries_of(outcome.report, path_in(project, outcome.report), reason)
        paths |= {rooted(project, document.path) for document in outcome.report.documents}
    return tuple(found), None if work.whole else paths


def _summary(path: Path, old: tuple[Entry, ...], entries: tuple[Entry, ...], n_lost: int) -> str:
    before, after = {entry.key for entry in old}, {entry.key for entry in entries}
    accepted = f"{plural(len(after), 'finding')} accepted"
    text = f"{path}: {accepted}, {len(after - before)} of them new; {len(before - after)} dropped"
    if not n_lost:
        return text
    verb, which = ("occurs", "it") if n_lost == 1 else ("occur", "them")
    return f"{text}; {n_lost} no longer {verb} (--prune drops {which})"


COMMAND = baseline
