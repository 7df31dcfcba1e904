"""Follow the block structure of AsciiDoc."""

from __future__ import annotations

import re
from collections.abc import Sequence

from consistency.readers._asciidoc_inline import AsciidocInline
from consistency.readers._builder import Builder
from consistency.readers._content import Line
from consistency.readers._line_walk import LineWalk

_TITLE = re.compile(r"(={1,6}|#{1,6})[ \t]+(?=\S)")
_ATTRIBUTE = re.compile(r":(!?[\w-]+!?):(?:[ \t]+(.*))?$")
_BLOCK_ATTRIBUTES = re.compile(r"\[(?:[^\[\]]|\[[^\[\]]*\])*\][ \t]*$")
_BLOCK_TITLE = re.compile(r"\.(?=[^\s.])")
_DELIMITER = re.compile(r"(-{4,}|\.{4,}|={4,}|\*{4,}|_{4,}|\+{4,}|/{4,}|`{3,}|--|[|,:!]={3,})[^\n]*$")
_MACRO = re.compile(r"(image|video|audio|include|toc|ifdef|ifndef|ifeval|endif)::([^\[]*)\[(.*)\][ \t]*$")
_ITEM = re.compile(r"[ \t]*(?:(\*{1,6}|\.{1,6}|-)|\d{1,9}\.|<(?:\d{1,3}|\.)>)[ \t]+(?:\[[ x*]\][ \t]+)?")
_TERM = re.compile(r"[ \t]*(\S(?:[^:]|:(?!:))*)(:{2,4}|;;)(?:[ \t]+|$)")
_ADMONITION = re.compile(r"(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION):[ \t]+")
_ALT = re.compile(r"(?:alt=)?\"?([^\",=]*)")
_DEEPEST = 20  # blocks within blocks
_CODE_STYLES = (
    "source",
    "listing",
    "literal",
    "stem",
    "latexmath",
    "asciimath",
    "plantuml",
    "mermaid",
    "ditaa",
    "graphviz",
)


_BREAKS = (_ITEM, _TERM, _DELIMITER, _BLOCK_ATTRIBUTES)


class AsciidocWalk(LineWalk):
    """Write the blocks of one file into a builder."""

    def __init__(self, builder: Builder) -> None:
        super().__init__(builder, AsciidocInline(builder))

    def read(self, lines: Sequence[Line], kind: str = "paragraph", level: int = 0, depth: int = 0) -> None:
        """Read the lines of the file or of a delimited block."""
        index = 0
        style = ""
        while index < len(lines):
            text = lines[index].text.rstrip()
            if not text:
                style, index = "", index + 1
            elif _BLOCK_ATTRIBUTES.match(text):
                style, index = text, index + 1
            elif text == "+" or text.startswith("//") and not text.startswith("////"):
                index += 1
            else:
                index = self._block(lines, index, kind, level, depth, style)
                style = ""

    def _block(self, lines: Sequence[Line], index: int, kind: str, level: int, depth: int, style: str) -> int:
        """Read the block that begins at a line; return where the next one does."""
        line = lines[index]
        text = line.text
        if match := _TITLE.match(text):
            leads = not self.builder.blocks
            self.write("heading", len(match[1]), [_after(line, match.end())])
            return self._header(lines, index + 1) if leads and len(match[1]) == 1 else index + 1
        if match := _ATTRIBUTE.match(text):
            return self._attribute(line, match, index)
        if match := _DELIMITER.match(text):
            return self._delimited(lines, index, match[1], depth, style)
        if match := _MACRO.match(text):
            self._macro(line, match)
            return index + 1
        if match := _BLOCK_TITLE.match(text):
            self.write("caption", 0, [_after(line, match.end())])
            return index + 1
        if match := _ITEM.match(text):
            end = _paragraph_end(lines, index + 1)
            depth_of = len(match[1]) if match[1] and match[1] != "-" else 1
            self.write("item", depth_of, [_after(line, match.end()), *lines[index + 1 : end]])
            return end
        if match := _TERM.match(text):
            return self._term(lines, index, match)
        end = _paragraph_end(lines, index + 1)
        if text[0] in " \t" or _is_code(style):
            return self._code(lines, index, end)
        admonition = _ADMONITION.match(text)
        first = _after(line, admonition.end()) if admonition else line
        self.write("quote" if "quote" in style[:7] else kind, level, [first, *lines[index + 1 : end]])
        return end

    def _header(self, lines: Sequence[Line], index: int) -> int:
        """Read what stands below the document's title up to a blank line: author, revision, attributes."""
        while index < len(lines) and (text := lines[index].text).strip():
            if match := _ATTRIBUTE.match(text):
                self._attribute(lines[index], match, index)
            elif not text.startswith("//"):
                self.write("paragraph", 0, [lines[index]])
            index += 1
        return index

    def _attribute(self, line: Line, match: re.Match[str], index: int) -> int:
        """Keep a document attribute; the description is text that readers see."""
        name, value = match[1].lower(), (match[2] or "").strip()
        self.builder.meta.setdefault(name, value)
        if name == "description" and value:
            self.write("description", 0, [_after(line, match.start(2))])
        return index + 1

    def _term(self, lines: Sequence[Line], index: int, match: re.Match[str]) -> int:
        """Read a term and the text of its definition that follows at once."""
        line = lines[index]
        self.write("item", 1, [Line(match[1], line.stop - len(line.text) + match.end(1))])
        end = _paragraph_end(lines, index + 1)
        following = lines[index + 1 : end]
        if match.end() >= len(line.text.rstrip()) and following and _ITEM.match(following[0].text):
            return index + 1
        self.write("item", 1, [_after(line, match.end()), *following])
        return end

    def _macro(self, line: Line, match: re.Match[str]) -> None:
        """Read a block macro: of an image its alternative text; includes and conditions are markup."""
        if match[1] != "image":
            return
        self.builder.begin("paragraph")
        mark = self.builder.mark_start
        alternative = _ALT.match(match[3])
        if alternative and alternative[1].strip():
            start = line.stop - len(line.text) + match.start(3)
            self.builder.decoded(start + alternative.start(1), start + alternative.end(1))
        self.builder.mark("image", mark, match[2])
        self.builder.end()

    def _delimited(self, lines: Sequence[Line], index: int, mark: str, depth: int, style: str) -> int:
        """Read a delimited block up to the same delimiter, or to the end of what holds it."""
        end = index + 1
        fence = mark.startswith("```")
        while end < len(lines) and lines[end].text.rstrip() != (
            mark if fence else lines[index].text.rstrip()
        ):
            end += 1
        body = lines[index + 1 : end]
        if mark[0] == "/" or mark[0] == "+":
            pass  # a comment; passed through, HTML mostly, which nobody translates here
        elif mark[0] in "|,:!":
            self._table(body)
        elif mark[0] == "`" or mark.startswith(("----", "....")) or (mark == "--" and _is_code(style)):
            self._code(lines, index + 1, end)
        elif depth < _DEEPEST:
            quote = mark[0] == "_" or "quote" in style[:7]
            self.read(body, "quote" if quote else "paragraph", int(quote), depth + 1)
        return end + 1

    def _table(self, body: Sequence[Line]) -> None:
        """Read a table: a blank line or a line that begins a cell begins a row; further lines continue cells."""
        row: list[list[Line]] = []
        for line in body:
            borders = _borders(line.text)
            if not line.text.strip() or (borders and borders[0][0] == 0 and len(borders) > 1):
                self._row(row)
                row = []
            if borders:
                if row and borders[0][0] > 0:
                    row[-1].append(_slice(line, 0, borders[0][0]))
                stops = [*(start for start, _ in borders[1:]), len(line.text)]
                row.extend(
                    [_slice(line, after, stop)] for (_, after), stop in zip(borders, stops, strict=True)
                )
            elif row and line.text.strip():
                row[-1].append(line)
        self._row(row)

    def _row(self, row: list[list[Line]]) -> None:
        if row:
            self.write_row(row)

    def _code(self, lines: Sequence[Line], start: int, end: int) -> int:
        self.write_code(lines[start:end])
        return end


_CELL = re.compile(r"(?:(?<=\s)|^)(?:\d{1,3}[*+])?(?:\.\d{1,3}\+)?[<^>]?(?:\.[<^>])?[aehlmsd]?\|")


def _borders(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of each cell border with its specifier ("2+^|"); `\\|` is text."""
    found = [match.span() for match in _CELL.finditer(text)]
    plain = [
        (place, place + 1)
        for place, char in enumerate(text)
        if char == "|" and text[place - 1 : place] != "\\"
    ]
    ends = {end for _, end in found}
    return sorted(found + [span for span in plain if span[1] not in ends])


def _is_code(style: str) -> bool:
    return style[1:].lstrip("%").split(",")[0].split("%")[0].split("#")[0].rstrip("] \t") in _CODE_STYLES


def _after(line: Line, column: int) -> Line:
    return Line(line.text[column:], line.stop)


def _slice(line: Line, start: int, stop: int) -> Line:
    return Line(line.text[start:stop], line.stop - len(line.text) + stop)


def _paragraph_end(lines: Sequence[Line], index: int) -> int:
    """Return where a paragraph ends: at a blank line, a new item, a delimiter or a list continuation."""
    while index < len(lines):
        bare = lines[index].text.rstrip()
        if not bare or bare == "+" or any(pattern.match(bare) for pattern in _BREAKS):
            break
        index += 1
    return index
