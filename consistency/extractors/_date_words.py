"""Compile the words and marks of dates in one language."""

from __future__ import annotations

import re
from functools import cache

from consistency.extractors._extractor import fold
from consistency.extractors._lexicon import RUNS_ON, Lexicon
from consistency.languages import Dates, Language, Numbers

YEAR = r"[12]\d{3}"
_NEVER = "(?!)"


class DateWords:
    """Hold the compiled date words of one language."""

    def __init__(self, language: Language) -> None:
        dates, numbers = language.dates, language.numbers
        self.dates = dates
        self.language = language
        self.months: Lexicon[int] = Lexicon(dict(enumerate(dates.months, 1)))
        self.weekdays: Lexicon[int] = Lexicon(dict(enumerate(dates.weekdays)))
        self.eves: Lexicon[int] = Lexicon({0: dates.eves})
        self.ambiguous = frozenset(map(fold, dates.ambiguous))
        self.decade_words: Lexicon[int] = Lexicon(dates.decades)
        self.century_names: Lexicon[int] = Lexicon(dates.century_names)
        self.day_words: Lexicon[int] = Lexicon({n: forms for n, forms in numbers.ordinals.items() if n <= 31})
        self.tens: Lexicon[int] = Lexicon({n: (*numbers.ordinals.get(n, ()), *numbers.cardinals.get(n, ())) for n in (20, 30)})
        self.characters = _characters(dates)
        self.digits = {ord(form): str(value) for value, forms in numbers.digits.items() for form in forms}
        self.scales = tuple(tuple(form for form in forms if len(form) == 1) for n, forms in numbers.multipliers.items() if n <= 100)
        self._compile_days(dates, numbers)
        self._compile_years(dates)
        self._compile_decades(dates)
        self._compile_centuries(dates, numbers)

    def _compile_days(self, dates: Dates, numbers: Numbers) -> None:
        close = either((*(w for w in dates.linkers if w != ","), "."))  # "May 5, July 6": a comma parts two dates
        suffix = either((*numbers.ordinal_suffixes, *dates.day_suffixes, "."))
        between = either(numbers.range_between) or _NEVER
        mark = r" ?[-–—~〜～] ?"
        ends = r"(?![\d:%])(?![.,]\d)"
        self.day_left = re.compile(rf"(?<![\d.,:/])(\d{{1,2}}) ?(?:{suffix})?(?:[ -]?(?:{close}))*[ -]?$")
        self.first_day = re.compile(
            rf"(?<![\d.,:/])(\d{{1,2}}) ?(?:{suffix})?(?:{mark}| ?(?:{between}) (?:(?:{close}) )*)$"
        )
        self.last_day = re.compile(rf"(?:{mark}| (?:{between}) )(\d{{1,2}})(?:{suffix})?{ends}")
        self.day_right = re.compile(
            rf"(?:[ -]?(?:{either(dates.linkers)}))*[ -]?(\d{{1,2}}){ends}(?: ?(?:{suffix})(?![^\W{RUNS_ON}]))?"
        )

    def _compile_years(self, dates: Dates) -> None:
        link = either((*dates.linkers, ",", "."))
        suffix = either(dates.year_suffixes) or _NEVER
        self.year_right = re.compile(rf"(?:[ -]?(?:{link}))*[ -]?({YEAR})(?![\d%])(?![.,]\d)(?: ?(?:{suffix}))?")
        self.year_left = re.compile(rf"(?<![\d.,])({YEAR}) ?(?:{suffix})?(?:[ -]?(?:{link}))*[ ]?$")
        digits = "".join(map(chr, self.digits))
        spelled = rf"(?<![{digits}])[{digits}]{{4}}(?={suffix})"
        self.spelled_year = re.compile(spelled) if digits and dates.year_suffixes else None
        ones = digits + "".join(form for forms in self.scales for form in forms)
        number = rf"\d{{1,4}}|元|[{ones}]{{1,4}}(?= ?(?:{suffix}))" if digits else r"\d{1,4}|元"  # 昭和六十四年
        self.eras = re.compile(rf"({either(dates.eras)}) ?({number}) ?(?:{suffix})?") if dates.eras else None
        bc = either(dates.bc)
        self.bc = re.compile(rf" ?(?:{bc})(?![^\W_{RUNS_ON}])") if bc else None
        before = rf"(?<![^\W_{RUNS_ON}])(?:{bc}) ?(\d{{1,4}})(?![\d.,])(?: ?(?:{suffix}))?"
        self.bc_before = re.compile(before) if bc else None

    def _compile_decades(self, dates: Dates) -> None:
        self.decade = _around(dates.decade_prefixes, dates.decade_suffixes, r"'?\d{1,2}00|'?\d{3}0|'?[2-9]0|[01]0")
        prefixes = either(dates.decade_prefixes)
        century = either(dates.century_suffixes)
        self.century_of = re.compile(rf"(?<![\d.,])(\d{{1,2}}) ?(?:{century})$") if century else None  # 20世纪50年代
        self.decade_before = re.compile(rf"(?<![^\W_])(?:{prefixes})[ -]") if prefixes else None

    def _compile_centuries(self, dates: Dates, numbers: Numbers) -> None:
        suffixes = either(numbers.ordinal_suffixes)
        roman = rf"(?<![^\W\d_])[ivxl]{{1,6}}(?:e|ème)?(?![^\W\d_{RUNS_ON}])"
        self.century = _around(dates.century_prefixes, dates.century_suffixes, rf"\d{{1,2}} ?(?:{suffixes})?|{roman}")
        before, after = either(dates.century_prefixes) or _NEVER, either(dates.century_suffixes) or _NEVER
        self.century_hint = re.compile(rf"{before}|{after}")  # seldom there: spares reading every numeral twice
        self.century_behind = re.compile(rf"[ -](?:{after})(?![^\W_])")
        self.century_ahead = re.compile(rf"(?<![^\W_])(?:{before}) $")
        numeral = rf"\d{{1,2}}(?:{suffixes or _NEVER})|[ivxl]{{1,6}}(?:e|ème)?"
        words = either((*numbers.linkers, *numbers.range_between)) or _NEVER
        joint = rf"(?:,| ?[-–] ?|(?:,? (?:{words})(?= )))+"
        article = r"(?:[^\W\d_]{1,3}[ '])?"  # "il X e l'XI secolo", "the 10th and the 11th centuries"
        self.century_before = re.compile(rf"(?<![^\W])(?P<t>{numeral}){joint} ?{article}$")
        self.century_after = re.compile(rf"{joint} ?{article}(?P<t>[ivxl]{{1,6}}|\d{{1,2}})(?![^\W{RUNS_ON}])")
        one = r"[1-4]|(?<![^\W_])(?:iv|i{1,3})(?![^\W_])"
        numeral = rf"(?:{either(numbers.ordinal_prefixes)})?(?:{one}) ?(?:{suffixes})?"
        self.quarter = _around(dates.quarter_prefixes, dates.quarter_suffixes, numeral)


def either(forms: object) -> str:
    words = sorted((fold(str(f)) for f in forms), key=len, reverse=True)  # type: ignore[attr-defined]
    return "|".join(re.escape(w) for w in words)


def _around(before: tuple[str, ...], after: tuple[str, ...], number: str) -> re.Pattern[str] | None:
    """Return a pattern for a number with one of the prefixes or one of the suffixes."""
    ways = []
    if before:
        ways.append(rf"(?<![^\W_])(?:{either(before)})[ -]?(?P<b>{number})(?![\d%])(?![.,]\d)")
    if after:
        ways.append(rf"(?<![\d.,])(?P<a>{number})[ -]?(?:{either(after)})(?![^\W_{RUNS_ON}])")
    return re.compile("|".join(ways)) if ways else None


def _characters(dates: Dates) -> re.Pattern[str] | None:
    """Return the pattern of dates like 1998年7月3日, where the language marks each part."""
    if not (dates.year_suffixes and dates.month_suffixes and dates.day_suffixes):
        return None
    year, month, day = map(either, (dates.year_suffixes, dates.month_suffixes, dates.day_suffixes))
    y, m, d = rf"(?P<y>\d{{4}}) ?(?:{year})", rf"(?P<m>1[0-2]|0?[1-9]) ?(?:{month})", rf"(?P<d>[0-3]?\d) ?(?:{day})"
    m2, d2 = m.replace("<m>", "<m2>"), d.replace("<d>", "<d2>")
    # The month needs a year or a day beside it: 3月 alone is left to the month names, 3か月 to durations.
    return re.compile(rf"(?<!\d)(?:{y} ?{m}(?: ?{d})?|{m2} ?{d2})(?!間|간)")


@cache
def words_of(language: Language) -> DateWords:
    return DateWords(language)
