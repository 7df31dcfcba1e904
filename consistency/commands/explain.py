"""Explain one check."""

from __future__ import annotations

import click

from consistency.commands._options import nearest
from consistency.commands._screen import emit
from consistency.records import ConsistencyError


@click.command("explain")
@click.argument("check", required=False, default="")
def explain(check: str) -> int:
    """Say what a check means.

    Without CHECK, list all of them.

    Example: consistency explain number-dropped
    """
    from consistency.checks import CHECKS

    if check and check not in CHECKS:
        raise ConsistencyError(
            f"{check}: no such check{nearest(check, CHECKS)}; `consistency explain` lists all"
        )
    if not check:
        width = max(map(len, CHECKS))
        emit(
            "".join(f"{name:<{width}}  {row.severity:<7}  {row.summary}\n" for name, row in CHECKS.items()),
            None,
        )
        return 0
    row = CHECKS[check]
    lines = (
        f"{check} ({row.severity}): {row.summary}.",
        f"Of 100 findings like this, an estimated {row.precision * 100:.0f} are right.",
        f"MQM error type: {row.mqm}.",
        f"To switch it off: --ignore {check}",
    )
    emit("".join(f"{line}\n" for line in lines), None)
    return 0


COMMAND = explain
