"""Embed with a static model: one vector a piece, summed and brought to unit length. No torch.

Reads the sentence-transformers folder layout (`model.safetensors` with `embedding.weight`,
`tokenizer.json`), by default the model in the package.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import struct
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from consistency.embedders.protocol import Counts, Embedder, Floats, TokenVectors, trimmed
from consistency.records import ConsistencyError, Span

EMBEDDED = Path(__file__).parent.parent / "model"
FILES = ("model.safetensors", "tokenizer.json")
# 256 sentences at 40 pieces and 256 floats are 10 MB, which stays in the processor's cache.
CHUNK = 256
# Words seen before are not cut again. A text without spaces is one long word, so this also bounds memory.
MOST_WORDS = 65_536
LONGEST_WORD = 40  # of which the places of the pieces are remembered as well; a longer one is a text without spaces
MOST_TEXTS = 256  # of which the pieces are remembered: the same passage is asked for by several steps
SPACE = "▁"
_WORD = re.compile(r"\S+")
_CLUSTERED = "\u0e33\u0eb3"  # vowel signs that are letters to Unicode, and one with what stands before them
Cut = tuple[tuple[Span, ...], tuple[int, ...]]  # places of pieces and their ids


def load(path: Path | None = None) -> Embedder:
    """Return the embedder of a model folder; None is the model in the package."""
    folder = EMBEDDED if path is None else path
    for name in FILES:
        if not (folder / name).is_file():
            raise ConsistencyError(f"{folder}: no embedding model here: {name} is missing")
    return StaticEmbedder(folder, _read_table(folder / FILES[0]), _read_tokenizer(folder / FILES[1]))


@dataclass(frozen=True)
class StaticEmbedder:
    """Hold a table of piece vectors, (pieces, width) in float16 on disk, and its tokenizer."""

    folder: Path
    table: NDArray[Any]
    tokenizer: Any
    words: dict[str, array[int]] = field(default_factory=dict)
    cuts: dict[str, Cut | None] = field(default_factory=dict)
    texts: dict[str, Cut] = field(default_factory=dict)

    @cached_property
    def name(self) -> str:
        """Return the name and checksum that training wrote beside the weights, else what the files say."""
        note = self.folder / "signature.json"
        if note.is_file():
            signature = json.loads(note.read_text(encoding="utf-8"))
        else:
            digest = hashlib.sha256((self.folder / FILES[0]).read_bytes()).hexdigest()
            signature = {"name": self.folder.name, "sha256": digest}
        return f"{signature['name']}@sha256:{signature['sha256'][:12]}"

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return (texts, width) unit rows; zeros for a text without a known piece."""
        rows = np.zeros((len(texts), self.table.shape[1]), dtype=np.float32)
        for start in range(0, len(texts), CHUNK):
            ids, lengths = self._pieces(texts[start : start + CHUNK])
            filled = np.flatnonzero(lengths)
            if len(filled):
                # reduceat takes an empty run for its first element, so only runs that are not empty go in.
                starts = (np.cumsum(lengths) - lengths)[filled]
                vectors = self.table[ids].astype(np.float32)
                rows[start + filled] = np.add.reduceat(vectors, starts, axis=0)
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        np.divide(rows, norms, out=rows, where=norms > 0)
        return rows

    def tokens(self, text: str) -> TokenVectors:
        """Return the pieces of one text with their places and vectors; space alone is no piece."""
        if text not in self.texts:
            if len(self.texts) >= MOST_TEXTS:
                self.texts.clear()
            self.texts[text] = self._by_words(text) or self._whole(text)
        spans, ids = self.texts[text]
        return TokenVectors(spans, self.table.take(np.array(ids, dtype=np.int64), axis=0).astype(np.float32))

    def _whole(self, text: str) -> Cut:
        """Return the pieces of a text cut at once."""
        return _cut(text, self.tokenizer.encode(text, add_special_tokens=False))

    def _by_words(self, text: str) -> Cut | None:
        """Return the pieces of a text cut word by word; None where its words are not cut as they are alone."""
        spans: list[Span] = []
        ids: list[int] = []
        cuts = self.cuts
        for match in _WORD.finditer(text):
            word, start = match[0], match.start()
            cut = cuts[word] if word in cuts else self._by_itself(word)
            if cut is None:
                return None
            for first, end in cut[0]:
                spans.append(Span(start + first, start + end))
            ids += cut[1]
        return tuple(spans), tuple(ids)

    def _by_itself(self, word: str) -> Cut | None:
        """Return the pieces of a word; None for one that the tokenizer's normaliser may join to what is before it."""
        if len(word) > LONGEST_WORD:
            return self._whole(word) if self._stands_alone(word) else None
        if word not in self.cuts:
            if len(self.cuts) >= MOST_WORDS:
                self.cuts.clear()
            self.cuts[word] = self._whole(word) if self._stands_alone(word) else None
        return self.cuts[word]

    def _stands_alone(self, word: str) -> bool:
        """Tell whether a word is cut the same wherever it stands: a mark joins the space before, and so does what vanishes."""
        categories = [unicodedata.category(char) for char in word]
        if any(category.startswith("C") for category in categories) or SPACE in word or word[0] in _CLUSTERED:
            return False
        normalizer = self.tokenizer.normalizer
        plain = normalizer.normalize_str(word[0]) if normalizer else word[0]
        first = unicodedata.category(plain[0]) if plain else "Z"
        modifier = first == "Sk" and not word[0].isascii()
        return categories[0][0] != "M" and first[0] not in "MCZ" and not modifier

    def counts(self, texts: Sequence[str]) -> Counts:
        """Return the number of pieces of each text."""
        return self._pieces(texts)[1]

    def _pieces(self, texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the piece ids of the texts end to end and their number for each text.

        The vocabulary has no piece across spaces, so words are cut one by one and remembered: no slower at
        first sight than cutting whole sentences, and four times as fast where the words were met before.
        """
        rows = [text.split() for text in texts]
        if len(self.words) > MOST_WORDS:
            self.words.clear()
            self.cuts.clear()
        self._learn({word for row in rows for word in row if word not in self.words})
        cut = self.words
        lengths = [sum(len(cut[word]) for word in row) for row in rows]
        flat = chain.from_iterable(cut[word] for row in rows for word in row)
        return np.fromiter(flat, dtype=np.int64, count=sum(lengths)), np.array(lengths, dtype=np.int64)

    def _learn(self, words: set[str]) -> None:
        """Cut words and remember their pieces, without the space before them where it is a piece."""
        for word in words:  # one by one: a batch of words costs the tokenizer more than they do
            cut = self._whole(word)
            self.words[word] = array("i", cut[1])
            if len(word) <= LONGEST_WORD:  # the steps behind the alignment ask for most words' places
                self.cuts[word] = cut if self._stands_alone(word) else None


def _cut(text: str, encoding: Any) -> Cut:
    """Return the pieces of an encoded text, space alone left out."""
    tokens, places, ids = encoding.tokens, encoding.offsets, encoding.ids
    kept = [index for index, token in enumerate(tokens) if token != SPACE]
    return tuple([trimmed(text, *places[index]) for index in kept]), tuple([ids[index] for index in kept])


def _read_table(path: Path) -> NDArray[Any]:
    """Return `embedding.weight` mapped from disk: only the rows that are used come into memory.

    The header is read here because the safetensors library copies the whole tensor. Layout:
    8 bytes length, JSON header, data (https://github.com/huggingface/safetensors#format).
    """
    with path.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
    entry = header.get("embedding.weight")
    kinds = {"F16": np.float16, "F32": np.float32}
    if entry is None or entry["dtype"] not in kinds:
        raise ConsistencyError(f"{path}: embedding.weight in float16 or float32 expected")
    place = 8 + length + entry["data_offsets"][0]
    shape = tuple(entry["shape"])
    # As a plain array: each look into a memmap makes another one.
    return np.asarray(np.memmap(path, dtype=kinds[entry["dtype"]], mode="r", offset=place, shape=shape))


def _read_tokenizer(path: Path) -> Any:
    # Words are few after the first texts, so threads gain nothing, and a fork after them would warn.
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer
