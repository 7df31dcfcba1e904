"""An article that takes too long is given up in one line, and the next one is checked."""

import json
import time

import pytest

from consistency import pipeline
from consistency.cli import main
from consistency.records import ConsistencyError
from consistency.time_limit import limited

TOLD = "not checked: over the time limit of 1.5 seconds"


def slowly(function):
    """A step that never ends for the article with `slow` in it, whatever it catches."""

    def step(document, language):
        while "slow" in document.text:
            try:
                time.sleep(0.01)
            except Exception:
                continue
        return function(document, language)

    return step


@pytest.fixture
def site(tmp_path, monkeypatch):
    (tmp_path / "consistency.toml").write_text('source = "en"\nlayouts = ["{lang}/*.md"]\n')
    for lang in ("en", "de"):
        (tmp_path / lang).mkdir()
        for name in ("quick", "slow"):
            (tmp_path / lang / f"{name}.md").write_text(f"# {name}\n\n1984.\n")
    monkeypatch.chdir(tmp_path)
    main(["check", "--no-cache", "--jobs", "1"])  # so that what is loaded once is loaded
    monkeypatch.setattr(pipeline, "read_facts", slowly(pipeline.read_facts))


def test_a_site(site, capsys):
    capsys.readouterr()
    assert main(["check", "--jobs", "1", "--time-limit", "1.5", "-f", "json"]) == 2
    captured = capsys.readouterr()
    assert captured.err == "consistency: 1 file could not be read; see the report\n"
    assert [note for note in json.loads(captured.out)["notes"] if "not checked" in note] == [f"en/slow.md: {TOLD}"]


def test_a_pair(site, capsys):
    capsys.readouterr()
    assert main(["check", "en/slow.md", "de/slow.md", "--time-limit", "1.5"]) == 2
    assert capsys.readouterr().err == f"consistency: error: {TOLD}\n"


def test_a_batch(site, tmp_path):
    articles = [{"id": name, "source": "en", "documents": {"en": f"{name} 1984.", "de": f"{name} 1984."}} for name in ("slow", "quick")]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, articles)))
    assert main(["batch", "in.jsonl", "-o", "out.jsonl", "--jobs", "1", "--time-limit", "1.5", "--fail-on", "error"]) == 2
    errors = [json.loads(line)["error"] for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert errors == [f"line 1: {TOLD}", None]


def test_time_enough_changes_nothing():
    with limited(10):
        pass
    with pytest.raises(KeyError), limited(10):
        raise KeyError
    with limited(0.05):
        pass
    time.sleep(0.1)  # no alarm is left


def test_the_limit():
    with pytest.raises(ConsistencyError, match="^not checked: over the time limit of 0.05 seconds$"), limited(0.05):
        time.sleep(5)
