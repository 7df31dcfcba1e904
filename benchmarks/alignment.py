"""Measure the alignment: `python benchmarks/alignment.py --bench ../shared/bench`.

Strict and lax F1 and time per set, with precision and recall on sentences without a counterpart, beside
Gale-Church (nltk, where it is installed) and published figures; how far the confidences can be believed;
text that moved; articles that are no translations; time and memory against length. The bench folder's own
scorer is called where it lies. `--only sets,confidence,moves,relation,scale` chooses.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

import numpy as np
from alignment_sets import (
    Bead,
    Case,
    folder,
    joined,
    languages,
    long_case,
    scorer,
    synthetic,
    taken,
    with_a_move,
)

from consistency.alignment.beads import align, relatedness
from consistency.embedders.static import load

PUBLISHED = """published, strict/lax: Text+Berg test (de-fr) hunalign .765/.881 without a dictionary, bleualign .809/.950
with machine translation, vecalign .902/.986 with LASER, bertalign .936/.989 with LaBSE; ParIce hunalign .771/.864"""
LONG = (625, 1250, 2500, 5000, 10000)
GOALS = {
    **dict.fromkeys(["de", "fr", "es", "it", "pt", "nl", "sv", "ru"], 0.97),
    **dict.fromkeys(["ja", "zh", "ko", "id", "el", "fi", "tr", "pl", "cs", "uk", "vi"], 0.94),
}


def beads_of(case: Case) -> list[Bead]:
    """Return our beads."""
    return [(bead.source, bead.target) for bead in align(case.source, case.target)]


def gale_church(case: Case) -> list[Bead]:
    """Return the beads of nltk's Gale-Church, which looks at lengths only."""
    from nltk.translate.gale_church import align_blocks

    pairs = align_blocks(case.source.lengths.tolist(), case.target.lengths.tolist())
    beads: list[tuple[set[int], set[int]]] = []
    for i, j in pairs:
        if beads and (i in beads[-1][0] or j in beads[-1][1]):
            beads[-1][0].add(i)
            beads[-1][1].add(j)
        else:
            beads.append(({i}, {j}))
    found = [(tuple(sorted(a)), tuple(sorted(b))) for a, b in beads]
    left, right = {i for a, _ in found for i in a}, {j for _, b in found for j in b}
    drops: list[Bead] = [((i,), ()) for i in range(len(case.source)) if i not in left]
    return found + drops + [((), (j,)) for j in range(len(case.target)) if j not in right]


def score_set(
    name: str, cases: Sequence[Case], judge: ModuleType, aligner: Callable[[Case], list[Bead]]
) -> None:
    """Print one line of the table."""
    start = time.perf_counter()
    found = [aligner(case) for case in cases]
    seconds = time.perf_counter() - start
    figures = judge.score([list(case.gold) for case in cases], found)
    goal = f"  goal {GOALS[name]:.2f}" if aligner is beads_of and name in GOALS else ""
    print(
        f"{name:24} strict {figures['f1_strict']:.3f}  lax {figures['f1_lax']:.3f}  "
        f"without counterpart P {figures['null_p']:.3f} R {figures['null_r']:.3f}  {seconds:6.2f} s{goal}",
        flush=True,
    )


def reliability(cases: Sequence[Case]) -> None:
    """Print, for each tenth of confidence, how many beads have it and how many of them are right."""
    rows = []
    for case in cases:
        gold = set(case.gold)
        for bead in align(case.source, case.target):
            rows.append((bead.confidence, (bead.source, bead.target) in gold))
    said, right = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    error = 0.0
    for low in np.arange(0.0, 1.0, 0.1):
        chosen = (said >= low) & ((said < low + 0.1) | (low > 0.85))
        if not chosen.any():
            continue
        mean, share = said[chosen].mean(), right[chosen].mean()
        error += abs(mean - share) * chosen.mean()
        print(
            f"  {low:.1f}  {int(chosen.sum()):6}  said {mean:.3f}  right {share:.3f}  {'#' * round(40 * share)}"
        )
    print(f"  expected calibration error {error:.3f} over {len(rows)} beads")


def moves(name: str, cases: Sequence[Case]) -> None:
    """Print what is found of one passage of 1 to 4 sentences that was moved by at least 4 in each article."""
    chance = random.Random(1)
    right = wrong = asked = paired = 0
    for case in cases:
        made = with_a_move(case, chance)
        if made is None:
            continue
        moved, pairs = made
        beads = align(moved.source, moved.target)
        true = {(i, j) for a, b in moved.gold for i in a for j in b}
        said = {(i, j) for bead in beads if bead.moved for i in bead.source for j in bead.target}
        every = {(i, j) for bead in beads for i in bead.source for j in bead.target}
        right, wrong = right + len(said & true), wrong + len(said - true)
        asked, paired = asked + len(pairs), paired + len(pairs & every)
    print(
        f"{name:4} moved beads right {right}, wrong {wrong}; of {asked} pairs in moved passages {paired} found"
    )


def relation(name: str, cases: Sequence[Case]) -> None:
    """Print how often translations, other articles, and other halves of one article are told apart."""
    long = [case for case in cases if min(len(case.source), len(case.target)) >= 8]
    own = other = halves = breaks = false_breaks = near = 0
    for case, foreign in zip(long, long[1:] + long[:1], strict=True):
        a, b, x = case.source, case.target, foreign.target
        kin = relatedness(a, b, align(a, b))
        own, false_breaks = own + kin.related, false_breaks + (kin.first_unrelated_source is not None)
        other += not relatedness(a, x, align(a, x)).related
        h, k = len(a) // 2, len(b) // 2
        first, second = taken(a, range(h)), taken(b, range(k, len(b)))
        halves += not relatedness(first, second, align(first, second)).related
        mixed = joined([taken(b, range(k)), taken(x, range(len(x) // 2, len(x)))])
        place = relatedness(a, mixed, align(a, mixed)).first_unrelated_target
        breaks += place is not None
        near += place is not None and abs(place - k) <= 2
    print(
        f"{name:4} of {len(long)}: translations related {own}, with a false break {false_breaks}; another article "
        f"told {other}; the other half of the same article told {halves}; second half another article: "
        f"told {breaks}, within 2 sentences {near}"
    )


def scale(cases: Sequence[Case], judge: ModuleType) -> None:
    """Print time and peak memory against length, and the exponent of the growth."""
    rows = []
    for length in LONG:
        case = long_case(cases, length)
        wall, cpu = time.perf_counter(), time.process_time()
        found = beads_of(case)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        figures = judge.score([list(case.gold)], [found])
        rows.append((len(case.source), cpu))
        print(
            f"{len(case.source):6} × {len(case.target):6}  {wall:6.1f} s wall  {cpu:6.1f} s cpu  peak {peak:.2f} GiB  "
            f"strict {figures['f1_strict']:.3f} lax {figures['f1_lax']:.3f}  {'#' * round(cpu)}",
            flush=True,
        )
    sizes, times = np.log(np.array(rows)).T
    print(f"time grows with length to the power {np.polyfit(sizes, times, 1)[0]:.2f}")


def aligners() -> dict[str, Callable[[Case], list[Bead]]]:
    """Return what is measured: ours, and Gale-Church where nltk is installed."""
    try:
        import nltk  # noqa: F401
    except ImportError:
        return {"": beads_of}
    return {"": beads_of, " gale-church": gale_church}


def main() -> None:
    """Run the chosen parts."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--bench", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--only", default="sets,confidence,moves,relation,scale")
    parser.add_argument("--langs", default="", help="of ntrex-synth; all without it")
    options = parser.parse_args()
    parts, embedder, judge = options.only.split(","), load(), scorer(options.bench)
    print(f"model {embedder.name}")
    root = options.bench / "align"
    sets = {
        "textberg dev": folder(root / "textberg-defr" / "dev", "de", "fr", embedder),
        "parice": folder(root / "parice-enis" / "test", "en", "is", embedder),
    }
    langs = options.langs.split(",") if options.langs else languages(options.bench)
    sets |= {lang: synthetic(options.bench, lang, embedder) for lang in langs}
    if "sets" in parts:
        print(PUBLISHED)
        for name, cases in sets.items():
            for label, aligner in aligners().items():
                score_set(name + label, cases, judge, aligner)
    articles = [case for lang in langs for case in sets[lang]]
    if "confidence" in parts:
        for name, cases in (
            ("ntrex-synth", articles),
            ("textberg dev", sets["textberg dev"]),
            ("parice", sets["parice"]),
        ):
            print(f"confidence against share of right beads, {name}")
            reliability(cases)
    for lang in langs:
        if "moves" in parts:
            moves(lang, sets[lang])
        if "relation" in parts:
            relation(lang, sets[lang])
    if "scale" in parts:
        scale(articles, judge)


if __name__ == "__main__":
    main()
