"""Many articles in one process: what a line may be, what comes out, and that no interruption loses a thing."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from types import SimpleNamespace

import jsonschema
import pytest

from consistency.batch import checked, numbered
from consistency.cli import main
from consistency.ledger import Ledger
from consistency.records import ConsistencyError
from tests.reporters.fixture import CLEAN, REPORT
from tests.reporters.test_reporters import SCHEMA

ARTICLE = {"id": "a", "source": "en", "documents": {"en": "Open.", "de": "Offen."}}
VALIDATOR = jsonschema.Draft202012Validator({**SCHEMA, **SCHEMA["$defs"]["article"]})


def bad(message: str, found_id: object = "a") -> dict:
    return {"id": found_id, "counts": {}, "findings": [], "error": f"line 7: {message}"}


def without(key: str) -> dict:
    return {name: value for name, value in ARTICLE.items() if name != key}


@pytest.mark.parametrize(
    ("line", "result"),
    [
        (b"{", bad("not JSON: Expecting property name enclosed in double quotes at column 2", None)),
        (b"[" * 100_000, bad("not JSON that can be read: a number or a nesting without measure", None)),
        (
            b'{"id": ' + b"1" * 5000 + b"}",
            bad("not JSON that can be read: a number or a nesting without measure", None),
        ),
        (b'{"id": "\xff"}', bad("byte 9 is not UTF-8", None)),
        (b"[]", bad("an object is expected, an array found", None)),
        (b"null", bad("an object is expected, nothing found", None)),
        (b'{"id": "a", "id": "b"}', bad("key 'id' comes twice", None)),
        (
            {**ARTICLE, "id": True},
            bad("id: a string or a whole number is expected, a truth value found", None),
        ),
        ({**ARTICLE, "id": 1.5}, bad("id: a string or a whole number is expected, a number found", None)),
        (without("documents"), bad("documents: an object of texts by language is expected, nothing found")),
        ({**ARTICLE, "documents": {"en": 1}}, bad("documents: en: a text is expected, a number found")),
        (without("source"), bad("source: one of en, de is expected, None found")),
        ({**ARTICLE, "source": "fr"}, bad("source: one of en, de is expected, 'fr' found")),
        ({**ARTICLE, "documents": {}}, bad("source: one of no documents is expected, 'en' found")),
        ({**ARTICLE, "documents": {"en": "Open."}}, bad("documents: one copy only, en")),
        (
            {**ARTICLE, "format": "word"},
            bad("format: one of text, markdown, html, lines is expected, 'word' found"),
        ),
        ({**ARTICLE, "documents": {"en": "", "de": "x"}}, bad("documents: en: the text is empty")),
        ({**ARTICLE, "documents": {"en": "x", "de": " \n"}}, bad("documents: de: the text is empty")),
        ({**ARTICLE, "source": "de"}, bad("de: what the pipeline says")),
        (ARTICLE, {"id": "a", "counts": CLEAN.counts, "findings": [], "error": None}),
        (without("id"), {"id": None, "counts": CLEAN.counts, "findings": [], "error": None}),
        ({**ARTICLE, "id": 12}, {"id": 12, "counts": CLEAN.counts, "findings": [], "error": None}),
        (
            {**ARTICLE, "title": "x"},
            {"id": "a", "counts": CLEAN.counts, "findings": [], "error": None},
        ),  # not ours
    ],
)
def test_checked(line, result):
    def check(article):
        if article.source == "de":
            raise ConsistencyError("de: what the pipeline says")
        return CLEAN

    data = line if isinstance(line, bytes) else json.dumps(line).encode()
    found = json.loads(checked(7, data, check).line())
    assert found == result
    assert [error.message for error in VALIDATOR.iter_errors(found)] == []


def test_findings_fit_the_schema():
    found = json.loads(checked(1, json.dumps(ARTICLE).encode(), lambda article: REPORT).line())
    assert len(found["findings"]) == len(REPORT.findings)
    assert [error.message for error in VALIDATOR.iter_errors(found)] == []


def test_a_bug_ends_one_article_not_the_run():
    def check(article):
        raise KeyError("x\ny")

    found = json.loads(checked(7, json.dumps(ARTICLE).encode(), check).line())
    assert found == bad("a bug, please report it: KeyError: 'x\\ny'")


def test_numbered():
    assert list(numbered([b"\xef\xbb\xbf{}\n", b"\n", b" \t\r\n", b"{}"])) == [(1, b"{}"), (4, b"{}")]


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Run `batch` over five articles, the third of them with findings, the fourth bad."""
    state = SimpleNamespace(seen=[], stop_at=None, loads=0, on_disk=[])

    def check(documents, source, *, format, settings, embedder):
        if documents["en"] == state.stop_at:
            raise KeyboardInterrupt
        state.seen.append((documents["en"], format, embedder))
        state.on_disk.append((tmp_path / "out.jsonl.part").read_bytes().count(b"\n"))
        return replace(REPORT, findings=REPORT.findings[:1]) if documents["en"] == "three" else CLEAN

    def load_embedder(settings):
        state.loads += 1
        return "model"

    steps = SimpleNamespace(check=check, load_embedder=load_embedder)
    monkeypatch.setitem(sys.modules, "consistency.pipeline", steps)
    monkeypatch.chdir(tmp_path)
    lines = [json.dumps({**ARTICLE, "id": word, "documents": {"en": word, "de": "x"}}) for word in WORDS]
    lines[3] = '{"id": "four"'
    state.input = tmp_path / "in.jsonl"
    state.input.write_text("\n".join([*lines[:2], "", *lines[2:]]), encoding="utf-8")
    state.output = tmp_path / "out.jsonl"
    state.files = lambda: sorted(path.name for path in tmp_path.iterdir())
    state.main = lambda *more: main(["batch", "in.jsonl", "-o", "out.jsonl", *more])
    return state


WORDS = ("one", "two", "three", "four", "five")


def test_batch(run, capsys):
    assert run.main() == 0
    found = [json.loads(line) for line in run.output.read_text(encoding="utf-8").splitlines()]
    assert [(row["id"], len(row["findings"]), row["error"]) for row in found] == [
        ("one", 0, None),
        ("two", 0, None),
        ("three", 1, None),
        (None, 0, "line 5: not JSON: Expecting ',' delimiter at column 14"),
        ("five", 0, None),
    ]
    assert run.seen[0] == ("one", "text", "model")
    assert run.loads == 1
    assert run.on_disk == [0, 1, 2, 4], "each result is on disk before the next article"
    assert run.files() == ["in.jsonl", "out.jsonl"]
    assert capsys.readouterr().err == "consistency: 1 of 5 articles could not be checked; see their error\n"


@pytest.mark.parametrize(
    ("fail_on", "with_bad_line", "code"),
    [
        ("never", True, 0),
        ("error", True, 2),  # an article that was not read must not pass for a clean one
        ("error", False, 1),
        ("never", False, 0),
    ],
)
def test_exit_codes(run, fail_on, with_bad_line, code):
    if not with_bad_line:
        lines = run.input.read_text(encoding="utf-8").splitlines()
        run.input.write_text("\n".join([*lines[:4], *lines[5:]]), encoding="utf-8")
    assert run.main("--fail-on", fail_on) == code


@pytest.mark.parametrize("stop_at", ["one", "two", "three", "five"])
def test_resumes_with_the_same_bytes(run, capsys, stop_at):
    run.main()
    whole = run.output.read_bytes()
    run.output.unlink()
    run.stop_at, run.seen = stop_at, []
    assert run.main() == 130
    assert not run.output.exists()
    run.stop_at = None
    assert run.main("--fail-on", "error") == 2  # what the first run found counts as well
    assert run.output.read_bytes() == whole
    assert [word for word, _, _ in run.seen] == ["one", "two", "three", "five"], (
        "nothing twice, nothing left out"
    )
    assert run.files() == ["in.jsonl", "out.jsonl"]


@pytest.fixture
def shuffled(monkeypatch):
    """Let results come in another order: 3, 1, 5, 2, 4 of those that are left."""

    def spread(articles, start, lost, **options):
        work, waiting = start(), list(articles)
        for article in (*waiting[2:5:2], *waiting[:2], *waiting[3:4], *waiting[5:]):
            yield article, work(*article)

    monkeypatch.setattr("consistency.commands.batch.spread", spread)


@pytest.mark.parametrize("stop_at", ["one", "two", "three", "five"])
def test_resumes_without_order(run, shuffled, stop_at):
    run.input.write_text(run.input.read_text(encoding="utf-8") + '\n{"id": "four"\n', encoding="utf-8")  # twice, each its own line
    assert run.main("--unordered") == 0
    whole = run.output.read_bytes().splitlines()
    assert [json.loads(line)["id"] for line in whole] == ["three", "five", "one", "two", None, None]
    run.output.unlink()
    run.stop_at, run.seen = stop_at, []
    assert run.main("--unordered") == 130
    run.stop_at = None
    assert run.main("--unordered") == 0
    assert sorted(run.output.read_bytes().splitlines()) == sorted(whole)
    assert sorted(word for word, _, _ in run.seen) == ["five", "one", "three", "two"]


def test_results_without_order_belong_to_the_input(run, capsys, shuffled):
    run.stop_at = "two"
    run.main("--unordered")
    part = run.output.with_name("out.jsonl.part").read_bytes()
    run.input.write_text(run.input.read_text(encoding="utf-8").replace("three", "3"), encoding="utf-8")
    run.stop_at = None
    assert run.main("--unordered") == 2
    assert "the input has changed since that run: 1 results are of lines that it does not have" in capsys.readouterr().err
    assert run.output.with_name("out.jsonl.part").read_bytes().startswith(part), "nothing is thrown away"


@pytest.mark.parametrize(
    ("damage", "kept"),
    [
        (lambda part, done: part.write_bytes(part.read_bytes()[:-5]), 1),  # killed within a result
        (lambda part, done: done.write_bytes(done.read_bytes()[:-5]), 1),  # killed within a digest
        (lambda part, done: part.write_bytes(part.read_bytes() + b'{"id": "thr'), 2),
        (lambda part, done: part.unlink(), 0),
        (lambda part, done: done.unlink(), 0),  # results whose origin nobody knows are made again
        (lambda part, done: done.write_bytes(b""), 0),
    ],
)
def test_half_written_ledgers(run, damage, kept):
    run.main()
    whole = run.output.read_bytes()
    run.output.unlink()
    run.stop_at = "three"
    run.main()
    damage(run.output.with_name("out.jsonl.part"), run.output.with_name("out.jsonl.part.done"))
    run.stop_at, run.seen = None, []
    run.main()
    assert run.output.read_bytes() == whole
    assert [word for word, _, _ in run.seen] == [word for word in WORDS[kept:] if word != "four"]


@pytest.mark.parametrize(
    ("change", "options", "message"),
    [
        (
            ("one", "1ne"),
            (),
            "out.jsonl.part: the input has changed since that run: its line 1 differs; delete",
        ),
        (None, (), "out.jsonl.part: the input has changed since that run: it ends after 0 articles; delete"),
        (
            ("", ""),
            ("--min-confidence", "0.9"),
            "out.jsonl.part: left by a run with other settings or another version",
        ),
        (("", ""), ("--unordered",), "out.jsonl.part: left by a run with other settings or another version"),
    ],
)
def test_results_of_two_runs_are_never_mixed(run, capsys, change, options, message):
    run.stop_at = "three"
    run.main()
    part = run.output.with_name("out.jsonl.part").read_bytes()
    text = run.input.read_text(encoding="utf-8")
    run.input.write_text("" if change is None else text.replace(*change), encoding="utf-8")
    capsys.readouterr()
    run.stop_at = None
    assert run.main(*options) == 2
    assert message in capsys.readouterr().err
    assert run.output.with_name("out.jsonl.part").read_bytes() == part, "nothing is thrown away"


def test_two_runs_at_once(tmp_path):
    with (
        Ledger(tmp_path / "out", "key"),
        pytest.raises(ConsistencyError, match="another run is writing it"),
        Ledger(tmp_path / "out", "key"),
    ):
        pass


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["no.jsonl", "-o", "out.jsonl"], "no.jsonl: cannot be read: No such file or directory"),
        ([".", "-o", "out.jsonl"], ".: cannot be read: Is a directory"),
        (["in.jsonl", "-o", "in.jsonl"], "-o in.jsonl: would overwrite in.jsonl, which is read"),
        (["in.jsonl", "-o", "no/out.jsonl"], "no/out.jsonl: cannot be written, there is no folder"),
        (["in.jsonl"], "Missing option '-o' / '--output'."),
    ],
)
def test_bad_input(run, capsys, argv, message):
    assert main(["batch", *argv]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith(f"consistency: error: {message}")
    assert run.files() == ["in.jsonl"]


SLOW = """
import sys, time
from types import SimpleNamespace
from tests.reporters.fixture import CLEAN
def check(*args, **kwargs):
    time.sleep(0.002)
    return CLEAN
sys.modules["consistency.pipeline"] = SimpleNamespace(check=check, load_embedder=lambda settings: None)
from consistency.cli import main
sys.exit(main(["batch", "in.jsonl", "-o", "out.jsonl", "--jobs", "1"]))
"""


@pytest.mark.parametrize("more", ["", ', "--unordered"'])
def test_killed_at_any_moment(tmp_path, request, more):
    """SIGKILL, again and again, at moments that nobody chose; in the end the same bytes as without."""
    lines = [json.dumps({**ARTICLE, "id": number}) for number in range(300)]
    (tmp_path / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    environ = {**os.environ, "PYTHONPATH": str(request.config.rootpath)}
    kills = 0
    for delay in (0.2, 0.25, 0.3, 0.35, 0.4, 30):
        process = subprocess.Popen(
            [sys.executable, "-c", SLOW.replace(', "1"', f', "1"{more}')], cwd=tmp_path, env=environ, stderr=subprocess.DEVNULL
        )
        try:
            process.wait(delay)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            kills += 1
            if not (tmp_path / "out.jsonl").exists():
                continue  # else it had just ended
        break
    assert kills > 0
    found = [
        json.loads(line)["id"] for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert found == list(range(300))


def test_progress_bar(run, monkeypatch, capsys):
    """On a terminal, and only when the work lasts."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    run.main()
    assert "%" not in capsys.readouterr().err
    clock = iter(range(0, 1000, 10))
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    run.main()
    assert "100%" in capsys.readouterr().err
