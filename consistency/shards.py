"""Read articles from and bring results to wherever they lie: JSON Lines or Parquet, a path, a pattern or a URL.

A plain local file of JSON Lines needs nothing but Python. For the rest there is the extra `cluster`: fsspec
opens what has a scheme (s3://, gs://, https://, …), a pattern (part-*.jsonl) or a compression, as it does for
pandas, Dask and Ray; pyarrow, the reference implementation, reads and writes Parquet a batch of rows at a time.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from consistency.records import ConsistencyError
from consistency.writing import encoded

LONGEST_LINE = 100_000_000  # bytes of one article with all its copies
_ROWS = 64  # of a Parquet file in memory at a time; articles are long
_GROUP = 1000  # results in a row group: a megabyte or so
_REMOTE = re.compile(r"^[a-z][a-z0-9+.-]+://", re.IGNORECASE)  # two letters at least: C:\ is a drive
_PACKED = (".gz", ".bz2", ".xz", ".zst")
_PARQUET = ".parquet"
_COLUMNS = ("id", "source", "documents", "format")


@dataclass(frozen=True, slots=True)
class Shards:
    """Hold the files of an input, in the order of their names; size: their bytes, None where that is not known."""

    places: tuple[str, ...]
    size: int | None

    def lines(self) -> Iterator[bytes]:
        """Yield every article as one line of JSON; a row of Parquet is made one.

        Raise ConsistencyError where a file cannot be read, or a Parquet file lacks a column.
        """
        for place in self.places:
            yield from _rows(place) if place.endswith(_PARQUET) else _plain_lines(place)


def shards(place: str) -> Shards:
    """Return the files that a path, a pattern or a URL names; raise ConsistencyError where there is none."""
    if "*" in place:
        with _told(place):
            system, path = _fsspec(place).core.url_to_fs(place)
            found = sorted(system.glob(path))
        if not found:
            raise ConsistencyError(f"{place}: no file has such a name")
        return Shards(tuple(map(system.unstrip_protocol, found) if is_remote(place) else found), None)
    if is_remote(place):
        return Shards((place,), None)
    try:
        size = os.stat(place).st_size
    except OSError as error:
        raise ConsistencyError(f"{place}: cannot be read: {error.strerror}") from error
    return Shards((place,), size if _is_plain(place) else None)


def is_remote(place: str) -> bool:
    """Tell whether a place is a URL."""
    return _REMOTE.match(place) is not None


def kept_at(place: str) -> Path:
    """Return the local file whose name a run's half-done results are kept under: the output itself, or for a
    URL a file of its name in the current folder.
    """
    return Path(place.rstrip("/").rpartition("/")[2] if is_remote(place) else place)


def publish(results: Path, place: str) -> None:
    """Bring whole results, a local file of JSON Lines, to `place`; whole or not at all for a local one.

    Raise ConsistencyError where the store refuses.
    """
    if is_remote(place):
        require_packages(place)
    target = kept_at(place).resolve()
    if place.endswith(_PARQUET):
        with tempfile.NamedTemporaryFile(dir=results.parent, prefix=f".{target.name}.", delete=False) as file:
            made = Path(file.name)
        try:
            with _told(place):
                _write_parquet(results, made)
            _bring(made, place, target)
        finally:
            made.unlink(missing_ok=True)
    else:
        _bring(results, place, target)


def require_packages(place: str) -> None:
    """Raise ConsistencyError unless what `place` needs is installed; meant for before a long piece of work."""
    if not _is_plain(place):
        _fsspec(place)
    if place.endswith(_PARQUET):
        _parquet(place)


def _is_plain(place: str) -> bool:
    return not (is_remote(place) or "*" in place or place.endswith((*_PACKED, _PARQUET)))


def _plain_lines(place: str) -> Iterator[bytes]:
    if _is_plain(place):
        try:
            with open(place, "rb") as file:
                yield from _bounded(file)
        except OSError as error:
            raise ConsistencyError(f"{place}: cannot be read: {error.strerror}") from error
        return
    with _told(place), _fsspec(place).open(place, "rb", compression="infer") as file:
        yield from _bounded(file)


def _bounded(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the lines of a file; of one that is too long only as much as shows that it is."""
    while line := file.readline(LONGEST_LINE + 1):
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = file.readline(LONGEST_LINE)
        yield line


def _rows(place: str) -> Iterator[bytes]:
    parquet, opener = _parquet(place), _fsspec(place)
    with _told(place), opener.open(place, "rb") as raw:
        file = parquet.ParquetFile(raw)
        names = file.schema_arrow.names
        for needed in ("source", "documents"):
            if needed not in names:
                raise ConsistencyError(f"{place}: no column {needed!r}; there are {', '.join(names)}")
        columns = [name for name in _COLUMNS if name in names]
        for rows in file.iter_batches(batch_size=_ROWS, columns=columns):
            for row in rows.to_pylist():
                yield _as_line(row)


def _as_line(row: dict[str, Any]) -> bytes:
    """Return a row as the JSON line that says the same; columns that hold nothing are left out.

    documents: a map of strings (pairs; a key that comes twice stays so and is refused with the line), a
    struct with one field a language (nothing: no copy), or the JSON text of an object.
    """
    documents = row.pop("documents")
    if isinstance(documents, str):
        whole = documents
    else:
        pairs = documents.items() if isinstance(documents, dict) else documents or ()
        whole = "{" + ", ".join(f"{_json(lang)}: {_json(text)}" for lang, text in pairs if text is not None) + "}"
    fields = [f"{_json(name)}: {_json(value)}" for name, value in row.items() if value is not None]
    return encoded("{" + ", ".join([*fields, f'"documents": {whole}']) + "}\n")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _write_parquet(results: Path, made: Path) -> None:
    """Write result lines as rows: id, error, findings by severity, and the line itself as `result`."""
    parquet = _parquet(str(made))
    arrow = importlib.import_module("pyarrow")
    text, count = arrow.string(), arrow.int32()
    schema = arrow.schema(
        [("id", text), ("error", text), ("errors", count), ("warnings", count), ("notes", count), ("result", text)]
    )
    with results.open("rb") as lines, parquet.ParquetWriter(made, schema, compression="zstd") as writer:
        for rows in _batches(map(_as_row, lines), _GROUP):
            writer.write_batch(arrow.RecordBatch.from_pylist(rows, schema=schema))


def _as_row(line: bytes) -> dict[str, Any]:
    found = json.loads(line)
    severities = [finding["severity"] for finding in found["findings"]]
    return {
        "id": None if found["id"] is None else str(found["id"]),
        "error": found["error"],
        **{f"{severity}s": severities.count(severity) for severity in ("error", "warning", "note")},
        "result": line.decode("utf-8").rstrip("\n"),
    }


def _batches(rows: Iterable[dict[str, Any]], size: int) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _bring(made: Path, place: str, target: Path) -> None:
    if not is_remote(place):
        os.replace(made, target)
        return
    with _told(place):
        system, path = _fsspec(place).core.url_to_fs(place)
        system.put_file(str(made), path)


@contextmanager
def _told(place: str) -> Iterator[None]:
    """Say what a store or a Parquet file refuses as one line; the stores raise whatever their clients raise."""
    try:
        yield
    except (ConsistencyError, GeneratorExit):
        raise
    except Exception as error:
        reason = str(error).strip().splitlines() or [type(error).__name__]
        raise ConsistencyError(f"{place}: {reason[0]}") from error


def _fsspec(place: str) -> Any:
    return _package("fsspec", place)


def _parquet(place: str) -> Any:
    return _package("pyarrow.parquet", place)


def _package(name: str, place: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise ConsistencyError(
            f"{place}: needs {name.partition('.')[0]}: pip install 'consistency[cluster]'"
        ) from error
