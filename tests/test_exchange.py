import pytest

from consistency import pipeline
from consistency.config import Settings


@pytest.fixture(scope="module")
def embedder():
    return pipeline.load_embedder(Settings())


ROWS = [
    ("values exchanged", "There are 40 trees and 90 houses.", "de", "Es gibt 90 Bäume und 40 Häuser.", ["number-swapped"]),
    ("clauses exchanged", "There are 40 trees and 90 houses.", "de", "Es gibt 90 Häuser und 40 Bäume.", []),
    ("values exchanged, in Japanese", "There are 40 trees and 90 houses.", "ja", "90本の木と40軒の家があります。", ["number-swapped"]),
    ("clauses exchanged, in Japanese", "There are 40 trees and 90 houses.", "ja", "90軒の家と40本の木があります。", []),
    ("units exchanged", "It sold 40 boats, 90% of them abroad.", "fr", "Il a vendu 90 bateaux, dont 40 % à l’étranger.", ["number-swapped"]),
    ("a range of shares", "Between 43 and 30 percent voted.", "zh", "30%至43%的人投了票。", ["number-swapped"]),
    ("a year beside a number", "There were 500 in 2017.", "fi", "Vuonna 2017 500 kappaletta.", []),
    ("in order", "There are 40 trees and 90 houses.", "fr", "Il y a 40 arbres et 90 maisons.", []),
    ("a year at the end", "In 2017, the town had 29,900 inhabitants.", "de", "Die Stadt hatte 29.900 Einwohner im Jahr 2017.", []),
    # The clauses are told in the other order: their words went along, or say nothing of the two values.
    ("opposites", "Of 90 seeds, 35 sprouted and 55 rotted.", "de", "Von 90 Samen verfaulten 55, 35 keimten.", []),
    ("no verb", "The north got 45 schools, the south 38.", "it", "Il sud ha avuto 38 scuole, il nord 45.", []),
    ("a conjunction between", "Spending rose by 12% while income fell by 7%.", "es", "Los ingresos cayeron un 7 %, mientras que el gasto subió un 12 %.", []),
    ("times of day", "In the morning 250 came, in the evening 400.", "nl", "'s Avonds kwamen er 400, 's ochtends 250.", []),
    ("adjectives", "The red box weighs 15 kg and the blue one 22 kg.", "el", "Το μπλε κουτί ζυγίζει 22 κιλά και το κόκκινο 15 κιλά.", []),
    ("subjects", "Men earned 3200 crowns, women 2900.", "ru", "Женщины зарабатывали 2900 крон, мужчины — 3200.", []),
    ("subjects, in Japanese", "Boys scored 71 points and girls 78 points.", "ja", "女子は78点、男子は71点だった。", []),
    ("subordinate", "About 30 stayed although 55 had left.", "de", "Obwohl 55 gegangen waren, blieben etwa 30.", []),
    # The same, and the values alone are exchanged.
    ("no verb, exchanged", "The north got 45 schools, the south 38.", "it", "Il nord ha avuto 38 scuole, il sud 45.", ["number-swapped"]),
    ("a conjunction between, exchanged", "Spending rose by 12% while income fell by 7%.", "es", "El gasto subió un 7 %, mientras que los ingresos cayeron un 12 %.", ["number-swapped"]),
    ("adjectives, exchanged", "The red box weighs 15 kg and the blue one 22 kg.", "el", "Το κόκκινο κουτί ζυγίζει 22 κιλά και το μπλε 15 κιλά.", ["number-swapped"]),
    ("subjects, exchanged", "Boys scored 71 points and girls 78 points.", "ja", "男子は78点、女子は71点だった。", ["number-swapped"]),
    ("right to left, either order", "The score was 6-10.", "fa", "نتیجه 10-6 بود.", []),
]


@pytest.mark.parametrize(("name", "source", "lang", "target", "expected"), ROWS)
def test_exchange(name, source, lang, target, expected, embedder):
    report = pipeline.check({"en": source, lang: target}, "en", format="lines", embedder=embedder)
    assert [f.check for f in report.findings] == expected
