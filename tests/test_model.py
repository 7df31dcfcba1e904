"""The shipped model's folder: complete, signed, small; the tokenizer as training meant it."""

import hashlib
import json
from pathlib import Path

import pytest

from consistency.embedders import static

MOST = 40_000_000


def test_the_folder_is_complete_and_fits() -> None:
    names = {str(p.relative_to(static.EMBEDDED)) for p in static.EMBEDDED.rglob("*") if p.is_file()}
    assert names >= {
        "1_Normalize/config.json", "README.md", "model.safetensors", "modules.json", "signature.json", "tokenizer.json",
    }  # fmt: skip
    assert sum((static.EMBEDDED / name).stat().st_size for name in names) <= MOST


def test_the_signature_is_the_weights() -> None:
    signature = json.loads((static.EMBEDDED / "signature.json").read_text(encoding="utf-8"))
    digest = hashlib.sha256((static.EMBEDDED / "model.safetensors").read_bytes()).hexdigest()
    assert signature["sha256"] == digest
    assert static.load().name == f"{signature['name']}@sha256:{digest[:12]}"


def test_a_folder_without_signature_is_named_by_its_weights(tmp_path: Path) -> None:
    for name in static.FILES:
        (tmp_path / name).symlink_to(static.EMBEDDED / name)
    assert static.load(tmp_path).name.split("@")[1] == static.load().name.split("@")[1]


def test_the_card_names_the_licence_that_the_folder_carries() -> None:
    card = (static.EMBEDDED / "README.md").read_text(encoding="utf-8")
    share_alike = (static.EMBEDDED / "LICENSE").is_file()
    assert ("license: cc-by-sa-4.0" in card) == share_alike
    assert ("license: apache-2.0" in card) != share_alike


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Straße", "STRASSE"),
        ("１２３", "123"),  # full width
        ("٣٤", "34"),  # Arabic-Indic
        ("१२", "12"),  # Devanagari
        ("ΑΘΗΝΑ", "Αθήνα"),  # Greek capitals go without accents
        ("أحمد", "احمد"),
        ("كتابي", "کتابی"),  # Arabic and Persian code points of one letter
        ("ёлка", "елка"),
        ("cafe\u0301", "café"),
        ("한국", "한국"),
        ("can’t “stop”", 'can\'t "stop"'),
        ("10–15", "10-15"),
        ("a\u00a0b", "a b"),
    ],
)
def test_spellings_that_say_the_same_have_the_same_vector(a: str, b: str) -> None:
    ours = static.load().encode([a, b])
    assert (ours[0] == ours[1]).all()


def test_numbers_share_pieces_across_formats() -> None:
    def pieces(text: str) -> list[str]:
        return [text[start:end] for start, end in static.load().tokens(text).spans if start < end]

    assert pieces("38,000") == ["38", ",", "000"]
    assert pieces("38.000") == ["38", ".", "000"]
    assert pieces("38\u202f000") == ["38", "000"]
