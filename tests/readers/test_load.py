"""Check what is read from files: encodings, languages, and every refusal with its exact line."""

from __future__ import annotations

from pathlib import Path

import pytest

from consistency.readers._load import from_text, load, load_groups, reader_for, readers
from consistency.records import ConsistencyError


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("a.txt", "Größe".encode(), "Größe"),
        ("a.txt", b"\xef\xbb\xbfGr\xc3\xb6\xc3\x9fe", "Größe"),  # the mark is no character of line 1
        ("a.txt", "Größe".encode("utf-16"), "Größe"),
        ("a.txt", b"\xfe\xff" + "Größe".encode("utf-16-be"), "Größe"),
        ("a.txt", b"\xff\xfe\x00\x00" + "Größe".encode("utf-32-le"), "Größe"),
        ("a.html", "<meta charset=iso-8859-1><p>Größe €".encode("cp1252"), "Größe €"),  # as browsers read it
        (
            "a.html",
            '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">ж'.encode("koi8-r"),
            "ж",
        ),
        ("a.html", "<meta charset=utf-16>ж".encode(), "ж"),  # it could be read, so it is not UTF-16
        (
            "a.po",
            'msgid ""\nmsgstr "Content-Type: text/plain; charset=ISO-8859-2\\n"\n\nmsgid "a"\nmsgstr "ő"'.encode(
                "iso-8859-2"
            ),
            "ő",
        ),
        (
            "a.xlf",
            '<?xml version="1.0" encoding="cp1251"?><xliff><unit><target>ж</target></unit></xliff>'.encode(
                "cp1251"
            ),
            "ж",
        ),
        ("a.html", '<meta charset="shift_jis">語'.encode("cp932"), "語"),
        ("a.html", b"<meta charset=hz>~{VPND~}", "中文"),
        ("a.html", b"\xef\xbb\xbf<meta charset=koi8-r>\xd0\xb6", "ж"),  # the mark wins
        ("a.json", b'{"a": "x\\ud800y"}', "x\ufffdy"),  # half of a pair says nothing
        ("a.txt", b"one\rtwo\r\nthree\nfour", "one two\nthree four"),  # every kind of line end, and lines that are wrapped
        ("a.txt", "e\u0301 \u05d0\u05b7".encode(), "e\u0301 \u05d0\u05b7"),  # combining characters stay as they are
    ],
)
def test_encodings(tmp_path: Path, name: str, data: bytes, text: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    document = load(str(path))
    assert document.text == text
    assert document.raw[document.offsets[0]] == text[0]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.txt", b"", "the file is empty"),
        ("a.txt", b" \n\t\n", "the file is empty"),
        ("a.txt", b"\xef\xbb\xbf", "the file is empty"),
        ("a.txt", b"text\0more", "binary content, not text (a NUL at byte 4)"),
        ("a.txt", b"one\r\ntw\xc3\xb6 \xff", "2:5: byte 0xff at byte 10 is not utf-8"),
        ("a.txt", "Größe".encode("cp1252"), "1:3: byte 0xf6 at byte 2 is not utf-8"),
        ("a.html", b"<meta charset=utf-8>\xff", "1:21: byte 0xff at byte 20 is not utf-8"),
        ("a.html", b"<meta charset=no-such>x", "declares the encoding no-such, which is not known"),
        ("a.html", b"<meta charset=rot13>x", "declares the encoding rot13, which is not known"),
        # Once crashed, or read what no browser reads: Python calls these text encodings.
        ("a.html", b"<meta charset=undefined>x", "declares the encoding undefined, which is not known"),
        ("a.html", b"<meta charset=utf-7>+AGE-", "declares the encoding utf-7, which is not known"),
        ("a.html", b"<meta charset=unicode_escape>\\ud800", "declares the encoding unicode_escape, which is not known"),
        ("a.html", b"<meta charset=punycode>a-b", "declares the encoding punycode, which is not known"),
        ("a.txt", "a\nb\0c".encode("utf-16"), "2:2: binary content, not text (a NUL)"),  # once passed for text
        ("a.txt", "Größe".encode("utf-16")[:-1], "1:5: byte 0x65 at byte 10 is not utf-16-le"),  # cut in half
        ("a.txt", b"\xff\xfea\0\x00\xd8b\0", "1:2: byte 0x00 at byte 4 is not utf-16-le"),  # half of a pair
        ("a.txt", b"ab\xed\xa0\x80", "1:3: byte 0xed at byte 2 is not utf-8"),  # the same in UTF-8
        ("a.txt", "Цена".encode("cp1251"), "1:1: byte 0xd6 at byte 0 is not utf-8"),
        ("a.txt", b"x" * 101, "101 bytes, over the limit of 100 bytes"),
        ("a.md", b"---\nx: 1\n", "1: the front matter that opens with --- is never closed"),
    ],
)
def test_refused(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ConsistencyError) as caught:
        load(str(path), max_bytes=100)
    said = str(caught.value)
    assert said.removeprefix(str(path)).lstrip(": ") == message


def test_no_file_or_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ConsistencyError, match=r"gone\.md: no such file$"):
        load(str(tmp_path / "gone.md"))
    with pytest.raises(ConsistencyError, match=": is a folder, a file is needed$"):
        load(str(tmp_path))


def test_unknown_reader() -> None:
    with pytest.raises(
        ConsistencyError, match=r"^--reader wordstar: no such reader; there are asciidoc, .*markdown, .*yaml$"
    ):
        load("x", reader="wordstar")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a.MD", "markdown"),
        ("a.de.html", "html"),
        ("README", "text"),
        ("a.mdx", "markdown"),
        ("a.lines", "lines"),
    ],
)
def test_reader_by_name(path: str, name: str) -> None:
    assert reader_for(path).name == name


@pytest.mark.parametrize(
    ("path", "raw", "lang", "expected"),
    [
        ("de.md", "Nur ein Satz.", "fr", ("fr", "option", (("option", "fr"), ("name", "de")))),
        (
            "de.md",
            "---\nlang: it\n---\nUna.",
            "",
            ("it", "front matter", (("front matter", "it"), ("name", "de"))),
        ),
        ("x.html", "<html lang=es><p>Uno", "", ("es", "html", (("html", "es"),))),
        ("x.md", "Der Zug ist nicht mit dem Bus zu vergleichen.", "", ("de", "text", ())),
        ("x.md", "12 345", "", ("und", "", ())),
    ],
)
def test_language(tmp_path: Path, path: str, raw: str, lang: str, expected: tuple[object, ...]) -> None:
    place = tmp_path / path
    place.write_text(raw, encoding="utf-8")
    document = load(str(place), lang=lang)
    assert (document.lang, document.lang_origin, document.declared) == expected


def test_load_groups(tmp_path: Path) -> None:
    path = tmp_path / "de.po"
    path.write_text(
        'msgid "The bridge is not open to the public."\nmsgstr "Die Brücke ist nicht für alle offen."\n'
    )
    ((source, target),) = load_groups(str(path))
    assert (source.lang, source.lang_origin, source.path) == ("en", "text", str(path))
    assert (target.lang, target.lang_origin, target.path) == ("de", "name", str(path))
    (tmp_path / "de.md").write_text("Text")
    with pytest.raises(
        ConsistencyError, match="the format markdown holds one language, a second file is needed$"
    ):
        load_groups(str(tmp_path / "de.md"))


def test_from_text() -> None:
    document = from_text("# A\n\nb", lang="en", format="markdown", path="mem")
    assert (document.lang, document.path, document.text) == ("en", "mem", "A\nb")


def test_every_reader_is_documented() -> None:
    """Hold docs/formats.md to the readers there are: one row each, with all its suffixes."""
    page = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
    rows = {line.split("|")[1].strip(" `"): line for line in page.splitlines() if line.startswith("| `")}
    for name, reader in readers().items():
        assert [suffix for suffix in reader.suffixes if f"`{suffix}`" not in rows[name]] == []
