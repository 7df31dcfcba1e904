"""Make plain Markdown of the dialects' directives and shortcodes, so that only text counts as text.

Hugo `{{< x >}}` `{{% x %}}`, Jekyll and Liquid `{% x %}`, kramdown and attribute lists `{: .x}` `{#id}`, colon
fences (Docusaurus, VitePress, MyST, Pandoc), slash fences and `!!!` admonitions (MkDocs), MyST directives in
backtick fences, GitHub alerts, MDX imports. `{{ value }}` stays: it is a placeholder, which copies share.

Nothing is moved: each line stays the end of its line in the file (dedented at most), and what is markup within
it becomes MASK, so that offsets can be told from the line's end. Lines that are only markup become empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from consistency.readers._content import Line

MASK = "\ufdd0"  # a non-character: never in a text, and no punctuation to the Markdown parser
_LINE = re.compile(r"([^\r\n]*)(\r\n?|\n|$)")
_SHORTCODE = re.compile(r"\{\{[<%]|\{%|\{/\*|\{(?=[:#.]|[ \t][#.]|target=|width=|loading=)")
_CLOSERS = {"{{<": ">}}", "{{%": "%}}", "{%": "%}", "{/*": "*/}", "{": "}"}
_LONGEST = 4000  # characters of one shortcode; bounds the search for its end
# Possessive, because the parts may look alike and an unclosed list must not be tried in every split.
_ATTRIBUTES = re.compile(
    r"\{:?[ \t]*(?:[#.][^\W\d][\w:.-]*+|[\w:-]++=(?:\"[^\"{}]*\"|[^\s{}\"]++)|[ \t]++|toc)*+\}"
)
_TEXT_ARGUMENT = re.compile(
    r"\b(?:title|alt|caption|summary|text|label|header)\s*[=:]\s*(?:\"([^\"]*)\"|'([^']*)')"
)
_COMMENT = re.compile(r"\{%-?\s*comment\s*-?%\}")
_END_COMMENT = re.compile(r"\{%-?\s*endcomment\s*-?%\}")
_CODE_OPEN = re.compile(r"[ \t]*\{(?:%-?|\{[<%])\s*(?:highlight|code)\b[^}]*\}\}?[ \t]*$")
_CODE_CLOSE = re.compile(r"[ \t]*\{(?:%-?\s*end|\{[<%]\s*/\s*)(?:highlight|code)\b[^}]*\}\}?[ \t]*$")
_FENCE = re.compile(r"[ \t]*(?:>[ \t]?)*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})([^\r\n]*)$")
_ADMONITION = re.compile(
    r"[ \t]*(?:(?:!!!|\?\?\?\+?)[ \t]+[a-z][a-z-]*(?:[ \t]+inline)?(?:[ \t]+end)?[ \t]*(?:\"([^\"]*)\")?|===[!+]?[ \t]+\"([^\"]*)\")[ \t]*$"
)
_COLONS = re.compile(
    r"[ \t]*:{3,}[ \t]*(?:\{[^{}]*\}|[\w-]+)?[ \t]*(?:\[([^\]]*)\]|([^{}]*))?(?:\{[^{}]*\})?[ \t]*$"
)
_SLASHES = re.compile(r"[ \t]*/{3,}[ \t]*(?:[\w-]+[ \t]*(?:\|[ \t]*(.*))?)?$")
_MYST = re.compile(r"\{([\w:-]+)\}[ \t]*(.*)$")
_MYST_OPTION = re.compile(r"[ \t]*:[\w-]+:(?:[ \t].*)?$")
_ALERT = re.compile(r"[ \t]*(?:>[ \t]?)+(\[![A-Za-z]+\][+-]?)[ \t]*$")
_ROLE = re.compile(r"\{[a-z][\w:-]*\}(?=`)")
_IMPORT = re.compile(r"(?:import|export)\s+(?:[\w*{\"']|default\b)")
# Sites that read .md as MDX: a line that is nothing but an import is never prose.
_BARE_IMPORT = re.compile(r"import[ \t]++(?:[\w*{}, \t]+\sfrom\s+)?([\"'])[^\"']+\1;?[ \t]*$")
# Directives whose content is Markdown again; every other one is code or data.
_MYST_PROSE_WORDS = (
    "note warning tip important caution danger error hint attention seealso admonition topic sidebar margin "
    "dropdown tab-item tab-set card grid grid-item grid-item-card epigraph pull-quote versionadded figure "
    "versionchanged deprecated div details aside"
)
_MYST_PROSE = frozenset(_MYST_PROSE_WORDS.split())


@dataclass(frozen=True, slots=True)
class Prepared:
    """Hold the lines, and the texts that shortcodes carry as arguments: (start, stop) in the file."""

    lines: tuple[Line, ...]
    arguments: tuple[tuple[int, int], ...]


def prepare(raw: str, start: int, *, mdx: bool = False) -> Prepared:
    """Return the Markdown of raw[start:] as lines whose count and ends are those of the file from its top."""
    masked, arguments = _mask(raw, start)
    lines = [Line("", match.start(2)) for match in _LINE.finditer(raw, 0, start) if match[0]]
    scanner = _Scanner(mdx=mdx)
    for match in _LINE.finditer(masked, start):
        if match[0]:
            lines.append(Line(scanner.scan(match[1]), match.end(1)))
    return Prepared(tuple(lines), tuple(arguments))


def _mask(raw: str, start: int) -> tuple[str, list[tuple[int, int]]]:
    """Return the file with its shortcodes masked, same length, and their text arguments."""
    pieces: list[str] = []
    arguments: list[tuple[int, int]] = []
    position = start
    for match in _SHORTCODE.finditer(raw, start):
        if match.start() < position:
            continue
        end = _shortcode_end(raw, match)
        if end < 0:
            continue
        pieces.append(raw[position : match.start()])
        text = raw[match.start() : end]
        pieces.append(re.sub(r"[^\r\n]", MASK, text))
        if match[0] != "{":
            arguments.extend(
                (match.start() + found.start(group), match.start() + found.end(group))
                for found in _TEXT_ARGUMENT.finditer(text)
                for group in (1, 2)
                if found[group] and "{{" not in found[group]
            )
        position = end
    pieces.append(raw[position:])
    return raw[:start] + "".join(pieces), arguments


def _shortcode_end(raw: str, match: re.Match[str]) -> int:
    """Return where a shortcode ends, -1 where it is text after all."""
    begin, opener = match.start(), match[0]
    if opener == "{":
        line_end = min(_line_end(raw, begin), begin + _LONGEST)
        found = _ATTRIBUTES.match(raw, begin, line_end)
        return found.end() if found else -1
    if _CODE_OPEN.match(raw, begin, _line_end(raw, begin)) or _CODE_CLOSE.match(
        raw, begin, _line_end(raw, begin)
    ):
        return -1  # becomes a fence, line by line
    end = raw.find(_CLOSERS[opener], begin + len(opener), begin + _LONGEST)
    if end < 0:
        return -1
    if opener == "{%" and (comment := _COMMENT.match(raw, begin)):
        closing = _END_COMMENT.search(raw, comment.end(), comment.end() + 10 * _LONGEST)
        return closing.end() if closing else comment.end()
    return end + len(_CLOSERS[opener])


def _line_end(raw: str, start: int) -> int:
    found = re.compile(r"[\r\n]").search(raw, start, start + _LONGEST)
    return found.start() if found else min(len(raw), start + _LONGEST)


class _Scanner:
    """Follow fences, admonitions and imports from line to line."""

    def __init__(self, *, mdx: bool) -> None:
        self.mdx = mdx
        self.fence = ""  # the run that opened the code fence we are in
        self.prose_fences: list[str] = []  # MyST directives whose content is Markdown
        self.indents: list[int] = []  # of the admonitions we are in
        self.options = False  # the line before opened a directive
        self.importing = False
        self.synthetic = False  # the fence comes from a highlight shortcode

    def scan(self, line: str) -> str:
        """Return one line as plain Markdown."""
        line = self._dedent(line)
        if self.fence:
            return self._in_fence(line)
        if _CODE_OPEN.match(line):
            self.fence, self.synthetic = "```", True
            return "```"
        match = _FENCE.match(line)
        if match:
            return self._open_fence(line, match)
        if self.options and _MYST_OPTION.match(line):
            return ""
        self.options = False
        if _BARE_IMPORT.match(line):
            return ""
        if self.mdx and (self.importing or _IMPORT.match(line)):
            self.importing = bool(line.strip())
            return ""
        return self._directive(line)

    def _dedent(self, line: str) -> str:
        text = line.lstrip(" \t")
        indent = len(line[: len(line) - len(text)].expandtabs(4))
        if text:
            while self.indents and indent < self.indents[-1] + 4:
                self.indents.pop()
        remove = 4 * len(self.indents)
        position = column = 0
        while position < len(line) - len(text) and column < remove:
            column += 4 - column % 4 if line[position] == "\t" else 1
            position += 1
        return line[position:]

    def _in_fence(self, line: str) -> str:
        match = _FENCE.match(line)
        closes = match and match[1].startswith(self.fence) and not match[2].strip()
        if self.synthetic:
            closes = _CODE_CLOSE.match(line)
        if closes:
            line = "```" if self.synthetic else line
            self.fence, self.synthetic = "", False
        return line

    def _open_fence(self, line: str, match: re.Match[str]) -> str:
        run, info = match[1], match[2].strip()
        if run[0] == "`" and "`" in info:
            return line
        if not info and self.prose_fences and run.startswith(self.prose_fences[-1]):
            self.prose_fences.pop()
            return ""
        directive = _MYST.match(info)
        if directive and directive[1] in _MYST_PROSE:
            self.prose_fences.append(run)
            self.options = True
            return _titled(line, directive[2] if directive[1] != "figure" else "")
        self.fence = run
        return line

    def _directive(self, line: str) -> str:
        text = line.strip()
        match = _ADMONITION.match(line) if text[:3] in ("!!!", "???", "===") else None
        if match:
            self.indents.append(len(line) - len(line.lstrip(" ")) + 4 * len(self.indents))
            return _titled(line, match[1] or match[2] or "")
        if text.startswith(":::") and (match := _COLONS.match(line)):
            self.options = True
            return _titled(line, (match[1] or match[2] or "").strip())
        if text.startswith("///") and (match := _SLASHES.match(line)):
            self.options = True
            return _titled(line, (match[1] or "").strip())
        if match := _ALERT.match(line):
            return line[: match.start(1)] + MASK * (len(line) - match.start(1))
        if MASK in line and not line.replace(MASK, "").strip():
            return ""
        return _ROLE.sub(lambda role: MASK * len(role[0]), line) if "{" in line else line


def _titled(line: str, title: str) -> str:
    """Return a directive's line as a heading of its title, same length; empty where it has none."""
    if not title:
        return ""
    start = line.rindex(title)
    indent = len(line) - len(line.lstrip())
    marker = "#" * min(6, max(1, start - indent - 1))
    head = line[:indent] + marker + " "
    return head + MASK * (start - len(head)) + title + MASK * (len(line) - start - len(title))
