"""Propose a configuration."""

from __future__ import annotations

from pathlib import Path

import click

from consistency.commands._screen import emit
from consistency.config import Layout, Project
from consistency.identify import normal_tag
from consistency.records import ConsistencyError
from consistency.site.articles import list_files
from consistency.site.configuration import FILE, find_project
from consistency.site.proposal import as_toml, described, propose
from consistency.writing import write_atomic


@click.command("init")
@click.argument(
    "folder", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="[FOLDER]"
)
@click.option(
    "--source", default="", metavar="TAG", help="Language of the sources, where the tree does not tell."
)
@click.option("--write", is_flag=True, help="Write consistency.toml; never over one that is there.")
def init(folder: Path, source: str, write: bool) -> int:
    """Look at FOLDER and propose a configuration.

    Recognises the usual layouts of Hugo, Docusaurus, Jekyll and MkDocs, a folder, a file or a suffix a
    language, README files, catalogues (gettext, XLIFF) and, in folders named for them, messages in JSON and
    YAML. Says on stderr what it found, and prints consistency.toml unless told to write it.

    Example: consistency init --write
    """
    tag = normal_tag(source)
    if source and not tag:
        raise ConsistencyError(f"--source {source}: a language tag is expected, as in en or pt-BR")
    if write:
        _refuse_second(folder)
    everything = Project(folder, layouts=(Layout("**"),))
    proposal = propose(folder, list_files(everything), tag)
    if not proposal.found:
        raise ConsistencyError(
            f"{folder}: no layout recognised with sources in {proposal.source}; give --source TAG, "
            "or write the layouts as docs/configuration.md says"
        )
    for line in described(proposal):
        click.echo(line, err=True)
    text = as_toml(proposal)
    if not write:
        emit(text, None)
        return 0
    write_atomic(folder / FILE, text)
    click.echo(f"{folder / FILE}: written; now `consistency check`, and `consistency baseline` to accept what there is", err=True)
    return 0


def _refuse_second(folder: Path) -> None:
    """Raise ConsistencyError where this folder has a configuration."""
    there = find_project(folder)
    if (folder / FILE).exists() or (there is not None and there.root == folder.resolve()):
        name = there.file if there else FILE
        raise ConsistencyError(f"{folder / name}: is there already; it is not overwritten")


COMMAND = init
