"""Find the pieces that numbers are made of: digit strings, number words, parts of compound words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from consistency.extractors._extractor import fold
from consistency.extractors._lexicon import Hit, Lexicon
from consistency.extractors._numerals import DIGITS, readings
from consistency.languages import Language, Numbers

Key = tuple[str, Decimal]


@dataclass(frozen=True, slots=True)
class Atom:
    """Name one piece of a number: digits, cardinal, digit (CJK), multiplier, fraction, ordinal, vague.

    others: further readings of digits, and of words for one or two, 한두; of a vague word, the multipliers it may be.
    magnitudes: further ones of a vague word (लाखों: hundreds of thousands, or "millions").
    """

    start: int
    end: int
    kind: str
    value: Decimal
    others: tuple[Decimal, ...] = ()
    magnitudes: tuple[Decimal, ...] = ()


class Spelling:
    """Hold the compiled number words of one language."""

    def __init__(self, numbers: Numbers, units: Iterable[str] = (), of: Iterable[str] = ()) -> None:
        """Compile the words.

        units: unit words and particles, some of which begin like a multiplier (千克, 兆瓦, 만큼).
        of: words between a share and what it is of ("a quarter of a million").
        """
        self.numbers = numbers
        table: dict[Key, tuple[str, ...]] = {}
        for kind, forms in (
            ("word", {0: numbers.not_numbers}),
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
        self.halves = frozenset(map(fold, numbers.halves))
        self.guarded = frozenset(map(fold, numbers.guarded))
        self.counting = _counting(numbers, units)
        self.units = frozenset(map(fold, units))
        scales = tuple(fold(word) for words in numbers.multipliers.values() for word in words)
        self.scaled_units = Lexicon({0: [word for word in units if fold(word).startswith(scales)]})
        self._compile_joints(numbers, of)

    def _compile_joints(self, numbers: Numbers, of: Iterable[str]) -> None:
        linkers, articles = _either(numbers.linkers), _either(numbers.articles)
        links, point = _either([*numbers.linkers, *of]), _either(numbers.point)
        article = rf"(?:(?:{articles})[ -])?"
        self.joint = re.compile(rf"[ -]?|[ -](?:{linkers})[ -]")
        self.linked = re.compile(rf"[ -]?(?:{linkers})[ -]?")
        self.numbered = re.compile(rf"(?:{_either(numbers.ordinal_prefixes)}) ?$")
        self.loose = re.compile(rf"[ -]?(?:(?:{linkers})[ -])?{article}")
        self.of = re.compile(rf"[ -]?(?:(?:{links})[ -])?{article}")
        gap = "" if any(len(w) == 1 for w in numbers.point) and numbers.digits else " "
        self.point = re.compile(rf"{gap}(?:{point}){gap}")  # five point two, 五点二


def _either(words: Iterable[str]) -> str:
    """Return a pattern of any of the words, the longest first; one that matches nothing where there are none."""
    return "|".join(re.escape(fold(w)) for w in sorted(words, key=len, reverse=True)) or "(?!)"


def _counting(numbers: Numbers, units: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of what tells behind a guarded word that it is a number: a unit, or the other end of a range."""
    cardinals = [word for forms in numbers.cardinals.values() for word in forms]
    counted, between, words = map(_either, (units, numbers.range_between, cardinals))
    return re.compile(rf" (?:(?:{counted})|(?:{between}) (?:\d|(?:{words})(?![^\W_])))(?![^\W_])")


def _counts(text: str, hit: Hit[Key], last: int, spelled: Spelling) -> bool:
    """Tell whether a guarded word stands where it can only be a number; last: where the number word before it ends."""
    if spelled.point.search(text[max(0, hit.start - 12) : hit.start]):
        return True
    apart = last != hit.start - 1 and not text[hit.start - 2 : hit.start - 1].isdigit()  # hai năm: two years
    return apart and spelled.counting.match(text, hit.end) is not None


@cache
def spelling(language: Language) -> Spelling:
    """Return the compiled number words of a language, compiled once."""
    units = [word for words in language.units.values() for word in words]
    of = [word for word in language.dates.linkers if word[0].isalpha() and len(word) <= 3]
    return Spelling(language.numbers, [*units, *language.numbers.counters], of)


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


def atoms_in(text: str, spelled: Spelling) -> list[list[Atom]]:
    """Return the atoms in the text, left to right; those of one compound word stay together."""
    found: list[list[Atom]] = []
    for match in DIGITS.finditer(text):
        values = readings(match[0], spelled.numbers)
        atom = Atom(match.start(), match.end(), "digits" if values else "odd", *_first(values))
        found.append([_vulgar(text, atom)])
    found += [[atom] for atom in _words_in(text, spelled)]
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
    return [atoms for atoms in kept if atoms[0].kind != "word"]  # 五十嵐 is a family


def _words_in(text: str, spelled: Spelling) -> Iterator[Atom]:
    last = -2
    for hit in spelled.words.find(text):
        if text[hit.start : hit.end] not in spelled.guarded or _counts(text, hit, last, spelled):
            last = hit.end
            either = "cardinal" if hit.keys[0][0] == "cardinal" else "multiplier"
            others = tuple(value for kind, value in hit.keys[either == "cardinal" :] if kind == either)
            magnitudes = tuple(value for kind, value in hit.keys[1:] if kind == "vague")
            yield Atom(hit.start, hit.end, *hit.keys[0], others, magnitudes)


def _number_of(parts: tuple[Atom, ...] | None) -> list[Atom]:
    """Return the atoms of a compound that is a number, without the unit at its end; [] where it is none."""
    if not parts or len(parts) < 2 or parts[0].kind in ("multiple", "linker"):
        return []
    numbers = list(parts[:-1] if parts[-1].kind == "unit" else parts)
    return numbers if numbers[-1].kind != "linker" else []  # a linker only links: Italian "eventi" is not "e|venti"


def _first(values: tuple[Decimal, ...]) -> tuple[Decimal, tuple[Decimal, ...]]:
    return (values[0], values[1:]) if values else (Decimal(0), ())


def _vulgar(text: str, atom: Atom) -> Atom:
    """Return the digits with a fraction character beside them added: 2½, and ½2 as right-to-left scripts may type it."""
    for start, end, place in ((atom.start, atom.end + 1, atom.end), (atom.start - 1, atom.end, atom.start - 1)):
        mark = text[place : place + 1] if place >= 0 else ""
        share = unicodedata.numeric(mark, 0) if mark and unicodedata.category(mark) == "No" else 0
        if atom.kind == "digits" and 0 < share < 1:
            return replace(atom, start=start, end=end, value=atom.value + Decimal(str(share)), others=())
    return atom
