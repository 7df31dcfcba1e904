"""Read digit strings: every value that their separators allow, the locale's own reading first; Roman numerals."""

from __future__ import annotations

import re
from decimal import Decimal

from consistency.languages import Numbers

# One run of digits with separators inside; trailing punctuation stays outside. A space parts groups only of
# three digits behind one to three, so that "1995 200" are two numbers. Each branch starts on another
# character class, so matching is linear.
DIGITS = re.compile(
    r"\d{1,3}(?: \d{3})+(?![\d])(?:[.,٫]\d+)?"
    r"|\d{1,3}(?:，\d{3})+(?!\d)"
    r"|\d+(?:[.,'·٬٫،]\d+)*"
    r"|(?<![\d\w])\.\d+"  # no comma: one stands before a number in languages that put no space behind it
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_MARKS = str.maketrans({"٬": ",", "٫": ".", "،": ",", "·": ".", "，": ","})


def readings(token: str, numbers: Numbers) -> tuple[Decimal, ...]:
    """Return the values of a digit string, most likely first; () where it is no number (1.234.56).

    >>> readings("1.234", Numbers(decimal=",", group=(".",)))
    (Decimal('1234'), Decimal('1.234'))
    >>> readings("1.5", Numbers(decimal=",", group=(".",)))
    (Decimal('1.5'),)

    A single mark with three digits behind it has two readings whatever the locale (CLDR gives the first);
    any other single mark is a decimal mark, because no locale groups one, two or four digits at the end.
    Two marks: the last is the decimal one. Groups of two before the last three are lakh grouping.
    """
    if ("٫" in token or "٬" in token) and all(len(part) == 3 for part in token.partition("٫")[0].split("٬")[1:]):
        token = token.replace("٬", "").replace("٫", ".")
        return (Decimal(token),)
    token = token.translate(_MARKS)
    marks = [c for c in token if not c.isdigit()]
    if not marks:
        return (Decimal(token),)
    if len(set(marks)) == 1:
        return _one_mark(token, marks[0], len(marks), numbers)
    if len(set(marks)) == 2 and marks.count(marks[-1]) == 1:
        whole, _, fraction = token.rpartition(marks[-1])
        group = marks[0]
        return (Decimal(f"{whole.replace(group, '')}.{fraction}"),) if _grouped(whole, group) else ()
    return ()


def _one_mark(token: str, mark: str, count: int, numbers: Numbers) -> tuple[Decimal, ...]:
    if mark == " ":
        return (Decimal(token.replace(" ", "")),)
    grouped = Decimal(token.replace(mark, "")) if _grouped(token, mark) else None
    if count > 1 or mark == "'":
        return () if grouped is None else (grouped,)
    pointed = Decimal(token.replace(mark, "."))
    if grouped is None or token.startswith("0"):
        return (pointed,)
    if token.endswith("000") and mark in numbers.group:  # nobody writes three zeros behind a decimal mark
        return (grouped,)
    return (pointed, grouped) if mark == numbers.decimal else (grouped, pointed)


def _grouped(token: str, mark: str) -> bool:
    first, *rest = token.split(mark)
    if not rest or len(rest[-1]) != 3 or not 1 <= len(first) <= 3:
        return False
    middle = {len(part) for part in rest[:-1]}
    return middle <= {3} or (middle <= {2} and len(first) <= 2)


def roman(text: str) -> int:
    """Return the value of a Roman numeral in small letters."""
    total = 0
    values = [_ROMAN.get(c, 0) for c in text]
    for value, following in zip(values, [*values[1:], 0], strict=True):
        total += -value if value < following else value
    return total
