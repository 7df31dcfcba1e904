"""Compose numbers from digit strings and number words, by one rule for every language.

An atom adds itself where it is smaller than the last non-zero place of what stands before it (100 + 30,
20 + 1); a multiplier multiplies the part below it (302 × 10 is 3 hundred 2 ten = 320; 250 × 1000). With the
words as data this reads двадцать пять, einundzwanzig, 3億5000万, 5 lakh crore and "two and a half million".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from consistency.extractors._atoms import Atom, Spelling, atoms_in, spelling
from consistency.extractors._lexicon import RUNS_ON_CHARACTER
from consistency.languages import Language


@dataclass(frozen=True, slots=True)
class Numeral:
    """Name one number in the text.

    kind: number, ordinal, fraction, vague, multiple (fünffach), odd (digits that are no number: 1.234.56).
    counted: False for scale words alone ("several thousand"); unit: written in the same word (fünfjährig).
    scale: of the scale word at its end, else 1.
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
    scale: Decimal = Decimal(1)


@lru_cache(4)
def numerals(text: str, language: Language) -> tuple[Numeral, ...]:
    """Return every number in folded text, left to right; times ask for them, and numbers again where there was none."""
    spelled = spelling(language)
    flat = [atom for atoms in atoms_in(text, spelled) for atom in atoms]
    found = []
    index = 0
    while index < len(flat):
        numeral, index = _compose(text, flat, index, spelled)
        if numeral is not None:
            found.append(numeral)
    return tuple(found)


def _compose(text: str, atoms: list[Atom], index: int, spelled: Spelling) -> tuple[Numeral | None, int]:
    first = atoms[index]
    if first.kind in ("linker", "multiple"):
        return None, index + 1
    numeral = _begin(first)
    previous, index = first, index + 1
    decimals = _decimals(text, first, atoms, index, spelled)
    if decimals:
        value = first.value + Decimal("0." + "".join(str(atom.value) for atom in decimals))
        previous, index = decimals[-1], index + len(decimals)
        numeral = replace(numeral, end=previous.end, value=value, atoms=1 + len(decimals))
    while index < len(atoms):
        step = index
        if atoms[step].kind == "linker" and atoms[step].start == previous.end and step + 1 < len(atoms):
            step += 1
        grown = _extend(numeral, previous, atoms[step], text, spelled)
        if grown is None:
            break
        numeral, previous, index = grown, atoms[step], step + 1
    return numeral, index


def _decimals(text: str, first: Atom, atoms: list[Atom], index: int, spelled: Spelling) -> list[Atom]:
    """Return the digits in words behind a spelled point: "five point two", 五点二; [] where none is written.

    index: of the atom behind `first`; a slice for each of them would be quadratic.
    """
    found: list[Atom] = []
    end = first.end
    for atom in map(atoms.__getitem__, range(index, len(atoms) if first.kind in ("cardinal", "digit") else index)):
        gap = text[end : atom.start]
        joined = gap == ("" if atom.kind == "digit" else " ") if found else spelled.point.fullmatch(gap) is not None
        if atom.kind == "multiplier" and not gap and found and atom.value < 10000:
            return []  # 五点二十: five and twenty
        if not joined or atom.kind not in ("cardinal", "digit") or atom.value >= 10:
            break
        found.append(atom)
        end = atom.end
    return found


def _begin(atom: Atom) -> Numeral:
    kinds = {"ordinal": "ordinal", "fraction": "fraction", "vague": "vague", "odd": "odd"}
    return Numeral(
        atom.start,
        atom.end,
        atom.value,
        kinds.get(atom.kind, "number"),
        atom.others if atom.kind in ("digits", "cardinal") else atom.magnitudes,
        spelled=atom.kind != "digits",
        scaled=atom.kind == "multiplier",
        counted=atom.kind != "multiplier" or atom.value == 10,  # 十年 are ten years, "thousand" alone may be any
    )


def _extend(number: Numeral, previous: Atom, atom: Atom, text: str, spelled: Spelling) -> Numeral | None:
    """Return the number with one more atom; None where the atom belongs to another number."""
    gap = text[previous.end : atom.start]
    if atom.kind == "multiple" and not gap:
        return replace(number, kind="multiple", end=atom.end)
    if number.kind == atom.kind == "ordinal" and gap == " " and number.value >= 20:  # vigésimo primero, millesimo centesimo
        return _grown(number, atom, number.value + atom.value) if 0 < atom.value < _place(number.value) else None
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
        return _with_fraction(number, previous, atom, text, spelled)
    return _add(number, previous, atom, text, spelled)


def _with_fraction(number: Numeral, previous: Atom, atom: Atom, text: str, spelled: Spelling) -> Numeral | None:
    gap = text[previous.end : atom.start]
    if not number.spelled and gap == " " and number.atoms == 1 and number.value < 20 and 0 < atom.value < Decimal("0.4"):
        return _grown(replace(number, kind="fraction", others=(number.value,)), atom, number.value * atom.value)  # 2 Drittel
    half = previous.kind == "multiplier" and gap in ("", " ") and text[atom.start : atom.end] in spelled.halves
    linked = atom.value < 1 and gap and spelled.loose.fullmatch(gap) and gap.strip(" -")  # not "einer und anderthalb"
    if not half and (previous.kind == "fraction" or not linked):
        return None
    of = previous.value if previous.kind == "multiplier" and previous.value >= 1000 else 1
    return _grown(number, atom, number.value + atom.value * of)  # "un million et demi" is 1.5 million


def _multiply(number: Numeral, atom: Atom, gap: str, spelled: Spelling) -> Numeral | None:
    factor = atom.others[0] if atom.kind == "vague" else atom.value
    joint = spelled.of if number.kind == "fraction" else spelled.joint
    if not joint.fullmatch(gap):
        return None
    low = number.value % factor
    if low == 0 and (number.value > 0 and _place(number.value) <= factor):
        return None
    scaled, above = (low or Decimal(1)) * factor.normalize(), number.value - low
    value = above + scaled if above else scaled  # 8.4 million keeps its exponent, which says how exact it is
    others = tuple(other * factor for other in number.others)
    return _grown(replace(number, kind="number", others=others, scale=factor), atom, value, scaled=True)


def _add(number: Numeral, previous: Atom, atom: Atom, text: str, spelled: Spelling) -> Numeral | None:
    value, gap = atom.value, text[previous.end : atom.start]
    if atom.kind == "digit" and previous.kind == "digit" and not gap:
        return _grown(replace(number, positional=True), atom, number.value * 10 + value)
    if atom.kind == "digits":
        # 1万2500, and 1 万 6 千 as some write it; in scripts with spaces "2 million 38 …" are two numbers
        apart = gap == " " and not number.spelled and RUNS_ON_CHARACTER.match(text[previous.start])
        joins = not gap or apart or _goes_on(number, previous, atom, text, spelled)
        if previous.kind not in ("multiplier", "vague") or not joins or value >= _place(number.value):
            return None
        return _grown(number, atom, number.value + value)
    if gap and not number.spelled:  # "3.5 billion and two cars" are two numbers
        return None
    if previous.kind == "digits" or not spelled.joint.fullmatch(gap) and not spelled.linked.fullmatch(gap):
        return None
    word = text[atom.start : atom.end]
    loose = atom.kind == "ordinal" and gap == " " and word in spelled.shared
    if loose and (word in spelled.units or (spelled.numbers.compound and atom.value != 1)):
        return None  # "trente secondes", "tjugo andra": thirty seconds, twenty others
    if not _fits(number, previous, value, gap, spelled):
        return None
    kind = "ordinal" if atom.kind == "ordinal" else number.kind
    others = (*number.others, number.value) if loose else number.others  # "двадцать первый" is 21st, "veinte primeros" the first 20
    return _grown(replace(number, kind=kind, others=others), atom, number.value + value)


def _goes_on(number: Numeral, previous: Atom, atom: Atom, text: str, spelled: Spelling) -> bool:
    """Tell whether digits go on behind a scale word: "2 bin 400", "۲ هزار و ۴۰۰", "1 млн 250 тыс.", but not "3 million 38"."""
    gap = text[previous.end : atom.start]
    linked = gap == " " or (len(gap.strip()) == 1 and spelled.linked.fullmatch(gap) is not None)
    if number.spelled or not number.scaled or not linked or not text[atom.start : atom.end].isdecimal():
        return False
    word = spelled.words.after(text, atom.end)
    smaller = word is not None and word.keys[0][0] == "multiplier" and 1000 <= word.keys[0][1] < number.scale
    return smaller or (number.scale == 1000 and atom.end - atom.start == 3 and text[atom.end : atom.end + 1] not in ("%", "-"))


def _fits(number: Numeral, previous: Atom, value: Decimal, gap: str, spelled: Spelling) -> bool:
    """Tell whether a value adds to what stands before it."""
    if spelled.numbers.unit_first and number.value < 10 and number.value == previous.value and spelled.linked.fullmatch(gap):
        return 20 <= value < 100 and value % 10 == 0
    if _inverted_tail(number, previous, value, gap, spelled):
        return True
    return value != 0 and number.value != 0 and value < _place(number.value)


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
