"""Check what the Markdown reader makes of each construct: blocks, marks, places."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from consistency.readers.markdown import READER
from consistency.records import ConsistencyError, Document, Pragma

Blocks = Callable[[Document], list[tuple[str, str]]]


def marks(document: Document) -> list[tuple[str, str, str]]:
    return [(m.kind, document.text[m.span.start : m.span.end], m.value) for m in document.marks]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("# One *two*\n\nThree\nfour", [("heading1", "One two"), ("paragraph", "Three four")]),
        ("Setext `h`\n===", [("heading1", "Setext h")]),
        ("## Closed ##", [("heading2", "Closed")]),
        ("天気が\nよい日に", [("paragraph", "天気がよい日に")]),  # no space where the script has none
        ("새 문장\n하나", [("paragraph", "새 문장 하나")]),  # Hangul has spaces
        ("日本\nText", [("paragraph", "日本 Text")]),
        ("- a\n  b\n- [x] done\n  1. deep", [("item1", "a b"), ("item1", "done"), ("item2", "deep")]),
        ("> q\n> > r", [("quote1", "q"), ("quote2", "r")]),
        ("| A | B |\n|--|--|\n| 1 | `x \\| y` |\n|  | 2 |", [("row", "A\tB"), ("row", "1\tx | y"), ("row", "2")]),
        ("> | A | B |\n> |--|--|\n> | 1 | 2 |", [("row", "A\tB"), ("row", "1\t2")]),
        ("```py\nx = 1\n\n  y\n```", [("code", "x = 1\n\n  y")]),
        ("- a\n\n  ```\n  in list\n  ```", [("item1", "a"), ("code", "in list")]),
        ("~~~ text\nFor people.\n\nMore.\n~~~", [("paragraph", "For people."), ("paragraph", "More.")]),
        ("```text\na/\n├── b   # two\n\n└── c\n```", [("line", "a/"), ("line", "├── b # two"), ("line", "└── c")]),
        ("import X from '@site/x';\n\nText", [("paragraph", "Text")]),
        ("import duties rose", [("paragraph", "import duties rose")]),
        ("```md\n## Head\n- item\n```", [("heading2", "Head"), ("item1", "item")]),
        ("a &amp; b \\* c &copy; d", [("paragraph", "a & b * c © d")]),
        ("3&nbsp;000", [("paragraph", "3\u00a0000")]),  # a no-break space is content
        ("a<!-- not me -->b", [("paragraph", "ab")]),
        ("10<sup>-6</sup> m", [("paragraph", "10⁻⁶ m")]),
        ("a **b** _c_ ~~d~~", [("paragraph", "a b c d")]),
        ("**警告：**これは", [("paragraph", "警告：これは")]),  # CommonMark leaves these asterisks
        ("2**10 is 1024", [("paragraph", "2**10 is 1024")]),
        ("text[^1] on\n\n[^1]: The note.", [("paragraph", "text on"), ("paragraph", "The note.")]),
        ("[a][r] b\n\n[r]: http://x.example", [("paragraph", "a b")]),
        ("## Title {#id .class}", [("heading2", "Title")]),
        ("## Title { #id }", [("heading2", "Title")]),
        ("## عنوان {#عنوان-القسم}", [("heading2", "عنوان")]),
        ("Set {x | x > 3}", [("paragraph", "Set {x | x > 3}")]),  # braces of its own stay
        ("a {{< ref \"x.md\" >}} b", [("paragraph", "a b")]),
        ("{{% alert title=\"Careful\" %}}\nBody\n{{% /alert %}}", [("caption", "Careful"), ("paragraph", "Body")]),
        ("{% include x.html %}\n\nText", [("paragraph", "Text")]),
        ("{% comment %}\n40 secrets\n{% endcomment %}\nText", [("paragraph", "Text")]),
        ("{% highlight js %}\nlet a\n{% endhighlight %}", [("code", "let a")]),
        ("Version {{ site.version }} is out", [("paragraph", "Version {{ site.version }} is out")]),
        ("!!! note \"A *title*\"\n    In.\n\n        code\n\nOut", [
            ("heading6", "A title"), ("paragraph", "In."), ("code", "code"), ("paragraph", "Out")]),
        ("!!! tip\n    In.", [("paragraph", "In.")]),
        ("!!! Wow, really", [("paragraph", "!!! Wow, really")]),
        (":::note My title\n\nIn.\n\n:::", [("heading6", "My title"), ("paragraph", "In.")]),
        (":::{tip}\n:class: x\nIn.\n:::", [("paragraph", "In.")]),
        ("```{warning} Hot\nIn.\n```", [("heading6", "Hot"), ("paragraph", "In.")]),
        ("```{code-block} python\nx\n```", [("code", "x")]),
        ("/// note | Title\n\nIn.\n\n///", [("heading6", "Title"), ("paragraph", "In.")]),
        ("See {ref}`the label`.", [("paragraph", "See the label.")]),
        ("> [!NOTE]\n> Mind it.", [("quote1", "Mind it.")]),
        ("A para.\n{: .lead}", [("paragraph", "A para.")]),
        ("<p align=\"center\"><img alt=\"Logo\" src=\"l.png\"> x &lt; <em>y</em></p>", [("paragraph", "Logo x < y")]),
        ("> <p>a\n> b</p>", [("paragraph", "a b")]),  # the quote's marks are no text
        ("<p>See [b](http://x.example) and **c**</p>", [("paragraph", "See b and c")]),  # kramdown reads it
        ("<script>\nvar n = 4;\n</script>\nText", [("paragraph", "Text")]),
        ("<details><summary>More</summary>\n\nIn *it*.\n\n</details>", [("paragraph", "More"), ("paragraph", "In it.")]),
        ("---\n\n***\n", []),
        ("![](i.png)", []),  # no alternative: a mark without a block
    ],
)  # fmt: skip
def test_blocks(blocks: Blocks, raw: str, expected: list[tuple[str, str]]) -> None:
    assert blocks(READER.read(raw, "a.md")) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Use `a b` now", [("code", "a b", "a b")]),
        ("`` a ` b ``", [("code", "a ` b", "a ` b")]),
        ("> `two\n> lines`", [("code", "two lines", "two lines")]),
        (
            '[the *docs*](http://x.example/?a=1&amp;b=ü "T")',
            [("link", "the docs", "http://x.example/?a=1&b=ü")],
        ),
        ("<https://x.example/y>", [("link", "https://x.example/y", "https://x.example/y")]),
        ("<me@x.example>", [("link", "me@x.example", "mailto:me@x.example")]),
        ("[a]\n\n[a]: <b c>", [("link", "a", "b c")]),
        ("![Alt **t**](i.png)", [("image", "Alt t", "i.png")]),
        ("[![CI](b.svg)](http://x.example)", [("image", "CI", "b.svg"), ("link", "CI", "http://x.example")]),
        ("![](i.png)", [("image", "", "i.png")]),
        ('x <a href="/y">z</a> <code>k</code>', [("link", "z", "/y"), ("code", "k", "k")]),
        ('x <a href="/y">never closed', []),
    ],
)
def test_marks(raw: str, expected: list[tuple[str, str, str]]) -> None:
    assert marks(READER.read(raw, "a.md")) == expected


@pytest.mark.parametrize(
    ("raw", "word", "place"),
    [
        ("# A\n\none\n  two *three*", "three", (4, 8)),
        ("> - a\n>   deep word", "word", (2, 10)),
        ("| A | B |\n|--|--|\n| 1 | `x \\| y` |", "y", (3, 13)),
        ("\r\nline\r\nnext *word*\r\n", "word", (3, 7)),  # \r\n is one line end
        ('---\ntitle: Big "news"\n---\n', "news", (2, 13)),
        ('!!! note "The title"\n    In a *word*.', "word", (2, 11)),
        ("a &amp; b", "b", (1, 9)),
        ('[x](http://x.example "a tip")', "a tip", (1, 23)),
        ("```md\n> inner *word*\n```", "word", (2, 10)),
    ],
)
def test_places(raw: str, word: str, place: tuple[int, int]) -> None:
    document = READER.read(raw, "a.md")
    assert document.position(document.text.index(word)) == place


def test_front_matter(blocks: Blocks) -> None:
    raw = (
        "---\ntitle: 'It''s C&oacute;digo' # note\ndescription: >\n  Two\n  lines\nlang: pt-BR\n"
        "l10n:\n  sourceCommit: abc1\ntags: [a, b]\nlist:\n  - x: 1\n---\nBody\n"
    )
    document = READER.read(raw, "a.md")
    assert blocks(document) == [("title", "It's Código"), ("description", "Two lines"), ("paragraph", "Body")]
    assert document.meta == {
        "title": "It's C&oacute;digo",
        "description": "Two lines",
        "lang": "pt-BR",
        "l10n.sourceCommit": "abc1",
    }


def test_toml_front_matter(blocks: Blocks) -> None:
    document = READER.read('+++\ntitle = "Vier"\nweight = 3\n[params]\nx = true\n+++\nBody', "a.md")
    assert blocks(document) == [("title", "Vier"), ("paragraph", "Body")]
    assert document.meta == {"title": "Vier", "weight": "3", "params.x": "True"}
    assert document.position(0) == (2, 10)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("---\ntitle: x\n\nBody", "a.md:1: the front matter that opens with --- is never closed"),
        ("+++\nx = 1\n", "a.md:1: the front matter that opens with +++ is never closed"),
        ("Text\n\n<!-- open\n\nmore", "a.md:3: this comment is never closed"),
    ],
)
def test_refused(raw: str, message: str) -> None:
    with pytest.raises(ConsistencyError) as caught:
        READER.read(raw, "a.md")
    assert str(caught.value) == message


def test_thematic_breaks_are_no_front_matter(blocks: Blocks) -> None:
    document = READER.read("---\n\nText without keys\n\n---\n", "a.md")
    assert blocks(document) == [("paragraph", "Text without keys")]


def test_pragmas_govern_the_next_block() -> None:
    document = READER.read(
        "One\n\n<!-- consistency: ignore number-dropped told below -->\nTwo\n\nThree", "a.md"
    )
    (pragma,) = document.pragmas
    assert pragma == Pragma("number-dropped", "told below", document.blocks[1].span)


def test_pragma_within_a_block() -> None:
    document = READER.read("One <!-- consistency: ignore url-changed -->\n\nTwo", "a.md")
    assert document.pragmas == (Pragma("url-changed", "", document.blocks[0].span),)


def test_front_matter_pragma_governs_the_document() -> None:
    raw = "---\nconsistency:\n  ignore:\n    - name-dropped other names here\n    - date-changed\n---\nOne"
    document = READER.read(raw, "a.md")
    assert document.pragmas == (
        Pragma("name-dropped", "other names here", None),
        Pragma("date-changed", "", None),
    )


def test_mdx(blocks: Blocks) -> None:
    raw = 'import X from \'./x\'\nexport const y = {\n  a: 1,\n}\n\n{/* gone */}\n\n# Hi\n\n<X title="Tip" label="L" id="4">\n\nText\n\n</X>'
    assert blocks(READER.read(raw, "a.mdx")) == [
        ("heading1", "Hi"),
        ("caption", "Tip"),
        ("caption", "L"),
        ("paragraph", "Text"),
    ]
