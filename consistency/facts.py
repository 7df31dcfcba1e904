"""Read every fact of a document: run the extractors in order, each on what the earlier ones left."""

from __future__ import annotations

from functools import cache

from consistency import registry
from consistency.extractors._extractor import Extractor, view
from consistency.languages import Language, load_language
from consistency.records import Document, Fact


@cache
def extractors() -> tuple[Extractor, ...]:
    """Return the extractors, in their order."""
    found = registry.discover("consistency.extractors", "EXTRACTOR").values()
    return tuple(sorted(found, key=lambda extractor: extractor.order))


def read_facts(document: Document, language: Language | None = None) -> tuple[Fact, ...]:
    """Return the facts of a document in reading order; language: None loads the document's own."""
    language = language or load_language(document.lang)
    seen = view(document)
    facts: list[Fact] = []
    for extractor in extractors():
        found = list(extractor.read(seen, language))
        facts += found
        if extractor.takes:
            seen = seen.without(found)
    return tuple(sorted(facts, key=lambda fact: (fact.span, fact.kind)))
