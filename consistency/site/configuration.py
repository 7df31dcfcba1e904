"""Find and read a project's configuration: consistency.toml, or [tool.consistency] of pyproject.toml.

Strict: whatever is not known is an error that names the file, the key and the nearest key there is.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path, PurePath
from typing import Any

from consistency.checks import CHECKS
from consistency.config import Layout, Override, Project, Settings, Term
from consistency.identify import normal_tag
from consistency.records import ConsistencyError
from consistency.site.patterns import LANG, MOST, wildcards
from consistency.tables import read_table

FILE = "consistency.toml"
_PYPROJECT = "pyproject.toml"
_MAX_BYTES = 1_000_000  # of a configuration
_LEVELS = ("error", "warning", "note", "off")
_FAIL_ON = ("error", "warning", "note", "never")
_KEEP = "keep"  # the one key of [glossary] that is no term


def find_project(start: Path) -> Project | None:
    """Return the configuration of the nearest folder upwards that has one; None up to the repository's root.

    Raise ConsistencyError where it cannot be read, or where one folder holds two.
    """
    folder = start.resolve()
    for place in (folder, *folder.parents):
        own, shared = place / FILE, place / _PYPROJECT
        table = _tool_table(shared)
        if os.path.isfile(own) and table is not None:
            raise ConsistencyError(f"{own} and [tool.consistency] in {shared}: keep one of them")
        if os.path.isfile(own):
            return parse(read_table(own, _MAX_BYTES), place, FILE)
        if table is not None:
            return parse(table, place, _PYPROJECT)
        if os.path.exists(place / ".git"):
            return None
    return None


def parse(table: Mapping[str, Any], root: Path, file: str) -> Project:
    """Return the Project that a table describes; raise ConsistencyError for anything it should not hold."""
    at = _Place(file, "")
    _known(at, table, _TOP)
    for key, value in table.items():
        if not isinstance(value, _TOP[key]) or isinstance(value, bool):
            raise at.wrong(key, _WORDS[_TOP[key]], value)
    source = _tag(at, "source", table.get("source", ""))
    languages = tuple(_tag(at, "languages", tag) for tag in _strings(at, "languages", table))
    severities = _severities(at, table.get("severity", {}))
    settings = Settings(
        _model(table.get("model", ""), root),
        _confidence(at, table.get("min_confidence", Settings().min_confidence)),
        frozenset(check for check, level in severities.items() if level == "off"),
        {check: level for check, level in severities.items() if level != "off"},
        terms=_terms(at, table.get("glossary", {}), languages),
        judge=_model(table.get("judge", ""), root),
        boilerplate=_strings(at, "boilerplate", table),
    )
    return Project(
        root,
        file,
        source,
        tuple(dict.fromkeys(tag for tag in languages if tag != source)),
        _layouts(at, table.get("layouts", []), source),
        _patterns(at, "exclude", table),
        {name: _tag(at, f"tags.{name}", tag) for name, tag in table.get("tags", {}).items()},
        settings,
        _choice(at, "fail_on", table.get("fail_on", "error"), _FAIL_ON),
        tuple(_override(at, entry, index) for index, entry in enumerate(table.get("override", []), start=1)),
        _strings(at, "ignore_names", table),
        _folder(at, "cache", table),
    )


def keys() -> tuple[str, ...]:
    """Return the keys that a configuration may have at its top."""
    return tuple(_TOP)


class _Place:
    """Name a table for messages."""

    def __init__(self, file: str, prefix: str) -> None:
        self.file = file
        self.prefix = prefix

    def error(self, key: str, text: str) -> ConsistencyError:
        return ConsistencyError(f"{self.file}: {self.prefix}{key}: {text}")

    def wrong(self, key: str, expected: str, found: object) -> ConsistencyError:
        return self.error(key, f"{expected} expected, {found!r} found")


_TOP: dict[str, Any] = {
    "source": str,
    "languages": list,
    "layouts": list,
    "exclude": list,
    "tags": dict,
    "model": str,
    "judge": str,
    "min_confidence": (int, float),
    "fail_on": str,
    "severity": dict,
    "override": list,
    "glossary": dict,
    "ignore_names": list,
    "boilerplate": list,
    "cache": str,
}
_OVERRIDE = ("paths", "languages", "severity", "min_confidence")
_LAYOUT = ("source", "translations")
_WORDS: dict[Any, str] = {str: "a text", list: "a list", dict: "a table", (int, float): "a number"}


def _tool_table(path: Path) -> dict[str, Any] | None:
    """Return [tool.consistency] of a pyproject.toml; None where there is none."""
    if not os.path.isfile(path):
        return None
    tool = read_table(path, _MAX_BYTES).get("tool", {})
    found = tool.get("consistency") if isinstance(tool, dict) else None
    if found is not None and not isinstance(found, dict):
        raise ConsistencyError(f"{path}: tool.consistency: a table expected, {found!r} found")
    return found


def _known(at: _Place, table: Iterable[str], known: Iterable[str], what: str = "key") -> None:
    names = list(known)
    for key in table:
        if key not in names:
            close = get_close_matches(key, names, n=1)
            raise at.error(key, f"no such {what}{f'; did you mean {close[0]}?' if close else ''}")


def _strings(at: _Place, key: str, table: Mapping[str, Any]) -> tuple[str, ...]:
    values = table.get(key, [])
    if not isinstance(values, list):
        raise at.wrong(key, "a list", values)
    for value in values:
        if not isinstance(value, str) or not value:
            raise at.wrong(key, "a text", value)
    return tuple(values)


def _patterns(at: _Place, key: str, table: Mapping[str, Any]) -> tuple[str, ...]:
    patterns = _strings(at, key, table)
    for pattern in patterns:
        _bounded(at, key, pattern)
    return patterns


def _bounded(at: _Place, key: str, pattern: str) -> None:
    if (number := len(wildcards(pattern)) + pattern.count(LANG)) > MOST:
        raise at.error(key, f"{number} wildcards in one pattern, over the limit of {MOST}")


def _tag(at: _Place, key: str, value: object) -> str:
    """Return a language tag in its usual case; "" stays."""
    if value == "":
        return ""
    tag = normal_tag(value) if isinstance(value, str) else ""
    if not tag:
        raise at.wrong(key, "a language tag (de, pt-BR)", value)
    return tag


def _choice(at: _Place, key: str, value: object, choices: tuple[str, ...]) -> str:
    if value not in choices:
        raise at.wrong(key, f"{', '.join(choices[:-1])} or {choices[-1]}", value)
    return str(value)


def _confidence(at: _Place, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise at.wrong("min_confidence", "a number from 0 to 1", value)
    return float(value)


def _model(name: str, root: Path) -> str:
    """Return the model; a path is meant from the configuration's folder, wherever the command runs."""
    return str(root / name) if name and (root / name).exists() else name


def _folder(at: _Place, key: str, table: Mapping[str, Any]) -> str:
    """Return a folder as written, "" where none is; outside the project a stranger's configuration writes nothing."""
    name = table.get(key)
    if name is None:
        return ""
    parts = PurePath(name).parts
    if not parts or ".." in parts or name.startswith(("/", "~", "\\")) or PurePath(name).drive or "\0" in name:
        raise at.wrong(key, "a folder inside the project", name)
    return str(name)


def _severities(at: _Place, table: object, key: str = "severity") -> dict[str, str]:
    if not isinstance(table, dict):
        raise at.wrong(key, "a table", table)
    inner = _Place(at.file, f"{at.prefix}{key}.")
    _known(inner, table, CHECKS, "check")
    return {check: _choice(inner, check, level, _LEVELS) for check, level in table.items()}


def _override(at: _Place, entry: object, number: int) -> Override:
    if not isinstance(entry, dict):
        raise at.wrong("override", "[[override]], a table each,", entry)
    inner = _Place(at.file, f"override {number}: ")
    _known(inner, entry, _OVERRIDE)
    confidence = entry.get("min_confidence")
    return Override(
        _patterns(inner, "paths", entry),
        tuple(_tag(inner, "languages", tag) for tag in _strings(inner, "languages", entry)),
        _severities(inner, entry.get("severity", {})),
        None if confidence is None else _confidence(inner, confidence),
    )


def _layouts(at: _Place, entries: list[Any], source: str) -> tuple[Layout, ...]:
    if entries and not source:
        raise at.error("source", "missing; layouts need to know which language the sources are in")
    return tuple(
        _layout(_Place(at.file, f"layouts {number}: "), entry) for number, entry in enumerate(entries, 1)
    )


def _layout(at: _Place, entry: object) -> Layout:
    if isinstance(entry, dict):
        _known(at, entry, _LAYOUT)
        parts = [entry.get(key) for key in ("translations", "source")]
    else:
        parts = [entry, ""]
    for key, part in zip(("translations", "source"), parts, strict=True):
        if not isinstance(part, str) or (isinstance(entry, dict) and not part):
            raise at.wrong(key, "a pattern", part)
        _bounded(at, key, part)
        if part.startswith("/") or ".." in part.split("/"):
            raise at.wrong(key, "a pattern of paths inside the project", part)
    layout = Layout(str(parts[0]).removeprefix("./"), str(parts[1]).removeprefix("./"))
    if layout.translations.count(LANG) < 1:
        raise at.wrong("translations", f"a pattern with {LANG}", layout.translations)
    if layout.source and wildcards(layout.source) != wildcards(layout.translations):
        raise at.wrong("source", f"the same wildcards as in {layout.translations!r}", layout.source)
    return layout


def _terms(at: _Place, table: Mapping[str, Any], languages: tuple[str, ...]) -> tuple[Term, ...]:
    """Return the glossary: `keep`, and source terms with what each language has to say for them."""
    inner = _Place(at.file, "glossary.")
    terms = [Term(name, keep=True) for name in _strings(inner, _KEEP, table)]
    for term, targets in table.items():
        if term == _KEEP:
            continue
        if not isinstance(targets, dict):
            raise inner.wrong(term, 'a table of translations ({ de = "…" })', targets)
        deeper = _Place(at.file, f"glossary.{term}.")
        words = {_tag(deeper, tag, tag): _words(deeper, tag, targets[tag]) for tag in targets}
        if languages:
            _known(deeper, words, languages, "language among `languages`")
        terms.append(Term(term, words))
    return tuple(terms)


def _words(at: _Place, tag: str, value: object) -> tuple[str, ...]:
    return _strings(at, tag, {tag: [value] if isinstance(value, str) else value})
