"""That what matching leaves out, or keeps from a round before, changes nothing of the outcome."""

import math

import pytest

from bench.compare.generate import generate
from plans.comparing.assign import assign
from plans.comparing.features import describe
from plans.comparing.matching import (
    FAR,
    NO_RIVAL,
    content_of,
    context_of,
    leads_of,
    least_content,
    match,
    remembered,
)
from plans.comparing.prepare import lay_out
from plans.comparing.renaming import renamed, with_names
from plans.comparing.score import CONTEXT, models
from tests.plans.comparing.making import REGISTRY

DIFFICULTIES = ("amended", "next_year")


def laid_out(difficulty, size=80):
    """A generated pair, its layouts and weights, and all tasks as open ones."""
    pair = generate(difficulty, 11, size)
    everything = [*range(len(pair.old.tasks))], [*range(len(pair.new.tasks))]
    return pair, lay_out(pair.old, pair.new, REGISTRY), everything


def contents(difficulty):
    """The content features of all pairs, and of those that the shipped models let matter."""
    pair, (one, other, weights), open_tasks = laid_out(difficulty)
    plain = content_of(one, other, weights, pair.old, pair.new, *open_tasks, {})
    bounded = content_of(one, other, weights, pair.old, pair.new, *open_tasks, {}, models=models())
    return pair, one, other, plain, bounded


@pytest.mark.parametrize("difficulty", DIFFICULTIES)
def test_only_what_cannot_reach_the_log_odds_of_no_rival_is_left_out(difficulty):
    _, _, _, plain, bounded = contents(difficulty)
    assert plain.keys() == bounded.keys()
    far = {pair for pair, values in bounded.items() if values == FAR}
    assert len(plain) / 4 < len(far) < len(plain)
    assert all(models().content.logit(plain[pair]) < NO_RIVAL for pair in far)
    assert all(bounded[pair] == plain[pair] for pair in plain.keys() - far)


@pytest.mark.parametrize("difficulty", DIFFICULTIES)
def test_leads_context_and_links_are_those_of_all_pairs(difficulty):
    pair, one, other, plain, bounded = contents(difficulty)
    every = {key: models().content.logit(values) for key, values in plain.items()}
    some = {key: value for key, value in every.items() if bounded[key] != FAR}
    leads, all_leads = leads_of(some), leads_of(every)
    assert leads == {key: all_leads[key] for key in some}
    outcomes = []
    for content in (every, some):
        context = context_of(one, other, pair.old, pair.new, content, {})
        scored = {key: models().context.logit(values) for key, values in context.items()}
        gains = {key: value - models().link_from for key, value in scored.items()}
        outcomes.append((assign(gains), {key: scored[key] for key in some}))
    assert outcomes[0] == outcomes[1]
    assert len(outcomes[0][0]) > len(pair.old.tasks) / 2


def test_with_models_that_link_by_place_alone_nothing_is_left_out():
    shipped = models()
    near = list(shipped.context.weights)
    near[CONTEXT.index("near")] += 20
    by_place = shipped._replace(context=shipped.context._replace(weights=tuple(near)))
    assert least_content(shipped) > -math.inf
    assert least_content(by_place) == -math.inf
    weak = list(shipped.context.weights)
    weak[CONTEXT.index("both_weak")] = 5.0  # the less alike two tasks are, the better
    upside_down = shipped._replace(
        context=shipped.context._replace(bias=-40.0, weights=tuple(weak))
    )
    assert least_content(upside_down) == -math.inf


def test_what_is_remembered_is_what_would_be_found_anew():
    pair, (one, other, weights), (open_old, open_new) = laid_out("next_year")
    first = match(one, other, weights, pair.old, pair.new, open_old, open_new, {}, (), models())
    settled = {i: j for i, j in first.found.items() if first.scored[i, j] > 3}
    names = renamed(one, other, weights, first.found)
    after = with_names(other, names, weights)
    # A word that comes into the new plan by its new name makes more of an old task known there.
    assert after.known > other.known
    features, memory = remembered(first, one, other, after, settled)
    assert 0 < len(memory.described) < len(first.memory.described)
    for i, described in memory.described.items():
        assert described == describe(one, after, weights, i)
    changed = {j for j in open_new if after.traits[j] is not other.traits[j]}
    out = set(settled.values())
    assert features == {
        (i, j): values
        for (i, j), values in first.features.items()
        if i not in settled and j not in changed | out
    }
    assert changed and features
