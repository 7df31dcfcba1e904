"""What translators leave out on purpose: known by repetition over a site's pages, said once; real losses stay findings."""

import json
from pathlib import Path

import pytest

from consistency.cli import main
from consistency.records import Alignment, DocumentSummary, Finding, Location, Position, Report, Signature
from consistency.site.boilerplate import frame, repeats


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        ("By Jane Miller", "by *"),
        ("By Tom Okafor and Li Wei", "by * and *"),
        ("Photo: J. Doe / Harbour Archive, 2019", "photo: * / *"),
        ("Retrieved 3 May 2021.", "retrieved *"),
        ("Share this article", "share this article"),
        ("3 May 2021", "3 may 2021"),  # figures and names alone have no frame
        ("阅读 12 条评论", "阅读 * 条评论"),
        # A long passage must repeat word for word: with names masked, any two sentences of an author look alike.
        ("The Mayor of Hull opened the new bridge over the river today.", "the mayor of hull opened the new bridge over the river today."),
    ],
)
def test_frame(passage, expected):
    assert frame(passage) == expected


def page(number: int, passages: dict[str, str], lang: str = "de", check: str = "segment-dropped") -> Report:
    """Return the report on a page of one line a passage; a passage that is None in the copy is missing there."""
    source = tuple(passages)
    target = tuple(t for t in passages.values() if t)
    beads, findings, here = [], [], 0
    for i, text in enumerate(source):
        has = passages[text]
        beads.append(Alignment((i,), (here,) if has else (), 0.5 if has else 0.0))
        here += bool(has)
        if not has:
            place = Location("en.md", "en", i + 1, 1, i + 1, len(text) + 1, text, text)
            findings.append(Finding(check, "warning", 0.9, "gone", lang, place, None))
    documents = tuple(
        DocumentSummary(f"{number}/{tag}.md", tag, role, 1, len(texts), "", (), texts, tuple(Position(i + 1, 1) for i in range(len(texts))))
        for tag, role, texts in (("en", "source", source), (lang, "translation", target))
    )
    return Report(documents, tuple(findings), {}, Signature("0", "", {}), {lang: tuple(beads)})


def settled(reports):
    known = repeats(reports)
    after = [known.settled(report) for report in reports]
    return [[f.source.text for f in report.findings] for report in after], sorted({n for r in after for n in r.notes})


WRITERS = ("Jane Miller", "Tom Okafor", "Li Wei", "Ada Byron")
LIKE = "taken for boilerplate; `boilerplate` in the configuration settles it"


@pytest.mark.parametrize(
    ("pages", "findings", "notes"),
    [
        # Three bylines are gone: a note, and the real loss on one of the pages stays.
        (
            [{f"By {w}": "", "Text.": "Text.", **({"The bridge is closed.": ""} if w == "Li Wei" else {})} for w in WRITERS[:3]],
            [[], [], ["The bridge is closed."]],
            [f"“By Jane Miller” and the like: missing in 3 of 3 de pages, {LIKE}"],
        ),
        # Two pages are no pattern.
        ([{f"By {w}": ""} for w in WRITERS[:2]], [["By Jane Miller"], ["By Tom Okafor"]], []),
        # Most copies have it: the one that lacks it lost it.
        ([{f"By {w}": "" if w == "Li Wei" else f"Von {w}"} for w in WRITERS], [[], [], ["By Li Wei"], []], []),
        # One copy of four kept the byline.
        (
            [{f"By {w}": f"Von {w}" if w == "Li Wei" else ""} for w in WRITERS],
            [[], [], [], []],
            [f"“By Jane Miller” and the like: missing in 3 of 4 de pages, {LIKE}"],
        ),
        # The same words on every page of it: no mask is needed, however long.
        (
            [{"Read more about how we work in the handbook of the newsroom, which is free.": ""} for _ in range(3)],
            [[], [], []],
            [
                "“Read more about how we work in the handb …  which is free.”: missing in 3 of 3 de pages, "
                f"{LIKE}"
            ],
        ),
    ],
)
def test_repeats(pages, findings, notes):
    assert settled([page(i, passages) for i, passages in enumerate(pages)]) == (findings, notes)


def test_a_finding_that_also_covers_a_real_passage_stays():
    reports = [page(i, {f"By {w}": "", "Text.": "Text."}) for i, w in enumerate(WRITERS[:3])]
    (first,) = reports[0].findings
    wider = Finding("segment-dropped", "warning", 0.9, "gone", "de", Location("en.md", "en", 1, 1, 2, 6, "By Jane Miller\nText."), None)
    known = repeats(reports)
    after = known.settled(Report(reports[0].documents, (first, wider), {}, reports[0].signature, reports[0].alignments))
    assert after.findings == (wider,)


def test_languages_are_counted_apart():
    german = [page(i, {f"By {w}": ""}) for i, w in enumerate(WRITERS[:2])]
    french = [page(i, {f"By {w}": ""}, "fr") for i, w in enumerate(WRITERS[:2])]
    assert settled([*german, *french])[1] == []


PAGES = {
    "mill": ("The mill burned down in spring because of a spark from the stove.", "Die Mühle brannte im Frühjahr wegen eines Funkens aus dem Ofen ab."),
    "ferry": ("The ferry stopped running when the river froze in the winter.", "Die Fähre stellte den Betrieb ein, als der Fluss im Winter zufror."),
    "school": ("The school hired a teacher who can repair old clocks.", "Die Schule stellte einen Lehrer ein, der alte Uhren reparieren kann."),
    "bakery": ("The bakery sells bread that is baked in a wood oven.", "Die Bäckerei verkauft Brot, das in einem Holzofen gebacken wird."),
}
LOSS = "The owner of the house wants to plant forty apple trees behind the stable next autumn."


@pytest.fixture
def site(tmp_path: Path, monkeypatch):
    """Four pages with byline, credit, access date and a share line that no copy has; one also lost a paragraph."""
    for index, (name, (english, german)) in enumerate(PAGES.items()):
        lost = [LOSS] if name == "school" else []
        around = ["Share this story with your friends", f"Picture: {WRITERS[index]} / Valley Archive", f"Last accessed on {index + 3} June 2023"]
        texts = {"en": [f"By {WRITERS[-1 - index]}", english, *lost, english.replace("The", "Today the", 1), *around], "de": [german, german.replace("D", "Heute d", 1)]}
        for lang, passages in texts.items():
            path = tmp_path / f"content/{lang}/{name}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("\n\n".join(passages) + "\n", encoding="utf-8")
    (tmp_path / "consistency.toml").write_text('source = "en"\nlayouts = ["content/{lang}/*.md"]\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def checked(capsys, *paths):
    main(["check", *paths, "-f", "json", "--min-confidence", "0.3"])
    report = json.loads(capsys.readouterr().out)
    return [(f["check"], f["source"]["text"]) for f in report["findings"] if f["source"]], report["notes"]


def test_a_site(site, capsys):
    findings, notes = checked(capsys)
    assert findings == [("number-dropped", "forty")]  # of the paragraph that is really gone
    assert notes == sorted(
        f"“{example}”{like}: missing in {n} of {n} de pages, {LIKE}"
        for example, like, n in [
            ("By Jane Miller", " and the like", 4),
            ("Share this story with your friends", "", 3),  # on one page it was aligned with other passages
            ("Picture: Ada Byron / Valley Archive", " and the like", 3),  # as was this
            ("Last accessed on 6 June 2023", " and the like", 4),
        ]
    )


def test_a_page_alone_repeats_nothing_until_it_is_listed(site, capsys):
    before, _ = checked(capsys, "content/de/mill.md")
    assert any("Picture" in text for _, text in before)
    listed = ["By *", "Share this *", "Picture: *", "Last accessed *", "No such passage"]
    (site / "consistency.toml").write_text(
        f'source = "en"\nlayouts = ["content/{{lang}}/*.md"]\nboilerplate = {json.dumps(listed)}\n', encoding="utf-8"
    )
    findings, notes = checked(capsys, "content/de/mill.md")
    assert (findings, notes) == ([], [f"“{p}”: left out as `boilerplate` in the configuration says" for p in listed[:-1]])
