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

from monitor.extracting.extract import extract
from monitor.reading_pool import ReadingPool
from plans.model import Extract
from plans.reading.read import read
from plans.registry.load import shipped_registry
from plans.registry.model import Registry
from storage.task_index import index_of

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


def test_a_page_is_extracted_as_it_is_here(pool: ReadingPool):
    page = f"<html><title>茶叶计划</title><body><div id='UCAP-CONTENT'><p>{TEXT}</p></div></body></html>"
    how = {"media_type": "text/html", "url": "http://tea.example/a.html", "charset": "utf-8"}
    assert pool.extract(page.encode(), **how) == extract(page.encode(), **how)


def test_the_rows_of_a_plan_are_made_along_with_it(pool: ReadingPool, registry: Registry):
    plans = [pool.read(text(number), registry) for number in range(3)]
    edition = msgspec.structs.replace(plans[1], edition="2031")
    assert pool.index(edition) == index_of(plans[1])
    assert pool.index(plans[0]) == index_of(plans[0])
    # Asked for again, or of a plan from elsewhere, they are made here.
    assert pool.index(plans[0]) == index_of(plans[0])
    assert pool.index(read(text(9), registry)) == index_of(read(text(9), registry))


def test_indexes_that_nobody_asks_for_do_not_pile_up(pool: ReadingPool, registry: Registry):
    plans = [pool.read(text(number), registry) for number in range(100)]
    assert [pool.index(plan) for plan in plans] == [index_of(plan) for plan in plans]
    assert len(pool._indexes) == 0
    for number in range(100):
        pool.read(text(number), registry)
    assert len(pool._indexes) <= 64


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
