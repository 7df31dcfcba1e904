"""Start the command line: find the command, run it, turn what went wrong into one line and an exit code.

Exit codes: 0 nothing at or above --fail-on · 1 findings · 2 could not check · 70 a bug · 130 interrupted. Nothing
but click is imported before a command needs it, so that --version and --help answer at once.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType

import click

from consistency import __version__, registry
from consistency.records import ConsistencyError

# Its products are small and its threads would fight with our processes; with one, every run gives the same bits.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
_COULD_NOT_CHECK = 2
_BUG = 70  # EX_SOFTWARE of sysexits.h: neither findings (1) nor a mistake in what was given (2)
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

    What is meant for the user becomes a line; any other exception is a bug, and says so.
    """
    try:
        result = consistency.main(argv, prog_name="consistency", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        _say(error.format_message())
        return _COULD_NOT_CHECK
    except click.ClickException as error:
        return _fail(error.format_message())
    except ConsistencyError as error:
        return _fail(str(error))
    except (click.Abort, KeyboardInterrupt):
        _say("consistency: interrupted")
        return _INTERRUPTED
    except SystemExit:
        raise
    except BaseException as error:  # a panic of a library in Rust is no Exception
        if isinstance(error, MemoryError) or getattr(error, "errno", None) == errno.ENOMEM:
            return _fail("there is not enough memory for this")
        return _bug(error)
    return result if isinstance(result, int) else 0


def stop_in_order() -> None:
    """Make SIGTERM, by which CI cancels a job, end a run as Ctrl-C does: what is half-written is removed."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)


def _fail(message: str) -> int:
    """Print one line; a path may hold a newline, and click wraps some of its messages."""
    _say(f"consistency: error: {' '.join(message.split())}")
    return _COULD_NOT_CHECK


def _bug(error: BaseException) -> int:
    """Print one line that asks for a report, or the traceback where CONSISTENCY_DEBUG is set."""
    if os.environ.get("CONSISTENCY_DEBUG"):
        import traceback

        _say("".join(traceback.format_exception(error)))
        return _BUG
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" ({os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno})" if trace else ""
    what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    _say(
        f"consistency: internal error: {what}{place}; this is a bug, please report it with the files that show it; "
        "CONSISTENCY_DEBUG=1 shows where"
    )
    return _BUG


def _say(text: str) -> None:
    """Print to stderr, which may be closed or full; the exit code is told all the same."""
    with suppress(OSError, ValueError):
        click.echo(text, err=True)


def run() -> int:
    """Run this process's command line."""
    stop_in_order()
    return main()


if __name__ == "__main__":
    sys.exit(run())
