"""Check the copies of one article, or all articles of a site, against each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

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
from consistency.site.checking import empty_report, path_in, rooted
from consistency.site.joining import merge
from consistency.writing import require_writable

_REPORTERS = "consistency.reporters"


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
@_options.MODEL
@_options.SINCE
@_options.BASELINE
@click.option("--no-baseline", is_flag=True, help="Report accepted findings as well.")
@click.option("--alignments", is_flag=True, help="Show which segments were aligned (text and json).")
@click.option("-v", "--verbose", is_flag=True, help="Show how each file was read and what made the report.")
@click.option(
    "--color",
    default="auto",
    show_default=True,
    type=click.Choice(("auto", "always", "never")),
    help="Colour the text report; auto: on a terminal, unless NO_COLOR is set.",
)
def check(
    paths: tuple[str, ...],
    langs: tuple[str, ...],
    reader: str,
    format_: str,
    output: Path | None,
    fail_on: str,
    min_confidence: float,
    ignored: tuple[str, ...],
    model: str,
    since: str | None,
    baseline: Path | None,
    no_baseline: bool,
    alignments: bool,
    verbose: bool,
    color: str,
) -> int:
    """Say what each TRANSLATION lacks, adds or contradicts.

    Without paths, check the whole site that consistency.toml describes; with folders, what is in them; with
    one translation, that one against its source. With a SOURCE and its TRANSLATIONs, check just these.

    The exit code is 1 if an error was found (see --fail-on), 2 if the files could not be checked.
    SOURCE may occur among the translations, so that `check en.md *.md` does what it says.

    Example: consistency check en.md de.md fr.md --format markdown -o comment.md
    """
    project = project_here(ignored, model, reader, min_confidence)
    fail_on = fail_on if given("fail_on") else project.fail_on
    work = plan(project, paths, since)
    files = work.files(project)
    tags = _tags(langs, work)
    keep_inputs(output, files)
    if output is not None:
        require_writable(output)
    accepted = () if no_baseline else _accepted(project, baseline)
    strict = given("min_confidence") or given("ignored")
    checked = _checked(project, work, tags, accepted, strict)
    context = Context(
        wants_color(color, output), screen_width(output), alignments, verbose, fail_on, _summaries()
    )
    renderer: Reporter = registry.load(_REPORTERS, format_, "REPORTER")
    emit(renderer.render(checked.report, context), output)
    return _exit_code(checked, fail_on)


def _tags(langs: Sequence[str], work: Work) -> Mapping[str, str]:
    if langs and not work.pair:
        raise ConsistencyError("--lang: for a pair of files; on a site the layouts tell the languages")
    return _options.langs_by_path(langs, work.pair) if work.pair else {}


def _accepted(project: Project, baseline: Path | None) -> tuple[Entry, ...]:
    if baseline is not None and not baseline.exists():
        raise ConsistencyError(f"--baseline {baseline}: no such file")
    return read_baseline(baseline or project.root / FILE)


def _summaries() -> dict[str, str]:
    from consistency.checks import CHECKS

    return {name: row.summary for name, row in CHECKS.items()}


def _checked(
    project: Project, work: Work, tags: Mapping[str, str], accepted: Sequence[Entry], strict: bool
) -> Checked:
    """Check everything and leave out what the baseline accepts.

    strict: options leave findings out, so that an entry which does not occur need not be gone.
    """
    reports: list[Report] = []
    unread: list[str] = []
    used: set[Entry] = set()
    for outcome in outcomes(project, work, tags):
        report, hits = without_accepted(outcome.report, accepted, path_in(project, outcome.report))
        reports.append(report)
        unread += outcome.unread
        used |= hits
    merged = merge(reports or [empty_report(project)])
    checked = None if work.whole else {rooted(project, d.path) for d in merged.documents}
    n_gone = 0 if strict or unread else len(gone(accepted, used, checked))
    notes = (*merged.notes, *_baseline_notes(len(used), n_gone))
    return Checked(replace(merged, notes=notes), tuple(unread))


def _baseline_notes(n_accepted: int, n_gone: int) -> tuple[str, ...]:
    notes = []
    if n_accepted:
        notes.append(f"{n_accepted} finding{'s' * (n_accepted > 1)} accepted in the baseline")
    if n_gone:
        what = (
            "1 entry of the baseline no longer occurs"
            if n_gone == 1
            else f"{n_gone} entries of the baseline no longer occur"
        )
        notes.append(f"{what}; `consistency baseline --prune` drops what is gone")
    return tuple(notes)


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
