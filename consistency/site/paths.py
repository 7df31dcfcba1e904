"""Name files from the project's root and from the current folder, and keep to the project's own."""

from __future__ import annotations

import os
from pathlib import Path

from consistency.config import Project
from consistency.records import ConsistencyError


def shown_path(project: Project, path: str) -> str:
    """Return a path from the root as the user at the current folder would name it."""
    return Path(os.path.relpath(project.root / path)).as_posix() if path else ""


def rooted(project: Project, path: str) -> str:
    """Return a path, as given at the current folder, from the project's root; "" for the root itself."""
    relative = Path(os.path.relpath(os.path.abspath(path), project.root)).as_posix()
    return "" if relative == "." else relative


def require_inside(project: Project, path: str) -> None:
    """Raise ConsistencyError for a link that leads out of the project, and for what is no file (a pipe waits).

    A pull request could show files of the machine by such a link. A project may be a part of a repository.
    """
    real, top = os.path.realpath(project.root / path), os.path.realpath(_top_of(project.root))
    if os.path.commonpath((real, top)) != top:
        raise ConsistencyError(f"{shown_path(project, path)}: a link that leads out of the project, to {real}")
    if os.path.exists(real) and not os.path.isfile(real) and not os.path.isdir(real):
        raise ConsistencyError(f"{shown_path(project, path)}: a file is expected, a device found")


def _top_of(root: Path) -> Path:
    """Return the folder of the repository that a project lies in, the project's own where there is none."""
    return next((place for place in (root, *root.parents) if os.path.exists(place / ".git")), root)
