"""Read the facts of a plain text, for the tables of the extractor tests."""

from consistency.facts import read_facts
from consistency.languages import load_language
from consistency.readers._load import from_text
from consistency.records import Fact
from consistency.values import as_text


def facts_of(lang: str, text: str, format: str = "text") -> tuple[Fact, ...]:
    return read_facts(from_text(text, lang=lang, format=format), load_language(lang))


def lines_of(lang: str, text: str, format: str = "text") -> list[str]:
    """Return one line a fact: kind, value, «surface»; "?" in front of a fact that grounds no claim."""
    return [f"{'' if f.firm else '?'}{f.kind} {as_text(f.value)} «{f.surface}»" for f in facts_of(lang, text, format)]
