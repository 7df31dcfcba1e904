"""Terms that a copy has to use."""

import pytest

from consistency.config import Term
from consistency.findings import Pair
from consistency.glossary import dropped_terms
from consistency.pipeline import read
from consistency.readers._load import from_text
from consistency.records import Alignment, Fact, Span

PORT = Term("port", {"de": ("Hafen", "Häfen"), "ja": ("港",), "ru": ("порт",)})
CLOUD = Term("Kontor Cloud", keep=True)
TERMINAL = Term("container terminal", {"de": ("Container Terminal",)})


def pair_of(source: str, target: str, lang: str) -> Pair:
    """Pair line with line; an empty line has no counterpart."""
    ours, theirs = source.split("\n"), target.split("\n")
    copies = [
        read(from_text("\n".join(filter(None, lines)), lang=tag, format="lines", path=f"{tag}.txt"))
        for tag, lines in (("en", ours), (lang, theirs))
    ]
    counts, beads = [0, 0], []
    for sides in zip(ours, theirs, strict=True):
        bead: list[tuple[int, ...]] = []
        for side, text in enumerate(sides):
            bead.append((counts[side],) if text else ())
            counts[side] += bool(text)
        beads.append(Alignment(bead[0], bead[1], 1.0))
    return Pair(*copies, tuple(beads))


@pytest.mark.parametrize(
    ("term", "source", "lang", "target", "dropped"),
    [
        (PORT, "The port is old.", "de", "Der Hafen ist alt.", []),
        (PORT, "The port is old.", "de", "Der Anleger ist alt.", ["port"]),
        (PORT, "The Port is old.", "de", "Das Alter des Hafens ist hoch.", []),  # a capital, an ending
        (PORT, "The port is old.", "de", "Der Seehafen ist alt.", []),  # inside another word
        (PORT, "The port is old.", "de", "Die HÄFEN sind alt.", []),
        (PORT, "The portfolio is old.", "de", "Das Angebot ist alt.", []),  # another word of the source
        (PORT, "The port is old.", "ja", "この港は古い。", []),
        (PORT, "The port is old.", "ja", "これは古い。", ["port"]),
        (PORT, "The port is old.", "ru", "Порты старые.", []),
        (PORT, "The port is old.", "fr", "Le quai est vieux.", []),  # the glossary says nothing on French
        (PORT, "The port is old.", "de-AT", "Der Anleger ist alt.", ["port"]),
        # Sentences were cut or ordered otherwise: the neighbour has one more than it needs.
        (PORT, "It is old.\nThe port is big.", "de", "Der Hafen ist alt.\nEr ist groß.", []),
        (PORT, "The port is old.\nThe port is big.", "de", "Der Hafen ist alt.\nEr ist groß.", ["port"]),
        (CLOUD, "Use Kontor Cloud now.", "de", "Nutzen Sie Kontor Cloud jetzt.", []),
        (CLOUD, "Use Kontor  Cloud now.", "de", "Nutzen Sie Kontor-Wolke jetzt.", ["Kontor Cloud"]),  # white space is folded
        (CLOUD, "Use Kontor Cloud now.", "de", "Nutzen Sie die kontor cloud jetzt.", ["Kontor Cloud"]),  # as written
        (CLOUD, "A kontor cloud is no product.", "de", "Eine Wolke.", []),
        (CLOUD, "Use Kontor Cloud now.", "he", "השתמשו בKontor Cloud עכשיו.", []),  # a prefix written to it
        (TERMINAL, "The container terminal.", "de", "Das Containers Terminals.", []),  # every word may go on
    ],
)  # fmt: skip
def test_dropped_terms(term, source, lang, target, dropped):
    found = dropped_terms(pair_of(source, target, lang), [term])
    assert [(f.check, f.lang, f.source.text) for f in found if f.source] == [
        ("term-dropped", lang, text) for text in dropped
    ]


def test_passage_without_counterpart():
    """A passage that is missing as a whole is another finding."""
    pair = pair_of("The port is old.\nThe end.", "\nDas Ende.", "de")
    assert list(dropped_terms(pair, [PORT])) == []


def test_finding():
    pair = pair_of("So the port is old.", "Der Anleger ist also alt.", "de")
    (found,) = dropped_terms(pair, [PORT])
    assert found.message == (
        "the term “port” has to be “Hafen” or “Häfen” in the German copy, which does not have it"
    )
    assert found.fact == Fact("term", "port", "port", Span(7, 11))
    assert found.source is not None
    assert found.target is not None
    assert (found.source.column, found.source.end_column, found.source.excerpt) == (
        8,
        12,
        "So the port is old.",
    )
    assert found.target.excerpt == "Der Anleger ist also alt."
    (kept,) = dropped_terms(pair_of("Use Kontor Cloud.", "Nutzen Sie uns.", "de"), [CLOUD])
    assert kept.message == (
        "the term “Kontor Cloud” must stay as it is in the German copy, which does not have it"
    )


def test_code_is_left_alone():
    """A variable named port is not translated."""
    copies = [
        read(from_text(text, lang=lang, format="markdown", path=f"{lang}.md"))
        for lang, text in (("en", "```\nport = 1\n```\n"), ("de", "```\nport = 1\n```\n"))
    ]
    pair = Pair(*copies, (Alignment((0,), (0,), 1.0),))
    assert list(dropped_terms(pair, [PORT])) == []
