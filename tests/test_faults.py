"""What the system may do to a run: refuse, fill up, close the pipe, kill. Nothing is half-written and nothing is lost."""

import os
import sys
from pathlib import Path

import pytest

from benchmarks import faults

KILLS = 8  # moments to kill a run at; benchmarks/faults.py does 200
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals, modes and /dev/full")


@pytest.fixture
def article(tmp_path):
    return faults.article(tmp_path)


def run(cwd: Path, *arguments: str, **options: object) -> tuple[int, str]:
    code, _, error = faults.run(cwd, *arguments, **options)
    return code, error


CHECK = ("check", "en.md", "de.md")
ERROR = "consistency: error: "


def test_full_disk_on_the_screen(article):
    with Path("/dev/full").open("wb") as full:
        assert run(article, *CHECK, stdout=full) == (2, f"{ERROR}the report cannot be written to the screen: No space left on device\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((*CHECK, "-o", "/dev/full"), "/dev/full: cannot be written: No space left on device"),
        # Once read to the end of memory: a device never ends.
        (("baseline", "en.md", "de.md", "--baseline", "/dev/full"), "/dev/full: a file is expected, a folder or device found"),
        ((*CHECK, "--baseline", "/dev/zero"), "/dev/zero: a file is expected, a folder or device found"),
        (("check", "en.md", "/dev/zero", "--lang", "/dev/zero=de"), "/dev/zero: 20000001 bytes, over the limit of 20000000 bytes"),
    ],
)
def test_devices(article, arguments, said):
    assert run(article, *arguments) == (2, f"{ERROR}{said}\n")


def test_closed_screen(article):
    """A reader that has seen enough (`| head`) is no error; the exit code still tells what was found."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        assert run(article, *CHECK, stdout=pipe) == (1, "")


def test_no_screen_at_all(article):
    """Started with stdout closed (`>&-`), the run says so or is silent, and does not end in a traceback."""
    code, error = run(article, *CHECK, "-o", "report.txt", preexec_fn=lambda: os.close(1))
    assert (code, "Traceback" in error) == (1, False)
    assert (article / "report.txt").stat().st_size > 0


@pytest.mark.parametrize("faults_of", [faults.refusals, faults.surroundings, faults.together], ids=lambda f: f.__name__)
def test_nothing_is_half_written_and_nothing_changes(article, faults_of):
    """Full disks, read-only folders, odd clocks and locales, little memory, two runs at once."""
    rows = list(faults_of(article))
    assert len(rows) > 2
    assert [row for row in rows if not row.whole] == []


def test_killed_at_random_moments(tmp_path):
    """Reports and baselines are the old file or the new one; a batch goes on and ends with the same bytes."""
    rows = list(faults.kills(tmp_path, KILLS // 4))
    assert len(rows) == 4
    assert [row for row in rows if not row.whole] == []
