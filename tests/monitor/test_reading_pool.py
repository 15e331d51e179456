"""Texts read in other processes give the same plans, also when such a process is killed."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from monitor.reading_pool import ReadingPool
from plans.model import Extract
from plans.reading.read import read
from plans.registry.load import shipped_registry
from plans.registry.model import Registry

TEXT = "茶叶产业推进计划\n一、完善制度\n1.制定茶园管护办法。（农业农村部、司法部负责）\n2.开展评估。（司法部负责）"


@pytest.fixture(scope="module")
def registry() -> Registry:
    return shipped_registry()


@pytest.fixture
def pool(registry: Registry) -> Iterator[ReadingPool]:
    found = ReadingPool(registry, 1)
    yield found
    found.close()


def text(number: int = 0) -> Extract:
    return Extract(state="document", text=f"{TEXT}\n3.第{number}项工作。（教育部负责）")


def readers() -> set[int]:
    return {child.pid for child in multiprocessing.active_children() if child.pid is not None}


def test_a_plan_is_the_same_wherever_it_is_read(pool: ReadingPool, registry: Registry):
    before = readers()
    plans = [pool.read(text(number), registry) for number in range(3)]
    assert plans == [read(text(number), registry) for number in range(3)]
    assert [len(plan.tasks) for plan in plans] == [3, 3, 3]
    assert len(readers() - before) == 1


def test_another_registry_is_used_as_given(pool: ReadingPool, registry: Registry):
    before = readers()
    other = msgspec.structs.replace(registry, version="of the user")
    assert pool.read(text(), other) == read(text(), other)
    assert readers() == before


def test_a_killed_reader_is_replaced_and_its_text_is_read(pool: ReadingPool, registry: Registry):
    before = readers()
    pool.read(text(), registry)
    (killed,) = readers() - before
    os.kill(killed, signal.SIGKILL)
    assert pool.read(text(1), registry) == read(text(1), registry)
    assert pool.read(text(2), registry) == read(text(2), registry)
    assert killed not in readers()


CHILD = """
import multiprocessing, os, signal
from monitor.reading_pool import ReadingPool
from plans.model import Extract
from plans.registry.load import shipped_registry
if __name__ == "__main__":
    registry = shipped_registry()
    ReadingPool(registry, 1).read(Extract(state="document", text="1.制定办法。"), registry)
    print(*[child.pid for child in multiprocessing.active_children()], flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_readers_end_with_a_killed_parent(tmp_path):
    script = tmp_path / "parent.py"
    script.write_text(CHILD)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, env=environment, timeout=60
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    (reader,) = map(int, done.stdout.split())
    for _ in range(300):
        if not alive(reader):
            return
        time.sleep(0.1)
    pytest.fail("the reader outlived its parent")


def alive(pid: int) -> bool:
    """Whether a process runs; one that ended and was not fetched by its parent does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state.rsplit(")", 1)[1].split()[0] != "Z"
