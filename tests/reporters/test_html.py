"""The HTML page: what stands beside what, what is marked and folded, and that no text of an article gets out of its place."""

import base64
import hashlib
import re
from dataclasses import replace
from html import unescape

import pytest
from lxml import etree

from consistency.records import (
    Alignment,
    DocumentSummary,
    Finding,
    Location,
    Position,
    Report,
    Signature,
    Span,
)
from consistency.reporters._html.page import languages, overview, sections
from consistency.reporters._html.passages import Piece, Place, is_rtl, pieces, place, read
from consistency.reporters._html.path import Cell, draw
from consistency.reporters._passage import visible
from consistency.reporters._reporter import Context
from consistency.reporters.html import render
from tests.reporters.fixture import CLEAN, REPORT
from tests.reporters.page import BEADS, HOSTILE, PAGE, PASSAGES, at, document, poisoned


def page(report: Report = PAGE) -> etree._Element:
    return etree.HTML(render(report, Context()))


def words(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


EN = read(document("en"))


@pytest.mark.parametrize(
    ("location", "found"),
    [
        (at("en", 1, "38,000"), Place(1, 1, {1: Span(44, 50)})),
        (at("en", 1), Place(1, 1)),  # all of it: a mark would say nothing
        (at("en", 4, last=5), Place(4, 5)),  # the excerpt has the file's own white space between the passages
        (at("en", 4, "oak.\n\nIt", 5), Place(4, 5, {4: Span(31, 35), 5: Span(0, 2)})),
        (at("en", 3, "more"), Place(3, 3, {3: Span(5, 9)})),  # the same words stand twice; the line tells
        (at("en", 7, "more"), Place(7, 7, {7: Span(5, 9)})),
        (replace(at("en", 7, "more"), line=14), Place(3, 3, {3: Span(5, 9)})),  # before the second one
        (
            replace(at("en", 1, "38,000"), mark=Span(3, 9)),
            Place(1, 1),
        ),  # the mark is elsewhere: none is shown
        (replace(at("en", 1), excerpt="The harbour opened"), None),  # not a whole passage
        (replace(at("en", 1), excerpt="Not there."), None),
        (replace(at("en", 1), excerpt="", text=""), None),
        (replace(at("en", 1), path="other.md"), None),
        (None, None),
    ],
)
def test_place(location: Location | None, found: Place | None):
    assert place(EN, location) == found


def test_place_without_lines():
    """A report made by hand may not say where passages start; the first that has the words is taken."""
    copy = read(replace(document("en"), places=()))
    assert place(copy, at("en", 7, "more")) == Place(3, 3, {3: Span(5, 9)})


@pytest.mark.parametrize(
    ("text", "marked", "cut"),
    [
        ("", [], ()),
        ("plain", [], (Piece("plain"),)),
        ("ab", [(Span(0, 2), 1)], (Piece("ab", (1,), (1,)),)),
        (
            "a 12 km b",  # two findings on overlapping words
            [(Span(2, 4), 1), (Span(2, 7), 2)],
            (Piece("a "), Piece("12", (1, 2), (1,)), Piece(" km", (2,), (2,)), Piece(" b")),
        ),
        ("ab", [(Span(0, 1), 1), (Span(0, 1), 2)], (Piece("a", (1, 2), (1, 2)), Piece("b"))),
    ],
)
def test_pieces(text, marked, cut):
    assert pieces(text, marked) == cut


@pytest.mark.parametrize(
    ("text", "otherwise", "rtl"),
    [
        ("The harbour", True, False),  # left in the language of the source
        ("الميناء", False, True),
        ("IBM ونقل", True, True),  # the copy decides, not the first letter
        ("The newspaper Haaretz (הארץ)", False, False),
        ("12:30", True, True),
        ("12:30", False, False),
        ("", True, True),
    ],
)
def test_is_rtl(text, otherwise, rtl):
    assert is_rtl(text, otherwise) == rtl


def shape(section) -> list:
    """Return the rows as (source passages, copy passages, findings), runs that are folded in a list of their own."""

    def texts(lines) -> tuple[int, ...]:
        return tuple((line.line - 1) // 2 for line in lines)

    def row(each) -> tuple:
        return texts(each.source), texts(each.target), each.numbers

    return [
        part
        for fold in section.folds
        for part in ([row(each) for each in fold.rows] if fold.open else [[row(each) for each in fold.rows]])
    ]


def test_rows():
    de, ar, ja = sections(PAGE)
    assert shape(de) == [
        [((0,), (0,), ()), ((1,), (1, 2), ()), ((2,), (3,), ()), ((3,), (4,), ())],
        ((4, 5), (), (1,)),  # one finding on two passages: one row
        [((6,), (5,), ())],
        ((7,), (6,), (2,)),  # the second "Read more."
        [((8,), (7,), ())],
    ]
    assert [fold.count for fold in de.folds if not fold.open] == [4, 1, 1]
    assert shape(ar)[1] == ((1,), (1,), (1,))
    assert shape(ja) == [
        [((0,), (0,), ()), ((1,), (1,), ())],
        ((2,), (7,), (1,)),  # moved: beside its source
        [((i,), (i - 1,), ()) for i in range(3, 8)] + [((8,), (8,), ())],
        ((), (9,), (2,)),
    ]
    assert [section.loose for section in (de, ar, ja)] == [(), (), ()]


def test_findings_that_overlap_share_a_row():
    wide = replace(PAGE.findings[0], source=at("en", 3, last=4))
    (de,) = sections(replace(PAGE, findings=(PAGE.findings[0], wide), documents=PAGE.documents[:2]))
    assert ((3, 4, 5), (4,), (1, 2)) in shape(de)


def test_without_passages_the_findings_speak_for_themselves():
    """Reports made by hand, copies that are unrelated, files that could not be read."""
    made = sections(REPORT)
    assert [section.folds for section in made] == [()] * 6
    assert [len(section.loose) for section in made] == [2, 1, 3, 2, 1, 0]
    first = made[0].loose[0]
    assert first.numbers == (1, 2, 3)
    assert [piece.text for piece in first.source[0].pieces if piece.numbers] == [
        "July 3, 2024",
        "38,000",
        "six times",
    ]


def test_what_each_copy_says():
    ar = sections(PAGE)[1]
    assert [
        (voice.lang, voice.state, [line.line for line in voice.lines]) for voice in ar.cards[1].voices
    ] == [
        ("en", "source", [3]),
        ("de", "agree", [3, 5]),
        ("ar", "this", [3]),
        ("ja", "differ", [3]),
    ]
    assert ar.cards[2].voices == (), "no other copy was asked"


def test_overview():
    entries = overview(sections(PAGE), {"number-changed": "another number"})
    assert [(entry.severity, entry.check, entry.summary, dict(entry.cells)) for entry in entries] == [
        ("error", "number-changed", "another number", {"ar": (1, "c2-f1")}),
        ("error", "segment-dropped", "", {"de": (1, "c1-f1")}),
        ("warning", "segment-added", "", {"ja": (1, "c3-f2")}),
        ("warning", "segment-untranslated", "", {"ar": (1, "c2-f2")}),
        ("warning", "term-dropped", "", {"de": (1, "c1-f2")}),
        ("note", "segment-moved", "", {"ja": (1, "c3-f1")}),
    ]


def test_a_missing_copy_counts_under_its_language():
    """It is shown with the source, which is all there is, but what is missing is the French copy."""
    gone = Finding("document-missing", "warning", 0.99, "port/en.md has no translation into fr", "fr", replace(at("en", 1), excerpt="", text=""), None)
    report = replace(PAGE, findings=(*PAGE.findings, gone))
    made = sections(report)
    assert {entry.check: dict(entry.cells) for entry in overview(made, {})}["document-missing"] == {"fr": (1, "c0-f1")}
    assert languages(report, made) == ("de", "ar", "ja", "fr")
    shown = page(report)
    assert [option.text for option in shown.xpath("//select[@name='lang']/option")] == ["all", "de", "ar", "ja", "fr"]
    assert [found.get("data-lang") for found in shown.xpath("//article[@data-check='document-missing']")] == ["fr"]


def test_each_check_is_offered_once():
    """Though one may come as a warning and as a note."""
    again = tuple(replace(finding, severity="note") for finding in PAGE.findings if finding.check == "term-dropped")
    options = page(replace(PAGE, findings=(*PAGE.findings, *again))).xpath("//select[@name='check']/option")
    assert [option.text for option in options].count("term-dropped") == 1


def test_site():
    """Of many articles only the copies with findings are shown, each against its own source."""
    other = tuple(
        replace(
            document(lang),
            path=f"town/{lang}.md",
            passages=("A town.",),
            places=(Position(1, 1),),
            segments=1,
        )
        for lang in ("en", "ar")
    )
    alignments = {f"port/{lang}.md": beads for lang, beads in BEADS.items()} | {
        "town/ar.md": (Alignment((0,), (0,), 0.5),)
    }
    report = replace(PAGE, documents=(*other, *PAGE.documents), alignments=alignments)
    made = sections(report)
    assert [(section.id, section.source.path, section.document.path) for section in made] == [
        ("c3", "port/en.md", "port/de.md"),
        ("c4", "port/en.md", "port/ar.md"),
        ("c5", "port/en.md", "port/ja.md"),
    ]
    assert shape(made[1]) == shape(sections(PAGE)[1])
    assert "1 translation without a finding." in words(page(report))


@pytest.mark.parametrize(
    ("beads", "cells", "told"),
    [
        ((), None, None),
        (
            (
                Alignment((0,), (0,), 0.97),
                Alignment((1, 2), (1,), -0.02),
                Alignment((3,), (), 0.0),
                Alignment((), (2,), 0.0),
            ),
            (
                Cell(0, 0, 10, 10, 9, "pair", "source 1, copy 1: similarity 0.97"),
                Cell(10, 10, 20, 10, 0, "pair", "source 2–3, copy 2: similarity -0.02"),
                Cell(30, 18, 10, 4, 0, "dropped", "source 4: no counterpart in the copy"),
                Cell(38, 20, 4, 10, 0, "added", "copy 3: no counterpart in the source"),
            ),
            "2 aligned, similarity -0.02 to 0.97; 1 missing from the copy; 1 only in the copy",
        ),
        (
            (
                Alignment((0,), (2,), 1.0, moved=True),
                Alignment((1,), (), 0.0),
            ),  # the move does not carry the path along
            (
                Cell(0, 20, 10, 10, 9, "moved", "source 1, copy 3: similarity 1.00, moved"),
                Cell(10, 0, 10, 4, 0, "dropped", "source 2: no counterpart in the copy"),
            ),
            "1 aligned, similarity 1.00 to 1.00; 1 moved; 1 missing from the copy",
        ),
    ],
)
def test_draw(beads, cells, told):
    path = draw(beads)
    assert (path and path.cells, path and path.words) == (cells, told)


@pytest.mark.parametrize(
    ("matrix", "sizes", "heat", "size"),
    [
        ((), (2, 2), {}, (10, 10)),  # a report on a site holds no similarities
        (("90", "33"), (2, 2), {3: "M0 10h20v10h-20z", 9: "M0 0h10v10h-10z"}, (20, 20)),  # the lowest is the ground
        (("17",), (4, 1), {1: "M0 0h20v10h-20z", 7: "M20 0h20v10h-20z"}, (40, 10)),  # two passages a square
    ],
)
def test_heat(matrix, sizes, heat, size):
    path = draw((Alignment((0,), (0,), 0.9),), matrix, sizes)
    assert path is not None
    assert (path.heat, (path.width, path.height)) == (heat, size)


def test_marked_words():
    marked = page().xpath("//main//div[contains(@class, 'row')]//mark")
    assert [mark.text for mark in marked] == ["more", "Mehr", "38,000", "83,000"]
    assert [mark.getnext()[0].get("href") for mark in marked] == ["#c1-f2", "#c1-f2", "#c2-f1", "#c2-f1"]


def test_languages_and_directions():
    sides = page().xpath("//section[@id='c2']//div[@class='side target']/p[@lang]")
    assert {each.get("lang") for each in sides} == {"ar"}
    assert [each.get("dir") for each in sides] == ["rtl"] * 8 + ["ltr"], "the last is left in English"


@pytest.mark.parametrize(
    "report", [PAGE, REPORT, CLEAN, poisoned(HOSTILE[3])], ids=["page", "report", "clean", "poisoned"]
)
def test_the_page_is_whole(report):
    """Nothing is fetched, every link leads somewhere, no id is given twice."""
    root = page(report)
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in root.xpath("//@href")} <= set(ids)
    assert (
        root.xpath(
            "//@src | //link | //@style | //object | //iframe | //form | //@*[starts-with(name(), 'on')]"
        )
        == []
    )


@pytest.mark.parametrize(
    "report", [PAGE, CLEAN, Report((), (), {}, Signature("1", "", {}))], ids=["page", "clean", "empty"]
)
def test_policy_allows_our_parts_only(report):
    text = render(report, Context())
    (policy,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', text)
    directives = dict(part.strip().split(" ", 1) for part in unescape(policy).split(";"))

    def digest(tag: str) -> str:
        (body,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.S)
        return f"'sha256-{base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()}'"

    assert directives == {
        "default-src": "'none'",
        "style-src": digest("style"),
        "script-src": digest("script"),
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def skeleton(report: Report) -> list:
    return [(element.tag, sorted(element.keys())) for element in page(report).iter()]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_changes_the_page(text):
    """Tags and attributes are those that a harmless text gives, and the words are on the page as they were written."""
    assert skeleton(poisoned(text)) == skeleton(poisoned("x" * len(text)))
    assert " ".join(visible(text).split()) in words(page(poisoned(text)).find(".//main"))


def test_same_report_same_bytes():
    assert render(PAGE, Context()) == render(PAGE, Context(color=True, width=10, verbose=True))


def test_every_passage_is_on_the_page():
    """Whatever a finding says; the small numbers behind the marks are not words of the article."""
    shown = page().xpath("//div[contains(@class, 'side')]/p[@lang]")
    texts = {"".join(each.xpath(".//text()[not(ancestor::sup)]")) for each in shown}
    assert texts == {passage for passages in PASSAGES.values() for passage in passages}


def test_two_copies_in_one_language():
    """Their alignments are told apart by their paths."""
    second = DocumentSummary(
        "port/de-new.md", "de", "translation", 1, 1, "name", (), ("Hafen",), (Position(1, 1),)
    )
    beads = {"port/de.md": BEADS["de"], "port/de-new.md": (Alignment((0,), (0,), 0.5),)}
    report = replace(
        PAGE, documents=(*PAGE.documents[:2], second), alignments=beads, findings=PAGE.findings[:1]
    )
    assert [section.aligned for section in sections(report)] == [(7, 8), (1, 1)]
