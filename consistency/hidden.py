"""Find characters that nobody sees and that hide or reorder the text around them.

Directional controls are ordinary where right-to-left text is quoted, zero-width joiners where a script needs
them, a zero-width space where a long word may break; none of these is reported. Reported is what makes readers
see other text than programs read (Boucher and Anderson, Trojan Source, 2021; Unicode TR 36).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from consistency.checks import CHECKS
from consistency.findings import Copy, finish, location, short
from consistency.records import Finding, Span
from consistency.values import visible

_OVERRIDES = {"\u202d": "L", "\u202e": "R"}
_EMBEDDINGS = {**_OVERRIDES, "\u202a": "L", "\u202b": "R"}
_ISOLATES = {"\u2066": "L", "\u2067": "R", "\u2068": ""}  # the last takes the direction of what it holds
_END_EMBEDDING, _END_ISOLATE = "\u202c", "\u2069"
_CONTROL = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CLASSES = {"L": "L", "R": "R", "AL": "R", "EN": "digit", "AN": "digit"}  # bidirectional classes, Unicode TR 9, table 4
_SAMPLE = 20_000  # characters that tell which way a document runs
# Zero-width space, word joiner, byte order mark: ordinary between words of scripts without spaces, never in the middle
# of a word of cased letters. German typesetters part ligatures with U+200C, so it is not among them.
_IN_WORD = re.compile("(?<![^\\W\\d_])[^\\W\\d_]++(?:[\u200b\u2060\ufeff]++[^\\W\\d_]++)++")
_LONG_WORD = 18  # letters: in longer ones it is a place to break the line
# A flag of a region is a black flag with tags behind it; elsewhere tags are invisible ASCII.
_TAGS = re.compile("(?<![\U0001f3f4\U000e0000-\U000e007f])[\U000e0001-\U000e007f]+")
_SELECTOR = "[\ufe00-\ufe0f\U000e0100-\U000e01ef]"
_SELECTORS = re.compile(_SELECTOR + "{3,}")  # one or two choose a glyph; a row of them is data


def hidden(copy: Copy) -> Iterator[Finding]:
    """Yield one finding for each block of a copy that holds such characters, at the first of them."""
    text = copy.document.text
    if text.isascii():
        return
    runs = _runs(text)
    for block in copy.document.blocks:
        inside = text[block.span.start : block.span.end]
        found = [] if inside.isascii() else list(_hidden_in(inside, runs))
        if not found:
            continue
        first, what = min(found)
        count = "" if len(found) == 1 else f", {len(found)} places"
        span = Span(block.span.start + first.start, block.span.start + first.end)
        place = location(copy, span, block.span)
        message = f"{what}{count}: “{short(visible(text[slice(*span)]))}”"
        sure = CHECKS["text-hidden"].precision
        yield finish("text-hidden", sure, message, copy.document.lang, None, place)


def _hidden_in(text: str, runs: str) -> Iterator[tuple[Span, str]]:
    """Yield (place, what it is) in one block."""
    yield from _reordered(text, runs)
    for match in _IN_WORD.finditer(text):
        letters = [char for char in match[0] if char.isalpha()]
        if len(letters) < _LONG_WORD and all(char.islower() or char.isupper() for char in letters):
            yield Span(*match.span()), "an invisible character parts a word"
    for match in _TAGS.finditer(text):
        yield Span(*match.span()), "invisible tag characters spell a text"
    for match in _SELECTORS.finditer(text):
        yield Span(*match.span()), "a row of variation selectors, which nobody sees, holds data"


@dataclass(frozen=True, slots=True)
class _Scope:
    """Hold what one directional control governs: half-open, without itself."""

    control: str
    start: int
    end: int
    closed: bool


def _reordered(text: str, runs: str) -> Iterator[tuple[Span, str]]:
    """Yield every directional control that shows its text in another order than programs read it.

    runs: "L" or "R", which way the document runs.
    """
    controls = [(match[0], match.start()) for match in _CONTROL.finditer(text)]
    if not controls:
        return
    places = {kind: _places(text, kind) for kind in ("L", "R", "digit")}
    for scope in _scopes(controls, len(text)):
        n = {kind: bisect_left(at, scope.end) - bisect_left(at, scope.start) for kind, at in places.items()}
        if _turns(scope, n, runs):
            name = unicodedata.name(scope.control).lower()
            yield Span(scope.start - 1, scope.end + scope.closed), f"a {name} changes the order in which text is shown"


def _places(text: str, kind: str) -> list[int]:
    """Return where the characters of one class stand."""
    return [i for i, char in enumerate(text) if _CLASSES.get(unicodedata.bidirectional(char)) == kind]


def _scopes(controls: list[tuple[str, int]], length: int) -> Iterator[_Scope]:
    """Yield what each control governs; an end closes what it may (Unicode TR 9, BD9 and X6a to X7)."""
    open_: list[tuple[str, int]] = []
    n_isolates = 0
    for control, place in controls:
        if control in _EMBEDDINGS or control in _ISOLATES:
            open_.append((control, place))
            n_isolates += control in _ISOLATES
        elif control == _END_EMBEDDING and open_ and open_[-1][0] in _EMBEDDINGS:
            opener, start = open_.pop()
            yield _Scope(opener, start + 1, place, True)
        elif control == _END_ISOLATE and n_isolates:
            while open_[-1][0] not in _ISOLATES:
                opener, start = open_.pop()
                yield _Scope(opener, start + 1, place, False)
            opener, start = open_.pop()
            n_isolates -= 1
            yield _Scope(opener, start + 1, place, True)
    for opener, start in open_:
        yield _Scope(opener, start + 1, length, False)


def _turns(scope: _Scope, n: Mapping[str, int], runs: str) -> bool:
    """Tell whether a control reorders what it governs; one character alone has no order."""
    if scope.control in _OVERRIDES:
        against = n["R"] if _OVERRIDES[scope.control] == "L" else n["L"] + n["digit"]
        return against > 1
    direction = {**_EMBEDDINGS, **_ISOLATES}[scope.control]
    if direction in ("", runs):
        return False  # it says what holds anyway
    if direction == "R":
        return n["L"] > 1 and (n["R"] == 0 or not scope.closed)
    return n["R"] > 1 and not scope.closed


def _runs(text: str) -> str:
    """Return which way most letters of a document run, "L" or "R"."""
    classes: Counter[str | None] = Counter()
    for char, number in Counter(text[:_SAMPLE]).items():
        classes[_CLASSES.get(unicodedata.bidirectional(char))] += number
    return "R" if classes["R"] > classes["L"] else "L"
