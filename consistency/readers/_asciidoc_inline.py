"""Write the inline markup of AsciiDoc into a builder, each text at its place."""

from __future__ import annotations

import re

from consistency.readers._builder import Builder
from consistency.readers._content import Content

# Every alternative is bounded, so that an opener without closer costs little.
_INLINE = re.compile(
    r"(?P<macro>(?:link|mailto|xref|kbd|btn|menu|footnote|image|icon|anchor|indexterm2?|pass|stem|footnoteref):"
    r"(?P<target>[^\s\[\]]{0,500})\[(?P<label>(?:[^\]\\]|\\.){0,500})\])"
    r"|(?P<url>(?:https?|ftp)://[^\s\[\]<>]{1,1000})(?:\[(?P<text>(?:[^\]\\]|\\.){0,500})\])?"
    r"|<<(?P<anchor>[^<>,\n]{1,200})(?:,(?P<title>[^<>]{0,300}))?>>"
    r"|\[\[[^\[\]\n]{1,200}\]\]"
    r"|(?P<attributes>\[[#.][^\[\]\n]{1,100}\](?=[#*_`]))"
    r"|(?P<literal>(?<![\w`])`(?!\s)(?:[^`]){1,500}`(?![\w`])|``[^`]{1,500}``|(?<!\w)\+[^+\s](?:[^+\n]{0,500}[^+\s])?\+(?!\w))"
    r"|\*\*(?P<strong2>[^*]{1,1000})\*\*|(?<![\w*])\*(?P<strong>(?!\s)[^*]{1,1000})\*(?![\w*])"
    r"|__(?P<em2>[^_]{1,1000})__|(?<!\w)_(?P<em>(?!\s)[^_]{1,1000})_(?!\w)"
    r"|##(?P<mark2>[^#]{1,1000})##|(?<!\w)#(?P<mark>(?!\s)[^#]{1,1000})#(?!\w)"
    r"|\^(?P<raised>[^\^\s]{1,100})\^|(?<=\w)~(?P<lowered>[^~\s]{1,100})~"
    r"|\+{3}(?P<passed>[^+]{1,500})\+{3}"
    r"|(?P<callout><(?:\d{1,3}|\.)>)",
    re.DOTALL,
)
_SPANS = ("strong2", "strong", "em2", "em", "mark2", "mark", "passed", "raised", "lowered")
_SILENT = frozenset({"anchor", "indexterm", "icon", "footnoteref"})
_FIRST = re.compile(r"\s*(?:\"(?P<quoted>[^\"]*)\"|(?P<bare>[^,\]=]*))(?=,|$)")


class AsciidocInline:
    """Write one content after the other into a builder."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder

    def write(self, content: Content, start: int = 0, stop: int | None = None) -> None:
        """Write content.text[start:stop]."""
        stop = len(content.text) if stop is None else stop
        position = start
        for match in _INLINE.finditer(content.text, start, stop):
            if content.text[match.start() - 1 : match.start()] == "\\" and match.start() > start:
                continue
            self._words(content, position, match.start())
            self._token(content, match)
            position = match.end()
        self._words(content, position, stop)

    def _words(self, content: Content, start: int, stop: int) -> None:
        """Write plain text: character references resolved, line ends soft, `+` at a line's end a break."""
        position = start
        for match in re.finditer(r"(?: \+)?\n|\\(?=[*_`#<{\[])", content.text[start:stop]):
            self._parts(content, position, start + match.start())
            if match[0] != "\\":
                self.builder.blank(content.offset(start + match.end() - 1), soft=match[0] == "\n")
            position = start + match.end()
        self._parts(content, position, stop)

    def _parts(self, content: Content, start: int, stop: int) -> None:
        for begin, end in content.parts(start, stop):
            self.builder.decoded(begin, end)

    def _token(self, content: Content, match: re.Match[str]) -> None:
        if match["macro"]:
            self._macro(content, match)
        elif match["url"]:
            self._link(
                content, match["url"], match.span("text" if match["text"] else "url"), bare=not match["text"]
            )
        elif match["anchor"]:
            self._link(
                content, match["anchor"], match.span("title" if match["title"] else "anchor"), bare=True
            )
        elif match["literal"]:
            width = 2 if match["literal"].startswith("``") else 1
            mark = self.builder.mark_start
            self._words(content, match.start() + width, match.end() - width)
            self.builder.mark("code", mark, None)
        else:
            for name in _SPANS:
                if match[name]:
                    self.builder.raised = name == "raised"
                    self.write(content, *match.span(name))
            self.builder.raised = False

    def _macro(self, content: Content, match: re.Match[str]) -> None:
        name, target, label = match["macro"].partition(":")[0], match["target"], match.span("label")
        if name in _SILENT:
            return
        if name in ("link", "mailto", "xref"):
            address = f"mailto:{target}" if name == "mailto" else target
            self._link(
                content, address, label if match["label"] else match.span("target"), bare=not match["label"]
            )
        elif name == "image":
            mark = self.builder.mark_start
            self.builder.blank(content.offset(match.start()))
            self._first(content, label)
            self.builder.mark("image", mark, target)
            self.builder.blank(content.offset(match.end() - 1))
        elif name == "menu":
            self._words(content, *match.span("target"))
            self.builder.blank(content.offset(label[0]))
            self._words(content, *label)
        elif name == "footnote":
            self.builder.blank(content.offset(match.start()))
            self._words(content, *label)
        else:
            self._words(content, *label)

    def _link(self, content: Content, address: str, span: tuple[int, int], *, bare: bool) -> None:
        mark = self.builder.mark_start
        if bare:
            self._words(content, *span)
        else:
            self._first(content, span)
        self.builder.mark("link", mark, address)

    def _first(self, content: Content, span: tuple[int, int]) -> None:
        """Write the first positional attribute of a macro; the named ones (window=, width=) are markup."""
        text = content.text[slice(*span)]
        if "=" not in text and not text.startswith('"'):
            self.write(content, span[0], span[0] + len(text.removesuffix("^")))
            return
        match = _FIRST.match(text)
        if match:
            group = "quoted" if match["quoted"] is not None else "bare"
            self.write(content, span[0] + match.start(group), span[0] + match.end(group))
