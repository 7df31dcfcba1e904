"""Check what the HTML reader takes as content, how it cuts blocks, and that no markup breaks it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from consistency.readers.html import READER
from consistency.records import ConsistencyError, Document, Pragma

Blocks = Callable[[Document], list[tuple[str, str]]]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("<h1>A <em>b</em></h1><p>One\n two<p>Three", [("heading1", "A b"), ("paragraph", "One two"), ("paragraph", "Three")]),
        ("<title>T &amp; U</title><p>x", [("title", "T & U"), ("paragraph", "x")]),
        ("<head><meta name=Description content='A \"b\"'></head>x", [("description", 'A "b"'), ("paragraph", "x")]),
        ("<nav>Menu</nav><header>Site</header><p>x</p><footer>2024</footer><aside>Ad</aside>", [("paragraph", "x")]),
        ("<header>Site</header><main><header><h1>H</h1></header>x</main><p>out", [("heading1", "H"), ("paragraph", "x")]),
        ("<article>a</article><div>b</div><article>c</article>", [("paragraph", "a"), ("paragraph", "c")]),
        ("<ul><li>a<ul><li>b</ul><li><p>c</p><p>d</p></ul>", [
            ("item1", "a"), ("item2", "b"), ("item1", "c"), ("item1", "d")]),
        ("<dl><dt>T<dd>D</dl>", [("item1", "T"), ("item1", "D")]),
        ("<table><caption>C</caption><tr><th>A<th>B<tr><td>1<td></td><td><p>3</p></td></table>", [
            ("caption", "C"), ("row", "A\tB"), ("row", "1\t\t3")]),
        ("<table><tr><td><h2>H</h2><ul><li>i</ul></td></tr></table>", [("heading2", "H"), ("item1", "i")]),
        ("<pre><code>\nx &lt; 1\n\n  y</code></pre>z", [("code", "x < 1\n\n  y"), ("paragraph", "z")]),
        ("<blockquote>q<blockquote>r</blockquote></blockquote>", [("quote1", "q"), ("quote2", "r")]),
        ("<figure><img alt='Alt' src=i><figcaption>Cap</figcaption></figure>", [("paragraph", "Alt"), ("caption", "Cap")]),
        ("<p>a<script>if (a<b) {'</p>'}</script>b<style>p{}</style>", [("paragraph", "ab")]),
        ("<form>Name <input value=3></form><p hidden>no</p>yes", [("paragraph", "yes")]),
        ("<p>3&nbsp;000 &euro; &#x41;&#66; &copy 2020 &nosuch; a&b", [("paragraph", "3\u00a0000 € AB © 2020 &nosuch; a&b")]),
        ("<p>10<sup>6</sup> km<sup>2</sup>, H<sub>2</sub>O, in 2024<sup>3</sup> x<sup>n", [("paragraph", "10⁶ km², H2O, in 2024³ xn")]),
        ("<p>a<br>b<!-- 40 --><wbr>c", [("paragraph", "a bc")]),
        ("<p title='Tip &amp; more'>a</p>", [("caption", "Tip & more"), ("paragraph", "a")]),
        ("1 < 2 and 3 > 2 <3", [("paragraph", "1 < 2 and 3 > 2 <3")]),
        ("<p>x <b unclosed='1 <i>y", [("paragraph", "x <b unclosed='1 y")]),
        ("</p></div>a</ul></b>", [("paragraph", "a")]),
        ("<h1>never closed<p>text", [("heading1", "never closed"), ("paragraph", "text")]),
        ("<p>中国\n人民</p>", [("paragraph", "中国人民")]),
        ("<?php 1 ?><!DOCTYPE html><![CDATA[x]]><p>a", [("paragraph", "a")]),
        ("", []),
    ],
)  # fmt: skip
def test_blocks(blocks: Blocks, raw: str, expected: list[tuple[str, str]]) -> None:
    assert blocks(READER.read(raw, "a.html")) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (
            "<a href='/x?a=1&amp;b=2'>t <code>c</code></a>",
            [("code", "c", "c"), ("link", "t c", "/x?a=1&b=2")],
        ),
        ("<p>a <img alt='' src=i.png>", [("image", "", "i.png")]),
        ("<p><a href=x>one <code>two</a> three</code>", [("link", "one two", "x")]),  # misnested
        ("<a name=x>t</a>", []),
        ("<pre><code>c</code></pre>", []),  # the block says it
    ],
)
def test_marks(raw: str, expected: list[tuple[str, str, str]]) -> None:
    document = READER.read(raw, "a.html")
    assert [(m.kind, document.text[slice(*m.span)], m.value) for m in document.marks] == expected


@pytest.mark.parametrize(
    ("raw", "lang"),
    [
        ("<html lang='pt-BR'><p>x", "pt-BR"),
        ("<html><main lang=de>x</main>", "de"),
        ("<meta http-equiv=Content-Language content=fr>x", "fr"),
        ("<html><p lang=de>x", ""),  # a quotation in another language
    ],
)
def test_declared_language(raw: str, lang: str) -> None:
    assert READER.read(raw, "a.html").meta.get("html:lang", "") == lang


@pytest.mark.parametrize(
    ("raw", "word", "place"),
    [
        ("<html>\n<body>\n  <p>One <b>two</b>", "two", (3, 13)),
        ("<p>a &amp; b <img\nalt='the alt'>", "the alt", (2, 6)),
        ("<p>😀 b", "b", (1, 6)),  # code points, as Python counts
        ("<table><tr><td>a<td>b", "b", (1, 21)),
    ],
)
def test_places(raw: str, word: str, place: tuple[int, int]) -> None:
    document = READER.read(raw, "a.html")
    assert document.position(document.text.index(word)) == place


def test_pragma() -> None:
    document = READER.read("<p>a</p><!-- consistency: ignore date-dropped old page --><p>b</p>", "a.html")
    assert document.pragmas == (Pragma("date-dropped", "old page", document.blocks[1].span),)


def test_open_comment_is_refused() -> None:
    with pytest.raises(ConsistencyError) as caught:
        READER.read("<p>a</p>\n<!-- and so on", "a.html")
    assert str(caught.value) == "a.html:2: this comment is never closed"
