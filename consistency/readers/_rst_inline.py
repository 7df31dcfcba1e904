"""Write the inline markup of reStructuredText into a builder, each text at its place."""

from __future__ import annotations

import re

from consistency.readers._builder import Builder
from consistency.readers._content import Content

# Every alternative is bounded or excludes its own delimiter, so that an opener without closer costs little.
_INLINE = re.compile(
    r"``(?P<literal>(?:[^`]|`(?!`)){1,1000}?)``"
    r"|:(?P<role>[a-zA-Z][\w:.+-]{0,60}):`(?P<body>(?:[^`\\]|\\.){1,1000})`"
    r"|`(?P<phrase>(?:[^`\\]|\\.){1,1000})`(?::[a-zA-Z][\w:.+-]{0,60}:|__?)?"
    r"|\*\*(?P<strong>(?:[^*\\]|\\.|\*(?!\*)){1,1000})\*\*"
    r"|(?<![\w*])\*(?P<em>(?![\s*])(?:[^*\\]|\\.){1,1000})\*(?!\w)"
    r"|(?P<note>\[(?:\d{1,4}|#[\w-]{0,40}|\*|[A-Za-z][\w.-]{0,40})\]_(?!\w))"
    r"|\|(?P<substitution>[^|\s][^|\n]{0,100})\|(?:__?)?"
    r"|(?P<reference>(?<!\w)[^\W_](?:[\w.+-]{0,80}[^\W_])?)__?(?!\w)"
    r"|\\(?P<escaped>.)",
    re.DOTALL,
)
_TITLED = re.compile(r"(?P<title>.*?)\s*<(?P<target>[^<>]*)>$", re.DOTALL)
# Roles whose text is code; the reader's own words are in every other one.
_CODE_WORDS = (
    "code literal file command program option envvar kbd samp regexp class func meth mod attr data exc obj const "
    "macro c cpp py js rst envvar makevar newsgroup dfn token ctype cfunc type math setting django-admin"
)
_CODE = frozenset(_CODE_WORDS.split())


class RstInline:
    """Write one content after the other into a builder."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder

    def write(self, content: Content, start: int = 0, stop: int | None = None) -> None:
        """Write content.text[start:stop]."""
        stop = len(content.text) if stop is None else stop
        position = start
        for match in _INLINE.finditer(content.text, start, stop):
            self._words(content, position, match.start())
            self._token(content, match)
            position = match.end()
        self._words(content, position, stop)

    def _words(self, content: Content, start: int, stop: int) -> None:
        """Write plain text; the line ends of the content are soft."""
        position = start
        for match in re.finditer("\n", content.text[start:stop]):
            self._parts(content, position, start + match.start())
            self.builder.blank(content.offset(start + match.start()), soft=True)
            position = start + match.end()
        self._parts(content, position, stop)

    def _parts(self, content: Content, start: int, stop: int) -> None:
        for begin, end in content.parts(start, stop):
            self.builder.words(begin, end)

    def _token(self, content: Content, match: re.Match[str]) -> None:
        kind = match.lastgroup or ""
        if kind == "literal":
            self._marked("code", content, *match.span("literal"))
        elif kind == "body":
            self._role(content, match["role"], *match.span("body"))
        elif kind == "phrase":
            self._phrase(content, *match.span("phrase"))
        elif kind in ("strong", "em"):
            self.write(content, *match.span(kind))
        elif kind in ("substitution", "reference"):
            self._words(content, *match.span(kind))
        elif kind == "escaped" and not match["escaped"].isspace():
            self._words(content, *match.span("escaped"))

    def _role(self, content: Content, role: str, start: int, stop: int) -> None:
        """Write an interpreted text: its title if it has one, else all of it."""
        name = role.rpartition(":")[2].lower()
        self.builder.raised = name in ("sup", "superscript")
        if name in _CODE or role.partition(":")[0] in ("py", "c", "cpp", "js"):
            while start < stop - 1 and content.text[start] in "~!":
                start += 1
            self._marked("code", content, start, stop)
        else:
            self._phrase(content, start, stop)
        self.builder.raised = False

    def _phrase(self, content: Content, start: int, stop: int) -> None:
        """Write `text <target>` as a link, anything else as text."""
        match = _TITLED.match(content.text, start, stop)
        if match is None or not match["title"].strip():
            bare = match.span("target") if match else (start, stop)
            self._escaped(content, *bare)
            return
        mark = self.builder.mark_start
        self._escaped(content, *match.span("title"))
        self.builder.mark("link", mark, match["target"].strip())

    def _escaped(self, content: Content, start: int, stop: int) -> None:
        position = start
        for match in re.finditer(r"\\(.)", content.text[start:stop], re.DOTALL):
            self._words(content, position, start + match.start())
            position = start + match.start(1) + match[1].isspace()
        self._words(content, position, stop)

    def _marked(self, kind: str, content: Content, start: int, stop: int) -> None:
        mark = self.builder.mark_start
        self._words(content, start, stop)
        self.builder.mark(kind, mark, None)
