"""Read Markdown: CommonMark with tables, footnotes, front matter, HTML and the dialects' directives."""

from __future__ import annotations

from consistency.readers._builder import Builder
from consistency.readers._reader import Reader
from consistency.records import Document


def read(raw: str, path: str) -> Document:
    """Return a Markdown file's content; raise ConsistencyError for front matter or comments never closed."""
    # Here: the parser takes 60 ms to import, and all readers load to find one by suffix.
    from consistency.readers._directives import prepare
    from consistency.readers._front_matter import read_front_matter
    from consistency.readers._markdown_walk import MarkdownWalk

    builder = Builder(raw, path)
    body = read_front_matter(builder)
    MarkdownWalk(builder, prepare(raw, body, mdx=path.lower().endswith(".mdx"))).read()
    return builder.document()


READER = Reader("markdown", (".md", ".markdown", ".mdx", ".mdown", ".mkd"), read)
