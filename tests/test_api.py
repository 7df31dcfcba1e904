"""What the package offers to Python."""

import subprocess
import sys

import pytest

import consistency


def test_check():
    report = consistency.check({"en": "It holds 38,000 patents.", "de": "Es hält viele Patente."}, source="en")
    assert [(f.check, f.lang, f.source.text) for f in report.findings] == [("number-dropped", "de", "38,000")]
    assert isinstance(report, consistency.Report)


def test_align():
    texts = {
        "en": "The mill was built by monks. Today it is a museum.",
        "de": "Die Mühle wurde von Mönchen gebaut. Heute ist sie ein Museum.",
    }
    beads = consistency.align(texts, source="en")["de"]
    assert [(bead.source, bead.target) for bead in beads] == [
        ("The mill was built by monks.", "Die Mühle wurde von Mönchen gebaut."),
        ("Today it is a museum.", "Heute ist sie ein Museum."),
    ]


def test_align_without_its_source():
    with pytest.raises(consistency.ConsistencyError, match="the source language fr is not among the documents: en"):
        consistency.align({"en": "A text."}, source="fr")


def test_importing_the_package_loads_nothing():
    code = "import sys, consistency; print(sorted(m for m in sys.modules if m.startswith('consistency')), 'numpy' in sys.modules)"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == "['consistency'] False"
