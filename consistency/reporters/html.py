"""Report for a reviewer's desk: one file with everything in it, the copies side by side, readable without scripts."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from consistency.records import Report
from consistency.reporters._copies import denominators, plural, severity_counts, unchecked
from consistency.reporters._html.page import languages, overview, sections
from consistency.reporters._passage import visible
from consistency.reporters._reporter import SEVERITIES, Context, Reporter

_PARTS = "consistency.reporters._html"
_SYMBOLS = {"error": "✕", "warning": "▲", "note": "●"}  # a severity is never told by its colour alone
_VOICES = {
    "source": ("◦", "the source"),
    "this": ("◆", "this copy"),
    "agree": ("✓", "says the same as the source"),
    "differ": ("✗", "says something else than the source"),
    "silent": ("–", "not compared"),
}


def render(report: Report, context: Context) -> str:
    """Return the page; the same report gives the same bytes."""
    made = sections(report)
    style, script = _part("report.css"), _part("report.js")
    return _template().render(
        policy=_policy(style, script),
        # Both are our own files and hold no text of an article, so they are put in as they are.
        style=Markup(style),
        script=Markup(script),
        report=report,
        title=f"{severity_counts(report.findings)} in {_translations(report)}",
        denominators=denominators(report.counts),
        unchecked=unchecked(report),
        sections=made,
        n_clean=sum(document.role == "translation" for document in report.documents)
        - sum(section.document.role == "translation" and bool(section.cards) for section in made),
        overview=overview(made, context.checks),
        languages=languages(report, made),
        severities=SEVERITIES,
        symbols=_SYMBOLS,
        voices=_VOICES,
        tag=_tag,
        plural=plural,
        severity_counts=severity_counts,
    )


def _translations(report: Report) -> str:
    return plural(sum(document.role == "translation" for document in report.documents), "translation")


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_shown,
    )
    return environment.from_string(_part("report.html"))


def _shown(value: Any) -> Any:
    """Take from every text of an article what would hide or reorder the words around it."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _tag(lang: str) -> str:
    """Return a language as an attribute, "" (not known) for what is no language tag: a browser would guess."""
    return lang if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", lang) else ""


def _policy(style: str, script: str) -> str:
    """Return a content security policy that lets nothing in but the two parts of the page that are ours."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@cache
def _part(name: str) -> str:
    return files(_PARTS).joinpath(name).read_text(encoding="utf-8")


REPORTER = Reporter("html", ".html", render)
