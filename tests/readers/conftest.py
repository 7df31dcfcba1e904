"""Share the view of a Document that the readers' tables are written in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from consistency.records import Document


def _blocks(document: Document) -> list[tuple[str, str]]:
    return [
        (f"{block.kind}{block.level or ''}", document.text[block.span.start : block.span.end])
        for block in document.blocks
    ]


@pytest.fixture
def blocks() -> Callable[[Document], list[tuple[str, str]]]:
    """Return (kind with its level, text) of every block."""
    return _blocks
