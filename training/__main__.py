"""Run the training: `python -m training --corpus ../shared/corpus --out consistency/model`."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from training.train import Recipe, train


def main() -> None:
    """Read the options and train."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="folder with open/ and sharealike/")
    parser.add_argument("--out", type=Path, required=True, help="folder for the model")
    parser.add_argument("--work", type=Path, default=Path("build/training"), help="stages and checkpoint")
    parser.add_argument("--steps", type=int, default=Recipe().steps)
    parser.add_argument("--folders", nargs="+", default=list(Recipe().folders))
    parser.add_argument("--seed", type=int, default=Recipe().seed)
    options = parser.parse_args()
    recipe = replace(Recipe(), steps=options.steps, folders=tuple(options.folders), seed=options.seed)
    train(options.corpus, options.out, options.work, recipe)


if __name__ == "__main__":
    main()
