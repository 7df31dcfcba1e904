"""Check an article: read, segment, embed, align, extract, compare, report. The only place where the steps meet."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from consistency import __version__, structure
from consistency.alignment.beads import Side, align
from consistency.anchors import anchors_of
from consistency.boilerplate import listed, without_boilerplate
from consistency.config import Settings, require_copies
from consistency.consensus import Rows
from consistency.diff import Outcome, diff, diff_apart
from consistency.embedders.protocol import Embedder
from consistency.exchange import exchanges
from consistency.facts import read_facts
from consistency.findings import Copy, Pair, fact_finding
from consistency.gather import dense, gather
from consistency.glossary import dropped_terms
from consistency.hidden import hidden
from consistency.languages import Language, load_language
from consistency.meaning import judge_all, scores
from consistency.names.naming import diff_names
from consistency.omissions import omissions
from consistency.pairing import keys, match
from consistency.readers._load import from_text
from consistency.records import (
    Alignment,
    ConsistencyError,
    Document,
    DocumentSummary,
    Fact,
    Finding,
    Report,
    Segment,
    Signature,
)
from consistency.reversals import reversals
from consistency.second_opinion import reviewed
from consistency.segment import SegmentRules, segment
from consistency.suppress import suppressed


def check(
    documents: Mapping[str, str],
    source: str,
    *,
    format: str = "text",
    settings: Settings = Settings(),
    embedder: Embedder | None = None,
) -> Report:
    """Return the report on an article given as {language: text}; raise ConsistencyError on bad input.

    format: text, markdown, html or lines, for every copy.
    """
    return check_documents(read_texts(documents, source, format), settings, embedder)


def read_texts(documents: Mapping[str, str], source: str, format: str) -> list[Document]:
    """Return the documents of {language: text}, the source first; raise ConsistencyError where there is none."""
    if source not in documents:
        raise ConsistencyError(f"the source language {source} is not among the documents: {', '.join(documents)}")
    order = [source, *(lang for lang in documents if lang != source)]
    return [from_text(documents[lang], lang=lang, format=format, path=lang) for lang in order]


def check_documents(documents: Sequence[Document], settings: Settings, embedder: Embedder | None = None) -> Report:
    """Return the report on an article; documents[0] is the source, the rest are its translations."""
    require_copies(len(documents))
    embedder = embedder or load_embedder(settings)
    source, *targets = [read(without_boilerplate(document, settings.boilerplate)) for document in documents]
    findings = [f for copy in (source, *targets) for f in (*structure.language_conflicts(copy), *hidden(copy))]
    counts: Counter[str] = Counter()
    outcomes: dict[str, tuple[Outcome, ...]] = {}
    pairs: dict[str, Pair] = {}
    matrices: dict[str, tuple[str, ...]] = {}
    side = embed(source, embedder)
    for key, target in zip(keys(targets), targets, strict=True):
        matched = match(source, target, side, embed(target, embedder))
        pair, matrices[key] = matched.pair, matched.matrix
        findings += structure.not_the_same(pair, matched.relation)
        if not matched.relation.related:
            counts["documents_unrelated"] += 1
            continue
        pairs[key] = pair
        outcomes[key] = _compared(pair, embedder)
        findings += structure.passages(pair, outcomes[key])
        findings += dropped_terms(pair, settings.terms)
    findings += _fact_findings(pairs, outcomes)
    judged = judge_all(pairs, outcomes, embedder)
    findings += reviewed((*omissions(pairs, judged), *reversals(pairs, judged)), settings)
    for lang, pair in pairs.items():
        _count(counts, pair, outcomes[lang])
    report = _report(source, targets, pairs, findings, counts, settings, embedder)
    scored = {k: tuple(scores(bead, pairs[k]) for bead in beads) for k, beads in judged.items()}
    notes = (*report.notes, *listed(documents, settings.boilerplate))
    return replace(report, scores=scored, matrices=matrices, notes=notes)


def _compared(pair: Pair, embedder: Embedder) -> tuple[Outcome, ...]:
    """Return what became of the facts of a pair."""
    outcomes = (diff_apart if pair.one_file else diff)(gather(pair))
    return (*outcomes, *exchanges(pair, outcomes, embedder), *diff_names(pair, embedder))


def align_documents(
    documents: Sequence[Document], settings: Settings, embedder: Embedder | None = None
) -> Iterator[tuple[tuple[Segment, ...], tuple[Segment, ...], tuple[Alignment, ...]]]:
    """Yield, for each translation, the segments of the source and its own, and their beads; documents[0] is the source."""
    embedder = embedder or load_embedder(settings)
    source, *targets = [read(document) for document in documents]
    side = embed(source, embedder)
    for target in targets:
        yield source.segments, target.segments, align(side, embed(target, embedder))


def load_embedder(settings: Settings) -> Embedder:
    """Return the embedded model, or the one that the settings name, through its library."""
    if settings.model:
        from consistency.embedders import sentence_transformer

        return sentence_transformer.load(settings.model)
    from consistency.embedders import static

    return static.load()


def read(document: Document) -> Copy:
    """Return a document with its segments and the facts of each."""
    language = load_language(document.lang)
    segments = segment(document, _rules(language))
    return Copy(document, segments, _by_segment(segments, read_facts(document, language)))


def _rules(language: Language) -> SegmentRules:
    words = language.segmentation
    return SegmentRules(frozenset(words.abbreviations), frozenset(words.continues), words.ordinal_dot)


def _by_segment(segments: Sequence[Segment], facts: Sequence[Fact]) -> tuple[tuple[Fact, ...], ...]:
    starts = [s.span.start for s in segments]
    rows: list[list[Fact]] = [[] for _ in segments]
    for fact in facts:
        index = bisect_right(starts, fact.span.start) - 1
        if index >= 0:
            rows[index].append(fact)
    return tuple(map(tuple, rows))


def embed(copy: Copy, embedder: Embedder) -> Side:
    """Return what the aligner needs to know of a copy."""
    texts = [s.text for s in copy.segments]
    blocks = [copy.document.blocks[s.block] for s in copy.segments]
    return Side(
        vectors=embedder.encode(texts),
        weights=embedder.counts(texts).astype("float32"),
        lengths=np.array([len(t) for t in texts], dtype=np.int64),
        blocks=[s.block for s in copy.segments],
        kinds=[b.kind for b in blocks],
        levels=[b.level for b in blocks],
        anchors=[_anchors(text, facts) for text, facts in zip(texts, copy.facts, strict=True)],
    )


def _anchors(text: str, facts: Sequence[Fact]) -> frozenset[Hashable]:
    return anchors_of(text) | {(f.kind, f.value) for f in facts if f.firm}


def _fact_findings(pairs: Mapping[str, Pair], outcomes: Mapping[str, tuple[Outcome, ...]]) -> Iterator[Finding]:
    """Yield a finding for every fact that was not kept, where both passages exist; others are dropped whole."""
    rows = Rows(outcomes)
    told: set[object] = set()
    for lang, pair in pairs.items():
        for outcome in outcomes[lang]:
            bead = pair.alignments[outcome.bead]
            if not (bead.source and bead.target):
                continue
            finding = fact_finding(pair, outcome, rows.witnesses(lang, outcome))
            if finding is None:
                continue
            if rows.source_alone(outcome) or rows.source_lacks(lang, outcome):
                key = outcome.source or (outcome.target.kind, outcome.target.value)  # type: ignore[union-attr]
                if key in told:
                    continue
                told.add(key)
                others = ", ".join(sorted(outcomes))
                finding = replace(
                    finding,
                    lang=pair.source.document.lang,
                    message=f"{finding.message}; {others} agree against the {pair.source.language} source",
                )
            yield finding


def _count(counts: Counter[str], pair: Pair, outcomes: Sequence[Outcome]) -> None:
    """Add the denominators of one pair."""
    for bead in pair.alignments:
        if bead.source and bead.target:
            counts["segments_aligned"] += len(bead.source)
            counts["segments_moved"] += bead.moved * len(bead.source)
        else:
            counts["segments_dropped" if bead.source else "segments_added"] += len(bead.source or bead.target)
    for outcome in outcomes:
        if outcome.status == "swapped":
            counts["facts_swapped"] += 1
            continue
        if outcome.source is not None:
            counts["facts_compared"] += 1
        bead = pair.alignments[outcome.bead]
        if outcome.status != "kept" and bead.source and bead.target:
            counts[f"facts_{outcome.status}"] += 1


COUNTS = (
    "facts_compared", "facts_dropped", "facts_added", "facts_changed", "facts_moved", "facts_swapped",
    "segments_aligned", "segments_dropped", "segments_added", "segments_moved", "segments_untranslated",
    "documents_unrelated", "findings_ignored",
)  # fmt: skip


def _report(
    source: Copy,
    targets: Sequence[Copy],
    pairs: Mapping[str, Pair],
    findings: Sequence[Finding],
    counts: Counter[str],
    settings: Settings,
    embedder: Embedder,
) -> Report:
    copies = (source, *targets)
    visible = sorted(_shown(findings, settings), key=_order)
    shown, unknown = suppressed(visible, [copy.document for copy in copies])
    counts["findings_ignored"] = len(visible) - len(shown)
    counts["segments_untranslated"] = sum(f.check == "segment-untranslated" for f in findings)
    notes = (*_unchecked(copies), *(phrase for pair in pairs.values() for phrase in dense(pair)), *unknown)
    stated = {"min_confidence": f"{settings.min_confidence:g}"} | ({"judge": settings.judge} if settings.judge else {})
    signature = Signature(__version__, embedder.name, stated)
    return Report(
        tuple(_summary(copy, "translation" if index else "source") for index, copy in enumerate(copies)),
        shown,
        {key: counts[key] for key in COUNTS},
        signature,
        {lang: pair.alignments for lang, pair in pairs.items()},
        notes,
    )


def _summary(copy: Copy, role: str) -> DocumentSummary:
    document = copy.document
    return DocumentSummary(
        document.path,
        document.lang,
        role,
        len(document.blocks),
        len(copy.segments),
        document.lang_origin,
        document.skipped,
        tuple(s.text for s in copy.segments),
        tuple(document.position(s.span.start) for s in copy.segments),
    )


def _unchecked(copies: Sequence[Copy]) -> Iterator[str]:
    """Yield what could not be checked of each copy: what its reader skipped, then languages without data."""
    for copy in copies:
        yield from (f"{copy.document.path}: {phrase}" for phrase in copy.document.skipped)
    # Without a path, because a site has hundreds of copies in a language and says this once.
    for lang in sorted({copy.document.lang for copy in copies}):
        if not load_language(lang).supported:
            yield f"no data for the language {lang}: number words, months and units were not read"


def _shown(findings: Sequence[Finding], settings: Settings) -> Iterator[Finding]:
    """Yield the findings that the settings let through, each fingerprint once made unique."""
    seen: Counter[str] = Counter()
    for finding in findings:
        if finding.check in settings.disabled or finding.confidence < _least(finding, settings):
            continue
        seen[finding.fingerprint] += 1
        repeat = seen[finding.fingerprint]
        severity = settings.severities.get(finding.check, finding.severity)
        unique = finding.fingerprint if repeat == 1 else f"{finding.fingerprint[:-2]}{repeat % 256:02x}"
        yield replace(finding, severity=severity, fingerprint=unique)


def _least(finding: Finding, settings: Settings) -> float:
    """Return the confidence from which a finding is shown: a note claims less, so half of it will do."""
    return settings.min_confidence * (0.5 if finding.severity == "note" else 1.0)


def _order(finding: Finding) -> tuple[object, ...]:
    place = finding.target or finding.source
    at = (place.line, place.column) if place else (0, 0)
    return (finding.target.path if finding.target else "", finding.lang, at, finding.check, finding.message)
