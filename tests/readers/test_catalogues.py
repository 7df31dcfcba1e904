"""Check the readers of message catalogues: PO, XLIFF, TMX, JSON, YAML."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from consistency.readers._load import readers
from consistency.records import ConsistencyError, Document

PO = r"""# Head
msgid ""
msgstr ""
"Language: de\n"

msgid "Open %d file"
msgid_plural "Open %d files"
msgstr[0] "Eine Datei öffnen"
msgstr[1] "%d Dateien öffnen"

#, fuzzy
msgid "x"
msgstr "y"

msgctxt "menu"
msgid "A \"q\"\n"
"line"
msgstr "Ein \"q\"\n"
"Zeile"

msgid "empty"
msgstr ""

#~ msgid "gone"
#~ msgstr "weg"
"""
XLIFF_1 = """<xliff version="1.2"><file source-language="en" target-language="de"><body>
<trans-unit id="2"><source>Press <g id="1">OK</g> &amp; go<ph id="2">&lt;br></ph></source>
<target>Drück <g id="1">OK</g> &amp; los</target><alt-trans><target>nein</target></alt-trans></trans-unit>
<trans-unit id="1"><source>Hi</source><target/></trans-unit></body></file></xliff>"""
XLIFF_2 = """<xliff version="2.0" srcLang="en" trgLang="ja"><file id="f"><unit id="1"><notes><note>40</note></notes>
<segment><source>One.</source><target>一。</target></segment>
<segment><source>Two <pc id="1">x</pc>.</source><target>二<![CDATA[<x>]]>。</target></segment></unit></file></xliff>"""
TMX = """<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>Hi <bpt i="1">&lt;b></bpt>x</seg></tuv>
<tuv xml:lang="de"><seg>Hallo x</seg></tuv><tuv xml:lang="fr"><seg>Salut x</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Alone</seg></tuv></tu></body></tmx>"""
JSON = r"""{"b": {"y": "Zwei \"q\" \u00e4\ud83d\ude00", "x": ["eins", "zwei"], "n": 3}, "a": "Erst\nzweit",
 "@a": {"description": "no"}, "@@locale": "de", "e": ""}"""
YAML = """# c
de:
  hello: "Hallo %{name}"
  n: 3
  on: true
  deep:
    b: |
      Mehr
      Zeilen
    a: Ein Text # c
    list:
      - eins
      - zwei
"""


@pytest.mark.parametrize(
    ("name", "raw", "texts", "language", "skipped"),
    [
        (
            "po",
            PO,
            ["%d Dateien öffnen", 'Ein "q" Zeile'],
            "de",
            ("1 message: not translated", "1 message: fuzzy"),
        ),
        ("xliff", XLIFF_1, ["Drück OK & los"], "de", ("1 message: not translated",)),
        ("xliff", XLIFF_2, ["一。 二<x>。"], "ja", ()),
        ("tmx", TMX, ["Hallo x"], "de", ("also in fr: `--lang` chooses", "1 message: not translated")),
        ("json", JSON, ["Erst zweit", "eins", "zwei", 'Zwei "q" ä😀'], "de", ("1 message: not translated",)),
        ("json", "[]", [], None, ()),
        ("json", '{"a": {"message": "Ja", "description": "no", "placeholders": {"n": {"content": "no"}}}}', ["Ja"], None, ()),
        ("json", '{"a": {"string": "Ja", "developer_comment": "no"}, "description": "Auch"}', ["Ja", "Auch"], None, ()),
        ("yaml", YAML, ["Ein Text", "Mehr Zeilen", "eins", "zwei", "Hallo %{name}"], "de", ()),
        (
            "yaml",
            "a: &x y\nb: {c: d}\n",
            [],
            None,
            ("2 messages: anchors, tags and flow collections are not read",),
        ),
    ],
)
def test_messages(
    blocks: Callable[[Document], list[tuple[str, str]]],
    name: str,
    raw: str,
    texts: list[str],
    language: str | None,
    skipped: tuple[str, ...],
) -> None:
    document = readers()[name].read(raw, "x")
    assert blocks(document) == [("line", text) for text in texts]
    assert document.meta.get("language") == language
    assert document.skipped == skipped


@pytest.mark.parametrize(
    ("name", "raw", "texts"),
    [
        ("po", PO, ["Open %d files", 'A "q" line']),
        ("xliff", XLIFF_1, ["Press OK & go"]),
        ("xliff", XLIFF_2, ["One. Two x."]),
        ("tmx", TMX, ["Hi x"]),
    ],
)
def test_source_side(name: str, raw: str, texts: list[str]) -> None:
    groups = readers()[name].groups
    assert groups is not None
    assert groups(raw, "x")[0][0].text.split("\n") == texts


def test_template_is_its_messages() -> None:
    assert readers()["po"].read('msgid "a"\nmsgstr ""\n', "site.pot").text == "a"


def test_copies_in_another_order_read_alike() -> None:
    one = readers()["json"].read('{"a": "x", "b": "y"}', "en.json")
    other = readers()["json"].read('{"b": "y", "a": "x"}', "de.json")
    assert one.text == other.text == "x\ny"


@pytest.mark.parametrize(
    ("name", "raw", "message"),
    [
        ("po", 'msgid "a"\nnonsense here\n', "x:2: neither a comment nor a string: nonsense here"),
        ("xliff", "<p>no</p>", "x: is not XLIFF: no <xliff> element"),
        ("tmx", "<p>no</p>", "x: is not TMX: no <tmx> element"),
        ("tmx", "<tmx>" + "".join(f'<tu><tuv xml:lang="x{i}"><seg>a</seg></tuv></tu>' for i in range(501)), "x: 501 languages, over the limit of 500"),
        ("json", '{"a": 1,\n "b" 2}', "x:2:6: is not JSON: Expecting ':' delimiter"),
        ("json", "[" * 100_000, "x: is nested too deeply"),
    ],
)
def test_refused(name: str, raw: str, message: str) -> None:
    with pytest.raises(ConsistencyError) as caught:
        readers()[name].read(raw, "x")
    assert str(caught.value) == message


def test_entities_do_not_grow() -> None:
    raw = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + TMX.replace("Hallo", "&b;")
    assert readers()["tmx"].read(raw, "x").text == "&b; x"


def test_places() -> None:
    document = readers()["json"].read(JSON, "x")
    assert document.position(document.text.index("Zwei")) == (1, 14)
    document = readers()["po"].read(PO, "x")
    assert document.position(document.text.index("Zeile")) == (19, 2)
