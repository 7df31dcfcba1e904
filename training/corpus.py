"""Read the parallel text: files of `open/` and `sharealike/`, what to take of each and how much it counts."""

from __future__ import annotations

import lzma
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

# Languages whose sentences are scarce elsewhere: they get all of the machine-translated courses, which would
# swamp the vocabulary of the others.
THIN = frozenset(
    ["ko", "el", "fi", "tr", "ar", "fa", "he", "hi", "vi", "uk", "pl", "id", "cs", "zh", "ja", "ru"]
)
COURSES_CUT = 12_000


@dataclass(frozen=True, slots=True)
class PairSet:
    """Name one file of pairs. texts: (side a, side b), same length."""

    folder: str
    source: str
    langs: tuple[str, str]
    texts: tuple[list[str], list[str]]

    @property
    def is_lexicon(self) -> bool:
        """Tell whether the pairs are words and names rather than sentences."""
        return self.source.startswith("lex-")


def read_corpus(root: Path, folders: Sequence[str], seed: int) -> Iterator[PairSet]:
    """Yield every file of the folders, sorted by name so that two runs see one order."""
    for folder in folders:
        for path in sorted((root / folder).glob("*/*.tsv.xz")):
            a, _, b = path.name.removesuffix(".tsv.xz").partition("-")
            rows = rows_of(path)
            if path.parent.name == "co-op-courses" and b not in THIN and len(rows) > COURSES_CUT:
                rows = random.Random(seed).sample(rows, COURSES_CUT)
            yield PairSet(folder, path.parent.name, (a, b), ([r[0] for r in rows], [r[1] for r in rows]))


def rows_of(path: Path) -> list[tuple[str, str]]:
    """Return the distinct pairs of a file in their order, without those that have an empty side."""
    rows: dict[tuple[str, str], None] = {}
    with lzma.open(path, "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            a, tab, b = line.rstrip("\n").partition("\t")
            if tab and a.strip() and b.strip():
                rows[a, b] = None
    return list(rows)


# Most sentences one source gives to one language in the vocabulary's sample. Documentation repeats its words;
# everyday, news-like and lexicon text is what vocabulary is wanted for.
VOCABULARY_CAPS = {"co-op-courses": 4_000, "lex-wikititles": 8_000, "lex-omw": 8_000, "lex-cldr": 1_500,
                   "debian-www": 3_000, "eforms": 1_500, "ms-dynamics": 2_500, "python-docs": 2_000,
                   "tatoeba": 8_000, "tico19": 3_000, "wordnet-defs": 4_000}  # fmt: skip
VOCABULARY_CAP = 1_500
# Supported, but nobody's first language to check in here: fewer pieces of the vocabulary.
SECOND_CLASS = {"da": 0.3, "bg": 0.35, "hu": 0.35, "ro": 0.35, "sa": 0.1, "zh_hant": 0.35, "la": 0.5}


def vocabulary_sample(pair_sets: Sequence[PairSet], per_language: int, seed: int) -> list[str]:
    """Return about per_language texts of each language, spread over the sources."""
    rng = random.Random(seed)
    texts: dict[str, list[str]] = {}
    for pairs in pair_sets:
        cap = VOCABULARY_CAPS.get(pairs.source, VOCABULARY_CAP)
        for lang, side in zip(pairs.langs, pairs.texts, strict=True):
            most = cap // 8 if lang == "en" else cap  # English comes once a language pair
            texts.setdefault(lang, []).extend(side if len(side) <= most else rng.sample(side, most))
    sample: list[str] = []
    for lang, found in sorted(texts.items()):
        size = int(per_language * SECOND_CLASS.get(lang, 1.0))
        found = sorted(set(found))
        sample += found if len(found) <= size else rng.sample(found, size)
    return sample
