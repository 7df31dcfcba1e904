"""Name what can be fuzzed: each target takes bytes and raises AssertionError where a promise is broken.

A ConsistencyError is an answer. Any other exception is a crash; its input belongs into a table of tests.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from decimal import Decimal
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import numpy as np

from consistency import registry
from consistency.alignment.beads import Side, align
from consistency.baseline import parsed, written
from consistency.batch import Article, checked
from consistency.checks import CHECKS
from consistency.config import Settings
from consistency.facts import extractors, read_facts
from consistency.findings import Copy
from consistency.hidden import hidden
from consistency.languages import load_language, supported
from consistency.pipeline import check, check_documents, load_embedder
from consistency.readers._decode import decode
from consistency.readers._load import from_text, readers
from consistency.records import (
    Alignment,
    ConsistencyError,
    Document,
    DocumentSummary,
    Fact,
    Finding,
    Location,
    Quantity,
    Report,
    Segment,
    Signature,
    Span,
)
from consistency.reporters._reporter import Context
from consistency.segment import segment
from consistency.site.articles import articles_of
from consistency.site.configuration import parse
from consistency.tables import table_of
from consistency.values import as_text

Target = Callable[[bytes], None]
_FILES = ("de/a/b.md", "docs/a.de.md", "docs/a.md", "content/en/x/y.md", "content/pt-BR/x/y.md", "README_de.md", "a" * 60)


def targets() -> Mapping[str, Target]:
    """Return every target by its name: each reader, and the steps behind them.

    Everything they may call is imported here, while the fuzzer listens: what is imported later guides nobody.
    """
    extractors()
    registry.discover("consistency.reporters", "REPORTER")
    found = {name: _reading(name) for name in readers()}
    return found | {
        "facts": facts,
        "hidden": hides,
        "align": aligns,
        "pair": pair,
        "report": report,
        "configuration": configuration,
        "baseline": baseline,
        "batch": batch,
    }


def warm() -> None:
    """Make what the first text of each language makes once, so that it counts against no input's time."""
    for tag in supported():
        read_facts(from_text("1 km", lang=tag))
    _embedder()


def _reading(name: str) -> Target:
    reader = readers()[name]

    def read(data: bytes) -> None:
        """Read the bytes as a file of this format and cut it into segments."""
        with suppress(ConsistencyError):
            content = _packed(data) if reader.binary else decode(data, "fuzz", name)
            if content.strip():
                holds(reader.read(content, "fuzz"))
                for group in reader.groups(content, "fuzz") if reader.groups else ():
                    for document in group:
                        holds(document)

    return read


def _packed(data: bytes) -> bytes:
    """Return a DOCX whose parts are what 0x1F parts, so that the XML is fuzzed; what is a ZIP already stays."""
    if data.startswith(b"PK"):
        return data
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, part in zip(("document", "styles", "_rels/document.xml.rels", "footnotes"), data.split(b"\x1f"), strict=False):
            archive.writestr(f"word/{name}" if name.endswith("rels") else f"word/{name}.xml", part)
    return stream.getvalue()


def holds(document: Document) -> tuple[Segment, ...]:
    """Return the segments; assert that places lie in the file, blocks apart and in order, segments within."""
    text, end = document.text, -1
    assert len(document.offsets) == len(text) + 1
    assert all(0 <= offset <= len(document.raw) for offset in document.offsets)
    for block in document.blocks:
        assert end < block.span.start < block.span.end <= len(text), block
        assert text[slice(*block.span)].strip(), block
        end = block.span.end
    for mark in document.marks:
        assert 0 <= mark.span.start <= mark.span.end <= len(text), mark
    for pragma in document.pragmas:
        assert pragma.span is None or document.locate(pragma.span)
    segments = segment(document)
    for cut in segments:
        start, stop = document.blocks[cut.block].span
        assert start <= cut.span.start < cut.span.end <= stop, cut
        assert cut.text == text[slice(*cut.span)] != "", cut
    return segments


def facts(data: bytes) -> None:
    """Read the facts of a Markdown text; the first byte chooses the language."""
    if len(data) < 2:
        return
    tag = supported()[data[0] % len(supported())]
    document = from_text(data[1:].decode("utf-8", "replace"), lang=tag, format="markdown")
    holds(document)
    for fact in read_facts(document, load_language(tag)):
        assert 0 <= fact.span.start < fact.span.end <= len(document.text), fact
        assert as_text(fact.value), fact
        json.dumps(as_text(fact.value))


def hides(data: bytes) -> None:
    """Look for hidden text; every finding lies in the file."""
    document = from_text(data.decode("utf-8", "replace"), lang="en", format="markdown")
    for finding in hidden(Copy(document, (), ())):
        assert finding.target is not None
        assert finding.target.text in document.text


def aligns(data: bytes) -> None:
    """Align two sides made of the bytes; every segment is in one bead, those not moved are in order."""
    middle = len(data) // 2
    left, right = _side(data[:middle]), _side(data[middle:])
    beads = align(left, right)
    assert [i for bead in beads for i in bead.source] == list(range(len(left)))
    assert sorted(j for bead in beads for j in bead.target) == list(range(len(right)))
    in_order = [j for bead in beads if not bead.moved for j in bead.target]
    assert in_order == sorted(in_order)
    assert all(0.0 <= bead.confidence <= 1.0 and -1.01 <= bead.similarity <= 1.01 for bead in beads)


def _side(data: bytes) -> Side:
    """Return a side with a segment a byte: its vector, whether it has any, length, kind and anchor."""
    rows = [(byte & 7, byte >> 3 & 3, byte >> 5) for byte in data[:40]]
    vectors = np.zeros((len(rows), 8), dtype=np.float32)
    for index, (which, kind, _) in enumerate(rows):
        vectors[index, which] = 0.0 if (which, kind) == (7, 3) else 1.0  # no token that is known
    return Side(
        vectors=vectors,
        weights=np.array([length for _, _, length in rows], dtype=np.float32),
        lengths=np.array([7 * length for _, _, length in rows], dtype=np.int64),
        blocks=list(range(len(rows))),
        kinds=[("paragraph", "heading", "item", "code")[kind] for _, kind, _ in rows],
        levels=[kind for _, kind, _ in rows],
        anchors=[frozenset({("word", str(which))}) if which % 2 else frozenset() for which, _, _ in rows],
    )


@cache
def _embedder() -> object:
    return load_embedder(Settings())


def _two(data: bytes) -> tuple[str, str]:
    one, _, other = data.decode("utf-8", "replace").partition("\x1f")
    return one, other or one


def pair(data: bytes) -> None:
    """Check two Markdown texts, parted by 0x1F, in languages chosen by two bytes, and report in every format."""
    if len(data) < 3:
        return
    tags = supported()
    langs = (tags[data[0] % len(tags)], tags[data[1] % len(tags)])
    with suppress(ConsistencyError):
        documents = [
            from_text(text, lang=lang, format="markdown", path=f"{number}.md")
            for number, (text, lang) in enumerate(zip(_two(data[2:]), langs, strict=True))
        ]
        rendered(check_documents(documents, Settings(min_confidence=0.0), _embedder()))  # type: ignore[arg-type]


def report(data: bytes) -> None:
    """Report a finding whose words, place and path are the bytes, in every format."""
    words = data.decode("utf-8", "surrogateescape" if len(data) % 2 else "replace")
    start = data[0] % (len(words) + 1) if words else 0
    mark = Span(start, min(len(words), start + 5))
    where = Location(words[:40], "de", 1, 1, 1, 2, words[slice(*mark)], words, mark)
    fact = Fact("number", Quantity(Decimal(len(data))), words, Span(0, len(words)))
    check_id = sorted(CHECKS)[len(data) % len(CHECKS)]
    found = Finding(check_id, "error", 0.9, words, "de", where, where, fact, fingerprint="0" * 16)
    summaries = tuple(DocumentSummary(words[:40], lang, "source", 1, 1) for lang in ("en", "de"))
    beads = {"de": (Alignment((0,), (0,), 0.5),)}
    rendered(Report(summaries, (found,), {}, Signature("1", words, {}), beads, (words,)))


def rendered(whole: Report) -> None:
    """Render a report in every format; assert that each can be read as what it is."""
    context = Context(show_alignments=True, show_scores=True, verbose=True)
    for name in registry.names("consistency.reporters"):
        text: str = registry.load("consistency.reporters", name, "REPORTER").render(whole, context)
        assert "\x1b" not in text, name
        if name in ("json", "sarif", "gitlab"):
            json.loads(text)
        elif name == "jsonl":
            assert len([json.loads(line) for line in text.split("\n")[:-1]]) == len(whole.findings)
        elif name in ("junit", "checkstyle"):
            ElementTree.fromstring(text.encode("utf-8", "backslashreplace"))
        elif name == "github":
            assert sum(line.startswith("::") for line in text.split("\n")) == len(whole.findings)
        elif name == "html":
            assert text.count("<script") == text.count("</script>")


def configuration(data: bytes) -> None:
    """Read a configuration and group some paths by it."""
    with suppress(ConsistencyError):
        articles_of(parse(_table(data), Path("/nowhere"), "consistency.toml"), _FILES)


def _table(data: bytes) -> dict[str, object]:
    return table_of(data.decode("utf-8", "replace"), "consistency.toml")


def baseline(data: bytes) -> None:
    """Read a baseline and write it; what is written is read as the same."""
    with suppress(ConsistencyError):
        entries = parsed(Path("b.toml"), _table(data))
        assert parsed(Path("b.toml"), table_of(written(entries), "b.toml")) == tuple(sorted(entries))


def batch(data: bytes) -> None:
    """Check a line of a batch; the result is one line of JSON."""
    line = checked(1, data.replace(b"\n", b" "), _checked, True).line()
    assert line.count(b"\n") == 1
    json.loads(line)


def _checked(article: Article) -> Report:
    return check(article.documents, article.source, format=article.format, embedder=_embedder())  # type: ignore[arg-type]
