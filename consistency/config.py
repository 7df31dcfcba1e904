"""Hold the settings of a run and what a project says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from consistency.records import ConsistencyError

MOST_COPIES = 500  # of one article; Wikipedia has fewer languages


def require_copies(number: int) -> None:
    """Raise ConsistencyError unless so many copies of an article can be held against each other."""
    if number < 2:
        raise ConsistencyError("one copy only: a source and at least one translation are needed")
    if number > MOST_COPIES:
        raise ConsistencyError(f"{number} copies of one article, over the limit of {MOST_COPIES}")


@dataclass(frozen=True, slots=True)
class Term:
    """Say how a term of the source has to be translated.

    targets: language tag → the words of which one must stand in the copy; keep: the term itself must.
    """

    source: str
    targets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """State how to check.

    model: name or path of a sentence-transformers model; "" means the embedded one.
    min_confidence: findings below it are not shown (0..1).
    disabled: check ids that are off; severities: check id → severity, in place of the table's own.
    reader: name of the reader for every file; "" picks by suffix.
    max_bytes: size limit of one file.
    terms: the glossary.
    judge: name or path of a cross-encoder that is asked about findings in doubt; "" asks none.
    time_limit: seconds that one article may take; 0: any.
    boilerplate: passages to leave out, whole, with * and ?.
    """

    model: str = ""
    min_confidence: float = 0.7
    disabled: frozenset[str] = frozenset()
    severities: Mapping[str, str] = field(default_factory=dict)
    reader: str = ""
    max_bytes: int = 20_000_000
    terms: tuple[Term, ...] = ()
    judge: str = ""
    time_limit: float = 0.0
    boilerplate: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """Say where translations lie: a pattern with {lang}, and the pattern of their sources.

    source: "" means the same pattern with the source's tag for {lang}, or without {lang} and its separator.
    """

    translations: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Override:
    """Judge the findings of some paths and languages differently; an empty tuple means all of them.

    severities: check id → error, warning, note or off; min_confidence: None leaves it alone.
    """

    paths: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    severities: Mapping[str, str] = field(default_factory=dict)
    min_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Project:
    """Hold what a project's configuration says.

    root: the folder that every pattern starts from. file: the configuration as messages name it, "" where
        there is none.
    languages: tags that every article should have, the source's not among them; (): whichever there are.
    tags: names in paths → language tags ("jp" → "ja").
    ignore_names: names no copy has to keep.
    cache: the folder of the cache, from the root; "" leaves it to the environment and the system.
    """

    root: Path
    file: str = ""
    source: str = ""
    languages: tuple[str, ...] = ()
    layouts: tuple[Layout, ...] = ()
    exclude: tuple[str, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)
    settings: Settings = Settings()
    fail_on: str = "error"
    overrides: tuple[Override, ...] = ()
    ignore_names: tuple[str, ...] = ()
    cache: str = ""
