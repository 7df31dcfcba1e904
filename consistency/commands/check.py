"""Check the copies of one article, or all articles of a site, against each other."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from consistency import registry
from consistency.baseline import FILE, Entry, gone, read_baseline, without_accepted
from consistency.commands import _options
from consistency.commands._copies import keep_inputs
from consistency.commands._screen import emit, screen_width, wants_color
from consistency.commands._site import Work, given, outcomes, plan, project_here
from consistency.config import Project
from consistency.records import ConsistencyError, Report
from consistency.reporters._reporter import Context, Reporter, fails
from consistency.site.checking import empty_report, path_in
from consistency.site.joining import merge
from consistency.site.paths import rooted
from consistency.site.spreading import Means
from consistency.writing import require_writable

_REPORTERS = "consistency.reporters"
_BACKLOG = 20  # findings on a site that was never checked; fewer are mended sooner than they are accepted


@dataclass(frozen=True, slots=True)
class Options:
    """Hold the command line, as the options below describe it."""

    paths: tuple[str, ...]
    langs: tuple[str, ...]
    reader: str
    format_: str
    output: Path | None
    fail_on: str
    min_confidence: float
    ignored: tuple[str, ...]
    boilerplate: tuple[str, ...]
    model: str
    judge: str
    time_limit: float
    since: str | None
    baseline: Path | None
    no_baseline: bool
    alignments: bool
    scores: bool
    verbose: bool
    color: str
    jobs: int | None
    cache_folder: Path | None
    no_cache: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """Hold the joined report and what could not be read."""

    report: Report
    unread: tuple[str, ...]


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[SOURCE TRANSLATION... | PATH...]")
@_options.LANG
@_options.READER
@click.option(
    "-f",
    "--format",
    "format_",
    default="text",
    show_default=True,
    type=click.Choice(registry.names(_REPORTERS)),
    help="How to report.",
)
@_options.OUTPUT
@_options.fail_on("error")
@_options.MIN_CONFIDENCE
@_options.IGNORE
@_options.BOILERPLATE
@_options.MODEL
@_options.JUDGE
@_options.TIME_LIMIT
@_options.SINCE
@_options.BASELINE
@click.option("--no-baseline", is_flag=True, help="Report accepted findings as well.")
@click.option("--alignments", is_flag=True, help="Show which segments were aligned (text and json).")
@_options.SCORES
@click.option("-v", "--verbose", is_flag=True, help="Show how each file was read and what made the report.")
@click.option(
    "--color",
    default="auto",
    show_default=True,
    type=click.Choice(("auto", "always", "never")),
    help="Colour the text report; auto: on a terminal, unless NO_COLOR is set.",
)
@_options.JOBS
@_options.CACHE
@_options.NO_CACHE
@click.option("--watch", is_flag=True, help="Check again whenever a file changes, until interrupted.")
def check(watch: bool, **options: Any) -> int:
    """Say what each TRANSLATION lacks, adds or contradicts.

    Without paths, check the whole site that consistency.toml describes; with folders, what is in them; with
    one translation, that one against its source. With a SOURCE and its TRANSLATIONs, check just these.

    The exit code is 1 if an error was found (see --fail-on), 2 if the files could not be checked.
    SOURCE may occur among the translations, so that `check en.md *.md` does what it says.

    Example: consistency check en.md de.md fr.md --format markdown -o comment.md
    """
    wanted = Options(**options)
    if not watch:
        return _run(wanted)[0]
    from consistency.commands._watch import watching

    return watching(lambda: _run(wanted))


def _run(options: Options) -> tuple[int, tuple[str, ...]]:
    """Check once and report; return the exit code, and the paths whose change would change the outcome."""
    project = project_here(
        options.ignored, options.model, options.reader, options.min_confidence, options.judge
    )
    boilerplate = (*project.settings.boilerplate, *options.boilerplate)
    settings = replace(project.settings, time_limit=options.time_limit, boilerplate=boilerplate)
    project = replace(project, settings=settings)
    fail_on = options.fail_on if given("fail_on") else project.fail_on
    work = plan(project, options.paths, options.since)
    tags = _tags(options.langs, work)
    files = (*work.files(project), *_own_files(project, options))
    keep_inputs(options.output, files)
    if options.output is not None:
        require_writable(options.output)
    accepted = () if options.no_baseline else _accepted(project, options.baseline)
    with _means(options, project, work) as means:
        checked = _checked(project, work, tags, accepted, means)
    emit(_rendered(checked.report, options, fail_on), options.output)
    _suggest_baseline(work, checked.report, options)
    return _exit_code(checked, fail_on), files


@contextmanager
def _means(options: Options, project: Project, work: Work) -> Iterator[Means]:
    """Open the cache for a site; say once where it cannot be used."""
    if options.no_cache or not work.articles:
        yield Means(options.jobs)
        return
    from consistency.cache import Cache

    cache = Cache(_options.cache_at(options.cache_folder, project))
    try:
        yield Means(options.jobs, cache)
    finally:
        cache.close()
        if cache.trouble:
            click.echo(f"consistency: {cache.trouble}", err=True)


def _suggest_baseline(work: Work, report: Report, options: Options) -> None:
    """Say, after the first look at a whole site, how to live with its backlog."""
    n_findings = len(report.findings)
    n_accepted = report.counts["findings_accepted"]
    if work.whole and n_findings >= _BACKLOG and not n_accepted and not options.no_baseline:
        click.echo(
            f"consistency: {n_findings} findings and no baseline yet: once you have looked through them, "
            "`consistency baseline` accepts what there is, and only new ones fail",
            err=True,
        )


def _own_files(project: Project, options: Options) -> tuple[str, ...]:
    """Return the paths of the configuration and the baseline."""
    configuration = [str(project.root / project.file)] if project.file else []
    return (*configuration, str(options.baseline or project.root / FILE))


def _rendered(report: Report, options: Options, fail_on: str) -> str:
    from consistency.checks import CHECKS

    context = Context(
        wants_color(options.color, options.output),
        screen_width(options.output),
        options.alignments,
        options.verbose,
        fail_on,
        {name: row.summary for name, row in CHECKS.items()},
        options.scores,
    )
    reporter: Reporter = registry.load(_REPORTERS, options.format_, "REPORTER")
    return reporter.render(report, context)


def _tags(langs: Sequence[str], work: Work) -> Mapping[str, str]:
    if langs and not work.pair:
        raise ConsistencyError("--lang: for a pair of files; on a site the layouts tell the languages")
    return _options.langs_by_path(langs, work.pair) if work.pair else {}


def _accepted(project: Project, baseline: Path | None) -> tuple[Entry, ...]:
    if baseline is not None and not os.path.exists(baseline):
        raise ConsistencyError(f"--baseline {baseline}: no such file")
    return read_baseline(baseline or project.root / FILE)


def _checked(
    project: Project, work: Work, tags: Mapping[str, str], accepted: Sequence[Entry], means: Means
) -> Checked:
    """Check everything and leave out what the baseline accepts."""
    reports: list[Report] = []
    unread: list[str] = []
    used: set[Entry] = set()
    n_accepted = 0
    for outcome in outcomes(project, work, tags, means):
        report, hits = without_accepted(outcome.report, accepted, path_in(project, outcome.report))
        n_accepted += len(outcome.report.findings) - len(report.findings)
        reports.append(report)
        unread += outcome.unread
        used |= hits
    merged = merge(reports or [empty_report(project)])
    checked = None if work.whole else {rooted(project, d.path) for d in merged.documents}
    # Where options or errors leave findings out, an entry that does not occur need not be gone.
    partly = unread or given("min_confidence") or given("ignored")
    n_gone = 0 if partly else len(gone(accepted, used, checked))
    counts = {**merged.counts, "findings_accepted": n_accepted, "entries_gone": n_gone}
    return Checked(replace(merged, counts=counts), tuple(unread))


def _exit_code(checked: Checked, fail_on: str) -> int:
    """Return 2 where a file went unread: what nobody read must not pass for clean."""
    if checked.unread and fail_on != "never":
        n_files = len(checked.unread)
        click.echo(
            f"consistency: {n_files} file{'s' * (n_files > 1)} could not be read; see the report", err=True
        )
        return 2
    return int(any(fails(finding.severity, fail_on) for finding in checked.report.findings))


COMMAND = check
