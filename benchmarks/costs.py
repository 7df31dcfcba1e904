"""Run a command and tell what it cost: wall and processor seconds and memory, of all its processes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

# One thread of the linear algebra library: what is measured is one core.
ENVIRONMENT = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
_EVERY = 0.1  # seconds between two looks at the processes
_HIGHEST = re.compile(r"VmHWM:\s+(\d+) kB")
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE") / 1e6


@dataclass(frozen=True)
class Cost:
    """Hold what one command cost.

    wall, cpu: seconds, the latter of all processes. peak: memory of the largest process in MB; together: of all at
    the worst moment, what they share counted in each.
    """

    wall: float
    cpu: float
    peak: float
    together: float

    def __str__(self) -> str:
        return f"{self.wall:.2f} s wall, {self.cpu:.2f} s cpu, {self.peak:.0f} MB, {self.together:.0f} MB of all processes"


class _Watch(threading.Thread):
    """Look at the processes of a session until stopped: those that a fork server makes are nobody's children."""

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self._session = str(session)
        self._over = threading.Event()
        self._cpu: dict[str, float] = {}
        self._highest: dict[str, float] = {}
        self.peak = self.together = 0.0

    def run(self) -> None:
        while not self._over.wait(_EVERY):
            sizes = [self._look(place) for place in Path("/proc").glob("[0-9]*/stat")]
            self.peak = max(self._highest.values(), default=0.0)
            self.together = max(self.together, sum(sizes))

    def _look(self, place: Path) -> float:
        """Return the memory of a process in MB, and remember its time; 0 where it is no process of the session."""
        try:
            fields = place.read_text().rpartition(")")[2].split()  # from the third on, the state
        except OSError:
            return 0.0
        if fields[3] != self._session:
            return 0.0
        self._cpu[place.parent.name] = (int(fields[11]) + int(fields[12])) / _TICKS
        try:
            status = place.with_name("status").read_text()
        except OSError:
            return 0.0
        if (highest := _HIGHEST.search(status)) is not None:
            self._highest[place.parent.name] = int(highest[1]) / 1024
        return int(fields[21]) * _PAGE

    def stop(self) -> None:
        self._over.set()
        self.join()

    def cpu(self, but: int) -> float:
        """Return the processor seconds of all processes but one."""
        return sum(seconds for process, seconds in self._cpu.items() if process != str(but))


def run(arguments: Sequence[str], folder: Path | None = None, program: Sequence[str] = ()) -> Cost:
    """Run `python -m consistency` or another program; raise SystemExit where it fails."""
    start = time.perf_counter()
    command = [*(program or (sys.executable, "-m", "consistency")), *arguments]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=said, env=ENVIRONMENT, cwd=folder, start_new_session=True
        )
        watch = _Watch(process.pid)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        watch.stop()
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        if process.returncode not in (0, 1):
            raise SystemExit(f"{' '.join(command)}: exit {process.returncode}: {said.read().decode()}")
    # What wait4 says of memory may be this process's own, from before the program was loaded.
    own = watch.peak or usage.ru_maxrss / 1024
    cpu = usage.ru_utime + usage.ru_stime + watch.cpu(process.pid)
    return Cost(wall, cpu, own, max(own, watch.together))
