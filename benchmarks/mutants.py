"""Measure how much of the comparing code the tests really hold: `python benchmarks/mutants.py [NAME] [--sample 150]`.

One small change (a mutant) at a time is made in alignment/, diff.py or consensus.py: another comparison, another number,
a condition turned round, a statement left out. The tests of that part then run; a mutant that none of them notices has
survived, and is printed with its line. NAME: alignment, diff or consensus, all three unless given; --sample: so many of
each, chosen by chance with a fixed seed; --seed changes it. Score = killed / all.

An own runner: mutmut and cosmic-ray start Python and import numpy and the model anew for each mutant, which takes
ten times as long here; this one forks from a process that has done so. Where there is no fork it does not run.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib.abc
import importlib.util
import os
import random
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
LIMIT = 120  # seconds; a mutant that loops is noticed
PARTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # the modules; the tests that are theirs, the quickest first
    "alignment": (
        tuple(f"alignment/{path.stem}" for path in sorted((ROOT / "consistency/alignment").glob("[a-z]*.py"))),
        ("tests/test_align_lattice.py", "tests/test_align.py", "tests/test_properties.py::test_alignment_covers_every_segment_once_and_in_order"),
    ),
    "diff": (("diff",), ("tests/test_diff.py", "tests/test_compare.py", "tests/test_pipeline.py")),
    "consensus": (("consensus",), ("tests/test_consensus.py", "tests/test_pipeline.py")),
}  # fmt: skip
COMPARISONS: dict[type, type] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
OPERATIONS: dict[type, type] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}


@dataclass(frozen=True)
class Mutant:
    """Name one change: the module, the place of the node among all of it, what is done."""

    module: str
    node: int
    line: int
    what: str


def changes(node: ast.AST) -> Iterator[str]:
    """Yield what can be done to a node."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARISONS:
        yield "comparison"
    elif isinstance(node, ast.BinOp | ast.AugAssign) and type(node.op) in OPERATIONS:
        yield "operation"
    elif isinstance(node, ast.BoolOp):
        yield "and/or"
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        yield "sign"
    elif isinstance(node, ast.If | ast.While | ast.IfExp):
        yield "condition"
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool | int | float | str):
        yield "constant"
    elif isinstance(node, ast.Name) and node.id in NAMES:
        yield "function"
    elif isinstance(node, ast.Return) and node.value is not None and not isinstance(node.value, ast.Constant):
        yield "no result"
    elif isinstance(node, ast.Expr | ast.AugAssign | ast.Continue | ast.Break):
        yield "left out"


def candidates(tree: ast.Module) -> Iterator[tuple[int, ast.AST]]:
    """Yield (number, node) of all that runs: no docstrings, annotations, decorators or imports."""
    passed: set[int] = set()
    for number, node in enumerate(ast.walk(tree)):
        skipped: list[ast.AST | None] = []
        if isinstance(node, ast.FunctionDef):
            skipped += [node.returns, *node.decorator_list, *(argument.annotation for argument in node.args.args)]
        if isinstance(node, ast.ClassDef):
            skipped += node.decorator_list
        if isinstance(node, ast.AnnAssign):
            skipped.append(node.annotation)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.append(node)
        if isinstance(node, ast.Assign) and any(isinstance(target, ast.Name) and target.id == "__all__" for target in node.targets):
            skipped.append(node)
        passed |= {id(inner) for part in skipped if part for inner in ast.walk(part)}
        if id(node) not in passed:
            yield number, node


def mutants(module: str) -> list[Mutant]:
    """Return every mutant of a module."""
    tree = ast.parse((ROOT / f"consistency/{module}.py").read_text(encoding="utf-8"))
    return [
        Mutant(module, number, getattr(node, "lineno", 0), what) for number, node in candidates(tree) for what in changes(node)
    ]


class _Change(ast.NodeTransformer):
    def __init__(self, target: ast.AST, what: str) -> None:
        self.target, self.what = target, what

    def visit(self, node: ast.AST) -> ast.AST:
        return changed(copy.deepcopy(node), self.what) if node is self.target else self.generic_visit(node)


def changed(node: ast.AST, what: str) -> ast.AST:
    """Return the node as the mutant has it."""
    if what == "left out":
        return ast.Pass()
    if what == "no result":
        return ast.Return(ast.Constant(None))
    if isinstance(node, ast.Compare):
        node.ops[0] = COMPARISONS[type(node.ops[0])]()
    elif isinstance(node, ast.BinOp | ast.AugAssign):
        node.op = OPERATIONS[type(node.op)]()
    elif isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif isinstance(node, ast.UnaryOp):
        return node.operand
    elif isinstance(node, ast.If | ast.While | ast.IfExp):
        node.test = ast.UnaryOp(ast.Not(), node.test)
    elif isinstance(node, ast.Name):
        node.id = NAMES[node.id]
    elif isinstance(node, ast.Constant):
        node.value = other(node.value)
    return node


def other(value: object) -> object:
    """Return another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    return f"{value}X"


def source_of(mutant: Mutant) -> str:
    """Return the module's source with the change made."""
    tree = ast.parse((ROOT / f"consistency/{mutant.module}.py").read_text(encoding="utf-8"))
    target = next(node for number, node in candidates(tree) if number == mutant.node)
    return ast.unparse(ast.fix_missing_locations(_Change(target, mutant.what).visit(tree)))


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Give one module another source."""

    def __init__(self, name: str, source: str) -> None:
        self.name, self.source = name, source

    def find_spec(self, name: str, path: object = None, target: object = None) -> object:
        return importlib.util.spec_from_loader(name, self) if name == self.name else None

    def get_source(self, name: str) -> str:
        return self.source


def survives(mutant: Mutant | None, tests: Sequence[str]) -> bool:
    """Tell whether the tests pass with the mutant, in a process of its own; None: with the code as it is."""
    child = os.fork()
    if child == 0:
        signal.alarm(LIMIT)
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        if mutant is not None:
            sys.meta_path.insert(0, _Finder(f"consistency.{mutant.module.replace('/', '.')}", source_of(mutant)))
        os._exit(run(tests))
    return os.waitpid(child, 0)[1] == 0


def run(tests: Sequence[str]) -> int:
    """Run the tests in this process, file by file until one fails; return pytest's exit code."""
    import pytest

    options = ("-x", "-q", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning", "--rootdir", str(ROOT), "-c", str(ROOT / "pyproject.toml"))
    for test in tests:
        if code := int(pytest.main([*options, test])):
            return code
    return 0


def warmed() -> None:
    """Import what every run needs and none of what is changed."""
    import hypothesis  # noqa: F401
    import numpy  # noqa: F401
    import pytest  # noqa: F401
    import safetensors.numpy  # noqa: F401
    import tokenizers  # noqa: F401

    from consistency.embedders import static
    from consistency.languages import load_language

    static.load()
    for tag in ("en", "de", "fr", "ja"):
        load_language(tag)
    assert not any(name.startswith(("consistency.alignment", "consistency.diff", "consistency.consensus")) for name in sys.modules)


def main() -> int:
    """Print the survivors and the score of each part."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(PARTS)}")
    parser.add_argument("--sample", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if unknown := [name for name in options.names if name not in PARTS]:
        parser.error(f"no such part: {', '.join(unknown)}; there are {', '.join(PARTS)}")
    os.chdir(ROOT)
    warmed()
    for name in options.names or PARTS:
        modules, tests = PARTS[name]
        every = [mutant for module in modules for mutant in mutants(module)]
        chosen = sorted(random.Random(options.seed).sample(every, min(options.sample, len(every))), key=lambda m: (m.module, m.line))
        if not survives(None, tests):
            print(f"{name}: its tests fail without any change", file=sys.stderr)
            return 1
        start, survivors = time.monotonic(), 0
        for mutant in chosen:
            if survives(mutant, tests):
                survivors += 1
                line = (ROOT / f"consistency/{mutant.module}.py").read_text(encoding="utf-8").splitlines()[mutant.line - 1]
                print(f"survived {mutant.module}.py:{mutant.line} {mutant.what}: {line.strip()}", flush=True)
        killed = len(chosen) - survivors
        print(
            f"{name}: {killed} of {len(chosen)} mutants killed ({killed / len(chosen):.0%}), of {len(every)} there are, "
            f"seed {options.seed}, {time.monotonic() - start:.0f} s",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
