import pytest

from consistency.diff import Passages, diff
from tests.facts_of import facts_of

ROWS = [
    ("kept", "It has 12 rooms.", "Es hat 12 Zimmer.", []),
    ("kept in another unit", "It is 1.2 miles long.", "Es ist 1,9 Kilometer lang.", []),
    (
        "dropped",
        "The firm employs 12,500 people.",
        "Die Firma beschäftigt viele.",
        [("dropped", "12,500", None)],
    ),
    ("added", "It has rooms.", "Es hat 412 Zimmer.", [("added", None, "412")]),
    (
        "changed",
        "The firm employs 12,500 people.",
        "Die Firma beschäftigt 15.200 Leute.",
        [("changed", "12,500", "15.200")],
    ),
    ("other currency", "It cost $20.", "Es kostete 20 Euro.", [("changed", "$20", "20 Euro")]),
    ("other month", "on July 3, 1998", "am 3. Juni 1998", [("changed", "July 3, 1998", "3. Juni 1998")]),
    ("small spelled numbers come and go", "One of the two left.", "Einer ging.", []),
    ("spelled, but another", "It names ten rules.", "Es nennt zwölf Regeln.", [("changed", "ten", "zwölf")]),
    ("a share, and another", "A third of them left.", "Ein Viertel ging.", [("changed", "A third", "Ein Viertel")]),
    ("half a year, three years", "It took half a year.", "Es dauerte drei Jahre.", [("changed", "half a year", "drei Jahre")]),
    ("two weeks, two months", "It took two weeks.", "Es dauerte zwei Monate.", [("changed", "two weeks", "zwei Monate")]),
    ("two weeks, fifteen days", "It took two weeks.", "Es dauerte 15 Tage.", []),
    ("doubled, tripled", "Sales doubled.", "Der Absatz verdreifachte sich.", [("changed", "doubled", "verdreifachte")]),
    ("what tripled is no percentage", "Sales tripled, costs rose by 3%.", "Der Absatz verdoppelte sich, die Kosten stiegen um 3 %.", [("changed", "tripled", "verdoppelte")]),
    ("seven miles, nine miles", "It is seven miles long.", "Es ist neun Meilen lang.", [("changed", "seven miles", "neun Meilen")]),
    ("an hour in words", "at seven in the evening", "um sechs Uhr abends", [("changed", "seven in the evening", "sechs Uhr abends")]),
    ("the centuries in words", "in the fifth century", "im sechsten Jahrhundert", [("changed", "fifth century", "sechsten Jahrhundert")]),
    ("weekday changed", "on Saturday", "am Sonntag", [("changed", "Saturday", "Sonntag")]),
    ("weekday dropped", "on Saturday it rained", "es regnete", []),
    ("said twice, written once", "5 of us and 5 more", "jeweils 5 von uns", []),
    (
        "values traded places",
        "In 2019 it was 4%; in 2020 it was 9%.",
        "2019 waren es 9 %, 2020 waren es 4 %.",
        [("swapped", "4%", "4 %")],
    ),
    (
        "values took each other's unit",
        "It built 90 cars, of which 150,000% went abroad.",
        "Es baute 150.000 Autos, von denen 90 % ins Ausland gingen.",
        [("swapped", "90", "90 %")],
    ),
    (
        "a unit that one copy leaves out",
        "It sold 90 cars, of which 60% went abroad.",
        "Es verkaufte 90 Autos, von denen 60 ins Ausland gingen.",
        [],
    ),
    (
        "a year took the bound of a count",
        "In 200 the flood killed more than 1938 people.",
        "1938 starben bei der Flut mehr als 200 Menschen.",
        [("swapped", "1938", "1938")],
    ),
    (
        "more than, said of a whole list",
        "It keeps more than 270 houses and 38 gardens.",
        "Es pflegt 270 Häuser und mehr als 38 Gärten.",
        [],
    ),
    (
        "clauses traded places",
        "In 2019 it was 4%; in 2020 it was 9%.",
        "2020 waren es 9 %, 2019 waren es 4 %.",
        [],
    ),
    ("a year lost", "He left in May 2011.", "Er ging im Mai.", [("changed", "May 2011", "Mai")]),
    ("a year said of the other end", "from April to June 2011", "von April 2011 bis Juni", []),
    ("a day gained", "He left in June.", "Er ging am 12.6.", [("changed", "June", "12.6")]),
    (
        "a number lost before its scale word",
        "An average of million saw it.",
        "Im Mittel sahen es 5,69 Millionen.",
        [("changed", "million", "5,69 Millionen")],
    ),
    ("several of another scale", "Several thousand came.", "Es kamen mehrere zehntausend.", [("changed", "Several thousand", "mehrere zehntausend")]),
    ("several of one scale", "Several thousand came.", "Es kamen Tausende.", []),
    ("about a hundred", "Hundreds came.", "Sie kamen zu 100 Leuten.", []),
    ("half of a score", "City 2 – 1 Town", "City – 1 Town", [("dropped", "2", None)]),
    ("the 1 of a score", "City 1 – 0 Town", "City – 0 Town", [("dropped", "1", None)]),
    ("a lone 1", "No. 1 in the country", "die Besten im Land", []),
    ("hours in digits", "It ended.", "Um 6 Uhr war Schluss.", [("added", None, "6 Uhr")]),
    ("a spelled ordinal is no misread number", "On second thought, no.", "Nein, mit 20 Jahren.", [("added", None, "20 Jahren")]),
    ("counts of unlike things", "six times as many", "in zehn Jahren", [("dropped", "six times", None)]),
]


@pytest.mark.parametrize(("name", "source", "target", "expected"), ROWS)
def test_diff(name, source, target, expected):
    outcomes = diff(Passages([facts_of("en", source)], [facts_of("de", target)]))
    found = [
        (o.status, o.source and o.source.surface, o.target and o.target.surface)
        for o in outcomes
        if o.status != "kept"
    ]
    assert found == expected


def test_years_in_digits_are_added_whatever_they_measure():
    outcomes = diff(Passages([facts_of("en", "He came back years later.")], [facts_of("zh", "45年后，他回来了。")]))
    assert [(o.status, o.target and o.target.surface) for o in outcomes] == [("added", "45年")]


def test_a_rare_value_elsewhere_in_the_copy_has_moved():
    source = [facts_of("en", "There are 12,345 trees."), (), (), facts_of("en", "The end.")]
    target = [(), (), (), facts_of("de", "Es sind 12.345 Bäume.")]
    assert [(o.status, o.bead) for o in diff(Passages(source, target))] == [("moved", 0)]


def test_a_slip_of_magnitude_is_told_though_the_headline_has_the_value():
    source = [facts_of("en", "38,000 patents"), facts_of("en", "There are 38,000 patents.")]
    target = [facts_of("de", "38.000 Patente"), facts_of("de", "Es gibt 380.000 Patente.")]
    found = [(o.status, o.bead, o.target.surface) for o in diff(Passages(source, target)) if o.status != "kept"]
    assert found == [("changed", 1, "380.000")]


@pytest.mark.parametrize(("said", "expected"), [("57 percent", []), ("58 percent", ["57 %"])])
def test_a_rare_value_of_the_passage_before_may_be_said_again(said, expected):
    source = [facts_of("en", f"About {said} had read it."), facts_of("en", "Of those, 70 percent agreed.")]
    target = [facts_of("de", f"Etwa {said.replace('percent', 'Prozent')} hatten es gelesen."), facts_of("de", "Von diesen 57 % stimmten 70 % zu.")]
    assert [o.target.surface for o in diff(Passages(source, target)) if o.status == "added"] == expected


def test_a_value_in_the_next_passage_is_kept_silently():
    source = [facts_of("en", "There are 12 trees."), facts_of("en", "The end.")]
    target = [(), facts_of("de", "Es sind 12 Bäume.")]
    assert diff(Passages(source, target)) == ()


@pytest.mark.parametrize(
    ("source", "target", "pairs"),
    [
        # Said twice, and written once: the one that stands nearest is answered, counted in shares of the passage.
        ("5 apples, 70 pears and 5 plums", "70 Birnen und 5 Pflaumen", [("70", "70"), ("5 plums", "5 Pflaumen")]),
        ("5 plums and 70 pears", "5 Pflaumen, 70 Birnen und 5 Quitten", [("5 plums", "5 Pflaumen"), ("70", "70")]),
        # The surest agreement comes first, wherever it stands.
        ("1.2 miles, or 1.9 km", "1,9 km", [("1.9 km", "1,9 km")]),
    ],
)
def test_pairs_are_the_surest_and_the_nearest(source, target, pairs):
    texts = (source, target)
    outcomes = diff(Passages([facts_of("en", source)], [facts_of("de", target)]))
    kept = [(o.source, o.target) for o in outcomes if o.status == "kept"]
    shown = [tuple(text[f.span.start : f.span.start + len(words)] for f, text, words in zip(pair, texts, said, strict=True)) for pair, said in zip(kept, pairs, strict=True)]
    assert shown == pairs


@pytest.mark.parametrize(
    ("source", "target", "status"),
    [
        ("There are 345 trees.", "Es sind 345 Bäume.", "moved"),
        ("There are 45 trees.", "Es sind 45 Bäume.", "dropped"),  # two digits stand in any text
        ("It rose 45 %.", "Es stieg um 45 %.", "moved"),
        ("It rose 40 %.", "Es stieg um 40 %.", "dropped"),  # a round share is no rare one
        ("on July 3, 1998", "am 3. Juli 1998", "moved"),
        ("in July 1998", "im Juli 1998", "dropped"),  # no day
        ("at 9:30 a.m.", "um 9.30 Uhr", "dropped"),  # a time of day is met anywhere
        ("see https://example.org/a", "siehe https://example.org/a", "moved"),
    ],
)
def test_only_a_rare_value_far_off_is_the_same(source, target, status):
    passages = Passages([facts_of("en", source), (), (), ()], [(), (), (), facts_of("de", target)])
    assert diff(passages)[0].status == status


def test_every_lost_value_contradicts_one_gained():
    found = diff(Passages([facts_of("en", "It has 412 rooms and 733 beds.")], [facts_of("de", "Es hat 413 Zimmer.")]))
    assert [(o.status, o.source.surface, o.target and o.target.surface) for o in found] == [("changed", "412", "413"), ("dropped", "733", None)]
    found = diff(Passages([facts_of("en", "It has 412 rooms.")], [facts_of("de", "Es hat 413 Zimmer und 735 Betten.")]))
    assert [(o.status, o.source and o.source.surface, o.target.surface) for o in found] == [("changed", "412", "413"), ("added", None, "735")]
