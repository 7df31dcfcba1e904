"""Measure what is flagged in the typed sets of bench/detect: errors by their category, and good translations.

Each row is one sentence with one translation. Only categories that speak of facts are taken; the others (style, gender,
omission of plain words) are measured by benchmarks/meaning.py. ced-wmt22 names no kind: its errors are taken whole.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from consistency.embedders.protocol import Embedder
from consistency.pipeline import check

SETS = ("demetr", "ced-wmt22", "bbh-salient-de-en", "mqm-bio")
CATEGORIES = ("number", "date", "name", "negation", "antonym", "critical")
_FACTS = re.compile(r"^(?!segment|document|text)")


def typed(bench: Path, langs: set[str], limit: int, embedder: Embedder, show: bool) -> None:
    """Print set × category: rows flagged; `ok` are good translations, of which none should be."""
    print("typed: rows flagged, by set and category (ok: good translations)")
    print(f"  | set | {' | '.join((*CATEGORIES, 'ok'))} |")
    for name in SETS:
        flagged: Counter[str] = Counter()
        seen: Counter[str] = Counter()
        for row in _rows(bench / f"detect/{name}.jsonl.gz", langs, limit):
            kind = row["category"] or "ok"
            found = _found(row, embedder)
            seen[kind] += 1
            flagged[kind] += bool(found)
            if show and bool(found) == (kind == "ok"):
                print(f"  {name} {kind} {row['id']} {row['src_lang']}: {row['src']} | {row['tgt']} {found}")
        cells = [f"{flagged[k]}/{seen[k]} = {flagged[k] / seen[k]:.1%}" if seen[k] else "–" for k in (*CATEGORIES, "ok")]
        print(f"  | {name} | {' | '.join(cells)} |", flush=True)


def _found(row: dict[str, Any], embedder: Embedder) -> list[str]:
    copies = {row["src_lang"]: row["src"], row["tgt_lang"]: row["tgt"]}
    report = check(copies, row["src_lang"], format="lines", embedder=embedder)
    return [f.message for f in report.findings if f.severity != "note" and _FACTS.match(f.check)]


def _rows(path: Path, langs: set[str], limit: int) -> Iterator[dict[str, Any]]:
    """Yield the rows of the fact categories and the good ones, at most `limit` of each kind."""
    taken: Counter[str] = Counter()
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            kind = "ok" if row["label"] == "ok" else row["category"] if row["label"] == "error" else None
            if kind is None or kind not in (*CATEGORIES, "ok") or (langs and not langs & {row["src_lang"], row["tgt_lang"]}):
                continue
            taken[kind] += 1
            if taken[kind] <= limit:
                yield row
