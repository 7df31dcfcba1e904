"""Print the facts that were read in one file."""

from __future__ import annotations

import json
from pathlib import Path

import click

from consistency.commands import _options
from consistency.commands._copies import keep_inputs, load_copies
from consistency.commands._screen import emit
from consistency.config import Settings
from consistency.records import Document, Fact
from consistency.reporters._passage import visible
from consistency.reporters._plain import plain_fact
from consistency.writing import require_writable


@click.command("facts")
@click.argument("file")
@_options.LANG
@_options.READER
@click.option(
    "-f",
    "--format",
    "format_",
    default="text",
    show_default=True,
    type=click.Choice(("json", "text")),
    help="text: place, kind, value and the words as written, tabs between.",
)
@_options.OUTPUT
def facts(file: str, langs: tuple[str, ...], reader: str, format_: str, output: Path | None) -> int:
    """Print what was read in FILE.

    Every number, date, amount, link … with its place, its value and the words as written. A fact that
    is not firm (the "one" of "one of them") may answer a fact of another copy but is never missed.

    Example: consistency facts de.md
    """
    keep_inputs(output, (file,))
    if output is not None:
        require_writable(output)
    from consistency.facts import read_facts

    (document,) = load_copies((file,), _options.langs_by_path(langs, (file,)), Settings(reader=reader))
    found = read_facts(document)
    emit(_as_json(document, found) if format_ == "json" else _as_text(document, found), output)
    return 0


def _as_text(document: Document, found: tuple[Fact, ...]) -> str:
    lines = []
    for fact in found:
        line, column = document.position(fact.span.start)
        plain = plain_fact(fact)
        cells = [f"{document.path}:{line}:{column}", fact.kind, plain["value"], fact.surface]
        if not fact.firm:
            cells.append("not firm")
        lines.append("\t".join(visible(cell) for cell in cells))
    return "".join(f"{line}\n" for line in lines)


def _as_json(document: Document, found: tuple[Fact, ...]) -> str:
    """Return the facts in the form of a report's `fact`, with their places in the file."""
    rows = []
    for fact in found:
        (line, column), (end_line, end_column) = document.locate(fact.span)
        place = {"line": line, "column": column, "end_line": end_line, "end_column": end_column}
        rows.append({**plain_fact(fact), "firm": fact.firm, **place})
    whole = {"schema": 1, "path": document.path, "lang": document.lang, "facts": rows}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


COMMAND = facts
