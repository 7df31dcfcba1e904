"""Show or clear what is kept on disk of earlier checks."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from consistency.cache import clear, stats
from consistency.commands import _options
from consistency.site.configuration import find_project


@click.command("cache")
@click.option("--stats", "wants_stats", is_flag=True, help="Say where the cache is and what it holds (the default).")
@click.option("--clear", "wants_clear", is_flag=True, help="Delete it.")
@_options.CACHE
def cache(wants_stats: bool, wants_clear: bool, cache_folder: Path | None) -> int:
    """Show or clear the cache of `consistency check`.

    A site's results are kept by the hash of the files, the settings and the program, so that only what
    changed is checked again. The least recently used go first once they pass 500 MB.

    Example: consistency cache --clear
    """
    folder = _options.cache_at(cache_folder, None if cache_folder else find_project(Path()))
    if wants_clear:
        clear(folder)
        click.echo(f"{folder}: cleared")
    if wants_stats or not wants_clear:
        found = stats(folder)
        click.echo(f"{folder}: {found.results} result{'s' * (found.results != 1)}, {found.size / 1e6:.1f} MB")
        if found.oldest is not None:
            click.echo(f"unused for longest: since {datetime.fromtimestamp(found.oldest, UTC):%Y-%m-%d %H:%M} UTC")
    return 0


COMMAND = cache
