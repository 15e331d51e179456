"""Short ways to write plans down in tests."""

import datetime as dt
import re

from plans.comparing.compare import compare
from plans.model import (
    Actor,
    Assignment,
    Commitment,
    Deadline,
    FramePart,
    Instrument,
    Plan,
    Section,
    Task,
)
from plans.registry.load import shipped_registry

REGISTRY = shipped_registry()
ROLES = {"牵头": "lead", "负责": "responsible", "配合": "support", "指导": "guide"}


def bodies(text: str) -> tuple[Assignment, ...]:
    """Assignments from ``司法部、商务部 负责; 外交部 配合``."""
    found = []
    for group in filter(None, (part.strip() for part in text.split(";"))):
        names, role = group.split()
        for name in names.removesuffix("等部门").split("、"):
            agency = REGISTRY.find_agency(name, 2024) or REGISTRY.find_agency(name, 2017)
            found.append(
                Assignment(
                    name=name,
                    kind="agency" if agency else "collective",
                    agency=agency.id if agency else None,
                    role=ROLES[role],
                    open_ended="等部门" in group,
                )
            )
    return tuple(found)


def task(number, text, who="", *, section="1", levels=(), deadline=None, **fields) -> Task:
    """A task; ``levels`` are those of the 《titles》 in its text, in order."""
    titles = re.findall("《(.+?)》", text)
    return Task(
        id=str(number),
        number=str(number),
        section=section,
        text=text,
        assignments=bodies(who),
        instruments=tuple(
            Instrument(
                title=title, commitment=None if level is None else Commitment(text="", level=level)
            )
            for title, level in zip(
                titles, (*levels, *[None] * (len(titles) - len(levels))), strict=True
            )
        ),
        deadline=due(*deadline) if deadline else None,
        **fields,
    )


def due(text, year=None, month=None, day=None) -> Deadline:
    return Deadline(text=text, date=dt.date(year, month, day) if year else None)


def plan(*tasks, sections=("总则",), year="2024", nature="official", language="zh-Hans", **fields):
    """A plan with top sections of these titles."""
    fields.setdefault("title", f"{year}年推进计划")
    if isinstance(fields.get("preamble"), str):
        fields["frame"] = (FramePart(role="preamble", text=fields.pop("preamble")),)
    if "to" in fields:
        fields["addressees"] = tuple(
            Actor(name=a.name, kind=a.kind, agency=a.agency)
            for a in bodies(fields.pop("to") + " 负责")
        )
    return Plan(
        language=language,
        nature=nature,
        edition=year,
        sections=tuple(
            Section(id=str(k), number="一二三四五六七八九"[k - 1] + "、", title=title, parent=None)
            for k, title in enumerate(sections, 1)
        ),
        tasks=tasks,
        **fields,
    )


def changes(old, new, *kinds, **options):
    """The changes between two plans, of these kinds only where any are named."""
    found = compare(old, new, REGISTRY, **options).changes
    return [change for change in found if not kinds or change.kind in kinds]


def links(old, new, **options):
    """Links as ``{("1", "2+3")}``: ids joined by plus."""
    return {
        ("+".join(link.old), "+".join(link.new))
        for link in compare(old, new, REGISTRY, **options).links
    }
