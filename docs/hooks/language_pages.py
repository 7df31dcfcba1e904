"""Write the page of a language from its data file, its golden facts, its departures from CLDR and its row of figures."""

from __future__ import annotations

import ast
import html
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from consistency.languages import Language, load_language

SHOWN = 6  # forms of each table; the data file holds them all
MARKDOWN = re.compile(r"([\\`*_\[\]#])")


def language_page(tag: str, root: Path) -> str:
    """Return the page of one language in Markdown; root: of the repository."""
    language = load_language(tag)
    parts = [
        f"# {language.name} `{tag}`\n\nFrom consistency/languages/{tag}.toml and tests/languages/{tag}.txt.\n",
        "## What is read\n",
        *(f"- **{title}**: {'; '.join(parts)}." for title, parts in _read(language).items() if parts),
        f"\nNothing is listed for: {', '.join(empty)}.\n" if (empty := _empty(language)) else "",
        "## Figures\n",
        *_figures(tag, root),
        "\n## Sources, and what was left out on purpose\n",
        *_notes(tag, root),
        *_departures(tag, root),
        "\n## Sentences and the facts that are read in them\n",
        "`pytest tests/test_languages.py` holds them. A sentence without a line below it is one in which no claim may be read.\n",
        *_golden(tag, root),
    ]
    return "\n".join(parts) + "\n"


def linked_table(markdown: str) -> str:
    """Return docs/languages.md with a link from each row to the page of its language."""
    return re.sub(r"^\| (\w+) `(\w+)` \|", r"| [\1](languages/\2.md) `\2` |", markdown, flags=re.M)


def _read(language: Language) -> dict[str, list[str]]:
    """Return what is read, by subject: one phrase for each table of the data file that is not empty."""
    tables = {**_value_tables(language), **_word_tables(language)}
    phrases = {title: [_phrase(what, forms) for what, forms in rows.items() if forms] for title, rows in tables.items()}
    phrases["Numbers"][:0] = _writing(language)
    phrases["Dates"][:0] = [f"in digits {'-'.join(language.dates.order)}"]
    phrases["Polarity"] += [_axis(axis, *poles) for axis, poles in language.polarity.opposites.items()]
    phrases["Names"][:0] = ["every noun has a capital, so a capital alone marks no name"] if language.names.capitalised_nouns else []
    return phrases


def _value_tables(language: Language) -> dict[str, dict[str, Any]]:
    n, d, t, bounds = language.numbers, language.dates, language.times, language.bounds
    return {
        "Numbers": {
            "number words": n.cardinals, "numerals": n.digits, "multipliers": n.multipliers, "glued to digits": n.suffixes,
            "ordinals": n.ordinals, "ordinal endings": n.ordinal_suffixes, "before ordinals": n.ordinal_prefixes, "fractions": n.fractions,
            "add a half": n.halves, "multiples": n.multiples, "multiple endings": n.multiple_suffixes, "magnitudes without a count": n.vague,
            "read only where the words around them ask for a number": n.guarded,
            "answer only, as they more often mean something else": n.shared,
        },
        "Bounds": {"before the number": bounds.before, "after it": bounds.after},
        "Units and money": {"units": language.units, "currencies": language.currencies},
        "Dates": {
            "months": d.months, "weekdays": d.weekdays, "read only beside a day or a year": d.ambiguous, "decades": d.decade_suffixes,
            "centuries": d.century_suffixes + d.century_prefixes, "quarters": d.quarter_suffixes + d.quarter_prefixes, "before year 1": d.bc,
            "eras": tuple(d.eras),
        },
        "Times": {
            "morning": t.am, "afternoon": t.pm, "behind the hour": t.hour_suffixes, "before it": t.prefixes, "noon": t.noon,
            "midnight": t.midnight, "half to the next hour": t.half_next, "half past": t.half_past,
        },
    }  # fmt: skip


def _word_tables(language: Language) -> dict[str, dict[str, Any]]:
    p, names = language.polarity, language.names
    return {
        "Polarity": {
            "negators": p.negation, "negate nothing": p.pseudo, "negate by their meaning": p.implied,
            "between two names, of which then neither is told to be the subject": p.links,
        },
        "Names": {"places": names.exonyms, "acronyms": names.acronyms, "endings": names.endings, "titles": names.titles},
        "Sentences": {"abbreviations that end none": language.segmentation.abbreviations},
    }


def _writing(language: Language) -> Iterator[str]:
    numbers = language.numbers
    yield f"decimal mark {_code(numbers.decimal)}, groups {' '.join(map(_code, numbers.group)) or '–'}"
    if numbers.compound:
        yield "number words are written together"
    if numbers.unit_first:
        yield "the unit before the ten (one-and-twenty)"
    if not language.spaces:
        yield "no spaces between words"


def _code(mark: str) -> str:
    return "space" if mark == " " else f"`{mark}`"


def _phrase(what: str, table: Mapping[Any, Any] | Sequence[Any]) -> str:
    """Return “12 months (januar, februar …)”: how many keys and forms a table has, and the first of them."""
    rows = list(table.values()) if isinstance(table, Mapping) else list(table)
    keys = f"{len(rows):,} " if rows and not isinstance(rows[0], str) else ""
    forms = [form for row in rows for form in ([row] if isinstance(row, str) else row)]
    first = [row if isinstance(row, str) else row[0] for row in rows if row][:SHOWN]
    more = " …" if len(rows) > SHOWN else ""
    return f"{keys}{what}, {len(forms):,} forms ({_isolated(', '.join(first) + more, 'und')})"


def _axis(axis: str, *poles: Sequence[str]) -> str:
    words = _isolated(" ↔ ".join(forms[0] for forms in poles), "und") if all(poles) else ""
    return f"{axis.replace('_', ' ↔ ')}, {sum(map(len, poles))} forms ({words})"


def _empty(language: Language) -> list[str]:
    """Return the tables that most languages fill and this one does not."""
    n, d, t, p = language.numbers, language.dates, language.times, language.polarity
    tables = {
        "fractions": n.fractions, "multiples": (*n.multiples, *n.multiple_suffixes, *n.multiple_prefixes), "magnitudes without a count": n.vague,
        "ordinals": (*n.ordinals, *n.ordinal_suffixes, *n.ordinal_prefixes), "bounds": language.bounds.before, "months": d.months,
        "weekdays": d.weekdays, "centuries": (*d.century_suffixes, *d.century_prefixes), "decades": (*d.decade_suffixes, *d.decade_prefixes),
        "quarters": (*d.quarter_suffixes, *d.quarter_prefixes), "years before year 1": d.bc, "halves of the day": (*t.am, *t.pm),
        "noon and midnight": (*t.noon, *t.midnight), "half hours": (*t.half_next, *t.half_past), "negators": p.negation,
        "opposites": p.opposites, "places": language.names.exonyms, "abbreviations": language.segmentation.abbreviations,
    }  # fmt: skip
    return [what for what, forms in tables.items() if not forms]


def _figures(tag: str, root: Path) -> list[str]:
    lines = (root / "docs/languages.md").read_text(encoding="utf-8").splitlines()
    head = next(i for i, line in enumerate(lines) if line.startswith("| language |"))
    row = next(line for line in lines if f"`{tag}` |" in line)
    return [*lines[head : head + 2], row, "\nWhat the columns mean, and what is wrong among the findings: [Languages](../languages.md)."]


def _notes(tag: str, root: Path) -> list[str]:
    """Return the comments of the data file, one item for each block of them; the file writes them in its own language."""
    text = (root / f"consistency/languages/{tag}.toml").read_text(encoding="utf-8")
    blocks = re.findall(r"(?:^#.*\n)+", text, flags=re.M)
    notes = [" ".join(line.lstrip("# ") for line in block.splitlines()) for block in blocks]
    return [f"- {_plain(note)}" for note in notes]


def _departures(tag: str, root: Path) -> list[str]:
    """Return where the data differ from CLDR and why: the table that tests/test_language_data.py holds complete."""
    tree = ast.parse((root / "tests/test_language_data.py").read_text(encoding="utf-8"))
    (table,) = (
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "DEPARTURES"
    )
    rows = [f"- {what} {', '.join(keys.split())}: {_plain(reason)}." for lang, what, keys, reason in table if lang == tag]
    return ["\nThe words are those of CLDR except:\n", *rows] if rows else ["\nNo form departs from CLDR."]


def _golden(tag: str, root: Path) -> Iterator[str]:
    text = (root / f"tests/languages/{tag}.txt").read_text(encoding="utf-8")
    for block in text.split("\n===\n"):
        lines = [line for line in block.strip("\n").split("\n") if line and not line.startswith("#")]
        if "---" in lines:
            cut = lines.index("---")
            yield f"- {_isolated(' '.join(lines[:cut]), tag)}"
            yield from (f"    - {_fact(line, tag)}" for line in lines[cut + 1 :])


def _fact(line: str, tag: str) -> str:
    """Return `kind value «words»` with the words in their own direction."""
    head, _, words = line.partition(" «")
    return f"`{head}` {_isolated(words.rstrip('»'), tag)}"


def _isolated(text: str, tag: str) -> str:
    """Return a text that keeps its own direction between texts of the other one."""
    lang = "" if tag == "und" else f' lang="{tag}"'
    return f'<bdi{lang} dir="auto">{_plain(text)}</bdi>'


def _plain(text: str) -> str:
    return MARKDOWN.sub(r"\\\1", html.escape(text, quote=False))
