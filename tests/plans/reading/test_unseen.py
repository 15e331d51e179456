"""Invented texts, each in the shape of one published kind, against what their author knows they say.

A text and its answers stand side by side in ``unseen/``; the answers have the shape of the scoring
program's gold files. The texts were written before the reader had seen them.
"""

import importlib.util
import json
from pathlib import Path

import pytest

from monitor.extracting.extract import extract
from plans.model import to_json
from plans.reading.read import read

UNSEEN = Path(__file__).parent / "unseen"
GOLD = sorted(UNSEEN.glob("*.gold.json"))
MEDIA_TYPES = {".txt": "text/plain", ".html": "text/html", ".md": "text/markdown"}


@pytest.fixture(scope="session")
def scorer(scorers):
    """The scoring program, as a module."""
    spec = importlib.util.spec_from_file_location("score_plan", scorers / "score_plan.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def text_of(gold: Path) -> Path:
    """The text that the answers are on."""
    return UNSEEN / json.loads(gold.read_text(encoding="utf-8"))["source"]


def test_every_text_has_its_answers():
    assert len(GOLD) >= 20
    texts = {path for path in UNSEEN.iterdir() if path.suffix in MEDIA_TYPES}
    assert {text_of(gold) for gold in GOLD} == texts


@pytest.mark.parametrize("gold", GOLD, ids=[path.name.split(".")[0] for path in GOLD])
def test_a_text_is_read_as_its_author_meant_it(gold, scorer, registry):
    path = text_of(gold)
    extracted = extract(path.read_bytes(), media_type=MEDIA_TYPES[path.suffix])
    plan = read(extracted, registry)
    figures, misses = scorer.score(
        json.loads(gold.read_text(encoding="utf-8")), json.loads(to_json(plan))
    )
    assert misses == []
    assert {key: figures[key] for key in scorer.KEYS if figures[key] not in (1, None)} == {}
