"""Compose numbers from digit strings and number words, by one rule for every language.

An atom adds itself where it is smaller than the last non-zero place of what stands before it (100 + 30,
20 + 1); a multiplier multiplies the part below it (302 × 10 is 3 hundred 2 ten = 320; 250 × 1000). With the
words as data this reads двадцать пять, einundzwanzig, 3億5000万, 5 lakh crore and "two and a half million".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from consistency.extractors._extractor import fold
from consistency.extractors._lexicon import RUNS_ON_CHARACTER, Lexicon
from consistency.extractors._numerals import DIGITS, readings
from consistency.languages import Language, Numbers

Key = tuple[str, Decimal]


@dataclass(frozen=True, slots=True)
class Atom:
    """Name one piece of a number: digits, cardinal, digit (CJK), multiplier, fraction, ordinal, vague."""

    start: int
    end: int
    kind: str
    value: Decimal
    others: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Numeral:
    """Name one number in the text.

    kind: number, ordinal, fraction, vague, multiple (fünffach), odd (digits that are no number: 1.234.56).
    counted: False for scale words alone ("several thousand"); unit: written in the same word (fünfjährig).
    others: further readings; spelled: no digit in it; scaled: ends in a scale word; atoms: how many words;
    positional: digits written as words, 二〇二四.
    """

    start: int
    end: int
    value: Decimal
    kind: str = "number"
    others: tuple[Decimal, ...] = ()
    spelled: bool = False
    scaled: bool = False
    atoms: int = 1
    positional: bool = False
    high: Decimal | None = None
    counted: bool = True
    unit: str = ""


class Spelling:
    """Hold the compiled number words of one language."""

    def __init__(self, numbers: Numbers, units: Iterable[str] = ()) -> None:
        """Compile the words; units: unit words and particles, some of which begin like a multiplier (千克, 兆瓦, 만큼)."""
        self.numbers = numbers
        table: dict[Key, tuple[str, ...]] = {}
        for kind, forms in (
            ("vague", numbers.vague),
            ("cardinal", numbers.cardinals),
            ("digit", numbers.digits),
            ("multiplier", numbers.multipliers),
            ("ordinal", numbers.ordinals),
        ):
            table |= {(kind, Decimal(value)): words for value, words in forms.items()}
        for share, words in numbers.fractions.items():
            table[("fraction", Decimal(share.numerator) / Decimal(share.denominator))] = words
        self.words: Lexicon[Key] = Lexicon(table)
        self.compounds = _compound_pattern(self.words.keys, numbers) if numbers.compound else None
        self.pieces = _tails((*units, *numbers.counters)) | _pieces(self.words.keys, numbers) if numbers.compound else {}
        self.shared = frozenset(map(fold, numbers.shared))
        scales = tuple(fold(word) for words in numbers.multipliers.values() for word in words)
        self.scaled_units = Lexicon({0: [word for word in units if fold(word).startswith(scales)]})
        linkers = "|".join(re.escape(fold(w)) for w in sorted(numbers.linkers, key=len, reverse=True))
        articles = "|".join(re.escape(fold(w)) for w in sorted(numbers.articles, key=len, reverse=True))
        self.joint = re.compile(rf"[ -]?|[ -](?:{linkers})[ -]" if linkers else r"[ -]?")
        self.linked = re.compile(rf"[ -]?(?:{linkers or '(?!)'})[ -]?")
        prefixes = "|".join(re.escape(fold(w)) for w in numbers.ordinal_prefixes)
        self.numbered = re.compile(rf"(?:{prefixes}) ?$") if prefixes else re.compile("(?!)")
        self.loose = re.compile(
            rf"[ -]?(?:(?:{linkers or '(?!)'})[ -])?(?:(?:{articles or '(?!)'})[ -])?"
        )


@cache
def spelling(language: Language) -> Spelling:
    """Return the compiled number words of a language, compiled once."""
    units = [word for words in language.units.values() for word in words]
    return Spelling(language.numbers, [*units, *language.numbers.counters])


def _tails(units: Iterable[str]) -> dict[str, Key]:
    """Return the unit words that may end a number word, listed with a hyphen: achtzehn-jährig (but not stu-dnia)."""
    return {fold(form[1:]): ("unit", Decimal(0)) for form in units if form.startswith("-")}


def _pieces(words: dict[str, tuple[Key, ...]], numbers: Numbers) -> dict[str, Key]:
    usable = {
        form: key
        for form, keys in words.items()
        for key in keys
        if key[0] in ("cardinal", "multiplier", "ordinal", "fraction") and form.isalpha() and len(form) > 1
    }
    tails = {fold(w): ("multiple", Decimal(0)) for w in numbers.multiple_suffixes if w.isalpha() and len(w) > 2}
    return tails | usable | {fold(w): ("linker", Decimal(0)) for w in numbers.linkers}


def _compound_pattern(words: dict[str, tuple[Key, ...]], numbers: Numbers) -> re.Pattern[str] | None:
    forms = sorted(_pieces(words, numbers), key=len, reverse=True)
    if not forms:
        return None
    either = "|".join(map(re.escape, forms))
    return re.compile(rf"(?<![^\W_])(?=(?:{either}))[^\W\d_]{{4,60}}(?![^\W_])")


def _split(word: str, pieces: dict[str, Key], start: int) -> tuple[Atom, ...] | None:
    """Return the atoms that a compound word consists of, longest pieces first; None where it does not."""
    dead: set[int] = set()

    def walk(at: int) -> tuple[Atom, ...] | None:
        if at == len(word):
            return ()
        if at in dead:
            return None
        for end in range(len(word), at, -1):
            key = pieces.get(word[at:end])
            rest = walk(end) if key and (key[0] != "unit" or (at and end == len(word))) else None
            if key and rest is not None:
                return (Atom(start + at, start + end, key[0], key[1]), *rest)
        dead.add(at)
        return None

    return walk(0)


def _atoms(text: str, spelled: Spelling) -> list[list[Atom]]:
    """Return the atoms in the text, left to right; those of one compound word stay together."""
    found: list[list[Atom]] = []
    for match in DIGITS.finditer(text):
        values = readings(match[0], spelled.numbers)
        atom = Atom(match.start(), match.end(), "digits" if values else "odd", *_first(values))
        found.append([_vulgar(text, atom)])
    found += [[Atom(h.start, h.end, *h.keys[0], tuple(v for k, v in h.keys if k == "multiplier"))] for h in spelled.words.find(text)]
    for match in re.finditer("[¼½¾⅐-⅞]", text):
        if match.start() == 0 or not text[match.start() - 1].isdigit():
            found.append([Atom(match.start(), match.end(), "fraction", Decimal(str(unicodedata.numeric(match[0]))))])
    if spelled.compounds:
        for match in spelled.compounds.finditer(text):
            if parts := _number_of(_split(match[0], spelled.pieces, match.start())):
                found.append(parts)
    found.sort(key=lambda atoms: (atoms[0].start, -atoms[-1].end))
    kept: list[list[Atom]] = []
    for atoms in found:
        if not kept or atoms[0].start >= kept[-1][-1].end:
            kept.append(atoms)
    return kept


def _number_of(parts: tuple[Atom, ...] | None) -> list[Atom]:
    """Return the atoms of a compound that is a number, without the unit at its end; [] where it is none."""
    if not parts or len(parts) < 2 or parts[0].kind in ("multiple", "linker"):
        return []
    numbers = list(parts[:-1] if parts[-1].kind == "unit" else parts)
    return numbers if numbers[-1].kind != "linker" else []  # a linker only links: Italian "eventi" is not "e|venti"


def _first(values: tuple[Decimal, ...]) -> tuple[Decimal, tuple[Decimal, ...]]:
    return (values[0], values[1:]) if values else (Decimal(0), ())


def _vulgar(text: str, atom: Atom) -> Atom:
    """Return the digits with a fraction character behind them added: 2½."""
    mark = text[atom.end : atom.end + 1]
    if atom.kind != "digits" or not mark or unicodedata.category(mark) != "No" or mark in "²³¹":
        return atom
    share = unicodedata.numeric(mark)
    if not 0 < share < 1:
        return atom
    return replace(atom, end=atom.end + 1, value=atom.value + Decimal(str(share)), others=())


def numerals(text: str, language: Language) -> Iterator[Numeral]:
    """Yield every number in folded text, left to right."""
    spelled = spelling(language)
    flat = [atom for atoms in _atoms(text, spelled) for atom in atoms]
    index = 0
    while index < len(flat):
        numeral, index = _compose(text, flat, index, spelled)
        if numeral is not None:
            yield numeral


def _compose(text: str, atoms: list[Atom], index: int, spelled: Spelling) -> tuple[Numeral | None, int]:
    first = atoms[index]
    if first.kind in ("linker", "multiple"):
        return None, index + 1
    numeral = _begin(first)
    previous, index = first, index + 1
    while index < len(atoms):
        step = index
        if atoms[step].kind == "linker" and atoms[step].start == previous.end and step + 1 < len(atoms):
            step += 1
        grown = _extend(numeral, previous, atoms[step], text, spelled)
        if grown is None:
            break
        numeral, previous, index = grown, atoms[step], step + 1
    return numeral, index


def _begin(atom: Atom) -> Numeral:
    kinds = {"ordinal": "ordinal", "fraction": "fraction", "vague": "vague", "odd": "odd"}
    return Numeral(
        atom.start,
        atom.end,
        atom.value,
        kinds.get(atom.kind, "number"),
        atom.others if atom.kind == "digits" else (),
        spelled=atom.kind != "digits",
        scaled=atom.kind == "multiplier",
        counted=atom.kind != "multiplier",
    )


def _extend(number: Numeral, previous: Atom, atom: Atom, text: str, spelled: Spelling) -> Numeral | None:
    """Return the number with one more atom; None where the atom belongs to another number."""
    gap = text[previous.end : atom.start]
    if atom.kind == "multiple" and not gap:
        return replace(number, kind="multiple", end=atom.end)
    if atom.kind == "multiple" or "\n" in gap or len(gap) > 12 or number.kind in ("odd", "vague", "ordinal", "multiple"):
        return None
    if atom.kind == "multiplier" or (atom.kind == "vague" and atom.others):
        if not number.spelled and spelled.numbered.search(text[max(0, number.start - 6) : number.start]):
            return None  # 제3조 is article 3, not the three trillionth
        if not gap and not number.spelled and (unit := spelled.scaled_units.at(text, atom.start)) and unit.end > atom.end:
            return None  # 兆瓦 is a megawatt
        return _multiply(number, atom, gap, spelled)
    if number.kind == "fraction":
        return None
    if atom.kind == "fraction":
        if previous.kind != "fraction" and gap and spelled.loose.fullmatch(gap) and gap.strip(" -"):
            of = previous.value if previous.kind == "multiplier" and previous.value >= 1000 else 1
            return _grown(number, atom, number.value + atom.value * of)  # "un million et demi" is 1.5 million
        return None
    return _add(number, previous, atom, text, spelled)


def _multiply(number: Numeral, atom: Atom, gap: str, spelled: Spelling) -> Numeral | None:
    factor = atom.others[0] if atom.kind == "vague" else atom.value
    joint = spelled.loose if number.kind == "fraction" else spelled.joint
    if not joint.fullmatch(gap):
        return None
    low = number.value % factor
    if low == 0 and (number.value > 0 and _place(number.value) <= factor):
        return None
    scaled, above = (low or Decimal(1)) * factor.normalize(), number.value - low
    value = above + scaled if above else scaled  # 8.4 million keeps its exponent, which says how exact it is
    others = tuple(other * factor for other in number.others)
    return _grown(replace(number, kind="number", others=others), atom, value, scaled=True)


def _add(number: Numeral, previous: Atom, atom: Atom, text: str, spelled: Spelling) -> Numeral | None:
    value, gap = atom.value, text[previous.end : atom.start]
    if atom.kind == "digit" and previous.kind == "digit" and not gap:
        return _grown(replace(number, positional=True), atom, number.value * 10 + value)
    if atom.kind == "digits":
        # 1万2500, and 1 万 6 千 as some write it; in scripts with spaces "2 million 38 …" are two numbers
        if previous.kind != "multiplier" or (gap and not (gap == " " and not number.spelled and RUNS_ON_CHARACTER.match(text[previous.start]))):
            return None
        return _grown(number, atom, number.value + value) if value < _place(number.value) else None
    if gap and not number.spelled:  # "3.5 billion and two cars" are two numbers
        return None
    if previous.kind == "digits" or not spelled.joint.fullmatch(gap) and not spelled.linked.fullmatch(gap):
        return None
    if atom.kind == "ordinal" and gap == " " and text[atom.start : atom.end] in spelled.shared:
        return None  # "trente secondes", "tjugo andra": thirty seconds, twenty others
    kind = "ordinal" if atom.kind == "ordinal" else number.kind
    if spelled.numbers.unit_first and number.value < 10 and number.value == previous.value and spelled.linked.fullmatch(gap):
        if 20 <= value < 100 and value % 10 == 0:
            return _grown(replace(number, kind=kind), atom, number.value + value)
        return None
    if _inverted_tail(number, previous, value, gap, spelled):
        return _grown(replace(number, kind=kind), atom, number.value + value)
    if value == 0 or number.value == 0 or value >= _place(number.value):
        return None
    return _grown(replace(number, kind=kind), atom, number.value + value)


def _inverted_tail(number: Numeral, previous: Atom, value: Decimal, gap: str, spelled: Spelling) -> bool:
    """Tell whether a ten follows its unit inside a longer number: hundert|ein|und|zwanzig."""
    linked = spelled.numbers.unit_first and spelled.linked.fullmatch(gap)
    return bool(linked and previous.value < 10 and previous.kind == "cardinal" and 20 <= value < 100 and value % 10 == 0)


def _grown(number: Numeral, atom: Atom, value: Decimal, scaled: bool | None = None) -> Numeral:
    return replace(
        number,
        end=atom.end,
        value=value,
        spelled=number.spelled and atom.kind != "digits",
        scaled=number.scaled if scaled is None else scaled,
        atoms=number.atoms + 1,
        counted=number.counted or atom.kind != "multiplier",
    )


def _place(value: Decimal) -> Decimal:
    """Return the last non-zero place of a whole number: 320 → 10; 1 where it is no whole number."""
    if value != value.to_integral_value() or value == 0:
        return Decimal(1)
    digits = int(value)
    place = 1
    while digits % 10 == 0:
        digits //= 10
        place *= 10
    return Decimal(place)
