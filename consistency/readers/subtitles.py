"""Read subtitles, SubRip and WebVTT: the spoken text, without numbers, times, styles and positions.

A sentence runs over several cues, so cues are joined until one ends a sentence or a new voice begins.
"""

from __future__ import annotations

import re

from consistency.readers._builder import Builder, line_starts
from consistency.readers._reader import Reader
from consistency.readers._tags import pieces
from consistency.records import Document

_TIME = r"(?:\d{1,4}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_TIMES = re.compile(rf"[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}")
_OVERRIDE = re.compile(r"\{\\[^{}\r\n]{0,200}\}")  # {\an8}, from another format, is common in SubRip
_ENDS = re.compile(r"[.!?…。！？।؟:♪\"'”’»」』)\]]$")
_VOICE = re.compile(r"[-–—]|[\[(♪]|[A-ZÀ-ÞА-Я][A-ZÀ-ÞА-Я .]{1,30}:")


def read(raw: str, path: str) -> Document:
    """Return the text of the cues, sentence by sentence where the cues allow it."""
    builder = Builder(raw, path)
    starts = [*line_starts(raw), len(raw)]
    in_cue = False
    for start, stop in zip(starts, starts[1:], strict=False):
        line = raw[start:stop].rstrip("\r\n")
        if not line.strip():
            in_cue = False
        elif _TIMES.match(line):
            in_cue = True
        elif in_cue:
            _line(builder, start, start + len(line))
    return builder.document()


def _line(builder: Builder, start: int, stop: int) -> None:
    """Write one line of a cue, as a new paragraph where the one before has come to its end."""
    text = builder.raw[start:stop].strip()
    if not builder.is_open or _ENDS.search(builder.last) or _VOICE.match(text):
        builder.begin("paragraph")
    builder.blank(start, soft=True)
    for piece in pieces(builder.raw, start, stop, raw_text=frozenset()):
        if piece.kind != "text":
            continue
        position = piece.start
        for match in _OVERRIDE.finditer(builder.raw, piece.start, piece.stop):
            builder.decoded(position, match.start())
            position = match.end()
        builder.decoded(position, piece.stop)


READER = Reader("subtitles", (".srt", ".vtt"), read)
