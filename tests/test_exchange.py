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
    ("right to left, either order", "The score was 6-10.", "fa", "نتیجه 10-6 بود.", []),
]


@pytest.mark.parametrize(("name", "source", "lang", "target", "expected"), ROWS)
def test_exchange(name, source, lang, target, expected, embedder):
    report = pipeline.check({"en": source, lang: target}, "en", format="lines", embedder=embedder)
    assert [f.check for f in report.findings] == expected
