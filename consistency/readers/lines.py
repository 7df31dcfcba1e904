"""Read one segment a line, as parallel corpora and batch callers have them; nothing is split further."""

from __future__ import annotations

from consistency.readers._builder import Builder, line_starts
from consistency.readers._reader import Reader
from consistency.records import Document


def read(raw: str, path: str) -> Document:
    """Return one block of kind `line` for each line that is not blank."""
    builder = Builder(raw, path)
    starts = line_starts(raw)
    for start, stop in zip(starts, [*starts[1:], len(raw)], strict=True):
        builder.begin("line")
        builder.words(start, stop)
    return builder.document()


READER = Reader("lines", (".lines",), read)
