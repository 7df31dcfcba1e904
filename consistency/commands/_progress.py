"""Show how far long work is: on a terminal, once it has lasted a while."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from typing import TypeVar

import click

_PATIENCE = 2.0  # seconds of work before a progress bar is worth its line
T = TypeVar("T")


def _one(item: object) -> int:
    return 1


def with_progress(
    items: Iterable[T], whole: int | None, stack: ExitStack, amount: Callable[[T], int] = _one
) -> Iterator[T]:
    """Pass items on; each counts as done when the next is asked for.

    whole: the sum of their amounts; None where it is not known: then their number is shown.
    stack: ends the bar.
    """
    start, waiting, bar = time.monotonic(), 0, None
    for item in items:
        yield item
        waiting += 1 if whole is None else amount(item)
        if bar is None and sys.stderr.isatty() and time.monotonic() - start > _PATIENCE:
            nothing: Iterator[None] = (None for _ in ())  # what click takes for work without a known end
            shown = click.progressbar(nothing if whole is None else None, whole, show_pos=whole is None, file=sys.stderr)
            bar = stack.enter_context(shown)
        if bar is not None:
            bar.update(waiting)
            waiting = 0
