"""One plan for people: the facts that its terminal tree and its page both show."""

from __future__ import annotations

import msgspec

from plans.model import Changeset, Deadline, Instrument, Plan, Programme, Side, Task
from plans.registry.model import Registry
from reports import labels
from reports.clean import clean
from reports.facts import Facts
from reports.names import Names, runs
from reports.names import number as task_number
from reports.options import ReportOptions
from reports.wording import Wording


class TaskFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A task in words: who, on what instruments, until when, and what is not certain."""

    number: str
    text: str
    duties: str
    instruments: tuple[str, ...]
    programmes: tuple[str, ...]
    deadline: str
    uncertain: str


class PlanFactsheet:
    """What to say of a plan, in the reader's language."""

    def __init__(self, plan: Plan, registry: Registry, options: ReportOptions) -> None:
        self.plan = plan
        self.names = Names(registry, options.lang)
        self.lang = options.lang
        self.wording = Wording(Facts(_no_changes(plan), plan, plan, registry), options)

    def about(self) -> tuple[str, ...]:
        """Number, issuer, dates, edition and nature, as far as the plan tells them."""
        plan, zh = self.plan, self.lang == "zh"
        told = [clean(plan.document_number or ""), clean(plan.issuer or "")]
        if plan.issued_on:
            told.append(f"{'成文' if zh else 'issued'} {plan.issued_on.isoformat()}")
        if plan.published_on:
            told.append(f"{'发布' if zh else 'published'} {plan.published_on.isoformat()}")
        if plan.edition:
            told.append(
                f"{labels.pick(labels.LABELS['edition'], self.lang).lower()} {plan.edition}"
            )
        told.append(labels.pick(labels.NATURES[plan.nature], self.lang))
        return tuple(filter(None, told))

    def size(self) -> str:
        """Counts of tasks, sections, bodies and instruments."""
        plan, lang = self.plan, self.lang
        bodies = {a.key for task in plan.tasks for a in task.assignments}
        instruments = {i.key for task in plan.tasks for i in task.instruments}
        counts = (
            labels.count(len(plan.tasks), "task", lang, "项任务"),
            labels.count(len(plan.sections), "section", lang, "个章节"),
            labels.count(len(bodies), "body", lang, "家单位", "bodies"),
            labels.count(len(instruments), "instrument", lang, "件法规文件"),
        )
        return ("，" if lang == "zh" else ", ").join(counts)

    def addressees(self) -> str:
        """Whom the plan is addressed to; empty where nobody is named."""
        return self.names.listed([self.names.actor(actor) for actor in self.plan.addressees])

    def unknown(self) -> str:
        """Names of bodies that the registry does not know, with their tasks."""
        found: dict[str, list[str]] = {}
        for task in self.plan.tasks:
            for assignment in task.assignments:
                if assignment.kind == "unknown":
                    held = found.setdefault(clean(assignment.name), [])
                    held.extend(n for n in [task_number(task)] if n not in held)
        return ("；" if self.lang == "zh" else "; ").join(
            f"{name} ({', '.join(runs(numbers))})" for name, numbers in found.items()
        )

    def task(self, task: Task) -> TaskFacts:
        """One task in words."""
        return TaskFacts(
            number=task_number(task),
            text=clean(task.text),
            duties=self.wording.duties((task,)),
            instruments=tuple(self._instrument(i) for i in task.instruments),
            programmes=tuple(self._programme(p) for p in task.programmes),
            deadline=self._deadline(task.deadline) if task.deadline else "",
            uncertain=clean(task.uncertain or ""),
        )

    def _instrument(self, instrument: Instrument) -> str:
        title = self.names.instrument(instrument.title, instrument.id)
        if instrument.commitment is None:
            return title
        level = self.wording.level(instrument.commitment)
        gap = "" if self.wording.zh else " "
        return f"{title} · {level}{gap}“{clean(instrument.commitment.text)}”"

    def _programme(self, programme: Programme) -> str:
        known = self.names.registry.programmes.get(programme.id or "")
        return known.display(self.names.sentences) if known else f"“{clean(programme.name)}”"

    def _deadline(self, deadline: Deadline) -> str:
        day = deadline.date.isoformat() if deadline.date else ""
        words = f"“{clean(deadline.text)}”"
        name = labels.pick(labels.LABELS["deadline"], self.lang)
        return f"{name}{labels.colon(self.lang)}{day} {words}".replace("  ", " ")


def _no_changes(plan: Plan) -> Changeset:
    side = Side(ref="", title=plan.title, language=plan.language)
    return Changeset(old=side, new=side)
