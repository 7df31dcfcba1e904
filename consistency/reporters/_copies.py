"""Group findings by the copy they suspect, and say in words what the counts and the witnesses mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from consistency.records import DocumentSummary, Finding, Location, Report, Span, Witnesses
from consistency.reporters._passage import visible
from consistency.reporters._reporter import SEVERITIES

Copies = tuple[tuple[DocumentSummary, tuple[Finding, ...]], ...]


def by_copy(report: Report) -> Copies:
    """Return every copy with its findings by position; the source only where it has some.

    A finding belongs to the copy its target lies in; without a target, to the first copy in its language
    among those of its article, else to the source, which lacks that copy. An article's source comes before
    its translations.
    """
    groups: dict[int, list[Finding]] = {index: [] for index in range(len(report.documents))}
    by_path = _by_path(report.documents)
    for finding in report.findings:
        groups[_copy_index(finding, report.documents, by_path)].append(finding)
    return tuple(
        (document, tuple(sorted(groups[index], key=_place)))
        for index, document in enumerate(report.documents)
        if groups[index] or document.role == "translation"
    )


def articles(documents: Sequence[DocumentSummary]) -> tuple[range, ...]:
    """Return the indices of the copies of each article; each source begins one."""
    starts = [index for index, document in enumerate(documents) if document.role == "source" or index == 0]
    return tuple(range(start, stop) for start, stop in pairwise([*starts, len(documents)]))


def _by_path(documents: Sequence[DocumentSummary]) -> Mapping[str, list[range]]:
    """Return the articles that each path belongs to; a catalogue may hold several."""
    found: dict[str, list[range]] = {}
    for article in articles(documents):
        for path in {documents[index].path for index in article}:
            found.setdefault(path, []).append(article)
    return found


def _copy_index(
    finding: Finding, documents: Sequence[DocumentSummary], by_path: Mapping[str, list[range]]
) -> int:
    """Return the index of the suspected copy.

    Two copies may share a language (a rewrite against its original), so the path decides where there is one.
    """
    article = _article(finding, documents, by_path)
    translations = [i for i in article if documents[i].role == "translation"]
    order = translations + [i for i in article if i not in translations]
    if finding.target is not None:
        wanted = (finding.target.path, finding.target.lang)
        order = [i for i in order if (documents[i].path, documents[i].lang) == wanted] or order
    if finding.target is None and finding.source is not None:
        order = order[-1:] if all(documents[i].lang != finding.lang for i in order) else order
    return next((i for i in order if documents[i].lang == finding.lang), order[0])


def _article(
    finding: Finding, documents: Sequence[DocumentSummary], by_path: Mapping[str, list[range]]
) -> range:
    """Return the indices of the copies of the article that a finding is about; of all where its paths do not tell."""
    places = [place for place in (finding.source, finding.target) if place is not None]
    found = [article for place in places for article in by_path.get(place.path, ())]
    langs = {finding.lang, *(place.lang for place in places)}
    if not found:
        return range(len(documents))
    return max(found, key=lambda article: len(langs & {documents[i].lang for i in article}))


def _place(finding: Finding) -> tuple[int, int, int, str]:
    """Order by position in the copy, else in the source; what concerns the whole copy comes first."""
    location = finding.target or finding.source
    if location is None:
        return (0, 0, 0, finding.check)
    return (location.line, location.column, SEVERITIES.index(finding.severity), finding.check)


def by_passage(findings: Sequence[Finding]) -> tuple[tuple[Finding, ...], ...]:
    """Return the findings in groups that show the same passages, each group where its first one stood."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        key = (_passage_key(finding.source), _passage_key(finding.target))
        groups.setdefault(key if any(key) else (len(groups),), []).append(finding)
    return tuple(tuple(group) for group in groups.values())


def _passage_key(location: Location | None) -> tuple[str, str] | None:
    return None if location is None else (location.path, shown(location))


def shown(location: Location) -> str:
    """Return the passage to show for a location."""
    return location.excerpt or location.text


def marks(locations: Iterable[Location | None]) -> tuple[Span, ...]:
    """Return where the facts stand in the passage that these locations share, in order, each once.

    A passage that is marked from end to end says nothing more than one without a mark.
    """
    there = [location for location in locations if location is not None]
    spans = {
        place.mark for place in there if 0 < place.mark.end - place.mark.start < len(place.excerpt.strip())
    }
    return tuple(sorted(spans))


def home(finding: Finding, document: DocumentSummary) -> Location:
    """Return where an annotation of this finding goes: a place in the suspected copy, line 1 if it has none."""
    if finding.target is not None:
        return finding.target
    if finding.source is not None and document.role == "source":
        return finding.source
    return Location(document.path, document.lang, 1, 1, 1, 1, "")


def where(location: Location) -> str:
    """Return `path:line:column`."""
    return f"{location.path}:{location.line}:{location.column}"


def severity_counts(findings: Iterable[Finding]) -> str:
    """Return "2 errors, 1 note"; "nothing found" for none."""
    severities = [finding.severity for finding in findings]
    parts = [plural(severities.count(word), word) for word in SEVERITIES if word in severities]
    return ", ".join(parts) or "nothing found"


def plural(number: int, noun: str) -> str:
    """Return "1 error", "2 errors".

    >>> plural(1, "copy"), plural(2, "copy"), plural(0, "note")
    ('1 copy', '2 copies', '0 notes')
    """
    if number == 1:
        return f"1 {noun}"
    return f"{number} {noun[:-1]}ies" if noun.endswith("y") else f"{number} {noun}s"


def witness_words(witnesses: Witnesses) -> str:
    """Return what the other copies say, "" where there are none.

    >>> witness_words(Witnesses(("fr", "es"), ("ru",)))
    'fr and es say the same as the source; ru does not.'
    """
    agree, differ = witnesses.agree, witnesses.differ
    if agree and differ:
        does = "does" if len(differ) == 1 else "do"
        return f"{_agree_words(agree)}; {_listed(differ)} {does} not."
    if agree:
        return f"{_agree_words(agree)}."
    if differ:
        does = "does" if len(differ) == 1 else "do"
        return f"{_listed(differ)} {does} not say the same as the source either."
    return ""


def told(finding: Finding) -> str:
    """Return the message and what the other copies say, on one line fit to be shown anywhere."""
    message, words = visible(finding.message), witness_words(finding.witnesses)
    if not words:
        return message
    return f"{message}{'' if message.endswith(('.', '!', '?')) else '.'} {visible(words)}"


def seen_in_source(finding: Finding) -> str:
    """Return where and what the source says, "" for what is not in it."""
    if finding.source is None:
        return ""
    return visible(f"In the source ({where(finding.source)}): {shown(finding.source)}")


def _agree_words(agree: tuple[str, ...]) -> str:
    return f"{_listed(agree)} {'says' if len(agree) == 1 else 'say'} the same as the source"


def _listed(langs: tuple[str, ...]) -> str:
    return " and ".join(part for part in (", ".join(langs[:-1]), langs[-1]) if part)


def denominators(counts: Mapping[str, int]) -> str:
    """Return the denominators in one line; a count that is not there was not made and is not said.

    >>> denominators({"facts_compared": 214, "facts_dropped": 3, "facts_added": 0, "facts_changed": 1})
    '214 facts compared: 3 missing, 1 changed, 0 added.'
    """
    facts = _denominator(counts, "facts", "compared", ("dropped", "changed", "added"))
    segments = _denominator(counts, "segments", "aligned", ("dropped", "added"))
    return " ".join(part for part in (facts, segments, _left_out(counts)) if part)


def _left_out(counts: Mapping[str, int]) -> str:
    """Return what comments and the baseline keep out of a report, "" where that is nothing.

    >>> _left_out({"findings_accepted": 3, "findings_ignored": 1, "entries_gone": 1})
    '3 findings accepted, 1 ignored. 1 entry of the baseline is gone: `consistency baseline --prune` drops it.'
    """
    accepted, ignored, gone = (
        counts.get(key, 0) for key in ("findings_accepted", "findings_ignored", "entries_gone")
    )
    parts = [plural(accepted, "finding") + " accepted"] if accepted else []
    if ignored:
        parts.append(f"{ignored} ignored" if parts else plural(ignored, "finding") + " ignored")
    lines = [f"{', '.join(parts)}."] if parts else []
    if gone:
        verb, object_ = ("is", "it") if gone == 1 else ("are", "them")
        entries = plural(gone, "entry")
        lines.append(f"{entries} of the baseline {verb} gone: `consistency baseline --prune` drops {object_}.")
    return " ".join(lines)


def _denominator(counts: Mapping[str, int], noun: str, done: str, faults: tuple[str, ...]) -> str:
    total = counts.get(f"{noun}_{done}")
    if total is None:
        return ""
    words = {"dropped": "missing"}
    parts = [
        f"{counts[key]} {words.get(fault, fault)}" for fault in faults if (key := f"{noun}_{fault}") in counts
    ]
    head = f"{plural(total, noun[:-1])} {done}"
    return f"{head}: {', '.join(parts)}." if parts else f"{head}."


def unchecked(report: Report) -> tuple[str, ...]:
    """Return what could not be checked, each phrase once: the notes of the report, what was skipped in each copy."""
    skipped = (f"{document.path}: {phrase}" for document in report.documents for phrase in document.skipped)
    return tuple(dict.fromkeys((*report.notes, *skipped)))
