"""What is published: what lies in the wheel and the sdist, that two builds are one, and that it runs once installed."""

import ast
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

pytest.importorskip("hatchling", reason="builds with the backend that pyproject.toml names")
ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
EPOCH = "1760000000"


def build(tree: Path, target: str, folder: Path, **environment: str) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    subprocess.run(command, cwd=tree, check=True, capture_output=True, env=os.environ | environment)
    (built,) = folder.iterdir()
    return built


def copied(folder: Path) -> Path:
    """Copy the project, with new file times, so that what is edited meanwhile cannot come between two builds."""
    ignored = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", ".hypothesis", "dist", "build")
    return Path(shutil.copytree(ROOT, folder / "project", ignore=ignored, copy_function=shutil.copyfile))


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    return copied(tmp_path_factory.mktemp("tree"))


@pytest.fixture(scope="module")
def wheel(tree, tmp_path_factory):
    return build(tree, "wheel", tmp_path_factory.mktemp("wheel"), SOURCE_DATE_EPOCH=EPOCH)


@pytest.fixture(scope="module")
def sdist(tree, tmp_path_factory):
    return build(tree, "sdist", tmp_path_factory.mktemp("sdist"), SOURCE_DATE_EPOCH=EPOCH)


def members(path: Path) -> set[str]:
    if path.suffix == ".whl":
        return set(zipfile.ZipFile(path).namelist())
    with tarfile.open(path) as archive:
        return {name.split("/", 1)[1] for name in archive.getnames()}


def test_the_wheel_holds_the_whole_package_and_nothing_else(wheel, tree):
    ours = {
        path.relative_to(tree).as_posix()
        for path in (tree / "consistency").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {name for name in members(wheel) if ".dist-info/" not in name} == ours


@pytest.mark.parametrize(
    "name",
    [
        "consistency/py.typed",  # without it type checkers ignore our annotations
        "consistency/checks.toml",
        "consistency/identify.toml",
        "consistency/languages/de.toml",
        "consistency/languages/units.toml",
        "consistency/schema/report.schema.json",
        "consistency/model/model.safetensors",
        "consistency/model/tokenizer.json",
        "consistency/model/LICENSE",  # the weights' own terms travel with them
        "dist-info/licenses/LICENSE",
        "dist-info/licenses/NOTICE",
        "dist-info/entry_points.txt",
    ],
)
def test_the_wheel_holds(wheel, name):
    assert any(member.endswith(name) for member in members(wheel))


def test_the_sdist_is_enough_to_build_and_test(sdist):
    tops = {name.split("/")[0] for name in members(sdist)}
    assert {"consistency", "tests", "seeds", "docs", "pyproject.toml", "README.md", "LICENSE", "NOTICE", "PKG-INFO"} <= tops
    assert tops <= {
        "consistency", "tests", "benchmarks", "fuzz", "seeds", "reports", "docs", "mkdocs.yml", "pyproject.toml", "README.md", "CHANGELOG.md",
        "LICENSE", "NOTICE", "PKG-INFO", ".gitignore",
    }  # fmt: skip


@pytest.mark.parametrize("target", ["wheel", "sdist"])
def test_two_builds_are_the_same_bytes(target, tree, request, tmp_path):
    again = build(tree, target, tmp_path / "again", SOURCE_DATE_EPOCH=EPOCH, TZ="Asia/Tokyo", LC_ALL="C", PYTHONHASHSEED="7")
    assert digest(again) == digest(request.getfixturevalue(target))


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Install the wheel alone in a new environment; its dependencies are those of this one, which needs no network."""
    folder = tmp_path_factory.mktemp("venv")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    (site,) = folder.glob("lib/python*/site-packages")
    environment = os.environ | {"PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    command = [sys.executable, "-m", "pip", "--python", str(folder), "install", "-q", "--no-deps", str(wheel)]
    subprocess.run(command, check=True, env=environment)
    here = [path for path in sys.path if path.endswith("site-packages")]
    (site / "dependencies.pth").write_text("\n".join(here), encoding="utf-8")
    return folder / "bin"


def run(installed: Path, *words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "CONSISTENCY"))}
    return subprocess.run([installed / words[0], *words[1:]], cwd=cwd, env=environment, capture_output=True, text=True)


def test_the_installed_package_is_the_one_that_runs(installed, tmp_path):
    found = run(installed, "python", "-c", "import consistency; print(consistency.__file__)", cwd=tmp_path)
    assert found.stdout.startswith(str(installed.parent)), found.stderr


def test_the_installed_command_does_the_main_job(installed, tmp_path):
    version = run(installed, "consistency", "--version", cwd=tmp_path)
    assert (version.returncode, version.stdout.split()[0]) == (0, "consistency")
    paths = [str(ROOT / f"seeds/patents/{lang}.md") for lang in ("en", "de")]
    found = run(installed, "consistency", "check", *paths, cwd=tmp_path)
    assert (found.returncode, found.stderr) == (1, "")
    assert "de.md" in found.stdout


def test_everything_imported_is_declared():
    declared = {
        re.split(r"[^\w.-]", requirement)[0].lower()
        for requirements in (PROJECT["dependencies"], *(EXTRAS[name] for name in ("transformers", "cluster", "ray")))
        for requirement in requirements
    }
    tops = {name.split(".")[0] for path in (ROOT / "consistency").rglob("*.py") for name in imports(path)}
    foreign = tops - set(sys.stdlib_module_names) - {"consistency"}
    by_import = packages_distributions()
    undeclared = {name for name in foreign if not declared & {d.lower() for d in by_import.get(name, [name.replace("_", "-")])}}
    # They come with sentence-transformers and jinja2, whose interfaces are made of them.
    assert undeclared - {"torch", "markupsafe"} == set()


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


@pytest.mark.parametrize(
    "requirement", [*PROJECT["dependencies"], *(one for extra in PROJECT["optional-dependencies"].values() for one in extra)]
)
def test_every_dependency_is_bounded_on_both_sides(requirement):
    assert re.fullmatch(r"[\w-]+>=[\d.]+,<\d+", requirement)
