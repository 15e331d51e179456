"""Plans against the gold answers: bytes -> extract -> read -> score_plan.py, as a table.

    python -m bench.accuracy.plans [CORPUS] [--misses]

CORPUS is the folder of real pages (default: PLANWATCH_CORPUS, else ../shared/corpus beside the
checkout); the scoring program is found beside it. Exits with 1 where a figure is below what the
reader must reach.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from monitor.extracting.extract import extract
from plans.model import Plan, to_json
from plans.reading.read import read
from plans.registry.load import shipped_registry

CORPUS = Path(
    os.environ.get("PLANWATCH_CORPUS", Path(__file__).resolve().parents[3] / "shared" / "corpus")
)
#: What every text must reach.
FLOORS = {"task_f1": 0.99, "assignment_f1": 0.98, "header_accuracy": 1.0}
COLUMNS = {
    "task_f1": "tasks",
    "assignment_f1": "assignments",
    "scope_f1": "scopes",
    "deadline_f1": "deadlines",
    "section_accuracy": "sections",
    "kind_accuracy": "kinds",
    "header_accuracy": "header",
}


def cases(corpus: Path) -> Iterator[tuple[str, Path, Path]]:
    """Name, published file and gold answers of every text that has some."""
    for gold in sorted((corpus / "gold").glob("*.json")):
        for suffix in (".html", ".txt"):
            page = corpus / "pages" / (gold.stem + suffix)
            if page.is_file():
                yield gold.stem, page, gold
    for pair in sorted((corpus / "pairs").iterdir()):
        for side in ("old", "new"):
            gold = pair / f"{side}.plan.json"
            if gold.is_file():
                yield f"{pair.name}/{side}", pair / f"{side}.txt", gold


def plan_of(path: Path) -> Plan:
    """The plan that a published file holds."""
    return read(extract(path.read_bytes()), shipped_registry())


def score(plan: Plan, gold: Path, corpus: Path) -> tuple[dict[str, Any], list[str]]:
    """The scoring program's figures, and its lines on what was missed."""
    with tempfile.TemporaryDirectory() as folder:
        got = Path(folder) / "plan.json"
        got.write_bytes(to_json(plan))
        program = corpus.parent / "tools" / "score_plan.py"
        told = subprocess.run(
            [sys.executable, str(program), str(gold), str(got)],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.splitlines()
    return json.loads(told[0]), told[1:]


def table(corpus: Path) -> tuple[list[str], list[str], bool]:
    """Markdown rows, the misses, and whether every floor is held."""
    rows = [
        "| text | " + " | ".join(COLUMNS.values()) + " |",
        "|---|" + "---|" * len(COLUMNS),
    ]
    misses: list[str] = []
    held = True
    for name, page, gold in cases(corpus):
        figures, missed = score(plan_of(page), gold, corpus)
        held = held and all(figures[key] >= floor for key, floor in FLOORS.items())
        shown = " | ".join(f"{figures[key]:.3f}" for key in COLUMNS)
        rows.append(
            f"| {name} ({figures['tasks']} tasks, {figures['assignments']} assignments) | {shown} |"
        )
        misses += [f"{name}: {line}" for line in missed]
    return rows, misses, held


def main(arguments: list[str]) -> int:
    """Print the table; with --misses every single miss below it."""
    folders = [Path(one) for one in arguments if not one.startswith("--")]
    rows, misses, held = table(folders[0] if folders else CORPUS)
    print("\n".join(rows))
    if "--misses" in arguments:
        print("\n".join(misses))
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
