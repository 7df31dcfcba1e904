"""Look at a tree and propose a configuration: the usual layouts of site generators, each with what it holds."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from consistency.config import Layout, Project
from consistency.site.articles import articles_of, language_of
from consistency.site.patterns import LANG, captures

_TEXTS = ("md", "mdx", "markdown", "html", "htm", "rst", "adoc", "docx", "srt", "vtt")
_CATALOGUES = ("po", "xlf", "xliff", "tmx")  # each holds its source, so none has to lie beside it
_MESSAGES = ("json", "arb", "yml", "yaml")
# JSON and YAML hold data and settings everywhere else.
_MESSAGE_FOLDERS = frozenset({
    "locale", "locales", "_locales", "i18n", "l10n", "intl", "lang", "langs", "language", "languages",
    "translation", "translations", "messages",
})  # fmt: skip
_LEAST_COVERAGE = 0.9  # of articles × languages; below, what is missing is a plan and no oversight


@dataclass(frozen=True, slots=True)
class Known:
    """Name a layout that may be there; {ext} stands for a suffix."""

    name: str
    translations: str
    source: str = ""


_DOCUSAURUS = "i18n/{lang}/docusaurus-plugin-content-"
_SUFFIX = re.compile(r"\*[._-]\{lang\}")
_VERSION = re.compile(r"i18n/[^/]+/docusaurus-plugin-content-docs/(version-[^/]+)/")
# In this order: the more particular first, because a file belongs to the first layout that fits it.
_PARTICULAR = (
    Known("Docusaurus docs", f"{_DOCUSAURUS}docs/current/**/*.{{ext}}", "docs/**/*.{ext}"),
    Known("Docusaurus blog", f"{_DOCUSAURUS}blog/**/*.{{ext}}", "blog/**/*.{ext}"),
    Known("Docusaurus pages", f"{_DOCUSAURUS}pages/**/*.{{ext}}", "src/pages/**/*.{ext}"),
)
_GETTEXT = "LC_MESSAGES/"
_FOLDERS = {"content/": "Hugo", "docs/": "MkDocs", "_i18n/": "Jekyll", "i18n/": "i18n", "locales/": "locales"}
_SUFFIXED = (
    Known("README", "README.{lang}.{ext}"),
    Known("README", "README-{lang}.{ext}"),
    Known("README", "README_{lang}.{ext}"),
    Known("Hugo, a suffix a language", "content/**/*.{lang}.{ext}"),
    Known("MkDocs, a suffix a language", "docs/**/*.{lang}.{ext}"),
    Known("a suffix a language", "**/*.{lang}.{ext}"),
    Known("a suffix a language", "**/*_{lang}.{ext}"),
    Known("the language inside the name", "**/*_{lang}_*.{ext}"),
    Known("a suffix a language", "**/*-{lang}.{ext}"),
)


def _candidates(files: Sequence[str]) -> tuple[Known, ...]:
    """Return the layouts worth a look: Docusaurus, gettext, folders and files named like languages, suffixes."""
    versions = sorted({match[1] for path in files if (match := _VERSION.match(path))})
    versioned = (
        Known(f"Docusaurus, {v}", f"{_DOCUSAURUS}docs/{v}/**/*.{{ext}}", f"versioned_docs/{v}/**/*.{{ext}}")
        for v in versions
    )
    tops = _language_folders(files)
    gettext = (Known("gettext", f"{top}{LANG}/{_GETTEXT}**/*.{{ext}}") for top in tops)
    folders = (
        Known(f"{_FOLDERS.get(top, top or 'the root')}, a folder a language", f"{top}{LANG}/**/*.{{ext}}")
        for top in tops
    )
    named = Known("a file a language", f"{_named_folder(files)}{LANG}.{{ext}}")
    return (*_PARTICULAR, *versioned, *gettext, *folders, named, *_SUFFIXED)


def _language_folders(files: Iterable[str]) -> list[str]:
    """Return the folders, with "/" behind, in which folders are named like languages, the outer ones first."""
    tops = set()
    for path in files:
        parts = path.split("/")[:-1]
        tops |= {"/".join([*parts[:index], ""]) for index, part in enumerate(parts) if language_of(part)}
    return sorted(tops, key=lambda top: (top.count("/"), top))


def _named_folder(files: Iterable[str]) -> str:
    """Return the folder, with "/" behind, in which files are named like languages; of several, a pattern."""
    folders = set()
    for path in files:
        folder, slash, name = path.rpartition("/")
        if language_of(name.partition(".")[0]):
            folders.add(folder + slash)
    return folders.pop() if len(folders) == 1 else "**/"


@dataclass(frozen=True, slots=True)
class Found:
    """Count what one layout holds; languages: tag → translations with a source."""

    name: str
    layout: Layout
    articles: int
    languages: dict[str, int]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Hold a proposed configuration and what it stands on; found: () where no layout was recognised.

    strangers: folder among those of the languages → how many of its files are named like sources.
    """

    source: str
    found: tuple[Found, ...]
    n_missing: int = 0
    n_wanted: int = 0
    strangers: Mapping[str, int] = field(default_factory=dict)

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages of all layouts, sorted."""
        return tuple(sorted({lang for found in self.found for lang in found.languages}))


def propose(root: Path, files: Sequence[str], source: str) -> Proposal:
    """Return the proposal for a tree.

    source: tag of the source language, "" to tell it by the tree. files: from the root.
    """
    proposals = (_with_source(root, files, tag) for tag in ([source] if source else _sources(files)))
    first, *rest = proposals
    return next((proposal for proposal in (first, *rest) if proposal.found), first)


def _with_source(root: Path, files: Sequence[str], source: str) -> Proposal:
    found: list[Found] = []
    claimed: set[str] = set()
    for extension in (*_TEXTS, *_CATALOGUES, *_MESSAGES):
        left = [path for path in files if path.endswith(f".{extension}") and _may_be_text(path, extension)]
        for known in _candidates(left) if left else ():
            layout = Layout(_with(known.translations, extension), _with(known.source, extension))
            one = _look(root, known.name, layout, [path for path in left if path not in claimed], source)
            if one is not None:
                found.append(one[0])
                claimed |= one[1]
    return Proposal(source, tuple(found), *_absences(root, files, source, found), _strangers(files, found, source))


def _absences(root: Path, files: Sequence[str], source: str, found: Sequence[Found]) -> tuple[int, int]:
    """Return how many translations `check` will miss, and of how many, pages that nobody translated among them."""
    languages = tuple({lang for one in found for lang in one.languages})
    project = Project(root, source=source, languages=languages, layouts=tuple(one.layout for one in found))
    articles = [a for a in articles_of(project, files) if a.source or a.copies[0][1].endswith(_CATALOGUES)]
    wanted = len(articles) * len(languages)
    return wanted - sum(len(article.copies) for article in articles), wanted


def _may_be_text(path: str, extension: str) -> bool:
    return extension not in _MESSAGES or not _MESSAGE_FOLDERS.isdisjoint(path.split("/")[:-1])


def _strangers(files: Sequence[str], found: Iterable[Found], source: str) -> dict[str, int]:
    """Return the folders that lie among those of the languages and mirror the sources, but name no known language."""
    known, counts = frozenset(files), Counter[str]()
    for top in {f.layout.translations.partition(LANG)[0] for f in found if f"{LANG}/" in f.layout.translations}:
        for path in files:
            name, _, rest = path.removeprefix(top).partition("/")
            mirrored = {f"{top}{source}/{rest}", f"{top}{rest}"} & known
            if path.startswith(top) and rest and mirrored and not language_of(name):
                counts[f"{top}{name}"] += 1
    return dict(sorted(counts.items()))


def _with(pattern: str, extension: str) -> str:
    return pattern.replace("{ext}", extension)


def _look(
    root: Path, name: str, layout: Layout, files: Sequence[str], source: str
) -> tuple[Found, set[str]] | None:
    """Return what a layout holds and which files these are; None where no translation has a source."""
    project = Project(root, source=source, layouts=(layout,))
    catalogues = layout.translations.endswith(_CATALOGUES)
    # Of a single file the end of its name may be a word (how_to-do).
    alone = 2 if _SUFFIX.search(layout.translations) else 1
    pairs = [
        article
        for article in articles_of(project, files)
        if article.source and article.copies or catalogues and len(article.copies) >= alone
    ]
    if layout.translations.startswith(f"{LANG}/") and not catalogues:
        # Any folder at the root may look like a language (ts, is); one for the source makes sure.
        pairs = [a for a in pairs if captures(layout.translations, a.source)]
    languages = Counter(lang for article in pairs for lang, _ in article.copies)
    if not pairs:
        return None
    claimed = {path for a in pairs for path in (a.source, *(copy for _, copy in a.copies))}
    return Found(name, layout, len(pairs), dict(sorted(languages.items()))), claimed


def _sources(files: Iterable[str]) -> list[str]:
    """Return the languages that the sources may be in, the likeliest first.

    English, in the form that folders name; without it the language with the most files, because
    translations lag behind their source.
    """
    counts: Counter[str] = Counter()
    for path in files:
        counts.update({tag for part in path.split("/")[:-1] if (tag := language_of(part))})
    order = sorted(counts, key=lambda tag: (-counts[tag], tag))
    english = [tag for tag in order if tag.partition("-")[0] == "en"]
    if "en" in counts or not order:
        return ["en"]
    # Two that are equally full are both translations, or no languages at all (folders of code: ts, is).
    fullest = order[:1] if len(order) == 1 or counts[order[0]] > counts[order[1]] else []
    return [*(english or ["en"]), *fullest]


def as_toml(proposal: Proposal) -> str:
    """Return the proposal as consistency.toml."""
    lines = [
        "# What `consistency check` checks; every key is described in docs/configuration.md.",
        f"source = {_quoted(proposal.source)}",
        f"languages = [{', '.join(map(_quoted, proposal.languages))}]",
        "layouts = [",
        *(f"    {_layout(found.layout)},  # {found.name}" for found in proposal.found),
        "]",
    ]
    if _planned(proposal):
        lines += ["", "[severity]", f"# {_absent(proposal)} (yet).", 'document-missing = "off"']
    return "".join(f"{line}\n" for line in lines)


def _layout(layout: Layout) -> str:
    if not layout.source:
        return _quoted(layout.translations)
    return f"{{ source = {_quoted(layout.source)}, translations = {_quoted(layout.translations)} }}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def described(proposal: Proposal) -> tuple[str, ...]:
    """Return what was found, one line a layout, the languages with the number of their copies."""
    lines = []
    for found in proposal.found:
        shown = ", ".join(f"{lang} {count}" for lang, count in found.languages.items())
        noun = "catalogue" if found.layout.translations.endswith(_CATALOGUES) else "article"
        many = "s" * (found.articles != 1)
        lines.append(f"{found.layout.translations}: {found.articles} {noun}{many} ({found.name}): {shown}")
    if proposal.n_missing:
        what = "document-missing is off" if _planned(proposal) else "each is a finding"
        lines.append(f"{_absent(proposal)}: {what}")
    lines += [
        f"{folder}: {count} of its files are named like sources, but {Path(folder).name} is no language that is known; "
        f'`tags = {{ {Path(folder).name} = "…" }}` names one'
        for folder, count in proposal.strangers.items()
    ]
    return tuple(lines)


def _planned(proposal: Proposal) -> bool:
    """Tell whether so many translations are missing that it is a plan and no oversight."""
    return proposal.n_wanted - proposal.n_missing < _LEAST_COVERAGE * proposal.n_wanted


def _absent(proposal: Proposal) -> str:
    verb = "does" if proposal.n_missing == 1 else "do"
    return f"{proposal.n_missing} of {proposal.n_wanted} translations {verb} not exist"
