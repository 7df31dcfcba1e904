"""Read inline instructions: `<!-- consistency: ignore CHECK reason -->`."""

from __future__ import annotations

import re

_PRAGMA = re.compile(r"\s*consistency:\s+ignore\s+([a-z][a-z-]{0,60})(?:\s+(.*))?", re.DOTALL)


def read_pragma(comment: str) -> tuple[str, str] | None:
    """Return (check, reason) of a comment's inner text; None where it is an ordinary comment.

    >>> read_pragma(" consistency: ignore number-dropped the table has it ")
    ('number-dropped', 'the table has it')
    >>> read_pragma(" TODO ") is None
    True
    """
    match = _PRAGMA.fullmatch(comment)
    if match is None:
        return None
    return match[1], " ".join((match[2] or "").split())
