"""docs/cli.md and docs/json.md are held to what the program does."""

import json
import re
from pathlib import Path

import jsonschema
import pytest

from consistency import registry
from consistency.cli import main
from tests.reporters.test_reporters import VALIDATOR
from tests.test_values import CASES

DOCS = Path(__file__).parents[1] / "docs"
CLI, JSON = DOCS / "cli.md", DOCS / "json.md"
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


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(VALIDATOR.schema)
