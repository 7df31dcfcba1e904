"""Parse the inline part of Markdown with markdown-it and keep where each token begins.

markdown-it tells lines for blocks and nothing for inline tokens. `InlineParser` notes in each token's
`meta["at"]` the index in the inline content at which the rule that made it began.
"""

from __future__ import annotations

from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType
from mdit_py_plugins.footnote import footnote_plugin

_DEEPEST = 8  # images within the texts of images; each level parses anew


class _TracedState(StateInline):
    """Note the index at which text and tokens begin."""

    text_start = 0

    def append_pending(self, text: str) -> None:
        if not (self._pending or self._pending_buffer):
            self.text_start = self.pos
        super().append_pending(text)

    def pushPending(self) -> Token:
        token = super().pushPending()
        token.meta = {"at": self.text_start}
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        token.meta = {"at": self.pos}
        return token


class InlineParser(ParserInline):
    """Parse inline content into tokens that know their place."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Return the tokens of `src`; beyond a sane depth of images it is only text."""
        depth = env.get("depth", 0)
        state = _TracedState(src, md, env, tokens)
        if depth >= _DEEPEST:
            state.append_pending(src)
            state.pushPending()
            return state.tokens
        env["depth"] = depth + 1
        self.tokenize(state)
        env["depth"] = depth
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def parser() -> MarkdownIt:
    """Return a parser for CommonMark with tables, strikethrough and footnotes, addresses as written."""
    md = MarkdownIt("commonmark", {"html": True})
    md.inline = InlineParser()
    md.enable("table")
    footnote_plugin(md, inline=False, move_to_end=False, always_match_refs=True)
    md.inline.ruler.disable(["linkify"])
    md.inline.ruler2.disable(["fragments_join"])
    replaced: dict[str, Any] = {
        "normalizeLink": lambda url: url,
        "normalizeLinkText": lambda url: url,
        "validateLink": lambda url: True,
    }
    for name, function in replaced.items():
        setattr(md, name, function)
    return md
