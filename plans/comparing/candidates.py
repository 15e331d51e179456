"""Which pairs of tasks are worth a closer look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from plans.comparing.prepare import Layout, Weights
from plans.comparing.traits import FRAME_MARK

#: Candidates that each task keeps by shared grams.
KEEP = 5
#: Nothing that shares less than this part of what the best candidate shares is a rival to it.
RIVAL = 0.5
#: A gram, title or name that more tasks of one side share than this says too little to search by.
COMMON = 60
#: So many of its rarest grams find the candidates of a task.
RAREST = 30
#: Two continued sections with more pairs of open tasks than this are not paired in full.
SECTION_PAIRS = 150

Pair = tuple[int, int]


def candidates(
    old: Layout,
    new: Layout,
    weights: Weights,
    open_old: list[int],
    open_new: list[int],
    sections: Mapping[str, str],
) -> set[Pair]:
    """Pairs (old, new) among the open tasks: by rare grams, by titles and names, by section."""
    pairs = _by_grams(old, new, weights, open_old, open_new)
    pairs.update(_by_anchor(old.titles, new.titles, open_old, open_new))
    pairs.update(_by_anchor(old.named, new.named, open_old, open_new))
    pairs.update(_by_section(old, new, open_old, open_new, sections))
    return pairs


def _by_grams(
    old: Layout, new: Layout, weights: Weights, open_old: list[int], open_new: list[int]
) -> set[Pair]:
    postings: dict[str, list[int]] = {}
    for i in open_old:
        for gram in old.traits[i].grams:
            if gram in postings:
                postings[gram].append(i)
            else:
                postings[gram] = [i]
    for gram in [g for g, found in postings.items() if g[0] == FRAME_MARK or len(found) > COMMON]:
        del postings[gram]
    keys = postings.keys()
    root_old = {i: old.mass[i] ** 0.5 for i in open_old}
    shared = [0.0] * len(old.tasks)
    pairs: set[Pair] = set()
    best_of_old: dict[int, list[tuple[float, int]]] = {}
    for j in open_new:
        known = list(new.traits[j].grams & keys)
        if len(known) > RAREST:
            # By frequency, then by the gram itself: the choice must not hang on the order of a set.
            known = [
                gram for _, gram in sorted([(len(postings[gram]), gram) for gram in known])[:RAREST]
            ]
        touched: set[int] = set()
        for gram in known:
            weight, found = weights[gram], postings[gram]
            touched.update(found)
            for i in found:
                shared[i] += weight
        if not touched:
            continue
        values = [(shared[i] / root_old[i], i) for i in touched]
        for i in touched:
            shared[i] = 0.0
        if len(values) > 2 * KEEP:
            least = sorted([value for value, _ in values])[-2 * KEEP]
            values = [found for found in values if found[0] >= least]
        best = sorted(values, reverse=True)
        del best[2 * KEEP :]
        least = RIVAL * best[0][0]
        root = new.mass[j] ** 0.5
        for value, i in best:
            best_of_old.setdefault(i, []).append((value / root, j))
        pairs.update([(i, j) for value, i in best[:KEEP] if value >= least])
    for i, ranked in best_of_old.items():
        ranked.sort(reverse=True)
        least = RIVAL * ranked[0][0]
        pairs.update([(i, j) for value, j in ranked[:KEEP] if value >= least])
    return pairs


def _by_anchor(
    old: list[frozenset[str]], new: list[frozenset[str]], open_old: list[int], open_new: list[int]
) -> Iterable[Pair]:
    holders: dict[str, list[int]] = {}
    for i in open_old:
        for name in old[i]:
            holders.setdefault(name, []).append(i)
    for j in open_new:
        for name in new[j]:
            found = holders.get(name, ())
            if len(found) <= COMMON:
                for i in found:
                    yield i, j


def _by_section(
    old: Layout,
    new: Layout,
    open_old: list[int],
    open_new: list[int],
    sections: Mapping[str, str],
) -> Iterable[Pair]:
    inside_new: dict[str, list[int]] = {}
    for j in open_new:
        section = new.sections[j]
        if section is not None:
            inside_new.setdefault(section, []).append(j)
    inside_old: dict[str, list[int]] = {}
    for i in open_old:
        section = old.sections[i]
        if section is not None:
            inside_old.setdefault(section, []).append(i)
    for section, rows in inside_old.items():
        columns = inside_new.get(sections.get(section, ""), [])
        if len(rows) * len(columns) <= SECTION_PAIRS:
            for i in rows:
                for j in columns:
                    yield i, j
