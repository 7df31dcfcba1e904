"""The verdict on a bead: its file is whole, its scores move the right way, its findings mark the words that are missing."""

import json
from dataclasses import replace

import pytest

from consistency import pipeline
from consistency.cli import main
from consistency.config import Settings
from consistency.verdict import FEATURES, Evidence, model, probability, scale

PLAIN = Evidence(**dict.fromkeys(FEATURES, 0.0) | {"distance": 0.3, "length": 2.5})


def test_the_file_is_whole():
    assert set(model().coefficients) == {"omission", "contradiction", "untranslated"}
    assert all(0.5 < weight < 2 for weight in model().weights.values())
    assert set(model().unsure) == set(model().weights)


@pytest.mark.parametrize(
    ("verdict", "change"),
    [
        ("omission", {"run_received": 2.0}),
        ("omission", {"run_blend": 2.0}),
        ("omission", {"ratio": -1.0}),
        ("omission", {"lost": 1.0}),
        ("contradiction", {"negation": 1.0}),
        ("contradiction", {"opposite": 1.0}),
        ("untranslated", {"copied": 1.0}),
    ],
)
def test_evidence_raises_the_probability(verdict, change):
    assert probability(verdict, replace(PLAIN, **change)) > probability(verdict, PLAIN)


@pytest.mark.parametrize(("source", "target", "same"), [("en", "en", True), ("xx", "yy", True), ("vi", "he", False)])
def test_scale(source, target, same):
    assert (scale(source, target) == 1.0) is same


@pytest.fixture(scope="module")
def embedder():
    return pipeline.load_embedder(Settings())


LONG = "The mill burned down in spring because a spark from the old stove reached the dry straw in the loft."
GERMAN = "Die Mühle brannte im Frühjahr ab, weil ein Funke aus dem alten Ofen das trockene Stroh auf dem Dachboden erreichte."


def missing(documents, embedder):
    # text-added is below the default threshold: translators explain more often than they invent.
    report = pipeline.check(documents, "en", format="lines", settings=Settings(min_confidence=0.6), embedder=embedder)
    return [(f.check, f.lang, (f.source if f.check == "text-dropped" else f.target).text) for f in report.findings]


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        ({"en": LONG, "de": GERMAN}, []),
        (
            {"en": LONG, "de": "Die Mühle brannte im Frühjahr ab."},
            [("text-dropped", "de", "because a spark from the old stove reached the dry straw in the loft")],
        ),
        (
            {"en": "The mill burned down in spring.", "de": GERMAN},
            [("text-added", "de", "ab, weil ein Funke aus dem alten Ofen das trockene Stroh auf dem Dachboden erreichte")],
        ),
    ],
)
def test_findings(documents, expected, embedder):
    assert missing(documents, embedder) == expected


def test_a_lost_fact_is_told_once(embedder):
    documents = {"en": "The mill burned down in spring and 4,200 sacks of flour were lost.", "de": "Die Mühle brannte im Frühjahr ab."}
    assert [check for check, _, _ in missing(documents, embedder)] == ["number-dropped"]


def test_other_copies_are_witnesses(embedder):
    short = "Die Mühle brannte im Frühjahr ab."
    dutch = "De molen brandde in het voorjaar af doordat een vonk uit de oude kachel het droge stro op de zolder bereikte."
    french = "Le moulin a brûlé au printemps parce qu’une étincelle du vieux poêle a atteint la paille sèche du grenier."
    report = pipeline.check({"en": LONG, "de": short, "nl": dutch, "fr": french}, "en", format="lines", embedder=embedder)
    assert [(f.check, f.lang, f.witnesses.agree) for f in report.findings] == [("text-dropped", "de", ("fr", "nl"))]


DUTCH = "De molen brandde in het voorjaar af"
FRENCH = "Le moulin a brûlé au printemps"
MORE = {
    "nl": f"{DUTCH} doordat een vonk uit de oude kachel het droge stro op de zolder bereikte.",
    "fr": f"{FRENCH} parce qu’une étincelle du vieux poêle a atteint la paille sèche du grenier.",
}


@pytest.mark.parametrize(
    ("others", "agree", "differ"),
    [
        ({"nl": f"{DUTCH}.", "fr": f"{FRENCH}."}, ("fr", "nl"), ()),
        ({"nl": f"{DUTCH}.", "fr": MORE["fr"]}, ("nl",), ("fr",)),
        (MORE, (), ("fr", "nl")),  # the source may have been shortened since
    ],
)
def test_other_copies_are_witnesses_of_what_is_added(others, agree, differ, embedder):
    documents = {"en": "The mill burned down in spring.", "de": GERMAN} | others
    report = pipeline.check(documents, "en", format="lines", settings=Settings(min_confidence=0.4), embedder=embedder)
    (finding,) = [f for f in report.findings if f.check == "text-added" and f.lang == "de"]
    assert (finding.witnesses.agree, finding.witnesses.differ) == (agree, differ)


@pytest.mark.parametrize(
    ("german", "highest"),
    [
        ("Die Mühle brannte im Frühjahr ab.", "omission"),
        (LONG, "untranslated"),
        ("Die Mühle brannte im Frühjahr nicht ab, weil ein Funke aus dem alten Ofen das trockene Stroh auf dem Dachboden erreichte.", "contradiction"),
    ],
)  # fmt: skip
def test_scores_name_what_is_wrong(german, highest, embedder):
    report = pipeline.check({"en": LONG, "de": german}, "en", format="lines", embedder=embedder)
    (bead,) = report.scores["de"]
    scores = {name: getattr(bead, name) for name in ("omission", "addition", "contradiction", "untranslated")}
    assert max(scores, key=scores.get) == highest
    assert all(0 <= score <= 1 for score in scores.values())


@pytest.mark.parametrize("asked", [True, False])
def test_scores_are_there_where_asked_for(asked, tmp_path, capsys):
    (tmp_path / "en.txt").write_text(LONG, encoding="utf-8")
    (tmp_path / "de.txt").write_text(GERMAN, encoding="utf-8")
    main(["check", str(tmp_path / "en.txt"), str(tmp_path / "de.txt"), "-f", "json", *["--scores"] * asked])
    whole = json.loads(capsys.readouterr().out)
    found = [{k: v for k, v in row.items() if isinstance(v, str | list)} for row in whole.get("scores", ())]
    assert found == ([{"lang": "de", "source": [0], "target": [0]}] if asked else [])


def test_batch_adds_scores(tmp_path):
    article = {"id": 1, "source": "en", "documents": {"en": LONG, "de": GERMAN}}
    (tmp_path / "in.jsonl").write_text(json.dumps(article), encoding="utf-8")
    out = tmp_path / "out.jsonl"
    main(["batch", str(tmp_path / "in.jsonl"), "-o", str(out), "--scores"])
    (row,) = json.loads(out.read_text(encoding="utf-8"))["scores"]
    assert (row["lang"], row["source"], row["target"]) == ("de", [0], [0])
