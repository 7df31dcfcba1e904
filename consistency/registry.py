"""Find the one plugin that each module of a family exports, so that adding one is adding a file."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import Any


def names(package: str) -> tuple[str, ...]:
    """Return the module names of a family, sorted; modules that start with "_" are not plugins."""
    path = import_module(package).__path__
    return tuple(sorted(m.name for m in iter_modules(path) if not m.name.startswith("_")))


def discover(package: str, attribute: str) -> dict[str, Any]:
    """Return {module name: its `attribute`} for every module of `package` that has one.

    Raise AttributeError where a module has none: a family's module without its plugin is a bug.
    """
    return {name: load(package, name, attribute) for name in names(package)}


def load(package: str, name: str, attribute: str) -> Any:
    """Return `attribute` of one module of a family; import nothing else of it."""
    return getattr(import_module(f"{package}.{name}"), attribute)
