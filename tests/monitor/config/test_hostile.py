"""Whatever stands in the file, the answer is a configuration or a list of mistakes."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.config.load import config_from
from monitor.config.model import Config
from monitor.config.problems import ConfigError

SHIPPED = (Path(__file__).resolve().parents[3] / "sources.yaml").read_text(encoding="utf-8")
LINES = [line for line in SHIPPED.splitlines() if line.strip() and not line.startswith("#")]


def answer(text):
    try:
        return config_from(text, "sources.yaml", env={})
    except ConfigError as error:
        assert error.problems
        count = text.count("\n") + 2
        assert all(1 <= problem.line <= count for problem in error.problems), str(error)
        return error


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_any_text(text):
    answer(text)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(LINES), min_size=1, max_size=25),
    st.integers(0, 400),
    st.sampled_from(["", "  ", "- ", ": ", "[", "{", "'", "\t", "&a ", "*a", "!!python/x ", "? "]),
)
def test_lines_of_the_shipped_file_in_any_order_and_broken_anywhere(lines, place, piece):
    text = "\n".join(lines)
    answer(text[:place] + piece + text[place:])


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_every_value_of_the_wrong_kind_is_a_mistake_or_taken(data):
    index = data.draw(st.integers(0, len(LINES) - 1))
    value = data.draw(
        st.sampled_from(["3", "x", "[x]", "{a: b}", "null", "true", "2027-01-01", "''"])
    )
    head, colon, _ = LINES[index].partition(": ")
    lines = list(LINES)
    lines[index] = f"{head}{colon}{value}" if colon else LINES[index]
    answer("\n".join(lines))


@pytest.mark.parametrize(
    "text", ["[" * 500, "{a: " * 500, "- " * 500, "a: &a [*a]", "a: &a {b: *a}", "\0", "%"]
)
def test_nesting_without_end(text):
    assert isinstance(answer(text), ConfigError)


def test_the_shipped_file_is_taken():
    assert isinstance(answer(SHIPPED), Config)
