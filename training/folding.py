"""Fold characters that say the same, once, in the tokenizer's own normalisation table."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

# Letters that one language's keyboards, or two languages of one script, write differently.
LETTERS = str.maketrans(
    {
        "ё": "е",
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا",  # hamza on alef is left out as often as written
        "ي": "ی", "ى": "ی", "ك": "ک",  # Arabic and Persian code points of one letter
        "ة": "ه",
        "\u200c": " ",  # Persian: the joiner parts prefix and stem, as a space would
        "ـ": "", "\u200b": "", "\u200d": "", "\u200e": "", "\u200f": "", "\u00ad": "", "\ufeff": "",
        "’": "'", "‘": "'", "ʼ": "'", "＇": "'",
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
        "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-",
    }
)  # fmt: skip


def folded(text: str) -> str:
    """Return text in the form that the vocabulary is made of.

    NFKC and case folding; digits of any script become ASCII; Arabic, Hebrew and Greek lose the marks that
    print leaves out (vowel points) or capitals do (tonos).
    """
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    text = "".join(_folded_character(character) for character in text).translate(LETTERS)
    return "".join(" " if character.isspace() else character for character in text)


def _folded_character(character: str) -> str:
    point = ord(character)
    if unicodedata.category(character) == "Nd":
        return str(unicodedata.digit(character))
    if 0x0591 <= point <= 0x05C7 or 0x064B <= point <= 0x0655 or point == 0x0670:
        return "" if unicodedata.category(character) == "Mn" else character
    if 0x0370 <= point <= 0x03FF or 0x1F00 <= point <= 0x1FFF:
        return "".join(c for c in unicodedata.normalize("NFD", character) if not unicodedata.combining(c))
    return character


def write_rules(path: Path) -> None:
    """Write the folding as a sentencepiece rule table: hex code points, a tab, hex code points.

    One row for each character that changes, and one for its decomposed spelling.
    """
    rows: dict[str, str] = {}
    for point in range(0x1, sys.maxunicode + 1):
        character = chr(point)
        if unicodedata.category(character) in ("Cn", "Co", "Cs"):
            continue
        decomposed = unicodedata.normalize("NFD", character)
        target = folded(character)
        if target != character:
            rows[character] = target
        if len(decomposed) > 1 and decomposed != target:
            rows[decomposed] = target
    lines = (f"{_hex(source)}\t{_hex(target)}\n" for source, target in sorted(rows.items()))
    path.write_text("".join(lines), encoding="ascii")


def _hex(text: str) -> str:
    return " ".join(f"{ord(character):X}" for character in text)
