"""Decide which files are the copies of an article, and read them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from consistency.config import Settings
from consistency.records import ConsistencyError, Document


def distinct_copies(source: str, translations: Sequence[str]) -> tuple[str, ...]:
    """Return the source and its translations; raise ConsistencyError for one copy only or one file twice.

    A translation spelled exactly like the source is left out: that is what `en.md *.md` gives.
    """
    others = [path for path in translations if os.path.normpath(path) != os.path.normpath(source)]
    if not others:
        raise ConsistencyError(f"one copy only: {source}; name at least one translation of it")
    paths = (source, *others)
    for index, path in enumerate(paths):
        for earlier in paths[:index]:
            if _same_file(earlier, path):
                raise ConsistencyError(f"the same file twice: {_both(earlier, path)}")
    return paths


def _same_file(one: str, other: str) -> bool:
    """Tell whether two paths lead to one file, through links as well."""
    if os.path.normpath(one) == os.path.normpath(other):
        return True
    return os.path.exists(one) and os.path.exists(other) and os.path.samefile(one, other)


def _both(one: str, other: str) -> str:
    return one if one == other else f"{one} and {other}"


def keep_inputs(output: Path | None, paths: Sequence[str]) -> None:
    """Raise ConsistencyError where the output would overwrite one of the files that are read."""
    for path in paths:
        if output is not None and _same_file(str(output), path):
            raise ConsistencyError(f"-o {output}: would overwrite {path}, which is read")


def load_copies(paths: Sequence[str], langs: Mapping[str, str], settings: Settings) -> tuple[Document, ...]:
    """Read every file, in the order given."""
    from consistency.readers._load import load

    return tuple(
        load(path, reader=settings.reader, lang=langs.get(path, ""), max_bytes=settings.max_bytes)
        for path in paths
    )


def load_sides(
    path: str, langs: Mapping[str, str], settings: Settings, source_lang: str
) -> tuple[tuple[Document, ...], ...]:
    """Read all sides of a catalogue, in groups; source_lang: "" where the file or the text should tell it."""
    from consistency.readers._load import load_groups

    return load_groups(
        path,
        reader=settings.reader,
        source_lang=source_lang,
        lang=langs.get(path, ""),
        max_bytes=settings.max_bytes,
    )
