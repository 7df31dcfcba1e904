"""Match paths against patterns with *, **, ? and {lang}.

`*` stands for any characters but "/", `**/` for any folders or none, `**` at the end for anything below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

LANG = "{lang}"
# A tag, or the English name of a language ("brazilian-portuguese"); which it is, identify.toml knows.
_TAG = r"(?P<lang>[A-Za-z]{2,12}(?:[-_@][A-Za-z0-9]{2,12}){0,3})"
_PIECE = re.compile(r"\{lang\}|\*\*/|\*\*|\*|\?")
_REGEX = {"**/": "((?:[^/]+/)*)", "**": "(.*)", "*": "([^/]*)", "?": "([^/])"}


def wildcards(pattern: str) -> tuple[str, ...]:
    """Return the wildcards of a pattern in order, {lang} not among them.

    >>> wildcards("content/{lang}/**/*.md")
    ('**/', '*')
    """
    return tuple(piece for piece in _PIECE.findall(pattern) if piece != LANG)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return the pattern as a regular expression: a group a wildcard, and `lang` for the first {lang}."""
    parts, last, tagged = [], 0, False
    for match in _PIECE.finditer(pattern):
        parts.append(re.escape(pattern[last : match.start()]))
        if match[0] == LANG:
            parts.append("(?P=lang)" if tagged else _TAG)
            tagged = True
        else:
            parts.append(_REGEX[match[0]])
        last = match.end()
    return re.compile("".join([*parts, re.escape(pattern[last:])]), re.DOTALL)


def captures(pattern: str, path: str) -> tuple[str, tuple[str, ...]] | None:
    """Return (language as written, what each wildcard stands for); None where the path does not fit.

    >>> captures("content/{lang}/**/*.md", "content/de/a/b.md")
    ('de', ('a/', 'b'))
    """
    match = compiled(pattern).fullmatch(path)
    if match is None:
        return None
    index = match.re.groupindex.get("lang")
    groups = tuple(text for number, text in enumerate(match.groups(), start=1) if number != index)
    return (match["lang"] if index else ""), groups


def filled(pattern: str, lang: str, groups: Iterable[str]) -> str:
    """Return the path that a pattern makes of a language and the texts of its wildcards.

    >>> filled("docs/**/*.{lang}.md", "de", ("a/", "b"))
    'docs/a/b.de.md'
    """
    texts = iter(groups)
    return _PIECE.sub(lambda match: lang if match[0] == LANG else next(texts), pattern)


def untagged(pattern: str) -> str:
    """Return the pattern without {lang} and the separator that sets it off.

    >>> [untagged(p) for p in ("docs/**/*.{lang}.md", "{lang}/**/*.md", "README_{lang}.md", "i18n/{lang}.json")]
    ['docs/**/*.md', '**/*.md', 'README.md', 'i18n/.json']
    """
    return re.sub(r"[._-]\{lang\}|\{lang\}/|\{lang\}", "", pattern)


def matches(path: str, patterns: Iterable[str]) -> bool:
    """Tell whether a path fits one of the patterns; a folder's name stands for all that is in it."""
    return any(
        compiled(pattern).fullmatch(path) or compiled(f"{pattern.rstrip('/')}/**").fullmatch(path)
        for pattern in patterns
    )


def beginning(pattern: str) -> str:
    """Return the folder above the first wildcard, "" for the root.

    >>> beginning("docs/guide/*.{lang}.md"), beginning("README.{lang}.md")
    ('docs/guide', '')
    """
    first = _PIECE.search(pattern)
    return pattern[: first.start() if first else None].rpartition("/")[0]
