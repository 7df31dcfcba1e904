"""What git says, in repositories made for the test."""

import os
import subprocess
from pathlib import Path

import pytest

from consistency.history import changed_files, content_at, pinned_commit
from consistency.records import ConsistencyError, Document


def git(folder: Path, *arguments: str) -> str:
    identity = {
        f"GIT_{who}_{what}": "nobody@example.org"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    environment = {**os.environ, **identity, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=True, env=environment
    )
    return done.stdout.strip()


def commit(folder: Path, **files: str | None) -> str:
    for name, text in files.items():
        path = folder / f"{name}.md"
        if text is None:
            path.unlink()
        else:
            path.write_text(text, encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", "-")
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path):
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path, a="one", b="one", c="one")
    return tmp_path


def test_changes(repository):
    """Committed, not committed, new, deleted and renamed files; ignored ones are left out."""
    first = git(repository, "rev-parse", "HEAD")
    commit(repository, a="two", b=None)
    (repository / "c.md").write_text("two")
    (repository / 'möwe "x".md').write_text("new")
    (repository / "out.html").write_text("built")
    (repository / ".gitignore").write_text("*.html\n")
    assert changed_files(repository, first) == {"a.md", "b.md", "c.md", 'möwe "x".md', ".gitignore"}
    assert changed_files(repository, "HEAD") == {"c.md", 'möwe "x".md', ".gitignore"}


def test_paths_are_from_the_folder(repository):
    inner = repository / "site"
    inner.mkdir()
    (inner / "x.md").write_text("new")
    commit(repository, a="two")
    (inner / "y.md").write_text("new")
    assert changed_files(inner, "HEAD~1") == {"x.md", "y.md"}


def test_what_the_other_branch_did_is_no_change(repository):
    git(repository, "checkout", "-q", "-b", "feature")
    commit(repository, a="two")
    git(repository, "checkout", "-q", "main")
    commit(repository, b="two")
    git(repository, "checkout", "-q", "feature")
    assert changed_files(repository, "main") == {"a.md"}


@pytest.mark.parametrize(
    ("revision", "why"),
    [
        ("nowhere", "no such commit in this clone (a shallow one may need fetch-depth: 0)"),
        (
            "--output=x",
            "no such commit in this clone (a shallow one may need fetch-depth: 0)",
        ),  # no option either
        ("HEAD:a.md", "no such commit in this clone (a shallow one may need fetch-depth: 0)"),  # a file
    ],
)
def test_no_such_revision(repository, revision, why):
    with pytest.raises(ConsistencyError) as error:
        changed_files(repository, revision)
    assert str(error.value) == f"--since {revision}: {why}"
    assert not (repository / "x").exists()


def test_no_repository(tmp_path):
    with pytest.raises(ConsistencyError) as error:
        changed_files(tmp_path, "HEAD")
    assert str(error.value) == f"--since HEAD: {tmp_path} is in no git repository"


def test_no_git(repository, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ConsistencyError, match="--since HEAD: git cannot be run"):
        changed_files(repository, "HEAD")
    assert content_at(repository, "0" * 40, "a.md") is None


def test_content(repository):
    first = git(repository, "rev-parse", "HEAD")
    commit(repository, a="two")
    assert content_at(repository, first, "a.md") == b"one"
    assert content_at(repository, first[:8], "a.md") == b"one"
    assert content_at(repository, first, "no.md") is None
    assert content_at(repository, "0" * 40, "a.md") is None
    assert content_at(repository, "HEAD", "a.md") is None  # front matter names a commit and nothing else


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        ({"default_lang_commit": "abc1234 "}, "abc1234"),
        ({"l10n.sourceCommit": "def5678"}, "def5678"),
        ({"default_lang_commit": "", "l10n.sourceCommit": "def5678"}, "def5678"),
        ({"title": "abc1234"}, ""),
    ],
)
def test_pinned_commit(meta, expected):
    assert pinned_commit(Document("a.md", "de", "", (0,), (), meta=meta)) == expected
