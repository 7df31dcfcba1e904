"""Check where sentences end: golden cases a language (tests/languages/segment-xx.txt), and the blocks' rules.

A case is its text, `---`, one expected segment a line, `===`. A malformed case is an error.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from consistency.languages import load_language
from consistency.readers._load import from_text
from consistency.segment import SegmentRules, segment

GOLDEN = sorted((Path(__file__).parent / "languages").glob("segment-*.txt"))


def cases(path: Path) -> list[tuple[str, str, list[str]]]:
    """Return (language, text, expected segments) of one golden file."""
    lang = path.stem.removeprefix("segment-")
    *found, rest = path.read_text(encoding="utf-8").split("\n===\n")
    if rest.strip() or not found:
        raise ValueError(f"{path.name}: the last case is not closed by ===")
    return [(lang, *_case(path, case)) for case in found]


def _case(path: Path, case: str) -> tuple[str, list[str]]:
    text, *expected = case.split("\n---\n")
    if len(expected) != 1 or not text.strip() or not expected[0].strip():
        raise ValueError(f"{path.name}: a case is text, ---, segments; found {case!r}")
    return text.strip("\n"), expected[0].strip("\n").split("\n")


def rules(lang: str) -> SegmentRules:
    data = load_language(lang).segmentation
    return SegmentRules(frozenset(data.abbreviations), frozenset(data.continues), data.ordinal_dot)


@pytest.mark.parametrize(("lang", "text", "expected"), [case for path in GOLDEN for case in cases(path)])
def test_golden(lang: str, text: str, expected: list[str]) -> None:
    assert [s.text for s in segment(from_text(text, lang=lang), rules(lang))] == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [("a\n---\n===\n", "a case is text"), ("a\n---\nb\n", "not closed"), ("a\nb\n===\n", "a case is text")],
)
def test_malformed_cases_are_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "segment-xx.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        cases(path)


MARKDOWN = """\
# One. Two.

First. Second.

- Item one. Goes on.

| A. B. | C |
|--|--|
| 1. Yes. | No. |

```
x = 1. Then.
y = 2
```
"""


def test_blocks_that_are_one_segment() -> None:
    found = segment(from_text(MARKDOWN, lang="en", format="markdown"))
    assert [(s.block, s.text) for s in found] == [
        (0, "One. Two."),
        (1, "First."),
        (1, "Second."),
        (2, "Item one."),
        (2, "Goes on."),
        (3, "A. B.\tC"),
        (4, "1. Yes.\tNo."),
        (5, "x = 1. Then.\ny = 2"),
    ]


def test_literals_are_never_cut() -> None:
    document = from_text("Use `a! = b. Not c` here. … Then `stop.` And on.", lang="en", format="markdown")
    assert [s.text for s in segment(document)] == ["Use a! = b. Not c here.", "… Then stop.", "And on."]


def test_lines_are_never_split() -> None:
    document = from_text("One. Two.\n\n Three. \nFour", lang="en", format="lines")
    assert [s.text for s in segment(document)] == ["One. Two.", "Three.", "Four"]


@pytest.mark.parametrize(
    "text", ["a. " * 20_000, "A. " * 20_000, "1. " * 20_000, '"A." ' * 20_000, "x" * 100_000]
)
def test_long_blocks_stay_linear(text: str) -> None:
    """The whole table takes under a second; with windows as long as the block it took minutes."""
    document = from_text(text, lang="en")
    assert "".join(s.text for s in segment(document)).count("a") == text.count("a")


def test_spans_point_at_the_text() -> None:
    document = from_text("Eins.  Zwei drei.\n\nVier 😀. Fünf.", lang="de")
    for found in segment(document):
        assert document.text[found.span.start : found.span.end] == found.text
        assert document.blocks[found.block].span.start <= found.span.start < found.span.end
