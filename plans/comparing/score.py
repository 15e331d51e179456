"""How likely it is that one task continues another: features of a pair, and their weights.

The weights are data (data/weights.json), learned by ``python -m bench.compare.train`` on invented
pairs whose wording the benchmark never uses.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from operator import mul
from typing import NamedTuple

from rapidfuzz.distance import Indel

#: What the content model looks at, in the order of ``plans.comparing.features.content_features``.
CONTENT = (
    "similarity",
    "containment",
    "letters",
    "head_best",
    "head_worst",
    "unit_best",
    "same_title",
    "other_title",
    "same_name",
    "other_name",
    "bodies",
    "numbers",
    "exact_bodies",
    "similarity_squared",
    "other_head",
    "known_subject",
    "known_rest",
    "subject_best",
    "subject_worst",
    "units_kept",
    "known_share",
    "swapped",
    "swapped_known",
)
#: What the context model adds, in the order of :func:`context_features`.
CONTEXT = ("content", "same_section", "other_section", "near", "lead_old", "lead_new", "both_weak")
#: What the keeping model looks at: the context log odds, then everything that the content and context
#: models saw, then what other links say. It judges pairs that were matched, among which look-alikes
#: are the ones to find.
KEEP = ("context", *CONTENT, *CONTEXT[1:], "against", "behind")
#: What the split model looks at, in the order of ``plans.comparing.splits.split_features``.
SPLIT = (
    "inside",
    "gain",
    "unit",
    "mutual",
    "head",
    "verb",
    "open",
    "bodies",
    "exact_bodies",
    "same_section",
    "near",
    "between",
    "title",
    "other_title",
    "rest",
    "subject",
)


class Model(NamedTuple):
    """One logistic model: a bias and a weight for each feature."""

    bias: float
    weights: tuple[float, ...]

    def logit(self, features: Sequence[float]) -> float:
        """The log odds for one pair's features."""
        return self.bias + float(sum(map(mul, self.weights, features)))


class Models(NamedTuple):
    """All models, and the log odds from which a pair is matched, kept, or a part of a split."""

    content: Model
    context: Model
    keep: Model
    split: Model
    link_from: float
    keep_from: float
    split_from: float


@lru_cache(maxsize=1)
def models() -> Models:
    """The shipped models."""
    data = json.loads(
        (resources.files("plans.comparing") / "data" / "weights.json").read_text("utf-8")
    )
    return models_from(data)


def models_from(data: dict[str, dict[str, float]]) -> Models:
    """Models from plain data. Raises ``KeyError`` where a feature has no weight."""

    def model(name: str, features: tuple[str, ...]) -> Model:
        return Model(data[name]["bias"], tuple(data[name][feature] for feature in features))

    return Models(
        content=model("content", CONTENT),
        context=model("context", CONTEXT),
        keep=model("keep", KEEP),
        split=model("split", SPLIT),
        link_from=data["thresholds"]["link"],
        keep_from=data["thresholds"]["keep"],
        split_from=data["thresholds"]["split"],
    )


def probability(logit: float) -> float:
    """Log odds as a probability, without overflow."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


def relation(one: frozenset[str], other: frozenset[str]) -> float:
    """Titles against titles: 1 the same, -1 quite others, 0 where a side names none.

    In between where titles resemble each other: an instrument may be retitled.
    """
    if not one or not other:
        return 0.0
    common = len(one & other)
    if common:
        return 0.5 + 0.5 * common / max(len(one), len(other))
    likest = max(Indel.normalized_similarity(a, b) for a in one for b in other)
    return (likest - 0.6) / 0.4 if likest > 0.6 else -1.0 + max(0.0, likest - 0.4)


def agreement(one: frozenset[str], other: frozenset[str]) -> tuple[float, float]:
    """Bodies against bodies: (-0.5 to 0.5, 1 if equal); (0, 0) where a side names none.

    Absent brackets mean unknown, not disagreement.
    """
    if not one or not other:
        return 0.0, 0.0
    common = len(one & other)
    return common / len(one | other) - 0.5, 1.0 if len(one) == len(other) == common else 0.0


def context_features(
    content: float,
    lead_old: float,
    lead_new: float,
    same_section: bool,
    other_section: bool,
    near: float,
) -> tuple[float, ...]:
    """What the plan around a pair adds to its content score.

    ``lead_old`` and ``lead_new`` tell by how much (log odds) the pair beats the best rival of
    either task, negative where a rival is better; ``near`` is 1 where the order of confident links
    would put the pair.
    """
    return (
        content,
        1.0 if same_section else 0.0,
        1.0 if other_section else 0.0,
        near,
        max(-1.0, min(1.0, lead_old / 4)),
        max(-1.0, min(1.0, lead_new / 4)),
        max(0.0, -content) / 4,
    )
