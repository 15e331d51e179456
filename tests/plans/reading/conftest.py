"""Short ways to say what a test means: read this text; who is named in this bracket."""

import datetime as dt

import pytest

from plans.model import Extract
from plans.reading.characters import fold
from plans.reading.grammar.parser import lexer_of, parse
from plans.reading.read import read
from plans.registry.load import shipped_registry


@pytest.fixture(scope="session")
def registry():
    return shipped_registry()


@pytest.fixture
def plan_of(registry):
    """The plan that a text reads as."""

    def make(text: str, published_on: dt.date | None = None, title: str | None = None):
        extract = Extract(state="document", text=text, published_on=published_on, title=title)
        return read(extract, registry)

    return make


@pytest.fixture
def duty_of(registry):
    """The reading of one bracket's content, in 2031 unless another year is given."""

    def make(content: str, year: int | None = 2031):
        return parse(fold(content), lexer_of(registry, year))

    return make


@pytest.fixture
def who(plan_of):
    """Who does what in a plan of one task with this bracket: "name role", in order."""

    def make(bracket: str, year: int = 2031):
        plan = plan_of(f"{year}年渔港建设计划\n一、建设\n1.建设渔港{bracket}\n2.维护渔港。")
        return [f"{a.agency or a.name} {a.role}" for a in plan.tasks[0].assignments]

    return make
