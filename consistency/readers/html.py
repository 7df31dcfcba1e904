"""Read HTML: the article's content, cut into blocks, with the place of every character.

The article is `main`, else every `article`, else the body without what surrounds articles. The pieces come
from an own tokenizer (see _tags, which says why); malformed HTML is read as far as it makes sense and never
refused. A comment that never ends is refused: everything behind it would silently count as absent.
"""

from __future__ import annotations

from consistency.readers._builder import Builder
from consistency.readers._html_walk import HtmlWalk, refuse_open_comment
from consistency.readers._reader import Reader
from consistency.readers._tags import Piece, attribute, pieces
from consistency.records import Document


def _region(found: list[Piece]) -> str:
    """Return the name of the element that holds the article: main, article or body ("" for all)."""
    names = {piece.name for piece in found if piece.kind == "open"}
    return next((name for name in ("main", "article") if name in names), "")


def _head(builder: Builder, found: list[Piece]) -> None:
    """Read the title, the description and the language that the head declares."""
    raw = builder.raw
    languages: list[str] = []
    for index, piece in enumerate(found):
        if piece.kind != "open":
            continue
        if piece.name in ("html", "main", "article") and "lang" in piece.attributes:
            languages.append(attribute(raw, piece, "lang"))
        if piece.name == "title" and index + 1 < len(found) and not builder.blocks:
            following = found[index + 1]
            if following.kind == "text":
                builder.begin("title")
                builder.decoded(following.start, following.stop)
                builder.end()
        if piece.name == "meta" and attribute(raw, piece, "name").lower() == "description":
            content = piece.attributes.get("content")
            if content and content[0] < content[1]:
                builder.begin("description")
                builder.decoded(*content)
                builder.end()
        if piece.name == "meta" and attribute(raw, piece, "http-equiv").lower() == "content-language":
            languages.append(attribute(raw, piece, "content"))
    if any(languages):
        builder.meta["html:lang"] = next(filter(None, languages))


def read(raw: str, path: str) -> Document:
    """Return the article of an HTML file; raise ConsistencyError where a comment is never closed."""
    builder = Builder(raw, path)
    found = list(pieces(raw))
    for piece in found:
        refuse_open_comment(builder, piece)
    _head(builder, found)
    region = _region(found)
    walk = HtmlWalk(builder, surrounding=not region)
    depth = 0
    for piece in found:
        if region and piece.name == region and piece.kind in ("open", "close"):
            depth = max(0, depth + (1 if piece.kind == "open" else -1))
        if depth or not region or (piece.name == region and piece.kind == "close"):
            walk.read(piece)
    return builder.document()


READER = Reader("html", (".html", ".htm", ".xhtml"), read)
