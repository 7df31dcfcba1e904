"""Make the faults that benchmarks/facts.py seeds into English sentences; None where a sentence has no place for one."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from functools import partial
from itertools import combinations

_NUMBER = re.compile(r"(?<![\w.,:$€£/-])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\w/-]|[.,:]\d|%)")
_ANY_NUMBER = re.compile(r"(?<![\w.,/:-])\d[\d,]*(?:\.\d+)?(?![\w/:-]|[.,]\d)")
_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
_MONTH = re.compile(rf"\b({'|'.join(m for m in _MONTHS if m not in ('May', 'March'))})\b")
_WITHIN_DATE = re.compile(rf"\d (?:{'|'.join(_MONTHS)}),? \d|(?:{'|'.join(_MONTHS)}) \d+,? \d")
_YEAR = re.compile(r"(?<![\w.,$€£/-])(19\d\d|20[0-2]\d)(?![\w/%-]|[.,]\d)")
_UNITS = {
    "kilometers": "meters", "kilometres": "metres", "km": "m", "miles": "yards", "kg": "g", "pounds": "ounces", "hours": "minutes",
    "minutes": "hours", "days": "weeks", "weeks": "months", "months": "weeks", "years": "months", "feet": "inches", "meters": "kilometers",
    "metres": "kilometres", "hectares": "acres", "tons": "pounds", "tonnes": "kilograms", "seconds": "hours", "mph": "knots",
}  # fmt: skip
_UNIT = re.compile(rf"(?<=\d )({'|'.join(_UNITS)})\b")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,}){1,2}(?=[ ,.'])")
_OTHERS = ("Miriam Castellan", "Harold Bexley", "Tove Lindqvist", "Joaquin Ferro", "Radek Novotny", "Priya Chandran")
_DIRECTIONS = {
    "rose": "fell", "fell": "rose", "increased": "decreased", "decreased": "increased", "more than": "less than", "less than": "more than",
    "before": "after", "after": "before", "higher": "lower", "lower": "higher", "increase": "decrease", "up": "down", "won": "lost", "lost": "won",
    "all": "none of", "first": "last", "above": "below", "rise": "fall", "gained": "lost", "allowed": "forbidden",
}  # fmt: skip
_QUANTITIES = {
    "all of": "some of", "all": "some", "every": "every other", "everyone": "someone", "everybody": "somebody", "everything": "nothing",
    "always": "sometimes", "never": "always", "sometimes": "always", "some": "all", "several": "all", "most of": "few of", "both": "one of the",
    "majority": "minority", "nobody": "everybody",
}  # fmt: skip
_QUANTITY = re.compile(rf"\b({'|'.join(_QUANTITIES)})\b(?! \d)")
_MODALS = {
    "must not": "need not", "must": "may", "has to": "may", "have to": "may", "need to": "may", "needs to": "may", "can": "must", "may": "must",
    "cannot": "need not", "required": "optional", "mandatory": "voluntary", "compulsory": "optional", "voluntary": "compulsory",
}  # fmt: skip
_MODAL = re.compile(rf"\b({'|'.join(_MODALS)})\b")
_OPPOSITES = {
    "north": "south", "northern": "southern", "south": "north", "southern": "northern", "east": "west", "eastern": "western", "west": "east",
    "western": "eastern", "largest": "smallest", "biggest": "smallest", "highest": "lowest", "lowest": "highest", "maximum": "minimum",
    "minimum": "maximum", "began": "ended", "begins": "ends", "starts": "ends", "public": "private", "private": "public",
    "positive": "negative", "negative": "positive", "better": "worse", "worse": "better", "improve": "worsen", "improved": "worsened",
    "opened": "closed", "closed": "opened", "buy": "sell", "bought": "sold", "sold": "bought", "accept": "reject", "accepted": "rejected",
    "approved": "rejected", "rejected": "approved", "added": "removed", "removed": "added", "include": "exclude", "included": "excluded",
    "allow": "forbid", "allowed": "forbidden", "banned": "allowed", "true": "false", "last": "first", "first": "last", "exports": "imports",
    "imports": "exports", "employees": "employers", "right-wing": "left-wing", "left-wing": "right-wing",
}  # fmt: skip
_OPPOSITE = re.compile(rf"\b({'|'.join(_OPPOSITES)})\b")
_NO_NAMES = "The|He|She|It|They|We|You|But|And|If|While|When|After|Sources|Police|Celebrity|Perhaps|So|Why|Please|This|That"
_FULL_NAME = rf"(?!(?:{_NO_NAMES})\b)[A-Z]\w+(?: [A-Z]\w+)*"
_ROLES = re.compile(rf"\b({_FULL_NAME}) (?!boss|says|was|is|has)([a-z]+(?:ed|s)|told|met) ({_FULL_NAME})\b(?!['’-])")
_DIRECTION = re.compile(rf"\b({'|'.join(_DIRECTIONS)})\b")
_NEGATE = re.compile(r"\b(is|are|was|were|will|can|should|would|could|must|has been|have been)\b(?! not)(?!n't)")


def _pick(pattern: re.Pattern[str], text: str, chance: random.Random) -> re.Match[str] | None:
    found = list(pattern.finditer(text))
    return chance.choice(found) if found else None


def _put(text: str, match: re.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]


def changed_digit(text: str, chance: random.Random) -> str | None:
    """Change one digit of a number of two digits or more."""
    match = _pick(_ANY_NUMBER, text, chance)
    if match is None or sum(c.isdigit() for c in match[0]) < 2:
        return None
    places = [i for i, c in enumerate(match[0]) if c.isdigit()]
    place = chance.choice(places)
    digit = chance.choice([d for d in "123456789" if d != match[0][place]])
    return _put(text, match, match[0][:place] + digit + match[0][place + 1 :])


def dropped_number(text: str, chance: random.Random) -> str | None:
    """Leave a number out."""
    match = _pick(_NUMBER, text, chance)
    return None if match is None else re.sub(r" {2,}", " ", _put(text, match, ""))


def appended_zero(text: str, chance: random.Random) -> str | None:
    """Write a zero behind a whole number."""
    match = _pick(_NUMBER, text, chance)
    if match is None or "." in match[0]:
        return None
    number = int(match[0].replace(",", "") + "0")
    return _put(text, match, f"{number:,}" if "," in match[0] else str(number))


def swapped_numbers(text: str, chance: random.Random) -> str | None:
    """Let two different numbers of a sentence trade places; "1918 September 29" says what "29 September 1918" does."""
    dates = [(m.start(), m.end()) for m in _WITHIN_DATE.finditer(text)]
    pairs = [
        (one, two)
        for one, two in combinations(_ANY_NUMBER.finditer(text), 2)
        if one[0] != two[0] and not any(start < one.end() and two.start() < end for start, end in dates)
    ]
    if not pairs:
        return None
    one, two = chance.choice(pairs)
    return text[: one.start()] + two[0] + text[one.end() : two.start()] + one[0] + text[two.end() :]


def changed_unit(text: str, chance: random.Random) -> str | None:
    """Write another unit."""
    match = _pick(_UNIT, text, chance)
    return None if match is None else _put(text, match, _UNITS[match[0]])


def changed_currency(text: str, chance: random.Random) -> str | None:
    """Write another currency sign before an amount."""
    match = _pick(re.compile(r"[$€£](?=\d)"), text, chance)
    return None if match is None else _put(text, match, {"$": "€", "€": "$", "£": "€"}[match[0]])


def changed_month(text: str, chance: random.Random) -> str | None:
    """Write another month."""
    match = _pick(_MONTH, text, chance)
    return None if match is None else _put(text, match, chance.choice([m for m in _MONTHS if m not in (match[0], "May", "March")]))


def changed_year(text: str, chance: random.Random) -> str | None:
    """Write another year, one to nine away."""
    match = _pick(_YEAR, text, chance)
    return None if match is None else _put(text, match, str(int(match[0]) - chance.randint(1, 9)))


def dropped_name(text: str, chance: random.Random) -> str | None:
    """Leave a name of two words or more out."""
    match = _pick(_NAME, text, chance)
    return None if match is None else re.sub(r" {2,}", " ", _put(text, match, ""))


def replaced_name(text: str, chance: random.Random) -> str | None:
    """Write somebody else's name."""
    match = _pick(_NAME, text, chance)
    return None if match is None else _put(text, match, chance.choice(_OTHERS))


def negated(text: str, chance: random.Random) -> str | None:
    """Negate a verb."""
    match = _pick(_NEGATE, text, chance)
    return None if match is None else _put(text, match, f"{match[0]} not")


def other_word(pattern: re.Pattern[str], others: Mapping[str, str], text: str, chance: random.Random) -> str | None:
    """Write another word of a list in place of one: the opposite, another quantity, "may" for "must"."""
    match = _pick(pattern, text, chance)
    return None if match is None else _put(text, match, others[match[0]])


def exchanged_roles(text: str, chance: random.Random) -> str | None:
    """Let two names trade places that only a verb parts."""
    match = _pick(_ROLES, text, chance)
    return None if match is None else _put(text, match, f"{match[3]} {match[2]} {match[1]}")


def left_as_it_was(source: str, target: str, chance: random.Random) -> str | None:
    """Return the target with a run of the source's words in place of its own; None for a short sentence."""
    words = source.split()
    parts, glue = (target.split(), " ") if " " in target else (list(target), "")
    if len(words) < 14:
        return None
    size = chance.randint(5, 8)
    first = chance.randint(0, len(words) - size)
    start, end = (round(len(parts) * place / len(words)) for place in (first, first + size))
    kept = (glue.join(parts[:start]), " ".join(words[first : first + size]), glue.join(parts[end:]))
    return " ".join(part for part in kept if part)


DAMAGES = {
    "digit": changed_digit,
    "drop": dropped_number,
    "zero": appended_zero,
    "swap": swapped_numbers,
    "unit": changed_unit,
    "currency": changed_currency,
    "month": changed_month,
    "year": changed_year,
    "name dropped": dropped_name,
    "name replaced": replaced_name,
    "negation": negated,
    "direction": partial(other_word, _DIRECTION, _DIRECTIONS),
    "quantity": partial(other_word, _QUANTITY, _QUANTITIES),
    "mode": partial(other_word, _MODAL, _MODALS),
    "opposite": partial(other_word, _OPPOSITE, _OPPOSITES),
    "roles": exchanged_roles,
}
