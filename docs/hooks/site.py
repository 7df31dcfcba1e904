"""Make the pages of the site that come from data, and bring in those that lie outside docs/ (a hook of MkDocs).

A page per check and per language would be eighty files to commit and to keep fresh, so they are made when the site is built;
docs/checks.md and docs/languages.md hold the same in one page each, for readers of the repository.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from language_pages import language_page, linked_table
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from consistency.checkdocs import check_docs, index, section
from consistency.checks import CHECKS, KINDS
from consistency.languages import load_language, supported

ROOT = Path(__file__).parents[2]
# file of the repository → page of the site
ELSEWHERE = {
    "README.md": "index.md",
    "CHANGELOG.md": "changelog.md",
    "benchmarks/README.md": "benchmarks.md",
    "consistency/model/README.md": "model.md",
    "seeds/README.md": "seeds.md",
}
LINK = re.compile(r"\]\((?![a-z]+:)([^)#\s]+)(#[^)\s]*)?\)")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add the pages of checks and languages to the navigation."""
    sections = {title: pages for entry in config.nav or () for title, pages in entry.items()}
    sections["Checks"] += _check_nav()
    sections["Languages"] += [{load_language(tag).name: f"languages/{tag}.md"} for tag in supported()]
    return config


def _check_nav() -> Iterator[dict[str, Any]]:
    for kind in KINDS:
        yield {kind: [_nav_row(f"{kind}-{fault}") for fault in ("dropped", "added", "changed")]}
    yield from (_nav_row(check) for check in CHECKS if check.rpartition("-")[0] not in KINDS or check == "number-swapped")


def _nav_row(check: str) -> dict[str, str]:
    return {check: f"checks/{check}.md"}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that no file in docs/ holds."""
    for path, page in ELSEWHERE.items():
        text = (ROOT / path).read_text(encoding="utf-8")
        files.append(File.generated(config, page, content=relinked(text, path, page)))
    for picture in sorted((ROOT / "reports").glob("*.png")):
        files.append(File.generated(config, f"reports/{picture.name}", abs_src_path=str(picture)))
    for name, doc in check_docs().items():
        files.append(File.generated(config, f"checks/{name}.md", content=section(CHECKS[name], doc, 1) + _switch(name)))
    for tag in supported():
        files.append(File.generated(config, f"languages/{tag}.md", content=language_page(tag, ROOT)))
    return files


def _switch(check: str) -> str:
    return f"""
To leave it out: `--ignore {check}`; `{check} = "off"` under `[severity]` in the [configuration](../configuration.md#keys), for some
paths and languages only under `[[override]]`; for one passage a [comment](../configuration.md#comments-in-the-articles) in the page.
"""


def on_page_markdown(markdown: str, page: Any, config: MkDocsConfig, files: Files) -> str:
    """Turn what is written for readers of the repository into what readers of the site need."""
    uri = page.file.src_uri
    if uri == "checks.md":
        return index("checks/{}.md")
    if uri == "languages.md":
        markdown = linked_table(markdown)
    return markdown if page.file.generated_by else relinked(markdown, f"docs/{uri}", uri)


def relinked(markdown: str, path: str, page: str) -> str:
    """Return the text of a file of the repository with its links as they are seen from its page of the site."""

    def link(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), match[1]))
        if target.startswith("docs/"):
            uri = target.removeprefix("docs/")
        else:
            uri = ELSEWHERE.get(f"{target}/README.md", ELSEWHERE.get(target, target))
        return f"]({posixpath.relpath(uri, posixpath.dirname(page) or '.')}{match[2] or ''})"

    return LINK.sub(link, markdown)
