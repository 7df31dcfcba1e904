"""Hold the settings of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Settings:
    """State how to check.

    model: name or path of a sentence-transformers model; "" means the embedded one.
    min_confidence: findings below it are not shown (0..1).
    disabled: check ids that are off; severities: check id → severity, in place of the table's own.
    reader: name of the reader for every file; "" picks by suffix.
    max_bytes: size limit of one file.
    """

    model: str = ""
    min_confidence: float = 0.7
    disabled: frozenset[str] = frozenset()
    severities: Mapping[str, str] = field(default_factory=dict)
    reader: str = ""
    max_bytes: int = 20_000_000
