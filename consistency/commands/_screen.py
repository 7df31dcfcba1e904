"""Bring a text to the screen or into a file."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from consistency.records import ConsistencyError
from consistency.writing import encoded, write_atomic

_PLAIN_WIDTH = 100  # columns, where there is no terminal to ask


def emit(text: str, output: Path | None) -> None:
    """Write a whole text to `output`, None: to the screen; raise ConsistencyError where that fails.

    A reader that has seen enough (`| head`) closes the pipe; that is no error of the run.
    """
    if output is not None:
        write_atomic(output, text)
        return
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(encoded(text))
        sys.stdout.buffer.flush()
    except OSError as error:
        # What is still in the buffer would be written, and fail, once more when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise ConsistencyError(f"the report cannot be written to the screen: {error.strerror}") from error


def wants_color(choice: str, output: Path | None) -> bool:
    """Tell whether to colour; `choice` is auto, always or never; auto honours NO_COLOR and TERM=dumb."""
    if choice != "auto":
        return choice == "always"
    if output is not None or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout.isatty()


def screen_width(output: Path | None) -> int:
    """Return the columns of the terminal (or of COLUMNS); a fixed number where a file is written."""
    if output is not None:
        return _PLAIN_WIDTH
    return shutil.get_terminal_size((_PLAIN_WIDTH, 0)).columns
