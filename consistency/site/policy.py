"""Judge findings as the project wants: severities and thresholds by path and language, names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from consistency.config import Override, Project, Settings
from consistency.records import Finding
from consistency.site.patterns import matches

PathOf = Callable[[Finding], str]


def lenient(project: Project) -> Settings:
    """Return settings under which the pipeline shows whatever an override might want to see."""
    base = project.settings
    confidences = [o.min_confidence for o in project.overrides if o.min_confidence is not None]
    wanted = {check for o in project.overrides for check, level in o.severities.items() if level != "off"}
    return replace(
        base,
        min_confidence=min([base.min_confidence, *confidences]),
        disabled=base.disabled - wanted,
    )


def governed(findings: Iterable[Finding], project: Project, path_of: PathOf) -> tuple[Finding, ...]:
    """Return the findings that the project wants to see, each with its severity.

    path_of: the path, from the root, of the copy that a finding suspects. Of two overrides the later wins.
    """
    names = {name.casefold() for name in project.ignore_names}
    kept = []
    for finding in findings:
        severity = _severity(finding, project, path_of)
        if severity != "off" and not _ignored_name(finding, names):
            kept.append(replace(finding, severity=severity))
    return tuple(kept)


def _severity(finding: Finding, project: Project, path_of: PathOf) -> str:
    """Return what a finding counts as here; "off" also where it is not sure enough."""
    base = project.settings
    severity = "off" if finding.check in base.disabled else finding.severity
    least = base.min_confidence
    for override in project.overrides:
        if _applies(override, path_of(finding), finding.lang):
            severity = override.severities.get(finding.check, severity)
            least = least if override.min_confidence is None else override.min_confidence
    return severity if finding.confidence >= least else "off"


def _applies(override: Override, path: str, lang: str) -> bool:
    """Tell whether an override speaks of a path and language; "pt" speaks of pt-BR as well."""
    if override.paths and not matches(path, override.paths):
        return False
    return not override.languages or any(
        lang == tag or lang.startswith(f"{tag}-") for tag in override.languages
    )


def _ignored_name(finding: Finding, names: set[str]) -> bool:
    fact = finding.fact
    if fact is None or fact.kind != "name" or not names:
        return False
    return fact.surface.casefold() in names or str(fact.value).casefold() in names
