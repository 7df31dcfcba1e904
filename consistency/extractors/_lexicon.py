"""Find words of a lexicon in folded text: longest first, on word boundaries where the script has words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

from consistency.extractors._extractor import fold

Key = TypeVar("Key")

# Scripts in which words run on without spaces, or take particles without one (Hangul, Thai).
RUNS_ON = (
    "\u0e00-\u0e7f\u1100-\u11ff\u3005-\u3007\u3040-\u30ff\u3130-\u318f"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
)
RUNS_ON_CHARACTER = re.compile(f"[{RUNS_ON}]")
# Vowel signs and viramas are no letters to `re`, but a word goes on over them: बीस is not in बीसी. Up to Thai, which runs on.
MARKS = "".join(chr(code) for code in range(0x300, 0xE00) if unicodedata.category(chr(code)).startswith("M"))
_BEFORE = rf"(?<![^\W\d_{RUNS_ON}])(?<![{MARKS}])"  # no letter of a script with spaces stands before
_AFTER = re.compile(rf"[^\W_{RUNS_ON}]|[{MARKS}]")
_OPENING = re.compile(rf"(?<![^\W\d_{RUNS_ON}])[^\W_{RUNS_ON}](?<![{MARKS}].)")  # a word begins
_REMEMBERED = 200_000  # characters of a text whose words' places are kept: 2 MB
_END = ""  # marks the end of a form in the trie


@dataclass(frozen=True, slots=True)
class Hit(Generic[Key]):
    """Name a word found: where, and what it stands for (all keys, the first is the usual one)."""

    start: int
    end: int
    keys: tuple[Key, ...]


class Lexicon(Generic[Key]):
    """Hold word forms and what they stand for.

    The forms lie in a trie of dicts: a pattern of 20,000 forms takes seconds to compile, this milliseconds.
    """

    def __init__(self, table: Mapping[Key, Iterable[str]], *, glued: bool = False) -> None:
        """Gather the forms; glued: a form may follow a letter or digit directly (suffixes)."""
        self.keys: dict[str, tuple[Key, ...]] = {}
        for key, forms in table.items():
            for form in forms:
                folded = fold(form)
                known = self.keys.get(folded, ())
                if key not in known:
                    self.keys[folded] = (*known, key)
        self._longest = max(map(len, self.keys), default=0)
        self._trie = _trie(self.keys)
        bound = "".join(c for c in self._trie if c and _is_bound(c) and not glued)
        self._starts = _starts(self._trie, bound)
        letters = frozenset(filter(str.isalpha, bound))
        self._pairs = frozenset(c + other for c in letters for other in self._trie[c] if other)
        self._lone = frozenset(c for c in letters if _END in self._trie[c])
        rest = {c: node for c, node in self._trie.items() if c not in letters}
        self._rest = _starts(rest, "".join(c for c in rest if c in bound)) if rest else None

    def find(self, text: str) -> Iterator[Hit[Key]]:
        """Yield every form in the text, left to right, longest first, without overlap."""
        place = 0
        for index in self._candidates(text):
            hit = self._walk(text, index) if index >= place else None
            if hit:
                place = hit.end
                yield hit

    def _candidates(self, text: str) -> Sequence[int]:
        """Return the places where a form may start by its first two characters, ascending."""
        found: list[int] = []
        if self._pairs or self._lone:
            openings = _openings(text) if len(text) <= _REMEMBERED else _openings.__wrapped__(text)
            lone = self._lone
            pairs = {p for p in openings if p in self._pairs or p[0] in lone} if lone else openings.keys() & self._pairs
            for pair in pairs:
                found += openings[pair]
        if self._rest is not None:
            found += [match.start() for match in self._rest.finditer(text)]
        found.sort()
        return found

    def at(self, text: str, index: int) -> Hit[Key] | None:
        """Return the longest form that starts exactly at text[index]."""
        return self._walk(text, index) if self._starts.match(text, index) else None

    def _walk(self, text: str, index: int) -> Hit[Key] | None:
        node, end, found = self._trie, index, None
        while end < len(text) and (child := node.get(text[end])) is not None:
            node, end = child, end + 1
            if _END in node and not (_is_bound(text[end - 1]) and _AFTER.match(text, end)):
                found = Hit(index, end, self.keys[text[index:end]])
        return found

    def after(self, text: str, index: int) -> Hit[Key] | None:
        """Return the form that starts at text[index] or behind one space or hyphen there."""
        hit = self.at(text, index)
        if hit is None and text[index : index + 1] in (" ", "-"):
            hit = self.at(text, index + 1)
        return hit

    def before(self, text: str, index: int) -> Hit[Key] | None:
        """Return the longest form that ends at text[index], or one space before it."""
        for end in (index, index - 1):
            if end == index - 1 and (index == 0 or text[end] not in " -"):
                break
            for start in range(max(0, end - self._longest), end):
                hit = self.at(text, start)
                if hit is not None and hit.end == end:
                    return hit
        return None


def _is_bound(character: str) -> bool:
    """Tell whether a word that begins or ends with this character ends there."""
    letter = character.isalpha() or unicodedata.category(character).startswith("M")
    return letter and not RUNS_ON_CHARACTER.match(character)


def _trie(forms: Iterable[str]) -> dict[str, Any]:
    trie: dict[str, Any] = {}
    for form in forms:
        node = trie
        for character in form:
            node = node.setdefault(character, {})
        node[_END] = True
    return trie


@lru_cache(16)
def _openings(text: str) -> Mapping[str, Sequence[int]]:
    """Return where words begin, by their first two characters; asked by every lexicon of a language in turn."""
    found: dict[str, list[int]] = {}
    for match in _OPENING.finditer(text):
        start = match.start()
        found.setdefault(text[start : start + 2], []).append(start)
    return found


def _starts(trie: dict[str, Any], bound: str) -> re.Pattern[str]:
    """Return the pattern of the places where a form may start; bound: first characters that begin a word."""
    free = "".join(c for c in trie if c and c not in bound)
    ways = [rf"{_BEFORE}[{re.escape(bound)}]"] if bound else []
    ways += [f"[{re.escape(free)}]"] if free else []
    return re.compile("|".join(ways) or "(?!)")
