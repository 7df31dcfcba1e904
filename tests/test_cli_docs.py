"""docs/cli.md and docs/json.md are held to what the program does; every page has its place, every language its page."""

import json
import re
from pathlib import Path

import jsonschema
import pytest

from consistency import registry
from consistency.cli import main
from consistency.languages import load_language, supported
from tests.reporters.test_reporters import VALIDATOR
from tests.test_values import CASES

DOCS = Path(__file__).parents[1] / "docs"
CLI, JSON, LANGUAGES = DOCS / "cli.md", DOCS / "json.md", DOCS / "languages.md"
COMMANDS = registry.names("consistency.commands")


def help_of(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main([command, "--help"]) == 0
    return f"### `{command}`\n\n```\n{capsys.readouterr().out}```\n"


def test_every_option_is_in_the_docs(capsys, monkeypatch, request):
    monkeypatch.setenv("COLUMNS", "100")
    written = CLI.read_text(encoding="utf-8")
    head, marker, _ = written.partition("a test compares. -->\n")
    expected = f"{head}{marker}\n" + "\n".join(help_of(command, capsys) for command in COMMANDS)
    if request.config.getoption("--update-golden"):
        CLI.write_text(expected, encoding="utf-8")
    assert CLI.read_text(encoding="utf-8") == expected


@pytest.mark.parametrize("name", registry.names("consistency.reporters"))
def test_every_format_is_in_the_docs(name):
    assert f"\n| `{name}` |" in CLI.read_text(encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_docs(command):
    assert f"    consistency {command} " in CLI.read_text(encoding="utf-8")


def test_the_example_fits_the_schema():
    (example,) = re.findall(r"```json\n(.*?)```", JSON.read_text(encoding="utf-8"), re.S)
    report = json.loads(example)
    assert [error.message for error in VALIDATOR.iter_errors(report)] == []
    for place in (report["findings"][0]["source"], report["findings"][0]["target"]):
        start, end = place["mark"]
        assert place["excerpt"][start:end] == place["text"]


def test_every_key_is_in_the_docs():
    text = JSON.read_text(encoding="utf-8")
    keys: set[str] = set()
    for part in (VALIDATOR.schema, *VALIDATOR.schema["$defs"].values()):
        keys |= set(part.get("properties", ()))
    assert {key for key in keys if f'"{key}"' not in text and f"`{key}`" not in text} == set()


def test_every_value_in_the_docs_is_tested():
    rows = re.findall(r"^\| .* \|.*\| (`.*`) \|$", JSON.read_text(encoding="utf-8"), re.M)
    shown = {value for row in rows for value in re.findall(r"`([^`]+)`", row)}
    assert shown - {text for _, text in CASES} == set()


def test_every_page_has_its_place():
    """MkDocs says so too, but only to whoever builds the site."""
    nav = (DOCS.parent / "mkdocs.yml").read_text(encoding="utf-8")
    assert [page.name for page in sorted(DOCS.glob("*.md")) if f" {page.name}\n" not in nav and f"[{page.name}]" not in nav] == []


@pytest.mark.parametrize("tag", supported())
def test_every_language_has_a_page(tag, monkeypatch):
    """It is made of the fields of the records by name, outside of what mypy sees."""
    monkeypatch.syspath_prepend(str(DOCS / "hooks"))
    from language_pages import language_page

    assert language_page(tag, DOCS.parent).startswith(f"# {load_language(tag).name} `{tag}`\n")


def test_the_table_of_languages_counts_their_words(monkeypatch, request):
    """The column of docs/languages.md that comes from the data; the others are measured."""
    monkeypatch.syspath_prepend(str(DOCS.parent / "benchmarks"))
    from languages import words

    written = LANGUAGES.read_text(encoding="utf-8")
    counted = re.sub(
        r"^(\| \w+ `(\w+)` \|) [\d,]+ ", lambda row: f"{row[1]} {words(load_language(row[2])):,} ", written, flags=re.M
    )
    if request.config.getoption("--update-golden"):
        LANGUAGES.write_text(counted, encoding="utf-8")
    assert LANGUAGES.read_text(encoding="utf-8") == counted, "run pytest tests/test_cli_docs.py --update-golden"
    assert set(re.findall(r"^\| \w+ `(\w+)` \|", written, flags=re.M)) == set(supported())


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(VALIDATOR.schema)
