"""Check the copies of one article against each other."""

from __future__ import annotations

from pathlib import Path

import click

from consistency import registry
from consistency.commands import _options
from consistency.commands._copies import distinct_copies, keep_inputs, load_copies
from consistency.commands._screen import emit, screen_width, wants_color
from consistency.config import Settings
from consistency.reporters._reporter import Context, Reporter, fails
from consistency.writing import require_writable

_REPORTERS = "consistency.reporters"


@click.command("check")
@click.argument("source")
@click.argument("translations", nargs=-1, metavar="TRANSLATION...")
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
    source: str,
    translations: tuple[str, ...],
    langs: tuple[str, ...],
    reader: str,
    format_: str,
    output: Path | None,
    fail_on: str,
    min_confidence: float,
    ignored: tuple[str, ...],
    model: str,
    alignments: bool,
    verbose: bool,
    color: str,
) -> int:
    """Say what each TRANSLATION lacks, adds or contradicts.

    The exit code is 1 if an error was found (see --fail-on), 2 if the files could not be checked.
    SOURCE may occur among the translations, so that `check en.md *.md` does what it says.

    Example: consistency check en.md de.md fr.md --format markdown -o comment.md
    """
    paths = distinct_copies(source, translations)
    tags = _options.langs_by_path(langs, paths)
    keep_inputs(output, paths)
    if output is not None:
        require_writable(output)
    from consistency.checks import CHECKS
    from consistency.pipeline import check_documents

    settings = Settings(model, min_confidence, _options.known_checks(ignored), reader=reader)
    report = check_documents(load_copies(paths, tags, settings), settings)
    summaries = {name: row.summary for name, row in CHECKS.items()}
    context = Context(
        wants_color(color, output), screen_width(output), alignments, verbose, fail_on, summaries
    )
    reporter: Reporter = registry.load(_REPORTERS, format_, "REPORTER")
    emit(reporter.render(report, context), output)
    return int(any(fails(finding.severity, fail_on) for finding in report.findings))


COMMAND = check
