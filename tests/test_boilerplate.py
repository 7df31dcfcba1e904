"""What translators leave out on purpose: known by repetition over a site's pages, said once; real losses stay findings."""

import json
from pathlib import Path

import pytest

import consistency
from consistency.boilerplate import without_boilerplate
from consistency.cli import main
from consistency.config import Settings
from consistency.records import (
    Alignment,
    Block,
    Document,
    DocumentSummary,
    Finding,
    Location,
    Mark,
    Position,
    Report,
    Signature,
    Span,
)
from consistency.site.repetition import frame, repeats


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
LIKE = "so taken for boilerplate; listed under `boilerplate`, it is left out everywhere"


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
                "“Read more about how we work in the … which is free.”: missing in 3 of 3 de pages, "
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


def test_one_note_for_all_languages():
    """The same is said once, not once a language."""
    reports = [page(i, {f"By {w}": "", **({"Text.": ""} if lang == "fr" else {})}, lang) for i, w in enumerate(WRITERS[:3]) for lang in ("de", "fr")]
    assert settled(reports)[1] == [
        f"“By Jane Miller” and the like: missing in 3 of 3 de, 3 of 3 fr pages, {LIKE}",
        f"“Text.”: missing in 3 of 3 fr pages, {LIKE}",
    ]


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
    assert (findings, notes) == ([], [f"“{p}”: left out, as `boilerplate` says" for p in listed[:-1]])


TEXT = "Prices rose by 7 %.\n[Ad] 2024 © Kontor\nThe end."


@pytest.mark.parametrize(
    ("patterns", "kept"),
    [
        (("[Ad] 2024 © Kontor",), [0, 2]),  # exact; brackets are brackets
        (("* © Kontor",), [0, 2]),
        (("The end",), [0, 1, 2]),  # the whole passage, not its beginning
        (("the end.",), [0, 1, 2]),
        ((), [0, 1, 2]),
    ],
)
def test_listed(patterns, kept):
    spans = (Span(0, 19), Span(20, 38), Span(39, 47))
    document = Document(
        "a.md",
        "en",
        TEXT,
        range(len(TEXT) + 1),
        tuple(Block("paragraph", span) for span in spans),
        (Mark("link", Span(20, 24), "ad"), Mark("code", Span(39, 42), "the")),
    )
    left = without_boilerplate(document, patterns)
    assert [spans.index(block.span) for block in left.blocks] == kept
    assert len(left.text) == len(TEXT)
    assert (
        " ".join(left.text[s.start : s.end] for s in spans).split()
        == " ".join(TEXT[spans[index].start : spans[index].end] for index in kept).split()
    )
    assert [mark.value for mark in left.marks] == (["ad", "the"] if 1 in kept else ["the"])


ENGLISH = "By Jane Miller\n\nThe depot holds 480 crates.\n\nPicture: Ada Byron / Valley Archive, 2019\n"
GERMAN = "Das Lager fasst 480 Kisten.\n"
LISTED = ("By *", "Picture: *", "No such passage")
SAID = [f"“{pattern}”: left out, as `boilerplate` says" for pattern in LISTED[:2]]
OPTIONS = [word for pattern in LISTED for word in ("--boilerplate", pattern)]


def found(report):
    return [finding["check"] for finding in report["findings"]]


def test_a_pair_of_files(tmp_path, monkeypatch, capsys):
    """By the option, by the configuration, or by half of each: the same."""
    monkeypatch.chdir(tmp_path)
    Path("en.md").write_text(ENGLISH, encoding="utf-8")
    Path("de.md").write_text(GERMAN, encoding="utf-8")

    def run(*options):
        main(["check", "en.md", "de.md", "-f", "json", "--min-confidence", "0.3", *options])
        report = json.loads(capsys.readouterr().out)
        return found(report), report["notes"]

    assert "number-dropped" in run()[0] or "date-dropped" in run()[0] or "segment-dropped" in run()[0]
    assert run(*OPTIONS) == ([], SAID)
    Path("consistency.toml").write_text(f"boilerplate = {json.dumps(LISTED)}\n", encoding="utf-8")
    assert run() == ([], SAID)
    Path("consistency.toml").write_text('boilerplate = ["By *"]\n', encoding="utf-8")
    assert run("--boilerplate", "Picture: *") == ([], SAID)


def test_batch(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    article = {"id": 1, "source": "en", "documents": {"en": ENGLISH, "de": GERMAN}}
    Path("in.jsonl").write_text(f"{json.dumps(article)}\n", encoding="utf-8")
    for options, expected in (([], True), (OPTIONS, False)):
        assert main(["batch", "in.jsonl", "-o", "out.jsonl", "--min-confidence", "0.3", *options]) == 0
        assert bool(found(json.loads(Path("out.jsonl").read_text(encoding="utf-8")))) is expected


def test_from_python():
    report = consistency.check({"en": ENGLISH, "de": GERMAN}, "en", settings=Settings(min_confidence=0.3, boilerplate=LISTED))
    assert (report.findings, list(report.notes)) == ((), SAID)
