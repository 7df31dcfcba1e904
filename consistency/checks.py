"""List every check: one row each, and nothing else decides what it is called, how bad and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Check:
    """Describe one check.

    severity: SARIF's words. precision: the share of its findings that are right on texts as they come, some of them damaged:
    an estimate, where confidence begins. counted: how many were right of those that were read one by one (COUNTED).
    summary: what it says, in one line. mqm: the error type of the MQM typology it belongs to.
    """

    id: str
    severity: str
    precision: float
    summary: str
    mqm: str

    @property
    def counted(self) -> tuple[int, int]:
        """Return how many findings were right, of how many that were read; (0, 0) where none was."""
        return COUNTED.get(self.id, (0, 0))


# kind → (what it is called in a message, severity, precision of dropped, added, changed)
KINDS = {
    "number": ("number", "error", 0.90, 0.85, 0.95),
    "percent": ("percentage", "error", 0.93, 0.90, 0.96),
    "money": ("amount of money", "error", 0.92, 0.90, 0.95),
    "quantity": ("measurement", "error", 0.90, 0.85, 0.93),
    "duration": ("duration", "error", 0.85, 0.80, 0.95),
    "ordinal": ("ordinal number", "warning", 0.80, 0.75, 0.85),
    "multiple": ("multiple", "error", 0.85, 0.80, 0.90),
    "date": ("date", "error", 0.85, 0.80, 0.93),
    "time": ("time of day", "error", 0.85, 0.80, 0.93),
    "version": ("version", "error", 0.90, 0.85, 0.95),
    "url": ("address", "warning", 0.80, 0.70, 0.80),
    "email": ("e-mail address", "error", 0.95, 0.90, 0.98),
    "code": ("code", "warning", 0.85, 0.75, 0.90),
    "phone": ("phone number", "error", 0.95, 0.90, 0.97),
    "identifier": ("identifier", "warning", 0.85, 0.80, 0.90),
    "placeholder": ("placeholder", "error", 0.95, 0.95, 0.97),
    "name": ("name", "warning", 0.80, 0.65, 0.85),
}
# Right, of all that were read: `python benchmarks/facts.py --only cases,clean,real` counts them. Most are from good human
# translations in 24 languages, where a finding has the least chance to be right (benchmarks/slips.toml lists those that are).
COUNTED = MappingProxyType(
    {
        "number-dropped": (18, 21),
        "number-added": (7, 13),
        "number-changed": (43, 43),
        "percent-dropped": (4, 5),
        "percent-added": (1, 1),
        "percent-changed": (1, 1),
        "money-dropped": (1, 1),
        "money-changed": (15, 18),
        "quantity-dropped": (2, 2),
        "quantity-added": (1, 1),
        "quantity-changed": (10, 11),
        "duration-dropped": (0, 1),
        "duration-added": (1, 2),
        "duration-changed": (3, 3),
        "ordinal-dropped": (1, 1),
        "ordinal-changed": (1, 2),
        "multiple-dropped": (0, 1),
        "multiple-added": (0, 1),
        "date-added": (0, 1),
        "date-changed": (31, 31),
        "time-dropped": (0, 1),
        "time-added": (1, 1),
        "time-changed": (1, 1),
        "version-changed": (9, 9),
        "url-added": (1, 1),
        "code-changed": (17, 18),
        "phone-changed": (1, 1),
        "name-dropped": (12, 13),
        "name-added": (0, 19),
        "name-changed": (1, 8),
        "number-swapped": (3, 3),
        "text-dropped": (4, 15),
        "polarity-changed": (6, 19),
        "segment-untranslated": (0, 1),
    }
)
_MQM = {"dropped": "accuracy/omission", "added": "accuracy/addition", "changed": "accuracy/mistranslation"}
_SAYS = {
    "dropped": "the copy lacks {} that the source has",
    "added": "the copy has {} that the source lacks",
    "changed": "the copy has another {} in the place of the source's",
}


def _says(fault: str, noun: str) -> str:
    article = "an" if noun[0] in "aeiou" else "a"
    return _SAYS[fault].format(noun if fault == "changed" else f"{article} {noun}")


def _fact_checks() -> list[Check]:
    rows = []
    for kind, (noun, severity, *precisions) in KINDS.items():
        for fault, precision in zip(("dropped", "added", "changed"), precisions, strict=True):
            level = "warning" if fault == "added" and severity == "error" else severity
            rows.append(Check(f"{kind}-{fault}", level, precision, _says(fault, noun), _MQM[fault]))
    return rows


CHECKS = MappingProxyType(
    {
        row.id: row
        for row in (
            *_fact_checks(),
            Check("number-swapped", "error", 0.90, "two values traded places in the copy", "accuracy/mistranslation"),
            Check("fact-moved", "note", 0.90, "a fact stands elsewhere in the copy", "accuracy/mistranslation"),
            Check("text-dropped", "warning", 0.80, "words of the source have no counterpart in the aligned passage", "accuracy/omission"),
            Check("text-added", "warning", 0.65, "words of the copy have no counterpart in the aligned passage", "accuracy/addition"),
            Check("polarity-changed", "warning", 0.75, "the copy says the opposite", "accuracy/mistranslation"),
            Check("segment-dropped", "warning", 0.90, "a passage of the source has no counterpart", "accuracy/omission"),
            Check("segment-added", "warning", 0.85, "a passage of the copy has no counterpart", "accuracy/addition"),
            Check("segment-untranslated", "warning", 0.95, "a passage was left in the source's language", "accuracy/untranslated"),
            Check("segment-moved", "note", 0.85, "a passage stands elsewhere in the copy", "accuracy/mistranslation"),
            Check("document-unrelated", "error", 0.98, "the file is not a version of the source", "accuracy/mistranslation"),
            Check("document-diverged", "warning", 0.95, "from some place on the copy is another text than the source", "accuracy/mistranslation"),
            Check("document-language", "warning", 0.95, "the declared language is not that of the text", "locale-convention"),
            Check("document-missing", "warning", 0.99, "a translation that the configuration asks for does not exist", "accuracy/omission"),
            Check("document-orphan", "warning", 0.95, "a translation has no source", "accuracy/addition"),
            Check("translation-stale", "warning", 0.90, "the source has changed since the copy was made from it", "accuracy/mistranslation"),
            Check("text-hidden", "warning", 0.95, "invisible characters hide or reorder text", "design"),
            Check("term-dropped", "warning", 0.85, "the copy does not use the glossary's term", "terminology"),
        )
    }
)
