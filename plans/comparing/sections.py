"""Which section continues which: by title, or, where it was retitled, by its tasks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from rapidfuzz.distance import Indel

from plans.comparing.normalise import text_key, yearless
from plans.model import Plan, Section

#: Two titles this alike are one title reworded, where parent and level agree.
ALIKE = 0.6


def match_sections(
    old: Plan, new: Plan, linked: Iterable[tuple[str | None, str | None]] = ()
) -> dict[str, str]:
    """Old section id -> the id of the new section that continues it.

    ``linked`` are the innermost sections of linked tasks, (old, new), once for each link. A title
    decides first; equal titles are told apart by their parents, then by order. What is then still
    open goes by the majority of its tasks, or by a title that was only touched.
    """
    matched = dict(_by_title(old.sections, new.sections))
    votes = _votes(old, new, linked)
    taken = set(matched.values())
    ranked = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
    total_old: Counter[str] = Counter()
    total_new: Counter[str] = Counter()
    for (before, after), count in votes.items():
        total_old[before] += count
        total_new[after] += count
    for (before, after), count in ranked:
        if before in matched or after in taken:
            continue
        if 2 * count > total_old[before] and 2 * count >= total_new[after]:
            matched[before] = after
            taken.add(after)
    _by_likeness(old, new, matched, taken)
    return matched


def depth_of(section: str) -> int:
    """The level of a section: 1 for ``3``, 2 for ``3.1``."""
    return section.count(".") + 1


def _key(section: Section) -> str:
    return _title_key(section.title) or section.number


@lru_cache(maxsize=4096)
def _title_key(title: str) -> str:
    return text_key(yearless(title))


@lru_cache(maxsize=16)
def _by_title(old: tuple[Section, ...], new: tuple[Section, ...]) -> Mapping[str, str]:
    """What titles alone say: the same for every set of links between two plans."""
    by_key: dict[str, list[Section]] = {}
    for section in new:
        by_key.setdefault(_key(section), []).append(section)
    matched: dict[str, str] = {}
    taken: set[str] = set()
    for strict in (True, False):
        for section in old:
            if section.id in matched:
                continue
            for other in by_key.get(_key(section), ()):
                parents_agree = (
                    matched.get(section.parent) == other.parent
                    if section.parent is not None
                    else other.parent is None
                )
                if other.id not in taken and (parents_agree or not strict):
                    matched[section.id] = other.id
                    taken.add(other.id)
                    break
    return matched


def _votes(
    old: Plan, new: Plan, linked: Iterable[tuple[str | None, str | None]]
) -> Counter[tuple[str, str]]:
    """How many linked tasks each pair of sections of one level shares, subsections included."""
    chains_old, chains_new = _chains(old.sections), _chains(new.sections)
    votes: Counter[tuple[str, str]] = Counter()
    for (before, after), count in Counter(linked).items():
        if before in chains_old and after in chains_new:
            for pair in zip(chains_old[before], chains_new[after], strict=False):
                votes[pair] += count
    return votes


@lru_cache(maxsize=32)
def _chains(sections: tuple[Section, ...]) -> Mapping[str | None, list[str]]:
    """Each section with those that it stands in, the topmost first."""
    parents = {section.id: section.parent for section in sections}
    chains: dict[str | None, list[str]] = {}
    for section in parents:
        chain: list[str] = []
        above: str | None = section
        while above is not None and above in parents and above not in chain:
            chain.append(above)
            above = parents[above]
        chains[section] = chain[::-1]
    return chains


def _by_likeness(old: Plan, new: Plan, matched: dict[str, str], taken: set[str]) -> None:
    open_new = [s for s in new.sections if s.id not in taken]
    scored: list[tuple[float, int, int]] = []
    open_old = [s for s in old.sections if s.id not in matched]
    if len(open_old) * len(open_new) > 10_000:
        return
    for i, section in enumerate(open_old):
        for j, other in enumerate(open_new):
            agree = (
                matched.get(section.parent) == other.parent
                if section.parent is not None
                else other.parent is None
            )
            if agree:
                likeness = Indel.normalized_similarity(_key(section), _key(other))
                if likeness >= ALIKE:
                    scored.append((-likeness, i, j))
    for _, i, j in sorted(scored):
        before, after = open_old[i].id, open_new[j].id
        if before not in matched and after not in taken:
            matched[before] = after
            taken.add(after)
