"""Read reStructuredText: sections, lists, tables, directives and roles, as docutils and Sphinx have them.

An own reader of the block structure, because docutils tells lines only and knows no Sphinx. Directives are
markup; the content of those that hold text is read, that of code is compared as it stands.
"""

from __future__ import annotations

from consistency.readers._builder import Builder
from consistency.readers._content import lines_of
from consistency.readers._reader import Reader
from consistency.records import Document


def read(raw: str, path: str) -> Document:
    """Return the content of a reStructuredText file; nothing in it is ever refused."""
    # Here: all readers load to find one by suffix.
    from consistency.readers._rst_blocks import RstWalk

    builder = Builder(raw, path)
    RstWalk(builder).read(lines_of(raw))
    return builder.document()


READER = Reader("rst", (".rst", ".rest"), read)
