"""The same input gives the same bytes, whatever the process, its hash seed, its threads, its locale and where it runs."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
COPIES = [str(ROOT / f"seeds/patents/{lang}.md") for lang in ("en", "de", "es", "ja", "zh")]


def run(cwd: Path, *arguments: str, **environment: str | None) -> bytes:
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0", **environment}
    command = [sys.executable, "-m", "consistency", *arguments]
    kept = {name: value for name, value in settings.items() if value is not None}
    done = subprocess.run(command, cwd=cwd, env=kept, capture_output=True, stdin=subprocess.DEVNULL)
    assert (done.returncode, done.stderr) == (1, b"")
    return done.stdout


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    return run(tmp_path_factory.mktemp("here"), "check", *COPIES, "--format", "json", "--alignments")


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "random"},
        {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"},
        {"OPENBLAS_NUM_THREADS": "4", "OMP_NUM_THREADS": "4", "RAYON_NUM_THREADS": "4", "TOKENIZERS_PARALLELISM": "true"},
        {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "tr_TR.UTF-8"},  # where i has no dotless capital
        {"HOME": None, "XDG_CACHE_HOME": None},
        {"HOME": "/nonexistent"},
        {"TZ": "Pacific/Kiritimati"},
        {"COLUMNS": "20", "TERM": "dumb"},
        {"PYTHONOPTIMIZE": "2"},
    ],
    ids=lambda environment: " ".join(f"{name}={value}" for name, value in environment.items())[:60],
)
def test_same_bytes(environment, reference, tmp_path):
    assert run(tmp_path, "check", *COPIES, "--format", "json", "--alignments", **environment) == reference


@pytest.mark.parametrize("name", ["html", "sarif", "markdown", "junit"])
def test_same_bytes_in_every_format(name, tmp_path):
    """Over processes, hash seeds and thread counts at once; each by itself is held above."""
    command = ("check", *COPIES[:3], "--format", name)
    one = run(tmp_path, *command, PYTHONHASHSEED="0", OPENBLAS_NUM_THREADS="1", RAYON_NUM_THREADS="1")
    assert run(tmp_path, *command, PYTHONHASHSEED="99", OPENBLAS_NUM_THREADS="4", RAYON_NUM_THREADS="4", LC_ALL="C") == one


def test_the_order_of_the_translations_decides_nothing_but_their_order(reference, tmp_path):
    """Every finding is the same when the translations are named in another order."""
    other = json.loads(run(tmp_path, "check", COPIES[0], *reversed(COPIES[1:]), "--format", "json"))
    assert other["findings"] == json.loads(reference)["findings"]
