"""Accepted findings: what is written, what it stands against, what survives an edit."""

from dataclasses import replace

import pytest

from consistency.baseline import Entry, entries_of, gone, read_baseline, updated, without_accepted, written
from consistency.config import Settings
from consistency.pipeline import check
from consistency.records import ConsistencyError, Finding, Location, Report, Signature

ONE = Entry("de/a.md", "de", "number-dropped", "0" * 15 + "1", "“38” is missing", "backlog")
TWO = Entry(
    "de/a.md", "de", "url-added", "0" * 15 + "2", 'a "quoted" \\ path', "the German site\nhas its own\x7f"
)


def finding(entry: Entry) -> Finding:
    place = Location(entry.path, entry.lang, 3, 1, 3, 5, "38")
    return Finding(
        entry.check, "error", 0.9, entry.message, entry.lang, None, place, fingerprint=entry.fingerprint
    )


def report(*findings: Finding) -> Report:
    return Report((), findings, {}, Signature("", "", {}))


def path_of(found: Finding) -> str:
    return found.target.path if found.target else ""


def test_file(tmp_path):
    """Sorted, one entry a finding, no date: the same findings give the same bytes."""
    path = tmp_path / "baseline.toml"
    path.write_text(written([TWO, ONE]), encoding="utf-8")
    assert path.read_text(encoding="utf-8") == written([ONE, TWO]) == (
        "# Findings that were looked at and accepted; `consistency check` leaves them out. Written by\n"
        "# `consistency baseline`, which keeps the reasons; edit those, and drop entries with --prune.\n"
        "version = 1\n"
        "\n"
        "[[finding]]\n"
        'path = "de/a.md"\n'
        'lang = "de"\n'
        'check = "number-dropped"\n'
        'fingerprint = "0000000000000001"\n'
        'message = "“38” is missing"\n'
        'reason = "backlog"\n'
        "\n"
        "[[finding]]\n"
        'path = "de/a.md"\n'
        'lang = "de"\n'
        'check = "url-added"\n'
        'fingerprint = "0000000000000002"\n'
        'message = "a \\"quoted\\" \\\\ path"\n'
        'reason = "the German site\\nhas its own\\u007F"\n'
    )  # fmt: skip
    assert read_baseline(path) == (ONE, TWO)
    assert read_baseline(tmp_path / "none.toml") == ()


def test_half_a_character(tmp_path):
    path = tmp_path / "baseline.toml"
    path.write_text(written([replace(ONE, message="\ud83d")]), encoding="utf-8")
    assert read_baseline(path) == (replace(ONE, message="?"),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("version = 2", "version: 1 expected, 2 found"),
        ("", "version: 1 expected, None found"),
        ("version = 1\n[[findings]]", "findings: no such key; did you mean finding?"),
        ("version = 1\nfinding = 3", "finding: [[finding]], a table each, expected, 3 found"),
        ("version = 1\nfinding = [3]", "finding 1: a table expected, 3 found"),
        ('version = 1\n[[finding]]\nreasons = ""', "finding 1: reasons: no such key; did you mean reason?"),
        ("version = 1\n[[finding]]\npath = 1", "finding 1: path: a text expected, 1 found"),
        ("version =", "is not TOML: Invalid value (at end of document)"),
    ],
)
def test_errors(tmp_path, text, message):
    path = tmp_path / "b.toml"
    path.write_text(text)
    with pytest.raises(ConsistencyError) as error:
        read_baseline(path)
    assert str(error.value) == f"{path}: {message}"


@pytest.mark.parametrize(
    ("findings", "entries", "kept", "used"),
    [
        ([ONE, TWO], [ONE, TWO], [], [ONE, TWO]),
        ([ONE, TWO], [TWO], [ONE], [TWO]),
        ([ONE], [replace(ONE, message="put otherwise", reason="known")], [], [replace(ONE, message="put otherwise", reason="known")]),
        ([ONE], [replace(ONE, path="de/b.md")], [ONE], []),  # the same passage in another file was not looked at
        ([], [ONE], [], []),
    ],
)  # fmt: skip
def test_accepted(findings, entries, kept, used):
    left, hits = without_accepted(report(*map(finding, findings)), entries, path_of)
    assert (left, hits) == (report(*map(finding, kept)), frozenset(used))


def test_entries_of():
    assert entries_of(report(finding(ONE)), path_of, "backlog") == (ONE,)


def test_updated():
    """A reason that was given stays, the message is today's."""
    earlier = replace(ONE, reason="a decision", message="as it was put then")
    assert updated([earlier], [ONE, TWO]) == (replace(ONE, reason="a decision"), TWO)


@pytest.mark.parametrize(
    ("checked", "expected"),
    [(None, (TWO,)), ({"de/a.md"}, (TWO,)), ({"de/b.md"}, ())],  # of what was not checked nothing is known
)
def test_gone(checked, expected):
    assert gone([ONE, TWO], {ONE}, checked) == expected


ENGLISH = """# The tram

The tram has run since 1998.

The line is 27 km long and has 14 stops.

A ticket costs 3 euros.
"""
GERMAN = """# Die Straßenbahn

Die Straßenbahn fährt seit 1998.

Die Strecke ist lang und hat 14 Haltestellen.

Eine Fahrkarte kostet 3 Euro.
"""


def fingerprints(english: str, german: str) -> list[tuple[str, str]]:
    found = check(
        {"en": english, "de": german}, "en", format="markdown", settings=Settings(min_confidence=0.0)
    )
    return [(f.check, f.fingerprint) for f in found.findings]


@pytest.mark.parametrize(
    ("english", "german"),
    [
        (f"\n\n<!-- moved -->\n\n{ENGLISH}", f"\n{GERMAN}"),  # lines moved
        (ENGLISH.replace("has run since", "has been running since"), GERMAN),  # neighbours edited
        (ENGLISH, GERMAN.replace("kostet 3 Euro", "kostet nur 3 Euro")),
        (ENGLISH, GERMAN.replace("ist lang", "ist sehr lang")),  # the copy's own sentence, still without it
        (f"{ENGLISH}\nDogs ride free.\n", f"{GERMAN}\nHunde fahren umsonst.\n"),
    ],
)
def test_fingerprints_survive(english, german):
    (finding,) = fingerprints(ENGLISH, GERMAN)
    assert finding[0] == "quantity-dropped"
    assert fingerprints(english, german) == [finding]


def test_fingerprints_of_another_value_differ():
    assert fingerprints(ENGLISH, GERMAN) != fingerprints(ENGLISH.replace("27 km", "29 km"), GERMAN)
