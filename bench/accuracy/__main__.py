"""Every figure of docs/accuracy.md by one command: ``python -m bench.accuracy [--write]``.

Without ``--write`` the tables are printed. Exits with 1 where reading or extracting is below what
it must reach.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from bench.accuracy import changes, extraction, plans

PAGE = Path(__file__).resolve().parents[2] / "docs" / "accuracy.md"
SEEDS = 24


def main() -> int:
    """Print the tables, or put them between their marks."""
    corpus = plans.CORPUS
    if not corpus.is_dir():
        print(f"no corpus at {corpus}; set PLANWATCH_CORPUS to its folder", file=sys.stderr)
        return 2
    rows, _, held = plans.table(corpus)
    figures, missed = extraction.score(corpus)
    tables = {
        "plans": "\n".join(rows),
        "extraction": extraction.table(figures),
        "changes": changes.report(SEEDS, corpus),
    }
    if "--write" in sys.argv:
        text = PAGE.read_text(encoding="utf-8")
        for name, table in tables.items():
            text = _between(text, name, table)
        PAGE.write_text(text, encoding="utf-8")
    else:
        print("\n\n".join(tables.values()))
    return 0 if held and not any(missed) else 1


def _between(text: str, name: str, table: str) -> str:
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    pattern = re.compile(re.escape(begin) + r".*?" + re.escape(end), re.DOTALL)
    found, count = pattern.subn(lambda _: f"{begin}\n{table}\n{end}", text)
    if count != 1:
        raise SystemExit(f"{PAGE}: the marks {begin} … {end} must stand in it once")
    return found


if __name__ == "__main__":
    sys.exit(main())
