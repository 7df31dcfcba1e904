"""Build what the page shows, section by section; the template only writes it down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consistency.records import Alignment, DocumentSummary, Finding, Report
from consistency.reporters._copies import articles, by_copy
from consistency.reporters._html import rows as side_by_side
from consistency.reporters._html.passages import Copy, place, read
from consistency.reporters._html.path import Path, draw
from consistency.reporters._reporter import SEVERITIES


@dataclass(frozen=True, slots=True)
class Voice:
    """Hold what one copy says to a fact.

    state: source, this (the suspected copy), agree, differ, silent (not compared); lines: its passages.
    """

    lang: str
    state: str
    lines: tuple[side_by_side.Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """Hold one finding as it is shown.

    lang: under which it is counted: of the copy it stands in, of the copy that is missing where that is the source.
    voices: () where no other copy was asked.
    """

    id: str
    number: int
    lang: str
    finding: Finding
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Hold one copy against its source.

    cards: by number; aligned: how many passages of the source and of the copy have a counterpart, None without an
    alignment; loose: rows that have no place among the passages; folds: all passages.
    """

    id: str
    source: DocumentSummary
    document: DocumentSummary
    cards: Mapping[int, Card]
    path: Path | None
    aligned: tuple[int, int] | None
    loose: tuple[side_by_side.Row, ...]
    folds: tuple[side_by_side.Fold, ...]

    @property
    def severities(self) -> Counter[str]:
        """Return how many findings there are of each severity."""
        return Counter(card.finding.severity for card in self.cards.values())


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one row of the overview; cells: language → (number of findings, id of the first)."""

    check: str
    severity: str
    summary: str
    cells: Mapping[str, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class _Article:
    """Hold the copies of one article, the source first, and by place in `copies` their alignments and similarities."""

    copies: tuple[Copy, ...]
    beads: tuple[tuple[Alignment, ...], ...]
    matrices: tuple[tuple[str, ...], ...]


def sections(report: Report) -> tuple[Section, ...]:
    """Return a section for every translation, and for a source that has findings of its own.

    Of a site only copies with findings have one: there what is clean is a number in the overview.
    """
    known = _articles(report)
    indices = {id(document): index for index, document in enumerate(report.documents)}
    made = []
    for document, findings in by_copy(report):
        if findings or len(known) == 1:
            index = indices[id(document)]
            article, position = next(
                (article, index - start)
                for start, article in known.items()
                if start <= index < start + len(article.copies)
            )
            made.append(_section(f"c{index}", article, position, findings))
    return tuple(made)


def _articles(report: Report) -> dict[int, _Article]:
    """Return the articles by the index of their first copy."""
    indices = articles(report.documents)
    found = {}
    for article in indices:
        documents = report.documents[article.start : article.stop]
        keys = [_key(report, document, len(indices) == 1) for document in documents]
        found[article.start] = _Article(
            tuple(read(document) for document in documents),
            tuple(report.alignments.get(key, ()) for key in keys),
            tuple(report.matrices.get(key, ()) for key in keys),
        )
    return found


def _key(report: Report, document: DocumentSummary, alone: bool) -> str:
    """Return the key of a copy's alignment: what tells it from others where its language would not."""
    if document.role == "source":
        return ""
    keys = (document.place, document.path)
    return next((key for key in keys if key in report.alignments), document.lang if alone else "")


def _section(section_id: str, article: _Article, position: int, findings: Sequence[Finding]) -> Section:
    source, target, beads = article.copies[0], article.copies[position], article.beads[position]
    cards = {
        number: Card(
            f"{section_id}-f{number}",
            number,
            finding.lang if position == 0 else target.summary.lang,
            finding,
            _voices(article, position, finding),
        )
        for number, finding in enumerate(findings, 1)
    }
    loose, folds = side_by_side.lay_out(source, target, beads, findings)
    sizes = (source.summary.segments, target.summary.segments)
    path = draw(beads, article.matrices[position], sizes)
    return Section(section_id, source.summary, target.summary, cards, path, _aligned(beads), loose, folds)


def _aligned(beads: Sequence[Alignment]) -> tuple[int, int] | None:
    pairs = [bead for bead in beads if bead.source and bead.target]
    return (
        (sum(len(bead.source) for bead in pairs), sum(len(bead.target) for bead in pairs)) if beads else None
    )


def _voices(article: _Article, position: int, finding: Finding) -> tuple[Voice, ...]:
    """Return what each copy of the article says to the fact of a finding, in the order of the copies."""
    witnesses = finding.witnesses
    if not witnesses.agree and not witnesses.differ:
        return ()
    asked = place(article.copies[0], finding.source)
    passages = set(range(asked.first, asked.last + 1)) if asked else set()
    voices = []
    for index, (copy, beads) in enumerate(zip(article.copies, article.beads, strict=True)):
        here = passages if index == 0 else _counterparts(beads, passages)
        lines = tuple(
            side_by_side.passage_line(copy, i) for i in sorted(here) if i < len(copy.summary.passages)
        )
        voices.append(Voice(copy.summary.lang, _state(copy.summary, index, position, finding), lines))
    return tuple(voices)


def _state(document: DocumentSummary, index: int, position: int, finding: Finding) -> str:
    if index == position:
        return "this"
    if document.role == "source":
        return "source"
    keys = (document.lang, document.path)
    if any(key in finding.witnesses.agree for key in keys):
        return "agree"
    return "differ" if any(key in finding.witnesses.differ for key in keys) else "silent"


def _counterparts(beads: Sequence[Alignment], passages: set[int]) -> set[int]:
    return {index for bead in beads if passages & set(bead.source) for index in bead.target}


def overview(made: Sequence[Section], summaries: Mapping[str, str]) -> tuple[Entry, ...]:
    """Return one entry a check and severity that has findings, the gravest first; summaries: check → one line."""
    cells: dict[tuple[int, str], dict[str, tuple[int, str]]] = {}
    for section in made:
        for card in section.cards.values():
            key = (SEVERITIES.index(card.finding.severity), card.finding.check)
            row = cells.setdefault(key, {})
            count, first = row.get(card.lang, (0, card.id))
            row[card.lang] = (count + 1, first)
    return tuple(
        Entry(check, SEVERITIES[rank], summaries.get(check, ""), cells[rank, check])
        for rank, check in sorted(cells)
    )


def languages(report: Report, made: Sequence[Section]) -> tuple[str, ...]:
    """Return the languages of the translations in their order, each once, then others that findings are counted under."""
    translated = [document.lang for document in report.documents if document.role == "translation"]
    counted = [card.lang for section in made for card in section.cards.values()]
    return tuple(dict.fromkeys([*translated, *counted]))
