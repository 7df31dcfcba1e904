"""Fit the weights that tell an answered name from a missing one, and measure what the checks of names find.

    python benchmarks/names.py --bench ../shared/bench --langs de,fr,ru --fit
    python benchmarks/names.py --bench ../shared/bench --langs de,fr,ru [--limit 25] [--show]

Names are replaced by a name of another article, or left out, in the English copy of human translations.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from damage import _NAME, dropped_name, replaced_name
from facts import Remembering, articles, check_lines, lines_flagged, one_line

from consistency.languages import load_language
from consistency.names.candidates import candidates
from consistency.names.evidence import Passage, evidence, script_of, told

RIDGE = 2e-3
Sample = tuple[tuple[str, str], int, tuple[float, ...], str]


def passages(texts: Sequence[str], lang: str, embedder: Remembering) -> list[Passage]:
    language = load_language(lang)
    found = candidates(texts, language)
    return [Passage(text, 0, names, language, embedder) for text, names in zip(texts, found, strict=True)]


def sample(own: Passage, other: Passage, answered: int, only: Any = None) -> Iterator[Sample]:
    for name in own.names:
        surface = own.text[name.span.start : name.span.end]
        if (only is None or only(name, surface)) and not told(name, own, other):
            yield (script_of(surface), other.script), answered, tuple(evidence(name, own, other)), f"{surface} | {other.text}"


def samples(rows: Sequence[dict[str, Any]], lang: str, embedder: Remembering) -> Iterator[Sample]:
    chance = random.Random(lang)
    names = [(i, m[0]) for i, row in enumerate(rows) for text in row["en"] for m in _NAME.finditer(text)]
    for index, row in enumerate(rows):
        english, copy = passages(row["en"], "en", embedder), passages(row[lang], lang, embedder)
        for place, (left, right) in enumerate(zip(english, copy, strict=True)):
            yield from sample(left, right, 1)
            yield from sample(right, left, 1)
            found = list(_NAME.finditer(left.text))
            if found:
                match = chance.choice(found)
                new = chance.choice([name for i, name in names if i != index])
                yield from _damaged(row["en"], place, match, new, left, right, embedder)


def _damaged(
    texts: Sequence[str], place: int, match: Any, new: str, left: Passage, right: Passage, embedder: Remembering
) -> Iterator[Sample]:  # fmt: skip
    """Yield the new name, which the copy lacks, and the copy's names that the English lacks without the old one."""
    for put in (new, ""):
        text = left.text[: match.start()] + put + left.text[match.end() + (not put) :]
        changed = passages([*texts[:place], text, *texts[place + 1 :]], "en", embedder)[place]
        if put:
            yield from sample(changed, right, 0, lambda name, surface: new in surface)
        kept = {name: evidence(name, right, left) for name in right.names}
        left_out = {name: evidence(name, right, changed) for name in right.names}
        gone = {n for n in kept if _fall(kept[n], left_out[n]) > 0.35}
        yield from sample(right, changed, 0, lambda name, surface, gone=gone: name in gone)


def _fall(before: Any, after: Any) -> float:
    vector = before.vector - after.vector
    return vector + before.words - after.words if vector > 0.1 else 0.0


def fit(found: Sequence[Sample]) -> None:
    groups: dict[tuple[str, str], list[Sample]] = defaultdict(list)
    for row in found:
        groups[row[0]].append(row)
        groups["other", "other"].append(row)
    for key, group in sorted(groups.items()):
        x, y = np.array([row[2] for row in group]), np.array([row[1] for row in group])
        if min(y.sum(), (1 - y).sum()) < 40:
            continue
        weights = logistic(x, y)
        scores = np.c_[x, np.ones(len(x))] @ weights
        good, bad = np.sort(scores[y == 1]), scores[y == 0]
        shares = " ".join(f"{n}:{(bad < good[n]).mean():.2f}@{good[n]:.1f}" for n in (1, 3, 6, 10) if n < len(good))
        print(f'    ("{key[0]}", "{key[1]}"): ({", ".join(f"{w:.2f}" for w in weights)}),  # {len(good)} {len(bad)} {shares}')


def logistic(x: Any, y: Any) -> Any:
    """Return the weights and the constant of a ridge regression on standardised columns, for the raw columns."""
    mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-9
    z = np.c_[(x - mean) / spread, np.ones(len(x))]
    weights = np.zeros(z.shape[1])
    for _ in range(40):
        p = 1 / (1 + np.exp(-z @ weights))
        curve = (z.T * (p * (1 - p))) @ z / len(y) + RIDGE * np.eye(len(weights))
        weights -= np.linalg.solve(curve, z.T @ (p - y) / len(y) + RIDGE * weights)
    raw = weights[:-1] / spread
    return np.r_[raw, weights[-1] - raw @ mean]


def measure(rows: Sequence[dict[str, Any]], lang: str, embedder: Remembering, show: bool) -> None:
    clean: Counter[str] = Counter()
    for row in rows:
        for found in lines_flagged(check_lines(row["en"], row[lang], lang, embedder)).values():
            for finding in found:
                if finding.check.startswith("name"):
                    clean[finding.check] += 1
                    if show:
                        print(f"  {row['doc']}\n{one_line(finding)}")
    recalls = [_recall(rows, lang, make, embedder, show) for make in (dropped_name, replaced_name)]
    told_, made = zip(*recalls, strict=True)
    cells = " ".join(f"{hit}/{n} = {hit / max(1, n):.2f}" for hit, n in recalls)
    print(f"{lang}: {clean.total() / len(rows):.3f} name findings an article {dict(clean)}, dropped, replaced {cells}", flush=True)


def _recall(rows: Sequence[dict[str, Any]], lang: str, make: Any, embedder: Remembering, show: bool) -> tuple[int, int]:
    hit = made = 0
    for row in rows:
        chance, source, changed = random.Random(f"{row['doc']}{make.__name__}"), list(row["en"]), []
        for index, sentence in enumerate(source):
            broken = make(sentence, chance)
            if broken and broken != sentence and not (changed and index - changed[-1] < 3):
                source[index] = broken
                changed.append(index)
        found = lines_flagged(check_lines(source, row[lang], lang, embedder)) if changed else {}
        hits = {i for i in changed if any(f.check.startswith("name") for f in found.get(i + 1, []))}
        hit, made = hit + len(hits), made + len(changed)
        if show:
            for i in set(changed) - hits:
                print(f"  MISSED {lang}: {row['en'][i]}\n    → {source[i]}\n    {row[lang][i]}")
    return hit, made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--langs", default="de,fr,es,ru,el,ja,ko,zh")
    parser.add_argument("--limit", type=int, default=1000, help="articles")
    parser.add_argument("--fit", action="store_true", help="print the weights of consistency/names/evidence.py")
    parser.add_argument("--show", action="store_true", help="print every miss and false alarm")
    options = parser.parse_args()
    rows, embedder, langs = articles(options.bench, options.limit), Remembering(), options.langs.split(",")
    if options.fit:
        fit([found for lang in langs for found in samples(rows, lang, embedder)])
        return
    for lang in langs:
        measure(rows, lang, embedder, options.show)


if __name__ == "__main__":
    main()
