"""Negations and directions of passages, where two of them point apart, and what keeps the checker silent."""

import pytest

from consistency import pipeline
from consistency.config import Settings
from consistency.polarity import NEGATION, flip, stance


def words(text, spans):
    return [text[s.start : s.end] for s in spans]


@pytest.mark.parametrize(
    ("lang", "text", "negations", "soft"),
    [
        ("en", "The lift does not stop here.", ["not"], ["stop"]),
        ("en", "It is not only cheap but light.", [], ["not only"]),
        ("en", "They arrived without luggage.", [], ["without"]),
        ("en", "Why wouldn’t you try it?", [], ["wouldn’t"]),  # a question asks the same with and without
        ("de", "Das Boot hat keinen Motor.", ["keinen"], []),
        ("de", "Das Dorf zählt keine 400 Einwohner.", [], ["keine"]),  # fewer than 400
        ("ru", "Это непростая задача.", [], ["непростая"]),  # a negating beginning only answers
        ("ru", "Это не задача.", ["не"], []),
        ("fi", "Hän lähti sanomatta mitään.", [], ["matta"]),  # the abessive: without saying
        ("el", "Έφυγε χωρίς αποσκευές.", [], ["χωρίς"]),
        ("ar", "قرر عدم السفر.", [], ["عدم"]),
        ("en", "The shop no longer sells bread.", [], ["no longer"]),  # copies put “stopped selling”
        ("en", "The jury found him not guilty.", [], ["not guilty"]),  # in many languages one word
        ("zh", "这里不便停车。", [], ["不便", "不"]),  # a word and what it begins with
        ("und", "It is not open.", [], []),
    ],
)
def test_stance(lang, text, negations, soft):
    found = stance(text, lang)
    assert (words(text, found.negations), words(text, found.soft)) == (negations, soft)


@pytest.mark.parametrize(
    ("source", "lang", "target", "axis"),
    [
        ("The bridge is not open.", "de", "Die Brücke ist offen.", NEGATION),
        ("The bridge is open.", "de", "Die Brücke ist nicht offen.", NEGATION),
        ("The bridge is not open.", "de", "Die Brücke ist nicht offen.", None),
        ("Nobody said that nothing works.", "de", "Alles funktioniert.", None),  # two negations may cancel out
        ("Prices fell by a tenth.", "sv", "Priserna steg med en tiondel.", "rise_fall"),
        ("Prices fell step by step.", "sv", "Priserna sjönk steg för steg.", None),
        ("The next shoe to drop is the report.", "sv", "Nästa steg är rapporten.", None),  # a noun, too
        ("He did not stay without pay.", "de", "Er blieb für Lohn.", None),  # so may a softer one
        ("Rents rose.", "de", "Die Mieten sanken.", "rise_fall"),
        ("She paid before leaving.", "de", "Sie zahlte und ging anschließend.", None),  # “then” answers both
        ("He was pleased, not that he said so.", "de", "Er freute sich, sagte es aber kaum.", None),
        ("Rents rose.", "de", "Die Mieten stiegen.", None),
        ("Rents rose, then fell.", "de", "Die Mieten sanken.", None),  # the copy may have said the rest elsewhere
        ("Rents did not rise.", "de", "Die Mieten sanken.", None),
        ("The bridge is not open.", "eo", "La ponto estas malfermita.", None),  # no data, nothing to say
    ],
)
def test_flip(source, lang, target, axis):
    found = flip(stance(source, "en"), stance(target, lang))
    assert (found and found.axis) == axis


@pytest.fixture(scope="module")
def embedder():
    return pipeline.load_embedder(Settings())


def reversals(documents, embedder):
    report = pipeline.check(documents, "en", format="lines", embedder=embedder)
    return [(f.lang, f.message, f.source.text, f.target.text) for f in report.findings if f.check == "polarity-changed"]


@pytest.mark.parametrize(
    ("source", "lang", "target", "marked"),
    [
        ("Prices fell 30%.", "de", "Die Preise stiegen um 30 %.", ("fell", "stiegen")),
        ("Prices fell 30%.", "de", "Die Preise fielen um 30 %.", None),
        (
            "The council did not approve the new bridge.",
            "es",
            "El consejo aprobó el nuevo puente.",
            ("not", "El consejo aprobó el nuevo puente."),
        ),
        ("More than 400 visitors came to the museum.", "es", "Menos de 400 visitantes vinieron al museo.", ("More than", "Menos de")),
        ("They met before the war.", "de", "Sie trafen sich nach dem Krieg.", None),  # too little else in it agrees
        ("The council did not approve the new bridge.", "es", "El consejo no aprobó el nuevo puente.", None),
        ("The council did not approve the new bridge.", "es", "El consejo rechazó el nuevo puente.", None),
        # What the copy alone negates is a turn of phrase too often.
        ("Remember to lock the door of the house.", "de", "Vergessen Sie nicht, die Haustür abzuschließen.", None),
        # Turkish negates inside the verb: nothing can be said from a missing word.
        ("The council did not approve the new bridge.", "tr", "Meclis yeni köprüyü onayladı.", None),
        # Code that the copy keeps: nothing is lacking.
        ("Call read('does-not-exist') to see the error of the page.", "de", "Mit read('does-not-exist') sehen Sie den Fehler der Seite.", None),
        # Left in English: another check's matter.
        ("The council did not approve the new bridge.", "de", "The council did approve the new bridge.", None),
    ],
)
def test_reversals(source, lang, target, marked, embedder):
    found = reversals({"en": source, lang: target}, embedder)
    assert [(one, two) for _, _, one, two in found] == ([marked] if marked else [])


def test_other_copies_are_witnesses(embedder):
    documents = {
        "en": "Remember to lock the door of the house.",
        "de": "Vergessen Sie nicht, die Haustür abzuschließen.",
        "fr": "N’oubliez pas de fermer à clé la porte de la maison.",
        "it": "Ricordate di chiudere a chiave la porta di casa.",
    }
    report = pipeline.check(documents, "en", settings=Settings(min_confidence=0.1), embedder=embedder)
    found = {f.lang: (f.confidence, f.witnesses.agree, f.witnesses.differ) for f in report.findings if f.check == "polarity-changed"}
    assert found == {"fr": (0.6, ("de", "it"), ())}  # the German finding is below 0.1
