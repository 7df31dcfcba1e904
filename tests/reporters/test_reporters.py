"""Every reporter on one report, compared byte for byte; then what each format promises beyond that."""

import json
from dataclasses import replace
from importlib.resources import files

import jsonschema
import pytest

from consistency import registry
from consistency.reporters._reporter import Context, Reporter
from tests.reporters.fixture import CLEAN, FINDINGS, REPORT

CHECKS = {finding.check: f"Summary of {finding.check}." for finding in FINDINGS}
REPORTERS = registry.discover("consistency.reporters", "REPORTER")
RAW = ("json", "jsonl", "sarif")  # their readers are programs, and get the words as they are
SCHEMA = json.loads(files("consistency").joinpath("schema/report.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def rendered(name: str, report=REPORT, **context) -> str:
    return REPORTERS[name].render(report, Context(checks=CHECKS, **context))


@pytest.mark.parametrize("name", REPORTERS)
def test_golden(name, golden):
    reporter = REPORTERS[name]
    assert isinstance(reporter, Reporter)
    assert reporter.name == name
    golden(f"{name}/report{reporter.suffix}", rendered(name))
    golden(f"{name}/clean{reporter.suffix}", rendered(name, CLEAN))


@pytest.mark.parametrize(
    ("name", "context"),
    [
        ("verbose", {"verbose": True, "show_alignments": True}),
        ("color", {"color": True}),
        ("narrow", {"width": 10}),  # held to the narrowest sensible width
    ],
)
def test_text_variants(name, context, golden):
    golden(f"text/{name}.txt", rendered("text", **context))


@pytest.mark.parametrize("name", REPORTERS)
def test_no_terminal_control(name):
    """An article must not move the cursor or reverse the direction of what stands around it."""
    text = rendered(name)
    raw = {"\x1b", "\x07", "\u202e"} & set(text)
    assert raw == (set() if name not in RAW else {"\u202e"}), "JSON escapes only C0 controls"


@pytest.mark.parametrize("report", [REPORT, CLEAN])
@pytest.mark.parametrize("with_alignments", [False, True])
def test_json_fits_the_schema(report, with_alignments):
    whole = json.loads(rendered("json", report, show_alignments=with_alignments))
    assert [error.message for error in VALIDATOR.iter_errors(whole)] == []
    assert ("alignments" in whole) == with_alignments


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"schema": 2}, "1 was expected"),
        ({"more": 1}, "Additional properties are not allowed ('more' was unexpected)"),
        ({"counts": {}}, "'facts_compared' is a required property"),
        ({"documents": {}}, "{} is not of type 'array'"),
    ],
)
def test_schema_is_strict(change, message):
    whole = json.loads(rendered("json")) | change
    assert message in [error.message for error in VALIDATOR.iter_errors(whole)]


def test_json_rounds():
    whole = json.loads(rendered("json", show_alignments=True))
    assert whole["findings"][0]["confidence"] == 0.97
    assert whole["alignments"][0] == {"lang": "de", "source": [0], "target": [0], "similarity": 0.988}


def test_jsonl_holds_the_findings_of_json():
    lines = [json.loads(line) for line in rendered("jsonl").splitlines()]
    assert lines == json.loads(rendered("json"))["findings"]


@pytest.mark.parametrize("name", REPORTERS)
def test_lone_surrogate(name):
    """JSON input can hold half a character; no reporter breaks on it."""
    finding = replace(FINDINGS[0], message="half a character: \ud83d")
    assert "half a character" in rendered(name, replace(REPORT, findings=(finding,)))
