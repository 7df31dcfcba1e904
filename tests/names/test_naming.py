"""Names that a copy drops, adds or replaces, and the many ways to say the same name."""

import pytest

from consistency.config import Settings
from consistency.pipeline import check, load_embedder

EMBEDDER = load_embedder(Settings())

FIRST = {
    "en": "The harbour was closed on Monday.", "de": "Der Hafen war am Montag geschlossen.", "fr": "Le port était fermé lundi.",
    "es": "El puerto estuvo cerrado el lunes.", "ru": "Порт был закрыт в понедельник.", "ja": "港は月曜日に閉鎖された。",
    "el": "Το λιμάνι ήταν κλειστό τη Δευτέρα.", "ko": "항구는 월요일에 폐쇄되었다.", "fi": "Satama oli suljettu maanantaina.",
    "zh": "港口周一关闭。",
}  # fmt: skip
SOURCE = "The new bridge was opened by Tove Lindqvist in the afternoon."

KEPT = [
    ("same", SOURCE, "fr", "Le nouveau pont a été inauguré par Tove Lindqvist dans l'après-midi."),
    ("surname only", SOURCE, "fr", "Le nouveau pont a été inauguré par Mme Lindqvist dans l'après-midi."),
    ("case ending", SOURCE, "fi", "Uuden sillan avaaminen oli iltapäivällä Tove Lindqvistin tehtävä."),
    ("Cyrillic, inflected", SOURCE, "ru", "Новый мост был открыт Туве Линдквист во второй половине дня."),
    ("Greek", SOURCE, "el", "Η νέα γέφυρα εγκαινιάστηκε από την Τούβε Λίντκβιστ το απόγευμα."),
    ("katakana", SOURCE, "ja", "新しい橋は午後にトーベ・リンドクヴィストによって開通した。"),
    ("hangul", SOURCE, "ko", "새 다리는 오후에 토베 린드크비스트가 개통했다."),
    ("Latin in Chinese", SOURCE, "zh", "新桥于下午由Tove Lindqvist揭幕。"),
    ("translated", "He was seen near the White House in the evening.", "de", "Er wurde am Abend in der Nähe des Weißen Hauses gesehen."),
    ("translated, Japanese", "He was seen near the White House in the evening.", "ja", "彼は夕方にホワイトハウスの近くで目撃された。"),
    ("exonym", "Ships from the United Kingdom were late.", "es", "Los barcos del Reino Unido llegaron tarde."),
    ("acronym", "A speaker of the United Nations praised the plan.", "fr", "Un porte-parole de l'ONU a salué le projet."),
    ("common words", "They walked along the High Street for hours.", "de", "Sie liefen stundenlang durch die Einkaufsmeile."),
    ("half common words", "He told her about the Betfred Cup in the evening.", "fi", "Hän kertoi liigakupista hänelle illalla."),
    ("one surname", "The bridge was opened by Lindqvist.", "fr", "Le pont a été inauguré par elle."),  # a pronoun is good style
]  # fmt: skip
FLAGGED = [
    ("replaced", SOURCE, "fr", "Le nouveau pont a été inauguré par Harold Bexley dans l'après-midi.", "name-changed"),
    ("replaced, Cyrillic", SOURCE, "ru", "Новый мост был открыт Гарольдом Бексли во второй половине дня.", "name-changed"),
    ("replaced, katakana", SOURCE, "ja", "新しい橋は午後にハロルド・ベクスリーによって開通した。", "name-changed"),
    ("dropped", SOURCE, "es", "El nuevo puente fue inaugurado por la tarde.", "name-dropped"),
    ("added", "The new bridge was opened in the afternoon.", "fr", "Le nouveau pont a été inauguré par Tove Lindqvist dans l'après-midi.", "name-added"),
]  # fmt: skip


def names(source, lang, target, least=Settings().min_confidence):
    texts = {"en": f"{FIRST['en']}\n{source}", lang: f"{FIRST[lang]}\n{target}"}
    report = check(texts, "en", format="lines", embedder=EMBEDDER, settings=Settings(min_confidence=least))
    return [f for f in report.findings if f.check.startswith("name-")]


@pytest.mark.parametrize(("reason", "source", "lang", "target"), KEPT)
def test_a_name_in_another_form_is_kept(reason, source, lang, target):
    assert names(source, lang, target) == [], reason


@pytest.mark.parametrize(("reason", "source", "lang", "target", "expected"), FLAGGED)
def test_a_name_that_is_not_there_is_told(reason, source, lang, target, expected):
    # What only the copy names is shown on demand: translators name whom a pronoun meant.
    (finding,) = names(source, lang, target, 0.6 if expected == "name-added" else Settings().min_confidence)
    told = finding.source if expected == "name-dropped" else finding.target
    wrong = {"replaced": "Harold Bexley", "replaced, Cyrillic": "Гарольдом Бексли", "replaced, katakana": "ハロルド・ベクスリー"}
    assert (finding.check, told.text) == (expected, wrong.get(reason, "Tove Lindqvist"))


@pytest.mark.parametrize(
    ("lang", "target"),
    [("fr", "Le nouveau pont a été inauguré par Tove Lindqvist dans l'après-midi."), ("hu", "Az új hidat délután Harold Bexley nyitotta meg.")],
)  # fmt: skip
def test_what_a_copy_names_more_and_languages_without_data_stay_silent(lang, target):
    first = {**FIRST, "hu": FIRST["en"]}
    texts = {"en": f"{first['en']}\nThe new bridge was opened in the afternoon.", lang: f"{first[lang]}\n{target}"}
    assert [f.check for f in check(texts, "en", format="lines", embedder=EMBEDDER).findings if f.check.startswith("name-")] == []


def test_a_name_next_door_is_not_lost():
    source = "The new bridge was opened in the afternoon by Tove Lindqvist.\nMany people came to see it."
    target = "Le nouveau pont a été inauguré dans l'après-midi.\nBeaucoup de gens sont venus voir Tove Lindqvist."
    assert names(source, "fr", target) == []
