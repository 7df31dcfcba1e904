"""`--model`: a real, tiny transformer through the library; one clear line where it cannot be had."""

import builtins
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from consistency.embedders import sentence_transformer
from consistency.records import ConsistencyError
from tests.tiny_models import embedding_model


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("sentence_transformers")
    return embedding_model(tmp_path_factory.mktemp("tiny"))


def test_a_transformer_embeds_and_names_its_tokens(folder: Path) -> None:
    embedder = sentence_transformer.load(str(folder))
    text = "The cats sit\U0001f600 mat."
    vectors = embedder.encode([text, "the cat", text])
    assert (vectors.dtype, vectors.shape) == (np.float32, (3, 16))
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(vectors[0], vectors[2], atol=1e-5)
    assert abs(float(vectors[0] @ vectors[1])) < 0.999
    tokens = embedder.tokens(text)
    assert [text[start:end] for start, end in tokens.spans] == [
        "The",
        "cat",
        "s",
        "sit\U0001f600",
        "mat",
        ".",
    ]
    assert tokens.vectors.shape == (6, 16)
    assert embedder.counts([text, "the cat", ""]).tolist() == [6, 2, 0]
    assert embedder.encode([]).shape[0] == 0
    assert embedder.name == str(folder)


def test_a_long_text_is_cut_in_both_views(folder: Path) -> None:
    embedder = sentence_transformer.load(str(folder))
    text = "the cat " * 30
    tokens = embedder.tokens(text)
    assert len(tokens.spans) == len(tokens.vectors) == 22  # 24 places, two for [CLS] and [SEP]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("pytorch_model.bin", "", "pickled weights are not read: save the model as safetensors"),
        ("2_Dense/pytorch_model.bin", "", "pickled weights are not read: save the model as safetensors"),
        # Once run by version 5 of the library, which trusted every folder: the code lay beside the configuration.
        (
            "modules.json",
            '[{"idx": 0, "type": "sentence_transformers.models.Transformer"}, {"idx": 1, "type": "evil.Code"}]',
            "modules.json asks for the code of evil.Code, which is not run: "
            "only models of sentence_transformers' own modules are read",
        ),
    ],
)
def test_a_model_that_would_run_code_is_refused(tmp_path: Path, name: str, content: str, message: str) -> None:
    """Said before the library is asked, so that it holds for each of its versions, and without it."""
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(content)
    assert _error(str(tmp_path)) == f"--model {tmp_path}: {message}"


def test_a_folder_that_holds_no_model(tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers")
    line = _error(str(tmp_path))
    assert line.startswith(f"--model {tmp_path}: the folder does not load as a safetensors model: ")
    assert "\n" not in line


def test_a_model_neither_local_nor_to_be_downloaded(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("sentence_transformers")
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)  # the library reads its variable at import
    assert _error("nobody/no-such-model") == (
        "--model nobody/no-such-model: neither a folder nor a model in the local cache, and it could not be "
        "downloaded: check the name and the network, or give the path of a downloaded model"
    )


def test_the_extra_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.startswith("sentence_transformers"):
            raise ModuleNotFoundError(f"No module named {name!r}")
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    assert _error("LaBSE") == (
        "--model LaBSE: sentence-transformers is not installed: pip install 'consistency[transformers]'"
    )


def _error(name: str) -> str:
    with pytest.raises(ConsistencyError) as raised:
        sentence_transformer.load(name)
    return str(raised.value)
