"""Read what is written about each check (checks.toml), and make the manual page of it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from consistency.checks import CHECKS, Check
from consistency.values import visible

OPEN, CLOSE = "⟦", "⟧"  # around the words that a finding is about, as in the text report of a right-to-left copy
SHOWN_FROM = 0.7  # the default of min_confidence (tests/test_checks.py holds the two together)


@dataclass(frozen=True, slots=True)
class Example:
    """Show a source and a copy, in Markdown, and what is said of the copy.

    source, copy: the words that the finding is about in ⟦ ⟧, unless that is the whole text.
    says: the finding's message; "": nothing is reported.
    """

    source_lang: str
    source: str
    lang: str
    copy: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """Show a small site and what is said of it.

    files: path → text. before: files as they were at the commit whose name stands where `files` say COMMIT.
    says: `PATH:LINE:COLUMN: severity: message [check]`, one for each finding.
    """

    files: Mapping[str, str]
    before: Mapping[str, str]
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckDoc:
    """Say what a check is for; flag, keep: examples that are and that are not reported."""

    says: str
    limits: str
    flag: tuple[Example, ...]
    keep: tuple[Example, ...]
    sites: tuple[Site, ...]


@cache
def check_docs() -> dict[str, CheckDoc]:
    """Return the text of every check, by id; the three faults of a kind of fact share one."""
    text = resources.files("consistency").joinpath("checks.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    docs = {}
    for check in CHECKS:
        kind, _, fault = check.rpartition("-")
        table: dict[str, Any] = tables.get(check) or tables[kind]
        flag, keep = (
            tuple(Example(*row) for row in rows)
            for rows in (table.get(fault, table.get("flag", ())), table.get("keep", ()))
        )
        sites = tuple(_site(site) for site in table.get("site", ()))
        docs[check] = CheckDoc(table["says"], table["limits"], flag, keep, sites)
    return docs


def _site(table: Mapping[str, Any]) -> Site:
    before, files = (
        {path: text.strip("\n") + "\n" for path, text in table.get(key, {}).items()} for key in ("before", "files")
    )
    return Site(files, before, tuple(table["says"]))


def unmarked(text: str) -> str:
    """Return an example's text as it stands in a file."""
    return text.replace(OPEN, "").replace(CLOSE, "")


def below_default(check: Check) -> bool:
    """Tell whether a check's findings are mostly too unsure to be shown unless asked for."""
    return check.severity != "note" and check.precision < SHOWN_FROM


def page() -> str:
    """Return docs/checks.md: all checks on one page."""
    sections = (section(CHECKS[name], doc) for name, doc in check_docs().items())
    return "\n".join((index("#{}"), *sections))


def index(link: str) -> str:
    """Return the head of the manual and a table of all checks; link: where an entry is, {} for the check."""
    rows = (
        f"| [{row.id}]({link.format(row.id)}) | {row.severity} | {row.precision:.2f} | {_counted(row)} | {row.summary} |\n" for row in CHECKS.values()
    )
    return f"{_HEAD}\n| check | severity | precision | counted | what it says |\n| --- | --- | ---: | ---: | --- |\n{''.join(rows)}"


_HEAD = """# Checks
Made from consistency/checks.py and consistency/checks.toml by `make docs`; `consistency explain CHECK` shows the same.
Every example is run by tests/test_checks.py, which holds the whole result against it: the words in bold are those that the
finding points at, the line in italics is what it says. A copy without such a line is one of which nothing may be said.

*Precision* is the share of findings that are right on texts as they come, some of them damaged; an estimate, and where confidence
begins. *Counted* is how many were right of those that were read one by one, most of them in good human translations, where a finding
has the least chance to be right (`python benchmarks/facts.py --only cases,clean,real`). Findings are shown from a confidence of
0.7 on, notes from half of it; a finding's confidence falls below its check's precision where the alignment is in doubt, and rises
where other copies agree with the source.
"""


def section(check: Check, doc: CheckDoc, level: int = 2) -> str:
    """Return the entry of one check in Markdown, its heading of this level."""
    lines = [f"{'#' * level} {check.id}", "", f"**{check.severity}: {check.summary}.** {doc.says}", ""]
    read = f", counted {_counted(check)}" if check.counted[1] else ""
    lines += [f"Precision {check.precision:.2f}{read}; MQM {check.mqm}.{_hidden(check)}", ""]
    lines += ["Reported:", "", _quotations(doc.flag)] if doc.flag else []
    lines += ["Not reported:", "", _quotations(doc.keep)] if doc.keep else []
    lines += map(_tree, doc.sites)
    lines += [f"Limits: {doc.limits}", ""] if doc.limits else []
    return "\n".join(lines).rstrip() + "\n"


def _counted(check: Check) -> str:
    right, read = check.counted
    return f"{right} of {read}" if read else "–"


def _hidden(check: Check) -> str:
    low = f"{check.precision - 0.1:.1f}"
    return f" Mostly below the default threshold: `--min-confidence {low}` shows it." if below_default(check) else ""


def _quotations(examples: Sequence[Example]) -> str:
    """Return quotations, with something between them that keeps them from becoming one."""
    return "\n<!-- -->\n\n".join(map(_quotation, examples))


def _quotation(example: Example) -> str:
    """Return the two texts as a quotation, marked words bold, and what is said of them."""
    lines = _paragraphs(example.source_lang, example.source) + _paragraphs(example.lang, example.copy)
    lines += [f"*{_plain(example.says)}*"] if example.says else []
    return "\n>\n".join(f"> {line}" for line in lines) + "\n"


def _paragraphs(lang: str, text: str) -> list[str]:
    """Return the paragraphs of a text, its language before the first."""
    inside_code = re.sub(f"`{OPEN}(.*?){CLOSE}`", rf"{OPEN}`\1`{CLOSE}", _plain(text))
    bold = inside_code.replace(OPEN, "**").replace(CLOSE, "**")
    return f"{lang}: {bold}".split("\n\n")


def _plain(text: str) -> str:
    return visible(text).replace("<", "&lt;")


def _tree(site: Site) -> str:
    """Return the files of a site, and what is said of it."""
    lines = [f"A site, {'reported' if site.says else 'not reported'}:", ""]
    for files, when in ((site.before, " at COMMIT"), (site.files, "")):
        for path, text in files.items():
            lines += [f"`{path}`{when}", "", "```", text.rstrip("\n"), "```", ""]
    lines += [f"- *{line}*" for line in site.says]
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    import sys

    sys.stdout.write(page())
