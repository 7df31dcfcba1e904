"""Lay a passage out for a terminal: clean, wrapped by display width, its marks shown."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from consistency.records import Span

_LINES = 4  # of one passage; a longer one is cut around its marks
_MARK_COLOR = "\x1b[1;31m"
_RESET = "\x1b[0m"
# Hidden direction changes can make a line read as something it does not say, so they are made visible.
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class _Cell:
    """Hold one character, its columns on a terminal and whether it is part of a fact."""

    char: str
    columns: int
    marked: bool


def passage(excerpt: str, marks: Sequence[Span], width: int, color: bool) -> list[str]:
    """Return the lines that show an excerpt, at most `width` columns each, its marks shown.

    A mark is coloured, or underlined by a line of `^`, or put in brackets where the text runs from
    right to left: which column a character stands in is then up to the terminal.
    """
    if not color and any(unicodedata.bidirectional(char) in ("R", "AL") for char in excerpt):
        excerpt, marks = _bracketed(excerpt, marks), []
    marked = {index for mark in marks for index in range(mark.start, mark.end)}
    cells = [_cell(char, index in marked) for index, char in enumerate(excerpt)]
    lines = _around_mark(_wrap(cells, width))
    return [text for line in lines for text in _drawn(line, color)]


def visible(text: str) -> str:
    """Return the text on one line, with nothing in it that moves a cursor, changes colours or hides."""
    return "".join(_cell(char, False).char for char in text)


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(_cell(char, False).columns for char in text)


def _cell(char: str, marked: bool) -> _Cell:
    if char.isspace():
        return _Cell(" ", 1, marked)
    if unicodedata.category(char) in ("Cc", "Cs") or char in _OVERRIDES:
        return _Cell("\ufffd", 1, marked)
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return _Cell(char, 0, marked)
    return _Cell(char, 2 if unicodedata.east_asian_width(char) in "WF" else 1, marked)


def _bracketed(excerpt: str, marks: Sequence[Span]) -> str:
    for start, end in sorted(set(marks), reverse=True):
        excerpt = f"{excerpt[:start]}⟦{excerpt[start:end]}⟧{excerpt[end:]}"
    return excerpt


def _wrap(cells: list[_Cell], width: int) -> list[list[_Cell]]:
    """Break at the last space that fits, else, as Chinese and Japanese do, between any two characters."""
    lines: list[list[_Cell]] = []
    line: list[_Cell] = []
    used = 0
    for cell in cells:
        if used + cell.columns > width:
            line, rest = (line, []) if cell.char == " " else _broken(line)
            lines.append(line)
            line, used = rest, sum(c.columns for c in rest)
            if cell.char == " ":  # the space that the break stands for
                continue
        line.append(cell)
        used += cell.columns
    return [*lines, line]


def _broken(line: list[_Cell]) -> tuple[list[_Cell], list[_Cell]]:
    """Split a full line; a space in its first half is not worth the half that would stay empty."""
    for index in range(len(line) - 1, len(line) // 2, -1):
        if line[index].char == " ":
            return line[:index], line[index + 1 :]
        if line[index].columns > 1:  # a wide character may end a line
            break
    return line, []


def _around_mark(lines: list[list[_Cell]]) -> list[list[_Cell]]:
    """Leave out what stands far from every mark; what is left out is shown by "…"."""
    marked = [index for index, line in enumerate(lines) if any(cell.marked for cell in line)] or [0]
    start = max(0, min(marked[0] - 1, len(lines) - _LINES))
    end = max(start + _LINES, marked[-1] + 2)
    cut = [_Cell("…", 1, False)]
    shown = [cut, *lines[start + 1 : end]] if start else lines[:end]
    return [*shown, cut] if end < len(lines) else shown


def _drawn(line: list[_Cell], color: bool) -> list[str]:
    text = "".join(cell.char for cell in line).rstrip()
    if not any(cell.marked for cell in line):
        return [text]
    if color:
        return [_colored(line)]
    under = "".join(("^" if cell.marked else " ") * cell.columns for cell in line)
    return [text, under.rstrip()]


def _colored(line: list[_Cell]) -> str:
    parts: list[str] = []
    for before, cell in zip([None, *line], line, strict=False):
        was = before is not None and before.marked
        if cell.marked != was:
            parts.append(_MARK_COLOR if cell.marked else _RESET)
        parts.append(cell.char)
    return "".join(parts).rstrip() + (_RESET if line[-1].marked else "")
