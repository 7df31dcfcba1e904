"""A whole site from the command line: configuration, selection, history, baseline, comments."""

import json
import os
import sys
from pathlib import Path

import pytest

from consistency import pipeline, registry
from consistency.cli import main
from consistency.commands._watch import watching
from consistency.config import Settings
from tests.reporters.test_reporters import VALIDATOR
from tests.test_history import commit, git

HARBOUR = """---
title: The new harbour
---

The harbour moved 38,000 containers in its first year.

The crane is painted blue, and every child in the town knows its name.
"""
HAFEN = """---
title: Der neue Hafen
---

Der Hafen hat im ersten Jahr 38 000 Container bewegt.

Der Kran ist blau gestrichen, und jedes Kind in der Stadt kennt seinen Namen.
"""
PORT = """---
title: Le nouveau port
---

Le port a traité 38 000 conteneurs la première année.

La grue est peinte en bleu, et tous les enfants de la ville connaissent son nom.
"""
LOST = HAFEN.replace("38 000 Container", "sehr viele Container")
TICKETS = "# Tickets\n\nA ticket costs 3 euros and is valid for 90 minutes.\n"
KARTEN = "# Fahrkarten\n\nEine Fahrkarte kostet 3 Euro und gilt 90 Minuten.\n"
CONFIGURATION = 'source = "en"\nlanguages = ["de", "fr"]\nlayouts = ["content/{lang}/**/*.md"]\n'


@pytest.fixture(scope="module")
def embedder():
    return pipeline.load_embedder(Settings())


@pytest.fixture
def site(tmp_path, monkeypatch, embedder):
    """Two articles; the German harbour lost its number, and there are no French tickets.

    The embedded model is loaded once for all tests.
    """
    monkeypatch.setattr(pipeline, "load_embedder", lambda settings: embedder)
    files = {
        "content/en/harbour.md": HARBOUR,
        "content/de/harbour.md": LOST,
        "content/fr/harbour.md": PORT,
        "content/en/tickets.md": TICKETS,
        "content/de/tickets.md": KARTEN,
        "consistency.toml": CONFIGURATION,
    }
    for name, text in files.items():
        write(tmp_path / name, text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def checked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict]:
    """Return the exit code and the JSON report of a check."""
    code = main(["check", *arguments, "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    assert [error.message for error in VALIDATOR.iter_errors(report)] == []
    return code, report


def essence(report: dict) -> list[tuple[str, str, str]]:
    return [(f["check"], f["severity"], (f["target"] or f["source"])["path"]) for f in report["findings"]]


def left_out(report: dict) -> tuple[int, ...]:
    return tuple(report["counts"][key] for key in ("findings_accepted", "findings_ignored", "entries_gone"))


DROPPED = ("number-dropped", "error", "content/de/harbour.md")
MISSING = ("document-missing", "warning", "content/en/tickets.md")


def test_whole_site(site, capsys):
    code, report = checked(capsys)
    assert (code, essence(report)) == (1, [DROPPED, MISSING])
    assert [(d["path"], d["role"]) for d in report["documents"]] == [
        ("content/en/harbour.md", "source"),
        ("content/de/harbour.md", "translation"),
        ("content/fr/harbour.md", "translation"),
        ("content/en/tickets.md", "source"),
        ("content/de/tickets.md", "translation"),
    ]
    first, second = (checked(capsys, f"content/en/{name}.md")[1]["counts"] for name in ("harbour", "tickets"))
    assert report["counts"] == {key: first[key] + second[key] for key in first}


def test_whole_site_as_text(site, capsys):
    """Only what was found, and the missing translation under its source."""
    assert main(["check"]) == 1
    lines = capsys.readouterr().out.splitlines()
    heads = [line for line in lines if line.startswith("content/") and "]: " in line]
    assert heads == ["content/de/harbour.md [de]: 1 error", "content/en/tickets.md [en]: 1 warning"]
    assert (
        "content/en/tickets.md: warning: content/en/tickets.md has no translation into fr [document-missing, 0.99]"
        in lines
    )
    assert "3 translations checked: 1 error, 1 warning." in lines


@pytest.mark.parametrize(
    ("paths", "expected", "n_documents"),
    [
        (["content/de"], [DROPPED], 4),
        (["content/de/harbour.md"], [DROPPED], 2),  # finds its source
        (["./content/de/../de/tickets.md"], [], 2),
        (["content/en/tickets.md"], [MISSING], 2),  # the source: all its translations
        (["content/fr", "content/de"], [DROPPED], 5),  # each article once, its copies against each other
        (["content/en/harbour.md", "content/de"], [DROPPED], 5),
    ],
)
def test_part_of_a_site(site, capsys, paths, expected, n_documents):
    code, report = checked(capsys, *paths)
    assert essence(report) == expected
    assert code == int(DROPPED in expected)
    assert len(report["documents"]) == n_documents


def test_from_a_folder_below(site, capsys, monkeypatch):
    """The configuration is found upwards; paths are shown as they are from here."""
    monkeypatch.chdir(site / "content" / "de")
    assert essence(checked(capsys, "harbour.md")[1]) == [("number-dropped", "error", "harbour.md")]
    assert len(checked(capsys)[1]["documents"]) == 5


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["check", "content/it"], "content/it: no such file or folder"),
        (["check", "consistency.toml"], "consistency.toml: no article that the layouts in "),
        (["check", "--lang", "de.md=de"], "--lang: for a pair of files; on a site the layouts tell the languages"),
        (["check", "--since", "HEAD"], "--since HEAD: "),
        (["check", "-o", "content/de/harbour.md"], "-o content/de/harbour.md: would overwrite content/de/harbour.md"),
        (["init", "--write"], "consistency.toml: is there already; it is not overwritten"),
    ],
)  # fmt: skip
def test_bad_input(site, capsys, argv, message):
    assert main(argv) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith(f"consistency: error: {message}")


@pytest.mark.parametrize("arguments", [[], ["content/de"], ["--since", "HEAD"]])
def test_layouts_that_fit_nothing(site, capsys, arguments):
    """A slip in a pattern is no clean site."""
    text = 'source = "en"\nlayouts = ["contents/{lang}/*.md", "docs/{lang}.md"]\n'
    (site / "consistency.toml").write_text(text, encoding="utf-8")
    assert main(["check", *arguments]) == 2
    assert capsys.readouterr() == (
        "",
        f"consistency: error: {site / 'consistency.toml'}: layouts: no article fits contents/{{lang}}/*.md, docs/{{lang}}.md\n",
    )


def test_no_layouts(site, capsys):
    write(site / "consistency.toml", "min_confidence = 0.5\n")
    assert main(["check"]) == 2
    assert capsys.readouterr().err.endswith("layouts: missing; `consistency init` proposes some\n")


@pytest.mark.parametrize(
    ("more", "arguments", "code", "expected"),
    [
        ("[severity]\ndocument-missing = 'off'\n", [], 1, [DROPPED]),
        ("[severity]\nnumber-dropped = 'note'\n", [], 0, [("number-dropped", "note", DROPPED[2]), MISSING]),
        ("fail_on = 'warning'\n[severity]\nnumber-dropped = 'off'\n", [], 1, [MISSING]),
        ("fail_on = 'never'\n", [], 0, [DROPPED, MISSING]),
        ("fail_on = 'never'\n", ["--fail-on", "error"], 1, [DROPPED, MISSING]),  # the command line wins
        ("min_confidence = 0.98\n", [], 0, [MISSING]),
        ("min_confidence = 0.98\n", ["--min-confidence", "0.5"], 1, [DROPPED, MISSING]),
        ("[[override]]\nlanguages = ['de']\nmin_confidence = 0.98\n", [], 0, [MISSING]),
        ("[[override]]\nlanguages = ['de']\nmin_confidence = 0.98\n", ["--min-confidence", "0.5"], 1, [DROPPED, MISSING]),
        ("[[override]]\npaths = ['content/de']\nseverity = { number-dropped = 'off' }\n", [], 0, [MISSING]),
        ("[[override]]\nseverity = { number-dropped = 'note' }\n", ["--ignore", "number-dropped"], 0, [MISSING]),
        ("exclude = ['content/*/harbour.md']\n", [], 0, [MISSING]),
        ("boilerplate = ['The harbour moved *', 'Der Hafen hat *', 'Le port a traité *']\n", [], 0, [MISSING]),
        ("[glossary]\nkeep = ['containers']\n", ["content/fr"], 0, [("term-dropped", "warning", "content/fr/harbour.md")]),
        ("[glossary]\ncontainers = { de = 'Container', fr = ['conteneur'] }\n", [], 1, [DROPPED, MISSING]),  # inflected
        ("[glossary]\ncontainers = { de = 'Behälter' }\n", ["content/de/harbour.md"], 1, [DROPPED, ("term-dropped", "warning", DROPPED[2])]),
    ],
)  # fmt: skip
def test_configuration(site, capsys, more, arguments, code, expected):
    write(site / "consistency.toml", CONFIGURATION + more)
    found = checked(capsys, *arguments)
    assert (found[0], sorted(essence(found[1]))) == (code, sorted(expected))


def test_a_pair_is_judged_by_the_configuration(site, capsys):
    write(site / "consistency.toml", f"{CONFIGURATION}[severity]\nnumber-dropped = 'note'\n")
    code, report = checked(capsys, "content/en/harbour.md", "content/de/harbour.md")
    assert (code, essence(report)) == (0, [("number-dropped", "note", "content/de/harbour.md")])


def test_orphan(site, capsys):
    (site / "content/en/tickets.md").unlink()
    code, report = checked(capsys, "--ignore", "number-dropped")
    assert (code, essence(report)) == (0, [("document-orphan", "warning", "content/de/tickets.md")])
    assert report["findings"][0]["message"] == (
        "content/de/tickets.md is a translation without a source: there is no content/en/tickets.md"
    )


def test_no_languages_asked_for(site, capsys):
    """Without a list nobody said that every page has to exist in every language."""
    write(site / "consistency.toml", 'source = "en"\nlayouts = ["content/{lang}/**/*.md"]\n')
    write(site / "content/de/alone.md", KARTEN)
    assert essence(checked(capsys)[1]) == [DROPPED]


def test_unreadable_file(site, capsys):
    """The rest is checked; what nobody read does not pass for clean."""
    write(site / "content/de/tickets.md", "")
    assert main(["check", "content/en/tickets.md"]) == 2
    out, err = capsys.readouterr()
    assert "Not checked: content/de/tickets.md: the file is empty" in out
    assert err == "consistency: 1 file could not be read; see the report\n"
    assert main(["check", "content/en/tickets.md", "--fail-on", "never"]) == 0


@pytest.mark.parametrize("name", registry.names("consistency.reporters"))
def test_nothing_to_check(site, capsys, name):
    """Every format can say so."""
    git(site, "init", "-q")
    commit(site)
    assert main(["check", "--since", "HEAD", "-f", name]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("name", registry.names("consistency.reporters"))
def test_every_format_holds_a_site(site, capsys, name):
    main(["check", "-f", name])
    out, err = capsys.readouterr()
    assert ("number-dropped" in out or "38,000" in out, err) == (True, "")


def test_since(site, capsys):
    git(site, "init", "-q")
    first = commit(site)
    assert checked(capsys, "--since", first)[1]["documents"] == []
    write(site / "content/de/tickets.md", f"{KARTEN}\nHunde fahren umsonst.\n")
    report = checked(capsys, "--since", first)[1]
    assert {document["path"] for document in report["documents"]} == {
        "content/en/tickets.md",
        "content/de/tickets.md",
    }
    (site / "content/fr/harbour.md").unlink()
    missing = ("document-missing", "warning", "content/en/harbour.md")
    assert essence(checked(capsys, "content/en/harbour.md", "--since", first)[1]) == [missing, DROPPED]


def pinned(site: Path, commit_id: str, text: str) -> None:
    write(
        site / "content/de/harbour.md", text.replace("---\n", f"---\ndefault_lang_commit: {commit_id}\n", 1)
    )


MOVED_ON = HARBOUR.replace("38,000", "41,500")
STALE = ("translation-stale", "warning", "content/de/harbour.md")


@pytest.mark.parametrize(
    ("english", "german", "expected", "code"),
    [
        # The source moved on: the copy says what it was translated from.
        (MOVED_ON, HAFEN, [STALE, ("number-changed", "note", DROPPED[2])], 0),
        # The copy never had the number.
        (MOVED_ON.replace("41,500", "38,000") + "\nNew.\n", LOST, None, 1),
        (HARBOUR, LOST, [DROPPED], 1),
        (HARBOUR, HAFEN, [], 0),
    ],
)
def test_stale(site, capsys, english, german, expected, code):
    git(site, "init", "-q")
    first = commit(site)
    write(site / "content/en/harbour.md", english)
    pinned(site, first, german)
    found, report = checked(capsys, "content/de/harbour.md")
    assert found == code
    if expected is None:
        assert DROPPED in essence(report)
    else:
        assert essence(report) == expected
    for finding in report["findings"]:
        stale = finding["severity"] == "note"
        assert (
            finding["message"].endswith(f"; stale: so only since the source changed after {first[:10]}")
            == stale
        )
    if expected and expected[0] == STALE:
        assert report["findings"][0]["message"] == (
            f"content/de/harbour.md was made from content/en/harbour.md at {first[:10]}; "
            "1 difference is due to what changed there since"
        )


def test_pinned_to_what_git_does_not_have(site, capsys):
    git(site, "init", "-q")
    commit(site)
    pinned(site, "0" * 40, LOST)
    code, report = checked(capsys, "content/de/harbour.md")
    assert (code, essence(report)) == (1, [DROPPED])
    assert report["notes"] == [
        "some translations name a commit of their source that this clone does not have: what is stale was not told"
    ]


def test_baseline(site, capsys):
    """Accept, stay quiet, report what is new, say what is gone, drop it."""
    assert main(["baseline", "--reason", "before the first check"]) == 0
    assert capsys.readouterr().out == "consistency-baseline.toml: 2 findings accepted, 2 of them new; 0 dropped\n"
    path = site / "consistency-baseline.toml"
    first = path.read_bytes()
    assert first.count(b'reason = "before the first check"') == 2
    code, report = checked(capsys)
    assert (code, essence(report)) == (0, [])
    assert left_out(report) == (2, 0, 0)
    assert essence(checked(capsys, "--no-baseline")[1]) == [DROPPED, MISSING]

    main(["baseline"])
    assert path.read_bytes() == first  # the same findings, the same bytes, the reasons kept
    capsys.readouterr()

    write(site / "content/de/tickets.md", KARTEN.replace("90", "60"))
    write(site / "content/de/harbour.md", HAFEN)
    code, report = checked(capsys)
    assert (code, essence(report)) == (1, [("duration-changed", "error", "content/de/tickets.md")])
    assert left_out(report) == (1, 0, 1)
    assert main(["check"]) == 1
    assert capsys.readouterr().out.splitlines()[-1].endswith(
        "1 finding accepted. 1 entry of the baseline is gone: `consistency baseline --prune` drops it."
    )
    before = path.read_bytes()
    main(["baseline"])
    assert capsys.readouterr().out.endswith("3 findings accepted, 1 of them new; 0 dropped; 1 no longer occurs (--prune drops it)\n")
    path.write_bytes(before)
    # Of what was not checked, or left out by an option, nothing is known.
    assert left_out(checked(capsys, "content/fr")[1]) == (0, 0, 0)
    assert left_out(checked(capsys, "--ignore", "number-dropped")[1]) == (1, 0, 0)

    assert main(["baseline", "--prune"]) == 0
    assert capsys.readouterr().out.endswith(": 1 finding accepted, 0 of them new; 1 dropped\n")
    assert b"document-missing" in path.read_bytes()
    assert b"number-dropped" not in path.read_bytes()


def test_baseline_of_a_pair(site, capsys):
    """Without a configuration: beside where the command runs."""
    (site / "consistency.toml").unlink()
    pair = ["content/en/harbour.md", "content/de/harbour.md"]
    assert main(["baseline", *pair]) == 0
    assert main(["check", *pair]) == 0
    assert "1 finding accepted." in capsys.readouterr().out


def test_baseline_of_what_cannot_be_read(site, capsys):
    write(site / "content/de/tickets.md", "")
    assert main(["baseline"]) == 2
    assert capsys.readouterr().err == (
        "consistency: error: content/de/tickets.md: the file is empty; "
        "repair or exclude it before a baseline is written\n"
    )
    assert not (site / "consistency-baseline.toml").exists()


def test_comment(site, capsys):
    comment = "<!-- consistency: ignore number-dropped the board asked for it -->\n"
    write(site / "content/de/harbour.md", LOST.replace("Der Hafen", f"{comment}Der Hafen"))
    code, report = checked(capsys, "content/de/harbour.md")
    assert (code, essence(report)) == (0, [])
    assert left_out(report) == (0, 1, 0)


def test_front_matter(site, capsys):
    head = "---\nconsistency:\n  ignore:\n    - number-dropped the board asked for it\n"
    write(site / "content/de/harbour.md", LOST.replace("---\n", head, 1))
    assert essence(checked(capsys, "content/de/harbour.md")[1]) == []


def test_init(site, capsys):
    (site / "consistency.toml").unlink()
    assert main(["init"]) == 0
    out, err = capsys.readouterr()
    assert err == (
        "content/{lang}/**/*.md: 2 articles (Hugo, a folder a language): de 2, fr 1\n"
        "1 of 4 translations does not exist: document-missing is off\n"
    )
    assert not (site / "consistency.toml").exists()
    assert main(["init", "--write"]) == 0
    assert (site / "consistency.toml").read_text(encoding="utf-8") == out
    capsys.readouterr()
    # One of four translations is missing: that is a plan, not an oversight.
    assert essence(checked(capsys)[1]) == [DROPPED]


def test_progress(site, capsys, monkeypatch):
    """On a terminal, once it takes a while, on stderr."""
    monkeypatch.setattr(sys.modules["consistency.commands._progress"], "_PATIENCE", -1.0)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    main(["check", "--format", "json"])
    out, err = capsys.readouterr()
    assert json.loads(out)["schema"] == 1
    assert "100%" in err


def test_watch(site, capsys, monkeypatch):
    """Checks, waits for a change, checks again; a file that is bad for a moment does not end it."""
    german = site / "content/de/harbour.md"
    edits = iter(
        [
            lambda: write(german, HAFEN),
            lambda: write(site / "consistency.toml", "langauges = 1\n"),
            lambda: write(site / "consistency.toml", CONFIGURATION),
        ]
    )

    def sleep(seconds: float) -> None:
        edit = next(edits, None)
        if edit is None:
            raise KeyboardInterrupt
        edit()

    monkeypatch.setattr("time.sleep", sleep)
    assert main(["check", "content/de/harbour.md", "--watch", "-f", "jsonl"]) == 130
    out, err = capsys.readouterr()
    assert [json.loads(line)["check"] for line in out.splitlines()] == ["number-dropped"]
    assert err.splitlines()[:1] == [
        "consistency: error: consistency.toml: langauges: no such key; did you mean languages?"
    ]


def test_output_over_the_baseline(site, capsys):
    write(site / "consistency-baseline.toml", "version = 1\n")
    assert main(["check", "-o", "consistency-baseline.toml"]) == 2
    assert "would overwrite" in capsys.readouterr().err


def test_watch_sees_what_changed_during_the_run(site, monkeypatch):
    """A file saved while it was being checked is checked again at once."""
    runs = []

    def run() -> tuple[int, tuple[str, ...]]:
        runs.append(1)
        os.utime("content/de/harbour.md", ns=(5, 5))
        return 0, ("content/de/harbour.md",)

    def sleep(seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("time.sleep", sleep)
    monkeypatch.setattr("time.time_ns", iter([1, 9]).__next__)
    with pytest.raises(KeyboardInterrupt):
        watching(run)
    assert len(runs) == 2


def test_pinned_to_a_broken_source(site, capsys):
    """What was wrong with an old source is nobody's error today."""
    git(site, "init", "-q")
    write(site / "content/en/harbour.md", "---\ntitle: never closed\n")
    first = commit(site)
    write(site / "content/en/harbour.md", HARBOUR)
    pinned(site, first, LOST)
    code, report = checked(capsys, "content/de/harbour.md")
    assert (code, essence(report), len(report["notes"])) == (1, [DROPPED], 1)
