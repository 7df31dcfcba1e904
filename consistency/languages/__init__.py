"""Load what is known of a language: data only, one TOML file each, read strictly.

`load_language("pt-BR")` gives the data of `pt`; a language without a file gives `und`: digits, symbols and
dates in digits are read, nothing else, and `Language.supported` is False so that the report can say so.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from fractions import Fraction
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from consistency.languages._records import (
    Bounds,
    Dates,
    Forms,
    Language,
    Names,
    Numbers,
    Polarity,
    Segmentation,
    Times,
)
from consistency.records import ConsistencyError

__all__ = [
    "Bounds",
    "Dates",
    "Forms",
    "Language",
    "Names",
    "Numbers",
    "Polarity",
    "Segmentation",
    "Times",
    "canonical_tag",
    "load_language",
    "parse",
    "supported",
]

_TABLES = {
    "numbers": Numbers,
    "dates": Dates,
    "times": Times,
    "bounds": Bounds,
    "polarity": Polarity,
    "segmentation": Segmentation,
    "names": Names,
}
_KEYS: dict[str, Any] = {
    "cardinals": int,
    "digits": int,
    "multipliers": int,
    "suffixes": int,
    "ordinals": int,
    "multiples": int,
    "vague": int,
    "decades": int,
    "shifts_before": int,
    "shifts_after": int,
    "century_names": int,
    "fractions": Fraction,
}


@cache
def supported() -> tuple[str, ...]:
    """Return the tags of the languages that have data, sorted."""
    files = resources.files(__name__).iterdir()
    stems = (f.name.removesuffix(".toml") for f in files if f.name.endswith(".toml"))
    return tuple(sorted(s for s in stems if s not in ("units", "und")))


@lru_cache(1024)
def canonical_tag(tag: str) -> str:
    """Return the data file's tag for a BCP 47 tag: `pt_BR` → `pt`, `zh-TW` → `zh-hant` where there is one."""
    parts = tag.replace("_", "-").lower().split("-")
    if parts[0] == "zh" and {"hant", "tw", "hk", "mo"} & set(parts[1:]) and "zh-hant" in supported():
        return "zh-hant"
    return parts[0]


@lru_cache(1024)
def load_language(tag: str) -> Language:
    """Return the data of a language; those of `und`, with supported=False, where there is no file."""
    key = canonical_tag(tag)
    return _load(key) if key in supported() else _load("und")


@cache
def _load(tag: str) -> Language:
    text = resources.files(__name__).joinpath(f"{tag}.toml").read_text(encoding="utf-8")
    return parse(text, f"{tag}.toml")


def parse(text: str, file: str) -> Language:
    """Return the language that a data file describes; raise ConsistencyError naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConsistencyError(f"{file}: {error}") from error
    values: dict[str, Any] = {}
    for key, value in data.items():
        if key in _TABLES:
            values[key] = _record(_TABLES[key], value, f"{file}: {key}")
        elif key in ("units", "currencies"):
            values[key] = {k: _forms(v, f"{file}: {key}.{k}") for k, v in value.items()}
        elif key in ("tag", "name", "spaces", "supported"):
            values[key] = value
        else:
            raise ConsistencyError(f"{file}: {key}: unknown key")
    language = Language(**values)
    _check_dates(language.dates, file)
    return language


def _record(kind: Any, table: Mapping[str, Any], where: str) -> Any:
    known = {f.name for f in fields(kind)}
    unknown = sorted(set(table) - known)
    if unknown:
        raise ConsistencyError(f"{where}.{unknown[0]}: unknown key, known are {', '.join(sorted(known))}")
    return kind(**{key: _value(key, value, f"{where}.{key}") for key, value in table.items()})


def _value(key: str, value: Any, where: str) -> Any:
    if isinstance(value, dict) and key == "opposites":
        return {k: _poles(v, f"{where}.{k}") for k, v in value.items()}
    if isinstance(value, dict) and key == "eras":
        return value
    if isinstance(value, dict):
        return {_number(key, k, where): _forms(v, f"{where}.{k}") for k, v in value.items()}
    if key in ("months", "weekdays"):
        return tuple(_forms(v, where) for v in value)
    if isinstance(value, list):
        return _forms(value, where)
    return value


def _poles(value: Any, where: str) -> tuple[Forms, ...]:
    if not isinstance(value, list) or len(value) < 2:
        raise ConsistencyError(f"{where}: two lists of forms or more expected, found {value!r}")
    return tuple(_forms(forms, where) for forms in value)


def _number(key: str, text: str, where: str) -> Any:
    try:
        return _KEYS.get(key, str)(text)
    except ValueError as error:
        raise ConsistencyError(f"{where}: {text!r} is not a number") from error


def _forms(value: Any, where: str) -> Forms:
    if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
        raise ConsistencyError(f"{where}: a list of words expected, found {value!r}")
    return tuple(value)


def _check_dates(dates: Dates, file: str) -> None:
    for key, names, expected in (("months", dates.months, 12), ("weekdays", dates.weekdays, 7)):
        if len(names) not in (0, expected):
            raise ConsistencyError(f"{file}: dates.{key}: {expected} lists expected, {len(names)} found")
    if sorted(dates.order) != ["d", "m", "y"]:
        raise ConsistencyError(f"{file}: dates.order: dmy, mdy or ymd expected, {dates.order!r} found")
