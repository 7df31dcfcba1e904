"""Who may import whom, and that docs/architecture.md names every module."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "consistency"
MODULES = sorted(path.relative_to(PACKAGE).with_suffix("") for path in PACKAGE.rglob("*.py") if path.name != "__init__.py")

# layer → the layers it may import; a layer is a module or a family of the package.
MAY = {
    "records": set(),
    "registry": set(),
    "values": {"records"},
    "writing": {"records"},
    "languages": {"records"},
    "readers": {"records", "registry", "identify", "evidence"},
    "evidence": {"records"},
    "identify": {"records", "evidence"},
    "boilerplate": {"records"},
    "segment": {"records", "languages"},
    "pretrained": {"records"},
    "embedders": {"records", "registry", "pretrained"},
    "cross_encoder": {"records", "pretrained"},
    "second_opinion": {"records", "config", "cross_encoder"},
    "anchors": set(),
    "cache": {"records", "__version__"},
    "codec": {"records"},
    "alignment": {"records", "alignment"},
    "extractors": {"records", "languages", "registry", "extractors"},
    "facts": {"records", "languages", "registry", "extractors"},
    "compare": {"records", "languages"},
    "swaps": {"records", "compare"},
    "losses": {"records", "compare"},
    "diff": {"records", "compare", "losses", "swaps"},
    "consensus": {"records", "compare", "diff"},
    "checks": set(),
    "checkdocs": {"checks", "values"},
    "findings": {"records", "checks", "compare", "diff", "languages", "values"},
    "exchange": {"records", "compare", "coverage", "diff", "embedders", "findings", "swaps"},
    "names": {"records", "diff", "embedders", "evidence", "findings", "languages"},
    "gather": {"records", "diff", "findings", "languages"},
    "hidden": {"records", "checks", "findings", "values"},
    "polarity": {"records", "languages", "extractors"},
    "coverage": {"records", "embedders"},
    "verdict": {"languages"},
    "meaning": {"records", "diff", "embedders", "findings", "coverage", "polarity", "verdict"},
    "omissions": {"records", "checks", "findings", "coverage", "meaning", "verdict"},
    "roles": {"records", "coverage", "languages", "polarity"},
    "reversals": {"records", "languages", "findings", "coverage", "meaning", "polarity", "roles", "verdict"},
    "leftovers": {"records", "checks", "findings", "identify"},
    "structure": {"leftovers", "records", "alignment", "checks", "diff", "findings", "identify"},
    "pairing": {"records", "alignment", "findings"},
}
HEAVY = ("lxml", "markdown_it", "jinja2", "tokenizers", "safetensors", "py3langid", "sentence_transformers", "torch")


def imports(path: Path, top_level: bool = False) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = tree.body if top_level else ast.walk(tree)
    found = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def layer(name: str) -> str:
    return name.removeprefix("consistency.").split(".")[0]


@pytest.mark.parametrize("module", [m for m in MODULES if m.parts[0] in MAY], ids=str)
def test_imports_go_one_way(module):
    own = module.parts[0]
    ours = {layer(name) for name in imports(PACKAGE / f"{module}.py") if name.startswith("consistency.")}
    assert ours - {own} <= MAY[own], f"{module} may not import {sorted(ours - {own} - MAY[own])}"


@pytest.mark.parametrize("module", [m for m in MODULES if len(m.parts) > 1 and not m.parts[-1].startswith("_")], ids=str)
def test_siblings_in_a_family_do_not_import_each_other(module):
    family = module.parts[0]
    if family in ("alignment", "names", "site"):  # packages of one step, not families of plugins
        return
    siblings = {m.parts[-1] for m in MODULES if m.parts[0] == family and len(m.parts) > 1 and not m.parts[-1].startswith("_")}
    named = {name.split(".")[2] for name in imports(PACKAGE / f"{module}.py") if name.startswith(f"consistency.{family}.")}
    assert named & (siblings - {"protocol"}) == set()


@pytest.mark.parametrize("module", [m for m in MODULES if m.parts[0] not in ("readers", "reporters")], ids=str)
def test_nothing_heavy_is_imported_at_module_level(module):
    found = imports(PACKAGE / f"{module}.py", top_level=True)
    assert [name for name in found if name.split(".")[0] in HEAVY] == []


def test_the_picture_names_every_module():
    picture = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    tops = {m.parts[0] for m in MODULES} - {"__main__"}
    assert [name for name in sorted(tops) if f"`{name}`" not in picture and f"`{name}/`" not in picture] == []
