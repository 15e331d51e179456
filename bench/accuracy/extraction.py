"""Main text against the gold answers: the figures of score_extract.py as a table.

    python -m bench.accuracy.extraction [CORPUS]

CORPUS is the folder of real pages (default: PLANWATCH_CORPUS, else ../shared/corpus beside the
checkout); the scoring program is found beside it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from monitor.extracting.extract import extract

CORPUS = Path(
    os.environ.get("PLANWATCH_CORPUS", Path(__file__).resolve().parents[3] / "shared" / "corpus")
)


def extracted(corpus: Path) -> dict[str, Any]:
    """Every page of the gold answers as the scoring program wants it, by its name."""
    gold = json.loads((corpus / "gold" / "extraction.json").read_text(encoding="utf-8"))
    out = {}
    for entry in gold:
        made = extract((corpus / "pages" / entry["source"]).read_bytes())
        out[entry["source"]] = {
            "state": made.state,
            "title": made.title,
            "published_on": made.published_on.isoformat() if made.published_on else None,
            "document_number": made.document_number,
            "text": made.text,
        }
    return out


def score(corpus: Path) -> tuple[dict[str, float], list[str]]:
    """The scoring program's figures, and its lines on what was missed."""
    with tempfile.TemporaryDirectory() as folder:
        got = Path(folder) / "extracted.json"
        got.write_text(json.dumps(extracted(corpus), ensure_ascii=False), encoding="utf-8")
        told = subprocess.run(
            [
                sys.executable,
                str(corpus.parent / "tools" / "score_extract.py"),
                str(corpus / "gold" / "extraction.json"),
                str(got),
            ],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.splitlines()
    return json.loads(told[0]), told[1:]


def table(figures: dict[str, float]) -> str:
    """The figures as a Markdown table."""
    rows = [f"| {name} | {value:g} |" for name, value in figures.items()]
    return "\n".join(["| figure | value |", "|---|---|", *rows])


def main() -> int:
    """Print the table and the misses; 1 where there is any."""
    corpus = Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS
    if not corpus.is_dir():
        print(f"no corpus at {corpus}; name its folder or set PLANWATCH_CORPUS", file=sys.stderr)
        return 2
    figures, misses = score(corpus)
    print(table(figures))
    print("\n".join(misses))
    return 1 if figures["misses"] else 0


if __name__ == "__main__":
    sys.exit(main())
