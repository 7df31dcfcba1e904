"""Work on a Ray cluster, by default one that is started on this machine (extra `ray`).

One actor a core loads the model once and takes chunks of articles through the object store; Ray restarts an
actor that died and sends it its chunk again. Ray Data was measured first (benchmarks/engines.py): on the same
chunks it took about twice as long, it is slower to begin, and it keeps a core for its own reading.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
from itertools import cycle
from typing import Any

from consistency.engines.protocol import Article, Work, WorkerLost
from consistency.records import ConsistencyError

_RETRIES = 2  # of a chunk, by Ray itself, each on an actor that was started again


class _Worker:
    """Live in an actor: the work, made once."""

    def __init__(self, start: Callable[[], Work]) -> None:
        self._work = start()

    def run(self, chunk: Sequence[Article]) -> list[bytes]:
        """Return the results of a chunk."""
        return [self._work(number, line) for number, line in chunk]


class Actors:
    """Hold a pool of Ray actors (see protocol.Pool)."""

    def __init__(self, start: Callable[[], Work], workers: int, address: str = "") -> None:
        self._ray = _connected(workers, address)
        self.workers = workers or int(self._ray.cluster_resources().get("CPU", 1))
        self._actor = self._ray.remote(_Worker)
        self._start = start
        self._fill()

    def submit(self, chunk: Sequence[Article]) -> Any:
        """Send a chunk to the next actor in turn."""
        return next(self._turns).run.remote(chunk)

    def result(self, handle: Any) -> list[bytes]:
        """Wait for the results; raise WorkerLost where Ray has given up on the chunk."""
        try:
            results: list[bytes] = self._ray.get(handle)
        except (self._ray.exceptions.RayActorError, self._ray.exceptions.RayTaskError) as error:
            if isinstance(error, self._ray.exceptions.RayTaskError):
                raise error.as_instanceof_cause() from error
            raise WorkerLost from error
        return results

    def finished(self, handles: Sequence[Any]) -> int:
        """Wait for the first of the chunks that is done, and return its index."""
        done, _ = self._ray.wait(list(handles), num_returns=1, fetch_local=False)
        return handles.index(done[0])

    def renew(self) -> None:
        """Start all actors anew."""
        for actor in self._actors:
            self._ray.kill(actor)
        self._fill()

    def close(self) -> None:
        """Let go of the cluster; one that was started here ends."""
        self._ray.shutdown()

    def _fill(self) -> None:
        made = self._actor.options(num_cpus=1, max_restarts=-1, max_task_retries=_RETRIES)
        self._actors = [made.remote(self._start) for _ in range(self.workers)]
        self._turns = cycle(self._actors)


def _connected(workers: int, address: str) -> Any:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is sent anywhere unless somebody asks for it
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")  # said as a warning at every start otherwise
    try:
        import ray
    except ImportError as error:
        raise ConsistencyError("--engine ray: needs ray: pip install 'consistency[ray]'") from error
    here = {"address": "local", "num_cpus": workers, "include_dashboard": False}
    where: dict[str, Any] = {"address": address} if address else here
    try:
        ray.init(log_to_driver=False, logging_level=logging.ERROR, **where)
    except (ConnectionError, ValueError, RuntimeError) as error:
        reason = str(error).strip().splitlines()
        raise ConsistencyError(f"--engine ray: no cluster at {address or 'this machine'}: {reason[0]}") from error
    return ray


ENGINE = Actors
