"""Ask git what changed since a commit, and what a file said at one."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from consistency.records import ConsistencyError, Document

# Front matter that names the commit of the source a translation was made from: Hugo sites (OpenTelemetry), MDN.
_PINS = ("default_lang_commit", "l10n.sourceCommit")
_MAX_BYTES = 20_000_000  # as of a file today
PINS = tuple(pin.rpartition(".")[2].encode() for pin in _PINS)  # as the bytes of a file may hold them
_COMMIT = re.compile(r"[0-9a-f]{7,64}")


def changed_files(root: Path, revision: str) -> frozenset[str]:
    """Return the paths under `root`, from there, that differ from where this branch left `revision`.

    Changes that are not committed and new files that git does not ignore are among them, deleted files too.
    Raise ConsistencyError where there is no git, no repository or no such revision.
    """
    commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        raise ConsistencyError(f"--since {revision}: {_why_not(root)}")
    name = commit.decode().strip()
    # What the other branch did meanwhile is not this branch's change. A shallow clone has no merge base.
    base = _git(root, "merge-base", name, "HEAD")
    since = base.decode().strip() if base else name
    tracked = _git(
        root, "diff", "--name-only", "--no-renames", "--no-ext-diff", "--relative", "-z", since, "--"
    )
    new = _git(root, "ls-files", "--others", "--exclude-standard", "-z")
    if tracked is None or new is None:
        raise ConsistencyError(f"--since {revision}: git could not list what changed in {root}")
    return frozenset(os.fsdecode(path) for path in (tracked + new).split(b"\0") if path)


def content_at(root: Path, commit: str, path: str) -> bytes | None:
    """Return a file as it was at a commit; path: from `root`. None where git does not have it, or too much of it."""
    name = f"{commit}:./{path}"
    size = _git(root, "cat-file", "-s", name) if _COMMIT.fullmatch(commit) else None
    return _git(root, "show", "--no-textconv", name) if size is not None and int(size) <= _MAX_BYTES else None


def pinned_commit(document: Document) -> str:
    """Return the commit of the source that a translation says it was made from; "" where it says none."""
    return next((document.meta[key].strip() for key in _PINS if document.meta.get(key, "").strip()), "")


def _why_not(root: Path) -> str:
    if _git(root, "--version") is None:
        return "git cannot be run"
    if _git(root, "rev-parse", "--git-dir") is None:
        return f"{root} is in no git repository"
    return "no such commit in this clone (a shallow one may need fetch-depth: 0)"


def _git(root: Path, *arguments: str) -> bytes | None:
    """Return what a git command prints; None where it fails."""
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *arguments], capture_output=True, env=environment, check=False
        )
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
