"""Tell which fact a translation lost and which it got wrong.

>>> import consistency
>>> report = consistency.check({"en": "It holds 38,000 patents.", "de": "Es hält viele Patente."}, source="en")
>>> [(finding.check, finding.lang) for finding in report.findings]
[('number-dropped', 'de')]
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from consistency.api import Bead as Bead
    from consistency.api import align as align
    from consistency.api import check as check
    from consistency.records import ConsistencyError as ConsistencyError
    from consistency.records import Report as Report

__version__ = "0.1.0"
__all__ = ["Bead", "ConsistencyError", "Report", "__version__", "align", "check"]
_HOMES = {"Bead": "api", "align": "api", "check": "api", "ConsistencyError": "records", "Report": "records"}


def __getattr__(name: str) -> Any:
    """Import a public name when it is asked for, so that `consistency --version` loads nothing."""
    if name in _HOMES:
        return getattr(import_module(f"consistency.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'consistency' has no attribute {name!r}")
