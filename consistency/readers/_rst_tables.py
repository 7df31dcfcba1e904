"""Cut the grid and simple tables of reStructuredText into rows of cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from consistency.readers._content import Line

Row = list[list[Line]]
_COLUMN = re.compile(r"=+")
_RULE = re.compile(r"[ \t]*=+(?:[ \t]+=+)*[ \t]*$")


def grid_rows(lines: Sequence[Line], index: int) -> tuple[list[Row], int]:
    """Return the rows of a grid table and where it ends; a row's cells gather the lines between two rules."""
    rows: list[Row] = []
    row: Row = []
    while index < len(lines) and lines[index].text[:1] in ("+", "|"):
        line = lines[index]
        if line.text[0] == "+":
            rows.append(row)
            row = []
        else:
            borders = [place for place, char in enumerate(line.text) if char == "|"]
            for number, (left, right) in enumerate(zip(borders, borders[1:], strict=False)):
                if number >= len(row):
                    row.append([])
                row[number].append(_cut(line, left + 1, right))
        index += 1
    rows.append(row)
    return [found for found in rows if found], index


def simple_rows(lines: Sequence[Line], index: int) -> tuple[list[Row], int]:
    """Return the rows of a simple table and where it ends; a line without a first cell continues its row."""
    starts = [match.start() for match in _COLUMN.finditer(lines[index].text)]
    rows: list[Row] = []
    end = index + 1
    n_rules = 1
    while end < len(lines) and n_rules < 3:
        line = lines[end]
        end += 1
        if _RULE.match(line.text):
            n_rules += 1
            last = end >= len(lines) or not lines[end].text.strip()
            if last:
                break
        elif line.text.strip() and not set(line.text.strip()) <= {"-", " "}:
            cells = [
                _cut(line, left, right)
                for left, right in zip(
                    starts, [*(start - 1 for start in starts[1:]), len(line.text)], strict=True
                )
            ]
            if rows and not cells[0].text.strip():
                for cell, piece in zip(rows[-1], cells, strict=True):
                    cell.append(piece)
            else:
                rows.append([[cell] for cell in cells])
    return rows, end


def _cut(line: Line, start: int, stop: int) -> Line:
    """Return line.text[start:stop] as a line that knows its place."""
    stop = max(start, min(stop, len(line.text)))
    text = line.text[start:stop]
    return Line(text, line.stop - len(line.text) + start + len(text))
