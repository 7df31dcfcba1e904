"""Measure what the checks find and what they raise falsely: hard cases, clean translations, seeded damage.

    python benchmarks/facts.py --bench ../shared/bench --only cases,clean,damage,real,typed [--langs de,fr] [--show]

cases: bench/cases/numbers.jsonl; clean: bench/clean, human translations; damage: the same with faults made here;
real: bench/real, whole files; typed: bench/detect. Flagged means: at least one error or warning at default settings.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import tarfile
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from damage import DAMAGES
from slips import Tally, is_slip, read_slips
from typed_sets import typed

from consistency.config import Settings
from consistency.pipeline import check, check_documents, load_embedder
from consistency.readers._load import load
from consistency.records import ConsistencyError, Finding, Report

FACTS = re.compile(r"^(?!segment|document|text)")


class Remembering:
    """Embed each text once: the same articles are checked many times here."""

    def __init__(self) -> None:
        self.inner = load_embedder(Settings())
        self.name = self.inner.name
        self.known: dict[str, tuple[np.ndarray, int]] = {}

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self._learn(texts)
        return np.array([self.known[t][0] for t in texts])

    def counts(self, texts: Sequence[str]) -> np.ndarray:
        self._learn(texts)
        return np.array([self.known[t][1] for t in texts])

    def tokens(self, text: str) -> Any:
        return self.inner.tokens(text)

    def _learn(self, texts: Sequence[str]) -> None:
        new = [t for t in dict.fromkeys(texts) if t not in self.known]
        if new:
            rows = zip(self.inner.encode(new), self.inner.counts(new), strict=True)
            self.known |= {t: (v, int(n)) for t, (v, n) in zip(new, rows, strict=True)}


def flags(report: Report) -> list[Finding]:
    return [f for f in report.findings if f.severity != "note"]


def one_line(finding: Finding) -> str:
    ends = [f"{end.excerpt!r}" for end in (finding.source, finding.target) if end]
    return f"    {finding.lang} {finding.check} {finding.confidence:.2f} {finding.message}\n      " + "\n      ".join(ends)


def cases(bench: Path, langs: set[str], embedder: Remembering, tally: Tally, show: bool) -> None:
    table: Counter[str] = Counter()
    for line in (bench / "cases/numbers.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if langs and not langs & {row["src_lang"], row["tgt_lang"]}:
            continue
        report = check(
            {row["src_lang"]: row["src"], row["tgt_lang"]: row["tgt"]}, row["src_lang"], format="lines", embedder=embedder
        )
        flagged, wrong = bool(flags(report)), row["expect"] != "ok"
        tally.add((f.check for f in flags(report)), wrong)
        table["tp" if flagged and wrong else "fp" if flagged else "fn" if wrong else "tn"] += 1
        if show and flagged != wrong:
            print(f"  {'FALSE ALARM' if flagged else 'MISSED'} {row['id']} {row['note']}: {row['src']} | {row['tgt']}")
            print("\n".join(map(one_line, flags(report))))
    tp, fp, fn = table["tp"], table["fp"], table["fn"]
    print(f"cases: precision {tp / max(1, tp + fp):.3f} recall {tp / max(1, tp + fn):.3f} of {sum(table.values())} ({dict(table)})")


def articles(bench: Path, limit: int) -> list[dict[str, Any]]:
    with gzip.open(bench / "clean/ntrex.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file][:limit]


def lines_flagged(report: Report) -> dict[int, list[Finding]]:
    found: dict[int, list[Finding]] = defaultdict(list)
    for finding in flags(report):
        place = finding.source or finding.target
        if place and FACTS.match(finding.check):
            found[place.line].append(finding)
    return found


def clean(bench: Path, langs: set[str], limit: int, embedder: Remembering, tally: Tally, show: bool) -> None:
    rows, slips = articles(bench, limit), read_slips()
    chosen = [lang for lang in rows[0] if lang not in ("doc", "en") and (not langs or lang in langs)]
    mine = Tally()
    print("clean: language, digit-bearing segments flagged, without real slips (slips.toml), findings an article, by check")
    for lang in chosen:
        digits = flagged = net = 0
        by_check: Counter[str] = Counter()
        for row in rows:
            if lang not in row:
                continue
            report = check_lines(row["en"], row[lang], lang, embedder)
            digits += sum(any(c.isdigit() for c in a + b) for a, b in zip(row["en"], row[lang], strict=True))
            lines = lines_flagged(report)
            wrong = [f for f in flags(report) if not is_slip(slips, row["doc"], f)]
            flagged += len(lines)
            net += sum(any(f in wrong for f in on_line) for on_line in lines.values())
            by_check.update(f.check for f in flags(report))
            for finding in flags(report):
                mine.add([finding.check], finding not in wrong)
            if show:
                _show_clean(row["doc"], flags(report), wrong)
        shares = f"{flagged}/{digits} = {flagged / max(1, digits):.2%}, {net} = {net / max(1, digits):.2%} without slips"
        print(f"  {lang}: {shares}, {sum(by_check.values()) / len(rows):.2f} an article, {dict(by_check.most_common())}", flush=True)
    listed = sum(not langs or slip.lang in langs for slip in slips)
    print(f"clean: findings that are listed slips, by check: {mine}; of the listed, found {mine.right.total()}/{listed}")
    tally.join(mine)


def _show_clean(article: str, findings: Sequence[Finding], wrong: Sequence[Finding]) -> None:
    for finding in findings:
        place = finding.source or finding.target
        print(f"  {'FALSE' if finding in wrong else 'slip'} {article} {place.line - 1 if place else ''}\n{one_line(finding)}")


def check_lines(source: Sequence[str], target: Sequence[str], lang: str, embedder: Remembering) -> Report:
    texts = {"en": "\n".join(source), lang: "\n".join(target)}
    return check(texts, "en", format="lines", embedder=embedder)


def damage(bench: Path, langs: set[str], kinds: list[str], limit: int, embedder: Remembering, show: bool) -> None:
    rows = articles(bench, limit)
    chosen = [lang for lang in rows[0] if lang not in ("doc", "en") and (not langs or lang in langs)]
    print("damage: recall by kind (of sentences damaged in the English copy)")
    print("  | language | " + " | ".join(kinds) + " |")
    for lang in chosen:
        cells = []
        for kind in kinds:
            hit, made = _damaged(rows, lang, kind, DAMAGES[kind], embedder, show)
            cells.append(f"{hit / made:.2f} ({made})" if made else "–")
        print(f"  | {lang} | " + " | ".join(cells) + " |", flush=True)


def _damaged(
    rows: Sequence[dict[str, Any]], lang: str, kind: str, make: Callable[[str, random.Random], str | None],
    embedder: Remembering, show: bool,
) -> tuple[int, int]:  # fmt: skip
    hit = made = 0
    for row in rows:
        if lang not in row:
            continue
        chance = random.Random(f"{row['doc']}{kind}")
        source, changed = list(row["en"]), []
        for index, sentence in enumerate(source):
            if changed and index - changed[-1] < 3:
                continue
            broken = make(sentence, chance)
            if broken is not None and broken != sentence:
                source[index] = broken
                changed.append(index)
        if not changed:
            continue
        found = lines_flagged(check_lines(source, row[lang], lang, embedder))
        made += len(changed)
        hit += sum(index + 1 in found for index in changed)
        if show:
            for index in changed:
                if index + 1 not in found:
                    print(f"  MISSED {kind} {lang}: {row['en'][index]}\n    → {source[index]}\n    {row[lang][index]}")
    return hit, made


def real(bench: Path, langs: set[str], embedder: Remembering, tally: Tally, show: bool) -> None:
    defects = [json.loads(x) for x in (bench / "real/defects.jsonl").read_text(encoding="utf-8").splitlines()]
    good = [json.loads(x) for x in (bench / "real/clean.jsonl").read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(bench / "real/docs.tar.gz") as archive:
            archive.extractall(folder, filter="data")
        reports: dict[tuple[str, str], Report | str] = {}
        for row in [*defects, *good]:
            key = (row["doc"], row["lang"])
            if key not in reports and (not langs or row["lang"] in langs):
                reports[key] = _real_report(Path(folder) / "real" / row["doc"], row["lang"], embedder)
        _score_defects(defects, reports, show)
        _score_good(good, reports, show)
        _tally_real(defects, good, reports, tally)
        findings = sum(len(flags(r)) for r in reports.values() if not isinstance(r, str))
        print(f"  {findings} findings in {len(reports)} files")


def _real_report(folder: Path, lang: str, embedder: Remembering) -> Report | str:
    try:
        documents = [load(str(folder / "en.md"), lang="en"), load(str(folder / f"{lang}.md"), lang=lang)]
        return check_documents(documents, Settings(), embedder)
    except ConsistencyError as error:
        return str(error)


def _runs(text: str) -> set[tuple[str, ...]]:
    """Return each two words that follow each other."""
    words = re.findall(r"[^\W_]+", text.lower())
    return set(zip(words, words[1:], strict=False)) or {tuple(words)}


def _touches(finding: Finding, row: dict[str, Any]) -> bool:
    """Tell whether a finding speaks of a defect: its excerpt lies in the defect's, by each two words of it."""
    pairs = ((finding.source, row["en_excerpt"]), (finding.target, row["tr_excerpt"]))
    scores = []
    for place, excerpt in pairs:
        if place and excerpt:
            mine, theirs = _runs(place.excerpt), _runs(re.sub(r"\]\([^)]*\)", "]", excerpt))
            scores.append(len(mine & theirs) / max(1, min(len(mine), len(theirs))))
    return bool(scores) and max(scores) >= 0.6


def _score_defects(defects: Sequence[dict[str, Any]], reports: dict[tuple[str, str], Report | str], show: bool) -> None:
    passages: dict[tuple[str, str, str], list[bool]] = defaultdict(list)
    for row in defects:
        report = reports.get((row["doc"], row["lang"]))
        if report is None:
            continue
        found = [] if isinstance(report, str) else [f for f in flags(report) if _touches(f, row)]
        numeric = "number" if re.search(r"\d", row["explanation"]) and row["kind"] != "dropped" else "other"
        passages[(row["doc"], row["en_excerpt"][:60], numeric)].append(bool(found))
        if show and not found:
            reason = report if isinstance(report, str) else ""
            print(f"  MISSED {row['id']} {row['doc']} {row['lang']} {row['kind']}: {row['explanation']} {reason}")
    for kind in ("number", "other"):
        hits = [any(v) for key, v in passages.items() if key[2] == kind]
        each = [x for key, v in passages.items() if key[2] == kind for x in v]
        print(f"real: {kind} defects: passages {sum(hits)}/{len(hits)}, copies {sum(each)}/{len(each)}")


def _score_good(good: Sequence[dict[str, Any]], reports: dict[tuple[str, str], Report | str], show: bool) -> None:
    flagged = 0
    for row in good:
        report = reports.get((row["doc"], row["lang"]))
        if report is None or isinstance(report, str):
            continue
        as_defect = {"en_excerpt": row["en"], "tr_excerpt": row["tr"]}
        found = [f for f in flags(report) if FACTS.match(f.check) and _touches(f, as_defect)]
        flagged += bool(found)
        if show and found:
            print(f"  CLEAN FLAGGED {row['id']} {row['trap']}\n" + "\n".join(map(one_line, found)))
    print(f"real: clean pairs flagged {flagged}/{len(good)}")


def _tally_real(
    defects: Sequence[dict[str, Any]], good: Sequence[dict[str, Any]], reports: dict[tuple[str, str], Report | str], tally: Tally
) -> None:  # fmt: skip
    """Count the findings that speak of a listed defect as right, of a listed good pair as wrong; nobody read the others."""
    for (doc, lang), report in reports.items():
        for finding in () if isinstance(report, str) else filter(lambda f: FACTS.match(f.check), flags(report)):
            mine = [row for row in defects if (row["doc"], row["lang"]) == (doc, lang)]
            fine = [{"en_excerpt": r["en"], "tr_excerpt": r["tr"]} for r in good if (r["doc"], r["lang"]) == (doc, lang)]
            right = any(_touches(finding, row) for row in mine)
            if right or any(_touches(finding, row) for row in fine):
                tally.add([finding.check], right)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--only", default="cases,clean,damage,real,typed")
    parser.add_argument("--langs", default="")
    parser.add_argument("--limit", type=int, default=1000, help="articles; of a typed set 20 times as many rows of a kind")
    parser.add_argument("--kinds", default="", help="kinds of damage; all without it")
    parser.add_argument("--show", action="store_true", help="print every miss and false alarm")
    options = parser.parse_args()
    langs = {x for x in options.langs.split(",") if x}
    kinds = [x for x in options.kinds.split(",") if x] or list(DAMAGES)
    embedder, tally = Remembering(), Tally()
    print(f"model {embedder.name}")
    for step in options.only.split(","):
        if step == "cases":
            cases(options.bench, langs, embedder, tally, options.show)
        elif step == "clean":
            clean(options.bench, langs, options.limit, embedder, tally, options.show)
        elif step == "damage":
            damage(options.bench, langs, kinds, options.limit, embedder, options.show)
        elif step == "real":
            real(options.bench, langs, embedder, tally, options.show)
        else:
            typed(options.bench, langs, options.limit * 20, embedder, options.show)
    print(f"counted, right of all, over cases, clean and real as far as they were run: {tally}")


if __name__ == "__main__":
    main()
