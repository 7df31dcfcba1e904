"""The cache on disk: the same bytes with and without it, whoever else uses it, whatever is left of it."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from consistency import cache as module
from consistency.cache import FILE, Cache, clear, key_of, stats
from consistency.cli import main
from consistency.codec import decoded, encoded
from consistency.site import spreading
from tests.reporters.fixture import CLEAN, REPORT

CONFIGURATION = 'source = "en"\nlanguages = ["de"]\nlayouts = ["{lang}/*.md"]\n'
N_ARTICLES = 12  # enough for processes


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A site of small articles, every third with a wrong number; the checks in this process are counted."""
    (tmp_path / "consistency.toml").write_text(CONFIGURATION)
    for lang in ("en", "de"):
        (tmp_path / lang).mkdir()
    for n in range(N_ARTICLES):
        wrong = n + 5 if n % 3 == 0 else n
        (tmp_path / f"en/{n}.md").write_text(f"The bridge {n} was built in 19{n + 10}.\n\nIt is {n + 30} metres long.\n")
        text = f"Die Brücke {n} wurde 19{n + 10} gebaut.\n\nSie ist {wrong + 30} Meter lang.\n"
        (tmp_path / f"de/{n}.md").write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def computed(monkeypatch):
    """The articles that were checked in this process."""
    seen = []
    check = spreading.check_article

    def counted(project, article, embedder):
        seen.append(article.source)
        return check(project, article, embedder)

    monkeypatch.setattr(spreading, "check_article", counted)
    return seen


def report(capsys, *options):
    code = main(["check", "-f", "json", "--alignments", "--scores", *options])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_cold_warm_and_none_give_the_same_bytes(site, computed, capsys):
    without = report(capsys, "--no-cache", "--jobs", "1")
    assert without[0] == 1
    assert without[1].count('-changed",') == 4
    assert not (site / "kept").exists()
    cold = report(capsys, "--cache", "kept", "--jobs", "1")
    assert len(computed) == 2 * N_ARTICLES
    warm = report(capsys, "--cache", "kept")
    assert len(computed) == 2 * N_ARTICLES
    assert without == cold == warm


def test_any_number_of_processes_gives_the_same_bytes(site, capsys):
    one = report(capsys, "--no-cache", "--jobs", "1")
    assert report(capsys, "--no-cache", "--jobs", "2") == one
    assert report(capsys, "--cache", "kept", "--jobs", "3") == one
    assert stats(Path("kept")).results == N_ARTICLES


def edit(name, old, new):
    path = Path(name)
    path.write_text(path.read_text().replace(old, new))


@pytest.mark.parametrize(
    ("change", "options", "again"),
    [
        (lambda patch: None, [], []),
        (lambda patch: edit("de/4.md", "Brücke", "Brücke,"), [], ["en/4.md"]),
        (lambda patch: edit("en/4.md", "metres", "meters"), [], ["en/4.md"]),
        (lambda patch: edit("de/4.md", "Brücke", "l10n.sourceCommit"), [], ["en/4.md"]),
        (lambda patch: Path("de/4.md").unlink(), [], ["en/4.md"]),
        (lambda patch: None, ["--min-confidence", "0.8"], "all"),
        (lambda patch: None, ["--ignore", "quantity-changed"], "all"),
        (lambda patch: edit("consistency.toml", 'source = "en"', 'source = "en"\nignore_names = ["Ada"]'), [], "all"),
        (lambda patch: patch.setattr(module, "program", lambda: b"another version"), [], "all"),
    ],
)
def test_what_is_checked_again(site, computed, capsys, monkeypatch, change, options, again):
    report(capsys, "--cache", "kept", "--jobs", "1")
    computed.clear()
    change(monkeypatch)
    warm = report(capsys, "--cache", "kept", "--jobs", "1", *options)
    expected = [f"en/{n}.md" for n in range(N_ARTICLES)] if again == "all" else again
    assert sorted(computed) == sorted(expected)
    assert warm == report(capsys, "--no-cache", "--jobs", "1", *options)


def test_another_folder_to_start_from_is_another_result(site, capsys, monkeypatch):
    """Paths in a report are those of the current folder."""
    report(capsys, "--cache", str(site / "kept"))
    monkeypatch.chdir(site / "de")
    assert report(capsys, "--cache", str(site / "kept"), "..") == report(capsys, "--no-cache", "..")


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda path: path.write_bytes(b"no database" * 1000), "file is not a database"),
        (lambda path: path.write_bytes(path.read_bytes()[:5000]), "database disk image is malformed"),
        (lambda path: (path.unlink(), path.mkdir()), "unable to open database file"),
    ],
)
def test_a_damaged_cache_is_said_once_and_worked_around(site, capsys, damage, reason):
    expected = report(capsys, "--cache", "kept")
    damage(Path("kept") / FILE)
    for suffix in ("-wal", "-shm"):
        Path(f"kept/{FILE}{suffix}").unlink(missing_ok=True)
    code, out, err = report(capsys, "--cache", "kept")
    assert (code, out) == expected[:2]
    told = f"the cache {Path('kept') / FILE} cannot be used: {reason}; `consistency cache --clear` makes it anew"
    assert err == f"consistency: {told}\n"


def test_a_damaged_result_is_made_anew(site, computed, capsys):
    expected = report(capsys, "--cache", "kept", "--jobs", "1")
    with sqlite3.connect(f"kept/{FILE}") as connection:
        keys = [key for (key,) in connection.execute("SELECT key FROM results ORDER BY key")]
        connection.execute("UPDATE results SET value = x'00' WHERE key = ?", (keys[0],))
    kept = Cache(Path("kept"))
    kept.put(keys[1], b"[]")
    kept.put(keys[2], b'[{"Passage":[]},[]]')
    kept.close()
    computed.clear()
    assert report(capsys, "--cache", "kept", "--jobs", "1") == expected
    assert len(computed) == 3
    computed.clear()
    assert report(capsys, "--cache", "kept", "--jobs", "1") == expected
    assert computed == []


def test_a_cache_that_another_holds_is_waited_for_and_then_left(site, capsys, monkeypatch):
    expected = report(capsys, "--cache", "kept")
    monkeypatch.setattr(module, "_PATIENCE", 0.1)
    Path("de/4.md").write_text("Die Brücke 4 wurde 1914 gebaut.\n\nSie ist 34 Meter lang und neu.\n")
    holder = sqlite3.connect(f"kept/{FILE}", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    code, out, err = report(capsys, "--cache", "kept")
    holder.close()
    assert (code, err) == (
        expected[0],
        f"consistency: the cache kept/{FILE} cannot be used: database is locked; `consistency cache --clear` makes it anew\n",
    )
    assert out == report(capsys, "--no-cache")[1]


def command(folder):
    line = [sys.executable, "-m", "consistency", "check", "-f", "json", "--alignments", "--scores", "--cache", "kept"]
    return subprocess.Popen([*line, "--jobs", "1"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_two_processes_at_once(site, capsys):
    expected = report(capsys, "--no-cache")[1].encode()
    both = [command(site), command(site)]
    assert [process.communicate() for process in both] == [(expected, b"")] * 2
    assert stats(site / "kept").results == N_ARTICLES


def test_a_kill_in_the_middle_loses_nothing_that_was_written(site, capsys):
    process = command(site)
    deadline = time.monotonic() + 60
    while stats(site / "kept").results < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert stats(site / "kept").results >= 2
    assert report(capsys, "--cache", "kept") == report(capsys, "--no-cache")


def test_what_was_not_used_for_longest_goes_first(tmp_path):
    value = os.urandom(1000)
    small = Cache(tmp_path, most_bytes=5_000)
    for n in range(4):
        small.put(bytes([n]), value)
    small.close()
    small = Cache(tmp_path, most_bytes=5_000)
    assert small.get(b"\0") == value
    for n in range(4, 6):
        small.put(bytes([n]), value)
    small.close()
    rest = Cache(tmp_path)
    assert [n for n in range(6) if rest.get(bytes([n])) is not None] == [0, 3, 4, 5]
    rest.close()


def test_the_command(site, capsys):
    assert main(["cache", "--cache", "kept"]) == 0
    assert capsys.readouterr().out == "kept: 0 results, 0.0 MB\n"
    report(capsys, "--cache", "kept")
    assert main(["cache", "--stats", "--cache", "kept"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith(f"kept: {N_ARTICLES} results, 0.0 MB")
    assert second.startswith("unused for longest: since 20")
    assert main(["cache", "--clear", "--cache", "kept"]) == 0
    assert capsys.readouterr().out == "kept: cleared\n"
    assert list(Path("kept").iterdir()) == []


@pytest.mark.parametrize(
    ("options", "environment", "key", "place"),
    [
        ([], None, None, "{tmp}/system/consistency"),
        ([], None, ".kept", "{tmp}/site/.kept"),
        ([], "{tmp}/named", ".kept", "{tmp}/named"),
        (["--cache", "given"], "{tmp}/named", ".kept", "given"),
    ],
)
def test_the_place_of_the_cache(monkeypatch, capsys, tmp_path, options, environment, key, place):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "system"))
    monkeypatch.delenv("CONSISTENCY_CACHE")
    if environment:
        monkeypatch.setenv("CONSISTENCY_CACHE", environment.format(tmp=tmp_path))
    (tmp_path / "site/deep").mkdir(parents=True)
    (tmp_path / "site/consistency.toml").write_text(f'cache = "{key}"\n' if key else "")
    monkeypatch.chdir(tmp_path / "site/deep")
    assert main(["cache", *options]) == 0
    assert capsys.readouterr().out == f"{place.format(tmp=tmp_path)}: 0 results, 0.0 MB\n"


def test_the_configuration_names_the_cache(site, computed, capsys, monkeypatch):
    """Wherever in the project the command runs; and another place for the same results is no other result."""
    monkeypatch.delenv("CONSISTENCY_CACHE")
    edit("consistency.toml", 'source = "en"', 'source = "en"\ncache = ".kept"')
    monkeypatch.chdir(site / "de")
    cold = report(capsys, "--jobs", "1", "..")
    assert stats(site / ".kept").results == N_ARTICLES
    (site / ".kept").rename(site / ".moved")
    edit("../consistency.toml", ".kept", ".moved")
    computed.clear()
    assert report(capsys, "--jobs", "1", "..") == cold
    assert computed == []


@pytest.mark.parametrize("whole", [CLEAN, REPORT], ids=["clean", "full"])
def test_a_report_comes_back_as_it_went(whole):
    assert decoded(encoded(whole)) == whole
    assert encoded(decoded(encoded(whole))) == encoded(whole)


def test_what_is_no_record_is_refused():
    with pytest.raises(TypeError, match="object is no record"):
        encoded(object())


def test_parts_of_a_key_do_not_run_into_each_other():
    assert key_of([b"ab", b"c"]) != key_of([b"a", b"bc"])


def test_clearing_what_is_not_there(tmp_path):
    clear(tmp_path / "none")
    assert not (tmp_path / "none").exists()
