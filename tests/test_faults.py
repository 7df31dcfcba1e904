"""What the system may do to a run: refuse, fill up, close the pipe, kill. Nothing is half-written and nothing is lost."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ENGLISH = "The harbour opened on July 3, 2024 and moved 38,000 containers.\n\nEntry costs $12.50. The crane is blue.\n"
GERMAN = "Der Hafen wurde am 3. Juli 2024 eröffnet und hat 83.000 Container bewegt.\n\nDer Eintritt kostet 12,50 $. Der Kran ist blau.\n"
ROUNDS = int(os.environ.get("FAULTS", "6"))  # moments to kill a run at; 30 and more were run by hand
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals, modes and /dev/full")


def start(cwd: Path, *arguments: str, **options: object) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **options.pop("environment", {})}
    settings = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    return subprocess.Popen([sys.executable, "-m", "consistency", *arguments], cwd=cwd, env=environment, **settings)


def run(cwd: Path, *arguments: str, **options: object) -> tuple[int, str]:
    process = start(cwd, *arguments, **options)
    _, error = process.communicate(timeout=120)
    return process.returncode, (error or b"").decode()


@pytest.fixture
def article(tmp_path):
    (tmp_path / "en.md").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "de.md").write_text(GERMAN, encoding="utf-8")
    return tmp_path


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


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read and write everything")
@pytest.mark.parametrize(("name", "mode", "said"), [("de.md", 0o000, "Permission denied"), (".", 0o555, "read-only")])
def test_no_permission(article, name, mode, said):
    (article / name).chmod(mode)
    try:
        code, error = run(article, *CHECK, "-o", "report.txt")
    finally:
        (article / name).chmod(0o755)
    assert (code, said in error, error.count("\n")) == (2, True, 1)


@pytest.mark.parametrize("home", ["", "/nonexistent", "/dev/null"])
def test_no_home(article, home):
    assert run(article, *CHECK, environment={"HOME": home, "XDG_CACHE_HOME": home}) == (1, "")


def lines(count: int) -> bytes:
    rows = [{"id": i, "source": "en", "documents": {"en": ENGLISH.replace("2024", str(1900 + i)), "de": GERMAN}} for i in range(count)]
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def killed(cwd: Path, moment: float, *arguments: str) -> bool:
    """Start a run and kill it after some seconds; return whether it was still running."""
    process = start(cwd, *arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(timeout=moment)
        return False
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return True


def duration(cwd: Path, *arguments: str) -> float:
    began = time.monotonic()
    assert run(cwd, *arguments)[0] in (0, 1)
    return time.monotonic() - began


def test_batch_killed_at_random_moments(tmp_path):
    """However often it is killed, what it wrote is whole lines of the right results, and the end is the same bytes."""
    (tmp_path / "in.jsonl").write_bytes(lines(60))
    whole = duration(tmp_path, "batch", "in.jsonl", "-o", "reference.jsonl")
    reference = (tmp_path / "reference.jsonl").read_bytes()
    moments, n_killed = random.Random(9), 0
    for _ in range(ROUNDS):
        n_killed += killed(tmp_path, moments.uniform(0.3, 1.1) * whole, "batch", "in.jsonl", "-o", "out.jsonl")
        part, out = tmp_path / "out.jsonl.part", tmp_path / "out.jsonl"
        if out.exists():
            assert out.read_bytes() == reference
            out.unlink()
        elif part.exists():  # all but the line that was being written
            written = part.read_bytes()
            assert reference.startswith(written[: written.rfind(b"\n") + 1])
    assert n_killed >= ROUNDS // 3
    assert run(tmp_path, "batch", "in.jsonl", "-o", "out.jsonl")[0] == 0
    assert (tmp_path / "out.jsonl").read_bytes() == reference
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl", "reference.jsonl"]


def test_baseline_killed_at_random_moments(article):
    """The baseline is the old one or the new one, never a part of either."""
    path = article / "consistency-baseline.toml"
    command = ("baseline", "en.md", "de.md")
    whole = duration(article, *command)
    new = path.read_bytes()
    empty = new.split(b"[[finding]]")[0].rstrip() + b"\n"
    moments, n_killed = random.Random(10), 0
    for _ in range(ROUNDS):
        path.write_bytes(empty)
        n_killed += killed(article, moments.uniform(0.6, 1.05) * whole, *command)
        assert path.read_bytes() in (empty, new)
    assert n_killed >= ROUNDS // 3
    assert run(article, *command)[0] == 0
    assert path.read_bytes() == new
