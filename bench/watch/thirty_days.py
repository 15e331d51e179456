"""30 simulated days of watching noisy pages: was every edit found, and was nothing else told?

``python -m bench.watch.thirty_days`` polls 84 pages four times a day, 10,080 polls, one in a
hundred with a real edit. The pages are served by a real server on loopback; the clock is our own.
"""

from __future__ import annotations

import argparse
import datetime as dt
import tempfile
import time
from collections import Counter
from pathlib import Path

from storage.database import Database
from tests.monitor.simulation import simulate
from tests.publisher.server import Publisher


def main() -> int:
    """Run and print; the exit code is 1 where an edit was missed or late, or something was told
    without one.
    """
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sources", type=int, default=84)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--edits", type=float, default=0.01, help="share of polls with an edit")
    parser.add_argument("--seed", type=int, default=2031)
    chosen = parser.parse_args()
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, Publisher() as publisher:
        database = Database.open(
            Path(folder) / "archive.sqlite3", now=dt.datetime(2031, 5, 7, tzinfo=dt.UTC)
        )
        report = simulate(
            database,
            publisher,
            sources=chosen.sources,
            days=chosen.days,
            edits=chosen.edits,
            seed=chosen.seed,
        )
        database.close()
    seconds = time.perf_counter() - started
    kinds = Counter(edit.kind for edit in report.edits)
    wrong = [edit for edit in report.edits if not edit.right]
    print(f"polls            {report.polls} in {seconds:.0f} s")
    print(f"outcomes         {dict(sorted(report.outcomes.items()))}")
    flagged = report.flagged_by_hash / max(1, report.unchanged)
    print(f"a hash would flag {flagged:.1%} of the answers as changed")
    print(f"edits            {len(report.edits)}: {dict(sorted(kinds.items()))}")
    print(f"found in time    {len(report.edits) - len(report.late)} of {len(report.edits)}")
    print(f"of right kind    {len(report.edits) - len(wrong)} of {len(report.edits)}")
    print(f"false alarms     {len(report.false_alarms)}")
    for line in [*report.false_alarms, *map(str, report.late), *map(str, wrong)]:
        print("  ", line)
    return 1 if report.late or report.false_alarms or wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
