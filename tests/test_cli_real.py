"""The commands from files to report, nothing stood in for."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from consistency.cli import main
from tests.reporters.test_reporters import VALIDATOR

ENGLISH = """# The new harbour

The harbour opened on July 3, 2024 and moved 38,000 containers in its first year.

Entry costs $12.50. Write to info@example.org.

The crane is painted blue.
"""
GERMAN = """# Der neue Hafen

Der Hafen wurde am 3. Juli 2024 eröffnet und hat seither sehr viele Container bewegt.

Der Eintritt kostet 12,50 $. Schreiben Sie an info@example.org.

Der Kran ist blau gestrichen.
"""
FRENCH = """# Le nouveau port

Le port a ouvert le 3 juillet 2024 et a traité 38 000 conteneurs la première année.

L'entrée coûte 12,50 $. Écrivez à info@example.org.

La grue est peinte en bleu.
"""
LOST = ("number-dropped", "de", "38000", ["fr"])


@pytest.fixture
def article(tmp_path, monkeypatch):
    for name, text in (("en.md", ENGLISH), ("de.md", GERMAN), ("fr.md", FRENCH)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def essence(finding: dict) -> tuple:
    return finding["check"], finding["lang"], finding["fact"]["value"], finding["witnesses"]["agree"]


def test_check(article, capsys):
    assert main(["check", "en.md", "de.md", "fr.md", "--format", "json", "--alignments"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert [error.message for error in VALIDATOR.iter_errors(report)] == []
    assert [essence(finding) for finding in report["findings"]] == [LOST]
    (finding,) = report["findings"]
    assert (finding["source"]["line"], finding["source"]["column"], finding["source"]["text"]) == (
        3,
        46,
        "38,000",
    )
    assert {bead["lang"] for bead in report["alignments"]} == {"de", "fr"}


def test_check_of_a_faithful_copy(article, capsys):
    assert main(["check", "en.md", "fr.md"]) == 0
    assert capsys.readouterr().out.startswith(
        "fr.md [fr]: nothing found\n\n1 translation checked: nothing found.\n"
    )


def test_batch(article, tmp_path):
    """The same article as texts of one line, twice, and a line that cannot be checked."""
    documents = {"en": ENGLISH, "de": GERMAN, "fr": FRENCH}
    good = {"id": 1, "source": "en", "documents": documents, "format": "markdown"}
    empty = {"id": 2, "source": "en", "documents": {"en": ENGLISH, "de": ""}}
    lines = [json.dumps(line) for line in (good, empty, good)]
    Path("in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert main(["batch", "in.jsonl", "-o", "out.jsonl"]) == 0
    first, second, third = (
        json.loads(line) for line in Path("out.jsonl").read_text(encoding="utf-8").splitlines()
    )
    assert [essence(finding) for finding in first["findings"]] == [LOST]
    assert first == third
    assert second == {
        "id": 2,
        "counts": {},
        "findings": [],
        "error": "line 2: documents: de: the text is empty",
    }


def test_align(article, capsys):
    assert main(["align", "en.md", "de.md"]) == 0
    head, *rows = (line.split("\t") for line in capsys.readouterr().out.splitlines())
    assert len(head) == 6
    assert [(row[0], row[1]) for row in rows] == [(str(index), str(index)) for index in range(5)]


def test_facts(article, capsys):
    assert main(["facts", "fr.md"]) == 0
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [row[:3] for row in rows if row[-1] != "not firm"] == [
        ["fr.md:3:21", "date", "2024-07-03"],
        ["fr.md:3:48", "number", "38000"],
        ["fr.md:5:16", "money", "USD 12.5"],
        ["fr.md:5:35", "email", "info@example.org"],
    ]


def test_check_needs_no_torch(article):
    code = (
        "import sys; from consistency.cli import main; main(['check', 'en.md', 'de.md']);"
        "print(sorted(sys.modules.keys() & {'torch', 'transformers', 'sentence_transformers'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("text", [b"", b" \n", b"\x00\x01\x02", b"caf\xe9 \xff\xfe, 12", b"---\ntitle: x\n"])
def test_bad_files(article, capsys, text):
    """Empty, blank, binary, not UTF-8, front matter that never ends."""
    Path("bad.md").write_bytes(text)
    assert main(["check", "en.md", "bad.md", "-o", "out"]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n"), Path("out").exists()) == ("", 1, False)
    assert err.startswith("consistency: error: bad.md:")


def test_language_without_data(article, capsys):
    """Checked for what needs no language data, and said so."""
    Path("eo.md").write_text(
        ENGLISH.replace("harbour", "haveno").replace("38,000", "38000"), encoding="utf-8"
    )
    assert main(["check", "en.md", "eo.md", "--lang", "eo.md=eo"]) in (0, 1)
    assert "Not checked: no data for the language eo: " in capsys.readouterr().out
