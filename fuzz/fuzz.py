"""Fuzz readers and extractors, guided by coverage: `pip install atheris && python fuzz/fuzz.py -max_total_time=600`.

The first byte chooses the reader, the second the language, the rest is the file. A ConsistencyError is an answer; any
other exception is a crash, and its input belongs into the tables of tests/readers or tests/test_hostile.py.
"""

from __future__ import annotations

import sys
from contextlib import suppress

from consistency.facts import read_facts
from consistency.languages import load_language, supported
from consistency.readers._load import readers
from consistency.records import ConsistencyError
from consistency.segment import segment

READERS = sorted(readers().values(), key=lambda reader: reader.name)


def one(data: bytes) -> None:
    """Read one input as one format and language."""
    if len(data) < 3:
        return
    reader = READERS[data[0] % len(READERS)]
    tag = supported()[data[1] % len(supported())]
    content = data[2:] if reader.binary else data[2:].decode("utf-8", "replace")
    with suppress(ConsistencyError):
        document = reader.read(content, "fuzz")
        segment(document)
        read_facts(document, load_language(tag))


if __name__ == "__main__":
    import atheris

    atheris.instrument_all()
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
