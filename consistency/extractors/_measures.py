"""Compile the words that may stand around a number in one language: units, money, signs, bounds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache

from consistency.extractors._extractor import TAKEN, fold
from consistency.extractors._lexicon import RUNS_ON, Lexicon
from consistency.languages import Language
from consistency.languages._units import CURRENCY_CODES, CURRENCY_SYMBOLS, units



class Measures:
    """Hold the compiled words that may stand around a number in one language."""

    def __init__(self, language: Language) -> None:
        numbers = language.numbers
        # Minutes and the like written only as a symbol are matched on the text as written (MB is not Mb).
        symbols: dict[str, list[str]] = {}
        for key, unit in units().items():
            for symbol in unit.symbols:
                symbols.setdefault(symbol, []).append(key)
        self.symbols = symbols
        self.symbol = _glued(symbols)
        self.units: Lexicon[str] = Lexicon({k: [f for f in forms if "…" not in f] for k, forms in language.units.items()})
        endings = {key: [form[1:] for form in forms if form.startswith("-")] for key, forms in language.units.items()}
        self.glued_units: Lexicon[str] = Lexicon(endings, glued=True)  # achtzehn-jährig, written together
        # "百分之…", "섭씨 …도": what stands before the number belongs to its unit.
        self.around = tuple(
            (key, re.compile(rf"{re.escape(fold(left).strip())} ?$"), re.compile(rf" ?{re.escape(fold(right))}" if right else ""), len(left))
            for key, forms in language.units.items()
            for left, dots, right in (form.partition("…") for form in forms)
            if dots
        )
        self.currencies: Lexicon[str] = Lexicon(language.currencies)
        # Where the comma is the decimal mark, "30.9" may be the thirtieth of September (fi, de, cs).
        self.day_month = re.compile(r"(\d{1,2})\.(\d{1,2})") if numbers.decimal == "," and language.dates.order == "dmy" else None
        self.money_before = re.compile(rf"(?:{_either(CURRENCY_SYMBOLS)}|(?<![A-Za-z])(?:{_either(CURRENCY_CODES)}))[ \u00a0\u202f-]?$")
        self.money_after = re.compile(
            rf"[ \u00a0\u202f-]?(?:(?:{_either(CURRENCY_SYMBOLS)})(?![A-Za-z0-9])|(?:{_either(CURRENCY_CODES)})(?![A-Za-z]))"
        )
        self.suffixes = {form: Decimal(value) for value, forms in numbers.suffixes.items() for form in forms}
        self.suffix = _glued(self.suffixes)
        self.ordinal_after = _pattern(numbers.ordinal_suffixes, glued=True)
        self.ordinal_before = re.compile(rf"(?:{_either(map(fold, numbers.ordinal_prefixes))})[ -]?$") if numbers.ordinal_prefixes else None
        self.multiple_after = _pattern(numbers.multiple_suffixes, glued=False)
        prefixes = _either(map(fold, numbers.multiple_prefixes)) or "(?!)"
        self.multiple_before = re.compile(rf"(?<![^\W_{RUNS_ON}])(?:{prefixes}) ?$")
        self.multiples: Lexicon[int] = Lexicon(numbers.multiples)
        self.cues: Lexicon[int] = Lexicon({0: numbers.version_cues})
        self.before: Lexicon[str] = Lexicon(language.bounds.before)
        self.after: Lexicon[str] = Lexicon(language.bounds.after)
        self.shared = frozenset(map(fold, (*numbers.shared, *numbers.articles)))
        self.counters = re.compile(rf" ?(?:{_either(map(fold, numbers.counters))})") if numbers.counters else None
        linkers = _either(map(fold, numbers.linkers))
        self.joint = re.compile(rf"[ -]?(?:(?:{linkers}) )?" if linkers else "[ -]?")
        articles = _either(map(fold, numbers.articles)) or "(?!)"
        self.added = re.compile(rf" (?:{linkers or '(?!)'}) (?:(?:{articles}) )?")
        self.fractions: Lexicon[Decimal] = Lexicon(
            {Decimal(f.numerator) / Decimal(f.denominator): forms for f, forms in numbers.fractions.items() if f < 1}
        )
        # "millions d'euros", "half an hour": "of" may stand between; in "3 billion a year" the year is not counted.
        of = [fold(w) for w in language.dates.linkers if w[0].isalpha() and len(w) <= 3]
        self.link = re.compile(rf"[ -](?:(?:{_either(of) or '(?!)'})(?: |(?<=')))?")
        self.part = re.compile(rf"[ -](?:(?:{_either([*of, *map(fold, numbers.articles)]) or '(?!)'})(?: |(?<='))){{0,2}}")
        self.loose = _pattern(numbers.loose_suffixes, glued=True)
        between = _either(map(fold, numbers.range_between)) or "(?!)"
        self.between = re.compile(rf" ?(?:{between}) ?")
        out_of = _either(map(fold, numbers.out_of)) or "(?!)"
        self.out_of = re.compile(rf" ?(?:{out_of}) ?")
        # は−40 is a minus, 3日−5日 a range
        sign = rf"(?<![^\W{RUNS_ON}])(?<![).{TAKEN}])(?<!\d[{RUNS_ON}])[-−–]"
        words = rf"(?<![^\W_{RUNS_ON}])(?:{_either(fold(w) for w in numbers.minus if w.isalpha()) or '(?!)'}) ?"
        self.minus = re.compile(rf"(?:{sign}|{words})$")


def _either(forms: object) -> str:
    return "|".join(re.escape(str(f)) for f in sorted(forms, key=len, reverse=True))  # type: ignore[call-overload]


def _glued(forms: object) -> re.Pattern[str]:
    return re.compile(rf"(?:{_either(forms) or '(?!)'})(?![^\W_{RUNS_ON}])")


def _pattern(forms: tuple[str, ...], *, glued: bool) -> re.Pattern[str] | None:
    gap = " ?" if not glued else ""
    return re.compile(rf"{gap}(?:{_either(map(fold, forms))})(?![^\W_{RUNS_ON}])") if forms else None


@cache
def measures_of(language: Language) -> Measures:
    return Measures(language)
