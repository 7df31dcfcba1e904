"""The documentation as a site: it builds without a warning, has a page for every check and language, and fetches nothing."""

import html
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("mkdocs", reason="the extra `docs` builds the site")
from consistency.checkdocs import check_docs
from consistency.languages import supported

ROOT = Path(__file__).parents[1]
TAG = re.compile(r"<[^>]*>")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    return folder


def article(page: Path) -> str:
    """Return the words of a page, without markup, white space folded."""
    text = page.read_text(encoding="utf-8")
    body = text[text.index("<article") : text.index("</article>")]
    return " ".join(html.unescape(TAG.sub("", body)).split())


@pytest.mark.parametrize("check", check_docs())
def test_every_check_has_a_page_with_its_examples(site, check):
    words = article(site / f"checks/{check}.html")
    doc = check_docs()[check]
    parts = [doc.says, doc.limits, *(example.says for example in doc.flag), *(line for place in doc.sites for line in place.says)]
    assert [part for part in parts if " ".join(part.replace("`", "").split()) not in words] == []
    assert f'href="checks/{check}.html"' in (site / "checks.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("tag", supported())
def test_every_language_has_a_page_with_its_sentences(site, tag):
    words = article(site / f"languages/{tag}.html")
    golden = (ROOT / f"tests/languages/{tag}.txt").read_text(encoding="utf-8")
    lines = [line for line in golden.splitlines() if line and line not in ("---", "===") and not line.startswith("#")]
    parts = [f"{kind} {said.rstrip('»')}" if said else kind for kind, _, said in (line.partition(" «") for line in lines)]
    assert [part for part in parts if " ".join(part.split()) not in words] == []
    assert f'href="languages/{tag}.html"' in (site / "languages.html").read_text(encoding="utf-8")


def test_nothing_is_fetched_from_elsewhere(site):
    loads = re.compile(r'<(?:script|img|link|iframe)[^>]*(?:src|href)="(?:https?:)?//[^"]*"')
    assert [(page.name, found) for page in site.rglob("*.html") for found in loads.findall(page.read_text(encoding="utf-8"))] == []
