"""Large comparisons run without the search for cyclic garbage, and give it back as it was."""

import gc
import threading
from collections.abc import Iterator

import pytest

from plans.comparing.collecting import LARGE, uncollected


@pytest.fixture(autouse=True)
def searching() -> Iterator[None]:
    gc.enable()
    yield
    gc.enable()


def test_a_large_comparison_pauses_the_search_and_a_small_one_does_not() -> None:
    with uncollected(LARGE - 1):
        assert gc.isenabled()
    with uncollected(LARGE):
        assert not gc.isenabled()
    assert gc.isenabled()


def test_the_search_goes_on_after_a_failure() -> None:
    with pytest.raises(ValueError, match="broken"), uncollected(LARGE):
        raise ValueError("broken")
    assert gc.isenabled()


def test_who_has_switched_the_search_off_keeps_it_off() -> None:
    gc.disable()
    with uncollected(LARGE):
        pass
    assert not gc.isenabled()


def test_the_last_of_several_threads_gives_the_search_back() -> None:
    inside, leave = threading.Event(), threading.Event()

    def other() -> None:
        with uncollected(LARGE):
            inside.set()
            leave.wait(10)

    with uncollected(LARGE):
        thread = threading.Thread(target=other)
        thread.start()
        assert inside.wait(10)
    assert not gc.isenabled()
    leave.set()
    thread.join(10)
    assert gc.isenabled()
