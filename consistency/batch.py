"""Check many articles, one a line of JSON: read a line, check it, say the result as a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from consistency.config import Settings
from consistency.engines._spread import DIED
from consistency.records import ConsistencyError, Report
from consistency.reporters._plain import plain_finding, plain_scores
from consistency.reporters._reporter import fails
from consistency.shards import LONGEST_LINE
from consistency.time_limit import limited
from consistency.writing import encoded

LONGEST_TEXT = 20_000_000  # characters of one copy; a file may have as many bytes
FORMATS = ("text", "markdown", "html", "lines")

Check = Callable[["Article"], Report]


@dataclass(frozen=True, slots=True)
class Article:
    """Hold one input line: its copies by language, which of them is the source, and how to read them."""

    id: str | int | None
    source: str
    documents: dict[str, str]
    format: str = "text"


@dataclass(frozen=True, slots=True)
class Result:
    """Hold one output line; error: None where the article could be checked; scores: None where not asked for."""

    id: str | int | None
    counts: dict[str, int] = field(default_factory=dict)
    findings: tuple[dict[str, Any], ...] = ()
    error: str | None = None
    scores: tuple[dict[str, Any], ...] | None = None

    def line(self) -> bytes:
        """Return the result as one line of UTF-8 (docs/json.md)."""
        whole = {"id": self.id, "counts": self.counts, "findings": list(self.findings), "error": self.error}
        if self.scores is not None:
            whole["scores"] = list(self.scores)
        return encoded(json.dumps(whole, ensure_ascii=False)) + b"\n"


def numbered(file: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield (line number from 1, line) of a file; blank lines and a byte-order mark are passed over."""
    for number, line in enumerate(file, 1):
        content = (line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line).strip()
        if content:
            yield number, content


def worker(settings: Settings, with_scores: bool) -> Callable[[int, bytes], bytes]:
    """Return the function from (line number, line) to a result line; the model is loaded once, here."""
    from consistency.pipeline import check, load_embedder

    embedder = load_embedder(settings)

    def check_article(article: Article) -> Report:
        with limited(settings.time_limit):
            return check(
                article.documents, article.source, format=article.format, settings=settings, embedder=embedder
            )

    return lambda number, line: checked(number, line, check_article, with_scores).line()


def lost(number: int, line: bytes) -> bytes:
    """Return the result of an article over which its process died, tried alone once more."""
    return Result(_id_of(line), error=f"line {number}: {DIED}").line()


def checked(number: int, line: bytes, check: Check, with_scores: bool = False) -> Result:
    """Return the result of one line.

    A line that cannot be read or checked gives its error, and so does one that meets a bug of ours: one
    article must not end a run of millions.
    """
    found_id: str | int | None = None
    try:
        fields = _fields(line)
        found_id = _id(fields)
        report = check(_article(fields, found_id))
    except ConsistencyError as error:
        return Result(found_id, error=f"line {number}: {error}")
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of a library in Rust is no Exception
        reason = f"a bug, please report it: {type(error).__name__}: {error}".splitlines()[0]
        return Result(found_id, error=f"line {number}: {reason}")
    findings = tuple(plain_finding(finding) for finding in report.findings)
    scores = tuple(plain_scores(report)) if with_scores else None
    return Result(found_id, dict(report.counts), findings, scores=scores)


@dataclass(frozen=True, slots=True)
class Tally:
    """Count the articles of a run, those that could not be checked and those with a finding that fails it."""

    articles: int = 0
    errors: int = 0
    failing: int = 0


def tally(results: Iterable[bytes], fail_on: str) -> Tally:
    """Count over result lines, those of an earlier, interrupted run among them."""
    articles = errors = failing = 0
    for line in results:
        result = json.loads(line)
        articles += 1
        errors += result["error"] is not None
        failing += any(fails(finding["severity"], fail_on) for finding in result["findings"])
    return Tally(articles, errors, failing)


def _fields(line: bytes) -> dict[str, Any]:
    if len(line) > LONGEST_LINE:
        raise ConsistencyError(f"over the limit of {LONGEST_LINE} bytes")
    try:
        found = json.loads(line.decode("utf-8"), object_pairs_hook=_distinct)
    except UnicodeDecodeError as error:
        raise ConsistencyError(f"byte {error.start + 1} is not UTF-8") from error
    except json.JSONDecodeError as error:
        raise ConsistencyError(f"not JSON: {error.msg} at column {error.colno}") from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, brackets without end
        raise ConsistencyError("not JSON that can be read: a number or a nesting without measure") from error
    if not isinstance(found, dict):
        raise ConsistencyError(f"an object is expected, {_kind(found)} found")
    return found


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a key that comes twice: the first copy would be lost without a word."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ConsistencyError(f"key {key!r} comes twice")
        found[key] = value
    return found


def _id_of(line: bytes) -> str | int | None:
    try:
        return _id(_fields(line))
    except ConsistencyError:
        return None


def _id(fields: dict[str, Any]) -> str | int | None:
    found = fields.get("id")
    if found is None or (isinstance(found, str | int) and not isinstance(found, bool)):
        return found
    raise ConsistencyError(f"id: a string or a whole number is expected, {_kind(found)} found")


def _article(fields: dict[str, Any], found_id: str | int | None) -> Article:
    """Return the article; keys that are not known are somebody else's and left alone."""
    documents, source = fields.get("documents"), fields.get("source")
    if not isinstance(documents, dict):
        raise ConsistencyError(
            f"documents: an object of texts by language is expected, {_kind(documents)} found"
        )
    for lang, text in documents.items():
        if not lang or not lang.isascii():
            raise ConsistencyError(f"documents: a language tag is expected, {lang!r} found")
        if not isinstance(text, str):
            raise ConsistencyError(f"documents: {lang}: a text is expected, {_kind(text)} found")
        if not text.strip():
            raise ConsistencyError(f"documents: {lang}: the text is empty")
        if len(text) > LONGEST_TEXT:
            raise ConsistencyError(f"documents: {lang}: {len(text)} characters, over the limit of {LONGEST_TEXT}")
    if not isinstance(source, str) or source not in documents:
        raise ConsistencyError(
            f"source: one of {', '.join(documents) or 'no documents'} is expected, {source!r} found"
        )
    if len(documents) == 1:
        raise ConsistencyError(f"documents: one copy only, {source}")
    reading = fields.get("format", "text")
    if reading not in FORMATS:
        raise ConsistencyError(f"format: one of {', '.join(FORMATS)} is expected, {reading!r} found")
    return Article(found_id, source, documents, reading)


def _kind(value: Any) -> str:
    """Name a JSON value's type as JSON does."""
    names = {
        dict: "an object",
        list: "an array",
        str: "a string",
        bool: "a truth value",
        type(None): "nothing",
    }
    return names.get(type(value), "a number")
