"""Check many articles, one a line of JSON or a row of Parquet, over cores or a cluster."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, closing
from dataclasses import asdict
from functools import partial
from itertools import chain, islice
from pathlib import Path

import click

from consistency import __version__
from consistency.batch import Tally, lost, numbered, tally, worker
from consistency.commands import _options
from consistency.commands._copies import keep_inputs
from consistency.commands._progress import with_progress
from consistency.config import Settings
from consistency.engines._spread import spread
from consistency.engines.protocol import Article, Work, as_finished, in_order
from consistency.ledger import Ledger
from consistency.records import ConsistencyError
from consistency.shards import kept_at, publish, require_packages, shards
from consistency.writing import require_writable

Spread = Callable[[Iterator[Article]], Generator[tuple[Article, bytes], None, None]]


@click.command("batch")
@click.argument("input_", metavar="IN")
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="OUT",
    help="The results, .jsonl or .parquet; until they are whole, OUT.part.",
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(1),
    help="Processes that check; as many as there are cores unless given.",
)
@click.option(
    "--engine",
    type=click.Choice(("processes", "ray")),
    default="processes",
    show_default=True,
    help="Where they run: beside this process, or on a Ray cluster.",
)
@click.option("--unordered", is_flag=True, help="Write the results as they finish, not in the order of IN.")
@click.option("--address", default="", help="The Ray cluster; one is started on this machine unless given.")
@_options.fail_on("never")
@_options.MIN_CONFIDENCE
@_options.IGNORE
@_options.BOILERPLATE
@_options.MODEL
@_options.JUDGE
@_options.TIME_LIMIT
@_options.SCORES
def batch(
    input_: str,
    output: str,
    jobs: int | None,
    engine: str,
    unordered: bool,
    address: str,
    fail_on: str,
    min_confidence: float,
    ignored: tuple[str, ...],
    boilerplate: tuple[str, ...],
    model: str,
    judge: str,
    time_limit: float,
    scores: bool,
) -> int:
    """Check many articles, one a line of JSON or a row of Parquet.

    A line of IN is {"id": …, "source": "en", "documents": {"en": "…", "de": "…"}, "format": "text"}; the
    format, text unless given, may be text, markdown, html or lines. IN and OUT may be paths or URLs, IN also
    a pattern in quotes, as "part-*.parquet".

    Writes one line of results for each, in the same order unless --unordered. A line that cannot be checked
    gets its error and the run goes on. After an interruption the same command goes on where it stopped. The exit code
    is 0 unless --fail-on asks for more; a line that could not be checked then makes it 2.

    Example: consistency batch articles.jsonl -o findings.jsonl
    """
    kept = _kept(output, input_)
    settings = Settings(
        model, min_confidence, _options.known_checks(ignored), judge=judge, time_limit=time_limit, boilerplate=boilerplate
    )
    work = _work(partial(worker, settings, scores), engine, jobs, address, unordered)
    with ExitStack() as stack:
        ledger = _filled(kept, _key(settings, scores, unordered), input_, unordered, work, stack)
        total = tally(ledger.results(), fail_on)
        ledger.finish(lambda part: publish(part, output))
    return _verdict(total, fail_on)


def _work(start: Callable[[], Work], engine: str, jobs: int | None, address: str, unordered: bool) -> Spread:
    """Return what takes articles to their results; raise ConsistencyError for an address that nobody asks for."""
    if address and engine != "ray":
        raise ConsistencyError(f"--address {address}: only --engine ray has one")
    flow = as_finished if unordered else in_order
    return partial(spread, start=start, lost=lost, engine=engine, workers=jobs, address=address, flow=flow)


def _filled(kept: Path, key: str, input_: str, unordered: bool, work: Spread, stack: ExitStack) -> Ledger:
    """Return the ledger of a run with the result of every article; the stack closes it."""
    source = shards(input_)
    lines = numbered(with_progress(source.lines(), source.size, stack, len))
    first = list(islice(lines, 1))
    ledger = stack.enter_context(Ledger(kept, key))
    with closing(work(_resumed(ledger, chain(first, lines), unordered))) as results:
        for article, result in results:
            ledger.add(article, result)
    return ledger


def _kept(output: str, input_: str) -> Path:
    """Return where the results are kept until they are whole; raise ConsistencyError unless that can be."""
    kept = kept_at(output)
    require_writable(kept)
    keep_inputs(kept, (input_,))
    for place in (input_, output):
        require_packages(place)
    return kept


def _resumed(ledger: Ledger, lines: Iterator[Article], unordered: bool) -> Iterator[Article]:
    """Return the lines that have no result from an earlier run, and say how many have one."""
    count = ledger.count() if unordered else ledger.replay(lines)
    if count:
        click.echo(f"consistency: going on after {count} articles", err=True)
    return ledger.without_results(lines) if unordered else lines


def _key(settings: Settings, scores: bool, unordered: bool) -> str:
    """Return one line that names whatever may change a result or its place."""
    how = json.dumps(asdict(settings), sort_keys=True, default=sorted)
    return f"consistency {__version__} {how}{' scores' * scores}{' unordered' * unordered}"


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
