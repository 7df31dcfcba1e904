"""Spread work: a handful of articles is done here, more of them by an engine, which is closed whatever happens."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable
from itertools import chain, islice

from consistency import registry
from consistency.engines.protocol import CHUNK, Article, Flow, Work, in_order

DIED = "the process died over it: killed, out of memory or crashed"
"""Why an article has no result that was tried twice, the second time alone."""


def spread(
    articles: Iterable[Article],
    start: Callable[[], Work],
    lost: Work,
    *,
    engine: str = "processes",
    workers: int | None = None,
    address: str = "",
    flow: Flow = in_order,
) -> Generator[tuple[Article, bytes], None, None]:
    """Yield (article, result) in the order of the flow.

    start: makes the work, once in each worker. lost: see Flow.
    workers: None: as many as this process may use cores, or as the cluster at `address` has.
    """
    rest = iter(articles)
    few = list(islice(rest, CHUNK + 1))  # a process takes a second to start and to load the model
    rest = chain(few, rest)
    workers = workers or (0 if address else _cores())
    if engine == "processes" and (workers == 1 or len(few) <= CHUNK):
        if few:  # else there is nothing to load a model for
            work = start()
            yield from ((article, work(*article)) for article in rest)
        return
    pool = registry.load("consistency.engines", engine, "ENGINE")(start, workers, address)
    try:
        yield from flow(rest, pool, lost)
    finally:
        pool.close()


def _cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
