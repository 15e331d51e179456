"""What matters first: counts, bodies that gained and lost, commitments up and down, one headline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from plans.model import Change, ChangeKind, Commitment, Task
from plans.reading.commitments import PUT_OFF, standing
from reports import labels
from reports.facts import Facts, PlanFacts, bodies, change_key, instrument_key, level_of
from reports.options import ReportOptions
from reports.select import agency_key
from reports.wording import Wording, capital


class BodyShift(msgspec.Struct, frozen=True, kw_only=True):
    """One body and the tasks on which it came, went or changed its role."""

    name: str
    gained: tuple[Task, ...] = ()
    lost: tuple[Task, ...] = ()
    roles: tuple[Task, ...] = ()


class InstrumentShift(msgspec.Struct, frozen=True, kw_only=True):
    """One instrument: how far it was and is committed to, and the task that names it."""

    name: str
    before: Commitment | None
    after: Commitment | None
    task: Task | None


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """The figures above a report. ``counts`` has one entry a kind that occurs."""

    headline: str
    counts: dict[ChangeKind, int]
    tasks_old: int
    tasks_new: int
    bodies: tuple[BodyShift, ...]
    raised: tuple[InstrumentShift, ...]
    lowered: tuple[InstrumentShift, ...]
    listed: tuple[InstrumentShift, ...]
    dropped: tuple[InstrumentShift, ...]
    unmatched_old: int
    unmatched_new: int

    @property
    def gained(self) -> tuple[BodyShift, ...]:
        """Bodies with a new duty."""
        return tuple(shift for shift in self.bodies if shift.gained)

    @property
    def lost(self) -> tuple[BodyShift, ...]:
        """Bodies with a duty that is no longer named."""
        return tuple(shift for shift in self.bodies if shift.lost)


def summarise(facts: Facts, options: ReportOptions) -> Summary:
    """The summary of the changes in ``facts.changeset``, which may be filtered before."""
    wording = Wording(facts, options)
    changes = facts.changeset.changes
    counts = Counter(change.kind for change in changes)
    shifts = _bodies(facts, wording)
    unmatched = facts.changeset.unmatched
    return Summary(
        headline=_headline(facts, wording, counts, shifts),
        counts=dict(counts),
        tasks_old=len(facts.old.plan.tasks),
        tasks_new=len(facts.new.plan.tasks),
        bodies=shifts,
        raised=_instruments(facts, wording, "commitment_raised"),
        lowered=_instruments(facts, wording, "commitment_lowered"),
        listed=_listed(facts, wording, "instrument_added", "task_added"),
        dropped=_listed(facts, wording, "instrument_dropped", "task_removed"),
        unmatched_old=len(unmatched.old) if isinstance(unmatched, msgspec.Struct) else 0,
        unmatched_new=len(unmatched.new) if isinstance(unmatched, msgspec.Struct) else 0,
    )


def _bodies(facts: Facts, wording: Wording) -> tuple[BodyShift, ...]:
    """Bodies in the order of their gravest shift; tasks that are new or gone count with them."""
    names: dict[str, str] = {}
    shifts: dict[str, dict[str, list[Task]]] = {}

    def note(key: str, name: str, what: str, tasks: Iterable[Task]) -> None:
        names.setdefault(key, name)
        held = shifts.setdefault(key, {"gained": [], "lost": [], "roles": []})[what]
        held.extend(task for task in tasks if task not in held)

    for change in facts.changeset.changes:
        old, new = facts.tasks(change)
        key = change_key(change)
        if change.kind in ("task_added", "task_removed"):
            what, tasks = ("gained", new) if change.kind == "task_added" else ("lost", old)
            for assignment in bodies(tasks):
                note(assignment.key, wording.names.actor(assignment), what, tasks)
        elif key is not None and change.kind == "agency_assigned":
            note(key, wording.names.changed_body(change), "gained", _naming(new, key))
        elif key is not None and change.kind == "agency_released":
            note(key, wording.names.changed_body(change), "lost", _naming(old, key))
        elif key is not None and change.kind == "role_changed":
            note(key, wording.names.changed_body(change), "roles", _naming(new, key))
    asked = wording.options.agency
    wanted = agency_key(asked, facts.registry) if asked else None
    found = [
        BodyShift(
            name=names[key],
            gained=_in_order(by["gained"], facts.new),
            lost=_in_order(by["lost"], facts.old),
            roles=_in_order(by["roles"], facts.new),
        )
        for key, by in shifts.items()
        if wanted in (None, key)
    ]
    return tuple(sorted(found, key=lambda s: (-len(s.gained) - len(s.lost), -len(s.roles), s.name)))


def _naming(tasks: tuple[Task, ...], key: str) -> tuple[Task, ...]:
    """The parts of a link that name the body; where none does, the first part stands for all."""
    return tuple(t for t in tasks if any(a.key == key for a in t.assignments)) or tasks[:1]


def _in_order(tasks: list[Task], plan: PlanFacts) -> tuple[Task, ...]:
    """Tasks in their plan's order."""
    return tuple(sorted(tasks, key=lambda task: plan.order.get(task.id, 0)))


def _instruments(facts: Facts, wording: Wording, kind: ChangeKind) -> tuple[InstrumentShift, ...]:
    return tuple(
        _shift(change, facts, wording) for change in facts.changeset.changes if change.kind == kind
    )


def _shift(change: Change, facts: Facts, wording: Wording) -> InstrumentShift:
    old, new = facts.tasks(change)
    before, after = facts.commitments(change)
    return InstrumentShift(
        name=wording.names.changed_instrument(change),
        before=before,
        after=after,
        task=next(iter(new or old), None),
    )


def _listed(
    facts: Facts, wording: Wording, kind: ChangeKind, whole: ChangeKind
) -> tuple[InstrumentShift, ...]:
    """Instruments that came or went, with those of whole tasks; none that the other side names."""
    other = facts.old if whole == "task_added" else facts.new
    known = {i.key for task in other.plan.tasks for i in task.instruments}
    found: dict[str, InstrumentShift] = {}
    for change in facts.changeset.changes:
        old, new = facts.tasks(change)
        if change.kind == kind:
            found.setdefault(instrument_key(change) or "?", _shift(change, facts, wording))
        elif change.kind == whole:
            for task in new or old:
                for instrument in task.instruments:
                    if instrument.key in known or instrument.key in found:
                        continue
                    found[instrument.key] = InstrumentShift(
                        name=wording.names.instrument(instrument.title, instrument.id),
                        before=instrument.commitment if whole == "task_removed" else None,
                        after=instrument.commitment if whole == "task_added" else None,
                        task=task,
                    )
    return tuple(found.values())


def _headline(
    facts: Facts, wording: Wording, counts: Counter[ChangeKind], shifts: tuple[BodyShift, ...]
) -> str:
    lang = wording.options.lang
    if not facts.changeset.changes:
        return labels.label("none_left" if wording.options.filters else "none", lang)
    gained = sum(1 for shift in shifts if shift.gained)
    lost = sum(1 for shift in shifts if shift.lost)
    if facts.of_articles:
        tasks: tuple[tuple[int, str, str, str], ...] = (
            (counts["task_added"], "new article", "new articles", "条新增"),
            (counts["task_removed"], "no longer there", "no longer there", "条不再保留"),
            (counts["task_reworded"], "amended", "amended", "条修改"),
        )
    else:
        tasks = (
            (counts["task_added"], "new task", "new tasks", "项新增任务"),
            (counts["task_removed"], "no longer listed", "no longer listed", "项任务不再列出"),
        )
    figures = (
        *tasks,
        (gained, "body with new duties", "bodies with new duties", "家单位新增职责"),
        (lost, "body with fewer", "bodies with fewer", "家单位减少职责"),
        (counts["commitment_raised"], "commitment up", "commitments up", "项承诺提升"),
        (counts["commitment_lowered"], "commitment down", "commitments down", "项承诺降低"),
    )
    told = [labels.count(n, en, lang, zh, ens) for n, en, ens, zh in figures if n]
    comma, stop = ("，", "。") if lang == "zh" else (", ", ".")
    first = comma.join(told) + stop if told else _rest(counts, wording)
    weightiest = most_important(facts)
    if weightiest is None:
        return capital(first)
    lead = "最值得注意：" if lang == "zh" else " Most important: "
    return f"{capital(first)}{lead}{wording.placed(weightiest)}{stop}"


def _rest(counts: Counter[ChangeKind], wording: Wording) -> str:
    """The counts by kind, for a changeset without tasks, bodies or commitments that moved."""
    lang = wording.options.lang
    comma, stop, space = ("，", "。", "") if lang == "zh" else (", ", ".", " ")
    return (
        comma.join(
            f"{n}{'处' if lang == 'zh' else space}{labels.pick(labels.KINDS[kind], lang)}"
            for kind, n in counts.most_common()
        )
        + stop
    )


def most_important(facts: Facts) -> Change | None:
    """The one change to name first; None where none is major."""
    return next(iter(by_importance(facts)), None)


def by_importance(facts: Facts) -> tuple[Change, ...]:
    """The major changes, those first that are to be named first.

    An instrument that is to be issued comes first, then one that left, was put
    off or is to be repealed, then bodies (a lead before
    others), then levels, tasks and dates; equals stand in the plan's order.
    """
    major = [change for change in facts.changeset.changes if change.severity == "major"]
    return tuple(sorted(major, key=lambda change: _weight(change, facts), reverse=True))


def _weight(change: Change, facts: Facts) -> int:
    level = level_of(change.after)
    leads = "lead" in (_role(change.before), _role(change.after))
    match change.kind:
        case "commitment_raised" | "instrument_added" if level is not None and level >= 7:
            return 9
        case "instrument_dropped":
            return 8
        case "commitment_lowered" if _is_given_up(facts.commitments(change)[1]):
            return 8
        case "agency_assigned" | "agency_released":
            return 7 if leads else 5
        case "role_changed":
            return 6 if leads else 4
        case "commitment_raised" | "commitment_lowered":
            return 3
        case "task_added" | "task_removed" | "instrument_added":
            return 2
    return 1


def _is_given_up(commitment: Commitment | None) -> bool:
    """Whether a text is put off, or to be repealed."""
    stands = standing(commitment)
    return stands is not None and stands <= PUT_OFF


def _role(value: object) -> object:
    return value.get("role") if isinstance(value, dict) else value
