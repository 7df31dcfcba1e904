"""Measure how often a sentence finds its translation: `python benchmarks/retrieval.py --bench ../shared/bench`.

Top-1 accuracy both ways, by cosine and by the margin to the four nearest neighbours (ratio, Artetxe and
Schwenk 2019), on NTREX (news), FLORES-200 devtest and Tatoeba, all sentences of a set as candidates.
Published figures of other models are read from the bench folder when the benchmark runs. The bench data
stay where they are: none of it may enter the project.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

NEIGHBOURS = 4
PUBLISHED = ("LaBSE", "mE5-small", "pMiniLM-L12", "static-mrl", "potion-128M")
# The 21 languages of the published table, by their code there.
CODES = {
    "deu": "de", "fra": "fr", "spa": "es", "por": "pt", "ita": "it", "nld": "nl", "swe": "sv", "pol": "pl",
    "ces": "cs", "ukr": "uk", "rus": "ru", "ell": "el", "fin": "fi", "tur": "tr", "ara": "ar", "hin": "hi",
    "ind": "id", "jpn": "ja", "kor": "ko", "cmn": "zh", "lat": "la",
}  # fmt: skip
GOALS = {
    **dict.fromkeys(["de", "es", "it", "pt"], 0.97),
    **dict.fromkeys(["fr", "nl", "sv"], 0.96),
    **dict.fromkeys(["ru", "ja", "zh", "id", "cs", "vi", "hi"], 0.92),
    **dict.fromkeys(["ko", "el", "fi", "tr", "pl", "uk"], 0.90),
    **dict.fromkeys(["ar", "he", "fa"], 0.85),
}


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Hold top-1 accuracies: foreign to English and back, by cosine and by margin."""

    cosine: tuple[float, float]
    margin: tuple[float, float]

    @property
    def better(self) -> tuple[float, float]:
        """Return the better scoring for each direction."""
        return max(self.cosine[0], self.margin[0]), max(self.cosine[1], self.margin[1])


def measure(embedder: Any, foreign: Sequence[str], english: Sequence[str]) -> Accuracy:
    """Return the accuracies of n pairs, line i with line i."""
    scores = embedder.encode(foreign) @ embedder.encode(english).T
    return Accuracy(top_1(scores), top_1(margins(scores)))


def top_1(scores: np.ndarray) -> tuple[float, float]:
    """Return how often the diagonal is the best of its row, and of its column."""
    right = np.arange(len(scores))
    return float((scores.argmax(1) == right).mean()), float((scores.argmax(0) == right).mean())


def margins(scores: np.ndarray) -> np.ndarray:
    """Return cosines divided by the mean over the nearest neighbours of both sides."""
    rows = np.partition(scores, -NEIGHBOURS, axis=1)[:, -NEIGHBOURS:].mean(1)
    columns = np.partition(scores, -NEIGHBOURS, axis=0)[-NEIGHBOURS:].mean(0)
    return np.asarray(scores / np.maximum((rows[:, None] + columns[None, :]) / 2, 1e-9))


def ntrex(bench: Path) -> dict[str, list[str]]:
    """Return the sentences of all articles in order, by language."""
    with gzip.open(bench / "clean" / "ntrex.jsonl.gz", "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    langs = sorted(set(articles[0]) - {"doc"})
    return {lang: [text for article in articles for text in article[lang]] for lang in langs}


def flores(bench: Path) -> dict[str, list[str]]:
    """Return the sentences of FLORES-200 devtest by language."""
    return {path.stem: _lines(path) for path in sorted(bench.glob("retrieval/flores200-devtest/*.txt"))}


def tatoeba(bench: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield language, foreign sentences, their English ones."""
    for path in sorted(bench.glob("retrieval/tatoeba/*.en.txt")):
        lang = path.name.split(".")[0]
        yield lang, _lines(path.with_name(f"{lang}.txt")), _lines(path)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").rstrip("\n").split("\n")


def published(bench: Path, heading: str) -> dict[str, dict[str, float]]:
    """Return {model: {language: share}} of the table under a heading of published_scores.md."""
    text = (bench / "retrieval" / "published_scores.md").read_text(encoding="utf-8")
    section = text.split(f"### {heading}", 1)[1].split("###")[0]
    head, *rows = (re.split(r"\|", line)[1:-1] for line in section.split("\n") if line.startswith("|"))
    tables = {}
    for model, *values in rows:
        found = zip(head[1:], values, strict=True)
        tables[model] = {CODES.get(c, c): float(v) / 100 for c, v in found if re.fullmatch(r"[\d.]+", v)}
    return tables


def table(results: Mapping[str, Accuracy], others: Mapping[str, Mapping[str, float]], goals: bool) -> str:
    """Return a Markdown table: a row a language, the mean of all, the mean of the published languages."""
    names = [name for name in PUBLISHED if name in others]
    head = ["", "cosine x→en", "cosine en→x", "margin x→en", "margin en→x"]
    head += ["goal"] * goals + names
    rows = [head, ["---"] * len(head)]
    rows += [_row(lang, [lang], results, others, names, goals) for lang in results]
    shared = [lang for lang in CODES.values() if lang in results]
    rows.append(_row(f"mean of {len(results)}", list(results), results, {}, names, goals))
    rows.append(_row(f"mean of {len(shared)}", shared, results, others, names, goals))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(
    title: str,
    langs: list[str],
    results: Mapping[str, Accuracy],
    others: Mapping[str, Mapping[str, float]],
    names: list[str],
    goals: bool,
) -> list[str]:
    found = [results[lang] for lang in langs]
    ours = np.mean([[*accuracy.cosine, *accuracy.margin] for accuracy in found], axis=0)
    row = [title, *(f"{value:.3f}" for value in ours)]
    if goals:
        goal = GOALS.get(title)
        row.append(
            "" if goal is None else f"{goal:.2f} {'met' if min(found[0].better) >= goal else 'missed'}"
        )
    for name in names:
        values = [others[name][lang] for lang in langs if lang in others.get(name, {})]
        row.append(f"{np.mean(values):.3f}" if values else "")
    return row


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description="Measure translation retrieval.")
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--model", help="a sentence-transformers model instead of the embedded one")
    options = parser.parse_args()
    embedder = _embedder(options.model)
    print(f"# Retrieval: {embedder.name}\n\nTop-1 accuracy; margin: ratio to {NEIGHBOURS} neighbours.")
    news = ntrex(options.bench)
    print(f"\n## NTREX news, x→en and en→x, {len(news['en'])} candidates\n")
    print("Goal: the better of cosine and margin, both ways. Published: F1, x→en, 1,997 candidates.\n")
    found = {lang: measure(embedder, news[lang], news["en"]) for lang in news if lang != "en"}
    print(table(found, published(options.bench, "NTREX-128 (x-en; f1, %)"), goals=True))
    print("\n## Tatoeba, up to 1,000 pairs a language\n\nPublished: accuracy, x→en, the same pairs.\n")
    found = {lang: measure(embedder, foreign, english) for lang, foreign, english in tatoeba(options.bench)}
    print(table(found, published(options.bench, "Tatoeba (MTEB, X->eng; accuracy, %)"), goals=False))
    wiki = flores(options.bench)
    print(f"\n## FLORES-200 devtest, {len(wiki['en'])} candidates\n")
    found = {lang: measure(embedder, wiki[lang], wiki["en"]) for lang in wiki if lang != "en"}
    print(table(found, {}, goals=False))


def _embedder(model: str | None) -> Any:
    from consistency.embedders import sentence_transformer, static

    return static.load() if model is None else sentence_transformer.load(model)


if __name__ == "__main__":
    main()
