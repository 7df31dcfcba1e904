"""Group the files of a site into articles: a source and its translations, as the layouts say."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from consistency.config import Layout, Project
from consistency.evidence import language_data
from consistency.identify import normal_tag
from consistency.site.patterns import LANG, beginning, captures, filled, matches, untagged, with_region

# Folders that never hold articles; hidden ones are passed over as well.
_PASSED_OVER = frozenset({"node_modules", "__pycache__", "venv", "site-packages"})

Key = tuple[int, tuple[str, ...]]  # a layout's index and what its wildcards stand for


@dataclass(frozen=True, slots=True)
class Article:
    """Name the files of an article, from the root, with "/".

    source: "" where the translations have none; expected: where it would be.
    copies: (language, path) of each translation, in the order of the languages.
    whole: False where only some translations were asked for, so that none can be called missing.
    """

    source: str
    copies: tuple[tuple[str, str], ...]
    keys: frozenset[Key] = frozenset()
    expected: str = ""
    whole: bool = True


@dataclass(slots=True)
class _Group:
    """Collect the files of one key; tagged: the source named its language, and wins over one that does not."""

    source: str = ""
    tagged: bool = False
    copies: dict[str, str] = field(default_factory=dict)


def list_files(project: Project) -> tuple[str, ...]:
    """Return the files that could belong to an article, from the root, sorted; links to folders not followed."""
    tops = {
        beginning(pattern)
        for layout in project.layouts
        for pattern in (layout.translations, _source_pattern(layout))
    }
    tops = {
        top for top in tops if not any(top.startswith(f"{other}/" if other else "") for other in tops - {top})
    }
    found = {path for top in tops for path in _walk(project.root, top)}
    return tuple(sorted(path for path in found if not matches(path, project.exclude)))


def _walk(root: Path, top: str) -> Iterator[str]:
    for folder, folders, names in os.walk(root / top):
        folders[:] = [name for name in folders if name not in _PASSED_OVER and not name.startswith(".")]
        inner = Path(folder).relative_to(root).as_posix()
        for name in names:
            yield name if inner == "." else f"{inner}/{name}"


def articles_of(project: Project, files: Sequence[str]) -> tuple[Article, ...]:
    """Return the articles among the files, by source; a translation belongs to the first layout that fits it."""
    groups: dict[Key, _Group] = {}
    claimed: dict[str, Key] = {}
    known = frozenset(files)
    named = [
        _take_named(project, index, layout, [path for path in files if path not in claimed], groups, claimed)
        for index, layout in enumerate(project.layouts)
    ]
    translations = {path for path, key in claimed.items() if _has_source(project, key, groups[key], known)}
    for index, layout in enumerate(project.layouts):
        # What only looks like a translation (how_to_do, of Tongan) may be a source for the layouts before its own.
        taken = translations | named[index] | {path for path, key in claimed.items() if key[0] < index}
        _take_sources(project, index, layout, [path for path in files if path not in taken], groups)
    found: dict[str, Article] = {}
    for key, group in groups.items():
        article = _article(project, key, group)
        if article is None:
            continue
        earlier = found.get(article.source or article.expected)
        article = _joined(project, earlier, article) if earlier else article
        found[article.source or article.expected] = article
    return tuple(found[name] for name in sorted(found))


def _take_named(
    project: Project,
    index: int,
    layout: Layout,
    files: Sequence[str],
    groups: dict[Key, _Group],
    claimed: dict[str, Key],
) -> set[str]:
    """Put the files that name their language into the groups of one layout; return all that name one."""
    known, named = frozenset(files), set[str]()
    for path in files:
        fit = _fit(project, layout, path, known)
        tag = _tag(project, fit[0]) if fit else ""
        if fit is None or not tag:
            continue
        named.add(path)
        key = (index, fit[1])
        if tag == project.source and layout.source:
            continue
        if tag == project.source:
            group = groups.setdefault(key, _Group())
            group.source, group.tagged = path, True
        elif not project.languages or tag in project.languages:
            groups.setdefault(key, _Group()).copies.setdefault(tag, path)
            claimed[path] = key
    return named


def _has_source(project: Project, key: Key, group: _Group, files: Set[str]) -> bool:
    return group.tagged or filled(_source_pattern(project.layouts[key[0]]), project.source, key[1]) in files


def _take_sources(
    project: Project, index: int, layout: Layout, files: Sequence[str], groups: dict[Key, _Group]
) -> None:
    """Put the sources that do not name their language into the groups of one layout."""
    in_folder = f"{LANG}/" in layout.translations
    # What the wildcards stand for can be read two ways (a_b_c.md, from a_b_de_c.md), so translations come first.
    wanted = {
        filled(_source_pattern(layout), project.source, key[1]): key for key in groups if key[0] == index
    }
    for path in files:
        fit = ("", wanted[path][1]) if path in wanted else captures(_source_pattern(layout), path)
        # Without a language folder any file would be a source, so there a translation has to vouch for it.
        if fit is None or (in_folder and not layout.source and (index, fit[1]) not in groups):
            continue
        group = groups.setdefault((index, fit[1]), _Group())
        group.source = group.source if group.tagged else path


def _fit(
    project: Project, layout: Layout, path: str, known: Set[str]
) -> tuple[str, tuple[str, ...]] | None:
    """Return (language as written, what the wildcards stand for) of a translation; None where it is none.

    app_pt_BR.arb is the Brazilian copy of app.arb, unless there is an app_pt.arb to be the Breton one of.
    """
    fit = captures(layout.translations, path)
    longer = with_region(layout.translations, fit) if fit else None
    if fit is None or longer is None:
        return fit
    sources = (filled(pattern, project.source, fit[1]) for pattern in (layout.translations, _source_pattern(layout)))
    return fit if any(source in known for source in sources) else longer


def _source_pattern(layout: Layout) -> str:
    return layout.source or untagged(layout.translations)


def _tag(project: Project, written: str) -> str:
    """Return the language that a name in a path stands for; "" where it stands for none."""
    return project.tags.get(written) or language_of(written)


@cache
def language_of(written: str) -> str:
    """Return the language tag of a file's or folder's name, "" where it is none; jp is read as ja.

    >>> language_of("pt_br"), language_of("jp"), language_of("basque"), language_of("docs")
    ('pt-BR', 'ja', 'eu', '')
    """
    return normal_tag(written) or language_data().names.get(written.lower(), "")


def _article(project: Project, key: Key, group: _Group) -> Article | None:
    """Return a group's article; None where there is nothing to compare and nothing to ask for."""
    if not group.copies and not (group.source and project.languages):
        return None
    layout = project.layouts[key[0]]
    expected = layout.source or layout.translations
    copies = _ordered(project, group.copies)
    return Article(group.source, copies, frozenset({key}), filled(expected, project.source, key[1]))


def _joined(project: Project, first: Article, second: Article) -> Article:
    """Return one article of two layouts with the same source; of two copies in one language the first stays."""
    copies = _ordered(project, dict(second.copies) | dict(first.copies))
    return replace(first, copies=copies, keys=first.keys | second.keys)


def _ordered(project: Project, copies: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    order = {tag: place for place, tag in enumerate(project.languages)}
    return tuple(sorted(copies.items(), key=lambda copy: (order.get(copy[0], 0), copy[0])))


def selected(articles: Iterable[Article], names: Sequence[str]) -> tuple[Article, ...]:
    """Return the articles of some files and folders: all of those whose source is in one, else the copies that are.

    names: from the root, "" for all.
    """
    if "" in names:
        return tuple(articles)
    found = []
    for article in articles:
        if article.source and _within(article.source, names):
            found.append(article)
            continue
        copies = tuple(copy for copy in article.copies if _within(copy[1], names))
        if copies:
            found.append(replace(article, copies=copies, whole=False))
    return tuple(found)


def touched(project: Project, articles: Iterable[Article], changed: Iterable[str]) -> tuple[Article, ...]:
    """Return the articles of which a file was changed, added or deleted."""
    keys: set[Key] = set()
    paths = frozenset(changed)
    for path in paths:
        for index, layout in enumerate(project.layouts):
            fits = [captures(layout.translations, path), captures(_source_pattern(layout), path)]
            fits += [with_region(layout.translations, fits[0])] if fits[0] else []
            keys |= {(index, fit[1]) for fit in fits if fit}
    return tuple(a for a in articles if a.keys & keys or a.source in paths)


def _within(path: str, names: Iterable[str]) -> bool:
    return any(path == name or path.startswith(f"{name}/") for name in names)
