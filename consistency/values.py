"""Write values as text, the same way in every report and golden file."""

from __future__ import annotations

import re
from decimal import Decimal

from consistency.records import Clock, PartialDate, Quantity, Value

# What has no shape of its own: soft hyphen, joiners, directional controls, variation selectors, tags.
_UNSEEN = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0001-\U000e007f]")

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def as_text(value: Value) -> str:
    """Return a value in words that need no language.

    >>> as_text(Quantity(Decimal("3.8E+4"), "USD", bound=">"))
    '>38000 USD'
    >>> as_text(PartialDate(month=7, day=3))
    '--07-03'
    """
    if isinstance(value, Quantity):
        return _quantity(value)
    if isinstance(value, PartialDate):
        return _date(value)
    if isinstance(value, Clock):
        zone = "" if value.zone is None else f"{value.zone // 60:+03d}:{abs(value.zone) % 60:02d}"
        return f"{value.hour:02d}:{value.minute:02d}{zone}"
    return value


def visible(text: str) -> str:
    """Return text with its invisible characters by their numbers.

    >>> visible("a\\u202eb")
    'a<U+202E>b'
    """
    return _UNSEEN.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)


def plain(number: Decimal) -> str:
    """Return a number without exponent or trailing zeros behind the point."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _quantity(value: Quantity) -> str:
    high = "" if value.high is None else f"–{plain(value.high)}"
    unit = f" {value.unit}" if value.unit else ""
    return f"{value.bound}{plain(value.number)}{high}{unit}"


def _date(value: PartialDate) -> str:
    if value.grain == "century":
        return f"century {value.year}"
    if value.grain == "decade":
        return f"{value.year}s"
    if value.grain == "quarter":
        return f"Q{value.month}" if value.year is None else f"{value.year}-Q{value.month}"
    if value.weekday is not None and value.year is value.month is value.day is None:
        return WEEKDAYS[value.weekday]
    year = "-" if value.year is None else f"{value.year:04d}"
    month = "" if value.month is None else f"-{value.month:02d}"
    day = "" if value.day is None else f"-{value.day:02d}" if month else f"--{value.day:02d}"
    weekday = "" if value.weekday is None else f" {WEEKDAYS[value.weekday]}"
    return f"{year}{month}{day}{weekday}"
