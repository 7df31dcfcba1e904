"""Compile the words that may stand around a number in one language: units, money, signs, bounds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache

from consistency.extractors._extractor import TAKEN, fold
from consistency.extractors._lexicon import RUNS_ON, Lexicon
from consistency.languages import Language, Numbers
from consistency.languages._units import CURRENCY_CODES, CURRENCY_SYMBOLS, units

_NEVER = "(?!)"
_CLOCK_SYMBOLS = ("h", "min", "m", "s", "sec")  # 2h30m, 1m35s: here "m" is a minute


class Measures:
    """Hold the compiled words that may stand around a number in one language."""

    def __init__(self, language: Language) -> None:
        numbers = language.numbers
        self.unknown = not language.supported
        self.torn = f"{numbers.decimal} "  # between a whole number and decimals that slipped away from it: 1, 6 millió
        self.currencies: Lexicon[str] = Lexicon(language.currencies)
        self.multiples: Lexicon[int] = Lexicon(numbers.multiples)
        self.cues: Lexicon[int] = Lexicon({0: numbers.version_cues})
        self.before: Lexicon[str] = Lexicon(language.bounds.before)
        self.after: Lexicon[str] = Lexicon(language.bounds.after)
        self.shared = frozenset(map(fold, (*numbers.shared, *numbers.articles)))
        self.fractions: Lexicon[Decimal] = Lexicon(
            {Decimal(f.numerator) / Decimal(f.denominator): forms for f, forms in numbers.fractions.items() if f < 1}
        )
        # Where the comma is the decimal mark, "30.9" may be the thirtieth of September (fi, de, cs).
        continental = numbers.decimal == "," and language.dates.order == "dmy"
        self.day_month = re.compile(r"(\d{1,2})\.(\d{1,2})") if continental else None
        self._compile_units(language)
        self._compile_money()
        self._compile_marks(numbers)
        self._compile_links(language)
        self._compile_minus(numbers)
        self._compile_halves(language)

    def _compile_units(self, language: Language) -> None:
        symbols: dict[str, list[str]] = {}  # matched on the text as written: MB is not Mb
        for key, unit in units().items():
            for symbol in unit.symbols:
                symbols.setdefault(symbol, []).append(key)
        self.symbols = symbols
        self.symbol = _glued(symbols)
        clock = _either(_CLOCK_SYMBOLS)
        self.clock_first = re.compile(rf" ?(?:h|min|m)(?= ?\d{{1,2}} ?(?:{clock})(?![^\W_]))")
        self.clock_last = re.compile(rf"(?<=[hmn]) ?\d{{1,2}} ?(?P<symbol>{clock})(?![^\W_])")
        around = {key: [form for form in forms if "…" in form] for key, forms in language.units.items()}
        plain = {key: [form for form in forms if "…" not in form] for key, forms in language.units.items()}
        self.units: Lexicon[str] = Lexicon(plain)
        endings = {key: [form[1:] for form in forms if form.startswith("-")] for key, forms in language.units.items()}
        self.glued_units: Lexicon[str] = Lexicon(endings, glued=True)  # achtzehn-jährig, written together
        # "百分之…", "섭씨 …도", 時速…キロ: what stands before the number belongs to its unit; the longest first.
        pairs = [(key, *form.partition("…")[::2]) for key, forms in around.items() for form in forms]
        self.around = tuple(_around(*pair) for pair in sorted(pairs, key=lambda pair: -len(pair[2])))

    def _compile_money(self) -> None:
        symbols, codes = _either(CURRENCY_SYMBOLS), _either(CURRENCY_CODES)
        self.money_before = re.compile(rf"(?:{symbols}|(?<![A-Za-z])(?:{codes}))[ \u00a0\u202f-]?$")
        # $10-15m: the sign stands before both ends of a range
        self.money_range = re.compile(rf"(?P<sign>{symbols}) ?\d[\d.,]{{0,12}}[A-Za-z]{{0,3}}[-–—]$")
        self.money_after = re.compile(rf"[ \u00a0\u202f-]?(?:(?:{symbols})(?![A-Za-z0-9])|(?:{codes})(?![A-Za-z]))")

    def _compile_marks(self, numbers: Numbers) -> None:
        self.suffixes = {form: Decimal(value) for value, forms in numbers.suffixes.items() for form in forms}
        self.suffix = _glued(self.suffixes)
        self.ordinal_after = _pattern(numbers.ordinal_suffixes, glued=True)
        prefixes = _either(map(fold, numbers.ordinal_prefixes))
        self.ordinal_before = re.compile(rf"(?:{prefixes})[ -]?$") if prefixes else None
        self.multiple_after = _pattern(numbers.multiple_suffixes, glued=False)
        prefixes = _either(map(fold, numbers.multiple_prefixes)) or _NEVER
        self.multiple_before = re.compile(rf"(?<![^\W_{RUNS_ON}])(?:{prefixes}) ?$")
        self.counters = re.compile(rf" ?(?:{_either(map(fold, numbers.counters))})") if numbers.counters else None
        self.loose = _pattern(numbers.loose_suffixes, glued=True)

    def _compile_links(self, language: Language) -> None:
        numbers = language.numbers
        linkers = _either(map(fold, numbers.linkers)) or _NEVER
        articles = _either(map(fold, numbers.articles)) or _NEVER
        self.joint = re.compile(rf"[ -]?(?:(?:{linkers}) )?")
        self.added = re.compile(rf" (?:{linkers}) (?:(?:{articles}) )?")
        self.behind_link = re.compile(rf"(?<![^\W_])(?P<article>{articles}) (?P<unit>[^\W\d_]+) (?:{linkers}) $")
        # "millions d'euros", "half an hour": "of" may stand between; in "3 billion a year" the year is not counted.
        of = [fold(w) for w in language.dates.linkers if w[0].isalpha() and len(w) <= 3]
        self.link = re.compile(rf"[ -](?:(?:{_either(of) or _NEVER})(?: |(?<=')))?")
        self.part = re.compile(rf"[ -](?:(?:{_either([*of, *map(fold, numbers.articles)]) or _NEVER})(?: |(?<='))){{0,2}}")
        self.between = re.compile(rf" ?(?:{_either(map(fold, numbers.range_between)) or _NEVER}) ?")
        self.listing = re.compile(rf" (?:{linkers}) ")
        self.out_of = re.compile(rf" ?(?:{_either(map(fold, numbers.out_of)) or _NEVER}) ?")

    def _compile_halves(self, language: Language) -> None:
        """Compile "half" right behind a unit; where words run on, it may also begin another word (半年, 半分)."""
        numbers, forms = language.numbers, tuple(map(fold, language.numbers.halves))
        words = map(fold, (*numbers.not_numbers, *(w for words in numbers.fractions.values() for w in words)))
        others = [w for w in words if w.startswith(forms) and w not in forms] if forms else []
        edge = r"(?![^\W_])" if language.spaces else ""
        half = _either(forms) or _NEVER
        self.half = re.compile(rf" ?(?!{_either(others) or _NEVER})(?:{half}){edge}")
        self.half_between = re.compile(rf"(?:{_either(map(fold, numbers.counters)) or _NEVER})(?:{half})")  # 两个半小时

    def _compile_minus(self, numbers: Numbers) -> None:
        # は−40 is a minus, 3日−5日 a range
        sign = rf"(?<![^\W{RUNS_ON}])(?<![).{TAKEN}])(?<!\d[{RUNS_ON}])[-−–]"
        words = rf"(?<![^\W_{RUNS_ON}])(?:{_either(fold(w) for w in numbers.minus if w.isalpha()) or _NEVER}) ?"
        self.minus = re.compile(rf"(?:{sign}|{words})$")
        behind = _either(fold(w[1:]) for w in numbers.minus if w.startswith("…")) or _NEVER
        self.minus_after = re.compile(rf"(?<![^\W_])(?:{behind})")


def _around(key: str, left: str, right: str) -> tuple[str, re.Pattern[str], re.Pattern[str], int]:
    """Return a unit, the patterns of what stands before and behind its number, and the length of the first."""
    before = re.compile(rf"{re.escape(fold(left).strip())} ?$")
    return key, before, re.compile(rf" ?{re.escape(fold(right))}" if right else ""), len(left)


def _either(forms: Iterable[str]) -> str:
    return "|".join(re.escape(f) for f in sorted(forms, key=len, reverse=True))


def _glued(forms: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:{_either(forms) or _NEVER})(?![^\W_{RUNS_ON}])")


def _pattern(forms: tuple[str, ...], *, glued: bool) -> re.Pattern[str] | None:
    gap = " ?" if not glued else ""
    return re.compile(rf"{gap}(?:{_either(map(fold, forms))})(?![^\W_{RUNS_ON}])") if forms else None


@cache
def measures_of(language: Language) -> Measures:
    """Return the compiled words of a language, compiled once."""
    return Measures(language)
