"""Start the command line: find the command, run it, turn what went wrong into one line and an exit code.

Exit codes: 0 nothing at or above --fail-on · 1 findings · 2 could not check · 130 interrupted. Nothing but
click is imported before a command needs it, so that --version and --help answer at once.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from consistency import __version__, registry
from consistency.records import ConsistencyError

_COULD_NOT_CHECK = 2
_INTERRUPTED = 130  # 128 + SIGINT, as shells do


class Commands(click.Group):
    """Find commands by module name, so that adding one is adding a file to consistency/commands."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return list(registry.names("consistency.commands"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command; None where there is none of that name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = registry.load("consistency.commands", cmd_name, "COMMAND")
        return command


@click.command(
    cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="consistency", message="%(prog)s %(version)s")
def consistency() -> None:
    """Tell which fact a translation lost and which it got wrong.

    Example: consistency check en.md de.md fr.md
    """


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line, by default this process's own, and return its exit code.

    Only what is meant for the user becomes a line; any other exception is a bug and shows itself.
    """
    try:
        result = consistency.main(argv, prog_name="consistency", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return _COULD_NOT_CHECK
    except click.ClickException as error:
        return _fail(error.format_message())
    except ConsistencyError as error:
        return _fail(str(error))
    except click.Abort:
        click.echo("consistency: interrupted", err=True)
        return _INTERRUPTED
    return result if isinstance(result, int) else 0


def _fail(message: str) -> int:
    """Print one line; a path may hold a newline, and click wraps some of its messages."""
    click.echo(f"consistency: error: {' '.join(message.split())}", err=True)
    return _COULD_NOT_CHECK


if __name__ == "__main__":
    sys.exit(main())
