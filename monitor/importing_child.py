"""The limited process that reads an uploaded text: an Extract in on standard input, a Plan out as JSON.

A text that is too much for it is answered with ``!`` and the reason. Started by :mod:`monitor.importing_uploads`. The registry comes with the text, as the parent's own
bytes: nothing of them was ever in a stranger's hands.
"""

from __future__ import annotations

import json
import os
import pickle
import sys

from monitor.extracting.child import bound
from monitor.extracting.limits import Limits
from plans.model import extract_from_json, to_json
from plans.reading.read import read


def main() -> None:
    """Bound this process, read, answer."""
    limits = Limits(*json.loads(sys.argv[1])["limits"])
    # A library that prints must not spoil the answer: it goes to standard error instead.
    answer = os.dup(1)
    os.dup2(2, 1)
    registry = pickle.load(sys.stdin.buffer)
    body = sys.stdin.buffer.read()
    bound(limits, writes=False)
    try:
        made = to_json(read(extract_from_json(body), registry))
    except MemoryError:
        made = f"!reading it took more than {limits.memory // 2**20} MB".encode()
    except RecursionError:
        made = b"!its parts are nested too deeply"
    with os.fdopen(answer, "wb") as out:
        out.write(made)


if __name__ == "__main__":
    main()
