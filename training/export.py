"""Write the model's folder: weights, tokenizer, the library's module list, signature."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np

NAME = "consistency-static-1"
MODULES = [
    # The old names: versions 5 and 6 of sentence-transformers know them, the new ones only version 6 does.
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
]


def write_model(folder: Path, table: np.ndarray, tokenizer: str) -> None:
    """Write table (pieces, width) as float16 and tokenizer (JSON text) into folder.

    The unknown piece and the lone space become zero: a text without known pieces then has a zero vector.
    """
    from safetensors.numpy import save

    weights = table.astype(np.float16)
    pieces = [piece for piece, _ in json.loads(tokenizer)["model"]["vocab"]]
    weights[[0, pieces.index("▁")]] = 0
    data = save({"embedding.weight": weights})
    normalize = folder / "1_Normalize"  # the library opens this folder, and git keeps no empty one
    normalize.mkdir(parents=True, exist_ok=True)
    (normalize / "config.json").write_text("{}\n", encoding="utf-8")
    (folder / "model.safetensors").write_bytes(data)
    (folder / "tokenizer.json").write_text(tokenizer, encoding="utf-8")
    (folder / "modules.json").write_text(json.dumps(MODULES, indent=2) + "\n", encoding="utf-8")
    signature = {"name": NAME, "sha256": hashlib.sha256(data).hexdigest()}
    (folder / "signature.json").write_text(json.dumps(signature, indent=2) + "\n", encoding="utf-8")
