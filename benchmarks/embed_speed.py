"""Measure load time and sentences a second on one core: `python benchmarks/embed_speed.py`.

Beside the embedded model runs a transformer of 12 layers, 384 wide (the size of MiniLM-L12) with random
weights: speed does not depend on what they are. The ratio of the two is the figure that carries over to
another machine. Without torch only the embedded model is measured.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

# One core, said before any library starts its threads.
for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS"):
    os.environ[name] = "1"
os.environ["TOKENIZERS_PARALLELISM"] = "false"

LAYERS, WIDTH, HEADS = 12, 384, 12
# Sentences of this project, for runs without the bench folder: 6 to 21 words.
SENTENCES = (
    "China filed more than 38,000 generative-AI patents in ten years.",
    "Das sind sechsmal so viele wie in den Vereinigten Staaten.",
    "Le rapport de l'organisation a été publié mercredi à Genève, au siège de l'agence.",
    "この十年間に出願された特許の数は五万四千件に達した。",
    "Отчёт показывает, что число заявок растёт каждый год примерно на сорок пять процентов.",
    "El museo abre a las nueve y cierra a las cinco, salvo los lunes y los días de fiesta nacional.",
)
LOAD = """
import time
import numpy
wall, cpu = time.perf_counter(), time.process_time()
from consistency.embedders import static
static.load()
print(time.perf_counter() - wall, time.process_time() - cpu)
"""


def main() -> None:
    """Print load time, speeds and their ratio."""
    parser = argparse.ArgumentParser(description="Measure the embedded model's speed on one core.")
    parser.add_argument("--bench", type=Path, help="take NTREX sentences instead of the built-in ones")
    options = parser.parse_args()
    wall, cpu = (min(times) * 1000 for times in zip(*(_load_times() for _ in range(5)), strict=True))
    print(f"load after numpy: {wall:.0f} ms, {cpu:.0f} ms of processor time (best of 5 fresh processes)")
    texts = _texts(options.bench)
    from consistency.embedders import static

    passes = [_two_passes(static.load(), texts) for _ in range(3)]
    first, again = (max(rates) for rates in zip(*passes, strict=True))
    mean = static.load().counts(texts).mean()
    print(f"{len(texts):,} sentences of {mean:.1f} pieces, sentences a second on one core:")
    print(f"embedded model: {first:,.0f} at first sight, {again:,.0f} when their words were met before")
    try:
        encode = transformer()
    except ImportError:
        print("transformer: torch is not installed, no ratio", file=sys.stderr)
        return
    sample = texts[:: len(texts) // 128][:128]
    encode(sample[:32])
    theirs = max(rate(encode, sample) for _ in range(2))
    print(f"transformer {LAYERS} × {WIDTH}: {theirs:,.1f}")
    print(f"ratio: {first / theirs:,.0f} at first sight, {again / theirs:,.0f} with known words")


def _two_passes(embedder: Any, texts: Sequence[str]) -> tuple[float, float]:
    """Return the rates of a fresh embedder, and of one that remembers the words."""
    return rate(embedder.encode, texts), rate(embedder.encode, texts)


def _load_times() -> tuple[float, float]:
    done = subprocess.run([sys.executable, "-c", LOAD], capture_output=True, text=True, check=True)
    wall, cpu = map(float, done.stdout.split())
    return wall, cpu


def _texts(bench: Path | None) -> list[str]:
    """Return about 4,000 sentences. The built-in ones repeat their words, so first sight is flattered."""
    if bench is None:
        return [f"{sentence} ({i})" for i in range(700) for sentence in SENTENCES]
    import gzip
    import json

    with gzip.open(bench / "clean" / "ntrex.jsonl.gz", "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    return [text for a in articles for lang in ("en", "de", "fr", "ru", "ja") for text in a[lang]]


def rate(encode: Callable[[Sequence[str]], Any], texts: Sequence[str]) -> float:
    """Return sentences a second of processor time."""
    start = time.process_time()
    encode(texts)
    return len(texts) / (time.process_time() - start)


def transformer() -> Callable[[Sequence[str]], Any]:
    """Return the encoder of a BERT of random weights, fed with the embedded model's own pieces.

    Batches of 32, sorted by length as sentence-transformers does.
    """
    import torch
    from tokenizers import Tokenizer
    from transformers import BertConfig, BertModel

    from consistency.embedders import static

    torch.set_num_threads(1)
    tokenizer = Tokenizer.from_file(str(static.EMBEDDED / "tokenizer.json"))
    tokenizer.enable_padding()
    config = BertConfig(
        vocab_size=tokenizer.get_vocab_size(), hidden_size=WIDTH, num_hidden_layers=LAYERS,
        num_attention_heads=HEADS, intermediate_size=4 * WIDTH,
    )  # fmt: skip
    model: Any = BertModel(config)
    model.eval()

    def encode(texts: Sequence[str]) -> list[Any]:
        ordered = sorted(texts, key=len)
        result = []
        with torch.inference_mode():
            for start in range(0, len(ordered), 32):
                batch = tokenizer.encode_batch_fast(ordered[start : start + 32])
                ids = torch.tensor([row.ids for row in batch])
                mask = torch.tensor([row.attention_mask for row in batch])
                states = model(input_ids=ids, attention_mask=mask).last_hidden_state
                result.append((states * mask[..., None]).sum(1))
        return result

    return encode


if __name__ == "__main__":
    main()
