"""Measure what an engine costs beside the work: the same chunks through processes, Ray actors and Ray Data.

The work is a counted loop of about two milliseconds an article. Ray Data needs `pip install 'ray[data]'`; it
is measured to say why `consistency batch --engine ray` does without it.

    python benchmarks/engines.py [--articles 2000] [--workers 2]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

from consistency import registry
from consistency.engines.protocol import CHUNK, Work, in_order

LOOPS = 40_000


def work(number: int, line: bytes) -> bytes:
    """Count, so that the processor has something to do, and answer."""
    for _ in range(LOOPS):
        number += 1
    return line.upper()


def start() -> Work:
    """Make the work; there is nothing to load."""
    return work


def articles(n: int) -> Iterator[tuple[int, bytes]]:
    """Yield numbered lines of the length of a short article."""
    return ((number, b"%d " % number + b"x" * 5000) for number in range(n))


def pooled(name: str, n: int, workers: int) -> tuple[float, float]:
    """Return the seconds until the first result and those of the rest."""
    begun = time.perf_counter()
    with ExitStack() as stack:
        pool = registry.load("consistency.engines", name, "ENGINE")(start, workers, "")
        stack.callback(pool.close)
        results = in_order(articles(n), pool, work)
        next(results)
        first = time.perf_counter()
        assert sum(1 for _ in results) == n - 1
        return first - begun, time.perf_counter() - first


class Shouter:
    """Work on a batch of Ray Data."""

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        """Return the results as one column."""
        return {"line": [work(0, line) for line in batch["line"]]}


def ray_data(n: int, workers: int) -> tuple[float, float]:
    """Return the seconds until the first result and those of the rest; one core more, which its reading takes."""
    import ray
    import ray.data

    begun = time.perf_counter()
    ray.init(address="local", num_cpus=workers + 1, include_dashboard=False, log_to_driver=False)
    context = ray.data.DataContext.get_current()
    context.execution_options.preserve_order = True
    context.enable_progress_bars = False
    rows = ray.data.from_items([{"line": line} for _, line in articles(n)], override_num_blocks=n // CHUNK)
    results = iter(rows.map_batches(Shouter, batch_size=CHUNK, concurrency=workers).iter_rows())
    next(results)
    first = time.perf_counter()
    assert sum(1 for _ in results) == n - 1
    ended = time.perf_counter()
    ray.shutdown()
    return first - begun, ended - first


def main() -> None:
    """Print a line an engine."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    n, workers = options.articles, options.workers
    begun = time.perf_counter()
    for number, line in articles(n):
        work(number, line)
    alone = time.perf_counter() - begun
    print(f"one process: {alone:.2f} s for {n} articles")
    runs: list[tuple[str, Callable[[], tuple[float, float]]]] = [
        ("processes", lambda: pooled("processes", n, workers)),
        ("ray actors", lambda: pooled("ray", n, workers)),
        ("ray data", lambda: ray_data(n, workers)),
    ]
    for name, run in runs:
        first, rest = run()
        print(f"{name}, {workers} workers: first result after {first:.2f} s, the rest {rest:.2f} s ({rest / alone:.2f} of one process)")


if __name__ == "__main__":
    main()
