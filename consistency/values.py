"""Write a value as a string that is the same in every language (docs/json.md lists the forms)."""

from __future__ import annotations

import re
from decimal import Decimal

from consistency.records import Clock, PartialDate, Quantity, Value

# What has no shape of its own: soft hyphen, joiners, directional controls, variation selectors, tags.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\U000e0001-\U000e01ef]")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_CURRENCY_LETTERS = 3  # ISO 4217 codes stand before the amount, as in "USD 2000000"


def as_text(value: Value) -> str:
    """Return the value in ISO 8601 and plain digits; equal values give equal strings.

    >>> as_text(Quantity(Decimal("3.8E+4"))), as_text(Quantity(Decimal("2E+6"), "USD"))
    ('38000', 'USD 2000000')
    >>> as_text(PartialDate(2024, 7, 3)), as_text(PartialDate(month=7, day=3))
    ('2024-07-03', '--07-03')
    """
    if isinstance(value, Quantity):
        return _quantity(value)
    if isinstance(value, PartialDate):
        return _date(value)
    if isinstance(value, Clock):
        return _clock(value)
    return value


def _quantity(value: Quantity) -> str:
    number = value.bound + _digits(value.number)
    if value.high is not None:
        number += f"..{_digits(value.high)}"
    if value.unit is None:
        return number
    if len(value.unit) == _CURRENCY_LETTERS and value.unit.isupper():
        return f"{value.unit} {number}"
    return f"{number} {value.unit}"


def _digits(number: Decimal) -> str:
    """Return plain digits: no exponent, no zeros that say nothing (7.50 and 7.5 are one value)."""
    if not number.is_finite():
        return str(number)
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _date(value: PartialDate) -> str:
    weekday = "" if value.weekday is None else WEEKDAYS[value.weekday]
    return " ".join(part for part in (_calendar(value), weekday) if part)


def _calendar(value: PartialDate) -> str:
    year = "" if value.year is None else _year(value.year)
    if value.grain == "decade":
        return f"{year}s"
    if value.grain == "century":
        return f"C{value.year}"
    if value.grain == "quarter":
        return f"{year}-Q{value.month}".lstrip("-")
    if value.month is None and value.day is None:
        return year
    # The forms of ISO 8601:2000 and XML Schema for what is not said: --07-03, --07, ---03.
    month = "" if value.month is None else f"{value.month:02d}"
    day = "" if value.day is None else f"-{value.day:02d}"
    return f"{year or '-'}-{month}{day}"


def _year(year: int) -> str:
    return f"-{-year:04d}" if year < 0 else f"{year:04d}"


def _clock(value: Clock) -> str:
    time = f"{value.hour:02d}:{value.minute:02d}"
    if value.zone is None:
        return time
    sign = "-" if value.zone < 0 else "+"
    return f"{time}{sign}{abs(value.zone) // 60:02d}:{abs(value.zone) % 60:02d}"


def visible(text: str) -> str:
    """Return text with its invisible characters by their numbers.

    >>> visible("a\\u202eb")
    'a<U+202E>b'
    """
    return _UNSEEN.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)
