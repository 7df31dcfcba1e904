"""What may be a name: runs of capitals, dotted runs; titles, acronyms and headlines are none."""

import pytest

from consistency.languages import load_language
from consistency.names.candidates import candidates, capitals

ROWS = [
    ("two words", "en", "We met Tove Lindqvist there.", ["Tove Lindqvist"]),
    ("possessive", "en", "It was Tove Lindqvist's boat.", ["Tove Lindqvist"]),
    ("particle", "en", "She wrote to Anna von der Heide again.", ["Anna von der Heide"]),
    ("initial", "en", "A letter by Radek J. Novotny came.", ["Radek J. Novotny"]),
    ("title before", "en", "Then Prime Minister Radek Novotny spoke.", ["Radek Novotny"]),
    ("rank before", "en", "Then Lt Col Novotny spoke.", []),
    ("acronym apart", "en", "The BBC Radek Novotny knew was another.", ["Radek Novotny"]),
    ("one word", "en", "We asked Novotny again.", []),
    ("sentence start", "en", "Yesterday Novotny spoke.", []),  # a word that is listed as no name
    ("name at the start", "en", "Radek Novotny spoke.", ["Radek Novotny"]),
    ("start seen small", "en", "Yesterday Novotny spoke, as yesterday.", []),
    ("headline", "en", "Radek Novotny Buys Another Large Boat", []),
    ("short headline", "en", "Why Novotny Will Win a Second Boat", []),  # a function word has no capital elsewhere
    ("Turkish ending", "tr", "Dün Tove Lindqvist'ten haber geldi.", ["Tove Lindqvist"]),
    ("apostrophe inside", "en", "We saw Sean O'Neill there.", ["Sean O'Neill"]),
    ("common words", "en", "They asked the River Trust first.", ["River Trust"]),
    ("abbreviated", "en", "The MP and the U.S. Navy agreed.", []),
    ("two sentences", "en", "That was Novotny. Castellan left.", []),
    ("acronym, Russian", "ru", "Так сказал министр США Радек Новотны вчера.", ["Радек Новотны"]),
    ("German nouns", "de", "Gestern traf das Boot Radek Novotny.", ["Boot Radek Novotny"]),
    ("German, start", "de", "Boot Novotny war dabei.", []),
    ("Spanish de parts", "es", "El barco de Tove Lindqvist salió de Puerto Viejo.", ["Tove Lindqvist", "Puerto Viejo"]),
    ("Cyrillic", "ru", "Мы встретили Радека Новотного там.", ["Радека Новотного"]),
    ("katakana", "ja", "昨日トーベ・リンドクヴィストが来た。", ["トーベ・リンドクヴィスト"]),
    ("Latin in Korean", "ko", "어제 Tove Lindqvist가 왔다.", ["Tove Lindqvist"]),
    ("Han with a dot", "zh", "拉德克·诺沃特尼", ["拉德克·诺沃特尼"]),
    ("unmarked script", "ko", "어제 토베 린드크비스트가 왔다.", []),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "lang", "text", "names"), ROWS)
def test_candidates(reason, lang, text, names):
    (found,) = candidates([text], load_language(lang))
    assert [text[n.span.start : n.span.end] for n in found] == names, reason


def test_common_words_are_counted():
    (found,) = candidates(["They finally asked the River Trust and the Tove Lindqvist Trust."], load_language("en"))
    assert [(n.words, round(n.ordinary, 2)) for n in found] == [(("River", "Trust"), 1.0), (("Tove", "Lindqvist", "Trust"), 0.33)]


def test_a_numeral_is_no_word_of_a_name():
    (found,) = candidates(["El barco de la I Guerra Mundial salió."], load_language("es"))
    assert [(n.words, n.ordinary) for n in found] == [(("I", "Guerra", "Mundial"), 1.0)]


def test_common_words_are_known_in_other_cases():
    (found,) = candidates(["Wczoraj mówiono o Uniwersytecie Novotnego w mieście."], load_language("pl"))
    assert [(n.words, n.ordinary) for n in found] == [(("Uniwersytecie", "Novotnego"), 0.5)]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "Then Novotny of the BBC saw Anna Berg.", ("Novotny", "BBC", "Anna", "Berg")),
        ("en", "Radek Novotny Buys Another Large Boat", ()),  # a headline
        ("de", "Das Boot von Novotny.", ()),  # nouns have capitals
        ("ja", "昨日ノヴォトニーが来た。", ("ノヴォトニー",)),
    ],
)
def test_capitals(lang, text, expected):
    assert capitals(text, load_language(lang)) == expected
