"""The properties of reading, drawn ten thousand times each instead of some dozens.

    python -m bench.reading.properties [EXAMPLES] [WORDS]

Runs the tests of tests/plans/reading/test_properties.py whose names hold WORDS, by default noise on
noise and what is rendered and read again, and ends as they do. A quarter of an hour and more.
"""

from __future__ import annotations

import os
import sys

import pytest

_DEFAULT = "noise_on_noise or gives_the_plan_back"


def main() -> int:
    """Run them; pytest's exit code."""
    examples = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    # The tests of whole plans draw a tenth of what is asked for.
    os.environ["PLANWATCH_EXAMPLES"] = str(10 * examples)
    words = sys.argv[2] if len(sys.argv) > 2 else _DEFAULT
    path = "tests/plans/reading/test_properties.py"
    return pytest.main(
        [path, "-q", "-p", "no:cacheprovider", "-k", words, "--timeout=0", "--durations=5"]
    )


if __name__ == "__main__":
    sys.exit(main())
