"""Write the blocks that every markup of lines has: text, code, the rows of tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from consistency.readers._builder import Builder
from consistency.readers._content import Content, Line, joined


class Inline(Protocol):
    """Write what stands within one block."""

    def write(self, content: Content) -> None:
        """Write one content, its markup taken away."""


class LineWalk:
    """Write blocks into a builder; inline: of the same markup."""

    def __init__(self, builder: Builder, inline: Inline) -> None:
        self.builder = builder
        self.inline = inline

    def write(self, kind: str, level: int, lines: Sequence[Line]) -> None:
        """Write lines as one block."""
        self.builder.begin(kind, level)
        self.inline.write(joined(lines))
        self.builder.end()

    def write_code(self, lines: Sequence[Line]) -> None:
        """Write lines as code, each as it stands."""
        self.builder.begin("code", prose=False)
        for number, line in enumerate(lines):
            if number:
                self.builder.put("\n", max(0, line.stop - len(line.text) - 1))
            self.builder.verbatim(line.stop - len(line.text), line.stop)
        self.builder.end()

    def write_row(self, cells: Sequence[Sequence[Line]], fallback: int = 0) -> None:
        """Write the cells of a row of a table; fallback: the file offset of a cell without lines."""
        self.builder.begin("row")
        for number, cell in enumerate(cells):
            if number:
                self.builder.cell(cell[0].stop - len(cell[0].text) if cell else fallback)
            self.inline.write(joined(cell))
        self.builder.end()
