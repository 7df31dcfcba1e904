"""Build real, tiny transformers for the tests, saved as safetensors: two layers, random weights, eleven word pieces."""

import json
from pathlib import Path
from typing import Any

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "cat", "sits", "##s", "mat", "."]
SHAPE = {
    "vocab_size": len(WORDS), "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2,
    "intermediate_size": 32,
}  # fmt: skip


def embedding_model(path: Path) -> Path:
    """Write a model that embeds texts of up to 24 tokens."""
    import torch
    from transformers import BertConfig, BertModel

    torch.manual_seed(1)
    BertModel(BertConfig(**SHAPE, max_position_embeddings=24)).save_pretrained(path)
    write_tokenizer(path, 24)
    _write_pooling(path)
    return path


def cross_encoder(path: Path, outputs: dict[str, float], longest: int = 512) -> Path:
    """Write a cross-encoder that says the same of any two texts.

    outputs: name of each output, in the model's order → its logit.
    """
    import torch
    from transformers import BertConfig, BertForSequenceClassification

    names = dict(enumerate(outputs))
    config = BertConfig(**SHAPE, max_position_embeddings=longest, id2label=names, label2id={v: k for k, v in names.items()})
    model = BertForSequenceClassification(config)
    model.classifier.weight.data.zero_()
    model.classifier.bias.data = torch.tensor(list(outputs.values()))
    model.save_pretrained(path)
    write_tokenizer(path, longest)
    return path


def write_tokenizer(path: Path, longest: int) -> None:
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.WordPiece({word: i for i, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, model_max_length=longest, pad_token="[PAD]", unk_token="[UNK]",
        cls_token="[CLS]", sep_token="[SEP]", mask_token="[MASK]",
    ).save_pretrained(path)  # fmt: skip


def _write_pooling(path: Path) -> None:
    pooling: dict[str, Any] = {"word_embedding_dimension": 16, "pooling_mode_mean_tokens": True}
    kinds = [("", "Transformer"), ("1_Pooling", "Pooling")]
    modules = [
        {"idx": i, "name": str(i), "path": place, "type": f"sentence_transformers.models.{kind}"}
        for i, (place, kind) in enumerate(kinds)
    ]
    (path / "1_Pooling").mkdir()
    (path / "1_Pooling" / "config.json").write_text(json.dumps(pooling))
    (path / "modules.json").write_text(json.dumps(modules))
    (path / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": 24}))
