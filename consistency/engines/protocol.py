"""Say what an engine is, and feed it: chunks of articles out to workers, results back in order or as they finish."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Protocol

Article = tuple[int, bytes]
"""A line of input and its number from 1."""
Work = Callable[[int, bytes], bytes]
"""From an article to its result; never raises for what is wrong with an article."""

CHUNK = 8
"""Articles that travel together: a worker's round trip costs about 1 ms, an article 50 to 100 ms."""
_AHEAD = 3  # chunks under way for each worker: none waits, and memory does not grow with the input


class WorkerLost(Exception):
    """Say that the worker died before it had answered: killed, out of memory, crashed in native code."""


class Pool(Protocol):
    """Hold workers that have each made the work once; `start` and what it makes are theirs alone."""

    @property
    def workers(self) -> int:
        """Return how many chunks are worked on at the same time."""

    def submit(self, chunk: Sequence[Article]) -> Any:
        """Send a chunk to a worker and return a handle."""

    def result(self, handle: Any) -> list[bytes]:
        """Wait for a chunk's results, one an article; raise WorkerLost."""

    def finished(self, handles: Sequence[Any]) -> int:
        """Wait until a chunk is done, or its worker lost, and return the index of its handle."""

    def renew(self) -> None:
        """Replace the workers that were lost; handles from before are void."""

    def close(self) -> None:
        """End all workers at once."""


Engine = Callable[[Callable[[], Work], int, str], Pool]
"""From (start, workers, address) to a pool; address: "" for this machine."""


Flow = Callable[[Iterable[Article], Pool, Work], Iterator[tuple[Article, bytes]]]
"""From (articles, pool, lost) to each article and its result; lost: makes the result of an article whose worker
died over it, alone, a second time. A bounded number of articles is under way."""


def in_order(articles: Iterable[Article], pool: Pool, lost: Work) -> Iterator[tuple[Article, bytes]]:
    """Yield (article, result) in the order of the input (see Flow)."""
    return _flow(articles, pool, lost, lambda handles: 0)


def as_finished(articles: Iterable[Article], pool: Pool, lost: Work) -> Iterator[tuple[Article, bytes]]:
    """Yield (article, result) as they finish, so that a long article holds up no others (see Flow)."""
    return _flow(articles, pool, lost, pool.finished)


def _flow(
    articles: Iterable[Article], pool: Pool, lost: Work, turn: Callable[[Sequence[Any]], int]
) -> Iterator[tuple[Article, bytes]]:
    """Yield (article, result); turn: which of the handles is next."""
    rest = iter(articles)
    pending: list[tuple[list[Article], Any]] = []
    while True:
        while len(pending) < pool.workers * _AHEAD and (chunk := list(islice(rest, CHUNK))):
            pending.append((chunk, pool.submit(chunk)))
        if not pending:
            return
        chunk, handle = pending.pop(turn([handle for _, handle in pending]))
        try:
            results = pool.result(handle)
        except WorkerLost:
            pool.renew()
            results = [_alone(article, pool, lost) for article in chunk]
            pending = [(waiting, pool.submit(waiting)) for waiting, _ in pending]
        yield from zip(chunk, results, strict=True)


def _alone(article: Article, pool: Pool, lost: Work) -> bytes:
    """Try an article by itself: the one that kills its worker must not take its neighbours along."""
    try:
        return pool.result(pool.submit([article]))[0]
    except WorkerLost:
        pool.renew()
        return lost(*article)
