"""Run pofilter's `numbers` check on the data of benchmarks/facts.py, for comparison.

    python benchmarks/pofilter.py --bench ../shared/bench --pofilter /path/to/pofilter [--langs de,fr] [--limit 40]

pofilter belongs to translate-toolkit (GPL-3.0-or-later): install it into an environment of its own; nothing of it
is imported here. A unit is flagged where pofilter's output holds it.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from damage import DAMAGES
from facts import articles

NUMBERS = ("digit", "drop", "zero", "swap", "month", "year")
Row = tuple[str, str]


def flagged(pofilter: str, rows: Sequence[Row], lang: str) -> set[int]:
    """Return the indices of the rows that pofilter flags."""
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "in.po", Path(folder) / "out.po"
        source.write_text(_po(rows, lang), encoding="utf-8")
        command = [pofilter, "-t", "numbers", f"--language={lang}", "--progress=none", str(source), str(out)]
        subprocess.run(command, check=True, capture_output=True)
        text = out.read_text(encoding="utf-8") if out.exists() else ""
    return {int(number) for number in re.findall(r'msgctxt "row(\d+)"', text)}


def _po(rows: Sequence[Row], lang: str) -> str:
    head = f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: {lang}\\n"\n'
    units = (f'msgctxt "row{i}"\nmsgid {_quoted(s)}\nmsgstr {_quoted(t)}\n' for i, (s, t) in enumerate(rows))
    return "\n".join((head, *units))


def _quoted(text: str) -> str:
    return '"' + " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'


def cases(bench: Path, pofilter: str) -> None:
    lines = (bench / "cases/numbers.jsonl").read_text(encoding="utf-8").splitlines()
    tp = fp = fn = 0
    for row in map(json.loads, lines):
        hit = bool(flagged(pofilter, [(row["src"], row["tgt"])], row["tgt_lang"]))
        wrong = row["expect"] != "ok"
        tp, fp, fn = tp + (hit and wrong), fp + (hit and not wrong), fn + (wrong and not hit)
    print(f"cases: precision {tp / max(1, tp + fp):.3f} recall {tp / max(1, tp + fn):.3f} of {len(lines)}")


def clean_and_damaged(bench: Path, pofilter: str, langs: Sequence[str], limit: int) -> None:
    rows = articles(bench, limit)
    for lang in langs:
        pairs = [(a, b) for row in rows for a, b in zip(row["en"], row[lang], strict=True)]
        digits = sum(any(c.isdigit() for c in a + b) for a, b in pairs)
        alarms = flagged(pofilter, pairs, lang)
        print(f"clean {lang}: {len(alarms)}/{digits} = {len(alarms) / digits:.2%}")
        for kind in NUMBERS:
            chance = random.Random(kind)
            broken = [(made, b) for a, b in pairs if (made := DAMAGES[kind](a, chance)) is not None and made != a]
            print(f"damage {lang} {kind}: {len(flagged(pofilter, broken, lang)) / max(1, len(broken)):.2f} of {len(broken)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--pofilter", default="pofilter")
    parser.add_argument("--langs", default="de,fr,ru,ja")
    parser.add_argument("--limit", type=int, default=1000)
    options = parser.parse_args()
    cases(options.bench, options.pofilter)
    clean_and_damaged(options.bench, options.pofilter, options.langs.split(","), options.limit)


if __name__ == "__main__":
    main()
