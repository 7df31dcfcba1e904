"""Work in processes beside this one, with the standard library's pool: nothing else starts as cheaply.

The processes come from a fork server where there is one: a fork of this process would inherit the threads'
locks of the libraries that it has loaded, and a spawned one reads every module anew.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool

from consistency.engines.protocol import Article, Work, WorkerLost

_work: Work | None = None  # of a worker process; set once, when it starts


class Processes:
    """Hold a pool of processes (see protocol.Pool)."""

    def __init__(self, start: Callable[[], Work], workers: int, address: str = "") -> None:
        self.workers = workers
        self._start = start
        self._executor = self._made()

    def submit(self, chunk: Sequence[Article]) -> Future[list[bytes]]:
        """Send a chunk to the next process that is free."""
        try:
            return self._executor.submit(_run, chunk)
        except BrokenProcessPool:  # said where its result is asked for, in its turn
            failed: Future[list[bytes]] = Future()
            failed.set_exception(BrokenProcessPool())
            return failed

    def result(self, handle: Future[list[bytes]]) -> list[bytes]:
        """Wait for the results; raise WorkerLost where any process of the pool died, which ends them all."""
        try:
            return handle.result()
        except BrokenProcessPool as error:
            raise WorkerLost from error

    def finished(self, handles: Sequence[Future[list[bytes]]]) -> int:
        """Wait for the first of the chunks that is done, and return its index."""
        done, _ = wait(handles, return_when=FIRST_COMPLETED)
        return next(index for index, handle in enumerate(handles) if handle in done)

    def renew(self) -> None:
        """Start all processes anew."""
        self.close()
        self._executor = self._made()

    def close(self) -> None:
        """Kill the processes: they hold nothing that is not made again."""
        processes = list((self._executor._processes or {}).values())  # the pool has no call for this before 3.14
        self._executor.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.kill()

    def _made(self) -> ProcessPoolExecutor:
        methods = multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        return ProcessPoolExecutor(self.workers, context, _begin, (self._start,))


def _begin(start: Callable[[], Work]) -> None:
    """Make the work of this process; leave Ctrl-C to the parent, and go when the parent is gone."""
    global _work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow, daemon=True).start()
    _work = start()


def _follow() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _run(chunk: Sequence[Article]) -> list[bytes]:
    assert _work is not None
    return [_work(number, line) for number, line in chunk]


ENGINE = Processes
