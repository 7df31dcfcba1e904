"""Embed with any model of the sentence-transformers library, the optional extra `transformers`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from consistency import pretrained
from consistency.embedders.protocol import Counts, Embedder, Floats, TokenVectors, trimmed

SPACE = "▁"  # how sentencepiece vocabularies write it


def load(name_or_path: str) -> Embedder:
    """Return the embedder of a folder, a model in the local cache, or one the network can give.

    Raise ConsistencyError where the library or the model is not to be had (consistency/pretrained.py).
    """
    model = pretrained.load("--model", name_or_path, "SentenceTransformer")
    # A half-precision model normalises a row of zeros to NaN: its epsilon rounds to nothing.
    return SentenceTransformerEmbedder(name_or_path, model.float().eval())


@dataclass(frozen=True)
class SentenceTransformerEmbedder:
    """Hold a loaded model. name: what the user gave, as the library's weights carry no one checksum."""

    name: str
    model: Any

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return (texts, width) unit rows; zeros for a text without tokens."""
        if not texts:
            return np.zeros((0, len(self.encode([""])[0])), dtype=np.float32)
        rows = self.model.encode(list(texts), show_progress_bar=False, convert_to_numpy=True)
        rows = np.array(rows, dtype=np.float32).reshape(len(texts), -1)
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        np.divide(rows, norms, out=rows, where=norms > 0)
        return rows

    def tokens(self, text: str) -> TokenVectors:
        """Return the tokens of one text without the model's own marks such as [CLS]; a long text is cut."""
        cut = self._cut(text)
        kept = _words(cut)
        spans = tuple(trimmed(text, *cut.offsets[i]) for i in kept)
        return TokenVectors(spans, self._token_vectors(text, cut.ids)[kept])

    def counts(self, texts: Sequence[str]) -> Counts:
        """Return the number of tokens of each text."""
        return np.fromiter((len(_words(self._cut(text))) for text in texts), dtype=np.int64, count=len(texts))

    def _cut(self, text: str) -> Any:
        """Return the tokenizers.Encoding of a text: ids, tokens, offsets (empty for the model's own marks)."""
        tokenizer = self.model.tokenizer
        if hasattr(tokenizer, "encode_batch"):  # the library's static module holds a bare tokenizer
            return tokenizer.encode(text, add_special_tokens=False)
        return tokenizer(text, truncation=True, max_length=self.model.max_seq_length)[0]

    def _token_vectors(self, text: str, ids: list[int]) -> Floats:
        first = self.model[0]
        if hasattr(first, "embedding"):
            return np.asarray(first.embedding.weight.detach().numpy()[ids], dtype=np.float32)
        vectors = self.model.encode(text, output_value="token_embeddings", show_progress_bar=False)
        return np.asarray(vectors.cpu().numpy(), dtype=np.float32)


def _words(cut: Any) -> list[int]:
    """Return which tokens stand for text: the model's own marks have no place, and space alone says nothing."""
    return [i for i, (start, end) in enumerate(cut.offsets) if start < end and cut.tokens[i] != SPACE]
