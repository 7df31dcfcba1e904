"""Fit the odds that a name is missing, print what follows from them, and write weights.json.

    python -m training.names --bench ../shared/bench --out consistency/names/weights.json [--langs de,fr]

Names of the English copy of human translations are replaced by a name of another article, or left out; what the other
copy then lacks, or has too much, is missing, and what good translations do not answer is not, but for those that were
read and are not there (REAL). RATE of each fault an article is what makes the odds probabilities. Five folds by article.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from consistency.names.evidence import Evidence
from consistency.names.judgement import EXCHANGE, alike
from consistency.names.naming import Unanswered, unanswered
from consistency.names.passages import Passage
from consistency.names.renderings import Renderings

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
from damage import _NAME
from facts import Remembering, articles
from names import passages

LANGS = "de,es,fr,it,pt,nl,sv,pl,cs,fi,id,tr,ru,uk,el,ja,ko,zh"
RATE = 1.0  # names replaced, and names left out, an article
FOLDS = 5
RIDGE = 1e-3
FEWEST = 40
# Names that good translations leave out or put in, read: article, sentence, language.
REAL = frozenset(
    {(9, 1, "es"), (28, 6, "es"), (28, 6, "fr"), (36, 3, "fr"), (12, 9, "it"), (23, 1, "it"), (28, 4, "it"), (36, 3, "pl"), (46, 12, "pl")}
    | {(56, 18, "pl"), (28, 4, "cs"), (4, 0, "fi"), (46, 12, "id"), (28, 13, "tr"), (37, 16, "tr"), (54, 9, "tr"), (2, 5, "ru"), (46, 4, "ru")}
    | {(42, 13, "ja"), (24, 0, "ja"), (24, 18, "ko"), (9, 2, "zh"), (44, 5, "zh"), (27, 14, "ja"), (54, 10, "ja"), (54, 10, "tr")}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bead:
    """Hold the open names of one bead, the source's first. fault: "" none, replaced, dropped; new: names that fault made open."""

    lang: str
    article: int
    fault: str
    open: tuple[tuple[Unanswered, ...], tuple[Unanswered, ...]]
    new: frozenset[str]


def beads(rows: Sequence[Mapping[str, Any]], lang: str, embedder: Remembering) -> Iterator[Bead]:
    """Yield every bead of the articles in a language, and each again with a name replaced and left out."""
    chance = random.Random(lang)
    names = [(i, m[0]) for i, row in enumerate(rows) for text in row["en"] for m in _NAME.finditer(text)]
    for index, row in enumerate(rows):
        if lang not in row:
            continue
        english, copy = (dict(enumerate(passages(row[x], x, embedder))) for x in ("en", lang))
        for place in english:
            good = _open(place, english, copy)
            if (index, place, lang) not in REAL:
                yield Bead(lang, index, "", good, frozenset())
            found = list(_NAME.finditer(english[place].text))
            for match in chance.sample(found, min(2, len(found))):
                put = _another(names, index, english[place].text, chance)
                for fault, new in (("replaced", put), ("dropped", "")):
                    text = re.sub(" {2,}", " ", match.string[: match.start()] + new + match.string[match.end() :])
                    changed = passages([*row["en"][:place], text, *row["en"][place + 1 :]], "en", embedder)[place]
                    now = _open(place, {**english, place: changed}, copy)
                    before = {name.surface for side in good for name in side}
                    yield Bead(lang, index, fault, now, frozenset(n.surface for side in now for n in side) - before)


def _another(names: Sequence[tuple[int, str]], article: int, text: str, chance: random.Random) -> str:
    """Return a name to put: of another article, or as often of this one, so that being known there says nothing."""
    own = [name for i, name in names if i == article and name not in text]
    return chance.choice(own if own and chance.random() < 0.5 else [name for i, name in names if i != article])


def _open(place: int, left: Mapping[int, Passage], right: Mapping[int, Passage]) -> tuple[tuple[Unanswered, ...], ...]:
    return tuple(unanswered(place, Renderings(left, right))), tuple(unanswered(place, Renderings(right, left)))


def logistic(x: Any, y: Any, weight: Any) -> Any:
    """Return the weights and the constant of a ridge regression on standardised columns, for the raw columns."""
    mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-9
    z = np.c_[(x - mean) / spread, np.ones(len(x))]
    weight, ridge = weight / weight.sum(), RIDGE * np.eye(z.shape[1])
    ridge[-1, -1] = 1e-6
    found = np.zeros(z.shape[1])
    for _ in range(40):
        p = 1 / (1 + np.exp(-np.clip(z @ found, -30, 30)))
        curve = (z.T * (weight * p * (1 - p))) @ z + ridge
        found -= np.linalg.solve(curve, z.T @ (weight * (p - y)) + ridge @ found)
    raw = found[:-1] / spread
    return np.r_[raw, found[-1] - raw @ mean]


def weight_of(bead: Bead, made: Counter[tuple[str, str]], articles: int) -> float:
    """Return what a bead weighs, so that each fault stands RATE times in an article."""
    return RATE * articles / made[bead.lang, bead.fault] if bead.fault else 1.0


def fit(found: Sequence[Bead], made: Counter[tuple[str, str]], articles: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the weights of names alone and of exchanges, by pair of scripts."""
    groups: dict[str, list[tuple[Any, float, float]]] = {}
    for bead in found:
        for name in (n for side in bead.open for n in side):
            if bead.fault and name.surface not in bead.new:
                continue  # it was open before, and says nothing of this fault
            row = (name.evidence, float(bool(bead.fault)), weight_of(bead, made, articles))
            for key in {" ".join(name.scripts), "other other"}:
                groups.setdefault(key, []).append(row)
    alone = {key: row for key, group in sorted(groups.items()) if (row := _fitted(group)) is not None}
    pairs: dict[str, list[tuple[Any, float, float]]] = {}
    for bead in found:
        pair = likeliest(bead, alone)
        if pair is not None and (not bead.fault or (bead.fault == "replaced" and pair[1])):
            row = (pair[0], float(bool(bead.fault)), weight_of(bead, made, articles))
            # In one script two forms of a name are alike; their few others are too few to fit.
            scripts = bead.open[0][0].scripts
            for key in {" ".join(scripts) if scripts[0] != scripts[1] else "other other", "other other"}:
                pairs.setdefault(key, []).append(row)
    return alone, {key: row for key, group in sorted(pairs.items()) if (row := _fitted(group)) is not None}


def _fitted(group: Sequence[tuple[Any, float, float]]) -> Any:
    """Return the weights of rows of (figures, missing or not, weight); None where there are too few."""
    x, y, weight = (np.array(column) for column in zip(*group, strict=True))
    return logistic(x, y, weight) if min(y.sum(), (1 - y).sum()) >= FEWEST else None


def odds(name: Unanswered, alone: Mapping[str, Any]) -> float:
    """Return the log odds that a name is missing by weights that were just fitted."""
    return float(np.r_[name.evidence, 1.0] @ alone.get(" ".join(name.scripts), alone["other other"]))


def likeliest(bead: Bead, alone: Mapping[str, Any]) -> tuple[tuple[float, ...], bool] | None:
    """Return the figures of the two names of a bead that are likeliest missing (EXCHANGE), and whether one is new."""
    if not all(bead.open):
        return None
    one, two = (max(side, key=lambda name: odds(name, alone)) for side in bead.open)
    new = not bead.new.isdisjoint((one.surface, two.surface))
    own = (not one.name.ordinary) + (not two.name.ordinary)
    far = (max(-6.0, odds(name, alone)) for name in (one, two))
    return (*far, own, alike(one.name.words, two.name.words)), new


def decided(bead: Bead, alone: Mapping[str, Any], exchange: Mapping[str, Any]) -> float:
    """Return the log odds of the likeliest finding in a bead, much as consistency/names/naming.py decides."""
    pair = likeliest(bead, alone)
    if pair is not None:
        row = exchange.get(" ".join(bead.open[0][0].scripts), exchange["other other"])
        return float(np.array([*pair[0], 1.0]) @ row)
    return max((odds(name, alone) for side in bead.open for name in side if name.plain), default=-30.0)


def figures(found: Sequence[Bead], made: Counter[tuple[str, str]], articles: int) -> None:
    """Print held-out recall and findings in good beads, by language, at three confidences."""
    scored = []
    for fold in range(FOLDS):
        alone, exchange = fit([b for b in found if b.article % FOLDS != fold], made, articles)
        scored += [(b, decided(b, alone, exchange)) for b in found if b.article % FOLDS == fold]
    for sure in (0.6, 0.7, 0.8):
        least = np.log(sure / (1 - sure))
        hits = Counter((bead.lang, bead.fault) for bead, score in scored if score >= least)
        print(f"confidence {sure}: language, replaced and left out found, findings in good articles")
        for lang in sorted({b.lang for b in found}):
            shares = [f"{hits[lang, fault] / made[lang, fault]:.2f}" for fault in ("replaced", "dropped")]
            print(f"  {lang} {' '.join(shares)} {hits[lang, ''] / articles:.3f}")


def write(path: Path, alone: Mapping[str, Any], exchange: Mapping[str, Any]) -> None:
    """Write weights.json."""

    def named(row: Any, names: Sequence[str]) -> dict[str, float]:
        return dict(zip((*names, "constant"), (round(float(w), 3) for w in row), strict=True))

    data = {
        "note": "log odds that a name is missing; written by training/names.py",
        "alone": {key: named(row, Evidence._fields) for key, row in alone.items()},
        "exchange": {key: named(row, EXCHANGE) for key, row in exchange.items()},
    }
    path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Read the options, collect, fit, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--langs", default=LANGS)
    parser.add_argument("--kept", type=Path, help="a file that keeps what was collected, for another fit")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    rows = articles(options.bench, 1000)
    if options.kept and options.kept.exists():
        found = pickle.loads(options.kept.read_bytes())
    else:
        embedder = Remembering()
        found = [bead for lang in options.langs.split(",") for bead in beads(rows, lang, embedder)]
        if options.kept:
            options.kept.write_bytes(pickle.dumps(found))
    made = Counter((bead.lang, bead.fault) for bead in found)
    figures(found, made, len(rows))
    if options.out:
        write(options.out, *fit(found, made, len(rows)))


if __name__ == "__main__":
    main()
