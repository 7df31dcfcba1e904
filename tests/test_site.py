"""From files to articles, from a tree to a proposal, from findings to what a project wants to see of them."""

from dataclasses import replace
from pathlib import Path

import pytest

from consistency.config import Project, Settings
from consistency.records import (
    Alignment,
    DocumentSummary,
    Fact,
    Finding,
    Location,
    Report,
    Signature,
    Span,
)
from consistency.reporters._copies import by_copy
from consistency.site.articles import articles_of, list_files, selected, touched
from consistency.site.configuration import parse
from consistency.site.joining import merge, suspect
from consistency.site.patterns import captures, matches
from consistency.site.policy import governed, lenient
from consistency.site.proposal import as_toml, described, propose
from consistency.site.stale import split_stale

FOLDERS = ("content/{lang}/**/*.md",)
SUFFIX = ("docs/**/*.{lang}.md",)
INSIDE = ("*_{lang}_*.md",)
SUFFIXED = ("*_{lang}.md",)
README = ("README.{lang}.md",)
DOCUSAURUS = ({"source": "docs/**/*.md", "translations": "i18n/{lang}/docs/**/*.md"},)


def project_of(layouts: tuple[object, ...], languages: str = "", **more: object) -> Project:
    table = {"source": "en", "languages": languages.split(), "layouts": list(layouts), **more}
    return parse(table, Path("/site"), "consistency.toml")


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("content/{lang}/**/*.md", "content/de/page.md", ("de", ("", "page"))),
        ("content/{lang}/**/*.md", "content/zh-Hant-TW/a/b/page.md", ("zh-Hant-TW", ("a/b/", "page"))),
        ("content/{lang}/**/*.md", "content/de/page.mdx", None),
        ("docs/**/*.{lang}.md", "docs/v1.2.de.md", ("de", ("", "v1.2"))),
        ("docs/**/*.{lang}.md", "docs/page.md", None),
        ("{lang}/{lang}.md", "de/de.md", ("de", ())),  # the same language both times
        ("{lang}/{lang}.md", "de/fr.md", None),
        ("locales/?.{lang}.md", "locales/a.de.md", ("de", ("a",))),
        ("a+b/{lang}/*.md", "a+b/de/x.md", ("de", ("x",))),  # what a regular expression would read as its own
        ("content/{lang}/**", "content/de/a/b.md", ("de", ("a/b.md",))),
    ],
)
def test_captures(pattern, path, expected):
    assert captures(pattern, path) == expected


@pytest.mark.parametrize(
    ("path", "patterns", "expected"),
    [
        ("content/de/legal/terms.md", ("content/*/legal",), True),  # a folder stands for what is in it
        ("content/de/legal/terms.md", ("content/*/legal/",), True),
        ("content/de/legalese.md", ("content/*/legal",), False),
        ("content/de/blog/legal/x.md", ("**/legal/**",), True),
        ("x.md", (), False),
    ],
)
def test_matches(path, patterns, expected):
    assert matches(path, patterns) is expected


@pytest.mark.parametrize(
    ("layouts", "languages", "files", "expected"),
    [
        (FOLDERS, "", "content/en/a.md content/de/a.md content/fr/a.md", {"content/en/a.md": "de fr"}),
        (FOLDERS, "fr de", "content/en/a.md content/de/a.md content/fr/a.md", {"content/en/a.md": "fr de"}),
        # A language that is not listed is not checked.
        (FOLDERS, "fr", "content/en/a.md content/de/a.md content/fr/a.md", {"content/en/a.md": "fr"}),
        # A source without translations matters where languages are asked for.
        (FOLDERS, "", "content/en/a.md", {}),
        (FOLDERS, "de", "content/en/a.md", {"content/en/a.md": ""}),
        # No source: the article is known by where it would be.
        (FOLDERS, "de", "content/de/a.md", {"-content/en/a.md": "de"}),
        # Sources that name no language.
        (FOLDERS, "", "content/a.md content/de/a.md content/b.md", {"content/a.md": "de"}),
        (SUFFIX, "", "docs/a.md docs/a.de.md docs/b/c.md docs/b/c.pt_BR.md", {"docs/a.md": "de", "docs/b/c.md": "pt-BR"}),
        (SUFFIX, "de", "docs/a.md docs/a.de.md docs/a.ru.md docs/b.md", {"docs/a.md": "de", "docs/b.md": ""}),
        (SUFFIX, "", "docs/a.en.md docs/a.md docs/a.de.md", {"docs/a.en.md": "de"}),  # one that says so wins
        (SUFFIX, "", "docs/v1.2.md docs/page.old.md docs/page.md", {}),  # no languages
        (INSIDE, "", "a_b_c.md a_de_b_c.md", {"a_b_c.md": "de"}),  # a_b + c, or a + b_c: the translation tells
        (README, "", "README.md README.zh-CN.md README.jp.md", {"README.md": "ja zh-CN"}),
        (DOCUSAURUS, "", "docs/a.md i18n/de/docs/a.md i18n/en/docs/a.md", {"docs/a.md": "de"}),
        # Two layouts with one source are one article; a file belongs to the first that fits.
        (("content/en/**/*.{lang}.md", *FOLDERS), "", "content/en/a.md content/de/a.md content/en/a.fr.md", {"content/en/a.md": "de fr"}),
        # A translation of one layout is no source of another that would take any file.
        ((*SUFFIXED, *INSIDE), "de", "a.md a_de.md b_c.md b_de_c.md", {"a.md": "de", "b_c.md": "de"}),
        ((*SUFFIXED, *INSIDE), "", "how_to_do.md how_to_do_de.md", {"how_to_do.md": "de", "-how_en_do.md": "to"}),  # no Tongan, as far as its copy can tell
        (("files/{lang}/*.md",), "", "files/en-us/a.md files/de/a.md", {"-files/en/a.md": "de en-US"}),  # en-US is another tag
    ],
)  # fmt: skip
def test_articles(layouts, languages, files, expected):
    articles = articles_of(project_of(layouts, languages), files.split())
    shown = {a.source or f"-{a.expected}": " ".join(lang for lang, _ in a.copies) for a in articles}
    assert shown == expected


def test_tags_name_languages():
    project = project_of(("README.{lang}.md",), tags={"basque": "eu"})
    (article,) = articles_of(project, ["README.md", "README.basque.md"])
    assert article.copies == (("eu", "README.basque.md"),)


def test_files_of_a_tree(tmp_path):
    kept = ["content/de/a.md", "content/en/a.md", "content/en/drafts/b.md"]
    for name in (*kept, "content/.hidden/x.md", "content/node_modules/x.md", "other/x.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (tmp_path / "content" / "loop").symlink_to(tmp_path)
    project = replace(project_of(FOLDERS), root=tmp_path)
    assert list_files(project) == tuple(kept)
    assert list_files(replace(project, exclude=("content/*/drafts",))) == tuple(kept[:2])


SITE = articles_of(
    project_of(FOLDERS, "de fr"),
    ["content/en/a.md", "content/de/a.md", "content/fr/a.md", "content/en/b/c.md", "content/de/b/c.md"],
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", [("content/en/a.md", "de fr", True), ("content/en/b/c.md", "de", True)]),
        ("content/en/b", [("content/en/b/c.md", "de", True)]),
        ("content/en/a.md", [("content/en/a.md", "de fr", True)]),
        # Only the copies that were named, and no word on those that were not.
        ("content/de", [("content/en/a.md", "de", False), ("content/en/b/c.md", "de", False)]),
        ("content/fr/a.md", [("content/en/a.md", "fr", False)]),
        ("content/en/a", []),  # the beginning of a name is no folder
    ],
)
def test_selected(name, expected):
    found = selected(SITE, [name])
    assert [(a.source, " ".join(lang for lang, _ in a.copies), a.whole) for a in found] == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ("content/fr/a.md", ["content/en/a.md"]),
        ("content/en/b/c.md", ["content/en/b/c.md"]),
        ("content/fr/b/c.md", ["content/en/b/c.md"]),  # deleted
        ("theme/style.css", []),
    ],
)
def test_touched(changed, expected):
    found = touched(project_of(FOLDERS, "de fr"), SITE, [changed])
    assert [article.source for article in found] == expected


@pytest.mark.parametrize(
    ("files", "layouts", "languages"),
    [
        ("content/en/a.md content/de/a.md", ["content/{lang}/**/*.md"], "de"),
        ("content/a.md content/a.de.md", ["content/**/*.{lang}.md"], "de"),
        ("docs/a.md docs/a.fr.md docs/a.de.md mkdocs.yml", ["docs/**/*.{lang}.md"], "de fr"),
        ("docs/en/docs/a.md docs/pt/docs/a.md", ["docs/{lang}/**/*.md"], "pt"),
        ("docs/a.mdx i18n/de/docusaurus-plugin-content-docs/current/a.mdx", ["i18n/{lang}/docusaurus-plugin-content-docs/current/**/*.mdx"], "de"),
        ("versioned_docs/version-3/a.md i18n/de/docusaurus-plugin-content-docs/version-3/a.md", ["i18n/{lang}/docusaurus-plugin-content-docs/version-3/**/*.md"], "de"),
        ("_i18n/en/a.md _i18n/de/a.md", ["_i18n/{lang}/**/*.md"], "de"),
        ("src/pages/docs/en/a.md src/pages/docs/ja/a.md", ["src/pages/docs/{lang}/**/*.md"], "ja"),
        ("README.md README.zh-CN.md README.jp.md", ["README.{lang}.md"], "ja zh-CN"),
        ("README.md README-de.md CHANGES.md", ["README-{lang}.md"], "de"),
        ("README.md README.basque.md README.brazilian-portuguese.md", ["README.{lang}.md"], "eu pt-BR"),
        ("a.md a_de.md b.md", ["**/*_{lang}.md"], "de"),
        ("a_b_2020.md a_b_de_2020.md a_b_pt_2020.md", ["**/*_{lang}_*.md"], "de pt"),
        ("how_do.md how_to_do_it.md", [], ""),
        ("en/a.html de/a.html", ["{lang}/**/*.html"], "de"),
        ("a.md ts/a.md is/a.md", [], ""),  # folders of code, not of Tsonga and Icelandic
        ("docs/a.md src/main.py", [], ""),
        ("locale/de/LC_MESSAGES/a.po locale/pt_BR/LC_MESSAGES/a.po a.py", ["locale/{lang}/LC_MESSAGES/**/*.po"], "de pt-BR"),
        ("locale/de/LC_MESSAGES/a.po locale/en/LC_MESSAGES/a.po", ["locale/{lang}/LC_MESSAGES/**/*.po"], "de"),
        ("docs/i.rst docs/locale/i.pot docs/locale/fr/LC_MESSAGES/g/i.po", ["docs/locale/{lang}/LC_MESSAGES/**/*.po"], "fr"),
        ("de/LC_MESSAGES/a.po", ["{lang}/LC_MESSAGES/**/*.po"], "de"),
        ("po/x.pot po/de.po po/fr.po", ["po/{lang}.po"], "de fr"),
        ("lib/po/de.po app/po/de.po", ["**/{lang}.po"], "de"),
        ("locales/de/web.po locales/fr/web.po", ["locales/{lang}/**/*.po"], "de fr"),
        ("languages/shop-de_DE.po languages/shop-fr_FR.po languages/shop.pot", ["**/*-{lang}.po"], "de-DE fr-FR"),
        ("src/locale/app.xlf src/locale/app.de.xlf src/locale/app.fr.xlf", ["**/*.{lang}.xlf"], "de fr"),
        ("how_to-do.po", [], ""),
        ("talk/en.md talk/de.md walk/en.md walk/fr.md", ["**/{lang}.md"], "de fr"),
        ("docs/en.md docs/de.md docs/a.md", ["docs/{lang}.md"], "de"),
        ("docs/is.md docs/to.md docs/no.md", [], ""),  # no en.md: these are words
        ("web/src/locales/en.json web/src/locales/de.json package.json", ["web/src/locales/{lang}.json"], "de"),
        ("public/locales/en/a.json public/locales/de/a.json", ["public/locales/{lang}/**/*.json"], "de"),
        ("config/locales/en.yml config/locales/de.yml config/locales/mail.en.yml config/locales/mail.de.yml", ["config/locales/{lang}.yml", "**/*.{lang}.yml"], "de"),
        ("lib/l10n/app_en.arb lib/l10n/app_de.arb lib/l10n/app_pt_BR.arb", ["**/*_{lang}.arb"], "de pt-BR"),
        ("stock/en.json stock/de.json", [], ""),  # data of countries
        ("talk.srt talk.de.srt", ["**/*.{lang}.srt"], "de"),
        ("docs/en/a.rst docs/de/a.rst", ["docs/{lang}/**/*.rst"], "de"),
        ("content/en/a.md content/de/a.md README.md README.fr.md", ["content/{lang}/**/*.md", "README.{lang}.md"], "de fr"),
    ],
)  # fmt: skip
def test_proposal(files, layouts, languages):
    """What is proposed is also what the program reads back, with the same articles."""
    proposal = propose(Path("/site"), files.split(), "")
    assert [found.layout.translations for found in proposal.found] == layouts
    assert proposal.languages == tuple(languages.split())
    assert proposal.source == "en"


def test_proposal_says_which_folders_it_does_not_know():
    names = ["en/a", "en/b", "de/a", "franken/a", "franken/b", "img/x"]
    files = [f"docs/{name}.md" for name in names]
    assert described(propose(Path("/s"), files, ""))[-1:] == (
        "docs/franken: 2 of its files are named like sources, but franken is no language that is known; "
        '`tags = { franken = "…" }` names one',
    )


def test_proposal_of_catalogues():
    """They hold their source, so that one language alone is worth a check; one of the source's counts for no copy."""
    files = [f"locale/{lang}/LC_MESSAGES/{name}.po" for lang, names in (("de", "ab"), ("fr", "a"), ("en", "ab")) for name in names]
    assert described(propose(Path("/s"), files, "")) == (
        "locale/{lang}/LC_MESSAGES/**/*.po: 2 catalogues (gettext): de 2, fr 1",
        "1 of 4 translations does not exist: document-missing is off",
    )


@pytest.mark.parametrize(("n_missing", "off"), [(1, False), (2, True)])
def test_nine_of_ten_are_a_whole_translation(n_missing, off):
    """Where so few are missing, each is a finding; it is nine of ten that counts, not almost nine."""
    files = [f"content/{lang}/{name}.md" for lang in ("en", "de") for name in "abcdefghij"]
    files = files[: 20 - n_missing]
    assert ("document-missing" in as_toml(propose(Path("/s"), files, ""))) is off


def test_proposal_in_another_language():
    """Without English the fullest folder is the source, and an option has the last word."""
    files = ["content/de/a.md", "content/de/b.md", "content/fr/a.md"]
    assert (propose(Path("/s"), files, "").source, propose(Path("/s"), files, "fr").source) == ("de", "fr")
    files = ["files/en-us/a.md", "files/de/a.md", "files/de/b.md"]
    assert propose(Path("/s"), files, "").source == "en-US"


def test_proposal_as_a_file():
    files = [
        *(f"docs/{name}.md" for name in "abc"),
        *(f"i18n/de/docusaurus-plugin-content-docs/current/{name}.md" for name in "abc"),
        "i18n/fr/docusaurus-plugin-content-docs/current/a.md",
        "docs/d.md",  # nobody translated it, and that is missing too
    ]
    proposal = propose(Path("/site"), files, "")
    assert described(proposal) == (
        "i18n/{lang}/docusaurus-plugin-content-docs/current/**/*.md: 3 articles (Docusaurus docs): de 3, fr 1",
        "4 of 8 translations do not exist: document-missing is off",
    )
    assert as_toml(proposal) == (
        "# What `consistency check` checks; every key is described in docs/configuration.md.\n"
        'source = "en"\n'
        'languages = ["de", "fr"]\n'
        "layouts = [\n"
        '    { source = "docs/**/*.md", translations = "i18n/{lang}/docusaurus-plugin-content-docs/current/**/*.md" },  # Docusaurus docs\n'
        "]\n"
        "\n"
        "[severity]\n"
        "# 4 of 8 translations do not exist (yet).\n"
        'document-missing = "off"\n'
    )


def place(path: str, lang: str, text: str = "38", line: int = 1) -> Location:
    return Location(path, lang, line, 1, line, 1 + len(text), text, text, Span(0, len(text)))


FINDING = Finding(
    "number-added", "warning", 0.75, "said", "pt-BR", place("en.md", "en"), place("pt/legal/a.md", "pt-BR")
)
NAME = replace(FINDING, check="name-dropped", fact=Fact("name", "kontor", "Kontor", Span(0, 6)))


@pytest.mark.parametrize(
    ("finding", "project", "expected"),
    [
        (FINDING, {}, "warning"),
        (FINDING, {"override": [{"paths": ["pt/legal"], "severity": {"number-added": "error"}}]}, "error"),
        (FINDING, {"override": [{"paths": ["pt/blog"], "severity": {"number-added": "error"}}]}, "warning"),
        (FINDING, {"override": [{"languages": ["pt"], "severity": {"number-added": "off"}}]}, None),
        (FINDING, {"override": [{"languages": ["pt-PT"], "severity": {"number-added": "off"}}]}, "warning"),
        # Both have to fit where both are given.
        (FINDING, {"override": [{"languages": ["pt"], "paths": ["de"], "min_confidence": 0.9}]}, "warning"),
        (FINDING, {"override": [{"min_confidence": 0.9}]}, None),
        # The later of two wins, and an override may ask for more than the whole does.
        (FINDING, {"override": [{"min_confidence": 0.9}, {"languages": ["pt"], "min_confidence": 0.5}]}, "warning"),
        (FINDING, {"severity": {"number-added": "off"}, "override": [{"severity": {"number-added": "note"}}]}, "note"),
        (FINDING, {"min_confidence": 0.9}, None),
        (NAME, {"ignore_names": ["KONTOR"]}, None),
        (NAME, {"ignore_names": ["Kontor AG"]}, "warning"),
        (FINDING, {"ignore_names": ["38"]}, "warning"),  # a number is no name
    ],
)  # fmt: skip
def test_governed(finding, project, expected):
    found = governed([finding], parse(project, Path("/site"), "f"), lambda finding: "pt/legal/a.md")
    assert [one.severity for one in found] == ([expected] if expected else [])


def test_the_pipeline_is_asked_for_whatever_an_override_wants():
    table = {
        "min_confidence": 0.8,
        "severity": {"url-added": "off", "url-dropped": "off"},
        "override": [{"min_confidence": 0.4}, {"severity": {"url-added": "note"}}],
    }
    settings = lenient(parse(table, Path("/site"), "f"))
    assert (settings.min_confidence, settings.disabled) == (0.4, {"url-dropped"})
    assert lenient(Project(Path("/site"))) == Settings()


DROPPED = Finding(
    "number-dropped", "error", 0.9, "38 is missing", "de", place("en.md", "en"), place("de.md", "de", "Satz."),
    Fact("number", "38", "38", Span(0, 2)), fingerprint="a" * 16,
)  # fmt: skip
CHANGED = replace(DROPPED, check="number-changed", target=place("de.md", "de", "83"), fingerprint="b" * 16)
PASSAGE = Finding("segment-dropped", "warning", 0.9, "gone", "de", place("en.md", "en", "A new line."), None)


@pytest.mark.parametrize(
    ("finding", "pinned", "stale"),
    [
        (DROPPED, [], True),
        (DROPPED, [DROPPED], False),
        # The passage of the source was edited as well: another fingerprint, the same fact.
        (DROPPED, [replace(DROPPED, fingerprint="c" * 16)], False),
        (DROPPED, [replace(DROPPED, fingerprint="c" * 16, fact=Fact("number", "40", "40", Span(0, 2)))], True),
        # The copy's words were wrong by the old source too, whatever that said.
        (CHANGED, [replace(CHANGED, fingerprint="c" * 16, fact=Fact("number", "40", "40", Span(0, 2)))], False),
        (CHANGED, [], True),
        (PASSAGE, [], True),
        (PASSAGE, [replace(PASSAGE, fingerprint="c" * 16)], False),
        (replace(DROPPED, lang="fr"), [], False),  # another copy's
    ],
)  # fmt: skip
def test_stale(finding, pinned, stale):
    (judged,), n_stale = split_stale([finding], pinned, "de", "0123456789abcdef")
    assert n_stale == stale
    if stale:
        words = f"{finding.message}; stale: so only since the source changed after 0123456789"
        assert judged == replace(finding, severity="note", message=words)
    else:
        assert judged == finding


def report(number: int) -> Report:
    source = DocumentSummary(f"{number}/en.md", "en", "source", 1, 1)
    copy = DocumentSummary(f"{number}/de.md", "de", "translation", 1, 1)
    finding = replace(DROPPED, target=place(copy.path, "de"))
    counts = {"facts_compared": number}
    beads = {"de": (Alignment((0,), (0,), 1.0),)}
    return Report((source, copy), (finding,), counts, Signature("1", "m", {}), beads, ("same", str(number)))


def test_merge():
    one, two = report(1), report(2)
    merged = merge([one, two])
    assert merged == Report(
        (*one.documents, *two.documents),
        (*one.findings, *two.findings),
        {"facts_compared": 3},
        one.signature,
        {"1/de.md": one.alignments["de"], "2/de.md": two.alignments["de"]},
        ("same", "1", "2"),
    )
    assert merge([one]) is one


def test_copies_without_a_source_belong_to_no_other_article():
    """A page that lacks a French copy is not shown as the French copy of another page, which has lost its source."""
    orphan = replace(report(3), documents=(DocumentSummary("3/fr.md", "fr", "translation", 0, 0),), findings=())
    missing = replace(DROPPED, source=place("2/en.md", "en"), target=None, lang="fr")
    merged = merge([replace(report(number), findings=()) for number in (1, 2)] + [orphan])
    assert merged.documents[0].path == "3/fr.md"
    grouped = by_copy(replace(merged, findings=(missing,)))
    assert [document.path for document, findings in grouped if findings] == ["2/en.md"]


@pytest.mark.parametrize(
    ("finding", "path"),
    [
        (replace(DROPPED, target=place("2/de.md", "de")), "2/de.md"),
        # Without a place in a copy, the source tells the article, and the language the copy.
        (replace(DROPPED, source=place("2/en.md", "en"), target=None), "2/de.md"),
        (replace(DROPPED, source=place("2/en.md", "en"), target=None, lang="fr"), "2/en.md"),  # missing
        (replace(DROPPED, source=None, target=place("2/de.md", "de"), lang="en"), "2/de.md"),
    ],
)
def test_findings_of_a_site_by_copy(finding, path):
    merged = merge([replace(report(number), findings=()) for number in (1, 2, 3)])
    grouped = by_copy(replace(merged, findings=(finding,)))
    assert [document.path for document, findings in grouped if findings] == [path]


@pytest.mark.parametrize(
    ("finding", "path"),
    [
        (replace(DROPPED, target=place("1/x.md", "de")), "1/x.md"),
        (replace(DROPPED, target=None), "1/de.md"),
        (replace(DROPPED, target=None, lang="fr", source=place("1/en.md", "en")), "1/en.md"),
    ],
)
def test_suspect(finding, path):
    assert suspect(finding, report(1).documents) == path
