"""The full storm: 1,000 alerts to three channels, faults at random, processes killed without warning.

``python -m bench.alerts.storm [--alerts N] [--kills N] [--postgresql URL]`` prints what arrived,
what arrived twice, and ends with 1 where an alert was lost or came twice without excuse.
"""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
import time
from pathlib import Path

from tests.alerts.storm import storm


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--alerts", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=12)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--fault", type=float, default=0.15)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgresql", help="URL of an empty database; without: an SQLite file")
    given = parser.parse_args()
    logging.disable(logging.ERROR)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        result = storm(
            given.postgresql or str(Path(folder) / "storm.sqlite3"),
            Path(folder),
            count=given.alerts,
            kills=given.kills,
            processes=given.processes,
            fault=given.fault,
            seed=given.seed,
        )
    arrived = {channel: sum(got.values()) for channel, got in result.arrived.items()}
    excused = {channel: sum(lost.values()) for channel, lost in result.excused.items()}
    print(f"{given.alerts} alerts to 3 channels in {time.perf_counter() - began:.0f} s")
    print(
        f"{result.kills} kills, {result.faults} faults; pending {result.pending}, dead {result.dead}"
    )
    print(f"arrived {arrived}; missing {len(result.missing)}")
    print(f"twice {result.twice}; accepted with the answer lost {excused}")
    print(f"twice without excuse {len(result.inexcusable)}")
    return int(bool(result.missing or result.inexcusable or result.pending))


if __name__ == "__main__":
    sys.exit(main())
