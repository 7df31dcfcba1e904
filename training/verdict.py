"""Fit the verdict on meaning: coefficients of a logistic regression, language weights, where negators mislead.

    pip install scikit-learn
    python -m training.verdict --bench ../shared/bench --out consistency/verdict.json

Annotated translations (bench/detect) and damage made in good ones (bench/clean). Every set and class weighs the
same whatever its size; wrong beads together weigh PRIOR, so that the scores are probabilities at that rate.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from consistency.config import Settings
from consistency.coverage import words_of
from consistency.languages import supported
from consistency.pipeline import load_embedder
from consistency.polarity import NEGATION, flip, stance
from consistency.verdict import FEATURES, Evidence

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
from beads import detect_rows, evidence, sample
from damage import DAMAGES

PRIOR = 0.1
SETS = {"mqm-wmt23": 5000, "demetr": 1600, "distil-lingeval": 1000, "halomi": 900, "mqm-bio": 800}
TRUST = {"mqm-wmt23": 2.5, "demetr": 0.5}  # what people marked in real translations; what mostly lacks a single word
SEEDED = ("ar", "cs", "de", "el", "es", "fi", "fr", "hi", "it", "ja", "ko", "nl", "pl", "pt", "ru", "tr", "uk", "zh")
OPPOSED = frozenset({"negation", "antonym", "seeded-opposite"})
# What each verdict is told from evidence that has nothing to do with it would only fit the sets.
USED = {
    "omission": [f for f in FEATURES if f not in ("negation", "opposite", "copied", "changed")],
    "contradiction": ["negation", "opposite", "changed", "distance", "run_blend", "back_low", "missing", "length"],
    "untranslated": ["copied", "length"],
}


# What is left out to see what it brings.
PARTS: dict[str, tuple[str, ...]] = {
    "": (),
    "coverage": ("run_received", "run_blend", "missing", "unmatched", "back_low"),
    "mutual choice": ("unmatched",),
    "lengths": ("length", "ratio"),
    "facts": ("lost",),
    "cosine": ("distance",),
}
Folds = Iterable[tuple[np.ndarray, np.ndarray]]


@dataclass(frozen=True, slots=True)
class Example:
    """Hold one bead: what is wrong with it ("" nothing), from which set and document, and its evidence."""

    wrong: str
    group: str
    document: str
    forward: Evidence
    reverse: Evidence


def annotated(bench: Path, name: str, most: int) -> list[dict[str, Any]]:
    """Return rows that are right or wrong in one known way; MQM's own "negation" is a guess and left out."""
    wanted = {"omission", "addition", "untranslated"} | (OPPOSED if name in ("demetr", "distil-lingeval") else set())
    rows = [
        r for r in detect_rows(bench, name)
        if r["label"] == "ok" or (r["label"] == "error" and r.get("category") in wanted)
    ]  # fmt: skip
    return sample([r for r in rows if {r["src_lang"], r["tgt_lang"]} <= set(supported())], most)


def seeded(bench: Path, articles: int) -> Iterator[dict[str, Any]]:
    """Yield sentences of human translations, every third with a fault made here."""
    with gzip.open(bench / "clean/ntrex.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file][-articles:]
    for row in rows:
        for lang in SEEDED:
            chance = random.Random(f"{row['doc']}{lang}")
            for source, target in zip(row["en"], row[lang], strict=True):
                made = _damaged(source, target, chance) if chance.random() < 0.33 else None
                yield {
                    "src_lang": "en", "tgt_lang": lang, "doc": row["doc"], "system": lang, "src": source, "tgt": target,
                    "label": "ok", "category": None,
                } | (made or {})  # fmt: skip


def _damaged(source: str, target: str, chance: random.Random) -> dict[str, Any] | None:
    kind = chance.choice(["omission", "addition", "seeded-opposite", "untranslated"])
    if kind == "omission":
        changes = {"tgt": _shortened(target, chance)}
    elif kind == "addition":
        changes = {"src": _shortened(source, chance)}
    elif kind == "untranslated":
        changes = {"tgt": source}
    else:
        changes = {"src": DAMAGES[chance.choice(["negation", "direction"])](source, chance) or ""}
    return changes | {"label": "error", "category": kind} if all(changes.values()) else None


def _shortened(text: str, chance: random.Random) -> str:
    """Leave out a run of a fifth to a half of the words, or characters where words are not parted."""
    parts, glue = (text.split(), " ") if text.count(" ") > len(text) / 20 else (list(text), "")
    if len(parts) < 8:
        return ""
    size = chance.randint(max(3, len(parts) // 5), len(parts) // 2)
    start = chance.randint(0, len(parts) - size)
    return glue.join(parts[:start] + parts[start + size :])


def examples(bench: Path, articles: int, marked: int) -> list[Example]:
    """Return all beads with their evidence; marked: most rows of mqm-wmt23."""
    embedder = load_embedder(Settings())
    found = []
    for name, rows in [
        *((name, annotated(bench, name, most)) for name, most in (SETS | {"mqm-wmt23": marked}).items()),
        ("seeded", list(seeded(bench, articles))),
    ]:
        for row in evidence(rows, embedder):
            data = row.data
            if row.judged is not None:
                wrong = "" if data["label"] == "ok" else data["category"]
                group = f"{name} {data['src_lang']}-{data['tgt_lang']}"
                document = f"{name} {data.get('doc') or data['src'][:40]}"
                found.append(Example(wrong, group, document, row.judged.evidence, row.judged.reverse))
        print(f"{name}: {len(found)} beads so far", flush=True)
    return found


def task(found: Sequence[Example], verdict: str) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return features, labels, groups and documents of the examples that speak on a verdict."""
    rows: list[tuple[Evidence, bool, str, str]] = []
    for e in found:
        if verdict == "omission":
            rows += [(e.forward, e.wrong == "omission", e.group, e.document)] if e.wrong in ("", "omission") else []
            rows += [(e.reverse, e.wrong == "addition", f"{e.group} back", e.document)] if e.wrong in ("", "addition") else []
        else:
            said = OPPOSED if verdict == "contradiction" else {verdict}
            if not e.wrong or e.wrong in said:
                rows.append((e.forward, e.wrong in said, e.group, e.document))
    features = np.array([[asdict(row[0])[f] for f in USED[verdict]] for row in rows])
    return features, np.array([r[1] for r in rows]), np.array([r[2] for r in rows]), np.array([r[3] for r in rows])


def weights(labels: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Return a weight an example: each set and direction weighs by the root of its size, PRIOR of it on the wrong."""
    result = np.zeros(len(labels))
    for group in np.unique(groups):
        inside = groups == group
        n_wrong, n_right = int((labels & inside).sum()), int((~labels & inside).sum())
        if n_wrong < 5 or n_right < 5:
            continue
        whole = np.sqrt(n_wrong) * TRUST.get(str(group).split()[0], 1.0)
        result[labels & inside] = whole * PRIOR / n_wrong
        result[~labels & inside] = whole * (1 - PRIOR) / n_right
    return result * len(labels) / result.sum()


def fitted(features: np.ndarray, labels: np.ndarray, weight: np.ndarray) -> Any:
    """Return the fitted model; examples without weight are left out."""
    from sklearn.linear_model import LogisticRegression

    used = weight > 0
    return LogisticRegression(C=0.1, max_iter=2000).fit(features[used], labels[used], sample_weight=weight[used])


def auroc(scores: np.ndarray, labels: np.ndarray) -> float:
    """Return the area under the ROC curve; ties count half."""
    _, place, count = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(count) - (count - 1) / 2)[place]
    n_wrong, n_right = int(labels.sum()), int((~labels).sum())
    return float((ranks[labels].sum() - n_wrong * (n_wrong + 1) / 2) / (n_wrong * n_right))


def recall(scores: np.ndarray, labels: np.ndarray) -> float:
    """Return the share of the wrong that is found at 5 % false alarms."""
    return float((scores[labels] > np.quantile(scores[~labels], 0.95)).mean())


def held_out(features: np.ndarray, labels: np.ndarray, weight: np.ndarray, folds: Folds) -> np.ndarray:
    """Return the probability of each example from a model that was fitted without its fold."""
    scores = np.zeros(len(labels))
    for train, test in folds:
        model = fitted(features[train], labels[train], weight[train])
        scores[test] = model.predict_proba(features[test])[:, 1]
    return scores


def ablation(verdict: str, found: Sequence[Example]) -> None:
    """Print what is lost without each part of the evidence, held out by document, on what people marked."""
    from sklearn.model_selection import GroupKFold

    features, labels, groups, documents = task(found, verdict)
    weight = weights(labels, groups)
    for part, left_out in PARTS.items():
        kept = [i for i, feature in enumerate(USED[verdict]) if feature not in left_out]
        folds = GroupKFold(5).split(features, labels, documents)
        scores = held_out(features[:, kept], labels, weight, folds)
        for group in ("mqm-wmt23 en-de", "mqm-wmt23 zh-en"):
            inside = groups == group
            figures = f"{auroc(scores[inside], labels[inside]):.3f} / {recall(scores[inside], labels[inside]):.2f}"
            print(f"  {verdict} without {part or 'nothing'}: {group} {figures}")


def report(verdict: str, found: Sequence[Example]) -> None:
    """Print AUROC and recall at 5 % false alarms by set, and how well calibrated.

    Held out by document, and by set: fitted to the other sets alone, so that nothing of a set's making can help.
    """
    from sklearn.model_selection import GroupKFold, LeaveOneGroupOut

    features, labels, groups, documents = task(found, verdict)
    sets = np.array([str(group).split()[0] for group in groups])
    weight = weights(labels, groups)
    scores = held_out(features, labels, weight, GroupKFold(5).split(features, labels, documents))
    apart = held_out(features, labels, weight, LeaveOneGroupOut().split(features, labels, sets))
    for group in np.unique(groups):
        inside = groups == group
        if weight[inside].sum() and labels[inside].sum() >= 20:
            figures = [f"{auroc(s[inside], labels[inside]):.3f} / {recall(s[inside], labels[inside]):.2f}" for s in (scores, apart)]
            print(f"  {verdict} {group}: {'; by set '.join(figures)} ({labels[inside].sum()} of {inside.sum()})")
    for low, high in ((0, 0.05), (0.05, 0.1), (0.1, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.01)):
        chosen = (scores >= low) & (scores < high)
        if weight[chosen].sum():
            share = weight[chosen & labels].sum() / weight[chosen].sum()
            print(f"  {verdict} said {low:.2f}–{high:.2f}: wrong {share:.3f} ({chosen.sum()})")


def language_figures(bench: Path, articles: int) -> tuple[dict[str, float], dict[str, float]]:
    """Return the weight of each language's words by English ones, and how often its copies lack a negator.

    articles: for the weights; negators are rare, so all articles are read for them.
    """
    embedder = load_embedder(Settings())
    with gzip.open(bench / "clean/ntrex.jsonl.gz", "rt", encoding="utf-8") as file:
        whole = [json.loads(line) for line in file]
    rows = whole[-articles:]
    langs = [key for key in rows[0] if key != "doc"]
    total: Callable[[str], float] = lambda text: float(words_of(text, embedder.tokens(text)).weights.sum())  # noqa: E731
    mass = {lang: sum(total(s) for row in rows for s in row[lang]) for lang in langs}
    lacking = {}
    for lang in langs:
        flips = [flip(stance(a, "en"), stance(b, lang)) for row in whole for a, b in zip(row["en"], row[lang], strict=True)]
        lacking[lang] = sum(f is not None and f.axis == NEGATION and bool(f.source) for f in flips) / len(flips)
    return {x: round(m / mass["en"], 3) for x, m in mass.items()}, {x: round(v, 4) for x, v in lacking.items()}


def main() -> None:
    """Fit, report and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--out", type=Path, default=Path("consistency/verdict.json"))
    parser.add_argument("--articles", type=int, default=5, help="of bench/clean, for damage; thrice as many for languages")
    parser.add_argument("--marked", type=int, default=SETS["mqm-wmt23"], help="rows of mqm-wmt23; 10000 takes all")
    options = parser.parse_args()
    mass, lacking = language_figures(options.bench, options.articles * 3)
    old = json.loads(options.out.read_text(encoding="utf-8"))
    old |= {"model": load_embedder(Settings()).name, "weights": mass, "unsure": lacking}
    options.out.write_text(json.dumps(old, indent=1) + "\n", encoding="utf-8")  # the evidence reads the weights
    found = examples(options.bench, options.articles, options.marked)
    verdicts = {}
    for verdict, used in USED.items():
        report(verdict, found)
        if verdict == "omission":
            ablation(verdict, found)
        features, labels, groups, _ = task(found, verdict)
        model = fitted(features, labels, weights(labels, groups))
        known = dict(zip(used, model.coef_[0], strict=True))
        verdicts[verdict] = {
            "intercept": round(float(model.intercept_[0]), 4),
            "coefficients": {f: round(float(known.get(f, 0.0)), 4) for f in FEATURES},
        }
    options.out.write_text(json.dumps(old | {"verdicts": verdicts}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
