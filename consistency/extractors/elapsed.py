"""Read times that something took, as sport writes them: 2h24'11", 13''05, 3:34.12."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from consistency.extractors._extractor import Extractor, View
from consistency.languages import Language
from consistency.records import Fact, Quantity, Span

_MINUTE, _SECOND = "['′]", "(?:''|\"|″|′′)"
_FREE = r"(?<![\d.,:/°'′])(?<!° )"  # degrees go before minutes of arc
# Feet and inches look the same (5'10"), so hours or parts of a second must be said.
_PATTERNS = (
    re.compile(rf"{_FREE}(?P<h>\d{{1,2}}) ?h ?(?P<m>[0-5]?\d) ?{_MINUTE}(?: ?(?P<s>[0-5]?\d) ?{_SECOND}(?P<f>\d{{1,3}})?)?(?!\w)"),
    re.compile(rf"{_FREE}(?:(?P<m>\d{{1,2}}){_MINUTE} ?)?(?P<s>[0-5]?\d){_SECOND} ?(?P<f>\d{{1,3}})(?![\w'′\"″])"),
    re.compile(rf"{_FREE}(?:(?P<h>\d{{1,2}}):)?(?P<m>\d{{1,2}}):(?P<s>[0-5]\d)[.,](?P<f>\d{{1,3}})(?![\w:]|[.,]\d)"),
    re.compile(rf"{_FREE}(?P<m>\d{{1,2}})\.(?P<s>[0-5]\d),(?P<f>\d{{1,2}})(?![\w:%]|[.,]\d)"),
)


def read(view: View, language: Language) -> Iterator[Fact]:
    """Yield every such duration, in seconds."""
    taken = bytearray(len(view.folded))
    for pattern in _PATTERNS:
        for match in pattern.finditer(view.folded):
            span = Span(*match.span())
            if any(taken[slice(*span)]):
                continue
            taken[slice(*span)] = b"\x01" * (span.end - span.start)
            parts = match.groupdict(default="0")
            whole = int(parts.get("h", 0)) * 3600 + int(parts.get("m", 0)) * 60 + int(parts["s"])
            seconds = Decimal(f"{whole}.{parts['f']}")
            yield Fact("duration", Quantity(seconds, "second"), view.text[span.start : span.end], span)


EXTRACTOR = Extractor(order=15, read=read)
