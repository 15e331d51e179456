"""Where each change stands in a report: in the new plan's order, what is gone among its kin."""

from __future__ import annotations

from plans.model import Change, Section
from reports.facts import Facts
from reports.headings import section_heirs

#: Sorts items within a section: place in the new plan, then, for what is gone, in the old one.
Place = tuple[float, ...]


class Places:
    """Where a change stands in the new plan; what is gone stands where it was, among its kin."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.by_old = {i: link for link in facts.changeset.links for i in link.old}
        self.by_new = {i: link for link in facts.changeset.links for i in link.new}
        self.section_order = {s.id: at for at, s in enumerate(facts.new.plan.sections)}
        self.heirs = section_heirs(facts.whole, facts.old, facts.new)

    def of(self, change: Change) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The ids of the link that the change is about, else the ids that it names itself."""
        for ids, known in ((change.new, self.by_new), (change.old, self.by_old)):
            for identity in ids:
                if identity in known:
                    return known[identity].old, known[identity].new
        return change.old, change.new

    def place(self, old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, Place]:
        """The section (a new id, or ``old:`` and an old one) and the place within the plan."""
        new_tasks = self.facts.new.tasks_of(new)
        if new_tasks:
            at = self.facts.new.order[new_tasks[0].id]
            return new_tasks[0].section or "", (float(at), 0.0)
        old_tasks = self.facts.old.tasks_of(old)
        if not old_tasks:
            return "", (-1.0, 0.0)
        at = self.facts.old.order[old_tasks[0].id]
        return self.heir(old_tasks[0].section), (*self._beside(at), float(at))

    def heir(self, section: str | None) -> str:
        """The new section that continues an old one, else ``old:`` and its id."""
        if section is None:
            return ""
        return self.heirs.get(section) or f"old:{section}"

    def _beside(self, at: int) -> tuple[float]:
        """Just behind the nearest earlier task of the old plan that lives on in the same section."""
        tasks = self.facts.old.plan.tasks
        section = tasks[at].section
        for before in reversed(tasks[:at]):
            if before.section != section:
                break
            link = self.by_old.get(before.id)
            heirs = self.facts.new.tasks_of(link.new) if link else ()
            if heirs and heirs[0].section == self.heir(section):
                return (self.facts.new.order[heirs[0].id] + 0.5,)
        return (-0.5,)

    def path(self, key: str) -> tuple[Section, ...]:
        """The headings above a group."""
        if not key.startswith("old:"):
            return self.facts.new.path(key or None)
        path = self.facts.old.path(key.removeprefix("old:"))
        heir = self.heirs.get(path[-2].id) if len(path) > 1 else None
        # A section that is gone from a chapter that lives on is shown in that chapter.
        return (*self.facts.new.path(heir), path[-1]) if heir else path

    def is_gone(self, key: str) -> bool:
        """Whether the group is a section of the old plan that the new one does not have."""
        gone = (c.old for c in self.facts.whole.changes if c.kind == "section_removed")
        return key.startswith("old:") and any(key.removeprefix("old:") in ids for ids in gone)

    def section_place(self, key: str) -> tuple[float, str]:
        """Groups in the new plan's order; a section that is gone follows the one before it."""
        if not key.startswith("old:"):
            return float(self.section_order.get(key, -1)), ""
        place = -0.5
        for section in self.facts.old.plan.sections:
            if section.id == key.removeprefix("old:"):
                break
            heir = self.heirs.get(section.id)
            if heir in self.section_order:
                place = self.section_order[heir] + 0.5
        return place, key
