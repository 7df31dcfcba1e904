"""Find words of a lexicon in folded text: longest first, on word boundaries where the script has words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from consistency.extractors._extractor import fold

Key = TypeVar("Key")

# Scripts in which words run on without spaces, or take particles without one (Hangul, Thai).
RUNS_ON = "\u0e00-\u0e7f\u1100-\u11ff\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
RUNS_ON_CHARACTER = re.compile(f"[{RUNS_ON}]")
_BEFORE = rf"(?<![^\W\d_{RUNS_ON}])"  # no letter of a script with spaces stands before
_AFTER = rf"(?![^\W_{RUNS_ON}])"


@dataclass(frozen=True, slots=True)
class Hit(Generic[Key]):
    """Name a word found: where, and what it stands for (all keys, the first is the usual one)."""

    start: int
    end: int
    keys: tuple[Key, ...]


class Lexicon(Generic[Key]):
    """Hold word forms and what they stand for."""

    def __init__(self, table: Mapping[Key, Iterable[str]], *, glued: bool = False) -> None:
        """Compile the forms; glued: a form may follow a letter or digit directly (suffixes)."""
        self.keys: dict[str, tuple[Key, ...]] = {}
        for key, forms in table.items():
            for form in forms:
                folded = fold(form)
                known = self.keys.get(folded, ())
                if key not in known:
                    self.keys[folded] = (*known, key)
        self._pattern = re.compile(_alternation(self.keys, glued)) if self.keys else None

    def find(self, text: str) -> Iterator[Hit[Key]]:
        """Yield every form in the text, left to right, longest first, without overlap."""
        if self._pattern:
            for match in self._pattern.finditer(text):
                yield Hit(match.start(), match.end(), self.keys[match[0]])

    def at(self, text: str, index: int) -> Hit[Key] | None:
        """Return the longest form that starts exactly at text[index]."""
        match = self._pattern.match(text, index) if self._pattern else None
        return Hit(match.start(), match.end(), self.keys[match[0]]) if match else None

    def after(self, text: str, index: int) -> Hit[Key] | None:
        """Return the form that starts at text[index] or behind one space or hyphen there."""
        hit = self.at(text, index)
        if hit is None and text[index : index + 1] in (" ", "-"):
            hit = self.at(text, index + 1)
        return hit

    def before(self, text: str, index: int) -> Hit[Key] | None:
        """Return the longest form that ends at text[index], or one space before it."""
        longest = max(map(len, self.keys), default=0)
        for end in (index, index - 1):
            if end == index - 1 and (index == 0 or text[end] not in " -"):
                break
            for start in range(max(0, end - longest), end):
                hit = self.at(text, start)
                if hit is not None and hit.end == end:
                    return hit
        return None


def _alternation(forms: Iterable[str], glued: bool) -> str:
    """Return a pattern of all forms as a trie, so that matching costs the length of the match."""
    trie: dict[str, Any] = {}
    for form in forms:
        node = trie
        for character in form:
            node = node.setdefault(character, {})
        node[""] = form
    return _branch(trie, glued, first=True)


def _branch(node: dict[str, Any], glued: bool, first: bool = False) -> str:
    parts = []
    for character, child in sorted((k, v) for k, v in node.items() if k):
        start = "" if glued or not first or not character.isalpha() or RUNS_ON_CHARACTER.match(character) else _BEFORE
        parts.append(start + re.escape(character) + _branch(child, glued))
    if "" in node:
        last = node[""][-1]
        parts.append(_AFTER if last.isalpha() and not RUNS_ON_CHARACTER.match(last) else "")
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"
