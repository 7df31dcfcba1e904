"""Keep where lines, and the texts put together from them, stand in the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

_LINE = re.compile(r"([^\r\n]*)(?:\r\n?|\n|$)")


@dataclass(frozen=True, slots=True)
class Line:
    """Name one line: its text (the end of the file's line) and the file offset one past the text's last character."""

    text: str
    stop: int


class Run(NamedTuple):
    """Say that content[at:], up to the next run, stands at raw[offset:]."""

    at: int
    offset: int


class Content:
    """Hold one inline content and the file offset of each of its characters."""

    def __init__(self, text: str, runs: list[Run]) -> None:
        self.text = text
        self.runs = runs
        self.starts = [run.at for run in runs]

    def offset(self, index: int) -> int:
        """Return the file offset of text[index]."""
        run = self.runs[max(0, bisect_right(self.starts, index) - 1)]
        return run.offset + max(0, index - run.at)

    def parts(self, start: int, stop: int) -> list[tuple[int, int]]:
        """Return the stretches of the file that hold text[start:stop]."""
        found = []
        for index in range(max(0, bisect_right(self.starts, start) - 1), len(self.runs)):
            run = self.runs[index]
            if run.at >= stop:
                break
            following = self.runs[index + 1].at if index + 1 < len(self.runs) else stop
            begin, end = max(start, run.at), min(stop, following)
            if begin < end:
                found.append((run.offset + begin - run.at, run.offset + end - run.at))
        return found


def lines_of(raw: str, start: int = 0) -> list[Line]:
    """Return the lines of raw[start:] without their ends."""
    return [Line(match[1], match.end(1)) for match in _LINE.finditer(raw, start) if match[0]]


def dedented(lines: Sequence[Line], width: int) -> list[Line]:
    """Return lines without their first `width` blanks, or as many as they have."""
    found = []
    for line in lines:
        blanks = len(line.text) - len(line.text.lstrip(" \t"))
        found.append(Line(line.text[min(width, blanks) :], line.stop))
    return found


def joined(lines: Sequence[Line]) -> Content:
    """Return lines as one content, parted by line ends, without blanks around each."""
    texts: list[str] = []
    runs: list[Run] = []
    at = 0
    for line in lines:
        text = line.text.strip()
        runs.append(Run(at, line.stop - len(line.text) + len(line.text) - len(line.text.lstrip())))
        texts.append(text)
        at += len(text) + 1
    return Content("\n".join(texts), runs)
