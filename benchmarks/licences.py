"""Print docs/licences.md, the licence of everything that an installation brings: `python benchmarks/licences.py > docs/licences.md`."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution


def main() -> None:
    """Print the table of the dependencies, those of dependencies among them."""
    found: dict[str, tuple[str, str]] = {}
    waiting = ["consistency"]
    while waiting:
        name = waiting.pop()
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue
        found[package.metadata["Name"].lower()] = (package.version, licence(package.metadata))
        needed = [re.split(r"[^\w.-]", one)[0] for one in package.requires or () if "extra ==" not in one]
        waiting += [one for one in needed if one.lower() not in found]
    print("# Licences\nMade by `python benchmarks/licences.py`: what `pip install consistency` brings. The model's own is in its folder.\n")
    print("| package | version | licence |\n| --- | --- | --- |")
    for name in sorted(set(found) - {"consistency"}):
        print(f"| {name} | {found[name][0]} | {found[name][1]} |")


def licence(metadata: object) -> str:
    """Return what a package says of its licence in the shortest of three places."""
    get = metadata.get_all  # type: ignore[attr-defined]
    told = [*get("License-Expression", []), *(c.rpartition(" :: ")[2] for c in get("Classifier", []) if c.startswith("License ::"))]
    told += [text.splitlines()[0] for text in get("License", []) if text.strip()]
    return told[0] if told else "not said"


if __name__ == "__main__":
    main()
