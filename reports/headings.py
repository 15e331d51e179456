"""Which section of the new plan continues a section of the old one."""

from __future__ import annotations

from plans.model import Changeset
from reports.facts import PlanFacts


def section_heirs(changeset: Changeset, old: PlanFacts, new: PlanFacts) -> dict[str, str]:
    """Old section id -> new section id: by the tasks that went on there, else by the same title.

    A section that the changeset calls removed has no heir, wherever its tasks went.
    """
    votes: dict[str, dict[str, int]] = {}
    for link in changeset.links:
        for before in old.tasks_of(link.old):
            for after in new.tasks_of(link.new):
                if before.section and after.section:
                    held = votes.setdefault(before.section, {})
                    held[after.section] = held.get(after.section, 0) + 1
    gone = {i for c in changeset.changes if c.kind == "section_removed" for i in c.old}
    told = {
        c.old[0]: c.new[0]
        for c in changeset.changes
        if c.kind in ("section_retitled", "section_moved") and c.old and c.new
    }
    heirs = {}
    for identity, section in old.sections.items():
        same = [s.id for s in new.plan.sections if s.title and s.title == section.title]
        if identity in gone:
            continue
        if identity in told:
            heirs[identity] = told[identity]
        elif identity in votes:
            held = votes[identity]
            heirs[identity] = max(held, key=lambda key: (key in same, held[key]))
        elif same:
            heirs[identity] = same[0]
    return heirs
