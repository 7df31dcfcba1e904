"""Define what every extractor is, and the text as extractors see it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from consistency.languages import Language
from consistency.records import Document, Fact

TAKEN = "\x01"  # stands for text that an earlier extractor has read: no letter, digit or space


@dataclass(frozen=True, slots=True)
class View:
    """Show a document's text to the extractors.

    text: as written. folded: same length, comparable: lower case, ASCII digits, plain spaces, quotes and
    dashes; code blocks and what earlier extractors took are TAKEN.
    """

    document: Document
    text: str
    folded: str

    def without(self, facts: Iterable[Fact]) -> View:
        """Return the view with the facts' own text taken; a link's address leaves its words to others."""
        characters = list(self.folded)
        for fact in facts:
            if fact.surface != self.text[fact.span.start : fact.span.end]:
                continue
            characters[fact.span.start : fact.span.end] = TAKEN * (fact.span.end - fact.span.start)
        return View(self.document, self.text, "".join(characters))


@dataclass(frozen=True, slots=True)
class Extractor:
    """Read one family of facts.

    order: extractors run in this order; each sees the text without what the earlier ones took.
    takes: False for facts that leave their words to others (a negation, a name).
    """

    order: int
    read: Callable[[View, Language], Iterable[Fact]]
    takes: bool = True


class _Fold(dict[int, str]):
    """Map each code point to one comparable character, computed once."""

    def __missing__(self, code: int) -> str:
        self[code] = result = _fold(chr(code))
        return result


_PLAIN = {"’": "'", "‘": "'", "ʼ": "'", "′": "′", "＇": "'", "‐": "-", "‑": "-", "−": "-", "﹣": "-", "⁄": "/",
          "“": '"', "”": '"', "„": '"', "׳": "'", "״": '"', "־": "-", "，": "，"}  # fmt: skip
# Quotes: Hebrew abbreviations (ש״ח, ארה“ב). The wide comma parts clauses: it belongs to no number that follows it.
# Vowels with a macron are the plain ones in schoolbook Latin and romanised Japanese, and no pair of forms differs by it.
_PLAIN |= dict.fromkeys("أإآٱ", "ا")  # the press leaves the hamza of an alif out
_PLAIN |= dict(zip("āēīōūȳĀĒĪŌŪȲ", "aeiouyaeiouy", strict=True))


def _fold(character: str) -> str:
    if character in _PLAIN:
        return _PLAIN[character]
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.digit(character))
    if category == "Zs":
        return " "
    if category == "No" or unicodedata.category(character) == "Sm":  # ½ and ² keep their own meaning
        return character
    plain = unicodedata.normalize("NFKC", character)
    lower = (plain if len(plain) == 1 and ord(character) >= 0xFF00 else character).lower()
    return lower if len(lower) == 1 else character


_FOLD = _Fold()


def fold(text: str) -> str:
    """Return comparable text of the same length: lower case, ASCII digits, plain spaces and quotes.

    >>> fold("Über ３８ 000’")
    "über 38 000'"
    """
    return text.translate(_FOLD)


def view(document: Document) -> View:
    """Return the view on a document with its code blocks taken."""
    characters = list(fold(document.text))
    for block in document.blocks:
        if not block.prose:
            characters[block.span.start : block.span.end] = TAKEN * (block.span.end - block.span.start)
    return View(document, document.text, "".join(characters))
