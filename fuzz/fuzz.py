"""Fuzz one target, guided by coverage: `pip install atheris && python fuzz/fuzz.py TARGET -max_total_time=600`.

Without a target, name those there are; without atheris, run what fuzz/corpus holds once. Everything behind the target
goes to libFuzzer; a crash is written to fuzz/crashes. What was found so far is in fuzz/README.md.
"""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
SETTINGS = ("-timeout=30", "-rss_limit_mb=3000", "-max_len=2000", f"-artifact_prefix={HERE / 'crashes'}/")


def main() -> int:
    """Fuzz the target that the command line names."""
    try:
        import atheris
    except ImportError:
        atheris = None
    with atheris.instrument_imports(include=["consistency", "markdown_it", "mdit_py_plugins"]) if atheris else nullcontext():
        from targets import targets, warm

        known = targets()
    if len(sys.argv) < 2 or sys.argv[1] not in known:
        print(f"give a target: {' '.join(known)}", file=sys.stderr)
        return 2
    name, *options = sys.argv[1:]
    warm()
    corpus = HERE / "corpus" / name
    if atheris is None:
        print("atheris is not installed (pip install atheris): only the corpus is run", file=sys.stderr)
        for path in sorted(corpus.iterdir()):
            known[name](path.read_bytes())
        return 0
    (HERE / "crashes").mkdir(exist_ok=True)
    # libFuzzer writes what it finds into the first folder: a new one, so that the kept corpus stays small.
    found = HERE / "found" / name
    found.mkdir(parents=True, exist_ok=True)
    atheris.Setup([sys.argv[0], *SETTINGS, *options, str(found), str(corpus)], known[name])
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
