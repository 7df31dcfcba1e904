"""Define every record that flows between the steps, and the one error meant for users.

Frozen, standard library only. Positions are Unicode code points, half-open. The way of the data:
Document → Segments → Alignments, Facts → Findings → Report (docs/architecture.md).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple


class ConsistencyError(Exception):
    """Tell the user, in one line, what could not be done; the command line exits with 2."""


class Span(NamedTuple):
    """Name a half-open range of code points."""

    start: int
    end: int


class Position(NamedTuple):
    """Name a place in a file; line and column count from 1, columns in code points."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Block:
    """Name one structural unit of a document.

    kind: title, description (front matter) · heading · paragraph · item · row · caption · quote · code.
    level: heading level 1..6, list or quote depth, else 0.
    prose: False for fenced code, which is compared as a literal and never segmented into sentences.
    """

    kind: str
    span: Span
    level: int = 0
    prose: bool = True


@dataclass(frozen=True, slots=True)
class Mark:
    """Keep what markup says beyond the clean text: a literal and the text that carries it.

    kind: code (inline), link, image; value: the code, or the address; span: in `Document.text`, may be empty.
    """

    kind: str
    span: Span
    value: str


@dataclass(frozen=True, slots=True)
class Pragma:
    """Keep an inline instruction, `<!-- consistency: ignore CHECK reason -->`.

    span: the block it governs, in `Document.text`; None: the whole document (front matter).
    """

    check: str
    reason: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Document:
    """Hold one copy of an article.

    text: clean of markup; blocks are separated by at least one newline in it.
    offsets: len(text) + 1 file offsets in code points of `raw`; offsets[i] is where text[i] stands.
    lang: BCP 47 tag, "und" where nothing told it; lang_origin: what told it (option, front matter,
        html, name, text).
    declared: every (origin, tag) that was found, strongest first; a contradiction is a finding.
    skipped: what could not be checked, one clear phrase each ("3 tables: …").
    meta: front-matter scalars that other steps honour (default_lang_commit, l10n.sourceCommit, …).
    """

    path: str
    lang: str
    text: str
    offsets: Sequence[int]
    blocks: tuple[Block, ...]
    marks: tuple[Mark, ...] = ()
    raw: str = ""
    lang_origin: str = ""
    declared: tuple[tuple[str, str], ...] = ()
    skipped: tuple[str, ...] = ()
    pragmas: tuple[Pragma, ...] = ()
    meta: Mapping[str, str] = field(default_factory=dict)
    line_starts: Sequence[int] = (0,)

    def position(self, index: int) -> Position:
        """Return the place in the file of text[index]; index may equal len(text)."""
        offset = self.offsets[index]
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def locate(self, span: Span) -> tuple[Position, Position]:
        """Return where a span of the text starts and ends (exclusive) in the file.

        The end is one past the last character's own place, so that markup behind it stays outside.
        """
        start = self.position(span.start)
        if span.end <= span.start:
            return start, start
        last = self.position(span.end - 1)
        return start, Position(last.line, last.column + 1)


@dataclass(frozen=True, slots=True)
class Segment:
    """Name one sentence (or row, item, heading) of a document.

    block: index into `Document.blocks`; span: in `Document.text`; text: the same characters.
    """

    lang: str
    block: int
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pair a run of source segments with a run of target segments (a bead).

    source, target: ascending segment indices, () = no counterpart.
    similarity: cosine of the two spans' vectors, 0.0 where one side is empty.
    confidence: calibrated probability that exactly this bead is right.
    moved: True where the bead breaks the order of the others (text that moved).
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    similarity: float
    confidence: float = 1.0
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """Say how much of what.

    number: exact, in `unit`; high: upper end of a range, else None.
    unit: canonical key of consistency/languages/units.toml ("percent", "USD", "second", "metre", "multiple",
        "ordinal", …), None: a bare count.
    bound: "" exact · ">" more than · ">=" at least · "<" · "<=" · "~" about.
    """

    number: Decimal
    unit: str | None = None
    high: Decimal | None = None
    bound: str = ""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """Name a date as far as it is written; None: not said.

    year: astronomical (1 BC = 0); month 1..12; day 1..31; weekday 0 = Monday.
    grain: "" a date · "decade" (1990s: year=1990) · "century" (19th: year=19) · "quarter" (month = 1..4).
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    grain: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """Name a time of day; hour 0..23, minute 0..59, zone offset in minutes or None where not said."""

    hour: int
    minute: int = 0
    zone: int | None = None


Value = Quantity | PartialDate | Clock | str


@dataclass(frozen=True, slots=True)
class Fact:
    """State one checkable claim.

    kind: number, percent, money, quantity, duration, ordinal, multiple, date, time, version, url, email,
        code, phone, identifier, placeholder, name; numeral: a lone numeral that only answers others.
    value: canonical and free of language, so that `==` means "says the same".
    readings: further values the same words may have (`1,234`: 1234 and 1.234); a match with any is a match.
    surface: the words as written, for messages only; never compared.
    span: half-open, in code points of `Document.text`.
    firm: True where the words can only be meant as this fact; a fact that is not firm (a spelled "one") may
        answer another copy's fact but never is the ground of a finding.
    """

    kind: str
    value: Value
    surface: str
    span: Span
    readings: tuple[Value, ...] = ()
    firm: bool = True


@dataclass(frozen=True, slots=True)
class Location:
    """Point into a file.

    text: the file's words at this place, clean of markup; excerpt: the passage around it; mark: where `text`
    stands in `excerpt`.
    """

    path: str
    lang: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str
    excerpt: str = ""
    mark: Span = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Witnesses:
    """List the other copies by what they say: the same as the source, or something else."""

    agree: tuple[str, ...] = ()
    differ: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Say what is missing or wrong, where, and how sure that is.

    lang: of the copy that is suspected; severity: SARIF's words, error · warning · note.
    confidence: 0..1, the measured precision of findings like this one.
    fingerprint: 16 hex digits, free of line numbers.
    """

    check: str
    severity: str
    confidence: float
    message: str
    lang: str
    source: Location | None
    target: Location | None
    fact: Fact | None = None
    witnesses: Witnesses = Witnesses()
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """Tell what was read of one copy; role: source or translation.

    passages: the segments' texts; places: where each of them starts in the file, empty where nobody told.
    """

    path: str
    lang: str
    role: str
    blocks: int
    segments: int
    lang_origin: str = ""
    skipped: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    places: tuple[Position, ...] = ()

    @property
    def place(self) -> str:
        """Return what names this copy alone, though other copies lie in the same file."""
        return f"{self.path} [{self.lang}]"


@dataclass(frozen=True, slots=True)
class Signature:
    """Name what made a report, so that two figures can be compared: version, model, settings."""

    version: str
    model: str
    settings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BeadScores:
    """Score what may be wrong with one bead, each 0..1, so that others can rank and threshold.

    source, target: segment indices, as in the alignment.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    omission: float
    addition: float
    contradiction: float
    untranslated: float


@dataclass(frozen=True, slots=True)
class Report:
    """Hold the outcome of one check over one article.

    counts: the denominators, key → number (facts_compared, facts_dropped, segments_aligned, …), and what was left
        out (findings_ignored by comments, findings_accepted in the baseline; entries_gone: its entries that no longer occur).
    alignments: per target language, its beads against the source.
    notes: what could not be checked, one phrase each.
    scores: per target language, what may be wrong with each bead that has words on both sides.
    matrices: per target language, how alike any two passages are: a row a passage of the copy, a digit (tenths of
        the cosine) a passage of the source; of long copies, the best of several; of more than 2,000, of their means.
    """

    documents: tuple[DocumentSummary, ...]
    findings: tuple[Finding, ...]
    counts: Mapping[str, int]
    signature: Signature
    alignments: Mapping[str, tuple[Alignment, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    scores: Mapping[str, tuple[BeadScores, ...]] = field(default_factory=dict)
    matrices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
