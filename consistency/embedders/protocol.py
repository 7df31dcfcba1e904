"""Say what an embedder is: texts in, vectors out, with the words behind them when asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from consistency.records import Span

Floats = NDArray[np.float32]
Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """Hold the tokens of one text in reading order.

    spans: code points of the text, without the space before a word; a token that is space alone is left out.
    vectors: (tokens, width), not normalised: the vector of the text is their mean at unit length.
    """

    spans: tuple[Span, ...]
    vectors: Floats


class Embedder(Protocol):
    """Embed texts. name: identifies model and weights, goes into the report."""

    @property
    def name(self) -> str:
        """Return the model's name and the first digits of its weights' checksum where known."""

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return (texts, width) rows at unit length; a text without any known token gives a row of zeros."""

    def tokens(self, text: str) -> TokenVectors:
        """Return the tokens of one text with their places and vectors."""

    def counts(self, texts: Sequence[str]) -> Counts:
        """Return the number of tokens of each text (texts,), to weigh means with."""


def trimmed(text: str, start: int, end: int) -> Span:
    """Return the place of a token without the spaces before the word: many tokenizers count them in."""
    while start < end and text[start].isspace():
        start += 1
    return Span(start, end)
