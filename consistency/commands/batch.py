"""Check many articles, one a line of JSON or a row of Parquet, over cores or a cluster."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import asdict
from functools import partial
from itertools import chain, islice
from pathlib import Path

import click

from consistency import __version__, registry
from consistency.batch import Tally, lost, numbered, tally, worker
from consistency.commands import _options
from consistency.commands._copies import keep_inputs
from consistency.config import Settings
from consistency.engines.protocol import CHUNK, Work, in_order
from consistency.ledger import Ledger
from consistency.records import ConsistencyError
from consistency.shards import kept_at, publish, require_packages, shards
from consistency.writing import require_writable

_PATIENCE = 2.0  # seconds of work before a progress bar is worth its line


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
@click.option("--address", default="", help="The Ray cluster; one is started on this machine unless given.")
@_options.fail_on("never")
@_options.MIN_CONFIDENCE
@_options.IGNORE
@_options.MODEL
@_options.JUDGE
@_options.TIME_LIMIT
@_options.SCORES
def batch(
    input_: str,
    output: str,
    jobs: int | None,
    engine: str,
    address: str,
    fail_on: str,
    min_confidence: float,
    ignored: tuple[str, ...],
    model: str,
    judge: str,
    time_limit: float,
    scores: bool,
) -> int:
    """Check many articles, one a line of JSON or a row of Parquet.

    A line of IN is {"id": …, "source": "en", "documents": {"en": "…", "de": "…"}, "format": "text"}; the
    format, text unless given, may be text, markdown, html or lines. IN and OUT may be paths or URLs, IN also
    a pattern in quotes, as "part-*.parquet".

    Writes one line of results for each, in the same order. A line that cannot be checked gets its error
    and the run goes on. After an interruption the same command goes on where it stopped. The exit code
    is 0 unless --fail-on asks for more; a line that could not be checked then makes it 2.

    Example: consistency batch articles.jsonl -o findings.jsonl
    """
    kept = _kept(output, input_)
    settings = Settings(model, min_confidence, _options.known_checks(ignored), judge=judge, time_limit=time_limit)
    if address and engine != "ray":
        raise ConsistencyError(f"--address {address}: only --engine ray has one")
    with ExitStack() as stack:
        source = shards(input_)
        lines = numbered(_with_progress(source.lines(), source.size, stack))
        first = list(islice(lines, 1))
        ledger = stack.enter_context(Ledger(kept, _key(settings, scores)))
        lines = chain(first, lines)
        if resumed := ledger.replay(lines):
            click.echo(f"consistency: going on after {resumed} articles", err=True)
        start = partial(worker, settings, scores)
        for line, result in _results(lines, start, engine, jobs, address, stack):
            ledger.add(line, result)
        total = tally(ledger.results(), fail_on)
        ledger.finish(lambda part: publish(part, output))
    return _verdict(total, fail_on)


def _kept(output: str, input_: str) -> Path:
    """Return where the results are kept until they are whole; raise ConsistencyError unless that can be."""
    kept = kept_at(output)
    require_writable(kept)
    keep_inputs(kept, (input_,))
    for place in (input_, output):
        require_packages(place)
    return kept


def _results(
    lines: Iterator[tuple[int, bytes]],
    start: Callable[[], Work],
    engine: str,
    jobs: int | None,
    address: str,
    stack: ExitStack,
) -> Iterator[tuple[bytes, bytes]]:
    """Yield (line, result) in order; a handful of articles is not worth a process."""
    few = list(islice(lines, CHUNK + 1))
    rest = chain(few, lines)
    workers = jobs or (0 if address else _cores())
    if engine == "processes" and (workers == 1 or len(few) <= CHUNK):
        if few:  # else there is nothing to load a model for
            work = start()
            yield from ((line, work(number, line)) for number, line in rest)
        return
    pool = registry.load("consistency.engines", engine, "ENGINE")(start, workers, address)
    stack.callback(pool.close)
    yield from in_order(rest, pool, lost)


def _cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _key(settings: Settings, scores: bool) -> str:
    """Return one line that names whatever may change a result."""
    return f"consistency {__version__} {json.dumps(asdict(settings), sort_keys=True, default=sorted)}{' scores' * scores}"


def _with_progress(lines: Iterable[bytes], size: int | None, stack: ExitStack) -> Iterator[bytes]:
    """Pass the lines on; on a terminal, once the work has lasted a while, show the share of the bytes that
    are done, or where their sum is not known the number of articles.
    """
    start, waiting, bar = time.monotonic(), 0, None
    for line in lines:
        yield line
        waiting += 1 if size is None else len(line)
        if bar is None and sys.stderr.isatty() and time.monotonic() - start > _PATIENCE:
            nothing: Iterator[None] = (None for _ in ())  # what click takes for work without a known end
            shown = click.progressbar(nothing if size is None else None, size, show_pos=size is None, file=sys.stderr)
            bar = stack.enter_context(shown)
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
