"""Invented pairs of plans with known links, at three difficulties.

``corrigendum``: a few tasks of a plan reissued. ``amended``: half the tasks touched, some split,
merged, added or removed. ``next_year``: nearly every task reworded, bodies and sections moved, and
what was removed replaced by look-alikes, the same sentence about another object at the same place.

A task is made of clauses, a clause of a verb, a qualifier and a noun, each a slot with several
wordings (lexicon_*.txt). Verbs and tails are worded freely; for a thing (a qualifier or a noun) each
plan has its own word, which it keeps to in most places, and which the next plan may have changed.
There are three lexicons: ``train`` for the weights, ``held`` for choosing features and thresholds,
and ``fresh`` for the figures of docs/accuracy.md. They share no wording, nor are any two wordings of
the last two equals in the thesaurus.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal

from plans.model import (
    Assignment,
    Commitment,
    FramePart,
    Instrument,
    Plan,
    Section,
    Task,
)
from plans.registry.load import shipped_registry

Difficulty = Literal["corrigendum", "amended", "next_year"]
DIFFICULTIES: tuple[Difficulty, ...] = ("corrigendum", "amended", "next_year")
Lexicon = dict[str, list[list[str]]]
LEVELS = (
    ("研究论证", "", 0),
    ("推进", "制定", 3),
    ("推进", "修改", 3),
    ("加快推进", "修订", 4),
    ("推动出台", "", 5),
    ("修订出台", "", 7),
)
BODIES = [
    "cnipa",
    "ccpd",
    "spc",
    "spp",
    "mfa",
    "ndrc",
    "moe",
    "most",
    "miit",
    "mps",
    "moj",
    "mof",
    "mohrss",
    "mee",
    "mara",
    "mofcom",
    "mct",
    "nhc",
    "pbc",
    "sasac",
    "gacc",
    "samr",
    "nrta",
    "nbs",
    "cas",
    "nfga",
    "mnr",
    "mot",
    "mwr",
    "mem",
]
DIGITS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Recipe:
    """How much of a plan an edit touches; shares of tasks unless said otherwise."""

    untouched: float
    slot: float
    drop_clause: float
    add_clause: float
    swap_clauses: float
    bodies: float
    moved: float
    splits: int
    merges: int
    removed: int
    added: int
    lookalikes: int


RECIPES: dict[Difficulty, Recipe] = {
    "corrigendum": Recipe(0.975, 0.25, 0.1, 0.1, 0.0, 0.3, 0.0, 0, 0, 1, 1, 0),
    "amended": Recipe(0.40, 0.16, 0.12, 0.15, 0.05, 0.25, 0.02, 3, 2, 4, 4, 0),
    "next_year": Recipe(0.02, 0.31, 0.18, 0.25, 0.12, 0.35, 0.04, 7, 6, 9, 9, 5),
}


@dataclass(frozen=True)
class Clause:
    """One measure: slots by number, and the wording of each."""

    verb: int
    qualifier: int
    noun: int
    tail: int | None
    wording: tuple[int, int, int, int] = (0, 0, 0, 0)


@dataclass(frozen=True)
class Draft:
    """A task before it is numbered. ``origins`` are the old tasks that it continues."""

    section: int
    clauses: tuple[Clause, ...]
    instruments: tuple[tuple[int, int], ...] = ()
    bodies: tuple[str, ...] = ()
    led: bool = False
    origins: tuple[int, ...] = ()


@dataclass
class Pair:
    """Two plans and the links between them, as ids; what is in no link was added or removed."""

    name: str
    old: Plan
    new: Plan
    links: set[tuple[frozenset[str], frozenset[str]]] = field(default_factory=set)


@lru_cache(maxsize=4)
def lexicon(name: str) -> Lexicon:
    """The lexicon ``train``, ``held`` or ``fresh``: slot name -> slots -> wordings."""
    slots: Lexicon = {}
    kinds = ("条例", "办法", "规定", "规则", "指南")
    for line in (Path(__file__).parent / f"lexicon_{name}.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            slots[line.strip("[]")] = []
        elif line and not line.startswith("#"):
            slots[list(slots)[-1]].append(line.split("|"))
    slots["instruments"] += [
        [wordings[0] + kinds[number % len(kinds)]]
        for number, wordings in enumerate(slots["qualifiers"])
    ]
    return slots


def generate(difficulty: Difficulty, seed: int, size: int = 112, words: str = "held") -> Pair:
    """One pair of plans of about ``size`` tasks; the same arguments give the same pair."""
    rnd = random.Random(f"{difficulty}/{seed}/{size}/{words}")
    maker = _Maker(rnd, lexicon(words), size)
    old = maker.plan()
    new = maker.edited(old, RECIPES[difficulty])
    pair = Pair(f"{difficulty}-{seed}", maker.render(old, 2041), maker.render(new, 2042))
    by_old: dict[int, set[int]] = {}
    for j, draft in enumerate(new):
        for origin in draft.origins:
            by_old.setdefault(origin, set()).add(j)
    for origin, after in by_old.items():
        if len(after) > 1:
            pair.links.add(_ids({origin}, after))
        else:
            pair.links.add(_ids(set(new[min(after)].origins), after))
    return pair


def _ids(old: set[int], new: set[int]) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(str(i + 1) for i in old), frozenset(str(j + 1) for j in new)


class _Maker:
    def __init__(self, rnd: random.Random, words: Lexicon, size: int) -> None:
        self.rnd, self.words, self.size = rnd, words, size
        self.sections = max(7, min(len(words["subheads"]), size // 9))
        self.pools = [rnd.sample(BODIES, 3) for _ in range(self.sections)]
        self.extend = 0.0
        self.used: set[tuple[int, int]] = set()
        self.own_word = {
            (slot, number): rnd.randrange(len(wordings))
            for slot in ("qualifiers", "nouns")
            for number, wordings in enumerate(words[slot])
        }

    def plan(self) -> list[Draft]:
        drafts = [
            self.draft(section)
            for section in sorted(self.rnd.randrange(self.sections) for _ in range(self.size))
        ]
        titles = self.rnd.sample(
            range(len(self.words["instruments"])), len(self.words["instruments"])
        )
        places = self.rnd.sample(range(min(len(drafts), 25)), min(12, len(drafts) // 2))
        for place in places:
            count = self.rnd.choice((1, 1, 2, 2))
            named = tuple(
                (titles.pop() if titles else 0, self.rnd.randrange(len(LEVELS)))
                for _ in range(count)
            )
            kept = drafts[place].clauses[:1] if self.rnd.random() < 0.4 else ()
            drafts[place] = replace(drafts[place], instruments=named, clauses=kept)
        return drafts

    def draft(self, section: int) -> Draft:
        pool = self.pools[section]
        bodies = self.rnd.sample(pool, self.rnd.choice((1, 1, 2, 2, 3)))
        if "cnipa" not in bodies and self.rnd.random() < 0.6:
            bodies.append("cnipa")
        clauses = tuple(self.clause() for _ in range(self.rnd.choice((1, 2, 2, 2, 3, 3))))
        return Draft(section, clauses, (), tuple(bodies), self.rnd.random() < 0.1)

    def clause(self) -> Clause:
        words = self.words
        for _ in range(50):
            qualifier = self.rnd.randrange(len(words["qualifiers"]))
            noun = self.rnd.randrange(len(words["nouns"]))
            if (qualifier, noun) not in self.used:
                break
        self.used.add((qualifier, noun))
        tail = self.rnd.randrange(len(words["tails"])) if self.rnd.random() < 0.35 else None
        verb = self.rnd.randrange(len(words["verbs"]))
        wording = (
            self.rnd.randrange(len(words["verbs"][verb])),
            self.word("qualifiers", qualifier),
            self.word("nouns", noun),
            0,
        )
        return Clause(verb, qualifier, noun, tail, wording)

    def word(self, slot: str, number: int) -> int:
        """The plan's own word for a thing, now and then another."""
        if self.rnd.random() < 0.1:
            return self.rnd.randrange(len(self.words[slot][number]))
        return self.own_word[slot, number]

    def edited(self, old: list[Draft], recipe: Recipe) -> list[Draft]:
        rnd = self.rnd
        self.extend = recipe.add_clause
        for (slot, number), word in self.own_word.items():
            if rnd.random() < recipe.slot:
                self.own_word[slot, number] = (word + 1) % len(self.words[slot][number])
        new = [replace(draft, origins=(i,)) for i, draft in enumerate(old)]
        scale = self.size / 112

        def count(number: int) -> int:
            return round(number * scale) if number else 0

        removed = set(rnd.sample(range(len(new)), count(recipe.removed)))
        fresh: list[tuple[int, Draft]] = []
        for place in sorted(removed)[: count(recipe.lookalikes)]:
            fresh.append((place, self.lookalike(old[place])))
        while len(fresh) < count(recipe.added):
            place = rnd.randrange(len(new))
            fresh.append((place, self.draft(old[place].section)))
        free = [i for i in range(len(new)) if i not in removed]
        several = [i for i in free if len(new[i].clauses) + len(new[i].instruments) > 1]
        splits = set(rnd.sample(several, min(count(recipe.splits), len(several))))
        merged: dict[int, int] = {}
        for i in rnd.sample(free, len(free)):
            if len(merged) >= count(recipe.merges):
                break
            j = i + 1
            if j in removed or j >= len(new) or {i, j} & splits or new[i].section != new[j].section:
                continue
            if not {i, j} & {*merged, *merged.values()} and new[i].clauses and new[j].clauses:
                merged[i] = j
        result: list[Draft] = []
        additions: dict[int, list[Draft]] = {}
        for place, draft in fresh:
            additions.setdefault(place, []).append(draft)
        for i, draft in enumerate(new):
            result.extend(additions.get(i, ()))
            if i in removed or i in merged.values():
                continue
            if i in merged:
                result.append(self.touch(self.merge(draft, new[merged[i]]), recipe))
            elif i in splits:
                result.extend(self.touch(part, recipe) for part in self.split(draft))
            elif rnd.random() < recipe.untouched:
                result.append(draft)
            else:
                result.append(self.touch(draft, recipe))
        for place in rnd.sample(range(len(result)), round(recipe.moved * len(result))):
            result[place] = replace(result[place], section=rnd.randrange(self.sections))
        result.sort(key=lambda draft: draft.section)
        return result

    def lookalike(self, draft: Draft) -> Draft:
        """The same sentence about another object at the same place, half the time with its bodies."""
        if self.rnd.random() < 0.5:
            draft = replace(draft, bodies=self.draft(draft.section).bodies)
        if draft.instruments:
            free = [
                i for i in range(len(self.words["instruments"]))
                if all(i != known for known, _ in draft.instruments)
            ]  # fmt: skip
            named = ((self.rnd.choice(free), draft.instruments[0][1]),)
            return replace(draft, instruments=named, clauses=(), origins=())
        clauses = []
        for clause in draft.clauses:
            other = self.clause()
            verb, _, noun, tail = clause.wording
            if self.rnd.random() < 0.6:
                wording = (verb, other.wording[1], noun, tail)
                clauses.append(replace(clause, qualifier=other.qualifier, wording=wording))
            else:
                wording = (verb, *other.wording[1:3], tail)
                clauses.append(
                    replace(clause, noun=other.noun, qualifier=other.qualifier, wording=wording)
                )
        return replace(draft, clauses=tuple(clauses), origins=())

    def merge(self, one: Draft, other: Draft) -> Draft:
        bodies = tuple(dict.fromkeys((*one.bodies, *other.bodies)))
        return replace(
            one,
            clauses=(*one.clauses[:2], *other.clauses[:2]),
            instruments=(*one.instruments, *other.instruments),
            bodies=bodies[:4],
            origins=(*one.origins, *other.origins),
        )

    def split(self, draft: Draft) -> list[Draft]:
        parts: list[Draft] = []
        for named in draft.instruments:
            parts.append(replace(draft, instruments=(named,), clauses=()))
        for clause in draft.clauses:
            parts.append(replace(draft, instruments=(), clauses=(clause,)))
        if len(parts) > 2 and self.rnd.random() < 0.5:
            first, second, *rest = parts
            parts = [
                replace(
                    first,
                    clauses=first.clauses + second.clauses,
                    instruments=first.instruments + second.instruments,
                ),
                *rest,
            ]
        return [
            replace(part, clauses=(*part.clauses, self.clause()))
            if self.rnd.random() < self.extend
            else part
            for part in parts
        ]

    def touch(self, draft: Draft, recipe: Recipe) -> Draft:
        rnd = self.rnd
        clauses = [self.reword(clause, recipe.slot) for clause in draft.clauses]
        if len(clauses) > 1 and rnd.random() < recipe.drop_clause:
            clauses.pop(rnd.randrange(1, len(clauses)))
        if clauses and rnd.random() < recipe.add_clause:
            clauses.append(self.clause())
        if len(clauses) > 1 and rnd.random() < recipe.swap_clauses:
            clauses.reverse()
        named = tuple(
            (title, rnd.randrange(len(LEVELS)) if rnd.random() < 0.5 else level)
            for title, level in draft.instruments
        )
        bodies = list(draft.bodies)
        if rnd.random() < recipe.bodies:
            other = rnd.choice(self.pools[draft.section])
            if other in bodies and len(bodies) > 1:
                bodies.remove(other)
            elif other not in bodies:
                bodies.append(other)
        return replace(draft, clauses=tuple(clauses), instruments=named, bodies=tuple(bodies))

    def reword(self, clause: Clause, share: float) -> Clause:
        """Every slot takes another wording with this probability; a tail may come or go."""
        rnd, words = self.rnd, self.words
        slots = (
            words["verbs"][clause.verb],
            words["qualifiers"][clause.qualifier],
            words["nouns"][clause.noun],
            words["tails"][clause.tail] if clause.tail is not None else [""],
        )
        wording = [
            rnd.randrange(len(slot)) if rnd.random() < share * 1.6 else now
            for slot, now in zip(slots, clause.wording, strict=True)
        ]
        if rnd.random() < 0.95:
            wording[1] = self.word("qualifiers", clause.qualifier)
            wording[2] = self.word("nouns", clause.noun)
        else:
            wording[1:3] = clause.wording[1:3]
        tail = clause.tail
        if tail is not None and rnd.random() < share / 2:
            tail = None
        elif tail is None and rnd.random() < share / 2:
            tail = rnd.randrange(len(words["tails"]))
        return replace(
            clause, wording=(wording[0], wording[1], wording[2], wording[3] if tail == clause.tail else 0), tail=tail
        )  # fmt: skip

    def text(self, draft: Draft) -> str:
        words = self.words
        pieces: list[str] = []
        for title, level in draft.instruments:
            before, after, _ = LEVELS[level]
            pieces.append(f"{before}《{words['instruments'][title][0]}》{after}")
        for clause in draft.clauses:
            verb = words["verbs"][clause.verb][clause.wording[0]]
            qualifier = words["qualifiers"][clause.qualifier][clause.wording[1]]
            noun = words["nouns"][clause.noun][clause.wording[2]]
            pieces.append(f"{verb}{qualifier}{noun}")
            if clause.tail is not None:
                pieces.append(words["tails"][clause.tail][clause.wording[3]])
        return "，".join(pieces) + "。"

    def render(self, drafts: list[Draft], year: int) -> Plan:
        registry = shipped_registry()
        heads, subs = self.words["heads"], self.words["subheads"]
        sections: list[Section] = []
        place: dict[int, str] = {}
        per_head = -(-self.sections // len(heads))
        for number in range(self.sections):
            head, below = divmod(number, per_head)
            if below == 0:
                sections.append(
                    Section(
                        id=str(head + 1),
                        number=DIGITS[head] + "、",
                        title=heads[head][0],
                        parent=None,
                    )
                )
            place[number] = f"{head + 1}.{below + 1}"
            sections.append(
                Section(
                    id=place[number],
                    number=f"（{DIGITS[below]}）",
                    title=subs[number][0],
                    parent=str(head + 1),
                )
            )
        tasks: list[Task] = []
        for number, draft in enumerate(drafts, 1):
            tasks.append(
                Task(
                    id=str(number),
                    number=str(number),
                    section=place[draft.section],
                    text=self.text(draft),
                    assignments=tuple(
                        Assignment(
                            name=registry.agencies[body].zh_short,
                            kind="agency",
                            agency=body,
                            role=("lead" if first else "support") if draft.led else "responsible",
                        )
                        for body, first in zip(draft.bodies, (True, *[False] * 9), strict=False)
                    ),
                    instruments=tuple(
                        Instrument(
                            title=self.words["instruments"][title][0],
                            commitment=Commitment(text=LEVELS[level][0], level=LEVELS[level][2]),
                        )
                        for title, level in draft.instruments
                    ),
                )
            )
        return Plan(
            title=f"{year}年涉水事务推进计划",
            language="zh-Hans",
            edition=str(year),
            sections=tuple(sections),
            tasks=tuple(tasks),
            frame=(FramePart(role="preamble", text=f"为做好{year}年涉水事务，制定本计划。"),),
        )
