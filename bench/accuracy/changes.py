"""How well tasks are linked and changes found: ``python -m bench.accuracy.changes [--seeds N]``.

Prints tables in Markdown; ``--write`` puts them into docs/accuracy.md between its marks. The made-up
pair and the laws are read where the corpus lies (``--corpus`` or PLANWATCH_CORPUS) and left out
where there is none.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from bench.compare.baselines import Links, by_diff_match_patch, by_difflib, by_tfidf
from bench.compare.generate import DIFFICULTIES, Pair, generate
from plans.comparing.compare import compare
from plans.model import Extract, Plan, to_json
from plans.registry.load import shipped_registry

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "accuracy.md"
BEGIN, END = "<!-- changes: begin -->", "<!-- changes: end -->"
#: The figures are of wording and seeds that nothing was learned from or chosen by.
WORDS, FIRST_SEED = "fresh", 1000
#: The baseline may choose its threshold after the fact, by the best mean over all seeds.
THRESHOLDS = (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3)
Named = set[tuple[frozenset[str], frozenset[str]]]


def f1(right: Named, found: Named) -> float:
    """F1 of links; a split or merge counts only as a whole."""
    if not right and not found:
        return 1.0
    return 2 * len(right & found) / (len(right) + len(found))


def named(pair: Pair, links: Links) -> Named:
    """Positions as ids."""
    return {
        (frozenset({pair.old.tasks[i].id}), frozenset({pair.new.tasks[j].id})) for i, j in links
    }


def generated(seeds: int) -> Iterable[str]:
    """The table of the generated pairs."""
    registry = shipped_registry()
    yield "| difficulty | difflib on lines | diff-match-patch on lines | TF-IDF + assignment | planwatch | precision at confidence ≥ .9 | such links a pair |"
    yield "|---|---|---|---|---|---|---|"
    for difficulty in DIFFICULTIES:
        figures: dict[str, list[float]] = {}
        sure = right = 0
        for seed in range(FIRST_SEED, FIRST_SEED + seeds):
            pair = generate(difficulty, seed, words=WORDS)
            old = [task.text for task in pair.old.tasks]
            new = [task.text for task in pair.new.tasks]
            found = {
                "difflib": named(pair, by_difflib(old, new)),
                "dmp": named(pair, by_diff_match_patch(old, new)),
            }
            for threshold in THRESHOLDS:
                found[f"tfidf {threshold}"] = named(pair, by_tfidf(old, new, threshold))
            links = compare(pair.old, pair.new, registry).links
            found["ours"] = {(frozenset(link.old), frozenset(link.new)) for link in links}
            for method, links_found in found.items():
                figures.setdefault(method, []).append(f1(pair.links, links_found))
            confident = [link for link in links if link.confidence >= 0.9]
            sure += len(confident)
            right += sum(
                (frozenset(link.old), frozenset(link.new)) in pair.links for link in confident
            )
        mean = {method: sum(values) / len(values) for method, values in figures.items()}
        tfidf = max(value for method, value in mean.items() if method.startswith("tfidf"))
        yield (
            f"| {difficulty.replace('_', ' ')} | {mean['difflib']:.3f} | {mean['dmp']:.3f} "
            f"| {tfidf:.3f} | **{mean['ours']:.3f}** | {right / max(sure, 1):.3f} "
            f"| {sure / seeds:.0f} |"
        )


def read_text(path: Path) -> Plan:
    """A corpus text as a plan."""
    from plans.reading.read import read

    extract = Extract(
        state="document", text=path.read_text("utf-8"), title=path.stem.split("__")[0]
    )
    return read(extract, shipped_registry())


def made_pair(corpus: Path) -> Iterable[str]:
    """The figures of the scorer on the invented pair of the corpus."""
    folder = corpus / "pairs" / "made-1"
    found = compare(
        read_text(folder / "old.txt"), read_text(folder / "new.txt"), shipped_registry()
    )
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        file.write(to_json(found))
        file.flush()
        scorer = corpus.parent / "tools" / "score_changes.py"
        output = subprocess.run(
            [sys.executable, str(scorer), str(folder / "gold.json"), file.name, "--quiet"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    figures = json.loads(output.splitlines()[0])
    names = ("links_f1", "duty_f1", "changes_f1", "severity", "values", "false_major")
    yield "| " + " | ".join(names) + " |"
    yield "|" + "---|" * len(names)
    yield "| " + " | ".join(str(figures[name]) for name in names) + " |"


def laws(folder: Path) -> Iterable[str]:
    """What the comparison of old and new versions of laws (NAME__DATE.md) finds, in numbers."""
    yield "| law | articles | linked one to one | of these word for word | split or merged | added | removed | reported renumbered (editorial) |"
    yield "|---|---|---|---|---|---|---|---|"
    texts: dict[str, list[Path]] = {}
    for path in sorted(folder.glob("*__*.md")):
        texts.setdefault(path.stem.split("__")[0], []).append(path)
    for title, (before, after) in texts.items():
        old, new = read_text(before), read_text(after)
        found = compare(old, new, shipped_registry())
        kinds = Counter(change.kind for change in found.changes)
        single = [link for link in found.links if len(link.old) == len(link.new) == 1]
        yield (
            f"| {title} | {len(old.tasks)} → {len(new.tasks)} | {len(single)} "
            f"| {len(single) - kinds['task_reworded']} | {len(found.links) - len(single)} "
            f"| {kinds['task_added']} | {kinds['task_removed']} | {kinds['task_renumbered']} |"
        )


def report(seeds: int, corpus: Path) -> str:
    """All tables."""
    lines = [f"Links between generated pairs (F1, mean of {seeds} seeds, 112 tasks each):", ""]
    lines += generated(seeds)
    if (corpus / "pairs").is_dir():
        lines += ["", "The invented pair of the corpus (made-1), read from its text:", ""]
        lines += made_pair(corpus)
        lines += ["", "Laws by articles:", ""]
        lines += laws(corpus / "laws")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=24)
    default = os.environ.get("PLANWATCH_CORPUS") or ROOT.parent / "shared" / "corpus"
    parser.add_argument("--corpus", type=Path, default=Path(default))
    parser.add_argument("--write", action="store_true", help="put the tables into docs/accuracy.md")
    parser.add_argument(
        "--laws", type=Path, help="only the table of laws, for a folder of NAME__DATE.md"
    )
    options = parser.parse_args()
    if options.laws:
        print("\n".join(laws(options.laws)))
        return
    tables = report(options.seeds, options.corpus)
    print(tables)
    if options.write:
        page = PAGE.read_text("utf-8")
        before, _, rest = page.partition(BEGIN)
        _, _, after = rest.partition(END)
        PAGE.write_text(f"{before}{BEGIN}\n{tables}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
