"""Tell the language of a document: by what declares it, else by its text.

Scripts and function words (identify.toml) decide ordinary articles in about a millisecond. The statistical
identifier, which takes most of a second to load, is asked only where nothing declares the language and the
words leave it open. Nothing here guesses where a guess would become a finding: undecided is None.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from consistency.records import Document

_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?(?:[-_@.][A-Za-z0-9]+)?")
_KEYS = ("lang", "language", "locale", "content_language")
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000  # code points looked at; an article's language shows in far fewer
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
class _Data:
    """Hold identify.toml. words: language → function words; weights: word → 1 / languages that have it."""

    codes: frozenset[str]
    everyday: frozenset[str]
    scripts: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]
    near: tuple[frozenset[str], ...]
    words: Mapping[str, frozenset[str]]
    weights: Mapping[str, float]


@cache
def _data() -> _Data:
    raw: dict[str, Any] = tomllib.loads(
        files("consistency").joinpath("identify.toml").read_text(encoding="utf-8")
    )
    words = {lang: frozenset(text.split()) for lang, text in raw["words"].items()}
    counts = Counter(word for known in words.values() for word in known)
    return _Data(
        codes=frozenset(raw["names"]["codes"].split()),
        everyday=frozenset(raw["names"]["everyday"].split()),
        scripts={script: tuple(langs) for script, langs in raw["scripts"].items()},
        names=raw["names"]["countries"],
        near=tuple(frozenset(group) for group in raw["near"]["groups"]),
        words=words,
        weights={word: 1 / count for word, count in counts.items()},
    )


def normal_tag(tag: str) -> str:
    """Return a BCP 47 tag in its usual case; "" where it is none that names a known language.

    >>> normal_tag("pt_br"), normal_tag("zh-hant-TW"), normal_tag("de_DE.UTF-8"), normal_tag("page")
    ('pt-BR', 'zh-Hant-TW', 'de-DE', '')
    """
    match = _TAG.fullmatch(tag.strip())
    if match is None or match[1].lower() not in _data().codes:
        return ""
    language, script, region = match.groups()
    parts = [language.lower(), script.title() if script else "", region.upper() if region else ""]
    return "-".join(filter(None, parts))


def base(tag: str) -> str:
    """Return the language of a tag without script and region."""
    return tag.partition("-")[0].lower()


def named(path: str) -> tuple[str, bool] | None:
    """Return the language that a file or folder name tells, and whether the name alone proves it.

    >>> named("content/de/page.md"), named("page.pt_BR.md"), named("is.md"), named("page.md")
    (('de', True), ('pt-BR', True), ('is', False), None)
    """
    *folders, name = re.split(r"[/\\]", path)
    stem = name[: name.rfind(".")] if "." in name[1:] else name
    whole = _as_name(stem)
    if whole:
        return whole[0], whole[1] and base(whole[0]) not in _data().everyday
    head, dot, last = stem.rpartition(".")
    if dot and head and (found := _as_name(last)):
        return found
    for separator in ("_", "-"):
        if found := _suffix(stem, separator):
            return found
    for folder in reversed(folders):
        if found := _as_name(folder.removesuffix(".lproj").removeprefix("values-")):
            return found[0], found[1] and base(found[0]) not in _data().everyday - {"id", "it", "no"}
    return None


def _as_name(part: str) -> tuple[str, bool] | None:
    """Read a whole part of a name as a tag; a country's code stands for its language, without proof."""
    tag = normal_tag(part)
    if tag:
        return tag, True
    alias = _data().names.get(part.lower())
    return (alias, False) if alias else None


def _suffix(stem: str, separator: str) -> tuple[str, bool] | None:
    """Read the end of `page_de`, `page_pt_BR`, `page-zh-Hant`; a bare hyphen is too common to prove it."""
    parts = re.split(r"[-_]", stem)
    for count in (3, 2, 1):
        if len(parts) <= count:
            continue
        tail = stem[len(separator.join(parts[:-count])) :] if separator in stem else ""
        if not tail.startswith(separator):
            continue
        found = _as_name(tail[1:])
        if found and (count == 1 or re.fullmatch(r"[A-Z]{2}|\d{3}|[A-Z][a-z]{3}", parts[-1]) or count == 3):
            sure = count > 1 or (separator == "_" and base(found[0]) not in _data().everyday)
            return found[0], found[1] and sure
    return None


def declared(
    path: str, option: str, meta: Mapping[str, str], html_lang: str, text: str = ""
) -> tuple[tuple[str, str], ...]:
    """Return every (origin, tag) that tells the language, strongest first.

    option: of the command line, "" for none; meta: front matter; html_lang: of the html element.
    text: the clean text, which must agree with a name that proves nothing by itself (is.md, cn.md).
    """
    found: list[tuple[str, str]] = []
    if option:
        found.append(("option", normal_tag(option) or option))
    for key in _KEYS:
        if tag := normal_tag(meta.get(key, "")):
            found.append(("front matter", tag))
            break
    if tag := normal_tag(html_lang):
        found.append(("html", tag))
    name = named(path) if path else None
    if name and (name[1] or (text and base(_by_evidence(text)[0]) == base(name[0]))):
        found.append(("name", name[0]))
    return tuple(found)


def sample(document: Document) -> str:
    """Return the text that shows a document's language: its prose, without the code in it."""
    pieces: list[str] = []
    size, codes = 0, iter(mark.span for mark in document.marks if mark.kind == "code")
    code = next(codes, None)
    for block in document.blocks:
        start, end = block.span
        if not block.prose or size > _SAMPLE:
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
    for char, number in Counter(text[:_SAMPLE]).items():
        if char.isalpha():
            code = ord(char)
            counts[next((name for name, low, high in _RANGES if low <= code <= high), "other")] += number
    if counts["kana"] * 20 > counts["han"]:  # one in twenty: Japanese is never written in han alone
        counts["kana"] += counts.pop("han", 0)
    return +counts


def _script(text: str) -> tuple[str, float]:
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


def _hits(text: str, languages: Collection[str]) -> tuple[list[tuple[float, str]], int]:
    """Return (weight of its function words, language) best first, and how many words the text has."""
    data = _data()
    words = Counter(match[0].casefold() for match in _WORD.finditer(text[:_SAMPLE]))
    scores = [
        (sum(number * data.weights[word] for word, number in words.items() if word in data.words[lang]), lang)
        for lang in languages
        if lang in data.words
    ]
    return sorted(scores, reverse=True), words.total()


def _by_evidence(text: str) -> tuple[str, float]:
    """Return (language, confidence) by script and function words; ("und", 0.0) where they leave it open."""
    script, share = _script(text)
    candidates = _data().scripts.get(script, ())
    if len(candidates) == 1:
        return candidates[0], min(0.99, share)
    scores, n_words = _hits(text, candidates)
    if not scores or scores[0][0] < 2 or scores[0][0] < 0.06 * n_words:
        return "und", 0.0
    best, second = scores[0][0], scores[1][0] if len(scores) > 1 else 0.0
    if best < 1.5 * second and not _near(scores[0][1], scores[1][1]):
        return "und", 0.0
    return scores[0][1], min(0.99, 1 - second / best / 2)


@cache
def _identifier(candidates: frozenset[str]) -> Any:
    """Load the statistical identifier, restricted to some languages (none: all); an own instance each,
    because the library's module functions share one."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    known = candidates & set(identifier.labels)
    if known:
        identifier.set_languages(sorted(known))
    return identifier


def detect(text: str, candidates: Collection[str] | None = None) -> tuple[str, float]:
    """Return (tag, confidence 0..1) of a text's language; ("und", 0.0) where there are too few letters.

    candidates: the only languages it may be; None: any.
    """
    script, _ = _script(text)
    if sum(char.isalpha() for char in text[:_SAMPLE]) < 3:
        return "und", 0.0
    tag, confidence = _by_evidence(text)
    allowed = {base(candidate) for candidate in candidates or ()}
    if tag != "und" and (not allowed or tag in allowed):
        return tag, confidence
    written = frozenset(_data().scripts.get(script, ()))
    wanted = frozenset(allowed or written) & (written or frozenset(allowed))
    found, probability = _identifier(wanted).classify(text[:_SAMPLE])
    return str(found), float(probability)


def _near(one: str, other: str) -> bool:
    return one == other or any(one in group and other in group for group in _data().near)


def contradicts(tag: str, text: str) -> str | None:
    """Return the language a text is plainly written in, where that is not the declared one; else None.

    Conservative: twenty words or sixty letters at least; another script, or function words of another
    language three times as weighty as those of the declared one. None also where it cannot be told.
    """
    language = base(tag)
    data = _data()
    script, share = _script(text)
    letters = sum(char.isalpha() for char in text[:_SAMPLE])
    if letters < 60 or share < 0.7:
        return None
    expected = {name for name, langs in data.scripts.items() if language in langs}
    if language not in data.codes or not expected:
        return None
    if script not in expected and not {script, *expected} <= {"han", "kana"}:
        found = data.scripts.get(script, ())
        tag = found[0] if len(found) == 1 else _by_evidence(text)[0]
        # Serbian, Kazakh, Uzbek and others have a second script that the table does not list.
        return None if tag == "und" and "latin" in (script, *expected) else tag
    if script == "han" and language == "ja":
        return None if letters < 300 else "zh"
    scores, n_words = _hits(text, data.scripts.get(script, ()))
    if n_words < 20 or not scores or language not in data.words:
        return None
    best, found_tag = scores[0]
    own = next(score for score, lang in scores if lang == language) if script in expected else 0.0
    if best < 4 or best < 0.1 * n_words or best < 3 * own or _near(language, found_tag):
        return None
    return found_tag


def looks_like(text: str, source_lang: str, target_lang: str) -> str | None:
    """Return which of two languages a passage is written in, None where that cannot be told.

    For passages left untranslated: three words at least, and function words of one language only. Names
    and titles have none and stay undecided.
    """
    source, target = base(source_lang), base(target_lang)
    data = _data()
    words = [match[0].casefold() for match in _WORD.finditer(text)]
    if source == target:
        return None
    script, share = _script(text)
    homes = {
        lang: {name for name, langs in data.scripts.items() if lang in langs} for lang in (source, target)
    }
    if script and share > 0.5 and script in homes[target] - homes[source]:
        return target_lang
    if script and script != "latin" and share > 0.8 and script in homes[source] - homes[target]:
        return source_lang if sum(char.isalpha() for char in text) >= 8 else None
    if len(words) < 3:
        return None
    mine = data.words.get(source, frozenset()) - data.words.get(target, frozenset())
    theirs = data.words.get(target, frozenset()) - data.words.get(source, frozenset())
    n_source, n_target = sum(word in mine for word in words), sum(word in theirs for word in words)
    if n_target == 0 and (n_source >= 2 or (n_source == 1 and 4 <= len(words) <= 12)):
        return source_lang
    if n_source == 0 and n_target >= 1:
        return target_lang
    if max(n_source, n_target) >= 4 * max(1, min(n_source, n_target)):
        return source_lang if n_source > n_target else target_lang
    return None
