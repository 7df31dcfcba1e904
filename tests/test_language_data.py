"""Hold the language data against CLDR: every form of CLDR is read as what it says, or the departure is listed with its reason."""

import pytest

from consistency.extractors._extractor import fold
from consistency.facts import read_facts
from consistency.languages import load_language, supported
from consistency.readers._load import from_text
from consistency.records import Clock
from tests.facts_of import facts_of

pytest.importorskip("babel")
from babel import Locale, localedata
from babel.core import UnknownLocaleError
from babel.numbers import format_percent, get_currency_name
from babel.units import format_unit

# Our unit → CLDR's. Centuries are left out: "1 century" is read as a date, the first century.
UNITS = {
    "second": "duration-second", "millisecond": "duration-millisecond", "minute": "duration-minute", "hour": "duration-hour",
    "day": "duration-day", "week": "duration-week", "month": "duration-month", "year": "duration-year", "decade": "duration-decade",
    "metre": "length-meter", "kilometre": "length-kilometer", "centimetre": "length-centimeter", "millimetre": "length-millimeter",
    "mile": "length-mile", "nautical_mile": "length-nautical-mile", "yard": "length-yard", "foot": "length-foot",
    "inch": "length-inch", "light_year": "length-light-year", "square_metre": "area-square-meter",
    "square_kilometre": "area-square-kilometer", "hectare": "area-hectare", "acre": "area-acre", "litre": "volume-liter",
    "millilitre": "volume-milliliter", "cubic_metre": "volume-cubic-meter", "gallon": "volume-gallon", "gram": "mass-gram",
    "kilogram": "mass-kilogram", "milligram": "mass-milligram", "tonne": "mass-tonne", "pound_mass": "mass-pound", "ounce": "mass-ounce",
    "kilometre_per_hour": "speed-kilometer-per-hour", "mile_per_hour": "speed-mile-per-hour", "celsius": "temperature-celsius",
    "fahrenheit": "temperature-fahrenheit", "watt": "power-watt", "kilowatt": "power-kilowatt", "megawatt": "power-megawatt",
    "kilowatt_hour": "energy-kilowatt-hour", "byte": "digital-byte", "kilobyte": "digital-kilobyte", "megabyte": "digital-megabyte",
    "gigabyte": "digital-gigabyte", "terabyte": "digital-terabyte", "pixel": "graphics-pixel", "per_mille": "concentr-permille",
}  # fmt: skip
COUNTS = (2, 5)  # both plural categories of the Slavic languages; "one" is often an article, or not written
SPACES = str.maketrans("\u00a0\u202f’", "  '")

# language, table, keys, reason
# fmt: off
DEPARTURES = (
    ("ar", "units", "kilowatt_hour megawatt millisecond", "CLDR spells the prefix as a word of its own, the press joins it"),
    ("el", "units", "kilobyte megabyte gigabyte terabyte pixel", "English words in CLDR; Greek text writes the symbols or μεγαμπάιτ"),
    ("en", "units", "per_mille", "\"permille\" is rare: \"per mille\" and the sign are read"),
    ("fa", "units", "per_mille", "also the ordinal, thousandth"),
    ("fa", "units", "pound_mass", "pounds are money unless a symbol says weight"),
    ("fi", "units", "gallon", "CLDR writes \"am.\", American, between the number and the unit"),
    ("fr", "units", "kilowatt_hour", "CLDR's plural; French writes kilowattheures"),
    ("fr", "units", "pound_mass", "livres are money, or books"),
    ("it", "units", "decade", "CLDR's plural \"decadi\"; Italian writes decenni"),
    ("ja", "units", "decade", "十年 behind digits is not Japanese: 2 十年"),
    ("ja", "units", "per_mille", "the word is rare, the sign is read"),
    ("ja", "currencies", "AED AUD BRL CAD CHF CZK DKK HUF IDR INR MXN NOK NZD PLN RUB SAR SEK SGD THB TRY UAH VND ZAR", "CLDR parts country and currency by a space, Japanese text does not"),
    ("ja", "currencies", "CNY KRW", "the press writes 人民元, ウォン without the country"),
    ("ko", "units", "decade", "CLDR has no Korean form: the root's letters"),
    ("la", "separators", "decimal group", "CLDR gives the root's English marks; Latin texts of today follow the continent"),
    ("la", "months", "stand-alone-3 stand-alone-6 stand-alone-7 stand-alone-8", "also names of men (Iulius, Augustus) and of a god's"),
    ("la", "weekdays", "stand-alone-6", "Dominica alone is also a country"),
    ("la", "units", "acre byte day decade inch mile_per_hour month week year", "CLDR has no Latin form: the root's letters"),
    ("la", "currencies", "GBP", "CLDR does not decline it"),
    ("nl", "units", "inch pound_mass", "English plurals in CLDR; pounds are money unless a symbol says weight"),
    ("ru", "units", "gallon", "CLDR writes «амер.», American, between the number and the unit"),
    ("sa", "units", "acre byte day decade inch mile_per_hour month week year", "CLDR has no Sanskrit form: the root's letters"),
    ("sv", "units", "acre mile mile_per_hour pound_mass", "the press writes acre and engelsk mil; pund are money"),
    ("tr", "units", "mile_per_hour", "the press writes \"saatte … mil\" and mph"),
    ("uk", "units", "kilometre_per_hour mile_per_hour", "CLDR writes «за годину», the press «на годину»"),
    ("uk", "units", "tonne", "CLDR's «метрична тонна» is bookish: тонна and т are read"),
)
# fmt: on


def cldr(lang):
    """Return CLDR's locale; the cache is emptied first, because in Babel 2.18 data leak from one locale into the next."""
    localedata._cache.clear()
    try:
        return Locale.parse(lang)
    except UnknownLocaleError:
        pytest.skip(f"CLDR does not know {lang}")


def compare(lang, table, found):
    """Hold the departures found (key → CLDR's form) against the list, in both directions."""
    listed = " ".join(keys for where, what, keys, _ in DEPARTURES if (where, what) == (lang, table)).split()
    assert found == {key: found.get(key, "departs no longer: take it off the list") for key in listed}


def unread(lang, forms):
    """Return the first form of each key that is not read with this key as its unit; forms: (key, text) pairs.

    An hour may be read as a time of day, which equals it.
    """
    document = from_text("\n".join(text for _, text in forms), lang=lang, format="lines")
    seen = {
        (document.position(fact.span.start).line, value)
        for fact in read_facts(document)
        for value in (fact.value, *fact.readings)
    }
    units = {
        (line, "hour" if isinstance(value, Clock) else getattr(value, "unit", None)) for line, value in seen
    }
    missed = [form for line, form in enumerate(forms, 1) if (line, form[0]) not in units]
    return dict(reversed(missed))


def unit_forms(locale, key):
    """Return CLDR's long forms with the numbers of COUNTS; the short ones where the long are inherited."""
    for length in ("long", "short"):
        forms = [format_unit(count, key, length, locale=locale) for count in COUNTS]
        if not any(key in form for form in forms):
            return [
                form for form in forms if any(c.isdigit() for c in form)
            ]  # duals are written without a number
    return []


@pytest.mark.parametrize("lang", supported())
def test_separators(lang):
    locale, numbers = cldr(lang), load_language(lang).numbers
    symbols = locale.number_symbols.get("latn", locale.number_symbols)
    found = {} if symbols["decimal"] == numbers.decimal else {"decimal": symbols["decimal"]}
    if symbols["group"].translate(SPACES) not in numbers.group:
        found["group"] = symbols["group"]
    compare(lang, "separators", found)


@pytest.mark.parametrize("lang", supported())
@pytest.mark.parametrize("table", ["months", "weekdays"])
def test_names_of_months_and_days(lang, table):
    locale, dates = cldr(lang), load_language(lang).dates
    names, ours, first = (
        (locale.months, dates.months, 1) if table == "months" else (locale.days, dates.weekdays, 0)
    )
    found = {
        f"{context}-{index}": name
        for context in ("format", "stand-alone")
        for index, name in names[context]["wide"].items()
        if fold(name) not in {fold(form) for form in ours[index - first]}
    }
    compare(lang, table, found)


@pytest.mark.parametrize("lang", supported())
def test_units(lang):
    locale = cldr(lang)
    forms = [(unit, form) for unit, key in UNITS.items() for form in unit_forms(locale, key)]
    compare(lang, "units", unread(lang, forms))


@pytest.mark.parametrize("lang", supported())
def test_currencies(lang):
    locale = cldr(lang)
    codes = [key for key in load_language(lang).currencies if len(key) == 3]
    names = [
        (code, count, get_currency_name(code, count, locale=locale)) for code in codes for count in COUNTS
    ]
    compare(
        lang,
        "currencies",
        unread(lang, [(code, f"{count} {name}") for code, count, name in names if name != code]),
    )


@pytest.mark.parametrize("lang", supported())
def test_percent(lang):
    text = format_percent(0.25, locale=cldr(lang))
    assert [(f.kind, f.value.number) for f in facts_of(lang, text)] == [("percent", 25)]


def test_every_departure_has_a_reason_and_a_language():
    assert (
        {lang for lang, _, _, reason in DEPARTURES if reason}
        == {lang for lang, *_ in DEPARTURES}
        <= set(supported())
    )
