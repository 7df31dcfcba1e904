"""Keep results on disk by the hash of all that they depend on, in one SQLite file.

The standard library's sqlite3, not diskcache: that one had no release since 2023 and reads pickles (CVE-2025-69872),
and what is needed of it is one table. SQLite's write-ahead log makes it safe for several processes and for a kill
at any moment. A cache that cannot be used never fails a check: `trouble` says why, once, and all is computed.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache as remembered
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from consistency import __version__
from consistency.records import ConsistencyError

MOST_BYTES = 500_000_000  # of results; the oldest go first
FILE = "results.sqlite3"
_PATIENCE = 10.0  # seconds to wait for another process that writes
_KEPT = 0.9  # share of MOST_BYTES that stays when it is exceeded
_TABLE = "CREATE TABLE IF NOT EXISTS results (key BLOB PRIMARY KEY, value BLOB NOT NULL, size INTEGER NOT NULL, used REAL NOT NULL)"


@dataclass(frozen=True, slots=True)
class Stats:
    """Tell what a cache holds: results, bytes of them, and when the oldest was last used (seconds since 1970)."""

    results: int
    size: int
    oldest: float | None


class Cache:
    """Hold an open cache; `trouble` is why it is not used, "" while it is."""

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self.path = folder / FILE
        self.trouble = ""
        self._most_bytes = most_bytes
        self._used: list[tuple[float, bytes]] = []
        self._written = False
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None)
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=NORMAL")
            self._connection.execute(_TABLE)
        except (OSError, sqlite3.Error) as error:
            self._give_up(error)

    def get(self, key: bytes) -> bytes | None:
        """Return the result of a key; None where there is none, or none that can be read."""
        if self.trouble:
            return None
        try:
            row = self._connection.execute("SELECT value FROM results WHERE key = ?", (key,)).fetchone()
            if row is None:
                return None
            value = zlib.decompress(row[0])
        except sqlite3.Error as error:
            self._give_up(error)
            return None
        except (zlib.error, TypeError):  # a damaged row is computed and written again
            return None
        self._used.append((time.time(), key))
        return value

    def put(self, key: bytes, value: bytes) -> None:
        """Keep a result."""
        if self.trouble:
            return
        packed = zlib.compress(value, 1)
        try:
            row = (key, packed, len(packed), time.time())
            self._connection.execute("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?)", row)
            self._written = True
        except sqlite3.Error as error:
            self._give_up(error)

    def close(self) -> None:
        """Note what was used, make room where there is too much, and close."""
        try:
            if not self.trouble:
                self._connection.execute("BEGIN IMMEDIATE")
                self._connection.executemany("UPDATE results SET used = ? WHERE key = ?", self._used)
                if self._written:
                    self._make_room()
                self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._give_up(error)
        finally:
            if hasattr(self, "_connection"):
                self._connection.close()

    def _make_room(self) -> None:
        """Delete what was not used for longest, down to _KEPT of the limit."""
        rows = self._connection.execute("SELECT key, size FROM results ORDER BY used DESC").fetchall()
        total = sum(size for _, size in rows)
        if total <= self._most_bytes:
            return
        while rows and total > _KEPT * self._most_bytes:
            key, size = rows.pop()
            total -= size
            self._connection.execute("DELETE FROM results WHERE key = ?", (key,))

    def _give_up(self, error: Exception) -> None:
        self.trouble = f"the cache {self.path} cannot be used: {error}; `consistency cache --clear` makes it anew"


def stats(folder: Path) -> Stats:
    """Return what a cache holds; raise ConsistencyError where it cannot be read."""
    path = folder / FILE
    if not path.exists():
        return Stats(0, 0, None)
    try:
        connection = sqlite3.connect(path, timeout=_PATIENCE)
        try:
            if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'results'").fetchone():
                return Stats(0, 0, None)  # another process is just making it
            row = connection.execute("SELECT count(*), coalesce(sum(size), 0), min(used) FROM results").fetchone()
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise ConsistencyError(f"{path}: cannot be read: {error}; `consistency cache --clear` makes it anew") from error
    return Stats(*row)


def clear(folder: Path) -> None:
    """Delete a cache, damaged or not."""
    for suffix in ("", "-wal", "-shm"):
        path = folder / (FILE + suffix)
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise ConsistencyError(f"{path}: cannot be deleted: {error.strerror}") from error


def key_of(parts: Iterable[bytes]) -> bytes:
    """Return the key of all that a result depends on, the program itself among it."""
    digest = hashlib.blake2b(program(), digest_size=20)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()


@remembered
def program() -> bytes:
    """Return the hash of the version, and of all code and data in the package but the model's table, which has a signature."""
    digest = hashlib.blake2b(__version__.encode(), digest_size=20)
    for place in _files(resources.files("consistency")):
        digest.update(place.name.encode())
        digest.update(place.read_bytes())
    return digest.digest()


def _files(folder: Traversable) -> Iterable[Traversable]:
    for place in sorted(folder.iterdir(), key=lambda place: place.name):
        if place.is_dir():
            yield from _files(place)
        elif place.name.endswith((".py", ".toml", ".json")) and place.name != "tokenizer.json":
            yield place
