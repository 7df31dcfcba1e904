"""Fit what tells that two values traded places: coefficients and the threshold.

    pip install scikit-learn
    python -m training.exchange --corpus ../shared/corpus --bench ../shared/bench --out consistency/exchange.json

Right pairs are two values of one sentence of the open corpus; the wrong ones are the same with the values exchanged,
which turns the sign of everything in `Places`. Reported on bench/clean, other articles, each language with the
coefficients that were fitted without it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np

from consistency.config import Settings
from consistency.diff import diff
from consistency.embedders.protocol import Embedder
from consistency.exchange import Places, kind_of, turned, turned_pairs
from consistency.findings import Pair
from consistency.gather import gather
from consistency.languages import supported
from consistency.pipeline import from_text, load_embedder, read
from consistency.records import Alignment
from training.corpus import rows_of

SOURCES = {"tico19": 400, "debian-www": 300, "co-op-courses": 150, "tensorflow": 100, "tatoeba": 40, "un-sdg": 30}
MOST_PAIRS = 6  # of one sentence
# Share of right pairs, each language left out in turn, that may pass the threshold. It is taken from two plain values
# and holds for years, too: of them there are a thousand pairs only, one misaligned sentence of which would set it.
FALSE = 0.0012
TURNED = 5.0  # how much more a pair counts that good translations turn round: they are few, and all that is asked about
NAMES = [f.name for f in fields(Places) if f.name != "step"]
_NUMBER = re.compile(r"(?<![\w.,/:-])\d[\d,]*(?:\.\d+)?(?![\w/:-]|[.,]\d)")


@dataclass(frozen=True, slots=True)
class Example:
    """Hold two values that stand where they belong: language, kind, figures; turned: the copy turns their order."""

    lang: str
    kind: str
    places: Places
    turned: bool


def sentences(corpus: Path, most: int) -> Iterator[tuple[str, str, str]]:
    """Yield (language, English, translation) of sentences with two numbers and more, drawn by source."""
    known = set(supported())
    for path in sorted((corpus / "open").glob("*/en-*.tsv.xz")):
        source, lang = path.parent.name, path.name.removesuffix(".tsv.xz").removeprefix("en-")
        if source in SOURCES and lang in known:
            rows = [(a, b) for a, b in rows_of(path) if _fits(a, b)]
            random.Random(5).shuffle(rows)
            yield from ((lang, a, b) for a, b in rows[: min(most, SOURCES[source])])


def _fits(source: str, target: str) -> bool:
    enough = len(source) < 500 and len(set(_NUMBER.findall(source))) >= 2
    return enough and sum(c.isdigit() for c in target) >= 2


def articles(bench: Path) -> Iterator[tuple[str, str, str]]:
    """Yield (language, English, translation) of the sentences of bench/clean."""
    with gzip.open(bench / "clean/ntrex.jsonl.gz", "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            for lang in sorted(set(row) - {"doc", "en"}):
                pairs = zip(row["en"], row[lang], strict=True)
                yield from ((lang, a, b) for a, b in pairs if len(set(_NUMBER.findall(a))) >= 2)


def examples(rows: Iterator[tuple[str, str, str]], embedder: Embedder) -> list[Example]:
    """Return two and two kept values of each sentence."""
    found: list[Example] = []
    for lang, source, target in rows:
        copies = [read(from_text(text, lang=tag, format="lines", path=tag)) for tag, text in (("en", source), (lang, target))]
        if not all(copy.segments for copy in copies):
            continue
        bead = Alignment(*(tuple(range(len(copy.segments))) for copy in copies), similarity=1.0)
        pair = Pair(copies[0], copies[1], (bead,))
        for number, (one, two, places) in enumerate(turned_pairs(pair, diff(gather(pair)), embedder, every=True)):
            if number < MOST_PAIRS:
                found.append(Example(lang, kind_of(one, two), places, turned(one, two)))
    return found


def figures(found: Sequence[Example]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the figures (examples, names), the steps (examples,) and what the copy turns round (examples,)."""
    rows = np.array([astuple(e.places) for e in found])
    return rows[:, :-1], rows[:, -1], np.array([e.turned for e in found])


def fitted(right: np.ndarray, turned_round: np.ndarray) -> np.ndarray:
    """Return coefficients (names,): log odds that the values stand where they belong."""
    from sklearn.linear_model import LogisticRegression

    scale = right.std(axis=0) + 1e-9
    both = np.concatenate([right, -right]) / scale
    labels = np.repeat([True, False], len(right))
    weights = np.tile(np.where(turned_round, TURNED, 1.0), 2)
    found = LogisticRegression(C=0.3, fit_intercept=False).fit(both, labels, sample_weight=weights)
    return np.asarray(found.coef_[0] / scale)


def left_out(train: Sequence[Example], test: Sequence[Example]) -> np.ndarray:
    """Return the log odds of each test example by coefficients fitted without its language; -inf where an exchange would
    turn its words round, which is never told."""
    (right, _, turned_round), (held, step, held_turned) = figures(train), figures(test)
    langs, held_langs = (np.array([e.lang for e in rows]) for rows in (train, test))
    scores = np.zeros(len(test))
    for lang in np.unique(held_langs):
        inside, others = held_langs == lang, langs != lang
        scores[inside] = held[inside] @ fitted(right[others], turned_round[others])
    told = np.where(held_turned, -scores, scores)
    return np.where(np.where(held_turned, -step, step) >= 0, told, -np.inf)


def fit(kind: str, found: Sequence[Example], clean: Sequence[Example], least: float | None) -> tuple[float, dict[str, float]]:
    """Return the threshold and the coefficients of one kind, and print what they reach.

    least: a threshold that is known already.
    """
    train, test = ([e for e in rows if e.kind == kind] for rows in (found, clean))
    if least is None:  # only values in turned order are asked about
        scores = np.where([e.turned for e in train], left_out(train, train), -np.inf)
        least = round(float(np.quantile(scores, 1 - FALSE)), 2)
    told, turned_round = left_out(train, test) >= least, np.array([e.turned for e in test])
    langs = np.array([e.lang for e in test])
    for lang in [*np.unique(langs), ""]:
        inside = (langs == lang) | (not lang)
        wrong, recall = int(told[turned_round & inside].sum()), float(told[~turned_round & inside].mean())
        print(f"  {kind} {lang or 'all'}: exchanged found {recall:.3f}, {wrong} of {int(inside.sum())} right pairs flagged")
    right, _, train_turned = figures(train)
    known = dict(zip(NAMES, fitted(right, train_turned), strict=True))
    return least, {n: round(float(known[n]), 3) for n in NAMES}


def main() -> None:
    """Read, fit, report and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--bench", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--out", type=Path, default=Path("consistency/exchange.json"))
    parser.add_argument("--most", type=int, default=400, help="sentences of one source and language")
    options = parser.parse_args()
    embedder = load_embedder(Settings())
    found = examples(sentences(options.corpus, options.most), embedder)
    clean = examples(articles(options.bench), embedder)
    print(f"{len(found)} pairs of values to fit, {len(clean)} to report on")
    least, values = fit("values", found, clean, None)
    _, year = fit("year", found, clean, least)
    data = {"model": embedder.name, "least": least, "kinds": {"values": values, "year": year}}
    options.out.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
