"""Write values as text, the same way in every report and golden file."""

from __future__ import annotations

from decimal import Decimal

from consistency.records import Clock, PartialDate, Quantity, Value

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
