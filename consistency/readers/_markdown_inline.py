"""Write the inline tokens of Markdown into a builder, each text at its place in the file."""

from __future__ import annotations

import re

from markdown_it.token import Token

from consistency.readers._builder import Builder, unspaced
from consistency.readers._content import Content
from consistency.readers._directives import MASK
from consistency.readers._inline import InlineTags
from consistency.readers._tags import pieces

_VISIBLE = re.compile(f"[^{MASK}]+")


class InlineWriter:
    """Write the tokens of one inline content; `at` is always an index of that content."""

    def __init__(self, builder: Builder, tags: InlineTags, content: Content) -> None:
        self.builder, self.tags, self.content = builder, tags, content
        self.links: list[tuple[int, str]] = []

    def write(self, tokens: list[Token], base: int = 0, skip: int = 0) -> None:
        """Write tokens whose noted places count from `base`; text before `skip` is markup."""
        noted = end = -1
        for token in tokens:
            at = base + int(token.meta.get("at", 0))
            if token.type == "text":
                # Delimiters of one run are noted at the run's begin; each stands behind the one before.
                start = end if at == noted else at
                if self.content.text.startswith("<" + token.content, start):  # an autolink
                    start += 1
                noted, end = at, start + len(token.content)
                if not (token.content == "*" and self._stray(start)):
                    self._text(max(start, skip), end)
            else:
                self._token(token, at)

    def _stray(self, at: int) -> bool:
        """Tell whether an asterisk belongs to a "**" that CommonMark leaves as text: **語：**語.

        Its rule for emphasis wants a space or punctuation, which many scripts do not put there.
        """
        text = self.content.text
        start, stop = at, at + 1
        while start > 0 and text[start - 1] == "*" and at - start < 3:
            start -= 1
        while text.startswith("*", stop) and stop - at < 3:
            stop += 1
        return stop - start == 2 and any(
            char.isalnum() and not char.isascii() or unspaced(char)
            for char in text[max(0, start - 1) : start] + text[stop : stop + 1]
        )

    def _text(self, start: int, stop: int) -> None:
        for match in _VISIBLE.finditer(self.content.text, start, stop):
            for begin, end in self.content.parts(match.start(), match.end()):
                self.builder.words(begin, end)

    def _token(self, token: Token, at: int) -> None:
        builder, offset = self.builder, self.content.offset(at)
        if token.type in ("softbreak", "hardbreak"):
            builder.blank(offset, soft=token.type == "softbreak")
        elif token.type == "text_special":
            self._special(token, at, offset)
        elif token.type == "code_inline":
            self._code(token, at)
        elif token.type == "link_open":
            self.links.append((builder.mark_start, str(token.attrs.get("href", ""))))
            self._title(token, offset)
        elif token.type == "link_close" and self.links:
            builder.mark("link", *self.links.pop())
        elif token.type == "image":
            self._image(token, at, offset)
        elif token.type == "html_inline":
            stop = self.content.offset(at + len(token.content) - 1) + 1
            for piece in pieces(builder.raw, offset, stop):
                self.tags.read(piece)

    def _special(self, token: Token, at: int, offset: int) -> None:
        """Write an escaped character or a resolved character reference."""
        if token.info == "escape":
            self._text(at + len(token.markup) - len(token.content), at + len(token.markup))
        elif token.content in " \t\n":
            self.builder.blank(offset)
        else:
            self.builder.put(token.content, offset)

    def _code(self, token: Token, at: int) -> None:
        start = at + len(token.markup)
        inner = self.content.text[start : start + len(token.content)].replace("\n", " ")
        if inner != token.content:
            start += 1  # one space is stripped from each side
        mark = self.builder.mark_start
        for begin, end in self.content.parts(start, start + len(token.content)):
            self.builder.words(begin, end)
        self.builder.mark("code", mark, None)

    def _image(self, token: Token, at: int, offset: int) -> None:
        builder = self.builder
        start = builder.mark_start
        if token.children:
            builder.blank(offset)
            self.write(token.children, at + 2)
            builder.blank(offset)
        builder.mark("image", start, str(token.attrs.get("src", "")))
        self._title(token, offset)

    def _title(self, token: Token, offset: int) -> None:
        """Keep a link's or an image's title as a caption where the file holds it as it reads."""
        title = str(token.attrs.get("title", ""))
        last = self.content.offset(len(self.content.text))
        start = self.builder.raw.find(title, offset, last) if title.strip() else -1
        if start >= 0:
            self.builder.caption(start, start + len(title))
