"""Golden files: what a report looked like when a person last read it and found it right.

A new file is written and fails once, so that it is read before it counts; to renew one after an
intended change, delete it and run its test twice.
"""

from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "golden"


def check(name: str, text: str) -> None:
    path = FOLDER / name
    if not path.exists():
        path.write_text(text, encoding="utf-8")
        pytest.fail(f"{path.name} is new: read it, then run again")
    assert text == path.read_text(encoding="utf-8")
