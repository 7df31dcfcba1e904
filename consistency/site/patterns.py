"""Match paths against patterns with *, **, ? and {lang}.

`*` stands for any characters but "/", `**/` for any folders or none, `**` at the end for anything below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

LANG = "{lang}"
MOST = 20  # wildcards of one pattern
# A tag, or the English name of a language ("brazilian-portuguese"); which it is, identify.toml knows.
_TAG = re.compile(r"[A-Za-z]{2,12}(?:[-_@][A-Za-z0-9]{2,12}){0,3}")
_LONGEST_TAG = 51
_LANGUAGE, _REGION = re.compile(r"[a-z]{2,3}"), re.compile(r"[A-Z]{2}|[A-Z][a-z]{3}")  # of a tag; or a script
_PIECE = re.compile(r"\{lang\}|\*\*/|\*\*|\*|\?")


def wildcards(pattern: str) -> tuple[str, ...]:
    """Return the wildcards of a pattern in order, {lang} not among them.

    >>> wildcards("content/{lang}/**/*.md")
    ('**/', '*')
    """
    return tuple(piece for piece in _PIECE.findall(pattern) if piece != LANG)


@cache
def _parts(pattern: str) -> tuple[str, ...]:
    """Return the pattern in pieces: literal text at even places, wildcards and {lang} at odd ones."""
    parts, last = [], 0
    for match in _PIECE.finditer(pattern):
        parts += [pattern[last : match.start()], match[0]]
        last = match.end()
    return (*parts, pattern[last:])


def captures(pattern: str, path: str) -> tuple[str, tuple[str, ...]] | None:
    """Return (language as written, what each wildcard stands for); None where the path does not fit.

    >>> captures("content/{lang}/**/*.md", "content/de/a/b.md")
    ('de', ('a/', 'b'))
    """
    parts = _parts(pattern)
    if len(parts) == 1:
        return ("", ()) if path == pattern else None
    if not (path.startswith(parts[0]) and path.endswith(parts[-1])):
        return None
    texts = _Fit(parts, path).texts(1, len(parts[0]), "")
    if texts is None:
        return None
    found = list(zip(parts[1::2], texts, strict=True))
    lang = next((text for kind, text in found if kind == LANG), "")
    return lang, tuple(text for kind, text in found if kind != LANG)


def with_region(pattern: str, fit: tuple[str, tuple[str, ...]]) -> tuple[str, tuple[str, ...]] | None:
    """Return the other fit of a path whose "*" took the language and left its region; None where there is none.

    >>> with_region("*_{lang}.arb", ("BR", ("app_pt",))), with_region("*_{lang}.arb", ("de", ("how_to",)))
    (('pt_BR', ('app',)), None)
    """
    parts = _parts(pattern)
    kinds = parts[1::2]
    place = kinds.index(LANG) if LANG in kinds else 0
    between = parts[2 * place]
    if not place or kinds[place - 1] != "*" or between not in ("-", "_") or not _REGION.fullmatch(fit[0]):
        return None
    rest, separator, lang = fit[1][place - 1].rpartition(between)
    if not rest or not separator or not _LANGUAGE.fullmatch(lang):
        return None
    return f"{lang}{between}{fit[0]}", (*fit[1][: place - 1], rest, *fit[1][place:])


class _Fit:
    """Fit a path to a pattern. No regular expression: several stars in one take exponential time to fail.

    What failed once at a place is not tried there again; so the time is polynomial, whatever the pattern.
    """

    def __init__(self, parts: tuple[str, ...], path: str) -> None:
        self.parts, self.path = parts, path
        self.failed: set[tuple[int, int, str]] = set()

    def texts(self, part: int, place: int, lang: str) -> tuple[str, ...] | None:
        """Return what the wildcards from this one on stand for, the first as long as it may be; None: no fit.

        lang: what {lang} stood for before, "" where it has not come yet.
        """
        if (part, place, lang) in self.failed:
            return None
        kind, literal = self.parts[part], self.parts[part + 1]
        last = part + 2 == len(self.parts)
        for end in _ends(kind, self.path, place, lang):
            behind = end + len(literal)
            if not self.path.startswith(literal, end) or (last and behind != len(self.path)):
                continue
            text = self.path[place:end]
            rest = () if last else self.texts(part + 2, behind, text if kind == LANG else lang)
            if rest is not None:
                return (text, *rest)
        self.failed.add((part, place, lang))
        return None


def _ends(kind: str, path: str, place: int, lang: str) -> Iterable[int]:
    """Return where a wildcard that begins at a place may end, the farthest first."""
    if kind == LANG:
        return _tag_ends(path, place, lang)
    if kind == "?":
        return (place + 1,) if path[place : place + 1] not in ("", "/") else ()
    if kind == "**":
        return range(len(path), place - 1, -1)
    slash = path.find("/", place)
    if kind == "*":
        return range(slash if slash >= 0 else len(path), place - 1, -1)
    ends = [place]
    while slash > ends[-1]:
        ends.append(slash + 1)
        slash = path.find("/", ends[-1])
    return reversed(ends)


def _tag_ends(path: str, place: int, lang: str) -> Iterable[int]:
    if lang:  # the same language as before
        return (place + len(lang),) if path.startswith(lang, place) else ()
    stop = min(len(path), place + _LONGEST_TAG)
    return (end for end in range(stop, place + 1, -1) if _TAG.fullmatch(path, place, end))


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
        captures(pattern, path) or captures(f"{pattern.rstrip('/')}/**", path)
        for pattern in patterns
    )


def beginning(pattern: str) -> str:
    """Return the folder above the first wildcard, "" for the root.

    >>> beginning("docs/guide/*.{lang}.md"), beginning("README.{lang}.md")
    ('docs/guide', '')
    """
    first = _PIECE.search(pattern)
    return pattern[: first.start() if first else None].rpartition("/")[0]
