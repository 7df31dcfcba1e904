"""Define the options that several commands share, and turn them into Settings."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from consistency import registry
from consistency.config import Project, Settings
from consistency.records import ConsistencyError

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")  # the shape of a BCP 47 tag


def offered(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """Return the checks that begin like this, for the completion of shells."""
    from consistency.checks import CHECKS

    return [name for name in CHECKS if name.startswith(incomplete)]


LANG = click.option(
    "--lang",
    "langs",
    metavar="PATH=TAG",
    multiple=True,
    help="Language of a file, as in de.md=de-AT; repeatable.",
)
READER = click.option(
    "--reader",
    callback=lambda ctx, parameter, value: value or "",
    type=click.Choice(registry.names("consistency.readers")),
    help="Read every file this way, whatever its suffix.",
)
MODEL = click.option(
    "--model",
    default="",
    metavar="NAME_OR_PATH",
    help="A sentence-transformers model in place of the embedded one.",
)
JUDGE = click.option(
    "--judge",
    default="",
    metavar="NAME_OR_PATH",
    help="A cross-encoder (NLI model or reranker) to ask about findings on meaning that are in doubt.",
)
TIME_LIMIT = click.option(
    "--time-limit",
    metavar="SECONDS",
    default=0.0,
    type=click.FloatRange(0),
    help="Give up an article that takes longer; 0, the default, never.",
)
SCORES = click.option(
    "--scores",
    is_flag=True,
    help="Add how likely each aligned passage lacks, adds or contradicts something (json).",
)
MIN_CONFIDENCE = click.option(
    "--min-confidence",
    callback=lambda ctx, parameter, value: _number(value),
    default=Settings().min_confidence,
    show_default=True,
    type=click.FloatRange(0, 1),
    help="Leave out findings less sure than this, 0 to 1.",
)
BOILERPLATE = click.option(
    "--boilerplate",
    metavar="PATTERN",
    multiple=True,
    help='Leave out the passages that read like this whole, with * and ?, as in "By *"; repeatable.',
)
IGNORE = click.option(
    "--ignore",
    "ignored",
    metavar="CHECK",
    multiple=True,
    shell_complete=offered,
    help="Switch a check off; repeatable.",
)
OUTPUT = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Write to a file, whole or not at all, not to the screen.",
)
SINCE = click.option(
    "--since",
    metavar="REV",
    help="Check only articles of which a file changed since this git revision.",
)
JOBS = click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    help="Processes that check; as many as there are cores unless given.",
)
CACHE = click.option(
    "--cache",
    "cache_folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The folder of the cache; unless given CONSISTENCY_CACHE, the configuration's, or the system's for caches.",
)
NO_CACHE = click.option("--no-cache", is_flag=True, help="Check everything, and keep nothing of it.")
BASELINE = click.option(
    "--baseline",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Accepted findings; consistency-baseline.toml beside the configuration unless given.",
)


def _number(value: float) -> float:
    """Return the number; click lets "nan", which is in no range, pass."""
    if value != value:
        raise click.BadParameter("nan is not in the range 0<=x<=1.")
    return value


def fail_on(default: str) -> Decorator:
    """Return the option --fail-on with this default."""
    return click.option(
        "--fail-on",
        default=default,
        show_default=True,
        type=click.Choice(("error", "warning", "note", "never")),
        help="The least severity that makes the exit code 1.",
    )


def cache_at(folder: Path | None, project: Project | None) -> Path:
    """Return the folder of the cache: the option's, the environment's, the project's, or where the system keeps caches."""
    if folder is not None:
        return folder
    if named := os.environ.get("CONSISTENCY_CACHE"):
        return Path(named)
    if project is not None and project.cache:
        return project.root / project.cache
    from platformdirs import user_cache_path

    return user_cache_path("consistency", appauthor=False)


def known_checks(ignored: Sequence[str]) -> frozenset[str]:
    """Return the checks to switch off; raise ConsistencyError for an id that does not exist."""
    if not ignored:
        return frozenset()
    from consistency.checks import CHECKS

    for name in ignored:
        if name not in CHECKS:
            raise ConsistencyError(f"--ignore {name}: no such check{nearest(name, CHECKS)}")
    return frozenset(ignored)


def nearest(name: str, known: Iterable[str]) -> str:
    """Return "; did you mean X?" where one of the known words is near, else ""."""
    close = get_close_matches(name, list(known), n=1)
    return f"; did you mean {close[0]}?" if close else ""


def langs_by_path(langs: Sequence[str], paths: Sequence[str]) -> dict[str, str]:
    """Return {path as given: tag} of `PATH=TAG` words; raise ConsistencyError for what fits no file or tag."""
    given = {os.path.normpath(path): path for path in paths}
    found: dict[str, str] = {}
    for word in langs:
        path, separator, tag = word.rpartition("=")
        if not separator or not _TAG.fullmatch(tag):
            raise ConsistencyError(f"--lang {word}: give PATH=TAG, as in {paths[0]}=en or {paths[0]}=pt-BR")
        known = given.get(os.path.normpath(path))
        if known is None:
            raise ConsistencyError(
                f"--lang {word}: {path} is not among the files given{nearest(path, paths)}"
            )
        if found.setdefault(known, tag) != tag:
            raise ConsistencyError(f"--lang: {path} is given two languages, {found[known]} and {tag}")
    return found
