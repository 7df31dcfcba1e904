"""Turn outcomes into findings: the wording, the places, the fingerprint."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from consistency.checks import CHECKS, KINDS
from consistency.compare import Match
from consistency.diff import Outcome
from consistency.languages import load_language
from consistency.records import (
    Alignment,
    Document,
    Fact,
    Finding,
    Location,
    PartialDate,
    Quantity,
    Segment,
    Span,
    Witnesses,
)
from consistency.values import as_text

_LONGEST = 60  # characters of a text in a message
_HEAD, _TAIL = 40, 15  # of a longer one, what is shown before and after the cut
_WORD_BEFORE = re.compile(r"((?<=[^\s.!?:])[ \u00a0])?\b([^\W\d_]{3,})[ \u00a0-]?$")  # [1]: it opens no sentence
_KATAKANA = re.compile(r"[\u30a1-\u30fa\u30fc]+")
_SCORE_BEFORE = re.compile(r"(?<!\d)\d{1,2} ?[-–:：] ?$")
_SCORE_AFTER = re.compile(r" ?[-–:：] ?\d{1,2}(?!\d)")


@dataclass(frozen=True, slots=True)
class Copy:
    """Hold one copy with what was read of it; facts by segment, in reading order."""

    document: Document
    segments: tuple[Segment, ...]
    facts: tuple[tuple[Fact, ...], ...]

    @property
    def language(self) -> str:
        """Return the name of the copy's language for messages."""
        name = load_language(self.document.lang).name
        return self.document.lang if self.document.lang == "und" or not name or name.startswith("an ") else name


@dataclass(frozen=True, slots=True)
class Pair:
    """Hold a source and one translation with their alignment."""

    source: Copy
    target: Copy
    alignments: tuple[Alignment, ...]

    @property
    def one_file(self) -> bool:
        """Tell whether these are both sides of a catalogue, of which message n answers message n and no other."""
        one, other = self.source.document, self.target.document
        kinds = {block.kind for document in (one, other) for block in document.blocks}
        same = bool(one.path) and one.path == other.path
        return same and kinds == {"line"} and len(self.source.segments) == len(self.target.segments)


def passage(copy: Copy, indices: Sequence[int]) -> Span:
    """Return the span from the first to the last of the segments; an empty one at 0 where there are none."""
    if not indices:
        return Span(0, 0)
    return Span(copy.segments[indices[0]].span.start, copy.segments[indices[-1]].span.end)


def location(copy: Copy, span: Span, around: Span) -> Location:
    """Return the place of a span with the passage around it as excerpt."""
    document = copy.document
    start, end = document.locate(span)
    excerpt = document.text[around.start : around.end]
    mark = Span(max(0, span.start - around.start), max(0, span.end - around.start))
    return Location(
        document.path,
        document.lang,
        start.line,
        start.column,
        end.line,
        end.column,
        document.text[span.start : span.end],
        excerpt,
        mark,
    )


def fact_finding(pair: Pair, outcome: Outcome, witnesses: Witnesses) -> Finding | None:
    """Return the finding for one outcome; None where the fact was kept."""
    fact = outcome.source or outcome.target
    if fact is None or outcome.status == "kept":
        return None
    kind = "date" if outcome.target and outcome.target.kind == "date" else fact.kind  # 2017 → 2007 года
    check = {"moved": "fact-moved", "swapped": "number-swapped"}.get(outcome.status, f"{kind}-{outcome.status}")
    bead = pair.alignments[outcome.bead]
    left, right = passage(pair.source, bead.source), passage(pair.target, bead.target)
    source = location(pair.source, outcome.source.span if outcome.source else left, left)
    target = location(pair.target, outcome.target.span if outcome.target else right, right)
    return finish(
        check,
        confidence(check, outcome, bead, figure(pair, outcome), witnesses),
        _message(pair, outcome),
        pair.target.document.lang,
        source if bead.source else None,
        target if bead.target else None,
        fact,
        witnesses,
        outcome.target if outcome.source else None,
    )


def finish(
    check: str,
    sure: float,
    message: str,
    lang: str,
    source: Location | None,
    target: Location | None,
    fact: Fact | None = None,
    witnesses: Witnesses = Witnesses(),
    other: Fact | None = None,
) -> Finding:
    """Return a finding with its severity and fingerprint.

    other: the copy's fact in place of the source's; another wrong value is another finding.
    """
    key = "\x1f".join(
        (
            check,
            lang,
            *(f"{f.kind} {as_text(f.value)}" if f else "" for f in (fact, other)),
            " ".join((source.excerpt if source else "").split()),
            "" if source else " ".join((target.excerpt if target else "").split()),
        )
    )
    fingerprint = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    severity = CHECKS[check].severity
    return Finding(check, severity, round(sure, 4), message, lang, source, target, fact, witnesses, fingerprint)


def confidence(
    check: str, outcome: Outcome, bead: Alignment, is_figure: bool = False, witnesses: Witnesses = Witnesses()
) -> float:
    """Return how sure a finding is: the check's measured precision, less where the bead is in doubt.

    is_figure: see `figure`.
    """
    sure = CHECKS[check].precision if outcome.sure is None else outcome.sure
    facts = [f for f in (outcome.source, outcome.target) if f]
    if outcome.status == "changed" and fact_is_number(facts) and not all(f.firm for f in facts):
        sure *= _in_words(facts)
    if outcome.status == "changed" and outcome.grade is Match.PARTIAL:
        sure *= 0.85 if _differs_in_day(facts) else _year_left(facts, witnesses)
    if outcome.status in ("added", "dropped"):
        sure *= 0.75 if not is_figure and _said_lightly(facts[0], outcome.status) else 1.0 if facts[0].firm else 0.9
    return sure * (0.6 + 0.4 * min(1.0, bead.confidence / 0.8))


def _in_words(facts: Sequence[Fact]) -> float:
    """Return how much a changed value is trusted of which not both sides are firm."""
    if all(f.kind == "ordinal" for f in facts):  # "fifth" → "sixth": as good as never in translations that are right
        return 0.85
    magnitudes = all(isinstance(f.value, Quantity) and f.value.bound == "n×" for f in facts)  # thousands, millions
    digits = all(any(c.isdecimal() for c in f.surface) for f in facts)
    units = len({f.value.number for f in facts if isinstance(f.value, Quantity)}) == 1  # ten days, ten months
    surer = magnitudes or units or digits or any(f.firm for f in facts) or facts[0].kind in ("multiple", "quantity")
    return 0.8 if surer else 0.75


def figure(pair: Pair, outcome: Outcome) -> bool:
    """Tell whether a number that only one copy has is written in digits and no mere count: it stands behind a name
    ("Apollo 2") or in a score ("2–1").

    In scripts without capitals only Katakana shows that a word is foreign, mostly a name.
    """
    fact = outcome.source or outcome.target
    if fact is None or (outcome.source and outcome.target) or not fact.surface.isdecimal():
        return False
    text = (pair.source if outcome.source else pair.target).document.text
    word = _WORD_BEFORE.search(text, max(0, fact.span.start - 40), fact.span.start)
    named = word is not None and (bool(word[1]) and word[2][0].isupper() or _KATAKANA.fullmatch(word[2]) is not None)
    before, after = text[max(0, fact.span.start - 5) : fact.span.start], text[fact.span.end : fact.span.end + 5]
    return named or _SCORE_BEFORE.search(before) is not None or _SCORE_AFTER.match(after) is not None


def _differs_in_day(facts: Sequence[Fact]) -> bool:
    days = [f.value.day for f in facts if isinstance(f.value, PartialDate)]
    return len(days) == 2 and days[0] != days[1]


def _year_left(facts: Sequence[Fact], witnesses: Witnesses) -> float:
    """Return how much a date is trusted that says less on one side. A copy that leaves the year to the context does as good
    translators do, unless two others keep it; a year that the copy adds is rare."""
    years = [f.value.year for f in facts if isinstance(f.value, PartialDate)]
    if len(years) != 2 or years[0] is None or years[1] is not None:
        return 0.8
    return 1.0 if len(witnesses.agree) >= 2 and not witnesses.differ else 0.7


def _said_lightly(fact: Fact, status: str) -> bool:
    """Tell whether a value is often no figure: two of a pair that is added, "100 percent sure"."""
    value = fact.value
    if not isinstance(value, Quantity):
        return False
    if fact.kind == "percent":
        return value.number == 100
    return status == "added" and abs(value.number) < 3


def fact_is_number(facts: Sequence[Fact]) -> bool:
    """Tell whether these are quantities: a spelled "ten" is less sure than digits, a month's name is not."""
    return any(isinstance(f.value, Quantity) for f in facts)


def _message(pair: Pair, outcome: Outcome) -> str:
    kinds = [fact.kind for fact in (outcome.source, outcome.target) if fact]
    noun = KINDS["date" if "date" in kinds else kinds[0]][0]
    copy, source = pair.target.language, pair.source.language
    if outcome.status == "swapped" and outcome.source and outcome.target and outcome.other:
        return f"“{short(outcome.source.surface)}” and “{short(outcome.other[0].surface)}” traded places in the {copy} copy"
    if outcome.status == "moved" and outcome.source:
        return f"the {noun} “{short(outcome.source.surface)}” stands elsewhere in the {copy} copy"
    if outcome.status == "changed" and outcome.source and outcome.target:
        return f"the {noun} “{short(outcome.source.surface)}” became “{short(outcome.target.surface)}” in the {copy} copy{_values(outcome)}"
    if outcome.status == "dropped" and outcome.source:
        return f"the {noun} “{short(outcome.source.surface)}” is not in the {copy} copy"
    surface = outcome.target.surface if outcome.target else ""
    return f"the {noun} “{short(surface)}” is only in the {copy} copy, not in the {source}"


def short(text: str) -> str:
    """Return text on one line, cut in the middle of a long one, between words where it has some.

    >>> short("The owner of the old house wants to plant forty apple trees behind the stable.")
    'The owner of the old house wants to … the stable.'
    """
    line = " ".join(text.split())
    if len(line) <= _LONGEST:
        return line
    head, tail = line[: _HEAD + 1].rpartition(" ")[0], line[-_TAIL - 1 :].partition(" ")[2]
    # A word of ten letters may be left out; a longer one, or a script without spaces, is cut where it stands.
    head = head if len(head) > _HEAD - 10 else line[:_HEAD]
    tail = tail if len(tail) > _TAIL - 10 else line[-_TAIL:]
    return f"{head.strip()} … {tail.strip()}"


def _values(outcome: Outcome) -> str:
    values = [as_text(f.value) for f in (outcome.source, outcome.target) if f]
    surfaces = [f.surface for f in (outcome.source, outcome.target) if f]
    told = [s.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/") for s in surfaces]
    return "" if values == told or any(len(v) > 40 for v in values) else f" ({values[0]} → {values[1]})"
