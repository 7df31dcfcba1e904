"""Measure how time grows on hostile input: `python benchmarks/hostile.py [STEP…]`.

Every reader, the extractors in every language, segmentation, embedding, language identification and the whole check are given strings
that make careless patterns and loops explode, at a size n and at 2n. Linear work takes twice the time; 2.6 leaves
room for caches. Processor time; a ratio over the limit is measured again, best of three, at twice the size and at
four times the size, because short times lie. tests/test_hostile.py runs a part of it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.hostile_shapes import SHAPES
from consistency import registry
from consistency.anchors import anchors_of
from consistency.config import Settings
from consistency.facts import read_facts
from consistency.identify import detect
from consistency.languages import load_language, supported
from consistency.pipeline import check_documents, load_embedder
from consistency.readers._load import from_text, readers
from consistency.records import ConsistencyError
from consistency.segment import segment

LIMIT = 2.6
FLOOR = 0.01  # seconds: shorter times are noise
TOO_LONG = 6.0  # seconds: what takes this long need not be measured again
LARGEST = 1_000_000  # characters


@dataclass(frozen=True)
class Row:
    """Hold one measurement: seconds at n and at 2n characters."""

    step: str
    shape: str
    n: int
    once: float
    twice: float

    @property
    def ratio(self) -> float:
        """Return by what time grows when the input doubles; what is too short to tell counts as half the floor."""
        return self.twice / max(self.once, FLOOR / 2)


def reading(name: str) -> Callable[[str], object]:
    """Return a call of one reader, of both sides where it reads both."""
    reader = readers()[name]

    def run(text: str) -> object:
        content = text.encode("utf-8", "replace") if reader.binary else text
        return reader.read(content, "a"), reader.groups(content, "a") if reader.groups else ()

    return run


def extracting(lang: str) -> Callable[[str], object]:
    """Return a call of every extractor in one language."""
    language = load_language(lang)
    return lambda text: read_facts(from_text(text, lang=lang), language)


def checking() -> Callable[[str], object]:
    """Return a check of the text as Markdown against itself, in another language."""
    embedder = load_embedder(Settings())
    return lambda text: check_documents(
        [from_text(text, lang=lang, format="markdown", path=lang) for lang in ("en", "ja")], Settings(), embedder
    )


def segmenting(lang: str) -> Callable[[str], object]:
    """Return a call of segmentation."""
    return lambda text: segment(from_text(text, lang=lang))


def embedding() -> Callable[[str], object]:
    """Return a call of the embedded model on one long text, without what it remembers."""
    embedder = load_embedder(Settings())

    def run(text: str) -> object:
        embedder.words.clear()  # type: ignore[attr-defined]
        return embedder.encode([text])

    return run


def steps() -> dict[str, Callable[[], Callable[[str], object]]]:
    """Return every step by name; calling one prepares it."""
    found: dict[str, Callable[[], Callable[[str], object]]] = {
        f"read {name}": lambda name=name: reading(name) for name in registry.names("consistency.readers")
    }
    found |= {f"facts {lang}": lambda lang=lang: extracting(lang) for lang in (*supported(), "und")}
    found |= {f"segment {lang}": lambda lang=lang: segmenting(lang) for lang in ("en", "de", "ja", "ar")}
    found["anchors"] = lambda: anchors_of
    return found | {"embed": embedding, "detect": lambda: detect, "check": checking}


def seconds(run: Callable[[str], object], text: str, times: int = 3) -> float:
    """Return the shortest processor time of some runs; an error for the user is an answer too."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        with suppress(ConsistencyError):
            run(text)
        best = min(best, time.process_time() - start)
        if best > 20 * FLOOR:
            break
    return best


def measured(step: str, run: Callable[[str], object], shape: str, *, first: int = 2_000, largest: int = LARGEST) -> Row:
    """Return the growth of one step on one shape, at the first size that takes long enough to tell."""
    make, n = SHAPES[shape], first
    once = seconds(run, make(n), 1)
    while once < FLOOR and n < largest:
        n = min(largest, n * max(2, min(10, int(FLOOR / max(once, 0.0001)))))
        once = seconds(run, make(n), 1)
    row = Row(step, shape, n, once, seconds(run, make(2 * n), 1))
    for _ in range(2):
        if row.ratio > LIMIT and row.twice < TOO_LONG:
            n *= 2
            row = Row(step, shape, n, seconds(run, make(n)), seconds(run, make(2 * n)))
    return row


def rows(wanted: Sequence[str]) -> Iterator[Row]:
    """Yield every measurement of the steps whose names begin with one of the wanted words, () for all."""
    for step, prepare in steps().items():
        if wanted and not any(step == word or step.startswith(f"{word} ") for word in wanted):
            continue
        run = prepare()
        for shape in SHAPES:
            yield measured(step, run, shape)


def main() -> int:
    """Print what grows faster than the limit, and the slowest of each step; exit with 1 where anything does."""
    n_rows, over = 0, 0
    worst: dict[str, tuple[float, Row]] = {}
    for row in rows(sys.argv[1:]):
        n_rows += 1
        pace = row.twice / (2 * row.n) * 1e6
        if row.step not in worst or pace > worst[row.step][0]:
            worst[row.step] = (pace, row)
        if row.ratio > LIMIT:
            over += 1
            print(f"OVER {row.step}: {row.shape}: {row.ratio:.2f} ({row.once:.3f} s at {row.n}, {row.twice:.3f} s)", flush=True)
    for step, (pace, row) in worst.items():
        print(f"{step}: slowest {pace:.1f} s a million characters, on {row.shape} (ratio {row.ratio:.2f} at {row.n})")
    print(f"{n_rows} rows, {over} over {LIMIT}")
    return int(over > 0)


if __name__ == "__main__":
    sys.exit(main())
