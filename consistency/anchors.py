"""Read the keys of a text that any language leaves as they are: digits, addresses, codes, Latin names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable

_ADDRESS = re.compile(
    r"https?://[^\s<>()\"'，。）]+|www\.[^\s<>()\"'，。）]+|(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)++"
)
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\d(?:[\d.,:'’\u00a0\u202f٫٬]*\d)?")
_SPACED_GROUPS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_WORD = re.compile(r"[^\W\d_]+(?:[-_.][^\W_]+)*|[^\W_]*\d[^\W_]*", re.UNICODE)
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_LATIN_LETTER = re.compile(r"[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]")
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f0-9]*(?:[-_.][A-Za-z\u00c0-\u024f0-9]+)*")


def anchors_of(text: str) -> frozenset[Hashable]:
    """Return the keys of one segment, as (kind, key).

    >>> sorted(anchors_of("NASA spent 1.234,5 million: see https://nasa.gov/x"))
    [('address', 'https://nasa.gov/x'), ('digits', '12345'), ('word', 'nasa')]

    digits: without their separators, so that 1.234 and 1,234 agree; address: URL or e-mail, as written;
    word: capitalised or mixed-case Latin words folded to lower case, and any Latin word of a text that is
    mostly written otherwise. Matching is by chance and by rarity: the aligner weighs how rare a key is.
    """
    plain = unicodedata.normalize("NFKC", text)
    keys: set[Hashable] = set()
    rest = plain
    if any(sign in plain for sign in ("@", "://", "www.")):
        for match in _ADDRESS.finditer(plain):
            keys.add(("address", match[0].rstrip(".,;:!?")))
        rest = _ADDRESS.sub(" ", plain)
    if _DIGIT.search(rest):
        for match in _DIGITS.finditer(_SPACED_GROUPS.sub("", rest)):
            keys.add(("digits", _digits(match[0])))
    foreign = 2 * len(_LATIN_LETTER.findall(rest)) < sum(map(str.isalpha, rest))
    # Between letters of another script a Latin word needs no space around it.
    for match in (_LATIN_WORD if foreign else _WORD).finditer(rest):
        word = match[0]
        if _LATIN.match(word) and len(word) > 1 and (foreign or word != word.lower()):
            keys.add(("word", _fold(word)))
    return frozenset(keys)


def _digits(written: str) -> str:
    """Return the decimal digits alone, in ASCII."""
    return "".join(str(unicodedata.decimal(c)) for c in written if c.isdecimal())


def _fold(word: str) -> str:
    """Return the word without case and without marks on its letters."""
    plain = unicodedata.normalize("NFD", word.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))
