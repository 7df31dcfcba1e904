"""Check the reader of subtitles."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from consistency.readers.subtitles import READER
from consistency.records import Document

SRT = """1
00:00:01,000 --> 00:00:02,000
{\\an8}<i>He came</i>
with 40 men

2
00:00:03,000 --> 00:00:04,000
and left. &amp; so

3
00:00:05,000 --> 00:00:06,000
on.
- Really?
"""
VTT = """WEBVTT - Title

NOTE a note of 3 words

STYLE
::cue { color: red }

intro
00:01.000 --> 00:04.000 align:start
<v Ann>Welcome to 2024.

00:05.000 --> 00:06.000
ANN: Good.
"""


@pytest.mark.parametrize(
    ("raw", "texts"),
    [
        (SRT, ["He came with 40 men and left. & so on.", "- Really?"]),
        (VTT, ["Welcome to 2024.", "ANN: Good."]),
        ("no cues at all", []),
    ],
)
def test_cues(blocks: Callable[[Document], list[tuple[str, str]]], raw: str, texts: list[str]) -> None:
    assert blocks(READER.read(raw, "a.srt")) == [("paragraph", text) for text in texts]


def test_places() -> None:
    document = READER.read(SRT, "a.srt")
    assert document.position(document.text.index("Really")) == (13, 3)
