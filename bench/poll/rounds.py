"""Whole polls on loopback beside a bare requests loop: first, unchanged, and 1 % changed rounds.

Run: ``python -m bench.poll.rounds [--documents 1000] [--rounds 7] [--readers 2] [--database URL]``; what it does
stands in :mod:`bench.poll.measuring`. Each reader imports the main module of its parent anew: as with the
program's own command, that is next to nothing here.
"""

from __future__ import annotations

if __name__ == "__main__":
    from bench.poll.measuring import main

    main()
