"""Read the alignment sets of the bench folder as pairs of sides with gold beads, and make harder ones of them.

Nothing of them is kept: texts are read, embedded and forgotten.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType

import numpy as np

from consistency.alignment.beads import Side
from consistency.anchors import anchors_of
from consistency.embedders.protocol import Embedder

Bead = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Case:
    """Hold two copies of a text, segment by segment, and which belong together."""

    name: str
    source: Side
    target: Side
    gold: tuple[Bead, ...]
    source_texts: tuple[str, ...] = ()
    target_texts: tuple[str, ...] = ()


def scorer(bench: Path) -> ModuleType:
    """Return the bench folder's own scorer."""
    spec = importlib.util.spec_from_file_location("score_align", bench / "align" / "score_align.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def ladder(text: str) -> tuple[Bead, ...]:
    """Return the beads of a ladder, `[source indices]:[target indices]` a line."""
    beads = []
    for match in re.finditer(r"^\s*\[([\d,\s]*)\]\s*:\s*\[([\d,\s]*)\]", text, re.MULTILINE):
        left, right = (tuple(int(x) for x in group.split(",") if x.strip()) for group in match.groups())
        if left or right:
            beads.append((left, right))
    return tuple(beads)


def side(texts: Sequence[str], embedder: Embedder) -> Side:
    """Return a side of plain sentences: one block, no structure."""
    return Side(
        vectors=embedder.encode(texts),
        weights=np.asarray(embedder.counts(texts), np.float32),
        lengths=np.array([len(text) for text in texts], np.int64),
        blocks=[0] * len(texts),
        kinds=["paragraph"] * len(texts),
        levels=[0] * len(texts),
        anchors=[anchors_of(text) for text in texts],
    )


def _case(name: str, source: Sequence[str], target: Sequence[str], gold: str, embedder: Embedder) -> Case:
    return Case(
        name, side(source, embedder), side(target, embedder), ladder(gold), tuple(source), tuple(target)
    )


def folder(path: Path, source: str, target: str, embedder: Embedder) -> list[Case]:
    """Return the documents of a folder `<lang>/<doc>.txt`, `gold/<doc>.align`."""
    cases = []
    for gold in sorted((path / "gold").glob("*.align")):
        texts = [
            (path / lang / f"{gold.stem}.txt").read_text(encoding="utf-8").splitlines()
            for lang in (source, target)
        ]
        cases.append(_case(gold.stem, texts[0], texts[1], gold.read_text(encoding="utf-8"), embedder))
    return cases


def synthetic(bench: Path, lang: str, embedder: Embedder) -> list[Case]:
    """Return the articles of ntrex-synth in one language: sentences dropped, inserted, merged, split."""
    with gzip.open(bench / "align" / "ntrex-synth" / f"en-{lang}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [_case(row["doc"], row["en"], row[lang], row["gold"], embedder) for row in rows]


def languages(bench: Path) -> list[str]:
    """Return the languages of ntrex-synth."""
    return sorted(path.name[3:5] for path in (bench / "align" / "ntrex-synth").glob("en-*.jsonl.gz"))


def taken(one: Side, index: Sequence[int]) -> Side:
    """Return a side of these segments in this order."""
    chosen = list(index)
    return Side(
        one.vectors[chosen],
        one.weights[chosen],
        one.lengths[chosen],
        [0] * len(chosen),
        ["paragraph"] * len(chosen),
        [0] * len(chosen),
        [one.anchors[i] for i in chosen],
    )


def joined(sides: Sequence[Side]) -> Side:
    """Return one side of several."""
    n = sum(len(one) for one in sides)
    return Side(
        np.concatenate([one.vectors for one in sides]),
        np.concatenate([one.weights for one in sides]),
        np.concatenate([one.lengths for one in sides]),
        [0] * n,
        ["paragraph"] * n,
        [0] * n,
        [keys for one in sides for keys in one.anchors],
    )


def long_case(cases: Sequence[Case], length: int) -> Case:
    """Return articles one after the other until the source has so many segments.

    The same articles come again in every language; from one time to the next all vectors are turned at random
    and the anchors renamed, so that no article is like another while all within it stays as it is.
    """
    left: list[Side] = []
    right: list[Side] = []
    gold: list[Bead] = []
    seen: set[str] = set()
    chance, turn, times = np.random.default_rng(0), np.eye(cases[0].source.vectors.shape[1]), 0
    i = j = 0
    for case in cases:
        if case.name in seen:
            turn, times = np.linalg.qr(chance.standard_normal(turn.shape))[0], times + 1
            seen.clear()
        seen.add(case.name)
        gold += [(tuple(x + i for x in a), tuple(y + j for y in b)) for a, b in case.gold]
        for one, sides in ((case.source, left), (case.target, right)):
            anchors = [frozenset((times, key) for key in keys) for keys in one.anchors]
            sides.append(replace(one, vectors=(one.vectors @ turn).astype(np.float32), anchors=anchors))
        i, j = i + len(case.source), j + len(case.target)
        if i >= length:
            break
    return Case(f"{i}", joined(left), joined(right), tuple(gold))


def with_a_move(case: Case, chance: random.Random) -> tuple[Case, set[tuple[int, int]]] | None:
    """Return the case with one passage of the target moved, and the (source, target) pairs in it.

    None where the article is too short, or the place is too near.
    """
    length, n = chance.choice([1, 2, 3, 4]), len(case.target)
    if n < 8:
        return None
    start = chance.randrange(0, n - length)
    run = list(range(start, start + length))
    rest = [j for j in range(n) if j not in run]
    place = chance.randrange(0, len(rest) + 1)
    if abs(place - start) < 4:
        return None
    order = rest[:place] + run + rest[place:]
    new = {old: index for index, old in enumerate(order)}
    gold = tuple((a, tuple(sorted(new[j] for j in b))) for a, b in case.gold)
    pairs = {(a[0], new[b[0]]) for a, b in case.gold if len(a) == len(b) == 1 and b[0] in run}
    return Case(case.name, case.source, taken(case.target, order), gold), pairs
