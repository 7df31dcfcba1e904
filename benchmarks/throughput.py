"""Measure the whole program: articles a second, peak memory, growth, the cache, share of time per step.

    python benchmarks/throughput.py --bench ../shared/bench [--only start,batch,…] [--lang de] [--limit 57]

Every figure but the steps' is of a fresh process (`python -m consistency …`) and all that it starts: wall and processor
seconds, memory of the largest process and of all. Sections: start, steps, batch, site, real, length, copies, groups,
pofilter, pages. `--profile` is `--only steps`. Where other programs run, compare processor seconds.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import shutil
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from costs import ENVIRONMENT, Cost, run

ROOT = Path(__file__).parents[1]
LANGUAGES = ("de", "fr", "es", "it", "ru", "ja", "zh")
CONFIGURATION = 'source = "en"\nlayouts = ["{lang}/*.md"]\n'


@dataclass(frozen=True)
class Data:
    """Hold what is measured on: the articles of bench/clean as {language: sentences}, and a folder to write to."""

    bench: Path
    folder: Path
    articles: Sequence[dict[str, list[str]]]
    lang: str
    pofilter: str
    whole: bool
    lengths: Sequence[int]
    groups: Sequence[int]
    pages: int

    def pairs(self) -> list[str]:
        return [line(n, {k: a[k] for k in ("en", self.lang)}) for n, a in enumerate(self.articles) if self.lang in a]

    def sentences(self, lang: str) -> list[str]:
        return [sentence for article in self.articles if lang in article for sentence in article[lang]]


def articles_of(bench: Path, limit: int) -> list[dict[str, list[str]]]:
    with gzip.open(bench / "clean/ntrex.jsonl.gz", "rt", encoding="utf-8") as file:
        return [{k: v for k, v in json.loads(row).items() if k != "doc"} for row in file][:limit]


def line(name: object, documents: dict[str, list[str]]) -> str:
    texts = {lang: "\n".join(sentences) for lang, sentences in documents.items()}
    return json.dumps({"id": name, "source": "en", "documents": texts, "format": "lines"})


def batch(folder: Path, lines: Iterable[str], jobs: int = 1) -> Cost:
    source = folder / "in.jsonl"
    with source.open("w", encoding="utf-8") as file:
        file.writelines(f"{text}\n" for text in lines)
    return run(["batch", str(source), "-o", str(folder / "out.jsonl"), "--jobs", str(jobs)])


def starts(data: Data) -> None:
    print(f"--version: {run(['--version'])}")
    sample = [str(ROOT / "seeds/patents" / f"{lang}.md") for lang in ("en", "de", "fr")]
    print(f"check of three copies: {run(['check', *sample])}")


def steps(data: Data) -> None:
    """Print each step's share of the processor time over the articles, in this process; start-up left out."""
    from consistency import pipeline
    from consistency.batch import worker
    from consistency.config import Settings

    spent: Counter[str] = Counter()
    work = worker(Settings(), False)
    lines = [text.encode() for text in data.pairs()]
    work(0, lines[0])
    with timed(pipeline, spent):
        start = time.process_time()
        for text in lines[1:]:
            work(0, text)
        whole = time.process_time() - start
    print(f"steps, en and {data.lang}: {(len(lines) - 1) / whole:.1f} articles a second of one core")
    for name, seconds in spent.most_common():
        print(f"  {name:<24}{1000 * seconds / (len(lines) - 1):8.1f} ms an article {seconds / whole:6.1%}")
    rest = whole - sum(spent.values())
    print(f"  {'all else':<24}{1000 * rest / (len(lines) - 1):8.1f} ms an article {rest / whole:6.1%}")


# What the pipeline calls, by the step that it belongs to; calls inside of others count for themselves.
STEPS = {
    "from_text": "read", "segment": "segment", "read_facts": "facts", "embed": "embed", "match": "align, relate",
    "gather": "compare facts", "diff": "compare facts", "exchanges": "compare facts", "diff_names": "names",
    "judge_all": "meaning", "scores": "meaning", "omissions": "meaning", "reversals": "meaning", "hidden": "other checks",
    "dropped_terms": "other checks", "_fact_findings": "report", "_report": "report",
}  # fmt: skip


@contextmanager
def timed(module: Any, spent: Counter[str]) -> Iterator[None]:
    """Count the processor seconds of each step, those of steps inside of it taken off."""
    within: list[float] = []
    whole = {name: getattr(module, name) for name in STEPS}

    def counted(step: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            start = time.process_time()
            within.append(0.0)
            found = function(*args, **options)
            result = list(found) if isinstance(found, Iterator) else found
            took = time.process_time() - start
            spent[step] += took - within.pop()
            if within:
                within[-1] += took
            return result

        return call

    for name, step in STEPS.items():
        setattr(module, name, counted(step, whole[name]))
    try:
        yield
    finally:
        for name, function in whole.items():
            setattr(module, name, function)


def batches(data: Data) -> None:
    lines = data.pairs()
    one, every = batch(data.folder, lines[:1]), batch(data.folder, lines)
    rate = (len(lines) - 1) / (every.cpu - one.cpu)
    print(f"batch of {len(lines)} articles (en, {data.lang}), {len(data.sentences(data.lang))} sentences: {every}")
    print(f"  {rate:.1f} articles a second of one core, start-up of {one.cpu:.2f} s left out")
    many = lines * (1 + 400 // len(lines))
    for jobs in (1, 2):
        cost = batch(data.folder, many, jobs)
        print(f"  {len(many)} articles, {jobs} processes: {cost}; {len(many) / cost.wall:.1f} articles a second end to end")


def write_site(root: Path, articles: Sequence[dict[str, list[str]]], pages: int, languages: Sequence[str]) -> None:
    """Write pages made of the articles, each with its number in it, so that no two are the same."""
    (root / "consistency.toml").write_text(CONFIGURATION)
    for lang in ("en", *languages):
        (root / lang).mkdir()
        for page in range(pages):
            sentences = articles[page % len(articles)].get(lang, [])
            text = "\n\n".join([f"# {page}", *(sentence.replace("\n", " ") for sentence in sentences)])
            (root / lang / f"{page}.md").write_text(text + "\n", encoding="utf-8")


def site_costs(root: Path, pairs: int, jobs: Sequence[int] = (1, 2)) -> None:
    """Print what the check of a site costs with an empty cache, and with all in it; pairs: of an article and a copy."""
    for number in jobs:
        common = ["check", "-f", "jsonl", "--fail-on", "never", "--jobs", str(number), "--cache", str(root / f"cache{number}")]
        for state in ("cold", "warm"):
            cost = run(common, root)
            print(f"  {number} processes, {state} cache: {cost}; {pairs / cost.wall:.1f} pairs a second")


def sites(data: Data) -> None:
    with tempfile.TemporaryDirectory(dir=data.folder) as name:
        write_site(Path(name), data.articles, len(data.articles), LANGUAGES[:1])
        print(f"site of {len(data.articles)} pages in en and {LANGUAGES[0]}")
        site_costs(Path(name), len(data.articles))


def real(data: Data) -> None:
    """Check every tenth document of bench/real with all its languages; --whole: every one."""
    with tempfile.TemporaryDirectory(dir=data.folder) as name:
        with tarfile.open(data.bench / "real/docs.tar.gz") as archive:
            archive.extractall(name, filter="data")
        (Path(name) / "consistency.toml").write_text('source = "en"\nlayouts = ["real/*/*/{lang}.md"]\n')
        for place in sorted(Path(name).glob("real/*/*"))[:: 1 if data.whole else 10]:
            place.rename(place.with_name(f"{place.name}.kept"))
        for place in Path(name).glob("real/*/*"):
            if place.suffix != ".kept":
                shutil.rmtree(place)
        files = list(Path(name).glob("real/*/*/*.md"))
        size, pairs = sum(file.stat().st_size for file in files), sum(file.stem != "en" for file in files)
        print(f"bench/real, {len(files)} files, {size / 1e6:.1f} MB")
        site_costs(Path(name), pairs, (2,) if data.whole else (1, 2))


def growth(points: Sequence[tuple[int, Cost]], start: float) -> None:
    (n1, c1), (n2, c2) = points[-2], points[-1]
    exponent = math.log((c2.cpu - start) / (c1.cpu - start)) / math.log(n2 / n1)
    print(f"  exponent between the last two, start-up left out: {exponent:.2f}")


def lengths(data: Data) -> None:
    """Print the cost of ever longer articles, made of the sentences of all, repeated with a number in each."""
    texts = {key: data.sentences(key) for key in ("en", data.lang)}
    start, points = batch(data.folder, data.pairs()[:1]).cpu, []
    for n in data.lengths:
        documents = {key: [f"{own[i % len(own)]} ({i})" for i in range(n)] for key, own in texts.items()}
        points.append((n, batch(data.folder, [line(n, documents)])))
        print(f"length {n} sentences a side: {points[-1][1]}")
    growth(points, start)


def copies(data: Data) -> None:
    """Print the cost of articles in ever more languages."""
    start, points = batch(data.folder, data.pairs()[:1]).cpu, []
    languages = sorted(data.articles[0])
    languages.remove("en")
    for n in (2, 6, 12, 24):
        chosen = ["en", *languages[: n - 1]]
        lines = [line(k, {lang: article[lang] for lang in chosen}) for k, article in enumerate(data.articles[:20])]
        points.append((n, batch(data.folder, lines)))
        print(f"copies {n}, {len(lines)} articles: {points[-1][1]}")
    growth(points, start)


def groups(data: Data) -> None:
    """Print the cost of ever more articles of one sentence: time a group and memory must stay as they are."""
    own = [data.sentences(key) for key in ("en", data.lang)]
    for n in data.groups:
        lines = (line(i, {"en": [own[0][i % len(own[0])]], data.lang: [own[1][i % len(own[1])]]}) for i in range(n))
        cost = batch(data.folder, lines, 2)
        print(f"groups {n}, 2 processes: {cost}; {1000 * cost.cpu / n:.1f} ms a group, {n / cost.wall:.0f} groups a second")


def beside_pofilter(data: Data) -> None:
    """Print the processor seconds of pofilter's check of numbers on the same sentences."""
    rows = [pair for article in data.articles for pair in zip(article["en"], article[data.lang], strict=True)]
    units = "\n".join(f'msgctxt "{i}"\nmsgid {json.dumps(s)}\nmsgstr {json.dumps(t)}\n' for i, (s, t) in enumerate(rows))
    head = f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: {data.lang}\\n"\n\n'
    (data.folder / "in.po").write_text(head + units, encoding="utf-8")
    arguments = ["-t", "numbers", f"--language={data.lang}", "--progress=none"]
    theirs = run([*arguments, str(data.folder / "in.po"), str(data.folder / "out.po")], program=[data.pofilter])
    ours = batch(data.folder, data.pairs())
    print(f"pofilter -t numbers, {len(rows)} sentences: {theirs}; consistency: {ours}; ratio {ours.cpu / theirs.cpu:.1f}")


def pages(data: Data) -> None:
    """Check 1,000 pages in eight languages, as CI would: cold, unchanged, and with one page changed."""
    with tempfile.TemporaryDirectory(dir=data.folder) as name:
        root = Path(name)
        write_site(root, data.articles, data.pages, LANGUAGES)
        print(f"{data.pages} pages in 8 languages")
        arguments = ["check", "-f", "jsonl", "--fail-on", "never", "--jobs", "2", "--cache", str(root / "cache")]
        print(f"  cold: {run(arguments, root)}")
        print(f"  warm, unchanged: {run(arguments, root)}")
        changed = root / "de/7.md"
        changed.write_text(changed.read_text(encoding="utf-8") + "\n\nEin Satz mehr.\n", encoding="utf-8")
        print(f"  one page changed: {run(arguments, root)}")


SECTIONS = {
    "start": starts, "steps": steps, "batch": batches, "site": sites, "real": real, "length": lengths,
    "copies": copies, "groups": groups, "pofilter": beside_pofilter, "pages": pages,
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--lang", default="de")
    parser.add_argument("--limit", type=int, default=1000)
    parser.add_argument("--only", default=",".join(name for name in SECTIONS if name != "pofilter"))
    parser.add_argument("--lengths", type=int, nargs="+", default=(100, 1000, 5000, 20_000))
    parser.add_argument("--groups", type=int, nargs="+", default=(1000, 10_000, 100_000))
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--whole", action="store_true", help="all of bench/real, with two processes: a quarter of an hour")
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--pofilter", default="pofilter")
    options = parser.parse_args()
    os.environ.update(ENVIRONMENT)
    with tempfile.TemporaryDirectory() as name:
        articles = articles_of(options.bench, options.limit)
        data = Data(options.bench, Path(name), articles, options.lang, options.pofilter, options.whole, options.lengths, options.groups, options.pages)
        for section in ("steps",) if options.profile else options.only.split(","):
            SECTIONS[section](data)


if __name__ == "__main__":
    main()
