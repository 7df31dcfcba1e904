"""Hold every reader to the promise that a character of the text stands in the file where it is said to stand.

Hostile and random input must not break a reader: it yields a Document or one ConsistencyError.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency.readers._load import readers
from consistency.records import ConsistencyError, Document

TEXT_READERS = sorted(name for name, reader in readers().items() if not reader.binary)
PIECES = [
    "word", "Zürich", "語", "。", "한", "😀", " ", "  ", "\n", "\r\n", "\n\n", "\t", "*", "**", "_", "`", "```", "~~~", "#", "# ", "- ",
    "1. ", "> ", "|", "\\|", "--|--", "[a]", "(b)", "[x](y)", "![i](j)", "[^1]", "[^1]: ", "<", ">", "</p>", "<p>", "<b>", "<code>",
    "<a href='u'>", "<img alt='x' src=y>", "<!-- c -->", "<!--", "&amp;", "&", "&#65;", "{{< s >}}", "{%", "%}", "{#id}", "{", "}",
    ":::", "!!! note \"T\"", "    ", "---\n", "+++\n", "title: x\n", "\"", "'", "<li>", "<td>", "<tr>", "<pre>", "<h1>", "<script>",
    "\\", "\u00a0", "\u200f", "\ufdd0", "=", "===", "<?", "]]>", "<![CDATA[", "a=", "msgid \"x\"\n", "msgstr \"y\"\n", "{\"k\": \"v\"}",
    "k: v\n", "- x\n", ".. note::", "::", "``", ":ref:`x`", "|===\n", "image::x[alt]", "00:00:01,000 --> 00:00:02,000\n", "1\n", "WEBVTT\n", "<sup>2</sup>", "^2^", ":sup:`2`",
    "<trans-unit id='1'><source>s</source><target>t</target></trans-unit>", "<xliff>", "<tu><tuv xml:lang='en'><seg>s</seg></tuv></tu>",
]  # fmt: skip
ANYTHING = st.one_of(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.text(max_size=200))


def read(name: str, raw: str) -> Document | None:
    """Return the document, None where the reader refuses it; any other exception is a failure."""
    with suppress(ConsistencyError):
        document: Document = readers()[name].read(raw, "x")
        return document
    return None


def check_offsets(document: Document) -> None:
    """Assert the promise; line ends, spaces and cell borders may be ours, and references stand at their "&"."""
    raw = document.raw
    assert len(document.offsets) == len(document.text) + 1
    for char, offset in zip(document.text, document.offsets, strict=False):
        assert 0 <= offset <= len(raw)
        assert char in "\n\t ⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻" or raw[offset] == char or raw[offset] in "&\\", (char, offset)
    assert 0 <= document.offsets[-1] <= len(raw)


def check_blocks(document: Document) -> None:
    """Assert that blocks are in order, apart, and neither empty nor edged with blanks; marks are within."""
    end = -1
    for block in document.blocks:
        text = document.text[slice(*block.span)]
        assert end < block.span.start < block.span.end <= len(document.text)
        assert text.strip()
        assert not block.prose or text == text.strip(" \t\n")
        end = block.span.end
    for mark in document.marks:
        assert 0 <= mark.span.start <= mark.span.end <= len(document.text)


@pytest.mark.parametrize("name", TEXT_READERS)
def test_any_input(name: str) -> None:
    @settings(max_examples=150, deadline=None, database=None, derandomize=True)
    @given(ANYTHING)
    def holds(raw: str) -> None:
        document = read(name, raw)
        if document is not None:
            check_offsets(document)
            check_blocks(document)

    holds()


HOSTILE: list[tuple[str, Callable[[int], str]]] = [
    ("open brackets", lambda n: "[" * n),
    ("images in images", lambda n: "![" * n + "](x)" * n),
    ("emphasis", lambda n: "*a **b " * (n // 8)),
    ("closers", lambda n: "a* " * (n // 3)),
    ("backticks", lambda n: "".join("`" * (i % 50 + 1) + "a" for i in range(n // 26))),
    ("quotes", lambda n: ">" * n),
    ("lists", lambda n: "- " * (n // 2)),
    ("open tags", lambda n: "<a b='" * (n // 6)),
    ("tag starts", lambda n: "<a " * (n // 3)),
    ("deep tags", lambda n: "<div><b>" * (n // 8)),
    ("deep text", lambda n: "<div>a " * (n // 7)),
    ("close tags", lambda n: "</div>" * (n // 6)),
    ("comments", lambda n: "<!-- x --" * (n // 9)),
    ("declarations", lambda n: "<!a" * (n // 3)),
    ("references", lambda n: "&a" * (n // 2)),
    ("shortcodes", lambda n: "{{< a " * (n // 6)),
    ("attribute lists", lambda n: "{.a.b#c " * (n // 8)),
    ("braces", lambda n: "{:a" * (n // 3)),
    ("blanks", lambda n: " " * n + "x"),
    ("blank lines", lambda n: " \n" * (n // 2) + "x"),
    ("pipes", lambda n: "|a" * (n // 2) + "\n" + "|-" * (n // 2)),
    ("admonitions", lambda n: "".join("    " * i + "!!! a\n" for i in range(int((n / 2) ** 0.5)))),
    ("front matter", lambda n: "---\n" + "a:" * (n // 2) + "\n" + " " * n + "\n---\n"),
    ("one word", lambda n: "x" * n),
    ("escapes", lambda n: "\\" * n),
    ("list marks and blanks", lambda n: "---\na:\n-" + " " * n + "\n---\n"),
    ("links", lambda n: "[a](b " * (n // 6)),
    ("raw text", lambda n: "<title>" * (n // 7)),
]


@pytest.mark.parametrize("name", TEXT_READERS)
@pytest.mark.parametrize(("title", "make"), HOSTILE, ids=[title for title, _ in HOSTILE])
def test_time_grows_with_the_size(name: str, title: str, make: Callable[[int], str]) -> None:
    """Eight times the input may take twenty-five times as long (noise, caches), not sixty-four.

    A busy machine makes single measurements wild; what is quadratic stays so when measured again.
    """
    for _ in range(4):
        small, large = _seconds(name, make(4_000)), _seconds(name, make(32_000))
        if large < max(0.25, 25 * small):
            return
    pytest.fail(f"{title}: {small:.3f} s, eight times as much {large:.3f} s, four times over")


def _seconds(name: str, raw: str) -> float:
    began = time.process_time()
    read(name, raw)
    return time.process_time() - began
