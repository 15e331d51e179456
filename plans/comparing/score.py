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

from rapidfuzz.distance import Indel, Levenshtein

from plans.comparing.prepare import Layout, Weights
from plans.comparing.traits import FRAME_MARK, Traits

#: What the content model looks at, in the order of :func:`content_features`.
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
#: models saw. It judges pairs that were matched, among which look-alikes are the ones to find.
KEEP = ("context", *CONTENT, *CONTEXT[1:])
#: What the split model looks at, in the order of ``plans.comparing.splits.split_features``.
SPLIT = ("inside", "gain", "unit", "bodies", "same_section", "near", "title", "rest", "subject")


#: Least similarity, or least share of the shorter text inside the other, of a pair.
LEAST_ALIKE, LEAST_INSIDE = 0.12, 0.2
#: Phrases put in one another's place: least similarity of the texts to look for them, least length
#: of a phrase, greatest length of a text (an article of a law is judged by its sentences).
SWAP_FROM, SWAP_LEAST, SWAP_LENGTH = 0.2, 3, 200


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


def content_features(
    old: Layout, new: Layout, weights: Weights, i: int, j: int
) -> tuple[float, ...] | None:
    """What the texts and bodies of old task ``i`` and new task ``j`` share, each about 0 to 1.

    None where the texts share too little for any link: with no word in common but those that any
    task may use, the same bodies at the same place are no continuation.
    """
    one, other = old.traits[i], new.traits[j]
    weight = weights.__getitem__
    shared = one.grams & other.grams
    if all(gram[0] == FRAME_MARK for gram in shared):
        return None
    common = sum(map(weight, shared))
    mass_one, mass_other = old.mass[i], new.mass[j]
    similarity = common / math.sqrt(mass_one * mass_other)
    if similarity < LEAST_ALIKE and common < LEAST_INSIDE * min(mass_one, mass_other):
        return None
    head_one = sum(map(weight, old.head[i] & shared)) / old.head_mass[i]
    head_other = sum(map(weight, new.head[j] & shared)) / new.head_mass[j]
    kept_one, best_one, later_one = _units(one, shared, weights, mass_one)
    kept_other, best_other, later_other = _units(other, shared, weights, mass_other)
    subject_one = sum(map(weight, one.subject & other.objects)) / old.subject_mass[i]
    subject_other = sum(map(weight, other.subject & one.objects)) / new.subject_mass[j]
    letters = Indel.normalized_similarity(one.core, other.core)
    title = relation(old.titles[i], new.titles[j])
    name = relation(old.named[i], new.named[j])
    bodies, exact = agreement(old.agencies[i], new.agencies[j])
    frame, known_head, known, known_share = other_subject(old, new, weights, i, j, shared)
    return (
        similarity,
        common / min(mass_one, mass_other),
        letters,
        max(head_one, head_other),
        min(head_one, head_other),
        max(best_one, best_other),
        max(0.0, title),
        max(0.0, -title) * (1 - min(later_one, later_other)),
        max(0.0, name),
        max(0.0, -name),
        bodies,
        1.0 if one.numbers & other.numbers else 0.0,
        exact,
        similarity * similarity,
        frame,
        known_head,
        known,
        max(subject_one, subject_other),
        min(subject_one, subject_other),
        max(kept_one, kept_other),
        known_share,
        *swaps(old, new, i, j, similarity),
    )


def _units(
    one: Traits, shared: frozenset[str], weights: Weights, mass: float
) -> tuple[float, float, float]:
    """How well the units of a task stand in the other: the share of its mass in units that stand
    there wholly, the best share of any unit, and of any unit but the first.
    """
    kept = best = later = 0.0
    for number, unit in enumerate(one.units):
        inside = unit & shared
        if not inside:
            continue
        whole = sum([weights[gram] for gram in unit])
        share = sum([weights[gram] for gram in inside]) / whole
        if share > 0.9:
            kept += whole
        best = max(best, share)
        if number:
            later = max(later, share)
    return kept / mass, best, later


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


def other_subject(
    old: Layout, new: Layout, weights: Weights, i: int, j: int, shared: frozenset[str]
) -> tuple[float, float, float, float]:
    """How far two tasks are one frame around two subjects, each 0 (no) to 1 (wholly).

    What is left of each head when the shared grams are out must be heavy on both sides; in a
    rewording that adds or drops words one of the two is light. The second figure asks whether what
    is left stands elsewhere in the other plan: a plan keeps to its words for a thing, so words
    that both plans know are two things rather than two words for one. The third asks the same of
    the whole texts; the fourth takes it as a share of what is left rather than of the text.
    """
    weight = weights.__getitem__
    head_one = old.traits[i].subject - new.traits[j].objects
    head_other = new.traits[j].subject - old.traits[i].objects
    left_one, left_other = sum(map(weight, head_one)), sum(map(weight, head_other))
    lighter = min(left_one / old.subject_mass[i], left_other / new.subject_mass[j])
    rest_one, rest_other = old.traits[i].grams - shared, new.traits[j].grams - shared
    mass_one, mass_other = sum(map(weight, rest_one)), sum(map(weight, rest_other))
    known_one = sum(map(weight, rest_one & new.known))
    known_other = sum(map(weight, rest_other & old.known))
    known = min(known_one / old.mass[i], known_other / new.mass[j])
    share = 0.0
    if mass_one > 0.1 * old.mass[i] and mass_other > 0.1 * new.mass[j]:
        share = min(known_one / mass_one, known_other / mass_other)
    if lighter <= 0.05:
        return 0.0, 0.0, known, share
    known_head = min(
        sum(map(weight, head_one & new.known)) / old.subject_mass[i],
        sum(map(weight, head_other & old.known)) / new.subject_mass[j],
    )
    return lighter, known_head, known, share


def swaps(old: Layout, new: Layout, i: int, j: int, similarity: float) -> tuple[float, float]:
    """How much of the texts are phrases put in one another's place: 0 none to 1 all.

    A phrase counts where at least three characters stand for three others and none is common to
    both: two words for one thing mostly share a character (渔港, 渔业码头), two things mostly do
    not. The second figure counts only phrases that both plans know as words of their own.
    """
    one, other = old.traits[i].core, new.traits[j].core
    shorter = min(len(one), len(other))
    if (
        similarity < SWAP_FROM
        or not 0 < shorter <= SWAP_LENGTH
        or max(len(one), len(other)) > 2 * SWAP_LENGTH
    ):
        return 0.0, 0.0
    swapped = known = 0
    start_one = start_other = 0
    for code in Levenshtein.opcodes(one, other):
        if code.tag != "equal":
            continue
        size = min(code.src_start - start_one, code.dest_start - start_other)
        if size >= SWAP_LEAST:
            swapped += size
            if _is_known(one[start_one : code.src_start], new.known) and _is_known(
                other[start_other : code.dest_start], old.known
            ):
                known += size
        start_one, start_other = code.src_end, code.dest_end
    size = min(len(one) - start_one, len(other) - start_other)
    if size >= SWAP_LEAST:
        swapped += size
        if _is_known(one[start_one:], new.known) and _is_known(other[start_other:], old.known):
            known += size
    return swapped / shorter, known / shorter


def _is_known(phrase: str, grams: frozenset[str]) -> bool:
    """Whether most of a phrase stands somewhere in a plan."""
    found = sum(1 for k in range(len(phrase) - 1) if phrase[k : k + 2] in grams)
    return 2 * found >= len(phrase) - 1


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
