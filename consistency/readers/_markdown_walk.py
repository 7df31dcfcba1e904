"""Follow the block tokens of Markdown and tell each text its place.

markdown-it-py parses. A block's content is the
ends of its lines (markdown-it strips only what stands before), so lines are matched from their ends.
"""

from __future__ import annotations

import re

from markdown_it.token import Token

from consistency.readers._builder import Builder
from consistency.readers._content import Content, Line, Run
from consistency.readers._directives import Prepared
from consistency.readers._html_walk import HtmlWalk, refuse_open_comment
from consistency.readers._inline import InlineTags
from consistency.readers._inline_map import parser
from consistency.readers._markdown_inline import InlineWriter
from consistency.readers._tags import pieces

# Info strings of fences that hold text for people.
_PROSE = frozenset({"text", "txt", "plain", "plaintext", "prose", "quote"})
_MARKDOWN = re.compile(r"md|mdx|\w*markdown")  # some viewers prefix the name of the pane the text is for
_DEEPEST = 3  # fences of Markdown within fences of Markdown
_CONTAINERS = {"list_item": "item", "blockquote": "quote", "footnote_reference": "paragraph"}
_TASK = re.compile(r"\[[ xX]\] ")
_INLINE = re.compile(r"\]\(|\]\[|`|\*\*|__")
_LAID_OUT = re.compile(r"^[ \t\u2500-\u257f|+]|\S(?: {2,}|\t)\S")
_PIPE = re.compile(r"(?<!\\)\|")


class MarkdownWalk:
    """Follow the block tokens of one file."""

    def __init__(self, builder: Builder, prepared: Prepared, depth: int = 0) -> None:
        self.builder = builder
        self.lines = prepared.lines
        self.arguments = list(reversed(prepared.arguments))
        self.depth = depth
        self.tags = InlineTags(builder)
        self.md = parser()
        self.env: dict[str, object] = {}
        self.containers: list[str] = []
        self.cells: list[tuple[int, int]] = []  # of the row being read, in the file
        self.cell = 0

    def read(self) -> None:
        """Read the whole file."""
        tokens: list[Token] = []
        self.md.block.parse("\n".join(line.text for line in self.lines), self.md, self.env, tokens)
        for token in tokens:
            self._token(token)
        self._shortcodes(len(self.builder.raw))

    def _token(self, token: Token) -> None:
        name, _, edge = token.type.rpartition("_")
        if name in _CONTAINERS and edge == "open":
            self.containers.append(_CONTAINERS[name])
        elif name in _CONTAINERS:
            self.containers.pop()
        elif token.type == "heading_open":
            self._begin(token, "heading", int(token.tag[1:]))
        elif token.type == "paragraph_open":
            kind = self.containers[-1] if self.containers else "paragraph"
            self._begin(token, kind, 0 if kind == "paragraph" else self.containers.count(kind))
        elif token.type == "tr_open":
            self._begin(token, "row")
            self.cells, self.cell = self._row(token), 0
        elif token.type == "tr_close":
            self.cells = []
        elif token.type == "inline":
            self._inline(token)
        elif token.type in ("fence", "code_block"):
            self._code(token)
        elif token.type == "html_block":
            self._html(token)

    def _begin(self, token: Token, kind: str, level: int = 0) -> None:
        self._shortcodes(self._span(token)[0])
        self.builder.begin(kind, level)

    def _shortcodes(self, before: int) -> None:
        """Write the texts that shortcodes carried, up to a place in the file."""
        while self.arguments and self.arguments[-1][0] < before:
            self.builder.begin("caption")
            self.builder.decoded(*self.arguments.pop())
            self.builder.end()

    def _span(self, token: Token) -> tuple[int, int]:
        """Return the stretch of the file that holds a block's lines."""
        first, last = token.map or [0, 0]
        line = self.lines[min(first, len(self.lines) - 1)]
        return line.stop - len(line.text), self.lines[max(first, last - 1)].stop if last else line.stop

    def _inline(self, token: Token) -> None:
        content = self._content(token)
        tokens = self.md.inline.parse(token.content, self.md, self.env, [])
        writer = InlineWriter(self.builder, self.tags, content)
        task = _TASK.match(token.content) if self.containers[-1:] == ["item"] else None
        writer.write(tokens, skip=task.end() if task else 0)

    def _content(self, token: Token) -> Content:
        """Return a block's content with the place of each of its lines."""
        if self.cells:
            return self._cell(token)
        runs: list[Run] = []
        at = 0
        first = (token.map or [0])[0]
        for index, text in enumerate(token.content.split("\n")):
            line = self.lines[first + index]
            bare = text.strip()
            whole = line.text.rstrip()
            column = len(whole) - len(bare) if whole.endswith(bare) else _heading(whole, bare)
            runs.append(Run(at + len(text) - len(text.lstrip()), line.stop - len(line.text) + column))
            at += len(text) + 1
        return Content(token.content, runs)

    def _row(self, token: Token) -> list[tuple[int, int]]:
        """Return the cells of a table row as stretches of the file."""
        start, stop = self._span(token)
        raw = self.builder.raw
        line = raw[start:stop]
        while self.containers and line.lstrip()[:1] == ">":  # a table in a quote
            start += line.index(">") + 1
            line = raw[start:stop]
        borders = [-1, *(match.start() for match in _PIPE.finditer(line)), len(line)]
        cells = [(start + left + 1, start + right) for left, right in zip(borders, borders[1:], strict=False)]
        if cells and not raw[slice(*cells[0])].strip():
            cells.pop(0)
        return cells

    def _cell(self, token: Token) -> Content:
        """Return a cell's content with its place; `\\|` is a pipe in it."""
        raw = self.builder.raw
        start, stop = self.cells[self.cell] if self.cell < len(self.cells) else (0, 0)
        if self.cell:
            self.builder.cell(max(0, start - 1))
        self.cell += 1
        while start < stop and raw[start].isspace():
            start += 1
        runs = [Run(0, start)]
        at = offset = 0
        for match in re.finditer(r"\\\|", raw[start:stop]):
            at += match.start() - offset
            offset = match.end()
            runs.append(Run(at, start + match.end() - 1))
            at += 1
        return Content(token.content, runs)

    def _code(self, token: Token) -> None:
        """Write fenced or indented code as it stands; prose, or Markdown, if its info string says so."""
        info = token.info.strip().split(maxsplit=1)
        word = info[0].strip("{}.").lower() if info else ""
        lines = self._code_lines(token)
        if _MARKDOWN.fullmatch(word) and self.depth < _DEEPEST:
            self._shortcodes(self._span(token)[0])
            MarkdownWalk(self.builder, Prepared(tuple(lines), ()), self.depth + 1).read()
        elif word in _PROSE:
            self._prose(token, lines)
        else:
            self._shortcodes(self._span(token)[0])
            self.builder.begin("code", prose=False)
            for index, line in enumerate(lines):
                start = line.stop - len(line.text)
                if index:
                    self.builder.put("\n", max(0, start - 1))
                self.builder.verbatim(start, line.stop)
        self.builder.end()

    def _code_lines(self, token: Token) -> list[Line]:
        """Return the lines of code without the indentation of what holds it."""
        first, last = token.map or [0, 0]
        begin = first + (token.type == "fence")
        contents = token.content.removesuffix("\n").split("\n")
        return [
            Line(line.text[-len(text) :] if text else "", line.stop)
            for text, line in zip(contents, self.lines[begin:last], strict=False)
        ]

    def _prose(self, token: Token, lines: list[Line]) -> None:
        """Write the lines of a fence that holds prose; where they are laid out (a tree, columns), one by one."""
        laid_out = any(_LAID_OUT.search(line.text) for line in lines)
        kind = "line" if laid_out else "paragraph"
        self._begin(token, kind)
        for line in lines:
            if laid_out or not line.text.strip():
                self.builder.begin(kind)
            self.builder.blank(line.stop - len(line.text), soft=True)
            self.builder.words(line.stop - len(line.text), line.stop)

    def _html(self, token: Token) -> None:
        """Read a block of HTML; in a quote line by line, because the quote's own markers stand between."""
        first, last = token.map or [0, 0]
        self._shortcodes(self._span(token)[0])
        walk = HtmlWalk(self.builder, surrounding=False, write=self._html_text)
        spans = [self._span(token)]
        if "quote" in self.containers:
            contents = token.content.rstrip("\n").split("\n")
            spans = [
                (line.stop - min(len(text), len(line.text)), line.stop)
                for text, line in zip(contents, self.lines[first:last], strict=False)
            ]
        self.builder.end()
        for start, stop in spans:
            self.builder.blank(start, soft=True)
            for piece in pieces(self.builder.raw, start, stop):
                refuse_open_comment(self.builder, piece)
                walk.read(piece)
        self.builder.end()

    def _html_text(self, start: int, stop: int) -> None:
        """Write text within HTML; kramdown and others read Markdown there, and links in it are links."""
        text = self.builder.raw[start:stop]
        if not _INLINE.search(text):
            self.builder.decoded(start, stop)
            return
        edge = len(text) - len(text.lstrip())
        if edge:
            self.builder.blank(start)
        content = Content(text.strip(), [Run(0, start + edge)])
        tokens = self.md.inline.parse(content.text, self.md, self.env, [])
        InlineWriter(self.builder, self.tags, content).write(tokens)
        if text[-1:].isspace():
            self.builder.blank(stop - 1)


def _heading(line: str, text: str) -> int:
    """Return the column of a heading's text, behind its marks and before those that close it."""
    marks = re.search(r"#+", line)
    return max(0, line.find(text, marks.end() if marks else 0))
