"""Time grows with the size of what is read, whatever stands in it; what hides text is found, what is ordinary is not."""

import pytest

from benchmarks import hostile
from consistency.config import Settings
from consistency.findings import Copy
from consistency.hidden import hidden
from consistency.pipeline import check, load_embedder
from consistency.readers._load import from_text
from consistency.segment import segment

# The shapes that once took more than linear time, or that a pattern of ours comes close to; `make bench` runs all of
# them on every step and language.
ONCE_SLOW = {
    "facts en": [
        "months",  # every date was compared with every one before it
        "dates",
        "years",
        "slashes",
        "full-width",  # a number of thousands of digits was turned into an hour
        "arabic digits",
        "digit groups",
        "digits then letter",
    ],
    "facts ja": ["spelled ja", "spelled ja both", "spelled ja million", "full-width", "fractions", "hex"],  # the rest of the numbers was copied for each
    "facts zh": ["spelled ja tens", "spelled ja million"],  # every syllable was compared with every number
    "facts de": ["spelled de", "spelled de and", "letters"],
    "facts fr": ["spelled fr", "spaces between digits"],
    "facts ar": ["spelled ar", "arabic groups"],
    "segment en": ["backticks", "backtick words", "fences"],  # sentencex, which is given long blocks in windows now
    "read tmx": ["many translations"],  # the lines of the file were counted for each of its languages
    "anchors": ["zeros", "one.", "letters"],  # an e-mail address was looked for from every letter of a word
}
ROWS = [(step, shape) for step, shapes in ONCE_SLOW.items() for shape in shapes]
EVERYWHERE = ["one,", "digits", "spaces", "commas", "brackets", "less", "stars", "words", "one line"]
STEPS = ["facts en", "facts ja", "segment en", "detect", "embed"]


@pytest.fixture(scope="module")
def calls():
    return {}


@pytest.mark.parametrize(("step", "shape"), [*ROWS, *((step, shape) for step in STEPS for shape in EVERYWHERE)])
def test_twice_the_text_takes_twice_the_time(step, shape, calls):
    run = calls.get(step) or calls.setdefault(step, hostile.steps()[step]())
    # A busy machine makes single measurements of milliseconds wild; what is quadratic stays so when measured again.
    rows = []
    while not rows or (len(rows) < 4 and rows[-1].ratio > hostile.LIMIT):
        rows.append(hostile.measured(step, run, shape, largest=200_000))
    assert min(row.ratio for row in rows) <= hostile.LIMIT, rows


EMBEDDER = load_embedder(Settings())
DUMP = "; ".join(map(str, range(3000, 3400)))


@pytest.mark.parametrize(
    ("source", "copy", "findings", "notes"),
    [
        # Comparing is quadratic in the facts of a passage: a dump of numbers is left alone, and that is said.
        (DUMP, DUMP.replace("3033", "7"), [], ["de: 1 passage holds more than 200 facts: they were not compared"]),
        (DUMP[:500], DUMP[:500].replace("3033", "7003"), ["number-changed"], []),
    ],
)
def test_a_dump_of_numbers(source, copy, findings, notes):
    report = check({"en": f"The numbers: {source}", "de": f"Die Zahlen: {copy}"}, "en", embedder=EMBEDDER)
    assert ([finding.check for finding in report.findings], list(report.notes)) == (findings, notes)


@pytest.mark.parametrize(
    ("text", "n_segments"),
    [
        ("It sold 12 cars. " * 2_000, 2_000),  # 34,000 characters in one block
        ("word " * 5_000, 1),  # no sentence ends: none begins where a window does
    ],
)
def test_long_blocks_are_cut_at_sentences_only(text, n_segments):
    segments = segment(from_text(text, lang="en"))
    assert len(segments) == n_segments
    assert {s.text for s in segments} == ({"It sold 12 cars."} if n_segments > 1 else {text.strip()})


def found(text: str, lang: str) -> list[tuple[int, int, str]]:
    """Return line, column and message of what is hidden in a text."""
    document = from_text(text, lang=lang, format="markdown", path="a.md")
    places = [(finding.target, finding.message) for finding in hidden(Copy(document, (), ()))]
    return [(place.line, place.column, message) for place, message in places if place]


OVERRIDE = "a right-to-left override changes the order in which text is shown"
ISOLATE = "a right-to-left isolate changes the order in which text is shown"
EMBEDDING = "a right-to-left embedding changes the order in which text is shown"
PARTED = "an invisible character parts a word"


@pytest.mark.parametrize(
    ("lang", "text", "result"),
    [
        ("en", "Pay \u202e001\u202c now.", [(1, 5, f"{OVERRIDE}: “<U+202E>001<U+202C>”")]),
        ("en", "One.\n\nPay \u202e001 now.", [(3, 5, f"{OVERRIDE}: “<U+202E>001 now.”")]),  # never closed
        ("he", "המחיר \u202e100\u202c שקל", [(1, 7, f"{OVERRIDE}: “<U+202E>100<U+202C>”")]),  # digits are turned in any language
        ("he", "המחיר \u202dשקל\u202c", [(1, 7, "a left-to-right override changes the order in which text is shown: “<U+202D>שקל<U+202C>”")]),
        ("en", "if \u2067(admin)\u2069 end", [(1, 4, f"{ISOLATE}: “<U+2067>(admin)<U+2069>”")]),
        ("en", "He said \u202bשלום and left.", [(1, 9, f"{EMBEDDING}: “<U+202B>שלום and left.”")]),  # the end is turned too
        ("he", "אמר \u2066hello והלך", [(1, 5, "a left-to-right isolate changes the order in which text is shown: “<U+2066>hello והלך”")]),
        ("fr", "le mot de pas\u200bse", [(1, 11, f"{PARTED}: “pas<U+200B>se”")]),
        ("en", "pass\u200bword and re\u2060fund", [(1, 1, f"{PARTED}, 2 places: “pass<U+200B>word”")]),
        ("en", "Hi\U000e0068\U000e0069.", [(1, 3, "invisible tag characters spell a text: “<U+E0068><U+E0069>”")]),
        ("en", "Hi" + "\ufe01" * 3, [(1, 3, "a row of variation selectors, which nobody sees, holds data: “" + "<U+FE01>" * 3 + "”")]),
        # Ordinary uses.
        ("en", "He said \u2067שלום\u2069 and left.", []),
        ("en", "Hello, \u2068Anna\u2069, you have \u20683\u2069 messages.", []),  # what Fluent puts around every value
        ("en", "Call \u202a+49 30 1234\u202c.", []),  # as copied from an address book
        ("he", "\u202bהמחיר\u202c", []),
        ("he", "אמר \u2066hello\u2069 והלך", []),
        ("he", "\u202eשלום\u202c", []),  # forced into the direction it has
        ("en", "a\u202c b\u2069", []),  # ends without a beginning do nothing
        ("en", "a \u202ex\u202c", []),  # one letter has no order
        ("fa", "می\u200cدهید", []),  # Persian joins its prefixes so
        ("hi", "क\u094d\u200dष", []),
        ("de", "Auf\u200clage", []),  # typesetters part ligatures
        ("de", "Donau\u200bdampfschifffahrtsgesellschaft", []),  # a place to break a long word
        ("en", "and/\u200bor", []),
        ("th", "สวัสดี\u200bครับ", []),  # the scripts without spaces part words so
        ("ja", "東京\u200b都", []),
        ("en", "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", []),  # the flag of England
        ("en", "\u2764\ufe0f and \U0001f469\u200d\U0001f4bb", []),
        ("en", "soft\u00adware", []),
        ("en", "\u200bStart", []),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_hidden(lang, text, result):
    assert found(text, lang) == result
