"""Check the reader of Word documents on files that the tests write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from consistency.readers import docx
from consistency.readers.docx import READER
from consistency.records import ConsistencyError, Document

STYLES = '<w:styles><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style></w:styles>'
LINKS = '<Relationships><Relationship Id="r1" Target="http://x.example/?a=1&amp;b=2"/></Relationships>'


def pack(body: str, **parts: str) -> bytes:
    """Return the bytes of a .docx with this body."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f'<?xml version="1.0" encoding="UTF-8"?><w:body>{body}</w:body>'
        )
        archive.writestr("word/styles.xml", STYLES)
        archive.writestr("word/_rels/document.xml.rels", LINKS)
        for name, text in parts.items():
            archive.writestr(f"word/{name}.xml", text)
    return stream.getvalue()


def para(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (para("Titel", '<w:pStyle w:val="berschrift1"/>') + para("Text"), [("heading1", "Titel"), ("paragraph", "Text")]),
        (para("Punkt", '<w:numPr><w:ilvl w:val="1"/></w:numPr>'), [("item2", "Punkt")]),
        ("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b &amp; </w:t></w:r><w:r><w:t>c</w:t></w:r></w:p>", [("paragraph", "a b & c")]),
        ("<w:p><w:del><w:r><w:t>40</w:t></w:r></w:del><w:ins><w:r><w:t>41</w:t></w:r></w:ins></w:p>", [("paragraph", "41")]),
        (f"<w:tbl><w:tr><w:tc>{para('A')}</w:tc><w:tc>{para('B')}{para('b')}</w:tc></w:tr></w:tbl>", [("row", "A\tB b")]),
        ('<w:p><w:r><w:drawing><wp:docPr descr="Ein Bild"/></w:drawing></w:r></w:p>', [("paragraph", "Ein Bild")]),
        ("<w:p/>" + para("x"), [("paragraph", "x")]),
    ],
)  # fmt: skip
def test_blocks(
    blocks: Callable[[Document], list[tuple[str, str]]], body: str, expected: list[tuple[str, str]]
) -> None:
    assert blocks(READER.read(pack(body), "a.docx")) == expected


def test_links_footnotes_and_places() -> None:
    body = para("One") + '<w:p><w:hyperlink r:id="r1"><w:r><w:t>the link</w:t></w:r></w:hyperlink></w:p>'
    document = READER.read(pack(body, footnotes=f"<w:footnote>{para('Note.')}</w:footnote>"), "a.docx")
    assert document.text == document.raw == "One\nthe link\nNote."
    assert [(m.kind, m.span, m.value) for m in document.marks] == [
        ("link", (4, 12), "http://x.example/?a=1&b=2")
    ]
    assert document.position(document.text.index("link")) == (2, 5)


def test_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConsistencyError, match=r"^a\.docx: is not a DOCX file: "):
        READER.read(b"PK nothing", "a.docx")
    with pytest.raises(ConsistencyError, match=r"^a\.docx: is not a DOCX file: "):
        READER.read(pack(para("x" * 5000))[:-60], "a.docx")
    stream = io.BytesIO()
    zipfile.ZipFile(stream, "w").close()
    with pytest.raises(
        ConsistencyError, match=r"^a\.docx: is not a DOCX file: it has no word/document\.xml$"
    ):
        READER.read(stream.getvalue(), "a.docx")
    monkeypatch.setattr(docx, "_UNPACKED", 1000)
    with pytest.raises(ConsistencyError) as caught:  # a bomb: small packed, large unpacked
        READER.read(pack(para("x" * 500), footnotes=para("x" * 500)), "a.docx")  # together
    assert str(caught.value) == "a.docx: unpacks to more than the limit of 1000 bytes"
