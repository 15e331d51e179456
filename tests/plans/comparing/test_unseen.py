"""Invented consecutive plans, compared from their texts, against what their author changed.

A pair and its answers stand in a folder of ``unseen/``; the answers have the shape of the scoring
program's gold files. Among what must not be told: the same words for a date in a plan of another
year, other numbers, names with and without 国家, the order of bodies, 等部门, brackets left out.
"""

import importlib.util
import json
from pathlib import Path

import pytest

from monitor.extracting.extract import extract
from plans.comparing.compare import compare
from plans.model import to_json
from plans.reading.read import read
from plans.registry.load import shipped_registry

UNSEEN = Path(__file__).parent / "unseen"
PAIRS = sorted(path for path in UNSEEN.iterdir() if path.is_dir())
FIGURES = (
    "links_f1",
    "link_pairs_f1",
    "added_f1",
    "removed_f1",
    "changes_f1",
    "duty_f1",
    "values",
    "severity",
)


@pytest.fixture(scope="session")
def scorer(scorers):
    """The scoring program, as a module."""
    spec = importlib.util.spec_from_file_location("score_changes", scorers / "score_changes.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def plan_of(path: Path):
    """The plan that a text holds, as the program would read the file."""
    return read(extract(path.read_bytes(), media_type="text/plain"), shipped_registry())


def changes_of(pair: Path):
    """The changeset of a pair."""
    return compare(plan_of(pair / "old.txt"), plan_of(pair / "new.txt"), shipped_registry())


@pytest.mark.parametrize("pair", PAIRS, ids=[path.name for path in PAIRS])
def test_every_change_is_told_and_no_other(pair, scorer):
    gold = json.loads((pair / "gold.json").read_text(encoding="utf-8"))
    figures, misses = scorer.score(gold, json.loads(to_json(changes_of(pair))))
    assert misses == []
    assert {key: figures[key] for key in FIGURES if figures[key] != 1.0} == {}
    assert figures["false_major"] == 0


def test_another_copy_of_the_same_text_has_nothing_but_editorial_changes():
    changes = changes_of(UNSEEN / "the_same_text_in_another_copy").changes
    assert changes
    assert {change.severity for change in changes} == {"editorial"}
