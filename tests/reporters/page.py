"""A report with everything the HTML page can show: passages, a run that was dropped, a move, right to left."""

from dataclasses import replace

from consistency.records import (
    Alignment,
    DocumentSummary,
    Finding,
    Location,
    Position,
    Report,
    Signature,
    Span,
    Witnesses,
)

PASSAGES = {
    "en": (
        "The old harbour opens again",
        "The harbour opened on 3 July 2024 and moved 38,000 containers in its first year.",
        "Entry costs USD 5.",
        "Read more.",
        "The pilots' house was built of oak.",
        "It burned down twice, and nobody knows why.",
        "Bring a coat.",
        "Read more.",
        "Ring 555-0100 after 18:30.",
    ),
    "de": (
        "Der alte Hafen öffnet wieder",
        "Der Hafen wurde am 3. Juli 2024 eröffnet.",
        "Im ersten Jahr bewegte er 38.000 Container.",
        "Der Eintritt kostet 5 US-Dollar.",
        "Mehr lesen.",
        "Nehmen Sie einen Mantel mit.",
        "Mehr lesen.",
        "Rufen Sie nach 18:30 Uhr 555-0100 an.",
    ),
    "ar": (
        "الميناء القديم يُفتح من جديد",
        "افتُتح الميناء في 3 يوليو 2024 ونقل 83,000 حاوية في عامه الأول.",
        "USD 5 هو ثمن الدخول.",
        "اقرأ المزيد.",
        "بُني بيت المرشدين من خشب البلوط.",
        "احترق مرتين ولا أحد يعرف السبب.",
        "أحضر معطفًا.",
        "اقرأ المزيد.",
        "Ring 555-0100 after 18:30.",
    ),
    "ja": (
        "古い港が再び開く",
        "港は2024年7月3日に開港し、最初の年にコンテナ三万九千個を運びました。",
        "続きを読む。",
        "水先人の家は樫で建てられました。",
        "二度焼けましたが、理由は誰も知りません。",
        "上着をお持ちください。",
        "続きを読む。",
        "入場料は5米ドルです。",
        "18時半以降に555-0100へお電話ください。",
        "駐車場はありません。",
    ),
}


def path(lang: str) -> str:
    return f"port/{lang}.md"


def document(lang: str) -> DocumentSummary:
    texts = PASSAGES[lang]
    places = tuple(Position(2 * index + 1, 1) for index in range(len(texts)))
    role = "source" if lang == "en" else "translation"
    return DocumentSummary(path(lang), lang, role, len(texts), len(texts), "name", (), texts, places)


def at(lang: str, first: int, text: str = "", last: int | None = None) -> Location:
    """Point at `text` in the passages from first to last, at all of them without `text`."""
    excerpt = "\n\n".join(PASSAGES[lang][first : (first if last is None else last) + 1])
    start = excerpt.index(text)
    mark = Span(start, start + len(text or excerpt))
    line = 2 * first + 1
    return Location(path(lang), lang, line, start + 1, line, mark.end + 1, text or excerpt, excerpt, mark)


def one_to_one(*pairs: tuple[int | tuple[int, ...], int | tuple[int, ...]]) -> tuple[Alignment, ...]:
    def indices(side: int | tuple[int, ...]) -> tuple[int, ...]:
        return (side,) if isinstance(side, int) else side

    beads = (Alignment(indices(left), indices(right), 0.0) for left, right in pairs)
    alike = (0.91, 0.62, 0.48, 0.97, 0.55, 0.34, 0.79)
    return tuple(
        replace(bead, similarity=alike[index % len(alike)]) if bead.source and bead.target else bead
        for index, bead in enumerate(beads)
    )


BEADS = {
    "de": one_to_one((0, 0), (1, (1, 2)), (2, 3), (3, 4), (4, ()), (5, ()), (6, 5), (7, 6), (8, 7)),
    "ar": one_to_one(*((index, index) for index in range(9))),
    "ja": tuple(
        replace(bead, moved=bead.source == (2,))
        for bead in one_to_one(
            (0, 0), (1, 1), (2, 7), (3, 2), (4, 3), (5, 4), (6, 5), (7, 6), (8, 8), ((), 9)
        )
    ),
}


def matrix(lang: str) -> tuple[str, ...]:
    """Return what the embedder might say of any two passages: little, and more where they belong together."""
    alike = {(i, j): bead.similarity for bead in BEADS[lang] for i in bead.source for j in bead.target}
    chance = [(i, j) for j in range(len(PASSAGES[lang])) for i in range(len(PASSAGES["en"]))]
    digits = "".join(str(int(alike.get((i, j), (i * 7 + j * 5) % 4 / 10) * 10)) for i, j in chance)
    wide = len(PASSAGES["en"])
    return tuple(digits[start : start + wide] for start in range(0, len(digits), wide))


FINDINGS = (
    Finding(
        "segment-dropped", "error", 0.95, "a passage of 2 segments is not in the German copy", "de",
        at("en", 4, last=5), None, fingerprint="0000000000000001",
    ),
    Finding(
        "number-changed", "error", 0.96, "the number “38,000” became “83,000” in the Arabic copy", "ar",
        at("en", 1, "38,000"), at("ar", 1, "83,000"), None, Witnesses(("de",), ("ja",)), "0000000000000002",
    ),
    Finding(
        "segment-untranslated", "warning", 0.88, "a passage of the Arabic copy is in English", "ar",
        at("en", 8), at("ar", 8), fingerprint="0000000000000003",
    ),
    Finding(
        "segment-moved", "note", 0.7, "a passage stands elsewhere in the Japanese copy", "ja",
        at("en", 2), at("ja", 7), fingerprint="0000000000000004",
    ),
    Finding(
        "segment-added", "warning", 0.8, "a passage is only in the Japanese copy", "ja",
        None, at("ja", 9), fingerprint="0000000000000005",
    ),
    Finding(
        "term-dropped", "warning", 0.9, "“more” is not rendered as “weiter”", "de",
        replace(at("en", 7, "more"), line=15), replace(at("de", 6, "Mehr"), line=13), fingerprint="0000000000000006",
    ),
)  # fmt: skip
PAGE = Report(
    documents=tuple(document(lang) for lang in PASSAGES),
    findings=FINDINGS,
    counts={"facts_compared": 15, "facts_dropped": 0, "facts_added": 0, "facts_changed": 1,
            "segments_aligned": 24, "segments_dropped": 2, "segments_added": 1,
            "findings_accepted": 3, "findings_ignored": 1},
    signature=Signature("1.2.3", "embedded 0123abcd", {"min_confidence": "0.7"}),
    alignments=BEADS,
    matrices={lang: matrix(lang) for lang in BEADS},
    notes=("port/ja.md: 1 table: its rows differ in length",),
)  # fmt: skip
HOSTILE = (
    "<script>window.ran = 1</script>",
    "</style><script>window.ran = 1</script>",
    "</title></head><body onload='window.ran = 1'>",
    '" onmouseover="window.ran = 1" autofocus onfocus=\'window.ran = 1\' x="',
    "javascript:window.ran=1",
    "<img src=http://attacker.example/x onerror=window.ran=1>",
    "<a href='javascript:window.ran=1'>x</a><iframe src=http://attacker.example></iframe>",
    "--><svg onload=window.ran=1>{{ 7 * 7 }}{% raw %}&lt;b&gt;&#60;i>",
    "<style>@import 'http://attacker.example/x.css'; p { display: none }</style><link rel=stylesheet href=//attacker.example>",
    "<meta http-equiv=refresh content='0;url=http://attacker.example'><base href=http://attacker.example>",
)


def poisoned(text: str) -> Report:
    """Return the page's report with a text wherever an article or a file name can bring one in."""

    def location(place: Location | None) -> Location | None:
        return place and replace(place, excerpt=f"{text} {place.excerpt}", text=text, mark=Span(0, len(text)))

    findings = tuple(
        replace(f, message=text, check=text, lang=text, source=location(f.source), target=location(f.target), fingerprint=text,
                witnesses=Witnesses(*(tuple(text for _ in side) for side in (f.witnesses.agree, f.witnesses.differ))))
        for f in PAGE.findings
    )  # fmt: skip
    documents = tuple(
        replace(
            d,
            lang=f"{d.lang} {text}",
            path=f"{d.path} {text}",
            passages=tuple(f"{p} {text}" for p in d.passages),
        )
        for d in PAGE.documents
    )
    alignments = {f"{lang} {text}": beads for lang, beads in BEADS.items()}
    signature = Signature(text, text, {text: text})
    return replace(
        PAGE,
        documents=documents,
        findings=findings,
        alignments=alignments,
        signature=signature,
        notes=(text,),
    )
