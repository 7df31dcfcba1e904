"""Follow the block structure of reStructuredText."""

from __future__ import annotations

import re
from collections.abc import Sequence

from consistency.readers._builder import Builder
from consistency.readers._content import Line, dedented
from consistency.readers._line_walk import LineWalk
from consistency.readers._rst_inline import RstInline
from consistency.readers._rst_tables import grid_rows, simple_rows

_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1{2,}[ \t]*$")
_DIRECTIVE = re.compile(r"\.\.[ \t]+(?:\|[^|\n]+\|[ \t]+)?([A-Za-z][\w:.+-]*?)::(?:[ \t]+(.*))?$")
_FOOTNOTE = re.compile(r"\.\.[ \t]+\[[^\]\n]+\][ \t]*")
_BULLET = re.compile(r"(?:[-*+\u2022]|\(?(?:\d{1,9}|#)[.)])(?:[ \t]+|$)")
_FIELD = re.compile(r":([A-Za-z][^:\n]{0,80}):(?:[ \t]+|$)")
_LINE_BLOCK = re.compile(r"\|(?:[ \t]+|$)")
_GRID = re.compile(r"\+[-=+]{2,}\+[ \t]*$")
_SIMPLE = re.compile(r"=+(?:[ \t]+=+)+[ \t]*$")
_DEEPEST = 40  # levels of indentation; the tables of contents of whole manuals have ten
# Directives by what their content is; of those not named it is text.
_CODE_WORDS = (
    "code code-block sourcecode highlight literalinclude parsed-literal math graphviz mermaid uml prompt doctest "
    "testcode testoutput ipython plantuml"
)
_CODE = frozenset(_CODE_WORDS.split())
_DATA_WORDS = (
    "raw include toctree contents index meta sectnum default-domain currentmodule module autoclass automodule "
    "autofunction autosummary csv-table role unicode date header footer sphinx-design-button tabularcolumns "
    "bibliography todolist target-notes default-role"
)
_DATA = frozenset(_DATA_WORDS.split())
# Directives whose argument is text: a title, or the words that a substitution stands for.
_TITLED_WORDS = (
    "admonition topic sidebar rubric centered table list-table replace versionadded versionchanged deprecated "
    "dropdown tab tab-item card grid-item-card versionremoved deprecated-removed describe"
)
_TITLED = frozenset(_TITLED_WORDS.split())
_ADMONITION_WORDS = "note warning tip hint important caution danger error attention seealso todo"
_ADMONITIONS = frozenset(_ADMONITION_WORDS.split())
_HEADED = frozenset({"rubric", "admonition", "topic", "sidebar"})  # their argument is a heading
_TEXT_OPTIONS = frozenset({"alt", "caption", "title", "description"})


class RstWalk(LineWalk):
    """Write the blocks of one file into a builder."""

    def __init__(self, builder: Builder) -> None:
        super().__init__(builder, RstInline(builder))
        self.levels: list[str] = []  # adornments in the order of their first use are the heading levels

    def read(self, lines: Sequence[Line], kind: str = "paragraph", level: int = 0, depth: int = 0) -> None:
        """Read lines whose indentation has been taken away."""
        index = 0
        while index < len(lines):
            text = lines[index].text
            if not text.strip():
                index += 1
            elif text[0] in " \t" and depth < _DEEPEST:
                index = self._quote(lines, index, kind, level, depth)
            else:
                index = self._block(lines, index, kind, level, depth)

    def _block(self, lines: Sequence[Line], index: int, kind: str, level: int, depth: int) -> int:
        """Read the block that begins at a line; return where the next one does."""
        text = lines[index].text
        if text.startswith("..") and (len(text.rstrip()) == 2 or text[2] in " \t"):
            return self._explicit(lines, index, depth)
        if text.startswith("__ "):
            return index + 1
        if heading := self._heading(lines, index):
            return heading
        if _GRID.match(text):
            return self._table(lines, index, grid=True)
        if _SIMPLE.match(text):
            return self._table(lines, index, grid=False)
        if text.startswith(">>> "):
            return self._code(lines, index, _paragraph_end(lines, index))
        match = _BULLET.match(text) or _FIELD.match(text) or _LINE_BLOCK.match(text)
        if match and depth < _DEEPEST:
            line_block = match.re is _LINE_BLOCK
            end = (_continued_end if line_block else _indented_end)(lines, index + 1)
            width = match.end()
            first = Line(text[width:], lines[index].stop)
            indent = _least_indent(lines[index + 1 : end]) or width
            inner = (kind, level) if line_block else ("item", level + 1 if kind == "item" else 1)
            self.read([first, *dedented(lines[index + 1 : end], indent)], *inner, depth + 1)
            return end
        return self._paragraph(lines, index, kind, level, depth)

    def _quote(self, lines: Sequence[Line], index: int, kind: str, level: int, depth: int) -> int:
        end = index
        while end < len(lines) and (not lines[end].text.strip() or lines[end].text[0] in " \t"):
            end += 1
        body = lines[index:end]
        inner = (kind, level) if kind == "item" else ("quote", level + 1 if kind == "quote" else 1)
        self.read(dedented(body, _least_indent(body)), *inner, depth + 1)
        return end

    def _heading(self, lines: Sequence[Line], index: int) -> int:
        """Read a section title with its adornment; return 0 where there is none."""
        over = _ADORNMENT.match(lines[index].text) is not None
        title = index + over
        if title + 1 >= len(lines):
            return index + 1 if over else 0
        adornment = _ADORNMENT.match(lines[title + 1].text)
        text = lines[title].text.strip()
        if over and (not text or adornment is None or adornment[0].strip() != lines[index].text.strip()):
            return 0 if _SIMPLE.match(lines[index].text) else index + 1  # a transition
        # Columns are not code points in every script; docutils counts wide ones double, so be generous.
        if adornment is None or len(adornment[0].rstrip()) < min(4, len(text)) or _ADORNMENT.match(text):
            return 0
        style = adornment[1] + ("=" if over else "")
        if style not in self.levels:
            self.levels.append(style)
        self.write("heading", min(6, self.levels.index(style) + 1), lines[title : title + 1])
        return title + 2

    def _paragraph(self, lines: Sequence[Line], index: int, kind: str, level: int, depth: int) -> int:
        end = _paragraph_end(lines, index)
        following = lines[index + 1].text if index + 1 < len(lines) else ""
        if following[:1] in (" ", "\t") and following.strip() and depth < _DEEPEST:  # term and definition
            self.write("item", 1, lines[index : index + 1])
            end = _indented_end(lines, index + 1)
            body = lines[index + 1 : end]
            self.read(dedented(body, _least_indent(body)), "item", level or 1, depth + 1)
            return end
        body = list(lines[index:end])
        literal = body[-1].text.rstrip().endswith("::")
        if literal:
            last = body[-1]
            text = last.text.rstrip()
            cut = 2 if text == "::" or text[-3:-2] in (" ", "") else 1
            body[-1] = Line(text[:-cut], last.stop - (len(last.text) - len(text)) - cut)
        self.write(kind, level, body)
        return self._code(lines, end, _indented_end(lines, end)) if literal else end

    def _explicit(self, lines: Sequence[Line], index: int, depth: int) -> int:
        """Read a directive or footnote; skip targets and comments."""
        text = lines[index].text
        end = _indented_end(lines, index + 1)
        body = lines[index + 1 : end]
        if footnote := _FOOTNOTE.match(text):
            first = Line(text[footnote.end() :], lines[index].stop)
            self.read([first, *dedented(body, _least_indent(body))], depth=depth + 1)
        elif directive := _DIRECTIVE.match(text):
            argument = Line(directive[2] or "", lines[index].stop)
            self._directive(directive[1].lower(), argument, dedented(body, _least_indent(body)), depth)
        return end

    def _directive(self, name: str, argument: Line, body: list[Line], depth: int) -> None:
        start = 0
        while start < len(body) and (option := _FIELD.match(body[start].text)):
            line = body[start]
            if option[1].lower() in _TEXT_OPTIONS:
                self.write("caption", 0, [Line(line.text[option.end() :], line.stop)])
            start += 1
        body = body[start:]
        if name in _CODE:
            if argument.text.strip() and name == "math":
                body = [argument, *body]
            self._code(body, 0, len(body))
        elif name not in _DATA and depth < _DEEPEST:
            if name in _ADMONITIONS:
                body = [argument, *body]  # its text may begin on the directive's own line
            elif argument.text.strip() and name in _TITLED:
                self.write("heading" if name in _HEADED else "paragraph", 0, [argument])
            self.read(body, depth=depth + 1)

    def _code(self, lines: Sequence[Line], start: int, end: int) -> int:
        """Write lines as code, without the blank lines around them and their common indentation."""
        body = list(lines[start:end])
        while body and not body[0].text.strip():
            body.pop(0)
        while body and not body[-1].text.strip():
            body.pop()
        self.write_code(dedented(body, _least_indent(body)))
        return end

    def _table(self, lines: Sequence[Line], index: int, *, grid: bool) -> int:
        rows, end = (grid_rows if grid else simple_rows)(lines, index)
        for row in rows:
            self.write_row(row, lines[index].stop)
        return end


def _paragraph_end(lines: Sequence[Line], index: int) -> int:
    while index < len(lines) and lines[index].text.strip():
        index += 1
    return index


def _continued_end(lines: Sequence[Line], index: int) -> int:
    """Return where the lines end that go on, indented, without a blank line between."""
    while index < len(lines) and lines[index].text[:1] in (" ", "\t") and lines[index].text.strip():
        index += 1
    return index


def _indented_end(lines: Sequence[Line], index: int) -> int:
    """Return where the indented lines from `index` end; the blank lines behind them stay outside."""
    end = index
    while index < len(lines) and (not lines[index].text.strip() or lines[index].text[0] in " \t"):
        index += 1
        if lines[index - 1].text.strip():
            end = index
    return end


def _least_indent(lines: Sequence[Line]) -> int:
    indents = [len(line.text) - len(line.text.lstrip(" \t")) for line in lines if line.text.strip()]
    return min(indents, default=0)
