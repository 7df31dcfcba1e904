"""Measure what the checks of names find.

    python benchmarks/names.py --bench ../shared/bench --langs de,fr,ru [--limit 25] [--show]

Names are replaced by a name of another article, or left out, in the English copy of human translations.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from damage import dropped_name, replaced_name
from facts import Remembering, articles, check_lines, lines_flagged, one_line

from consistency.languages import load_language
from consistency.names.candidates import candidates
from consistency.names.passages import Passage


def passages(texts: Sequence[str], lang: str, embedder: Remembering) -> list[Passage]:
    language = load_language(lang)
    found = candidates(texts, language)
    return [Passage(text, 0, names, language, embedder) for text, names in zip(texts, found, strict=True)]


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
    parser.add_argument("--show", action="store_true", help="print every miss and false alarm")
    options = parser.parse_args()
    rows, embedder, langs = articles(options.bench, options.limit), Remembering(), options.langs.split(",")
    for lang in langs:
        measure(rows, lang, embedder, options.show)


if __name__ == "__main__":
    main()
