"""Measure the verdict on meaning: omissions told from good translations, and whether the marked words are the right ones.

    python benchmarks/meaning.py --bench ../shared/bench --only mqm-wmt23,demetr,distil-lingeval,halomi,swissgov,clean

AUROC and recall at 5 % and 2 % false alarms on good rows, by language pair and for good and weak systems apart, beside
the scores of others on the same rows where the set carries them, else as they were published. The coefficients were fitted to samples of these sets; training/verdict.py prints the figures held
out by document. spans: share of a finding's words that lie inside a span that annotators marked.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from beads import Row, copy_of, detect_rows, evidence, one_to_one, sample
from damage import left_as_it_was
from facts import Remembering, articles, check_lines
from measures import auroc, recall, spearman, weighted_f1

from consistency.alignment.beads import align
from consistency.coverage import blend
from consistency.findings import Pair
from consistency.languages import supported
from consistency.leftovers import leftovers
from consistency.meaning import Judged, judge
from consistency.omissions import omissions
from consistency.pipeline import _compared, embed, read
from consistency.readers._load import from_text
from consistency.records import Span
from consistency.verdict import probability

_PHRASE = 3  # words from which on what DEMETR removed is a phrase
SETS = "mqm-wmt23,mqm-sxs2023,mqm-bio,demetr,distil-lingeval,refresd,halomi,newstest2020-coverage"
WHOLE = {"mqm-wmt23"}  # sets taken whole whatever the limit: its wrong rows are few, and others have scores on all of them
COMPARED = ("CometKiwi-src", "XCOMET-QE-Ensemble-src", "MetricX-23-QE-src")  # their scores come with the rows
PUBLISHED = {  # by others, on other rows of the same sets (bench/detect/README-*)
    "mqm-wmt23": (
        ("en-de: CometKiwi, XCOMET-QE-Ensemble, MetricX-23-QE on the whole set", ".880, .847, .833"),
        ("zh-en: CometKiwi, XCOMET-QE-Ensemble on the whole set", ".847, .827"),
    ),
    "halomi": (("ordered pairs over 18 directions: ALTI-T, BLASER2-QE, LaBSE, COMET-QE", ".77, .74, .72, .59"),),
    "newstest2020-coverage": (("contrastive conditioning: its omission spans that people confirmed", "39 %"),),
    "refresd": (("weighted F1: Divergent mBERT, LASER (from memory)", ".78, .6"),),
}


def line(name: str, scores: Sequence[float], wrong: Sequence[bool]) -> str:
    """Return a row of the table: AUROC, recall at 5 % and at 2 % false alarms, wrong rows of all."""
    cells = [f"{auroc(scores, wrong):.3f}", *(f"{recall(scores, wrong, alarms):.2f}" for alarms in (0.05, 0.02))]
    return f"| {name} | {' | '.join(cells)} | {sum(wrong)} of {len(wrong)} |"


def omission(row: Row) -> float:
    """Return how likely something is left out; where a side has no words, all is that the source has."""
    if row.judged:
        return probability("omission", row.judged.evidence)
    return float(any(map(str.isalnum, row.data["src"])))


def either(row: Row) -> float:
    """Return how likely anything is missing on one of the sides: divergence, whichever way."""
    return max(omission(row), probability("omission", row.judged.reverse)) if row.judged else 1.0


def weak_systems(rows: Sequence[dict[str, Any]]) -> set[tuple[str, str]]:
    """Return the (target language, system) whose share of omissions is twice the median of its pair and more."""
    shares: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        left_out = row["label"] == "error" and row["category"] == "omission"
        shares[row["tgt_lang"]][row.get("system") or ""].append(left_out)
    weak = set()
    for lang, systems in shares.items():
        usual = float(np.median([np.mean(found) for found in systems.values()]))
        weak |= {(lang, system) for system, found in systems.items() if np.mean(found) >= max(2 * usual, 0.02)}
    return weak


def parts(rows: Sequence[Row], weak: set[tuple[str, str]]) -> dict[str, list[Row]]:
    """Return the rows by pair, and within a pair by whether their system is a weak one."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        pair, system = f"{row.data['src_lang']}-{row.data['tgt_lang']}", row.data.get("system")
        found[pair].append(row)
        if weak and system:
            group = "weak" if (row.data["tgt_lang"], system) in weak else "good"
            found[f"{pair}, {group} systems"].append(row)
    return dict(sorted(found.items()))


def told_apart(
    bench: Path, name: str, most: int, embedder: Remembering, known: Callable[[dict[str, Any]], bool]
) -> list[Row]:
    """Print how well omissions (refresd: any divergence) are told from good rows, beside others; return the rows."""
    score, wanted = (either, None) if name == "refresd" else (omission, {"omission"})
    every = detect_rows(bench, name)
    chosen = [
        r for r in every
        if known(r) and (r["label"] == "ok" or (r["label"] == "error" and (not wanted or r["category"] in wanted)))
    ]  # fmt: skip
    rows = evidence(chosen if name in WHOLE else sample(chosen, most), embedder)
    print(f"\n| {name} | AUROC | recall at 5 % | at 2 % | wrong |\n| --- | --- | --- | --- | --- |")
    for pair, part in ({"all": rows} | parts(rows, weak_systems(every))).items():
        wrong = [r.data["label"] == "error" for r in part]
        if sum(wrong) < 10 or all(wrong):
            continue
        print(line(f"{pair}: this program", [score(r) for r in part], wrong))
        if pair == "all":
            continue
        for system in COMPARED:
            if all((r.data.get("baselines") or {}).get(system) is not None for r in part):
                print(line(f"{pair}: {system}", [-r.data["baselines"][system] for r in part], wrong))
        print(line(f"{pair}: length of the source", [len(r.data["src"]) for r in part], wrong))
        if name == "refresd":
            print(f"| {pair}: weighted F1 | {weighted_f1([score(r) for r in part], wrong):.2f} | | | |")
    for system, figure in PUBLISHED.get(name, ()):
        print(f"| {system} | {figure} | | | |")
    return rows


def ordered_pairs(rows: Sequence[dict[str, Any]], embedder: Remembering) -> None:
    """Print HalOmi's own figure: the share of pairs of rows that are ordered by how much is missing, by direction.

    As its authors do: rows without hallucination only, in the four degrees of the annotators.
    """
    chosen = [r for r in rows if r["hall_class"].startswith("1") and _read(r)]
    means = []
    for pair, part in parts(evidence(chosen, embedder), set()).items():
        gold = np.array([int(r.data["omit_class"][0]) for r in part])
        said = np.array([omission(r) for r in part])
        apart = gold[:, None] > gold[None, :]
        if apart.sum() >= 10:
            right = (said[:, None] > said[None, :]) + 0.5 * (said[:, None] == said[None, :])
            means.append(float(right[apart].mean()))
            print(f"| halomi {pair}: ordered pairs | {means[-1]:.3f} | | | |")
    print(f"| halomi: ordered pairs, mean of {len(means)} directions | {np.mean(means):.3f} | | | |")


def findings(rows: Sequence[Row]) -> None:
    """Print which rows raise `text-dropped`, and how much of what it marks lies inside an annotator's span."""
    for least in (0.5, 0.7):
        raised: Counter[str] = Counter()
        letters = inside = spoken = touching = 0
        for row in rows:
            found = _dropped(row, least)
            raised[row.data["label"]] += found is not None
            spans = [e["src_span"] for e in row.data.get("errors") or () if e.get("src_span") and e["category"] == "omission"]
            if found is None or not spans:
                continue
            meant = {i for s in spans for i in range(s["start"], s["end"])}
            spoken, touching = spoken + 1, touching + bool(found & meant)
            letters, inside = letters + len(found), inside + len(found & meant)
        n_wrong = sum(r.data["label"] == "error" for r in rows)
        shares = f"{raised['error'] / max(1, n_wrong):.2f} of the wrong, {raised['ok'] / max(1, len(rows) - n_wrong):.2%} of the good rows"
        marks = f"; {touching} of {spoken} touch a marked span, {inside / letters:.2f} of their letters inside" if spoken else ""
        print(f"  text-dropped from {least}: {shares}{marks}")


def _dropped(row: Row, least: float) -> set[int] | None:
    """Return the characters of the source that the finding marks; None where there is none."""
    if row.judged is None:
        return None
    for finding in omissions({"x": row.pair}, {"x": [row.judged]}):
        if finding.check == "text-dropped" and finding.confidence >= least and finding.source is not None:
            start = row.data["src"].find(finding.source.text)
            return set(range(start, start + len(finding.source.text))) if start >= 0 else set()
    return None


def swissgov(bench: Path, most: int, embedder: Remembering) -> None:
    """Print the mean Spearman correlation with the annotators' token labels, as the set's authors compute it."""
    rows = detect_rows(bench, "swissgov-rsd")
    means = []
    for lang in ("de", "fr", "it"):
        part = sample([r for r in rows if r["tgt_lang"] == lang], most)
        found = [_tokens_of_page(row, embedder) for row in part]
        said = [x for one in found for x in one[0]]
        gold = [x for one in found for x in one[1]]
        means.append(spearman(said, gold))
        print(f"  swissgov en-{lang}: {means[-1]:.3f} ({len(part)} pages)", flush=True)
    print(f"  swissgov mean: {np.mean(means):.3f}")


def _tokens_of_page(row: dict[str, Any], embedder: Remembering) -> tuple[list[float], list[float]]:
    source, target = (read(from_text(row[k], lang=row[f"{k}_lang"], format="text", path=k)) for k in ("src", "tgt"))
    pair = Pair(source, target, align(embed(source, embedder), embed(target, embedder)))
    judged = judge(pair, _compared(pair, embedder), embedder)
    said: list[float] = []
    gold: list[float] = []
    for side, copy in enumerate((source, target)):
        labels = row["labels_src" if side == 0 else "labels_tgt"]
        values = _by_character(copy.document.text, judged, side)
        place = 0
        for token, label in zip(row["src" if side == 0 else "tgt"].split(), labels, strict=True):
            place = copy.document.text.index(token, place)
            if label >= 0:
                said.append(float(values[place : place + len(token)].mean()))
                gold.append(label)
            place += len(token)
    return said, gold


def _by_character(text: str, judged: Sequence[Judged], side: int) -> np.ndarray:
    """Return how little each character is answered; 1.0 where its passage has no counterpart."""
    values = np.ones(len(text))
    for one in judged:
        bead = one.bead
        words, coverage = ((bead.source, bead.forward), (bead.target, bead.backward))[side]
        for span, covered in zip(words.spans, blend(coverage, words.weights), strict=True):
            place = Span(span.start + bead.start[side], span.end + bead.start[side])
            values[place.start : place.end] = 1.0 - covered
    return values


def clean(bench: Path, langs: Sequence[str], most: int, embedder: Remembering) -> None:
    """Print the findings on meaning that human translations raise at default settings."""
    rows = articles(bench, most)
    for lang in langs:
        found = [f.check for r in rows for f in check_lines(r["en"], r[lang], lang, embedder).findings]
        ours = [c for c in found if c.startswith("text-") or c == "polarity-changed"]
        print(f"  clean {lang}: {len(ours) / len(rows):.2f} an article ({ {c: ours.count(c) for c in sorted(set(ours))} })", flush=True)


def untranslated(bench: Path, langs: Sequence[str], most: int) -> None:
    """Print how many runs of five to eight English words put into good translations are found, and how many that are not."""
    for lang in langs:
        put = found = false = 0
        for article in articles(bench, most):
            chance = random.Random(f"{article['doc']}{lang}")
            pairs = list(zip(article["en"], article[lang], strict=True))
            damaged = [(s, left_as_it_was(s, t, chance) if chance.random() < 0.5 else None) for s, t in pairs]
            false += _left(pairs, lang)
            put += sum(mixed is not None for _, mixed in damaged)
            found += _left([(s, mixed) for s, mixed in damaged if mixed is not None], lang)
        print(f"  untranslated {lang}: {found} of {put} found, {false} false in {len(articles(bench, most))} articles", flush=True)


def _left(pairs: Sequence[tuple[str, str]], lang: str) -> int:
    source, target = copy_of([s for s, _ in pairs], "en"), copy_of([t for _, t in pairs], lang)
    return len(list(leftovers(Pair(source, target, one_to_one(source, target)))))


def _phrase(row: dict[str, Any]) -> bool:
    """Tell whether a DEMETR row is good, or lacks a phrase: most of its removals take one word."""
    return row["label"] == "ok" or len(str(row["good"]).split()) - len(row["tgt"].split()) >= _PHRASE


def _read(row: dict[str, Any]) -> bool:
    """Tell whether both languages of a row have data."""
    return {row["src_lang"], row["tgt_lang"]} <= set(supported())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--only", default=f"{SETS},swissgov,clean,untranslated")
    parser.add_argument("--langs", default="de,fr,es,ru,ja", help="for clean and untranslated")
    parser.add_argument("--limit", type=int, default=3000, help="rows of a set but mqm-wmt23, which is taken whole; a hundredth of it pages and articles")
    options = parser.parse_args()
    random.seed(1)
    embedder = Remembering()
    print(json.dumps({"model": embedder.name}))
    for step in options.only.split(","):
        if step == "swissgov":
            swissgov(options.bench, options.limit // 100, embedder)
        elif step == "untranslated":
            untranslated(options.bench, options.langs.split(","), options.limit // 100)
        elif step == "clean":
            clean(options.bench, options.langs.split(","), options.limit // 100, embedder)
        else:
            rows = told_apart(options.bench, step, options.limit, embedder, _phrase if step == "demetr" else _read)
            findings(rows)
            if step == "halomi":
                ordered_pairs(detect_rows(options.bench, step), embedder)


if __name__ == "__main__":
    main()
