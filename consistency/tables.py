"""Read TOML files that a stranger may have written: the configuration and the baseline of a pull request.

tomllib is the parser; what it has no bound for is bounded here, so that any file gives a table or one error.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from consistency.records import ConsistencyError

_LINE = 20_000  # characters: tomllib takes time quadratic in the parts of a dotted key, which is one line
_DEPTH = 20  # tables and lists in each other; ours have four


def read_table(path: Path, max_bytes: int) -> dict[str, Any]:
    """Return the content of a TOML file; raise ConsistencyError, which names the file, where that fails."""
    if not path.is_file():  # a device may never end
        raise ConsistencyError(f"{path}: a file is expected, a folder or device found")
    try:
        with path.open("rb") as stream:
            data = stream.read(max_bytes + 1)
    except OSError as error:
        raise ConsistencyError(f"{path}: cannot be read: {error.strerror}") from None
    if len(data) > max_bytes:
        raise ConsistencyError(f"{path}: over the limit of {max_bytes} bytes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConsistencyError(f"{path}: is not TOML: {error}") from None
    return table_of(text, str(path))


def table_of(text: str, name: str) -> dict[str, Any]:
    """Return the table that a text holds; name: of the file, for messages."""
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > _LINE:
            raise ConsistencyError(
                f"{name}:{number}: {len(line)} characters, over the limit of {_LINE} a line"
            )
    try:
        table = tomllib.loads(text)
    except RecursionError:
        raise ConsistencyError(f"{name}: {_too_deep()}") from None
    except ValueError as error:  # a number of thousands of digits is one too
        raise ConsistencyError(f"{name}: is not TOML: {error}") from None
    if _deeper(table, _DEPTH):
        raise ConsistencyError(f"{name}: {_too_deep()}")
    return table


def _too_deep() -> str:
    return f"tables and lists nested over the limit of {_DEPTH}"


def _deeper(value: object, levels: int) -> bool:
    """Tell whether more than so many tables and lists lie in each other."""
    if not isinstance(value, dict | list):
        return False
    if levels == 0:
        return True
    inner = value.values() if isinstance(value, dict) else value
    return any(_deeper(part, levels - 1) for part in inner)
