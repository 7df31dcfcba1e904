"""Every command in README.md and docs/ is run in a shell as it is written; where output is shown, it is what comes."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.test_history import commit, git

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
RUN = re.compile(r"^\s*(?:- run: |- |\$ )?(?=(?:\S*/)?consistency [a-z]|\S*_CONSISTENCY_COMPLETE|eval )")
SPAN = re.compile(r"(?<!`)`(consistency [a-z][^`]*)`(?!`)", re.S)
# What stands for something of the reader's own, in the order of replacement.
READERS = (
    ("[PATH...]", ""), ("[FOLDER]", ""), ("[CHECK]", "number-dropped"), ("explain CHECK", "explain number-dropped"),
    ("SOURCE TRANSLATION...", "en.md de.md fr.md"), ("SOURCE TRANSLATION", "en.md de.md"), ("facts FILE", "facts de.md"),
)  # fmt: skip
# Counted: a command that is not run has its reason here.
NOT_RUN = {
    "consistency batch": "names the command, which asks for a file",
    "consistency check --format checkstyle | reviewdog -f=checkstyle": "reviewdog is a program of others",
    'eval "$(_CONSISTENCY_COMPLETE=zsh_source consistency)"': "asks for zsh; its script: test_completion_scripts",
    "_CONSISTENCY_COMPLETE=fish_source consistency | source": "asks for fish; its script: test_completion_scripts",
}
ENGLISH = "# Tickets\n\nA ticket costs 3 euros and is valid for 90 minutes.\n"
COPIES = {
    "de": "# Fahrkarten\n\nEine Fahrkarte kostet 5 Euro und gilt 90 Minuten.\n",
    "fr": "# Billets\n\nUn billet coûte 3 euros et reste valable 90 minutes.\n",
}


def commands(page: Path) -> list[str]:
    """Return the commands of a page: lines of blocks, and what stands between backticks in running text."""
    text = page.read_text(encoding="utf-8").partition("## Every option")[0]
    lines = [re.split(r"\s{2,}", RUN.sub("", line))[0] for line in text.splitlines() if RUN.match(line) and not line.startswith("|")]
    spans = [" ".join(span.split()) for span in SPAN.findall(re.sub(r"^```.*?^```", "", text, flags=re.M | re.S))]
    return list(dict.fromkeys([*lines, *spans]))


FOUND = {command: page.name for page in reversed(PAGES) for command in commands(page)}  # each once


def shown(page: Path) -> list[tuple[str, str]]:
    """Return the commands that a page shows with their output."""
    text = page.read_text(encoding="utf-8")
    fenced = re.findall(r"^```console\n\$ (.*)\n([^`]*)^```", text, flags=re.M)
    indented = re.findall(r"^    \$ (.*)\n((?:    .*\n|\n(?=    ))*)", text, flags=re.M)
    return fenced + [(command, re.sub("^    ", "", output, flags=re.M)) for command, output in indented]


SHOWN = [(page.name, *row) for page in PAGES for row in shown(page)]


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A site as the pages describe it, in git, with the program on the path."""
    folder = tmp_path_factory.mktemp("docs") / "site"
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    for lang, text in {"en": ENGLISH, **COPIES}.items():
        (folder / f"content/{lang}").mkdir(parents=True)
        for name in ("page", "about", "news") if lang != "fr" else ("page", "about"):
            (folder / f"content/{lang}/{name}.md").write_text(text, encoding="utf-8")
        (folder / f"{lang}.md").write_text(text, encoding="utf-8")
    for name, message in (("messages.po", "Offen."), ("messages.pot", ""), ("de.po", "Offen."), ("fr.po", "Ouvert.")):
        lang = {"de.po": "de", "fr.po": "fr"}.get(name, "de")
        header = f'msgid ""\nmsgstr "Language: {lang}\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
        (folder / name).write_text(f'{header}msgid "Open."\nmsgstr "{message}"\n', encoding="utf-8")
    line = '{"id": "a1", "source": "en", "documents": {"en": "It holds 38,000 patents.", "de": "Es hält viele Patente."}}\n'
    (folder / "IN.jsonl").write_text(line, encoding="utf-8")
    git(folder, "init", "-q", "-b", "main")
    commit(folder)
    git(folder, "update-ref", "refs/remotes/origin/main", "HEAD")
    (folder / "content/de/page.md").write_text(COPIES["de"].replace("90", "60"), encoding="utf-8")
    for path in ("bin", ".venv/bin"):
        program = folder / path / "consistency"
        program.parent.mkdir(parents=True)
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m consistency "$@"\n')
        program.chmod(0o755)
    return folder


@pytest.fixture
def shell(template, tmp_path):
    """Return a function that runs a command in a fresh copy of the site."""

    def run(command: str) -> subprocess.CompletedProcess[str]:
        # Of what stands beside the site, which other commands are given by name, `init` would propose layouts as well.
        beside = shutil.ignore_patterns("seeds", "??.md", "*.po*") if "consistency init" in command else None
        folder = shutil.copytree(template, tmp_path / "site", symlinks=True, ignore=beside)
        if "consistency init" not in command:
            (folder / "consistency.toml").write_text('source = "en"\nlayouts = ["content/{lang}/**/*.md"]\n')
        own = {"PATH": f"{folder}/bin:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "BASE": "origin/main"}
        environment = {**os.environ, **own, "CI_MERGE_REQUEST_DIFF_BASE_SHA": "origin/main"}
        environment.pop("COLUMNS", None)
        return subprocess.run(
            ["bash", "-eo", "pipefail", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )

    return run


@pytest.mark.parametrize("command", sorted(set(FOUND) - set(NOT_RUN) - {row[1] for row in SHOWN}), ids=lambda command: f"{FOUND[command]}: {command[:70]}")
def test_command(shell, command):
    for word, own in READERS:
        command = command.replace(word, own)
    done = shell(command)
    finds = "consistency check" in command and "never" not in command
    assert (done.returncode, "consistency: error" in done.stderr) in ([(0, False), (1, False)] if finds else [(0, False)]), done.stderr


def test_what_is_not_run_is_counted():
    assert (len(NOT_RUN), set(NOT_RUN) - set(FOUND)) == (4, set())


@pytest.mark.parametrize(("page", "command", "output"), SHOWN, ids=lambda v: v[:50])
def test_shown_output(shell, page, command, output, request):
    done = shell(command)
    comes = done.stdout + done.stderr
    if request.config.getoption("--update-golden"):
        path = next(path for path in PAGES if path.name == page)
        text = path.read_text(encoding="utf-8")
        for before in ("", "    "):
            text = text.replace(*(f"{before}$ {command}\n" + textwrap.indent(lines, before) for lines in (output, comes)))
        path.write_text(text, encoding="utf-8")
        output = comes
    assert comes == output, "see `git diff` after pytest tests/test_docs_commands.py --update-golden"


def test_output_is_shown():
    assert {page for page, _, _ in SHOWN} >= {"README.md", "configuration.md"}


def test_the_json_example_is_what_comes(shell):
    text = (ROOT / "docs/json.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```json\n(.*?)```", text, flags=re.S)
    texts = re.search(r"“(.+?)”, “(.+?)” and “(.+?)”, `(consistency check [^`]*)`", " ".join(text.split()))
    files = "; ".join(f"echo {shlex.quote(texts[i])} > {lang}.md" for i, lang in enumerate(("en", "de", "fr"), 1))
    assert json.loads(shell(f"{files}; {texts[4]} --fail-on never").stdout) == json.loads(example)


@pytest.mark.parametrize("page", [page for page in PAGES if page.name != "checks.md"], ids=lambda page: page.name)
def test_make_targets_exist(page):
    rules = re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.M)
    named = re.findall(r"(?:^|`)make ([a-z-]+)", page.read_text(encoding="utf-8"), flags=re.M)
    assert set(named) - set(rules) == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_scripts_and_tests_that_are_named_exist(page):
    named = re.findall(r"\b((?:benchmarks|tests|consistency|seeds|reports|training)/(?![\w/]*\bxx\b)[\w./-]*\w)", page.read_text(encoding="utf-8"))
    assert [path for path in named if not (ROOT / path).exists() and not list(ROOT.glob(f"{path}*"))] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_runs(page, tmp_path):
    """A block prints what the comments at its end say."""
    for block in re.findall(r"^```python\n(.*?)^```", page.read_text(encoding="utf-8"), flags=re.M | re.S):
        code, _, said = block.partition("\n# ")
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert (done.stdout, done.stderr) == (said.replace("\n# ", "\n"), "")


@pytest.mark.parametrize(
    ("name", "holds"), [("bash", "complete -o nosort -F"), ("zsh", "#compdef consistency"), ("fish", "complete --no-files --command consistency")]
)
def test_completion_scripts(shell, name, holds):
    done = shell(f"_CONSISTENCY_COMPLETE={name}_source consistency")
    assert (done.returncode, done.stderr, holds in done.stdout) == (0, "", True)


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("consistency ex", ["explain"]),
        ("consistency explain number-dr", ["number-dropped"]),
        ("consistency check --ignore phone-", ["phone-dropped", "phone-added", "phone-changed"]),
        ("consistency check --format ch", ["checkstyle"]),
    ],
)
def test_completion_in_bash(shell, words, offered):
    script = 'eval "$(_CONSISTENCY_COMPLETE=bash_source consistency)"; COMP_WORDS=({}); COMP_CWORD={}; '
    done = shell(script.format(words, len(words.split()) - 1) + '_consistency_completion consistency; printf "%s\\n" "${COMPREPLY[@]}"')
    assert done.stdout.split() == offered
