"""Check what the AsciiDoc reader makes of each construct."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from consistency.readers.asciidoc import READER
from consistency.records import Document


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("= Doc\nAnn Author\n:toc: left\n:description: What\n\n== One\n\nText\nmore", [
            ("heading1", "Doc"), ("paragraph", "Ann Author"), ("description", "What"), ("heading2", "One"),
            ("paragraph", "Text more")]),
        ("a *b* _c_ `d` #e# **f**g {version}", [("paragraph", "a b c d e fg {version}")]),
        ("10^6^ H~2~O ~ 2^n", [("paragraph", "10⁶ H2O ~ 2^n")]),
        ("snake_case 2*3*4 \\*x*", [("paragraph", "snake_case 2*3*4 *x*")]),
        ("kbd:[Ctrl+C] and menu:File[Save] footnote:[A note.]", [("paragraph", "Ctrl+C and File Save A note.")]),
        ("one +\ntwo &amp; three", [("paragraph", "one two & three")]),
        ("* a\nb\n** c\n. d\n- e", [("item1", "a b"), ("item2", "c"), ("item1", "d"), ("item1", "e")]),
        ("* a\n+\nmore", [("item1", "a"), ("paragraph", "more")]),
        ("t:: d\nu::\n  e", [("item1", "t"), ("item1", "d"), ("item1", "u"), ("item1", "e")]),
        ("NOTE: Mind it.", [("paragraph", "Mind it.")]),
        ("[TIP]\n.Title\n====\nIn it.\n====", [("caption", "Title"), ("paragraph", "In it.")]),
        ("[source,java]\n----\nint x;\n\n y\n----\nT", [("code", "int x;\n\n y"), ("paragraph", "T")]),
        ("[source]\nx = 1\n", [("code", "x = 1")]),
        ("....\nliteral\n....", [("code", "literal")]),
        (" indented", [("code", " indented")]),
        ("[quote,Ann]\n____\nQ\n____", [("quote1", "Q")]),
        ("////\n40\n////\n// 41\nText", [("paragraph", "Text")]),
        ("++++\n<b>4</b>\n++++", []),
        ("include::x.adoc[]\nifdef::a[]\nText\nendif::[]", [("paragraph", "Text endif::[]")]),
        ("image::i.png[Alt text,300]", [("paragraph", "Alt text")]),
        ("|===\n|A |B\n\n|1\n|2 x\ny\n\n2+|3 a|4\n|===", [("row", "A\tB"), ("row", "1\t2 x y"), ("row", "3\t4")]),
    ],
)  # fmt: skip
def test_blocks(
    blocks: Callable[[Document], list[tuple[str, str]]], raw: str, expected: list[tuple[str, str]]
) -> None:
    assert blocks(READER.read(raw, "a.adoc")) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("`a b`", [("code", "a b", "a b")]),
        ("https://x.example/y[the text^]", [("link", "the text", "https://x.example/y")]),
        ("https://x.example/y", [("link", "https://x.example/y", "https://x.example/y")]),
        ("link:p.html[text,window=_blank]", [("link", "text", "p.html")]),
        ("<<id,see>>", [("link", "see", "id")]),
        ("image:i.png[Alt]", [("image", "Alt", "i.png")]),
    ],
)
def test_marks(raw: str, expected: list[tuple[str, str, str]]) -> None:
    document = READER.read(raw, "a.adoc")
    assert [(m.kind, document.text[slice(*m.span)], m.value) for m in document.marks] == expected


def test_language_and_places() -> None:
    document = READER.read("= T\n:lang: de\n\n|===\n|a |*b*\n|===\n", "a.adoc")
    assert document.meta["lang"] == "de"
    assert document.position(document.text.index("b")) == (5, 6)
