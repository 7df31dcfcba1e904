"""Embed with a static model: one vector a piece, summed and brought to unit length. No torch.

Reads the sentence-transformers folder layout (`model.safetensors` with `embedding.weight`,
`tokenizer.json`), by default the model in the package.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from consistency.embedders.protocol import Counts, Embedder, Floats, TokenVectors, trimmed
from consistency.records import ConsistencyError

EMBEDDED = Path(__file__).parent.parent / "model"
FILES = ("model.safetensors", "tokenizer.json")
# 256 sentences at 40 pieces and 256 floats are 10 MB, which stays in the processor's cache.
CHUNK = 256


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
        return np.divide(rows, norms, out=rows, where=norms > 0)

    def tokens(self, text: str) -> TokenVectors:
        """Return the pieces of one text with their places and vectors."""
        encoding = self.tokenizer.encode(text, add_special_tokens=False)
        places = zip(encoding.offsets, encoding.tokens, strict=True)
        spans = tuple(trimmed(text, start, end, token) for (start, end), token in places)
        ids = np.array(encoding.ids, dtype=np.int64)
        return TokenVectors(spans, self.table[ids].astype(np.float32))

    def counts(self, texts: Sequence[str]) -> Counts:
        """Return the number of pieces of each text."""
        chunks = (texts[start : start + CHUNK] for start in range(0, len(texts), CHUNK))
        return np.concatenate([np.zeros(0, np.int64), *(self._pieces(chunk)[1] for chunk in chunks)])

    def _pieces(self, texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the piece ids of the texts end to end and their number for each text."""
        encodings = self.tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        rows = [encoding.ids for encoding in encodings]
        lengths = np.fromiter(map(len, rows), dtype=np.int64, count=len(rows))
        flat = (piece for row in rows for piece in row)
        return np.fromiter(flat, dtype=np.int64, count=int(lengths.sum())), lengths


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
    return np.memmap(path, dtype=kinds[entry["dtype"]], mode="r", offset=place, shape=shape)


def _read_tokenizer(path: Path) -> Any:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer
