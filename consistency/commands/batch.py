"""Check many articles, one a line."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import IO

import click

from consistency import __version__
from consistency.batch import Article, Check, Tally, checked, numbered, tally
from consistency.commands import _options
from consistency.commands._copies import keep_inputs
from consistency.config import Settings
from consistency.ledger import Ledger
from consistency.records import ConsistencyError, Report
from consistency.writing import require_writable

_PATIENCE = 2.0  # seconds of work before a progress bar is worth its line


@click.command("batch")
@click.argument("input_", metavar="IN.jsonl", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="OUT.jsonl",
    type=click.Path(path_type=Path),
    help="The results; until they are whole, OUT.jsonl.part.",
)
@_options.fail_on("never")
@_options.MIN_CONFIDENCE
@_options.IGNORE
@_options.MODEL
@_options.JUDGE
@_options.SCORES
def batch(
    input_: Path,
    output: Path,
    fail_on: str,
    min_confidence: float,
    ignored: tuple[str, ...],
    model: str,
    judge: str,
    scores: bool,
) -> int:
    """Check many articles, one a line of JSON.

    A line of IN is {"id": …, "source": "en", "documents": {"en": "…", "de": "…"}, "format": "text"}; the
    format, text unless given, may be text, markdown, html or lines.

    Writes one line of results for each, in the same order. A line that cannot be checked gets its error
    and the run goes on. After an interruption the same command goes on where it stopped. The exit code
    is 0 unless --fail-on asks for more; a line that could not be checked then makes it 2.

    Example: consistency batch articles.jsonl -o findings.jsonl
    """
    require_writable(output)
    keep_inputs(output, (str(input_),))
    settings = Settings(model, min_confidence, _options.known_checks(ignored), judge=judge)
    with ExitStack() as stack:
        file = stack.enter_context(_opened(input_))
        lines = numbered(_with_progress(file, input_.stat().st_size, stack))
        ledger = stack.enter_context(Ledger(output, _key(settings, scores)))
        if resumed := ledger.replay(lines):
            click.echo(f"consistency: going on after {resumed} articles", err=True)
        check = _checker(settings)
        for number, line in lines:
            ledger.add(line, checked(number, line, check, scores).line())
        ledger.finish()
    with _opened(output) as results:
        return _verdict(tally(results, fail_on), fail_on)


def _checker(settings: Settings) -> Check:
    """Return the function that checks one article; the model is loaded once, here."""
    from consistency.pipeline import check, load_embedder

    embedder = load_embedder(settings)

    def check_article(article: Article) -> Report:
        return check(
            article.documents, article.source, format=article.format, settings=settings, embedder=embedder
        )

    return check_article


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise ConsistencyError(f"{path}: cannot be read: {error.strerror}") from error


def _key(settings: Settings, scores: bool) -> str:
    """Return one line that names whatever may change a result."""
    return f"consistency {__version__} {json.dumps(asdict(settings), sort_keys=True, default=sorted)}{' scores' * scores}"


def _with_progress(lines: Iterable[bytes], size: int, stack: ExitStack) -> Iterator[bytes]:
    """Pass the lines on; show a progress bar on a terminal once the work has lasted a while."""
    start, waiting, bar = time.monotonic(), 0, None
    for line in lines:
        yield line
        waiting += len(line)
        if bar is None and sys.stderr.isatty() and time.monotonic() - start > _PATIENCE:
            bar = stack.enter_context(click.progressbar(length=size, file=sys.stderr))
        if bar is not None:
            bar.update(waiting)
            waiting = 0


def _verdict(total: Tally, fail_on: str) -> int:
    if total.errors:
        click.echo(
            f"consistency: {total.errors} of {total.articles} articles could not be checked; see their error",
            err=True,
        )
    if fail_on == "never":
        return 0
    return 2 if total.errors else int(total.failing > 0)


COMMAND = batch
