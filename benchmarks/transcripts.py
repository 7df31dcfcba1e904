"""Set up real documentation trees as a new user would, damage one number, and show that only that is reported.

    python benchmarks/transcripts.py --bench ../shared/bench [--tree NAME ...] [--documents N] [-o docs/transcripts.md]

`real/docs.tar.gz` there holds `real/<tree>/<document>/<lang>.md` and a meta.json that says where each file lay in its
repository. Each tree is laid out like that again, in a new git repository;
of each, the N documents in the most languages, all unless told.
Which number is damaged is a rule (`first_number`), not a choice. Exits with an AssertionError unless the first check
after the baseline is silent and the one after the damage reports exactly the damage. No sentence of the trees is printed.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from consistency.pipeline import read
from consistency.readers._load import load

TREES = {"opensource-guide": "de", "nextstrain": "ja", "fastapi": "ru"}  # and the language that is damaged
FIGURES = ("number", "percent", "quantity", "duration", "multiple")
FINDING = re.compile(r"\[[a-z-]+, [01]\.\d\d\]$", re.MULTILINE)
HEAD = """\
# Real trees, as a new user meets them

Written by `python benchmarks/transcripts.py`, which also asserts what is said here: `init`, a first check, a baseline, a
check that is silent, one number damaged, and a check that reports this and nothing else.

The trees are those of the benchmark data with the most languages: public documentation, laid out as in its repository, or of it
the documents in the most languages (`--documents`). What the authors wrote is elided as «…»; nothing else was left out but the long list of a first check. Seconds are
those of one processor.
"""


@dataclass(frozen=True, slots=True)
class Damage:
    """Name one number of a copy: where it stands, what it says, what it is made to say."""

    path: str
    line: int
    column: int
    old: str
    new: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--bench", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--tree", action="append", choices=tuple(TREES))
    parser.add_argument("--documents", type=int)
    parser.add_argument("-o", "--output", type=Path)
    arguments = parser.parse_args()
    trees = {name: lang for name, lang in TREES.items() if name in (arguments.tree or TREES)}
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(arguments.bench / "real" / "docs.tar.gz") as archive:
            archive.extractall(folder, filter="data")
        real = Path(folder, "real")
        parts = [HEAD, *(transcript(real / name, lang, arguments.documents) for name, lang in trees.items())]
    text = "\n".join(parts)
    if arguments.output:
        arguments.output.write_text(text, encoding="utf-8")
    else:
        print(text)


def transcript(tree: Path, lang: str, n_documents: int | None) -> str:
    """Return the transcript of one tree; raise AssertionError where the damage is not all that is reported."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        metas = lay_out(tree, site, n_documents)
        git(site, "init", "-q", "-b", "main")
        shown = [f"## {tree.name}\n\n{described(metas)}\n\n```console"]
        shown += [f"$ consistency init --write\n{run(site, 'init', '--write')[1]}"]
        code, text = run(site, "check")
        n_found = len(FINDING.findall(text))
        shown += [f"$ consistency check\n{ending(text)}\n$ echo $?\n{code}"]
        shown += [f"$ consistency baseline\n{run(site, 'baseline')[1]}"]
        git(site, "add", ".")
        git(site, "commit", "-q", "-m", "Begin")
        shown += ['$ git add . && git commit -q -m "Check the translations"']
        code, text = run(site, "check")
        assert (code, FINDING.findall(text)) == (0, []), f"{tree.name}: not silent after the baseline:\n{text}"
        shown += [f"$ consistency check\n{ending(text)}\n$ echo $?\n{code}"]
        damage = first_number(site, metas, lang)
        write(site, damage)
        shown += [f"$ # {damage.path}, line {damage.line}: {damage.old} becomes {damage.new}"]
        for arguments in ((), ("--since", "HEAD")):
            code, text = run(site, "check", *arguments)
            only_this(text, code, damage)
            shown += [f"$ {' '.join(('consistency check', *arguments))}\n{elided(text)}\n$ echo $?\n{code}"]
        print(f"{tree.name}: {n_found} accepted, one damage, one finding", file=sys.stderr)
        return "\n".join([*shown, "```", ""])


def lay_out(tree: Path, site: Path, n_documents: int | None) -> tuple[dict[str, Any], ...]:
    """Copy the documents to where they lay in their repository; return what is known of each."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(tree.glob("*/meta.json"))]
    metas = tuple(sorted(found, key=lambda meta: -len(meta["langs"]))[:n_documents])
    for meta in metas:
        for lang, known in meta["langs"].items():
            path = site / known["path"]
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(tree / meta["doc"] / f"{lang}.md", path)
    return metas


def described(metas: Sequence[dict[str, Any]]) -> str:
    n_files, langs = sum(len(meta["langs"]) for meta in metas), {lang for meta in metas for lang in meta["langs"]}
    first = metas[0]
    documents = f"{len(metas)} document{'s' * (len(metas) > 1)}"
    return f"{documents} in {len(langs)} languages, {n_files} files, of {first['repo']} ({first['licence']})."


def first_number(site: Path, metas: Sequence[dict[str, Any]], lang: str) -> Damage:
    """Return the first figure, bare or with a unit, in the first document that has one, that both copies have once."""
    for meta in metas:
        if lang not in meta["langs"]:
            continue
        source, target = (read(load(str(site / meta["langs"][tag]["path"]), lang=tag)) for tag in ("en", lang))
        values = [fact.value for row in source.facts for fact in row]
        own = [fact for row in target.facts for fact in row]
        for fact in own:
            start = target.document.offsets[fact.span.start]
            as_written = target.document.raw[start : start + len(fact.surface)]
            once = values.count(fact.value) == 1 and [f.value for f in own].count(fact.value) == 1
            digits = re.fullmatch(r"([0-9]+)[^0-9]*", as_written)
            if fact.kind in FIGURES and fact.firm and once and digits:
                place = target.document.position(fact.span.start)
                return Damage(meta["langs"][lang]["path"], *place, digits[1], str(int(digits[1]) + 11))
    raise AssertionError(f"no number in {lang}")


def write(site: Path, damage: Damage) -> None:
    path = site / damage.path
    lines = path.read_text(encoding="utf-8").split("\n")
    line = lines[damage.line - 1]
    before, behind = line[: damage.column - 1], line[damage.column - 1 :]
    lines[damage.line - 1] = before + behind.replace(damage.old, damage.new, 1)
    path.write_text("\n".join(lines), encoding="utf-8")


def only_this(text: str, code: int, damage: Damage) -> None:
    found = FINDING.findall(text)
    place = f"{damage.path}:{damage.line}:"
    assert (code, len(found)) == (1, 1), f"{len(found)} findings, exit code {code}:\n{text}"
    assert place in text, f"not the damage, {place}:\n{text}"
    assert damage.new in text, f"not the damage, {damage.new}:\n{text}"


def run(site: Path, *arguments: str) -> tuple[int, str]:
    """Run the program in a tree; return its exit code and all that it printed, with the processor time of a check."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "consistency", *arguments],
        cwd=site, env=environment, text=True, encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stdout
    seconds = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    print(f"{site.name}: {' '.join(arguments)}: {seconds:.0f} s", file=sys.stderr)
    took = [f"({seconds:.0f} s)"] if arguments[0] in ("check", "baseline") else []
    return done.returncode, "\n".join([done.stdout.rstrip("\n"), *took])


def git(site: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=someone", "-c", "user.email=someone@example.org"]
    subprocess.run(["git", "-C", str(site), *identity, *arguments], check=True)


def ending(text: str) -> str:
    """Return the report from its totals on, with the number of lines before them."""
    lines = text.split("\n")
    start = next(index for index, line in enumerate(lines) if re.match(r"\d+ translations? checked", line))
    return "\n".join([f"… {start} lines …"] * (start > 0) + lines[start:])


def elided(text: str) -> str:
    """Return a report without what the authors wrote: their passages, and quotations of more than figures."""
    lines: list[str] = []
    for line in text.split("\n"):
        label, bar, _ = line.partition(" | ")
        if re.fullmatch(r"  +[\w-]* ?\d*", label) and bar:
            if label.strip():
                lines.append(f"{label} | «…»")
            continue
        lines.append("".join(_quoted(line)))
    return "\n".join(lines)


def _quoted(line: str) -> Iterator[str]:
    for part in re.split(r"(“[^”]*”)", line):
        yield "“«…»”" if part.startswith("“") and not re.fullmatch(r"“[\d.,:%/ -]+”", part) else part


if __name__ == "__main__":
    main()
