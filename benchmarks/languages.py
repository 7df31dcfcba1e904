"""Print the table of docs/languages.md: what is known of each language, and what that is worth, as measured.

    python benchmarks/languages.py --bench ../shared/bench

Words: number words, units, months and the like in the language's data file. Flagged: share of the digit-bearing
segments of human translations with a finding; without slips: less those that are real (slips.toml). Recall: of seeded
damage, digits changed, numbers dropped, zeros appended, months changed. A language without articles has none.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from damage import DAMAGES
from facts import Remembering, _damaged, articles, check_lines, flags, lines_flagged
from slips import is_slip, read_slips

from consistency.languages import Language, load_language, supported

FIRST = ("en", "de", "fr", "es", "it", "pt", "ru", "ja", "zh", "ko", "id", "el", "fi", "la", "sa")
KINDS = ("digit", "drop", "zero", "month")


def words(language: Language) -> int:
    numbers = language.numbers
    tables = (numbers.cardinals, numbers.digits, numbers.multipliers, numbers.ordinals, numbers.fractions, numbers.multiples)
    count = sum(len(forms) for table in (*tables, language.units, language.currencies) for forms in table.values())
    return count + sum(map(len, (*language.dates.months, *language.dates.weekdays)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--limit", type=int, default=1000)
    options = parser.parse_args()
    rows, embedder = articles(options.bench, options.limit), Remembering()
    print("| language | words | flagged | without slips | findings an article | " + " | ".join(KINDS) + " |")
    print("| --- | ---: | ---: | ---: | ---: |" + " ---: |" * len(KINDS))
    for tag in (*FIRST, *(t for t in supported() if t not in FIRST)):
        language = load_language(tag)
        cells = [f"{language.name} `{tag}`", str(words(language))]
        cells += _figures(rows, tag, embedder) if tag in rows[0] and tag != "en" else ["–"] * (3 + len(KINDS))
        print("| " + " | ".join(cells) + " |", flush=True)


def _figures(rows: list[dict], tag: str, embedder: Remembering) -> list[str]:
    digits = flagged = net = total = 0
    slips = read_slips()
    for row in rows:
        report = check_lines(row["en"], row[tag], tag, embedder)
        digits += sum(any(c.isdigit() for c in a + b) for a, b in zip(row["en"], row[tag], strict=True))
        lines = lines_flagged(report)
        flagged += len(lines)
        net += sum(not all(is_slip(slips, row["doc"], finding) for finding in found) for found in lines.values())
        total += len(flags(report))
    recalls = []
    for kind in KINDS:
        hit, made = _damaged(rows, tag, kind, DAMAGES[kind], embedder, False)
        recalls.append(f"{hit / max(1, made):.2f}")
    shares = [f"{count / max(1, digits):.2%}" for count in (flagged, net)]
    return [*shares, f"{total / len(rows):.2f}", *recalls]


if __name__ == "__main__":
    main()
