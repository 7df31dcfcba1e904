"""Write records as JSON and read the same records back: for the cache on disk, and between processes.

Not pickle: whoever may write into a cache could run code in the process that reads it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from consistency import records

_CLASSES: Mapping[str, Any] = {
    kind.__name__: kind
    for kind in (
        records.Alignment, records.BeadScores, records.Clock, records.DocumentSummary, records.Fact, records.Finding,
        records.Location, records.PartialDate, records.Position, records.Quantity, records.Report, records.Signature,
        records.Span, records.Witnesses,
    )
}  # fmt: skip
_MAP, _DECIMAL = "map", "decimal"


def encoded(value: Any) -> bytes:
    """Return records, tuples, mappings and plain values as JSON; equal values give equal bytes."""
    return json.dumps(_plain(value), ensure_ascii=True, separators=(",", ":")).encode("ascii")


def decoded(data: bytes) -> Any:
    """Return what was encoded; raise ValueError, KeyError or TypeError for anything else."""
    return _made(json.loads(data))


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, Decimal):
        return {_DECIMAL: str(value)}
    if isinstance(value, PurePath):
        return value.as_posix()
    if isinstance(value, frozenset):
        return sorted(map(_plain, value))
    if isinstance(value, Mapping):
        return {_MAP: [[key, _plain(content)] for key, content in value.items()]}
    if is_dataclass(value):
        return {type(value).__name__: [_plain(getattr(value, f.name)) for f in fields(value)]}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return {type(value).__name__: [_plain(item) for item in value]}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} is no record")


def _made(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_made(item) for item in value)
    if not isinstance(value, dict):
        return value
    ((name, content),) = value.items()
    if name == _MAP:
        return {key: _made(item) for key, item in content}
    if name == _DECIMAL:
        return Decimal(content)
    return _CLASSES[name](*map(_made, content))
