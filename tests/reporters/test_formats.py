"""What each format's own readers say: schemas, parsers, and all formats telling the same."""

import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import pytest
from junitparser import JUnitXml
from lxml import etree
from markdown_it import MarkdownIt
from sarif_pydantic import Sarif

from consistency import registry
from consistency.reporters._reporter import Context
from tests.reporters.fixture import CLEAN, FINDINGS, HOSTILE, PATHS, REPORT, place

REPORTERS = registry.discover("consistency.reporters", "REPORTER")
# The official schema is not ours to pass on; where it lies beside the project it is used, elsewhere
# the types of sarif-pydantic stand in for it.
OFFICIAL = Path(__file__).parents[3] / "shared" / "schemas" / "sarif-schema-2.1.0.json"


def rendered(name: str, report=REPORT, **context) -> str:
    return REPORTERS[name].render(report, Context(**context))


def xml(name: str, report=REPORT, **context) -> etree._Element:
    return etree.fromstring(rendered(name, report, **context).encode())


@pytest.mark.parametrize("report", [REPORT, CLEAN])
def test_sarif_as_typed(report):
    log = Sarif.model_validate_json(rendered("sarif", report))
    (run,) = log.runs
    assert len(run.results or []) == len(report.findings)


@pytest.mark.skipif(
    not OFFICIAL.exists(), reason="the official schema is not at hand; test_sarif_as_typed holds"
)
@pytest.mark.parametrize("report", [REPORT, CLEAN])
def test_sarif_fits_the_official_schema(report):
    schema = json.loads(OFFICIAL.read_text(encoding="utf-8"))
    validator = jsonschema.Draft7Validator(schema)
    log = json.loads(rendered("sarif", report, checks={"number-dropped": "A number is missing."}))
    assert [error.message for error in validator.iter_errors(log)] == []


def sarif_results(report=REPORT) -> list:
    return json.loads(rendered("sarif", report))["runs"][0]["results"]


def test_sarif_points_into_both_copies():
    result = next(found for found in sarif_results() if found["ruleId"] == "date-changed")
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "docs/harbour.de.md", "uriBaseId": "%SRCROOT%"},
                "region": {
                    "startLine": 3,
                    "startColumn": 20,
                    "endLine": 3,
                    "endColumn": 32,
                    "snippet": {"text": "4. Juli 2024"},
                },
            }
        }
    ]
    (source,) = result["relatedLocations"]
    assert source["physicalLocation"]["region"]["snippet"] == {"text": "July 3, 2024"}
    assert result["partialFingerprints"]["consistency/v1"] == "0a1b2c3d4e5f6073"


def test_sarif_without_a_place_points_at_the_file():
    result = next(found for found in sarif_results() if found["ruleId"] == "document-unrelated")
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}
    assert "relatedLocations" not in result


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("docs/a b.md", "docs/a%20b.md"),
        ("de:x.md", "de%3Ax.md"),  # no scheme `de`
        ("страница.md", "%D1%81%D1%82%D1%80%D0%B0%D0%BD%D0%B8%D1%86%D0%B0.md"),
        ("/srv/a b.md", "file:///srv/a%20b.md"),
    ],
)
def test_sarif_addresses(path, uri):
    finding = replace(FINDINGS[2], target=replace(FINDINGS[2].target, path=path))
    (result,) = sarif_results(replace(REPORT, findings=(finding,)))
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_sarif_links_only_to_the_source():
    """A message may hold what SARIF reads as a link; ours is the only one that works."""
    finding = replace(FINDINGS[0], message="see [here](http://attacker.example) or [there](7)")
    (result,) = sarif_results(replace(REPORT, findings=(finding,)))
    assert re.findall(r"\[[^]]*\]\([^)]*\)", result["message"]["text"]) == ["[the source](0)"]


def github_commands(text: str) -> list[tuple[str, dict, str]]:
    """Read workflow commands as the runner does: a line that starts with `::`, then escapes undone."""
    found = []
    for line in text.splitlines():
        if match := re.fullmatch(r"\s*::(\w+) (.*?)::(.*)", line):
            pairs = dict(pair.split("=", 1) for pair in match[2].split(","))
            found.append((match[1], {key: unquote(value) for key, value in pairs.items()}, unquote(match[3])))
        else:
            assert not line.strip().startswith("::")
    return found


def test_github_commands_survive_hostile_text():
    commands = github_commands(rendered("github"))
    assert [(kind, properties["title"]) for kind, properties, _ in commands] == [
        ({"note": "notice"}.get(finding.severity, finding.severity), finding.check) for finding in in_order()
    ]
    assert commands[-3][1]["file"] == PATHS["fr"]
    assert commands[-2][2].startswith("Hostile on purpose: Click <script>")
    assert commands[-2][2].endswith("50%")


def in_order() -> list:
    """Return the fixture's findings as the reporters order them: copy by copy, by position."""
    order = {"de": (0, 1, 2, 3), "ar": (4,), "ja": (6, 5, 7, 8), "fr": (9, 10), "it": (11,)}
    return [FINDINGS[index] for indices in order.values() for index in indices]


def test_gitlab_fingerprints_are_unique():
    """GitLab drops all but one entry of a fingerprint."""
    doubled = replace(REPORT, findings=FINDINGS[:2] + FINDINGS[:1])
    entries = json.loads(rendered("gitlab", doubled))
    assert [entry["fingerprint"] for entry in entries] == [
        "0a1b2c3d4e5f6071",
        "0a1b2c3d4e5f6071-2",
        "0a1b2c3d4e5f6072",
    ]
    assert entries[0] == {
        "description": '"38,000" is missing: the copy gives no such number. ja and fr say the same as the source; '
        "ar does not.",
        "check_name": "number-dropped",
        "fingerprint": "0a1b2c3d4e5f6071",
        "severity": "major",
        "location": {"path": "docs/harbour.de.md", "lines": {"begin": 3}},
    }


@pytest.mark.parametrize(("fail_on", "failures"), [("error", 5), ("warning", 11), ("note", 12), ("never", 0)])
def test_junit_fails_as_the_run_does(fail_on, failures):
    suites = JUnitXml.fromstring(rendered("junit", fail_on=fail_on).encode())
    assert (suites.tests, suites.failures) == (14, failures)
    found = sum(
        1 for suite in suites for case in suite if any(type(r).__name__ == "Failure" for r in case.result)
    )
    assert found == failures


def test_checkstyle():
    root = xml("checkstyle")
    errors = root.findall("file/error")
    assert [error.get("source") for error in errors] == [
        f"consistency.{finding.check}" for finding in in_order()
    ]
    assert [file.get("name") for file in root] == [PATHS[lang] for lang in ("de", "ar", "ja", "fr", "it")]


@pytest.mark.parametrize("name", ["junit", "checkstyle"])
def test_xml_holds_any_text(name):
    finding = replace(FINDINGS[10], message="\x00\x0b\ufffe\ud800]]>&<", target=place("fr", 1, "\x00 ok"))
    text = "".join(xml(name, replace(REPORT, findings=(finding,)), fail_on="note").xpath("//text() | //@*"))
    assert "\ufffd\ufffd" in text
    assert "]]>&<" in text


def test_markdown_renders_texts_as_they_are():
    """Rendered, the page has our own tags only, and the words of the article stand there unchanged."""
    page = MarkdownIt("commonmark").enable("table").render(rendered("markdown"))
    tags = set(re.findall(r"<(\w+)", page))
    assert tags <= {"h3", "details", "summary", "b", "code", "table", "thead", "tbody", "tr", "th", "td", "br",
                    "strong", "p", "ul", "li"}  # fmt: skip
    root = etree.HTML(page)
    rows = root.findall(".//tbody/tr")
    assert {len(row.findall("td")) for row in rows} == {3}, "no text breaks a table"
    shown = (
        " ".join(HOSTILE.split())
        .replace("\x1b", "\ufffd")
        .replace("\x07", "\ufffd")
        .replace("\u202e", "\ufffd")
    )
    told = "".join(rows[-3].itertext()).replace("\u2060", "")
    assert shown in told


def test_markdown_calls_nobody():
    assert not re.search(r"[@#]\w", rendered("markdown").replace("](", ""))


def test_all_formats_tell_the_same():
    expected = Counter(finding.check for finding in FINDINGS)
    assert Counter(found["check"] for found in json.loads(rendered("json"))["findings"]) == expected
    assert Counter(result["ruleId"] for result in sarif_results()) == expected
    assert (
        Counter(properties["title"] for _, properties, _ in github_commands(rendered("github"))) == expected
    )
    assert Counter(entry["check_name"] for entry in json.loads(rendered("gitlab"))) == expected
    assert Counter(re.findall(r"^\S.* \[([a-z-]+), 0\.\d\d\]$", rendered("text"), re.M)) == expected
    assert Counter(re.findall(r"`([a-z-]+)`", rendered("markdown"))) == expected
    assert (
        Counter(case.get("name").partition(" ")[0] for case in xml("junit").iter("testcase"))
        - Counter(["compared", "nothing"])
        == expected
    )


def test_two_copies_in_one_language():
    """A finding belongs to the copy it points into, not to the first one in its language."""
    documents = (*CLEAN.documents, replace(CLEAN.documents[1], path="b.de.md"))
    finding = replace(FINDINGS[2], target=replace(FINDINGS[2].target, path="b.de.md"))
    text = rendered("text", replace(CLEAN, documents=documents, findings=(finding,)))
    assert "a.de.md [de]: nothing found\n\nb.de.md [de]: 1 error\n" in text


def test_finding_in_the_source():
    """Where all copies agree against the source, the source is the copy that is suspected."""
    finding = replace(FINDINGS[0], lang="en", target=None)
    text = rendered("text", replace(REPORT, findings=(finding,)))
    assert text.startswith("docs/harbour.md [en]: 1 error\n")
