"""Stop work on one article that takes too long: an alarm of the system, so that no thread and no step need ask.

A step inside C code is stopped when it comes back, which all of ours do within a fraction of a second.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from consistency.records import ConsistencyError


class OutOfTime(ConsistencyError):
    """Say that an article was given up."""


class _Stop(BaseException):
    """Pass through everything that handles errors, up to `limited`."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise OutOfTime where the work inside takes longer; 0: it may take as long as it likes.

    Only in a main thread, and not on Windows, which has no such alarm: there nothing is stopped.
    """
    if not seconds or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise _Stop

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except _Stop:
        raise OutOfTime(f"not checked: over the time limit of {seconds:g} seconds") from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
