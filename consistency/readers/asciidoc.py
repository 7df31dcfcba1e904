"""Read AsciiDoc: sections, lists, tables, delimited blocks, macros and attributes.

An own reader, because no maintained Python library parses it. Attribute references (`{version}`) stay as they
are: they are placeholders, which copies share.
"""

from __future__ import annotations

from consistency.readers._builder import Builder
from consistency.readers._content import lines_of
from consistency.readers._reader import Reader
from consistency.records import Document


def read(raw: str, path: str) -> Document:
    """Return the content of an AsciiDoc file; nothing in it is ever refused."""
    # Here: all readers load to find one by suffix.
    from consistency.readers._asciidoc_blocks import AsciidocWalk

    builder = Builder(raw, path)
    AsciidocWalk(builder).read(lines_of(raw))
    return builder.document()


READER = Reader("asciidoc", (".adoc", ".asciidoc", ".asc"), read)
