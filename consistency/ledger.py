"""Keep the results of a long run so that it can be interrupted at any moment and go on later.

OUT.part holds the results so far. OUT.part.done tells what they belong to: its first line names the
settings, each further line is the digest of an input line whose result is in OUT.part, in the same order. Both are
written out after every article; what a kill left in one of them only is cut off and done again.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import IO

from consistency.records import ConsistencyError

_DIGEST_BYTES = 8


class Ledger:
    """Hold the two files of a run, open, locked and cut to whole entries; use in a `with`.

    key: one line that is the same for two runs exactly if their results may be mixed.
    """

    def __init__(self, out: Path, key: str) -> None:
        self._out = out.resolve()
        self._key = key.encode() + b"\n"
        self._part_path = self._out.with_name(self._out.name + ".part")
        self._done_path = self._out.with_name(self._out.name + ".part.done")

    def __enter__(self) -> Ledger:
        with ExitStack() as stack:
            self._done = self._opened(self._done_path, stack)
            self._part = self._opened(self._part_path, stack)
            _lock(self._done, self._part_path)
            self._recover()
            self._close = stack.pop_all().close  # from here on __exit__ does it
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._close()

    def _opened(self, path: Path, stack: ExitStack) -> IO[bytes]:
        try:
            file = path.open("a+b")
        except OSError as error:
            raise ConsistencyError(f"{path}: cannot be written: {error.strerror}") from error
        stack.callback(_closed, file)
        return file

    def _recover(self) -> None:
        """Cut both files to the entries that both have; start anew where there is no result yet."""
        entries = min(_whole_lines(self._part), _whole_lines(self._done) - 1)
        if entries < 1:
            self._part.truncate(0)
            self._done.truncate(0)
            self._append(self._done, self._key)
            return
        self._done.seek(0)
        if self._done.readline() != self._key:
            raise ConsistencyError(
                f"{self._part_path}: left by a run with other settings or another version; "
                "use those to go on with it, or delete it to start again"
            )
        _keep_lines(self._part, entries)
        _keep_lines(self._done, entries + 1)

    def replay(self, lines: Iterator[tuple[int, bytes]]) -> int:
        """Take the lines that have a result off `lines` and return how many they were.

        Raise ConsistencyError where such a line is not the one that the result was made from.
        """
        self._done.seek(len(self._key))
        count = 0
        for entry in self._done:
            number, line = next(lines, (0, b""))
            if entry != _digest(number, line):
                place = f"its line {number} differs" if number else f"it ends after {count} articles"
                raise ConsistencyError(
                    f"{self._part_path}: the input has changed since that run: {place}; delete it to start again"
                )
            count += 1
        return count

    def without_results(self, lines: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
        """Yield the lines that have no result yet, where results came in any order.

        Raise ConsistencyError in the end where a result was made from none of the lines.
        """
        self._done.seek(len(self._key))
        done = set(self._done)
        for number, line in lines:
            digest = _digest(number, line)
            if digest in done:
                done.remove(digest)
            else:
                yield number, line
        if done:
            raise ConsistencyError(
                f"{self._part_path}: the input has changed since that run: {len(done)} results are of lines "
                "that it does not have; delete it to start again"
            )

    def count(self) -> int:
        """Return how many results there are."""
        return _whole_lines(self._done) - 1

    def add(self, article: tuple[int, bytes], result: bytes) -> None:
        """Keep the result of a numbered input line."""
        self._append(self._part, result)
        self._append(self._done, _digest(*article))

    def finish(self, publish: Callable[[Path], None]) -> None:
        """Hand the whole results to `publish`, which may move the file away; then forget the run."""
        try:
            os.fsync(self._part.fileno())
            publish(self._part_path)
            self._part_path.unlink(missing_ok=True)
            self._done_path.unlink()
        except OSError as error:
            raise ConsistencyError(f"{self._out}: cannot be written: {error.strerror}") from error

    def results(self) -> Iterator[bytes]:
        """Yield the result lines so far."""
        with self._part_path.open("rb") as file:
            yield from file

    def _append(self, file: IO[bytes], data: bytes) -> None:
        try:
            file.write(data)
            file.flush()
        except OSError as error:
            raise ConsistencyError(f"{self._part_path}: cannot be written: {error.strerror}") from error


def _closed(file: IO[bytes]) -> None:
    """Close a file; what a full disk did not take is still in its buffer, and has been said."""
    with suppress(OSError):
        file.close()


def _digest(number: int, line: bytes) -> bytes:
    return hashlib.blake2b(b"%d %s" % (number, line), digest_size=_DIGEST_BYTES).hexdigest().encode() + b"\n"


def _whole_lines(file: IO[bytes]) -> int:
    file.seek(0)
    return sum(line.endswith(b"\n") for line in file)


def _keep_lines(file: IO[bytes], count: int) -> None:
    file.seek(0)
    for _ in range(count):
        file.readline()
    file.truncate(file.tell())


def _lock(file: IO[bytes], path: Path) -> None:
    """Keep a second run away from the same output; the lock goes with the process.

    Systems without `fcntl` (Windows) run unlocked: there an open file cannot be replaced anyway.
    """
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise ConsistencyError(f"{path}: another run is writing it") from error
