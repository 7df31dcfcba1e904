"""Measure the whole program: articles a second, peak memory, growth with length, start-up.

    python benchmarks/throughput.py --bench ../shared/bench [--lang de] [--limit 123]

Every figure is of a fresh process (`python -m consistency …`): wall and processor seconds, and its peak memory.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

# One thread of the linear algebra library: what is measured is one core.
ENVIRONMENT = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


@dataclass(frozen=True)
class Cost:
    """Hold what one process cost: seconds of wall and processor time, peak memory in MB."""

    wall: float
    cpu: float
    peak: float


def run(arguments: Sequence[str]) -> Cost:
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "consistency", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=ENVIRONMENT
    )
    assert process.stderr is not None
    said = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"consistency {' '.join(arguments)}: exit {process.returncode}: {said}")
    return Cost(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def lines_of(bench: Path, lang: str, limit: int) -> list[str]:
    with gzip.open(bench / "clean/ntrex.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file][:limit]
    return [
        json.dumps({"id": r["doc"], "source": "en", "documents": {k: "\n".join(r[k]) for k in ("en", lang)}, "format": "lines"})
        for r in rows
        if lang in r
    ]


def batch(folder: Path, lines: Sequence[str], name: str) -> Cost:
    source = folder / f"{name}.jsonl"
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return run(["batch", str(source), "-o", str(folder / f"{name}.out.jsonl")])


def growth(folder: Path, lines: Sequence[str], lang: str) -> None:
    """Print the cost of ever longer articles, made of the sentences of many, and the exponent of its growth."""
    texts = {key: "\n".join(json.loads(x)["documents"][key] for x in lines).split("\n") for key in ("en", lang)}
    points = []
    for n in (200, 400, 800, 1600):
        if n > len(texts["en"]):
            break
        documents = {key: "\n".join(sentences[:n]) for key, sentences in texts.items()}
        line = json.dumps({"id": n, "source": "en", "documents": documents, "format": "lines"})
        cost = batch(folder, [line], f"length{n}")
        points.append((n, cost))
        print(f"  {n} sentences a side: {cost.cpu:.2f} s cpu, {cost.peak:.0f} MB")
    (n1, c1), (n2, c2) = points[-2], points[-1]
    print(f"  exponent between the last two: {math.log(c2.cpu / c1.cpu) / math.log(n2 / n1):.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--lang", default="de")
    parser.add_argument("--limit", type=int, default=1000)
    options = parser.parse_args()
    root = Path(__file__).parents[1]
    version = run(["--version"])
    print(f"--version: {version.wall:.2f} s wall, {version.cpu:.2f} s cpu, {version.peak:.0f} MB")
    sample = [str(root / "seeds/patents" / f"{lang}.md") for lang in ("en", "de", "fr")]
    cost = run(["check", *sample])
    print(f"check of three copies, cold: {cost.wall:.2f} s wall, {cost.cpu:.2f} s cpu, {cost.peak:.0f} MB")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = lines_of(options.bench, options.lang, options.limit)
        one, all_of_them = batch(folder, lines[:1], "one"), batch(folder, lines, "all")
        rate = (len(lines) - 1) / (all_of_them.cpu - one.cpu)
        print(f"batch of {len(lines)} articles (en, {options.lang}): {all_of_them.wall:.1f} s wall, {all_of_them.cpu:.1f} s cpu,")
        print(f"  {all_of_them.peak:.0f} MB; {rate:.1f} articles a second of one core, start-up {one.cpu:.2f} s left out")
        growth(folder, lines, options.lang)


if __name__ == "__main__":
    main()
