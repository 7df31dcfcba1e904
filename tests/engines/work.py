"""Pieces of work for the engines' tests: they live in modules because workers import them."""

import os
import signal
import time
from pathlib import Path


def shouting():
    """Return a work that answers with its line in capitals, and where it was done."""
    return lambda number, line: b"%d %s" % (number, line.upper())


def dying_once(marker):
    """Return a work that kills its process over the line "die", but only the first time on this machine."""
    return lambda number, line: _die(line, Path(marker)) or b"%d %s" % (number, line.upper())


def dying():
    """Return a work that kills its process over the line "die" every time."""
    return lambda number, line: _die(line, None) or b"%d %s" % (number, line.upper())


def slow():
    """Return a work that says which process it is, and takes its time."""
    return lambda number, line: time.sleep(0.05) or str(os.getpid()).encode()


def _die(line, marker):
    if line != b"die" or (marker and marker.exists()):
        return
    if marker:
        marker.touch()
    os.kill(os.getpid(), signal.SIGKILL)
