"""Weigh what a text shows of its language: scripts and function words, from identify.toml."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from consistency.records import Document

SAMPLE = 20_000  # code points looked at; an article's language shows in far fewer
_WORD = re.compile(r"[^\W\d_]+")
_RANGES = (
    ("latin", 0x41, 0x24F), ("latin", 0x1E00, 0x1EFF), ("greek", 0x370, 0x3FF), ("greek", 0x1F00, 0x1FFF),
    ("cyrillic", 0x400, 0x52F), ("armenian", 0x530, 0x58F), ("hebrew", 0x590, 0x5FF), ("arabic", 0x600, 0x77F),
    ("arabic", 0xFB50, 0xFEFC), ("devanagari", 0x900, 0x97F), ("bengali", 0x980, 0x9FF),
    ("gurmukhi", 0xA00, 0xA7F), ("gujarati", 0xA80, 0xAFF), ("tamil", 0xB80, 0xBFF), ("telugu", 0xC00, 0xC7F),
    ("kannada", 0xC80, 0xCFF), ("malayalam", 0xD00, 0xD7F), ("sinhala", 0xD80, 0xDFF), ("thai", 0xE00, 0xE7F),
    ("lao", 0xE80, 0xEFF), ("tibetan", 0xF00, 0xFFF), ("burmese", 0x1000, 0x109F), ("georgian", 0x10A0, 0x10FF),
    ("hangul", 0x1100, 0x11FF), ("ethiopic", 0x1200, 0x137F), ("khmer", 0x1780, 0x17FF),
    ("kana", 0x3041, 0x30FF), ("hangul", 0x3130, 0x318F), ("han", 0x3400, 0x9FFF), ("hangul", 0xAC00, 0xD7A3),
    ("han", 0xF900, 0xFAFF), ("han", 0x20000, 0x3FFFF),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LanguageData:
    """Hold identify.toml. words: language → function words; weights: word → 1 / languages that have it."""

    codes: frozenset[str]
    everyday: frozenset[str]
    folders: frozenset[str]
    scripts: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]
    near: tuple[frozenset[str], ...]
    words: Mapping[str, frozenset[str]]
    weights: Mapping[str, float]


@cache
def language_data() -> LanguageData:
    """Load identify.toml, once."""
    raw: dict[str, Any] = tomllib.loads(
        files("consistency").joinpath("identify.toml").read_text(encoding="utf-8")
    )
    words = {lang: frozenset(text.split()) for lang, text in raw["words"].items()}
    counts = Counter(word for known in words.values() for word in known)
    return LanguageData(
        codes=frozenset(raw["names"]["codes"].split()),
        everyday=frozenset(raw["names"]["everyday"].split()),
        folders=frozenset(raw["names"]["folders"].split()),
        scripts={script: tuple(langs) for script, langs in raw["scripts"].items()},
        names={**raw["names"]["countries"], **raw["names"]["english"]},
        near=tuple(frozenset(group) for group in raw["near"]["groups"]),
        words=words,
        weights={word: 1 / count for word, count in counts.items()},
    )


def base(tag: str) -> str:
    """Return the language of a tag without script and region."""
    return tag.partition("-")[0].lower()


def sample(document: Document) -> str:
    """Return the text that shows a document's language: its prose, without the code in it."""
    pieces: list[str] = []
    size, codes = 0, iter(mark.span for mark in document.marks if mark.kind == "code")
    code = next(codes, None)
    for block in document.blocks:
        start, end = block.span
        if not block.prose or size > SAMPLE:
            continue
        while code is not None and code.start < end:
            if code.start >= start:
                pieces.append(document.text[start : code.start])
                start = code.end
            code = next(codes, None)
        pieces.append(document.text[start:end] + "\n")
        size += end - start
    return "".join(pieces)


def scripts_of(text: str) -> Counter[str]:
    """Count the letters of each script; kana and han together count as kana where there is kana."""
    counts: Counter[str] = Counter()
    for char, number in Counter(text[:SAMPLE]).items():
        if char.isalpha():
            counts[_script(char)] += number
    if counts["kana"] * 20 > counts["han"]:  # one in twenty: Japanese is never written in han alone
        counts["kana"] += counts.pop("han", 0)
    return +counts


@lru_cache(4096)
def _script(char: str) -> str:
    code = ord(char)
    return next((name for name, low, high in _RANGES if low <= code <= high), "other")


def main_script(text: str) -> tuple[str, float]:
    """Return the script that most letters have, and its share; ("", 0.0) without letters.

    Latin words stand in texts of every script (names, commands), so Latin must outweigh another script
    six times to count.
    """
    counts = scripts_of(text)
    total = counts.total()
    if not total:
        return "", 0.0
    rest = Counter({script: count for script, count in counts.items() if script != "latin"})
    script, count = rest.most_common(1)[0] if rest else ("latin", counts["latin"])
    if counts["latin"] > 6 * count:
        script, count = "latin", counts["latin"]
    return script, count / total


def word_weights(text: str, languages: Collection[str]) -> tuple[list[tuple[float, str]], int]:
    """Return (weight of its function words, language) best first, and how many words the text has."""
    data = language_data()
    words = Counter(map(str.casefold, _WORD.findall(text[:SAMPLE])))
    weighty = [(word, number * data.weights[word]) for word, number in words.items() if word in data.weights]
    scores = [
        (sum(weight for word, weight in weighty if word in data.words[lang]), lang)
        for lang in languages
        if lang in data.words
    ]
    return sorted(scores, reverse=True), words.total()


def by_evidence(text: str) -> tuple[str, float]:
    """Return (language, confidence) by script and function words; ("und", 0.0) where they leave it open."""
    script, share = main_script(text)
    candidates = language_data().scripts.get(script, ())
    if len(candidates) == 1:
        return candidates[0], min(0.99, share)
    scores, n_words = word_weights(text, candidates)
    if not scores or scores[0][0] < 2 or scores[0][0] < 0.06 * n_words:
        return "und", 0.0
    best, second = scores[0][0], scores[1][0] if len(scores) > 1 else 0.0
    if best < 1.5 * second and not near(scores[0][1], scores[1][1]):
        return "und", 0.0
    return scores[0][1], min(0.99, 1 - second / best / 2)


def near(one: str, other: str) -> bool:
    """Tell whether two languages are one, or too alike to be parted by words."""
    return one == other or any(one in group and other in group for group in language_data().near)
