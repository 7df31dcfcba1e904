"""What the articles themselves say to ignore."""

from dataclasses import replace

import pytest

from consistency.records import Block, Document, Finding, Location, Pragma, Span
from consistency.suppress import suppressed

TEXT = "One.\nTwo.\nThree.\n"
LINES = (0, 5, 10, 17)


def document(lang: str, *pragmas: Pragma) -> Document:
    blocks = tuple(Block("paragraph", Span(start, start + 4)) for start in LINES[:3])
    return Document(
        f"{lang}.md", lang, TEXT, range(len(TEXT) + 1), blocks, pragmas=pragmas, line_starts=LINES
    )


def at(lang: str, line: int) -> Location:
    return Location(f"{lang}.md", lang, line, 1, line, 4, "One", "One.", Span(0, 3))


FINDING = Finding("number-dropped", "error", 0.9, "said", "de", at("en", 1), at("de", 2))
LOST = replace(FINDING, check="segment-dropped", target=None)
HERE = Pragma("number-dropped", "known", Span(5, 9))
FIRST = Pragma("number-dropped", "known", Span(0, 4))
WHOLE = Pragma("number-dropped", "", None)


@pytest.mark.parametrize(
    ("finding", "source", "target", "ignored"),
    [
        (FINDING, (), (), False),
        (FINDING, (), (HERE,), True),
        (FINDING, (), (WHOLE,), True),
        (FINDING, (), (FIRST,), False),  # another passage of the copy
        (FINDING, (FIRST,), (), True),  # the source's passage: every copy may lack it
        (FINDING, (HERE,), (), False),
        (FINDING, (WHOLE,), (), True),
        (FINDING, (), (replace(HERE, check="number-added"),), False),
        (replace(FINDING, lang="fr", target=at("fr", 2)), (), (WHOLE,), False),  # another copy's
        # A passage without a counterpart has no place in the copy, which may still speak for itself as a whole.
        (LOST, (), (replace(HERE, check="segment-dropped"),), False),
        (LOST, (), (replace(WHOLE, check="segment-dropped"),), True),
        (LOST, (replace(FIRST, check="segment-dropped"),), (), True),
    ],
)
def test_suppressed(finding, source, target, ignored):
    documents = [document("en", *source), document("de", *target)]
    assert suppressed([finding], documents) == (() if ignored else (finding,), ())


def test_unknown_check():
    """A slip in a comment is said: else it would seem to work until the finding shows up."""
    copy = document("de", replace(HERE, check="number-droped"), replace(WHOLE, check="xyz"))
    assert suppressed([], [document("en"), copy]) == (
        (),
        (
            "de.md:2: a comment ignores number-droped, which is no check; did you mean number-dropped?",
            "de.md: a comment ignores xyz, which is no check",
        ),
    )
