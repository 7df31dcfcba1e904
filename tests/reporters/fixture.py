"""One hand-made report that every renderer is tested on: every family of checks, and texts that attack."""

from decimal import Decimal

from consistency.records import (
    Alignment,
    Clock,
    DocumentSummary,
    Fact,
    Finding,
    Location,
    PartialDate,
    Quantity,
    Report,
    Signature,
    Span,
    Value,
    Witnesses,
)

PATHS = {
    "en": "docs/harbour.md",
    "de": "docs/harbour.de.md",
    "ar": "docs/harbour.ar.md",
    "ja": "docs/harbour.ja.md",
    "fr": "docs/le port & <le quai>, a:b.md",  # a path that every format has to escape
    "it": "docs/harbour.it.md",
}
LONG = (
    "The harbour board, which had met behind closed doors for the whole of the winter and had heard the "
    "shipping lines, the unions, the pilots, two insurers and the owners of the old fish market, decided in "
    "the end that 38,000 containers a year would have to be enough, and that the new quay could not be "
    "widened before the dredging was paid for, whatever the shipping lines had been told before by the city."
)
HOSTILE = (
    'Click <script>alert("x")</script> | **now**\n::error::@team #12 `rm` \x1b[31mred\x07 \u202eabc ]]> 50%'
)


def place(lang: str, line: int, excerpt: str, text: str = "", column: int = 1) -> Location:
    """Point at `text` in `excerpt`, which starts at line:column; all of it without `text`."""
    text = text or excerpt
    start = excerpt.index(text)
    first = column + start
    mark = Span(start, start + len(text))
    return Location(PATHS[lang], lang, line, first, line, first + len(text), text, excerpt, mark)


def fact(kind: str, value: Value, surface: str) -> Fact:
    return Fact(kind, value, surface, Span(0, len(surface)))


OPENED = "The harbour opened on July 3, 2024 and moved 38,000 containers, six times as many as in 2014."
OPENED_DE = "Der Hafen wurde am 4. Juli 2024 eröffnet und wächst seither."
OPENED_AR = "افتُتح الميناء في 3 يوليو 2024 ونقل 83,000 حاوية."
OPENED_JA = "港は2024年7月3日に開港し、コンテナ三万八千個を運び、貨物の量は大きく増えました。"
FREE = "Entry is not free before 18:30."
FREE_JA = "入場は無料です。"

FINDINGS = (
    Finding(
        "number-dropped",
        "error",
        0.974,
        '"38,000" is missing: the copy gives no such number.',
        "de",
        place("en", 3, OPENED, "38,000"),
        place("de", 3, OPENED_DE),
        fact("number", Quantity(Decimal(38000)), "38,000"),
        Witnesses(("ja", "fr"), ("ar",)),
        "0a1b2c3d4e5f6071",
    ),
    Finding(
        "multiple-dropped",
        "warning",
        0.81,
        '"six times" is missing',  # a message without a full stop
        "de",
        place("en", 3, OPENED, "six times"),
        place("de", 3, OPENED_DE),
        fact("multiple", Quantity(Decimal(6), "multiple"), "six times"),
        Witnesses((), ("ar", "ja")),
        "0a1b2c3d4e5f6072",
    ),
    Finding(
        "date-changed",
        "error",
        0.93,
        '"July 3, 2024" became "4. Juli 2024".',
        "de",
        place("en", 3, OPENED, "July 3, 2024"),
        place("de", 3, OPENED_DE, "4. Juli 2024"),
        fact("date", PartialDate(2024, 7, 3), "July 3, 2024"),
        Witnesses(("ar", "ja", "fr")),
        "0a1b2c3d4e5f6073",
    ),
    Finding(
        "fact-moved",
        "note",
        0.6,
        '"USD 2 million" stands in another paragraph.',
        "de",
        place("en", 9, "It cost USD 2 million.", "USD 2 million"),
        place("de", 21, "Die Kosten: 2 Mio. USD", "2 Mio. USD", 5),
        fact("money", Quantity(Decimal("2E+6"), "USD"), "USD 2 million"),
        fingerprint="0a1b2c3d4e5f6074",
    ),
    Finding(
        "number-changed",
        "error",
        0.9,
        '"38,000" became "83,000".',
        "ar",
        place("en", 3, OPENED, "38,000"),
        place("ar", 3, OPENED_AR, "83,000"),
        fact("number", Quantity(Decimal(38000)), "38,000"),
        Witnesses(("ja",)),
        "0a1b2c3d4e5f6075",
    ),
    Finding(
        "polarity-changed",
        "warning",
        0.7,
        "The source says no, the copy says yes.",
        "ja",
        place("en", 5, FREE, "not"),
        place("ja", 5, FREE_JA),
        fact("polarity", "negative", "not"),
        fingerprint="0a1b2c3d4e5f6076",
    ),
    Finding(
        "number-added",
        "warning",
        0.66,
        '"三万八千個" has no counterpart in the source.',
        "ja",
        None,
        place("ja", 3, OPENED_JA, "三万八千"),
        fact("number", Quantity(Decimal(38000), bound="~"), "三万八千"),
        Witnesses(("de",), ("ar",)),
        "0a1b2c3d4e5f6077",
    ),
    Finding(
        "time-dropped",
        "warning",
        0.75,
        '"18:30" is missing.',
        "ja",
        place("en", 5, FREE, "18:30"),
        place("ja", 5, FREE_JA),
        fact("time", Clock(18, 30), "18:30"),
        fingerprint="0a1b2c3d4e5f6078",
    ),
    Finding(
        "segment-dropped",
        "error",
        0.95,
        "This passage has no counterpart.",
        "ja",
        place("en", 14, LONG, "38,000"),
        None,
        fingerprint="0a1b2c3d4e5f6079",
    ),
    Finding(
        "segment-untranslated",
        "warning",
        0.88,
        "This passage is left in the language of the source.",
        "fr",
        place("en", 20, HOSTILE),
        place("fr", 20, HOSTILE, '<script>alert("x")</script> | **now**\n::error::'),
        fingerprint="0a1b2c3d4e5f607a",
    ),
    Finding(
        "segment-added",
        "warning",
        0.8,
        f"Hostile on purpose: {HOSTILE}",
        "fr",
        None,
        place("fr", 22, "Le port reste ouvert en hiver."),
        fingerprint="0a1b2c3d4e5f607b",
    ),
    Finding(
        "document-unrelated",
        "error",
        0.99,
        "This is not a version of the source: 2 of 40 passages have a counterpart.",
        "it",
        None,
        None,
        fingerprint="0a1b2c3d4e5f607c",
    ),
)

REPORT = Report(
    documents=(
        DocumentSummary(PATHS["en"], "en", "source", 9, 14, "name"),
        DocumentSummary(PATHS["de"], "de", "translation", 9, 13, "name"),
        DocumentSummary(PATHS["ar"], "ar", "translation", 9, 14, "front matter"),
        DocumentSummary(
            PATHS["ja"], "ja", "translation", 8, 12, "text", ("1 table: its rows differ in length",)
        ),
        DocumentSummary(PATHS["fr"], "fr", "translation", 9, 15, "option"),
        DocumentSummary(PATHS["it"], "it", "translation", 3, 40, "name"),
        DocumentSummary("docs/harbour.nl.md", "nl", "translation", 9, 14, "name"),
    ),
    findings=FINDINGS,
    counts={
        "facts_compared": 214,
        "facts_dropped": 3,
        "facts_added": 1,
        "facts_changed": 2,
        "segments_aligned": 57,
        "segments_dropped": 1,
        "segments_added": 1,
        "findings_ignored": 1,
        "findings_accepted": 3,
        "entries_gone": 2,
    },
    signature=Signature("1.2.3", "embedded 0123abcd", {"min_confidence": "0.5", "disabled": ""}),
    alignments={
        "de": (Alignment((0,), (0,), 0.98765), Alignment((1, 2), (1,), 0.7), Alignment((3,), (), 0.0)),
        "ja": (Alignment((0,), (1,), 0.5, moved=True), Alignment((), (2,), 0.0)),
    },
    notes=(
        "it: not a version of the source, its facts were not compared",
        f"{PATHS['ja']}: 1 table: its rows differ in length",  # said again in the document's summary
    ),
)

CLEAN = Report(
    documents=(
        DocumentSummary("a.en.md", "en", "source", 2, 3, "name"),
        DocumentSummary("a.de.md", "de", "translation", 2, 3, "name"),
    ),
    findings=(),
    counts={
        "facts_compared": 1,
        "facts_dropped": 0,
        "facts_added": 0,
        "facts_changed": 0,
        "segments_aligned": 3,
        "segments_dropped": 0,
        "segments_added": 0,
    },
    signature=Signature("1.2.3", "embedded 0123abcd", {}),
)
