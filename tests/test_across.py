"""Two languages that say a value in their own ways say the same; one slip beside it is told."""

import pytest

from consistency.diff import Passages, diff
from tests.facts_of import facts_of

ROWS = [
    ("en", "The dig ended a fortnight ago.", "fr", "Les fouilles ont pris fin il y a quinze jours.", []),
    ("es", "Cerró hace quince días.", "de", "Es schloss vor zwei Wochen.", []),
    ("en", "The term is five years.", "es", "El plazo es de un lustro.", []),
    ("en", "Over the past two decades it grew.", "it", "Nell'ultimo ventennio è cresciuto.", []),
    ("en", "In the 1700s it was a village.", "it", "Nel Settecento era un villaggio.", []),
    ("en", "The cloister is of the fourteenth century.", "it", "Il chiostro è del Trecento.", []),
    (
        "en",
        "The cloister is of the fourteenth century.",
        "it",
        "Il chiostro è del Quattrocento.",
        [("changed", "fourteenth century", "Quattrocento")],
    ),
    ("en", "He painted it in the 1540s.", "it", "Lo dipinse negli anni Quaranta.", []),
    ("en", "He painted it in the 1540s.", "it", "Lo dipinse negli anni Novanta.", [("changed", "1540s", "anni Novanta")]),
    ("en", "It was the 50th anniversary.", "fr", "C'était le cinquantenaire.", []),
    ("en", "He came in 0.873 seconds later.", "es", "Llegó a 873 milésimas.", []),
    ("en", "It was 4 °C below zero.", "pt", "Estavam −4 °C.", []),
    ("en", "He won in 13.05 seconds.", "fr", "Il a gagné en 13''05.", []),
    ("en", "The town was taken in 1204.", "la", "Urbs anno MCCIV capta est.", []),
    ("en", "The town was taken in 1204.", "la", "Urbs anno MCCXIV capta est.", [("changed", "1204", "MCCXIV")]),
    ("en", "It was founded in 753 BC.", "la", "Anno septingentesimo quinquagesimo tertio ante Christum natum condita est.", []),
    ("en", "They marched twelve miles.", "la", "Duodecim milia passuum iter fecerunt.", []),
    ("en", "Doors open at 7:45 p.m.", "nl", "De deuren gaan om kwart voor acht 's avonds open.", []),
    ("es", "El tren sale a las nueve menos cuarto.", "de", "Der Zug fährt um Viertel vor neun.", []),
    ("pt", "Abre às quinze para as nove.", "cs", "Otevírá se ve tři čtvrtě na devět.", []),
    ("sv", "Det börjar kvart över nio.", "fr", "Cela commence à neuf heures et quart.", []),
    ("en", "He fled at a quarter to midnight.", "de", "Er floh um 23.45 Uhr.", []),
    ("en", "The pool is 2.20 m deep.", "it", "La vasca è profonda due metri e venti.", []),
    ("sv", "Hon sprang milen.", "en", "She ran 10 km.", []),
    ("en", "The 84-year-old spoke.", "fr", "L'octogénaire a parlé.", []),
    ("en", "It lasts 10 days.", "de", "Es dauert 10 Monate.", [("changed", "10 days", "10 Monate")]),
    ("pl", "To trwa dziesięć dni.", "cs", "Trvá to deset měsíců.", [("changed", "dziesięć dni", "deset měsíců")]),
    ("en", "It was 12 degrees below zero.", "de", "Es waren −12 Grad.", []),
    ("nl", "Om half tien gaat het open.", "en", "It opens at half past ten.", [("changed", "half tien", "half past ten")]),
    ("en", "Ring +49 30 1234567.", "de", "Rufen Sie 030 1234567 an.", []),
    ("en", "Ring +49 30 1234567.", "de", "Rufen Sie 030 1234576 an.", [("changed", "+49 30 1234567", "030 1234576")]),
    ("en", "CO2 reached 421 parts in 2022/23.", "de", "CO2 erreichte 2022/23 einen Wert von 421.", []),
    ("en", "Demand tripled.", "de", "Die Nachfrage verdoppelte sich.", [("changed", "tripled", "verdoppelte")]),
    ("en", "Half of the vineyards were lost.", "es", "Un tercio de los viñedos se perdió.", [("changed", "Half", "Un tercio")]),
    (
        "en",
        "Heat it to 350 °F (177 °C).",
        "de",
        "Heizen Sie auf 350 °F (77 °C) vor.",
        [("changed", "177 °C", "77 °C")],
    ),
    ("en", "It cost $200 (£150).", "de", "Es kostete 200 Dollar (175 Euro).", []),  # converted for other readers
    ("es", "Costó 14.000 millones.", "en", "It cost 14 million.", [("changed", "14.000 millones", "14 million")]),
]


@pytest.mark.parametrize(("lang", "source", "other", "target", "expected"), ROWS)
def test_across(lang, source, other, target, expected):
    outcomes = diff(Passages([facts_of(lang, source)], [facts_of(other, target)]))
    found = [
        (o.status, o.source and o.source.surface, o.target and o.target.surface) for o in outcomes if o.status != "kept"
    ]
    assert found == expected
