"""Limits, each with the one clear line that says which, where, and what was found."""

import json
import os
import random
import re
import subprocess

import pytest

from consistency.baseline import read_baseline
from consistency.batch import checked, numbered
from consistency.cli import main
from consistency.config import Settings
from consistency.history import content_at
from consistency.pipeline import check_documents
from consistency.readers._load import from_text
from consistency.records import ConsistencyError
from consistency.shards import shards
from consistency.site.configuration import find_project
from consistency.site.patterns import captures

ENGLISH = "The harbour opened on July 3, 2024 and moved 38,000 containers.\n"
GERMAN = "Der Hafen wurde am 3. Juli 2024 eröffnet und hat 83.000 Container bewegt.\n"


@pytest.fixture
def article(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "en.md").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "de.md").write_text(GERMAN, encoding="utf-8")
    return tmp_path


def refused(capsys, *argv: str) -> str:
    """Return what a command said that stopped with 2 and one line."""
    assert main(argv) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    return err.removeprefix("consistency: error: ").removesuffix("\n")


LONG = "a" * 300


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        # Each of these once ended in a traceback.
        (("check", "en.md", "de.md", "-o", LONG), f"{LONG}: cannot be written: File name too long"),
        (("check", "en.md", "de.md", "--baseline", LONG), f"--baseline {LONG}: no such file"),
        (("baseline", "en.md", "de.md", "--baseline", LONG), f"{LONG}: cannot be written: File name too long"),
        (("batch", "en.md", "-o", LONG), f"{LONG}: cannot be written: File name too long"),
        (("batch", "en.md", "-o", "a" * 250), f"{'a' * 250}.part.done: cannot be written: File name too long"),
        (("check", "en.md", "de.md", "--min-confidence", "nan"), "Invalid value for '--min-confidence': nan is not in the range 0<=x<=1."),
        (("check", "en.md", LONG), f"{LONG}: cannot be read: File name too long"),
        (("check", "en.md", "loop.md"), "loop.md: cannot be read: Too many levels of symbolic links"),
    ],
    ids=lambda value: str(value)[:40],
)  # fmt: skip
def test_odd_paths_and_numbers(article, capsys, argv, message):
    (article / "loop.md").symlink_to("loop.md")
    here = str(article.resolve())
    assert refused(capsys, *argv).replace(f"{here}/", "") == message


def test_a_link_to_itself_cannot_be_written(article, capsys):
    (article / "loop").symlink_to("loop")
    for argv in (("check", "en.md", "de.md", "-o", "loop"), ("batch", "en.md", "-o", "loop")):
        assert refused(capsys, *argv).startswith("loop: cannot be written: ")


def test_a_folder_that_is_gone(article, capsys):
    """The shell still stands in it."""
    (article / "gone").mkdir()
    os.chdir(article / "gone")
    (article / "gone").rmdir()
    assert refused(capsys, "check", "../en.md", "../de.md") == "the current folder cannot be found: No such file or directory"


NESTED = "tables and lists nested over the limit of 20"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("source = " + "[" * 5_000, NESTED),  # once a RecursionError, of the parser
        ("source" + ".a" * 2_000 + " = 1", NESTED),  # and of the message
        ("a" + ".a" * 10_000 + " = 1", None),  # the time of dotted keys is quadratic
        ("zzz = " + "1" * 5_000, "is not TOML: Exceeds the limit (4300 digits) for integer string conversion: value has 5000 digits; use sys.set_int_max_str_digits() to increase the limit"),
        ("zzz = 2024-13-01", None),
        ('zzz = "\0"', None),
        ('"a\\u0000" = 1', "a\0: no such key"),
        ("# " + "a" * 999_999, "over the limit of 1000000 bytes"),
        ("# " + "a" * 20_000, ":1: 20002 characters, over the limit of 20000 a line"),
        ('exclude = ["' + "*a" * 21 + '"]', "exclude: 21 wildcards in one pattern, over the limit of 20"),
        ('override = [{ paths = ["' + "**/" * 21 + '"] }]', "override 1: paths: 21 wildcards in one pattern, over the limit of 20"),
        ('source = "en"\nlayouts = ["' + "{lang}" * 21 + '"]', "layouts 1: translations: 21 wildcards in one pattern, over the limit of 20"),
        ('source = "en"\nlayouts = ["../{lang}/*.md"]', "layouts 1: translations: a pattern of paths inside the project expected, '../{lang}/*.md' found"),
        ('source = "en"\nlayouts = ["/etc/{lang}/*.md"]', "layouts 1: translations: a pattern of paths inside the project expected, '/etc/{lang}/*.md' found"),
    ],
    ids=lambda value: str(value)[:30],
)  # fmt: skip
def test_a_strange_configuration(tmp_path, text, message):
    (tmp_path / "consistency.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConsistencyError) as error:
        find_project(tmp_path)
    said = re.sub(r"^.*consistency\.toml(: )?", "", str(error.value))
    assert said == (message or said)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"version = 1\nfinding = " + b"[" * 5_000, NESTED),
        (b"version" + b".a" * 2_000 + b" = 1", NESTED),
        (b"version = " + b"1" * 5_000, None),
        (b"\xff", "is not TOML: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"),
        (b"version = 1\nfinding = [[1]]", "finding 1: a table expected, [1] found"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_strange_baseline(tmp_path, data, message):
    path = tmp_path / "b.toml"
    path.write_bytes(data)
    with pytest.raises(ConsistencyError) as error:
        read_baseline(path)
    said = str(error.value).removeprefix(f"{path}: ")
    assert said == (message or said)


def by_expression(pattern: str, path: str) -> tuple[str, tuple[str, ...]] | None:
    """Fit as a regular expression would, which is how it was done until its time was seen to explode."""
    words = {"**/": "((?:[^/]+/)*)", "**": "(.*)", "*": "([^/]*)", "?": "([^/])"}
    tag = "(?P<lang>[A-Za-z]{2,12}(?:[-_@][A-Za-z0-9]{2,12}){0,3})"
    parts = []
    for piece in re.split(r"(\{lang\}|\*\*/|\*\*|\*|\?)", pattern):
        seen = any("<lang>" in part for part in parts)
        parts.append(words.get(piece) or (("(?P=lang)" if seen else tag) if piece == "{lang}" else re.escape(piece)))
    match = re.compile("".join(parts), re.DOTALL).fullmatch(path)
    if match is None:
        return None
    index = match.re.groupindex.get("lang")
    return (match["lang"] if index else ""), tuple(text for number, text in enumerate(match.groups(), 1) if number != index)


def test_patterns_fit_as_expressions_would():
    pieces = ["a", "/", ".md", "*", "**", "**/", "?", "{lang}", "de"]
    names = ["a", "/", "de", ".md", "-x", "e", "de_AT/"]
    luck = random.Random(5)
    rows = [("".join(luck.choices(pieces, k=luck.randint(1, 6))), "".join(luck.choices(names, k=luck.randint(0, 7)))) for _ in range(20_000)]
    fits = [(pattern, path, captures(pattern, path)) for pattern, path in rows]
    assert [row for row in fits if row[2] != by_expression(row[0], row[1])] == []
    assert sum(found is not None for _, _, found in fits) > 500


@pytest.mark.parametrize("pattern", ["*a" * 15 + "b", "**a" * 15 + "b", "**/" * 15 + "*b", "{lang}*" * 5 + "b", "?*" * 8 + "b"])
@pytest.mark.parametrize("path", ["a" * 250, "a/" * 100 + "c", "a-" * 60])
def test_patterns_take_no_exponential_time(pattern, path):
    """A pull request brings the configuration and the names of its files; five stars took minutes once."""
    assert captures(pattern, path) is None


CONFIGURATION = 'source = "en"\nlayouts = ["{lang}/*.md"]\n'


@pytest.fixture
def site(tmp_path, monkeypatch):
    """Return the root of a site with one article, in a folder beside which something secret lies."""
    root = tmp_path / "site"
    for lang, text in (("en", ENGLISH), ("de", GERMAN)):
        (root / lang).mkdir(parents=True)
        (root / lang / "a.md").write_text(text, encoding="utf-8")
    (root / "consistency.toml").write_text(CONFIGURATION, encoding="utf-8")
    (tmp_path / "secret.md").write_text("The secret number is 4711.\n", encoding="utf-8")
    monkeypatch.chdir(root)
    return root


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: path.symlink_to("../../secret.md"), "fr/a.md: a link that leads out of the project, to {above}/secret.md"),
        (lambda path: path.symlink_to("/etc/passwd"), "fr/a.md: a link that leads out of the project, to /etc/passwd"),
        (lambda path: path.symlink_to("/dev/zero"), "fr/a.md: a link that leads out of the project, to /dev/zero"),
        (os.mkfifo, "fr/a.md: a file is expected, a device found"),  # once waited for somebody to write
        (lambda path: path.symlink_to("../de/a.md"), None),
        (lambda path: path.symlink_to("gone.md"), "fr/a.md: no such file"),
        (lambda path: path.symlink_to("a.md"), "fr/a.md: cannot be read: Too many levels of symbolic links"),
    ],
)  # fmt: skip
def test_links_out_of_the_project_are_not_read(site, capsys, make, said):
    (site / "fr").mkdir()
    make(site / "fr" / "a.md")
    code = main(["check", "-f", "json"])
    out, _ = capsys.readouterr()
    notes = [note for note in json.loads(out)["notes"] if note.startswith("fr/")]
    assert (code, notes) == ((2, [said.format(above=site.parent)]) if said else (1, []))
    assert "4711" not in out


def test_a_folder_that_is_a_link_is_not_followed(site, capsys):
    (site.parent / "other").mkdir()
    (site.parent / "other" / "a.md").write_text("4711", encoding="utf-8")
    (site / "fr").symlink_to(site.parent / "other")
    assert main(["check", "-f", "json"]) == 1
    out, _ = capsys.readouterr()
    assert sorted({d["path"] for d in json.loads(out)["documents"]}) == ["de/a.md", "en/a.md"]


def test_a_link_within_the_repository_is_read(site, capsys):
    """A site may be one folder of a repository, and share files with another."""
    (site.parent / ".git").mkdir()
    (site / "fr").mkdir()
    (site / "fr" / "a.md").symlink_to("../../secret.md")
    assert main(["check", "-f", "json"]) == 1
    assert json.loads(capsys.readouterr()[0])["notes"] == []


def test_a_baseline_is_not_written_through_a_link_out_of_the_project(site, capsys):
    (site / "consistency-baseline.toml").symlink_to(site.parent / "new.toml")
    assert refused(capsys, "baseline") == f"consistency-baseline.toml: a link that leads out of the project, to {site.parent}/new.toml"
    assert not (site.parent / "new.toml").exists()


def test_an_old_source_of_any_size_is_not_read(tmp_path, monkeypatch):
    git = ["git", "-C", str(tmp_path), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    (tmp_path / "a.md").write_text("abc", encoding="utf-8")
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "a"]):
        subprocess.run([*git, *words], check=True)
    commit = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()
    assert content_at(tmp_path, commit, "a.md") == b"abc"
    monkeypatch.setattr("consistency.history._MAX_BYTES", 2)
    assert content_at(tmp_path, commit, "a.md") is None


def result(line: dict[str, object]) -> str | None:
    checked_line = checked(7, json.dumps(line).encode(), lambda article: check_documents([from_text(t, lang=k) for k, t in article.documents.items()], Settings()))
    return checked_line.error


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ({"source": "en", "documents": {"en": "a" * 20_000_001, "de": "b"}}, "line 7: documents: en: 20000001 characters, over the limit of 20000000"),
        ({"source": "en", "documents": {"en": "a", "\ud800": "b"}}, "line 7: documents: a language tag is expected, '\\ud800' found"),  # once a crash
        ({"source": "en", "documents": {"en": "a", "": "b"}}, "line 7: documents: a language tag is expected, '' found"),
        ({"source": "en", "documents": {"en": "It sold 12 \ud800 cars.", "de": "Es \udfff verkaufte 12 Autos."}}, None),  # once a crash
        ({"source": "a0", "documents": {f"a{n}": "b" for n in range(501)}}, "line 7: 501 copies of one article, over the limit of 500"),
    ],
    ids=["text", "half as a tag", "no tag", "half in a text", "copies"],
)  # fmt: skip
def test_a_batch_line_over_a_limit(line, message):
    assert result(line) == message


def test_a_batch_line_too_long_is_not_kept_in_memory(monkeypatch, tmp_path):
    """A line of a terabyte is one error, and the next is read."""
    monkeypatch.setattr("consistency.shards.LONGEST_LINE", 50)
    monkeypatch.setattr("consistency.batch.LONGEST_LINE", 50)
    path = tmp_path / "in.jsonl"
    path.write_bytes(b"a" * 1000 + b"\n[]\n" + b"b" * 50 + b"\n" + b"c" * 51)
    lines = [line for _, line in numbered(shards(str(path)).lines())]
    assert [(line[:1], len(line)) for line in lines] == [(b"a", 51), (b"[", 2), (b"b", 50), (b"c", 51)]
    errors = [checked(1, line, lambda article: pytest.fail("not an article")).error for line in lines]
    assert [errors[0], errors[3]] == ["line 1: over the limit of 50 bytes"] * 2
    assert errors[1:3] == ["line 1: an object is expected, an array found", "line 1: not JSON: Expecting value at column 1"]
