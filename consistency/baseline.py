"""Keep the findings that were accepted once, so that only new ones fail a run."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import astuple, dataclass, fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from consistency.records import ConsistencyError, Finding, Report
from consistency.tables import read_table

FILE = "consistency-baseline.toml"
VERSION = 1
_MAX_BYTES = 20_000_000  # fifty thousand findings
_HEAD = """\
# Findings that were looked at and accepted; `consistency check` leaves them out. Written by
# `consistency baseline`, which keeps the reasons; edit those, and drop entries with --prune.
version = 1
"""

PathOf = Callable[[Finding], str]


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """Name an accepted finding; path: of the suspected copy, from the root. Sorted by path."""

    path: str
    lang: str
    check: str
    fingerprint: str
    message: str
    reason: str

    @property
    def key(self) -> tuple[str, str]:
        """Return what makes two entries the same: the same passage may stand in two files."""
        return self.path, self.fingerprint


def read_baseline(path: Path) -> tuple[Entry, ...]:
    """Return the entries of a baseline, () where there is no such file; raise ConsistencyError for a bad one."""
    return parsed(path, read_table(path, _MAX_BYTES)) if os.path.exists(path) else ()


def parsed(path: Path, table: dict[str, Any]) -> tuple[Entry, ...]:
    """Return the entries of a baseline's table; path: for messages."""
    _known(path, "", table, ("version", "finding"))
    if table.get("version") != VERSION:
        raise ConsistencyError(f"{path}: version: {VERSION} expected, {table.get('version')!r} found")
    found = table.get("finding", [])
    if not isinstance(found, list):
        raise ConsistencyError(f"{path}: finding: [[finding]], a table each, expected, {found!r} found")
    return tuple(_entry(path, entry, number) for number, entry in enumerate(found, start=1))


def _entry(path: Path, table: object, number: int) -> Entry:
    place = f"finding {number}: "
    if not isinstance(table, dict):
        raise ConsistencyError(f"{path}: {place}a table expected, {table!r} found")
    names = [field.name for field in fields(Entry)]
    _known(path, place, table, names)
    for name in names:
        if not isinstance(table.get(name), str):
            raise ConsistencyError(f"{path}: {place}{name}: a text expected, {table.get(name)!r} found")
    return Entry(**table)


def _known(path: Path, place: str, table: dict[str, Any], names: Sequence[str]) -> None:
    for key in table:
        if key not in names:
            close = get_close_matches(key, names, n=1)
            hint = f"; did you mean {close[0]}?" if close else ""
            raise ConsistencyError(f"{path}: {place}{key}: no such key{hint}")


def written(entries: Iterable[Entry]) -> str:
    """Return the file that holds the entries, sorted; the same entries give the same bytes."""
    blocks = [_HEAD]
    for entry in sorted(entries):
        pairs = zip((field.name for field in fields(Entry)), astuple(entry), strict=True)
        blocks.append("".join(["[[finding]]\n", *(f"{name} = {_quoted(value)}\n" for name, value in pairs)]))
    return "\n".join(blocks)


def _quoted(text: str) -> str:
    """Return a TOML basic string; its escapes are JSON's, but for DEL, and it has no lone surrogates."""
    clean = text.encode("utf-8", "replace").decode("utf-8")
    return json.dumps(clean, ensure_ascii=False).replace("\x7f", "\\u007F")


def entries_of(report: Report, path_of: PathOf, reason: str) -> tuple[Entry, ...]:
    """Return an entry for each finding of a report on one article."""
    return tuple(
        Entry(path_of(finding), finding.lang, finding.check, finding.fingerprint, finding.message, reason)
        for finding in report.findings
    )


def without_accepted(
    report: Report, entries: Iterable[Entry], path_of: PathOf
) -> tuple[Report, frozenset[Entry]]:
    """Return a report on one article without the accepted findings, and the entries that occurred in it."""
    by_key = {entry.key: entry for entry in entries}
    fresh, used = [], set()
    for finding in report.findings:
        entry = by_key.get((path_of(finding), finding.fingerprint))
        if entry is None:
            fresh.append(finding)
        else:
            used.add(entry)
    return replace(report, findings=tuple(fresh)), frozenset(used)


def updated(old: Iterable[Entry], new: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the old entries, with today's messages and yesterday's reasons, and the new ones."""
    entries = {entry.key: entry for entry in old}
    for entry in new:
        earlier = entries.get(entry.key)
        entries[entry.key] = replace(entry, reason=earlier.reason) if earlier else entry
    return tuple(sorted(entries.values()))


def gone(
    entries: Iterable[Entry], used: Collection[Entry], checked: Collection[str] | None
) -> tuple[Entry, ...]:
    """Return the entries that no longer occur; checked: the paths that were checked, None for the whole site."""
    return tuple(
        entry for entry in entries if entry not in used and (checked is None or entry.path in checked)
    )
