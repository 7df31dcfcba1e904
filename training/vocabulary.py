"""Make the tokenizer: a sentencepiece unigram vocabulary, in the format of the `tokenizers` library."""

from __future__ import annotations

import base64
import io
import json
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from training.folding import folded, write_rules

METASPACE = {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True}


def train_vocabulary(texts: Sequence[str], size: int, work: Path) -> bytes:
    """Return a serialised sentencepiece model with `size` pieces. work: a folder for the rule table.

    Punctuation stands alone, so that 38,000 and 38.000 have the pieces 38 and 000 in common.
    """
    import sentencepiece as spm

    rules = work / "rules.tsv"
    write_rules(rules)
    model = io.BytesIO()
    spm.SentencePieceTrainer.train(
        sentence_iterator=iter(texts),
        model_writer=model,
        model_type="unigram",
        vocab_size=size,
        character_coverage=0.99995,
        normalization_rule_tsv=str(rules),
        max_sentencepiece_length=16,
        max_sentence_length=2000,
        user_defined_symbols=punctuation(texts),
        num_threads=2,
        unk_id=0,
        bos_id=-1,
        eos_id=-1,
        pad_id=-1,
        minloglevel=1,
    )
    return model.getvalue()


def punctuation(texts: Sequence[str]) -> list[str]:
    """Return the punctuation in texts, in the folded form: what the library's Punctuation step isolates."""
    found = {character for text in texts for character in text if _is_punctuation(character)}
    return sorted({c for character in found for c in folded(character) if _is_punctuation(c)})


def _is_punctuation(character: str) -> bool:
    # The library counts all ASCII that is neither letter nor digit, "$" and "+" too.
    ascii_mark = "!" <= character <= "~" and not character.isalnum()
    return ascii_mark or unicodedata.category(character).startswith("P")


def tokenizer_json(model: bytes) -> str:
    """Return the sentencepiece model as a tokenizer.json: same pieces, scores and folding table."""
    from sentencepiece import sentencepiece_model_pb2

    proto: Any = sentencepiece_model_pb2.ModelProto.FromString(model)  # type: ignore[attr-defined]
    charsmap = base64.b64encode(proto.normalizer_spec.precompiled_charsmap).decode("ascii")
    pieces = [[piece.piece, round(piece.score, 3)] for piece in proto.pieces]
    tokenizer: dict[str, Any] = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [],
        "normalizer": {"type": "Precompiled", "precompiled_charsmap": charsmap},
        "pre_tokenizer": {
            "type": "Sequence",
            "pretokenizers": [METASPACE, {"type": "Punctuation", "behavior": "Isolated"}],
        },
        "post_processor": None,
        "decoder": METASPACE,
        "model": {"type": "Unigram", "unk_id": 0, "vocab": pieces, "byte_fallback": False},
    }
    return json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":"))
