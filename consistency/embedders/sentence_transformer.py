"""Embed with any model of the sentence-transformers library, the optional extra `transformers`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from consistency.embedders.protocol import Counts, Embedder, Floats, TokenVectors, trimmed
from consistency.records import ConsistencyError

SPACE = "▁"  # how sentencepiece vocabularies write it
INSTALL = "pip install 'consistency[transformers]'"


def load(name_or_path: str) -> Embedder:
    """Return the embedder of a folder, a model in the local cache, or one the network can give.

    Raise ConsistencyError where the library or the model is not to be had. Runs no code that comes with a
    model and reads no pickled weights.
    """
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError:
        raise ConsistencyError(
            f"--model {name_or_path}: sentence-transformers is not installed: {INSTALL}"
        ) from None
    _refuse_pickled(Path(name_or_path))
    try:
        model = SentenceTransformer(
            name_or_path,
            device="cpu",
            trust_remote_code=False,
            model_kwargs={"use_safetensors": True},
        )
    except (OSError, ValueError, RuntimeError, KeyError, ImportError) as error:
        raise ConsistencyError(_reason(name_or_path, error)) from None
    # A half-precision model normalises a row of zeros to NaN: its epsilon rounds to nothing.
    return SentenceTransformerEmbedder(name_or_path, model.float().eval())


def _refuse_pickled(folder: Path) -> None:
    """Raise where a folder has its weights as pickled Python only: the library would read some of those."""
    if any(folder.glob("*.bin")) and not any(folder.glob("*.safetensors")):
        raise ConsistencyError(
            f"--model {folder}: pickled weights are not read: save the model as safetensors"
        )


def _reason(name_or_path: str, error: BaseException) -> str:
    """Return one line that says what to do about a model that did not load."""
    if Path(name_or_path).is_dir():
        what = next(iter(str(error).splitlines()), type(error).__name__)
        return f"--model {name_or_path}: the folder does not load as a safetensors model: {what}"
    return (
        f"--model {name_or_path}: neither a folder nor a model in the local cache, and it could not be "
        "downloaded: check the name and the network, or give the path of a downloaded model"
    )


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
