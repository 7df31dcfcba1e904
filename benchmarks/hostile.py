"""Measure how time grows on hostile input: `python benchmarks/hostile.py [STEP…]`.

Every reader, the extractors in every language, segmentation, embedding, language identification and the whole check are given strings
that make careless patterns and loops explode, at a size n and at 2n. Linear work takes twice the time; 2.6 leaves
room for caches. Processor time; a ratio over the limit is measured again, best of three, at twice the size and at
four times the size, because short times lie. tests/test_hostile.py runs a part of it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from consistency import registry
from consistency.anchors import anchors_of
from consistency.config import Settings
from consistency.facts import read_facts
from consistency.identify import detect
from consistency.languages import load_language
from consistency.pipeline import check_documents, load_embedder
from consistency.readers._load import from_text, readers
from consistency.records import ConsistencyError
from consistency.segment import segment

LIMIT = 2.6
FLOOR = 0.01  # seconds: shorter times are noise
TOO_LONG = 6.0  # seconds: what takes this long need not be measured again
LARGEST = 1_000_000  # characters
LANGUAGES = ("ar", "cs", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi", "id", "it", "ja", "ko", "la", "nl", "pl",
             "pt", "ru", "sa", "sv", "tr", "uk", "vi", "zh", "und")  # fmt: skip

# Repeated to the length asked for: what a pattern with nested repeats, or a loop that looks back, chokes on.
REPEATED = {
    "digits": "9",
    "zeros": "0",
    "one,": "1,",
    "one.": "1.",
    "one space": "1 ",
    "one-": "1-",
    "one:": "1:",
    "one/": "1/",
    "groups": "123,",
    "digit groups": "123 ",
    "spaces": " ",
    "no-break spaces": "\u00a0",
    "newlines": "\n",
    "tabs": "\t",
    "commas": ",",
    "periods": ".",
    "hyphens": "-",
    "dash words": "a-",
    "underscores": "_",
    "stars": "*",
    "stars apart": "* ",
    "star words": "*a ",
    "double stars": "**a",
    "less": "<",
    "tags": "<a>",
    "tag ends": "</a",
    "comments": "<!--",
    "attributes": '<a b="',
    "brackets": "[",
    "bracket pairs": "[]",
    "links": "[a](",
    "images": "![",
    "references": "[a][",
    "definitions": "[a]: b\n",
    "parentheses": "(",
    "braces": "{",
    "double braces": "{{",
    "brace percent": "{%",
    "dollar brace": "${",
    "percent s": "%s",
    "backticks": "`",
    "backtick words": "`a``",
    "backslashes": "\\",
    "ampersands": "&",
    "entities": "&amp;",
    "numeric entities": "&#1",
    "quotes": "> ",
    "list": "- a\n",
    "nested list": "- ",
    "tables": "|a",
    "table rows": "|a|b|\n|-|-|\n",
    "headings": "# ",
    "heading lines": "# a\n",
    "tildes": "~",
    "fences": "```\na\n",
    "colons": ":::",
    "equals": "=",
    "plus": "+\n",
    "at": "a@",
    "mail": "a@a.",
    "mail dots": "a.",
    "www": "www.",
    "scheme": "http://",
    "paths": "/a",
    "hex": "0x",
    "versions": "1.0.",
    "v": "v1.",
    "phone": "+1 (2) ",
    "letters": "a",
    "capitals": "A",
    "words": "a ",
    "capital words": "Ab ",
    "initials": "A. ",
    "sentences": "A b. ",
    "quote ends": 'a." ',
    "spelled en": "one hundred and ",
    "spelled de": "hundert",
    "spelled de units": "einundzwanzig",
    "spelled de and": "einund",
    "spelled fr": "quatre-vingt-",
    "spelled ja": "一",
    "spelled ja tens": "十",
    "spelled ja million": "万",
    "spelled ja both": "一万",
    "full-width": "１",
    "full-width comma": "１，",
    "spelled ko": "일십",
    "spelled ru": "сто двадцать ",
    "spelled ar": "مئة و",
    "arabic digits": "٣",
    "arabic groups": "٣٬",
    "devanagari": "एक सौ ",
    "roman": "MCM",
    "roman apart": "X ",
    "months": "May ",
    "dates": "1 May ",
    "dates slash": "1/2/",
    "dates dash": "2020-01-",
    "years": "1990s ",
    "from to": "from 1 to ",
    "ranges": "1–2",
    "times": "12:30:",
    "money": "$1 ",
    "money words": "million dollars ",
    "percents": "1% ",
    "percents bare": "%",
    "fractions": "½",
    "slashes": "1/2 ",
    "exponent": "1e",
    "superscripts": "²",
    "negations": "not ",
    "combining": "a\u0301",
    "combining only": "\u0301",
    "joiners": "\u200d",
    "zero width": "\u200b",
    "overrides": "\u202e",
    "override pairs": "\u202ea\u202c",
    "embeddings": "\u202a",
    "astral": "\U0001f600",
    "thai": "หนึ่งร้อย",
    "timestamps": "00:00:01,000 --> 00:00:02,000\na\n\n",
    "yaml list": "- - ",
    "yaml keys": "a:\n",
    "yaml anchors": "&a *a ",
    "json lists": "[",
    "po": 'msgid "a"\nmsgstr "b"\n\n',
    "po strings": '"a"\n',
    "directives": ".. a::\n",
    "roles": ":a:`",
    "substitutions": "|a| ",
    "asciidoc blocks": "----\n",
    "asciidoc marks": "#a#_",
    "carriage returns": "\r",
}
Make = Callable[[int], str]


def _counted(pattern: str) -> Make:
    """Return a maker of text in which every repetition is another word or number."""

    def make(n: int) -> str:
        parts, length, index = [], 0, 0
        while length < n:
            parts.append(pattern.format(index))
            length += len(parts[-1])
            index += 1
        return "".join(parts)

    return make


def _wrapped(opening: str, closing: str, each: int) -> Make:
    return lambda n: opening * (n // each) + "a" + closing * (n // each)


def _repeated(unit: str) -> Make:
    return lambda n: unit * (n // len(unit))


SHAPES: dict[str, Make] = {name: _repeated(unit) for name, unit in REPEATED.items()} | {
    "nested brackets": _wrapped("[", "]", 2),
    "nested parentheses": _wrapped("(", ")", 2),
    "nested tags": _wrapped("<b>", "</b>", 7),
    "nested braces": _wrapped("{", "}", 2),
    "nested isolates": _wrapped("\u2067", "\u2069", 2),
    "many numbers": _counted("{} "),
    "many facts": _counted("In {} it sold 12% for ${}. ".replace("${}", "$5")),
    "many links": _counted("[a](http://b.c/{}) "),
    "many definitions": _counted("[a{0}]: b\n[a{0}] "),
    "many footnotes": _counted("[^{0}]: b\n\nc[^{0}]\n\n"),
    "many names": _counted("Ab{} Cd said. "),
    "many codes": _counted("`a{}` "),
    "many pragmas": _counted("<!-- consistency: ignore number-dropped a{} -->\n\nb\n\n"),
    "many comments": _counted("<!-- {} -->"),
    "many tags": _counted("<i{0}>b</i{0}>"),
    "one line": lambda n: ("Lorem 12 ipsum, dolor 3.5% sit amet " * (n // 36 + 1))[:n],
    "digits then letter": lambda n: "1" * n + "a",
    "spaces then letter": lambda n: "a" + " " * n + "a",
    "spaces between digits": lambda n: ("1" + " " * 400) * (n // 401),
    "front matter": lambda n: "---\n" + "a: b\n" * (n // 5),
    "front matter fences": lambda n: "---\n" * (n // 4),
}


@dataclass(frozen=True)
class Row:
    """Hold one measurement: seconds at n and at 2n characters."""

    step: str
    shape: str
    n: int
    once: float
    twice: float

    @property
    def ratio(self) -> float:
        """Return by what time grows when the input doubles; 2 where it is too short to tell."""
        return self.twice / max(self.once, FLOOR / 2)


def reading(name: str) -> Callable[[str], object]:
    """Return a call of one reader."""
    reader = readers()[name]

    def run(text: str) -> object:
        content = text.encode("utf-8", "replace") if reader.binary else text
        return reader.read(content, "a")

    return run


def extracting(lang: str) -> Callable[[str], object]:
    """Return a call of every extractor in one language."""
    language = load_language(lang)
    return lambda text: read_facts(from_text(text, lang=lang), language)


def checking() -> Callable[[str], object]:
    """Return a check of the text as Markdown against itself, in another language."""
    embedder = load_embedder(Settings())
    return lambda text: check_documents(
        [from_text(text, lang=lang, format="markdown", path=lang) for lang in ("en", "ja")], Settings(), embedder
    )


def segmenting(lang: str) -> Callable[[str], object]:
    """Return a call of segmentation."""
    return lambda text: segment(from_text(text, lang=lang))


def embedding() -> Callable[[str], object]:
    """Return a call of the embedded model on one long text, without what it remembers."""
    embedder = load_embedder(Settings())

    def run(text: str) -> object:
        embedder.words.clear()  # type: ignore[attr-defined]
        return embedder.encode([text])

    return run


def steps() -> dict[str, Callable[[], Callable[[str], object]]]:
    """Return every step by name; calling one prepares it."""
    found: dict[str, Callable[[], Callable[[str], object]]] = {
        f"read {name}": lambda name=name: reading(name) for name in registry.names("consistency.readers")
    }
    found |= {f"facts {lang}": lambda lang=lang: extracting(lang) for lang in LANGUAGES}
    found |= {f"segment {lang}": lambda lang=lang: segmenting(lang) for lang in ("en", "de", "ja", "ar")}
    found["anchors"] = lambda: anchors_of
    return found | {"embed": embedding, "detect": lambda: detect, "check": checking}


def seconds(run: Callable[[str], object], text: str, times: int = 3) -> float:
    """Return the shortest processor time of some runs; an error for the user is an answer too."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        with suppress(ConsistencyError):
            run(text)
        best = min(best, time.process_time() - start)
        if best > 20 * FLOOR:
            break
    return best


def measured(step: str, run: Callable[[str], object], shape: str, *, first: int = 2_000, largest: int = LARGEST) -> Row:
    """Return the growth of one step on one shape, at the first size that takes long enough to tell."""
    make, n = SHAPES[shape], first
    once = seconds(run, make(n), 1)
    while once < FLOOR and n < largest:
        n = min(largest, n * max(2, min(10, int(FLOOR / max(once, 0.0001)))))
        once = seconds(run, make(n), 1)
    row = Row(step, shape, n, once, seconds(run, make(2 * n), 1))
    for _ in range(2):
        if row.ratio > LIMIT and row.twice < TOO_LONG:
            n *= 2
            row = Row(step, shape, n, seconds(run, make(n)), seconds(run, make(2 * n)))
    return row


def rows(wanted: Sequence[str]) -> Iterator[Row]:
    """Yield every measurement of the steps whose names begin with one of the wanted words, () for all."""
    for step, prepare in steps().items():
        if wanted and not any(step == word or step.startswith(f"{word} ") for word in wanted):
            continue
        run = prepare()
        for shape in SHAPES:
            yield measured(step, run, shape)


def main() -> int:
    """Print what grows faster than the limit, and the slowest of each step; exit with 1 where anything does."""
    n_rows, over = 0, 0
    worst: dict[str, tuple[float, Row]] = {}
    for row in rows(sys.argv[1:]):
        n_rows += 1
        pace = row.twice / (2 * row.n) * 1e6
        if row.step not in worst or pace > worst[row.step][0]:
            worst[row.step] = (pace, row)
        if row.ratio > LIMIT:
            over += 1
            print(f"OVER {row.step}: {row.shape}: {row.ratio:.2f} ({row.once:.3f} s at {row.n}, {row.twice:.3f} s)", flush=True)
    for step, (pace, row) in worst.items():
        print(f"{step}: slowest {pace:.1f} s a million characters, on {row.shape} (ratio {row.ratio:.2f} at {row.n})")
    print(f"{n_rows} rows, {over} over {LIMIT}")
    return int(over > 0)


if __name__ == "__main__":
    sys.exit(main())
