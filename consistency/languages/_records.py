"""Define what a language data file may say: one record a table, every key with its meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

Forms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Numbers:
    """Hold how a language writes numbers.

    decimal, group: separators; " " in `group` stands for every space character.
    compound: number words are written together; unit_first: one-and-twenty.
    linkers: words inside a number ("and"); articles: forms of "one" that are mostly not numbers.
    cardinals, ordinals: number → every inflected form; multipliers: 10 (only where it multiplies, as in
        "kaksikymmentä" or 十), 100, 1000 …; suffixes: glued to digits (k, bn); fractions, multiples ("twice").
    vague: magnitude → plural nouns without a count ("hundreds of").
    digits: single-character numerals (一 二 …), read positionally or with multipliers.
    version_cues: words before a number that make it a version ("firmware 3.1").
    loose_suffixes: behind digits that state no figure of the text (20代, "in the twenties").
    not_numbers: words that hold number words and state none (五十嵐).
    shared: forms that more often mean something else ("second", "mal"); they answer a fact, never ground one.
    minus: words before a negative number; with "…" in front, behind it (…below zero).
    guarded: forms that are mostly no number (Vietnamese năm, five or year): read before a unit, a counter or the other
        end of a range, or behind a spelled point.
    halves: words that add a half right behind a unit, counter or scale word (半, rưỡi).
    """

    decimal: str = "."
    group: Forms = (",", " ")
    compound: bool = False
    unit_first: bool = False
    linkers: Forms = ()
    articles: Forms = ()
    shared: Forms = ()
    guarded: Forms = ()
    halves: Forms = ()
    not_numbers: Forms = ()
    minus: Forms = ()
    point: Forms = ()
    cardinals: Mapping[int, Forms] = field(default_factory=dict)
    digits: Mapping[int, Forms] = field(default_factory=dict)
    multipliers: Mapping[int, Forms] = field(default_factory=dict)
    suffixes: Mapping[int, Forms] = field(default_factory=dict)
    ordinals: Mapping[int, Forms] = field(default_factory=dict)
    ordinal_suffixes: Forms = ()
    ordinal_prefixes: Forms = ()
    fractions: Mapping[Fraction, Forms] = field(default_factory=dict)
    multiples: Mapping[int, Forms] = field(default_factory=dict)
    multiple_suffixes: Forms = ()
    multiple_prefixes: Forms = ()
    vague: Mapping[int, Forms] = field(default_factory=dict)
    out_of: Forms = ()
    range_between: Forms = ()
    counters: Forms = ()
    loose_suffixes: Forms = ()
    version_cues: Forms = ()


@dataclass(frozen=True, slots=True)
class Dates:
    """Hold how a language writes dates.

    months: 12, weekdays: 7 (Monday first) tuples of every inflected form and abbreviation.
    ambiguous: forms among them that are also other words ("may"): read only next to a day or a year.
    capitalised: months are written with a capital, so that "may" is none.
    linkers: words and marks inside a date; order: of dates in digits, "dmy", "mdy" or "ymd".
    year_suffixes …: 年 月 日 and the like; decade_*, century_*: what follows or precedes the number.
    decades: words that name a decade without its century: 90 → "nineties"; they answer a fact, never ground one.
    eves: words beside a weekday or day that say the night before it ("в ночь на вторник" is Monday night).
    century_names: words with a capital that name a century: 18 → "Settecento"; written small they are numbers.
    bc: era marks; eras: name → year of its year 0 (令和 → 2018, 民國 → 1911, พ.ศ. → -543).
    """

    months: tuple[Forms, ...] = ()
    weekdays: tuple[Forms, ...] = ()
    ambiguous: Forms = ()
    capitalised: bool = False
    linkers: Forms = ()
    order: str = "dmy"
    year_suffixes: Forms = ()
    month_suffixes: Forms = ()
    day_suffixes: Forms = ()
    decade_suffixes: Forms = ()
    decade_prefixes: Forms = ()
    decades: Mapping[int, Forms] = field(default_factory=dict)
    century_names: Mapping[int, Forms] = field(default_factory=dict)
    century_suffixes: Forms = ()
    century_prefixes: Forms = ()
    quarter_suffixes: Forms = ()
    quarter_prefixes: Forms = ()
    eves: Forms = ()
    bc: Forms = ()
    eras: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Times:
    """Hold how a language writes the time of day.

    prefixes: words before a time; clocks: those among them that make a bare hour one (klo 15, ساعت ۷).
    half_next, half_past: "half" beside an hour (halb vier, 三点半); shifts_before, shifts_after: minutes → words beside an
        hour that add or take them, besides the halves (15: "quarter past", -15: "παρά τέταρτο", -45: "четверть десятого").
    """

    am: Forms = ()
    pm: Forms = ()
    hour_suffixes: Forms = ()
    minute_suffixes: Forms = ()
    prefixes: Forms = ()
    clocks: Forms = ()
    noon: Forms = ()
    midnight: Forms = ()
    half_next: Forms = ()
    half_past: Forms = ()
    shifts_before: Mapping[int, Forms] = field(default_factory=dict)
    shifts_after: Mapping[int, Forms] = field(default_factory=dict)
    separators: Forms = (":",)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Hold the words that bound a quantity; before and after the number: bound → forms."""

    before: Mapping[str, Forms] = field(default_factory=dict)
    after: Mapping[str, Forms] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Polarity:
    """Hold the words of negation and direction.

    negation: negators; negative_prefixes are not listed: a lexicalised negative is not a negation.
    implied: words that negate by their meaning ("without", "unable", "refused"); they answer another copy's
        negation and never ground a claim.
    affixes: parts of words that negate and, like implied words, only answer: "не-" begins a word, "不" may stand
        anywhere.
    opposites: axis → the forms of each of its poles, of which any two contradict: more/less, always/sometimes/never;
        a form that may be either stands in both.
    subject_first: of two names around a verb the first is the subject, by order alone: no case, no verb-second clause, no
        noun between names without a preposition or article (a language that writes "Lee trainer Lyon").
    links: words between two names that may turn that order: passives, prepositions, verbs that go both ways ("met").
    """

    negation: Forms = ()
    pseudo: Forms = ()
    implied: Forms = ()
    affixes: Forms = ()
    subject_first: bool = False
    links: Forms = ()
    opposites: Mapping[str, tuple[Forms, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Segmentation:
    """Hold what keeps a sentence together: abbreviations, words that continue it after a closing quote, and whether
    "3." is an ordinal, so that a capital after it begins no sentence.
    """

    abbreviations: Forms = ()
    continues: Forms = ()
    ordinal_dot: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """Hold what is known of names: endings that inflect them, words that look like names and are none.

    exonyms: ISO country code → forms; others (continents, unions) under their own key.
    acronyms: key → forms of organisations that are re-abbreviated (UN: ONU, ООН, 国連).
    generic: common words that names of institutions and works are made of (press, league), besides not_names.
    capitalised_nouns: every noun has a capital, so that a capital alone marks no name.
    """

    capitalised_nouns: bool = False
    generic: Forms = ()
    endings: Forms = ()
    not_names: Forms = ()
    titles: Forms = ()
    exonyms: Mapping[str, Forms] = field(default_factory=dict)
    acronyms: Mapping[str, Forms] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """Hold everything known of one language; see the nested records. Compared and hashed by identity.

    spaces: words are parted by spaces; units, currencies: canonical key → every inflected form.
    """

    tag: str
    name: str = ""
    spaces: bool = True
    supported: bool = True
    numbers: Numbers = Numbers()
    dates: Dates = Dates()
    times: Times = Times()
    bounds: Bounds = Bounds()
    polarity: Polarity = Polarity()
    segmentation: Segmentation = Segmentation()
    names: Names = Names()
    units: Mapping[str, Forms] = field(default_factory=dict)
    currencies: Mapping[str, Forms] = field(default_factory=dict)
