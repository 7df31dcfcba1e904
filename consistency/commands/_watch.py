"""Do something again whenever files change."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable

import click

from consistency.records import ConsistencyError

_PAUSE = 0.5  # seconds between two looks; only times and sizes are read

Stamps = dict[str, tuple[int, int]]


def watching(run: Callable[[], tuple[int, Iterable[str]]]) -> int:
    """Run again and again; between two runs wait until a file of the earlier one changes.

    run: returns an exit code and the paths to watch. What could not be checked is said, and tried again when
    the files that were watched before change. Ends by an interruption only.
    """
    watched: tuple[str, ...] = ()
    while True:
        started = time.time_ns()
        try:
            watched = tuple(run()[1])
        except ConsistencyError as error:
            if not watched:
                raise
            click.echo(f"consistency: error: {' '.join(str(error).split())}", err=True)
        before = _stamps(watched)
        # A file that changed while it was checked; folders do, because the report is written into one.
        late = any(before[path][0] > started for path in watched if path in before)
        while not late and _stamps(watched) == before:
            time.sleep(_PAUSE)


def _stamps(paths: Iterable[str]) -> Stamps:
    """Return time and size of each file, and of its folder, where new files show; what is gone is left out."""
    found: Stamps = {}
    places = set(paths)
    for path in places | {os.path.dirname(path) or "." for path in places}:
        try:
            status = os.stat(path)
        except OSError:
            continue
        found[path] = (status.st_mtime_ns, status.st_size)
    return found
