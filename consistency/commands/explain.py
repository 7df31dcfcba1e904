"""Explain one check, with the examples of the manual."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from consistency.commands._options import nearest, offered
from consistency.commands._screen import emit, screen_width
from consistency.records import ConsistencyError

if TYPE_CHECKING:
    from consistency.checkdocs import CheckDoc, Example, Site
    from consistency.checks import Check

_WIDEST = 100  # columns; longer lines are hard to read on any screen


@click.command("explain")
@click.argument("check", required=False, default="", shell_complete=offered)
def explain(check: str) -> int:
    """Say what a check means, with examples.

    They show what it reports and what it leaves alone. Without CHECK, list all of them.

    Example: consistency explain number-dropped
    """
    from consistency.checkdocs import check_docs
    from consistency.checks import CHECKS

    if check and check not in CHECKS:
        hint = nearest(check, CHECKS) or "; `consistency explain` lists all"
        raise ConsistencyError(f"{check}: no such check{hint}")
    if not check:
        width = max(map(len, CHECKS))
        rows = [f"{name:<{width}}  {row.severity:<7}  {row.summary}" for name, row in CHECKS.items()]
    else:
        rows = list(_entry(CHECKS[check], check_docs()[check], min(screen_width(None), _WIDEST)))
    emit("".join(f"{row}\n" for row in rows), None)
    return 0


def _entry(check: Check, doc: CheckDoc, width: int) -> Iterator[str]:
    """Yield the lines about one check."""
    from consistency.checkdocs import below_default

    yield f"{check.id} ({check.severity}): {check.summary}."
    yield from ("", *textwrap.wrap(doc.says, width))
    if doc.flag:
        yield from ("", "Reported:", *_pairs(doc.flag))
    if doc.keep:
        yield from ("", "Not reported:", *_pairs(doc.keep))
    for site in doc.sites:
        yield from ("", "A site, reported:" if site.says else "A site, not reported:", *_files(site))
    if doc.limits:
        yield from ("", *textwrap.wrap(f"Limits: {doc.limits}", width))
    yield from ("", f"Of 100 findings like this, an estimated {check.precision * 100:.0f} are right.")
    if check.counted[1]:
        yield f"Of {check.counted[1]} that were read one by one, {check.counted[0]} were right; most were in good translations."
    if below_default(check):
        yield f"Most are below the default threshold: --min-confidence {check.precision - 0.1:.1f} shows them."
    yield f"MQM error type: {check.mqm}."
    yield f"To switch it off: --ignore {check.id}"


def _pairs(examples: Sequence[Example]) -> Iterator[str]:
    """Yield the two texts of each example, a paragraph a line, and what is said of them; blank lines between."""
    for example in examples:
        yield from ("",) if example is not examples[0] else ()
        yield from _pair(example)


def _pair(example: Example) -> Iterator[str]:
    from consistency.values import visible

    for lang, text in ((example.source_lang, example.source), (example.lang, example.copy)):
        first, *rest = visible(text).split("\n\n")
        yield f"  {lang:<3} {first}"
        yield from (f"      {paragraph}" for paragraph in rest)
    if example.says:
        yield f"      → {visible(example.says)}"


def _files(site: Site) -> Iterator[str]:
    for files, when in ((site.before, " at COMMIT"), (site.files, "")):
        for path, text in files.items():
            yield f"  {path}{when}"
            yield from (f"      {line}".rstrip() for line in text.splitlines())
    yield from (f"  → {line}" for line in site.says)


COMMAND = explain
