"""The forms of docs/json.md, one row each."""

from decimal import Decimal

import pytest

from consistency.records import Clock, PartialDate, Quantity
from consistency.values import as_text

CASES = [
    (Quantity(Decimal(38000)), "38000"),
    (Quantity(Decimal("3.8E+4")), "38000"),  # equal values, one form
    (Quantity(Decimal("7.50")), "7.5"),
    (Quantity(Decimal("100")), "100"),  # zeros before the point do say something
    (Quantity(Decimal("-0.0")), "0"),
    (Quantity(Decimal("-12.5")), "-12.5"),
    (Quantity(Decimal("2E+6"), "USD"), "USD 2000000"),
    (Quantity(Decimal(10), "EUR", Decimal(15)), "EUR 10..15"),
    (Quantity(Decimal(30), "percent"), "30 percent"),
    (Quantity(Decimal(6), "multiple"), "6 multiple"),
    (Quantity(Decimal(5), "kWh"), "5 kWh"),  # three letters, but no currency
    (Quantity(Decimal(38000), bound=">"), ">38000"),
    (Quantity(Decimal(10), "year", bound="~"), "~10 year"),
    (PartialDate(2024, 7, 3), "2024-07-03"),
    (PartialDate(2024, 7), "2024-07"),
    (PartialDate(2024), "2024"),
    (PartialDate(month=7, day=3), "--07-03"),
    (PartialDate(month=7), "--07"),
    (PartialDate(day=23), "---23"),
    (PartialDate(2024, 7, 3, 2), "2024-07-03 Wed"),
    (PartialDate(weekday=0), "Mon"),
    (PartialDate(1990, grain="decade"), "1990s"),
    (PartialDate(19, grain="century"), "C19"),
    (PartialDate(2024, 3, grain="quarter"), "2024-Q3"),
    (PartialDate(month=3, grain="quarter"), "Q3"),
    (PartialDate(-43), "-0043"),  # 44 BC
    (PartialDate(476, 9, 4), "0476-09-04"),
    (Clock(18, 30), "18:30"),
    (Clock(8), "08:00"),
    (Clock(9, 5, 0), "09:05+00:00"),
    (Clock(9, 5, -210), "09:05-03:30"),
    ("v1.2.0", "v1.2.0"),
]


@pytest.mark.parametrize(("value", "text"), CASES)
def test_as_text(value, text):
    assert as_text(value) == text
