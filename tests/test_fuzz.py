"""What fuzzing relies on: every reader has a target, every target a corpus, and the corpus keeps every promise.

The fuzzer itself is a command of its own (fuzz/fuzz.py); here each target gets its corpus and some thousand bytes of it
changed by chance, which costs seconds.
"""

import random
from pathlib import Path

import pytest

from consistency.readers._load import readers
from fuzz.targets import targets

CORPUS = Path(__file__).parents[1] / "fuzz" / "corpus"
TARGETS = targets()
ROUNDS = {"pair": 3, "batch": 5, "align": 5, "report": 20}  # those that take long


def test_every_target_has_a_small_corpus():
    assert set(readers()) < set(TARGETS)
    assert {folder.name for folder in CORPUS.iterdir()} == set(TARGETS)
    assert max(path.stat().st_size for path in CORPUS.glob("*/*")) < 3_000


def changed(data: bytes, luck: random.Random) -> bytes:
    """Return the bytes with a stretch of them doubled, lost, put elsewhere or made into others."""
    start, stop = sorted(luck.choices(range(len(data) + 1), k=2))
    stretch, place = data[start:stop], luck.randrange(len(data) + 1)
    other = bytes(luck.choices(b"\x00\x1f\n\r <>&[]{}\"'`*|=-:;.,#%$\\/0159aZ\xc3\xa9\xe2\x80\xae\xff", k=3))
    return luck.choice([data[:start] + data[stop:], data[:place] + stretch + data[place:], data[:start] + other + data[stop:]])


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_targets_keep_their_promises(name):
    luck = random.Random(name)
    for path in sorted((CORPUS / name).iterdir()):
        data = path.read_bytes()
        TARGETS[name](data)
        for _ in range(ROUNDS.get(name, 60)):
            TARGETS[name](changed(data, luck))
