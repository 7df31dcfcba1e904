"""Read what is written about each check (checks.toml), and make the manual page of it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from consistency.checks import CHECKS, Check
from consistency.values import visible

Row = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class CheckDoc:
    """Say what a check is for.

    flag, keep: examples that must and must not be flagged: source language, source, copy's language, copy.
    """

    says: str
    limits: str
    flag: tuple[Row, ...]
    keep: tuple[Row, ...]


@cache
def check_docs() -> dict[str, CheckDoc]:
    """Return the text of every check, by id; the three faults of a kind of fact share one."""
    text = resources.files("consistency").joinpath("checks.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    docs = {}
    for check in CHECKS:
        kind, _, fault = check.rpartition("-")
        table = tables.get(check) or tables[kind]
        flag = table.get(fault, table.get("flag", ()))
        docs[check] = CheckDoc(table["says"], table["limits"], _rows(flag), _rows(table.get("keep", ())))
    return docs


def _rows(rows: object) -> tuple[Row, ...]:
    return tuple((a, b, c, d) for a, b, c, d in rows)  # type: ignore[attr-defined]


def page() -> str:
    """Return docs/checks.md."""
    parts = [_HEAD]
    for name, doc in check_docs().items():
        parts.append(section(CHECKS[name], doc))
    return "\n".join(parts)


_HEAD = """# Checks
Made from consistency/checks.py and consistency/checks.toml by `make docs`; every example is run by tests/test_checks.py.
*Precision* is the share of findings that are right, estimated from those that were read (`benchmarks/facts.py --show`), not yet counted
per check. Findings are shown from a confidence of 0.7 on, notes from half of it; a finding's confidence falls below its check's
precision where the alignment is in doubt.
"""


def section(check: Check, doc: CheckDoc) -> str:
    """Return the entry of one check in Markdown."""
    lines = [f"## {check.id}", f"{check.severity}, precision {check.precision:.2f}, MQM {check.mqm}: {check.summary}.", "", doc.says]
    lines += ["", f"Limits: {doc.limits}"] if doc.limits else []
    lines += ["", *(_example("flags", row) for row in doc.flag), *(_example("keeps silent on", row) for row in doc.keep)]
    return "\n".join(lines).rstrip() + "\n"


def _example(verb: str, row: Row) -> str:
    source_lang, source, target_lang, target = (visible(cell) for cell in row)
    return f"- {verb} {source_lang} “{source}” → {target_lang} “{target}”"


if __name__ == "__main__":
    import sys

    sys.stdout.write(page())
