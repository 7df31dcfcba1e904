"""Injure runs in every way a system may, and say what happened: `python benchmarks/faults.py [--kills 200]`.

Disks that are full, folders that are read-only, closed screens, odd clocks and locales, little memory, two runs at once,
and --kills runs of check, baseline and batch killed at random moments. Printed is one row a fault; the exit code is 1
where a file was half-written, a result differs from that of a run nobody disturbed, or a traceback was shown.
tests/test_faults.py runs the same with fewer kills. POSIX only.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
ENGLISH = "The harbour opened on July 3, 2024 and moved 38,000 containers.\n\nEntry costs $12.50. The crane is blue.\n"
GERMAN = "Der Hafen wurde am 3. Juli 2024 eröffnet und hat 83.000 Container bewegt.\n\nDer Eintritt kostet 12,50 $. Der Kran ist blau.\n"
CHECK = ("check", "en.md", "de.md")
JSON = (*CHECK, "-f", "json")
OLD = "what stood here before\n"
_DROP, _OVERRIDES = 24, (1, 2, 3)  # PR_CAPBSET_DROP; CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER


@dataclass(frozen=True)
class Row:
    """Say what one fault led to; whole: nothing half-written, no other result, no traceback."""

    fault: str
    happened: str
    whole: bool


def start(cwd: Path, *arguments: str, **options: Any) -> subprocess.Popen[bytes]:
    """Start the command line; options: of Popen, and `environment`, which None removes from."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **options.pop("environment", {})}
    kept = {name: value for name, value in environment.items() if value is not None}
    settings = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL, **options}
    return subprocess.Popen([sys.executable, "-m", "consistency", *arguments], cwd=cwd, env=kept, **settings)


def run(cwd: Path, *arguments: str, **options: Any) -> tuple[int, bytes, str]:
    """Return exit code, output and errors of a run."""
    process = start(cwd, *arguments, **options)
    out, error = process.communicate(timeout=300)
    return process.returncode, out or b"", (error or b"").decode("utf-8", "replace")


def article(folder: Path) -> Path:
    """Write an article with one slip into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "en.md").write_text(ENGLISH, encoding="utf-8")
    (folder / "de.md").write_text(GERMAN, encoding="utf-8")
    return folder


def lines(count: int) -> bytes:
    """Return the input of a batch of so many articles."""
    rows = [{"id": i, "source": "en", "documents": {"en": ENGLISH.replace("2024", str(1900 + i)), "de": GERMAN}} for i in range(count)]
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def as_anybody() -> None:
    """Take from root the right to pass over modes, so that a read-only folder is one; meant for a child."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None)
        for capability in _OVERRIDES:
            libc.prctl(_DROP, capability, 0, 0, 0)


def limited(what: int, value: int) -> Callable[[], None]:
    """Return what sets a limit of the system in a child."""
    return lambda: resource.setrlimit(what, (value, value))


def said(code: int, error: str) -> str:
    """Return exit code and the first line of the errors."""
    first = error.splitlines()[0] if error else ""
    return f"exit {code}{f': {first}' if first else ''}".replace("consistency: error: ", "")


def refusals(folder: Path) -> Iterator[Row]:
    """Yield what happens where the system says no: one line, exit code 2, and the old file as it was."""

    def row(fault: str, *arguments: str, name: str = "report.txt", **options: Any) -> Row:
        (folder / name).write_text(OLD)
        code, _, error = run(folder, *arguments, **options)
        kept = (folder / name).read_text() == OLD
        left = [path.name for path in folder.iterdir() if path.name.endswith(".tmp")]
        (folder / name).unlink()
        return Row(fault, f"{said(code, error)}; the old file stays", kept and not left and (code, error.count("\n")) == (2, 1))

    full = limited(resource.RLIMIT_FSIZE, 100)
    accepted = ("baseline", "en.md", "de.md")
    for name in ("text", "html", "json", "sarif"):
        yield row(f"no room for check -f {name} -o FILE", *CHECK, "-f", name, "-o", "report.txt", preexec_fn=full)
    yield row("no room for the baseline", *accepted, "--baseline", "b.toml", name="other", preexec_fn=full)
    (folder / "in.jsonl").write_bytes(lines(3))
    yield row("no room for the results of a batch", "batch", "in.jsonl", "-o", "out.jsonl", name="out.jsonl", preexec_fn=full)
    for part in folder.glob("out.jsonl.*"):
        part.unlink()
    with Path("/dev/full").open("wb") as device:
        code, _, error = run(folder, *CHECK, stdout=device)
        yield Row("screen on a full device", said(code, error), code == 2 and error.count("\n") == 1)
        code, _, error = run(folder, "check", "no.md", "de.md", stderr=device)
        yield Row("errors on a full device", said(code, error), code == 2)
    folder.chmod(0o555)
    try:
        for arguments in ((*CHECK, "-o", "r.txt"), (*accepted,), ("batch", "in.jsonl", "-o", "r.jsonl")):
            code, _, error = run(folder, *arguments, preexec_fn=as_anybody)
            yield Row(f"{arguments[0]} into a read-only folder", said(code, error), (code, error.count("\n")) == (2, 1))
    finally:
        folder.chmod(0o755)
    (folder / "de.md").chmod(0)
    code, _, error = run(folder, *CHECK, preexec_fn=as_anybody)
    (folder / "de.md").chmod(0o644)
    yield Row("an article nobody may read", said(code, error), (code, error.count("\n")) == (2, 1))


def surroundings(folder: Path) -> Iterator[Row]:
    """Yield what changes in odd surroundings: not one byte of the report."""
    reference = run(folder, *JSON)
    clocks = folder / "clocks"
    clocks.mkdir()
    for name, body in {
        "1901": "time.time = lambda: -2177452800.0",
        "2150": "time.time = lambda: 5680281600.0",
        "backwards": "import itertools; t = itertools.count(1_700_000_000, -3600); time.time = time.monotonic = lambda: float(next(t))",
    }.items():
        (clocks / name).mkdir()
        (clocks / name / "sitecustomize.py").write_text(f"import time; {body}\n")
    odd: dict[str, dict[str, Any]] = {
        **{f"clock: {name.name}": {"environment": {"PYTHONPATH": f"{name}:{ROOT}"}} for name in sorted(clocks.iterdir())},
        "LC_ALL=C": {"environment": {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}},
        "LC_ALL=tr_TR.UTF-8": {"environment": {"LC_ALL": "tr_TR.UTF-8"}},
        "PYTHONIOENCODING=ascii": {"environment": {"PYTHONIOENCODING": "ascii"}},
        "no HOME": {"environment": {"HOME": None, "XDG_CACHE_HOME": None}},
        "HOME=/dev/null": {"environment": {"HOME": "/dev/null", "XDG_CACHE_HOME": "/dev/null"}},
        "no TMPDIR": {"environment": {"TMPDIR": "/nonexistent"}},
        "nothing in the environment but PATH": {"environment": dict.fromkeys(os.environ) | {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}},
        "no terminal, a session of its own": {"start_new_session": True},
        "no stdin": {"stdin": None, "preexec_fn": lambda: os.close(0)},
        "no stderr": {"stderr": None, "preexec_fn": lambda: os.close(2)},
        "umask 777": {"preexec_fn": lambda: os.umask(0o777) and None},
        "20 open files": {"preexec_fn": limited(resource.RLIMIT_NOFILE, 20)},
    }  # fmt: skip
    for fault, options in odd.items():
        code, out, error = run(folder, *JSON, **options)
        yield Row(fault, "the same bytes" if (code, out) == reference[:2] else said(code, error), (code, out) == reference[:2])
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        code, _, error = run(folder, *CHECK, stdout=pipe)
    yield Row("closed stdout pipe", said(code, error), (code, error) == (1, ""))
    code, _, error = run(folder, *CHECK, "-o", "r.txt", stdout=None, preexec_fn=lambda: os.close(1))
    yield Row("no stdout at all", said(code, error), code == 1 and "Traceback" not in error)
    code, _, error = run(folder, *CHECK, preexec_fn=limited(resource.RLIMIT_AS, 150_000_000))
    yield Row("150 MB of memory", said(code, error), code in (2, 70) and error.count("\n") == 1)


def killed(cwd: Path, moment: float, number: int, *arguments: str) -> bool:
    """Start a run and send it a signal after some seconds; return whether it was still running."""
    process = start(cwd, *arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(timeout=moment)
        return False
    except subprocess.TimeoutExpired:
        process.send_signal(number)
        process.wait()
        return True


def took(cwd: Path, *arguments: str) -> float:
    """Return how long an undisturbed run takes."""
    began = time.monotonic()
    code, _, error = run(cwd, *arguments)
    if code not in (0, 1):
        raise RuntimeError(f"{arguments}: {said(code, error)}")
    return time.monotonic() - began


def kills(folder: Path, rounds: int, seed: int = 9) -> Iterator[Row]:
    """Yield what became of files whose writers were killed at random moments, half of them in no order (SIGKILL)."""
    luck = random.Random(seed)
    for name in ("html", "json"):
        yield _killed_over_a_file(article(folder / name), f"report.{name}", rounds, luck, (*CHECK, "-f", name, "-o", f"report.{name}"), OLD.encode())
    place = article(folder / "baseline")
    yield _killed_over_a_file(place, "consistency-baseline.toml", rounds, luck, ("baseline", "en.md", "de.md"), b"version = 1\n")
    yield _killed_batch(folder / "batch", rounds, luck)


def _killed_over_a_file(folder: Path, name: str, rounds: int, luck: random.Random, command: tuple[str, ...], old: bytes) -> Row:
    """Kill a run that replaces a file: it is the old one or the new one, never a part of either."""
    whole = took(folder, *command)
    new, n_killed, n_new, n_left, broken = (folder / name).read_bytes(), 0, 0, 0, 0
    for turn in range(rounds):
        (folder / name).write_bytes(old)
        number = (signal.SIGKILL, signal.SIGTERM)[turn % 2]
        # The file is written at the very end, so most moments are there.
        n_killed += killed(folder, luck.uniform(0.5, 1.1) * whole, number, *command)
        content = (folder / name).read_bytes()
        broken += content not in (old, new)
        n_new += content == new
        left = [path for path in folder.iterdir() if path.name.endswith(".tmp")]
        broken += bool(left) and number is signal.SIGTERM  # which ends in order
        n_left += len(left)
        for path in left:
            path.unlink()
    again = run(folder, *command)[0] in (0, 1) and (folder / name).read_bytes() == new
    happened = f"{n_killed} of {rounds} killed in time: {rounds - n_new - broken} times the old file, {n_new} times the new, {broken} half-written, {n_left} temporary left"
    return Row(f"{command[0]} writing {name}", happened, again and not broken)


def _killed_batch(folder: Path, rounds: int, luck: random.Random) -> Row:
    """Kill a batch again and again: what it wrote is whole lines of the right results, and the end is the same bytes."""
    folder.mkdir(parents=True)
    (folder / "in.jsonl").write_bytes(lines(60))
    command = ("batch", "in.jsonl", "-o", "out.jsonl")
    whole = took(folder, *command)
    out, part = folder / "out.jsonl", folder / "out.jsonl.part"
    reference, n_killed, n_done, broken = out.read_bytes(), 0, 0, 0
    out.unlink()
    for turn in range(rounds):
        n_killed += killed(folder, luck.uniform(0.3, 1.1) * whole, (signal.SIGKILL, signal.SIGTERM)[turn % 2], *command)
        if out.exists():
            broken += out.read_bytes() != reference
            n_done += 1
            out.unlink()
        elif part.exists():  # all but the line that was being written
            written = part.read_bytes()
            broken += not reference.startswith(written[: written.rfind(b"\n") + 1])
    ended = run(folder, *command)[0] == 0 and out.read_bytes() == reference
    left = sorted(path.name for path in folder.iterdir()) == ["in.jsonl", "out.jsonl"]
    happened = f"{n_killed} of {rounds} killed in time: went on to the end {n_done} times, {broken} times other bytes; nothing left over: {left}"
    return Row("batch writing out.jsonl", happened, ended and left and not broken)


def together(folder: Path) -> Iterator[Row]:
    """Yield what two runs at once do to one output."""
    for name, command in (("report.json", (*JSON, "-o", "report.json")), ("consistency-baseline.toml", ("baseline", "en.md", "de.md"))):
        run(folder, *command)
        new = (folder / name).read_bytes()
        (folder / name).unlink()
        both = [start(folder, *command) for _ in range(2)]
        codes = [process.wait(timeout=300) for process in both]
        for process in both:
            process.communicate()
        whole = (folder / name).read_bytes() == new
        (folder / name).unlink()
        yield Row(f"two runs of {command[0]} with one output", f"exits {codes}; the file is {'whole' if whole else 'BROKEN'}", whole)
    (folder / "in.jsonl").write_bytes(lines(60))
    first = start(folder, "batch", "in.jsonl", "-o", "out.jsonl")
    while not (folder / "out.jsonl.part").exists() and first.poll() is None:
        time.sleep(0.01)
    time.sleep(0.2)
    code, _, error = run(folder, "batch", "in.jsonl", "-o", "out.jsonl")
    done = first.wait(timeout=300)
    first.communicate()
    whole = len((folder / "out.jsonl").read_bytes().splitlines()) == 60
    yield Row("a second batch with one output", f"first exit {done}, second {said(code, error)}", done == 0 and whole and code in (0, 2))


def rows(n_kills: int) -> Iterator[Row]:
    """Yield a row for every fault."""
    folder = Path(tempfile.mkdtemp())
    try:
        yield from refusals(article(folder / "refusals"))
        yield from surroundings(article(folder / "surroundings"))
        yield from together(article(folder / "together"))
        yield from kills(folder / "kills", n_kills // 4)
    finally:
        shutil.rmtree(folder)


def main() -> int:
    """Print a row for every fault."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=200)
    bad = 0
    for row in rows(parser.parse_args().kills):
        bad += not row.whole
        print(f"| {row.fault} | {row.happened} | {'ok' if row.whole else 'NOT WHOLE'} |", flush=True)
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
