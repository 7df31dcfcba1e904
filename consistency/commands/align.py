"""Print which passages of two copies belong together."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import click

from consistency import __version__
from consistency.commands import _options
from consistency.commands._copies import distinct_copies, keep_inputs, load_copies
from consistency.commands._screen import emit
from consistency.config import Settings
from consistency.records import Alignment, Document, Segment
from consistency.reporters._passage import visible
from consistency.reporters._xml import document_text, xml_text
from consistency.writing import require_writable


@dataclass(frozen=True, slots=True)
class Aligned:
    """Hold two copies, their segments and the beads between them."""

    source: Document
    target: Document
    source_segments: tuple[Segment, ...]
    target_segments: tuple[Segment, ...]
    beads: tuple[Alignment, ...]


def as_tsv(aligned: Aligned) -> str:
    """Return a header and one line a bead; an empty cell has no counterpart."""
    lines = ["source\ttarget\tsimilarity\tconfidence\tsource_text\ttarget_text"]
    for bead in aligned.beads:
        cells = (
            ",".join(map(str, bead.source)),
            ",".join(map(str, bead.target)),
            f"{bead.similarity:.3f}",
            f"{bead.confidence:.2f}",
            _joined(aligned.source_segments, bead.source),
            _joined(aligned.target_segments, bead.target),
        )
        lines.append("\t".join(cells))
    return "".join(f"{line}\n" for line in lines)


def as_json(aligned: Aligned) -> str:
    """Return both copies' segments and the beads as indices into them."""
    whole = {
        "schema": 1,
        "source": _side(aligned.source, aligned.source_segments),
        "target": _side(aligned.target, aligned.target_segments),
        "alignments": [
            {
                "source": list(bead.source),
                "target": list(bead.target),
                "similarity": round(bead.similarity, 3),
                "confidence": round(bead.confidence, 2),
                "moved": bead.moved,
            }
            for bead in aligned.beads
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def as_tmx(aligned: Aligned) -> str:
    """Return TMX 1.4b; a bead with one side only is no translation unit and is left out."""
    root = ElementTree.Element("tmx", version="1.4")
    header = {
        "creationtool": "consistency",
        "creationtoolversion": __version__,
        "segtype": "sentence",
        "o-tmf": "consistency",
        "adminlang": "en",
        "srclang": aligned.source.lang,
        "datatype": "plaintext",
    }
    ElementTree.SubElement(root, "header", header)
    body = ElementTree.SubElement(root, "body")
    for bead in aligned.beads:
        if not bead.source or not bead.target:
            continue
        unit = ElementTree.SubElement(body, "tu")
        _variant(unit, aligned.source.lang, _joined(aligned.source_segments, bead.source))
        _variant(unit, aligned.target.lang, _joined(aligned.target_segments, bead.target))
    return document_text(root)


FORMATS: dict[str, Callable[[Aligned], str]] = {"json": as_json, "tmx": as_tmx, "tsv": as_tsv}


@click.command("align")
@click.argument("source")
@click.argument("translation")
@_options.LANG
@_options.READER
@click.option(
    "-f",
    "--format",
    "format_",
    default="tsv",
    show_default=True,
    type=click.Choice(tuple(FORMATS)),
    help="tsv: indices from 0, similarity, both texts.",
)
@_options.OUTPUT
@_options.MODEL
def align(
    source: str,
    translation: str,
    langs: tuple[str, ...],
    reader: str,
    format_: str,
    output: Path | None,
    model: str,
) -> int:
    """Print which sentences of SOURCE and TRANSLATION belong together.

    Example: consistency align en.md de.md --format tmx -o memory.tmx
    """
    paths = distinct_copies(source, (translation,))
    tags = _options.langs_by_path(langs, paths)
    keep_inputs(output, paths)
    if output is not None:
        require_writable(output)
    from consistency.pipeline import align_documents

    settings = Settings(model, reader=reader)
    one, other = load_copies(paths, tags, settings)
    [found] = align_documents((one, other), settings)
    emit(FORMATS[format_](Aligned(one, other, *found)), output)
    return 0


def _joined(segments: Sequence[Segment], indices: tuple[int, ...]) -> str:
    """Return the texts of some segments on one line, without tabs or what a terminal would obey."""
    return " ".join(visible(" ".join(segments[index].text.split())) for index in indices)


def _side(document: Document, segments: Sequence[Segment]) -> dict[str, Any]:
    return {"path": document.path, "lang": document.lang, "segments": [segment.text for segment in segments]}


def _variant(unit: ElementTree.Element, lang: str, text: str) -> None:
    variant = ElementTree.SubElement(unit, "tuv", {"xml:lang": lang})
    ElementTree.SubElement(variant, "seg").text = xml_text(text)


COMMAND = align
