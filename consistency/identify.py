"""Tell the language of a document: by what declares it, else by its text.

Scripts and function words (identify.toml) decide ordinary articles in about a millisecond. The statistical
identifier, which takes most of a second to load, is asked only where nothing declares the language and the
words leave it open. Nothing here guesses where a guess would become a finding: undecided is None.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from consistency.evidence import (
    SAMPLE,
    base,
    by_evidence,
    language_data,
    main_script,
    near,
    scripts_of,
    word_weights,
)

_TAG = re.compile(
    r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?(?:@[a-z]+)?(?:\.(?i:utf-?8))?"
)
_KEYS = ("lang", "language", "locale", "content_language")
_WORD = re.compile(r"[^\W\d_]+")
_LEAST = 0.25  # a single word gets 0.1 and a plain sentence 0.8; below, any answer would be a guess


def normal_tag(tag: str) -> str:
    """Return a BCP 47 tag in its usual case; "" where it is none that names a known language.

    >>> normal_tag("pt_br"), normal_tag("zh-hant-TW"), normal_tag("de_DE.UTF-8"), normal_tag("page")
    ('pt-BR', 'zh-Hant-TW', 'de-DE', '')
    """
    match = _TAG.fullmatch(tag.strip())
    if match is None or match[1].lower() not in language_data().codes:
        return ""
    language, script, region = match.groups()
    parts = [language.lower(), script.title() if script else "", region.upper() if region else ""]
    return "-".join(filter(None, parts))


def named(path: str) -> tuple[str, bool] | None:
    """Return the language that a file or folder name tells, and whether the name alone proves it.

    >>> named("content/de/page.md"), named("page.pt_BR.md"), named("is.md"), named("page.md")
    (('de', True), ('pt-BR', True), ('is', False), None)
    """
    *folders, name = re.split(r"[/\\]", path)
    stem = name[: name.rfind(".")] if "." in name[1:] else name
    whole = _as_name(stem)
    if whole:
        return whole[0], whole[1] and base(whole[0]) not in language_data().everyday
    head, dot, last = stem.rpartition(".")
    if dot and head and (found := _as_name(last)):
        return found
    for separator in ("_", "-"):
        if found := _suffix(stem, separator):
            return found
    for folder in reversed(folders):
        if found := _as_name(folder.removesuffix(".lproj").removeprefix("values-")):
            data = language_data()
            doubtful = (data.everyday - data.words.keys()) | data.folders
            return found[0], found[1] and base(found[0]) not in doubtful
    return None


def _as_name(part: str) -> tuple[str, bool] | None:
    """Read a whole part of a name as a tag; a country's code stands for its language, without proof."""
    tag = normal_tag(part)
    if tag:
        return tag, True
    alias = language_data().names.get(part.lower())
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
        if count == 1 and tail[1:].isupper() and tail[1:].lower() not in language_data().words:
            return None  # "statutes_EU" is of the union, not in Basque
        if found and (count == 1 or re.fullmatch(r"[A-Z]{2}|\d{3}|[A-Z][a-z]{3}", parts[-1]) or count == 3):
            sure = count > 1 or (separator == "_" and base(found[0]) not in language_data().everyday)
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
    if name and (name[1] or (text and base(by_evidence(text)[0]) == base(name[0]))):
        found.append(("name", name[0]))
    return tuple(found)


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
    script, _ = main_script(text)
    if sum(char.isalpha() for char in text[:SAMPLE]) < 3:
        return "und", 0.0
    tag, confidence = by_evidence(text)
    allowed = {base(candidate) for candidate in candidates or ()}
    if tag != "und" and (not allowed or tag in allowed):
        return tag, confidence
    written = frozenset(language_data().scripts.get(script, ()))
    wanted = frozenset(allowed or written) & (written or frozenset(allowed))
    found, probability = _identifier(wanted).classify(text[:SAMPLE])
    return (str(found), float(probability)) if probability >= _LEAST else ("und", 0.0)


def _settled(script: str, text: str) -> bool:
    """Tell whether han without kana, or kana among han, is more than a title or a quotation."""
    letters = [char for char in text[:SAMPLE] if char.isalpha()]
    n_kana = sum("\u3041" <= char <= "\u30ff" for char in letters)
    return len(letters) >= 300 if script == "han" else n_kana >= 0.3 * len(letters)


def contradicts(tag: str, text: str) -> str | None:
    """Return the language a text is plainly written in, where that is not the declared one; else None.

    Conservative: twenty words or sixty letters at least; another script, or function words of another
    language three times as weighty as those of the declared one. None also where it cannot be told.
    """
    language = base(tag)
    data = language_data()
    script, share = main_script(text)
    letters = sum(char.isalpha() for char in text[:SAMPLE])
    if letters < 60 or share < 0.7:
        return None
    expected = {name for name, langs in data.scripts.items() if language in langs}
    if language not in data.codes or not expected:
        return None
    if script not in expected:
        if {script, *expected} <= {"han", "kana"} and not _settled(script, text):
            return None
        found = data.scripts.get(script, ())
        tag = found[0] if len(found) == 1 else by_evidence(text)[0]
        # Serbian, Kazakh, Uzbek and others have a second script that the table does not list.
        return None if tag == "und" and "latin" in (script, *expected) else tag
    scores, n_words = word_weights(text, data.scripts.get(script, ()))
    if n_words < 20 or not scores or language not in data.words:
        return None
    best, found_tag = scores[0]
    own = next(score for score, lang in scores if lang == language) if script in expected else 0.0
    if best < 4 or best < 0.1 * n_words or best < 3 * own or near(language, found_tag):
        return None
    return found_tag


def looks_like(text: str, source_lang: str, target_lang: str) -> str | None:
    """Return which of two languages a passage is written in, None where that cannot be told.

    For passages left untranslated: three words at least, and function words of one language only. Names
    and titles have none and stay undecided.
    """
    source, target = base(source_lang), base(target_lang)
    data = language_data()
    words = [match[0].casefold() for match in _WORD.finditer(text)]
    if source == target:
        return None
    script, share = main_script(text)
    homes = {
        lang: {name for name, langs in data.scripts.items() if lang in langs} for lang in (source, target)
    }
    if script and share > 0.5 and script in homes[target] - homes[source]:
        return target_lang
    own = homes[target] - homes[source]
    if sum(count for name, count in scripts_of(text).items() if name in own) >= 6:
        return None  # a long title in the source's script inside a sentence of the copy's own
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
