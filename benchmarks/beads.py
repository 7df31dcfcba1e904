"""Read the annotated pairs of bench/detect as the beads of articles, and gather the evidence of each."""

from __future__ import annotations

import gzip
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from consistency.config import Settings
from consistency.embedders.protocol import Embedder
from consistency.findings import Copy, Pair
from consistency.meaning import Judged, judge
from consistency.pipeline import _compared, load_embedder, read
from consistency.readers._load import from_text
from consistency.records import Alignment


@dataclass(frozen=True, slots=True)
class Row:
    """Hold one annotated pair with its evidence; None: a side without words."""

    data: dict[str, Any]
    judged: Judged | None
    pair: Pair


def detect_rows(bench: Path, name: str) -> list[dict[str, Any]]:
    with gzip.open(bench / f"detect/{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def sample(rows: Sequence[dict[str, Any]], most: int, seed: int = 1) -> list[dict[str, Any]]:
    """Return at most so many rows, the same each time."""
    return list(rows) if len(rows) <= most else random.Random(seed).sample(list(rows), most)


def evidence(rows: Iterable[dict[str, Any]], embedder: Embedder | None = None) -> list[Row]:
    """Return the rows with their evidence; rows of one document and system are one article, where that is known."""
    embedder = embedder or load_embedder(Settings())
    articles: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for index, row in enumerate(rows):
        whole = (row["doc"], row["system"]) if row.get("doc") and row.get("system") else (index,)
        articles[(row["src_lang"], row["tgt_lang"], *whole)].append(row)
    return [found for article in articles.values() for found in _article(article, embedder)]


def _article(rows: Sequence[dict[str, Any]], embedder: Embedder) -> list[Row]:
    source = copy_of([r["src"] for r in rows], rows[0]["src_lang"])
    target = copy_of([r["tgt"] for r in rows], rows[0]["tgt_lang"])
    pair = Pair(source, target, one_to_one(source, target))
    found = {j.bead.index: j for j in judge(pair, _compared(pair, embedder), embedder)}
    return [Row(row, found.get(i), pair) for i, row in enumerate(rows)]


def copy_of(lines: Sequence[str], lang: str) -> Copy:
    """Return a copy of one block a line."""
    whole = "\n".join(" ".join(line.split()) or "–" for line in lines)
    return read(from_text(whole, lang=lang, format="lines", path=lang))


def one_to_one(source: Copy, target: Copy) -> tuple[Alignment, ...]:
    """Return the beads of two copies whose blocks answer each other one by one."""
    blocks = range(len(source.document.blocks))
    return tuple(Alignment(_block(source, i), _block(target, i), 0.8, 0.95) for i in blocks)


def _block(copy: Copy, block: int) -> tuple[int, ...]:
    return tuple(i for i, segment in enumerate(copy.segments) if segment.block == block)
