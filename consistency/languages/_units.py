"""Load the table of units and currencies that all languages share."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources

# Symbols by CLDR 46 (en, "standard" and "narrow"); the first currency is what the bare symbol usually means.
CURRENCY_SYMBOLS: Mapping[str, tuple[str, ...]] = {
    "$": ("USD", "CAD", "AUD", "MXN", "TWD", "HKD", "SGD", "NZD"), "US$": ("USD",), "A$": ("AUD",), "AU$": ("AUD",), "C$": ("CAD",), "CA$": ("CAD",),
    "NZ$": ("NZD",), "HK$": ("HKD",), "NT$": ("TWD",), "S$": ("SGD",), "R$": ("BRL",), "MX$": ("MXN",), "€": ("EUR",), "£": ("GBP",), "¥": ("JPY", "CNY"), "￥": ("JPY", "CNY"),
    "₹": ("INR",), "₽": ("RUB",), "₩": ("KRW",), "₪": ("ILS",), "₴": ("UAH",), "₺": ("TRY",), "₫": ("VND",), "฿": ("THB",),
    "zł": ("PLN",), "Kč": ("CZK",), "kr": ("SEK", "NOK", "DKK", "ISK"), "kr.": ("DKK", "SEK", "NOK"), "Rp": ("IDR",), "Rs": ("INR",), "Rs.": ("INR",), "Ft": ("HUF",),
    "CHF": ("CHF",), "Fr.": ("CHF",), "＄": ("USD",), "￡": ("GBP",), "¢": ("cent",), "₿": ("BTC",),
}  # fmt: skip
CURRENCY_CODES = frozenset(
    ["USD", "EUR", "GBP", "JPY", "CNY", "RMB", "INR", "RUB", "KRW", "CHF", "IDR", "BRL", "TRY", "PLN", "SEK", "NOK", "DKK", "CZK", "HUF", "UAH", "ILS", "AUD", "CAD", "NZD", "HKD", "SGD", "TWD", "MXN", "ZAR", "THB", "VND", "AED", "SAR", "EGP", "IRR"]
)
ALIASES = {"RMB": "CNY"}
MINOR = {"cent", "penny"}  # a hundredth of whatever currency the text speaks of


@dataclass(frozen=True, slots=True)
class Unit:
    """Relate a unit to its dimension: magnitude = (number + offset) * factor."""

    key: str
    dimension: str
    factor: Decimal
    offset: Decimal = Decimal(0)
    symbols: tuple[str, ...] = ()


@cache
def units() -> Mapping[str, Unit]:
    """Return every unit by key."""
    text = resources.files("consistency.languages").joinpath("units.toml").read_text(encoding="utf-8")
    return {
        key: Unit(key, row["dimension"], Decimal(row["factor"]), Decimal(row.get("offset", "0")), tuple(row["symbols"]))
        for key, row in tomllib.loads(text).items()
    }
