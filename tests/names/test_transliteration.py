"""Words by sound: one name in many spellings is alike, two names are not."""

import pytest

from consistency.names.transliteration import likeness, skeleton, sounds


@pytest.mark.parametrize(("word", "expected"), [
    ("Tschaikowski", "kaikovski"),
    ("Чайковский", "kaikovski"),
    ("Čajkovskij", "kaikovski"),
    ("Müller", "muler"),  # doubled letters are one
    ("Poutine", "putine"),
    ("東京", "donging"),  # as Mandarin reads it: why kanji never answer alone
    ("1984", ""),
])  # fmt: skip
def test_sounds(word, expected):
    assert sounds(word) == expected


@pytest.mark.parametrize(("word", "expected"), [
    ("Robert", "rprt"),
    ("ロバート", "rpt"),  # Japanese lengthens the vowel where English has r
    ("Ollie", "r"),  # l and r are one class
])  # fmt: skip
def test_skeleton(word, expected):
    assert skeleton(word) == expected


ALIKE = [
    ("Lindqvist", "Lindqvistin"),  # Finnish genitive
    ("Castellan", "Castellana"),
    ("Schukow", "Joukov"),
    ("Novotny", "Новотного"),
    ("Thompson", "Томпсону"),
    ("Robinson", "ロビンソン"),
    ("Patterson", "パターソン"),
    ("Robinson", "로빈슨"),
    ("Papadopoulos", "Παπαδόπουλου"),
]
UNLIKE = [
    ("Lindqvist", "Lindenbaum"),
    ("Merkel", "Macron"),
    ("Novotny", "Наварро"),
    ("Robinson", "アンダーソン"),
    ("Li", "リ"),  # too short to say anything
    ("May", "Tag"),
    ("Tove", "1984"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_one_name_is_alike(one, other):
    assert likeness(one, other) >= 0.68


@pytest.mark.parametrize(("one", "other"), UNLIKE)
def test_two_names_are_not(one, other):
    assert likeness(one, other) < 0.6
