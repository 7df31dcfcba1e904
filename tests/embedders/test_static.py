"""The embedded model: contract of its embedder, and the same vectors from sentence-transformers."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from consistency.embedders import sentence_transformer, static
from consistency.embedders.protocol import trimmed
from consistency.records import ConsistencyError, Span

TEXTS = [
    "China filed more than 38,000 generative-AI patents.",
    "China meldete mehr als 38.000 Patente für generative KI an.",
    "中国申请了三万八千多项生成式人工智能专利。",
    "  多い  ٣٤ ＡＢＣ Ａ\u0301\u00df — \U0001f600 й й",
    "one\ntwo\tthree\u3000four\u2009five",
    "а" * 3000,
]


@pytest.fixture(scope="module")
def embedder() -> static.Embedder:
    return static.load()


def test_rows_have_unit_length_and_empty_texts_are_zero(embedder: static.Embedder) -> None:
    vectors = embedder.encode([*TEXTS, "", "\ue000"])  # nothing to embed; a private character is unknown
    assert (vectors.dtype, vectors.shape) == (np.float32, (8, 256))
    assert np.linalg.norm(vectors, axis=1).round(5).tolist() == [1, 1, 1, 1, 1, 1, 0, 0]


def test_one_text_in_three_languages_is_nearer_than_another_text(embedder: static.Embedder) -> None:
    other = "The museum opens at nine and closes at five."
    similarities = embedder.encode([*TEXTS[:3], other]) @ embedder.encode(TEXTS[:1])[0]
    assert (similarities > 0.35).tolist() == [True, True, True, False]


def test_no_text_gives_no_rows(embedder: static.Embedder) -> None:
    assert embedder.encode([]).shape == (0, 256)
    assert embedder.counts([]).tolist() == []


def test_a_batch_gives_what_each_text_gives_alone(embedder: static.Embedder) -> None:
    texts = [TEXTS[i % 3] + str(i) * (i % 2) for i in range(static.CHUNK + 3)] + [""]
    alone = np.concatenate([embedder.encode([text]) for text in texts])
    np.testing.assert_allclose(embedder.encode(texts), alone, atol=1e-6)


# What normalising joins to the space before it, or takes away, makes a word cut otherwise than alone.
ODD = ["een \u200b\u200bvan de", "\u200f«ما ارتش", "\u3000\u0301x ü", "\xa0\u0e33 b", " \u0640折 a", "a \ufcf3b c", " \U0001f3fd x", "▁a b"]


@pytest.mark.parametrize("text", [*TEXTS, *ODD, "eins  zwei\xa0%\n\tdrei eins"])
def test_the_words_of_a_text_are_cut_as_in_the_whole_text(embedder: static.StaticEmbedder, text: str) -> None:
    encoding = embedder.tokenizer.encode(text, add_special_tokens=False)
    kept = [i for i, token in enumerate(encoding.tokens) if token != static.SPACE]
    spans = tuple(trimmed(text, *encoding.offsets[i]) for i in kept)
    found = embedder.tokens(text)
    assert found.spans == spans
    assert found.vectors.tolist() == embedder.table[[encoding.ids[i] for i in kept]].astype(np.float32).tolist()


@pytest.mark.parametrize("text", [*TEXTS, ""])
def test_the_mean_of_the_tokens_is_the_text(embedder: static.Embedder, text: str) -> None:
    tokens = embedder.tokens(text)
    total = tokens.vectors.sum(0)
    np.testing.assert_allclose(
        total / max(float(np.linalg.norm(total)), 1e-9), embedder.encode([text])[0], atol=1e-5
    )
    assert len(tokens.spans) == len(tokens.vectors) == embedder.counts([text])[0]


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("Two  cats", ["two", "", "cats"]),
        ("38,000 (3 %)", ["38", ",", "000", "(", "3", "%", ")"]),
        ("\U0001f600 猫", ["\U0001f600", "猫"]),  # one code point outside the basic plane counts one
        ("ﬁn Ａ", ["fin", "a"]),  # a ligature is one code point of the text
    ],
)
def test_spans_are_code_points_of_the_text(embedder: static.Embedder, text: str, surfaces: list[str]) -> None:
    spans = embedder.tokens(text).spans
    found = "".join(text[start:end] for start, end in spans)
    assert found.lower() == text.replace(" ", "").lower()
    assert list(spans) == sorted(spans)
    assert all(isinstance(span, Span) for span in spans)


def test_the_library_reads_the_folder_and_gives_the_same_vectors(embedder: static.Embedder) -> None:
    pytest.importorskip("sentence_transformers")
    library = sentence_transformer.load(str(static.EMBEDDED))
    texts = [*TEXTS, ""]
    np.testing.assert_allclose(library.encode(texts), embedder.encode(texts), atol=1e-3)
    assert library.counts(texts).tolist() == embedder.counts(texts).tolist()
    ours, theirs = embedder.tokens(TEXTS[1]), library.tokens(TEXTS[1])
    assert theirs.spans == ours.spans
    np.testing.assert_allclose(theirs.vectors, ours.vectors, atol=1e-3)


def test_the_library_alone_gives_the_same_vectors(embedder: static.Embedder) -> None:
    """What a user gets from `SentenceTransformer(path)`, in half precision as the weights are."""
    library = pytest.importorskip("sentence_transformers")
    model = library.SentenceTransformer(str(static.EMBEDDED), device="cpu")
    rows = np.asarray(model.encode(TEXTS, show_progress_bar=False), dtype=np.float32)
    np.testing.assert_allclose(rows, embedder.encode(TEXTS), atol=1e-3)


def test_loading_and_encoding_need_neither_torch_nor_the_hub() -> None:
    code = (
        "import sys; from consistency.embedders import static; static.load().encode(['a b']);"
        "print([m for m in ('torch', 'sentence_transformers', 'transformers', 'huggingface_hub') if m in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"


@pytest.mark.parametrize(
    ("files", "line"),
    [
        ({}, "{folder}: no embedding model here: model.safetensors is missing"),
        ({"model.safetensors": b""}, "{folder}: no embedding model here: tokenizer.json is missing"),
        (
            {"model.safetensors": b"\x02" + b"\0" * 7 + b"{}", "tokenizer.json": b"{}"},
            "{folder}/model.safetensors: embedding.weight in float16 or float32 expected",
        ),
    ],
)
def test_a_folder_without_a_model(tmp_path: Path, files: dict[str, bytes], line: str) -> None:
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ConsistencyError) as raised:
        static.load(tmp_path)
    assert str(raised.value) == line.format(folder=tmp_path)
