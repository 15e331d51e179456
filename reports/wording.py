"""One change as a sentence, in English or Chinese, from the facts alone.

Nothing is said that the texts do not show: a task or instrument that left the plan is "no longer
listed", never "abandoned", for what was issued leaves a plan as well.
"""

from __future__ import annotations

from collections.abc import Iterable

from plans.comparing.left_out import is_left_out
from plans.model import Assignment, Change, Commitment, Task
from reports import labels
from reports.clean import clean
from reports.facts import (
    Facts,
    bodies,
    date_of,
    instrument_key,
    role_of,
    scope_of,
    text_of,
)
from reports.names import Names
from reports.options import ReportOptions

#: One sign before each kind of change, for lists; no meaning hangs on it alone.
SIGNS: dict[str, str] = {
    "task_added": "+",
    "task_removed": "−",
    "agency_assigned": "+",
    "agency_released": "−",
    "instrument_added": "+",
    "instrument_dropped": "−",
    "addressee_added": "+",
    "addressee_removed": "−",
    "section_added": "+",
    "section_removed": "−",
    "commitment_raised": "↑",
    "commitment_lowered": "↓",
    "role_changed": "⇄",
    "task_moved": "→",
    "section_moved": "→",
    "part_moved": "→",
}


def sign(change: Change) -> str:
    """The sign that stands before a change in a list."""
    return SIGNS.get(change.kind, "~")


class Wording:
    """Sentences about the changes of one changeset, for the reader that ``options`` describe."""

    def __init__(self, facts: Facts, options: ReportOptions) -> None:
        self.facts = facts
        self.options = options
        self.names = Names(facts.registry, options.lang)
        self.zh = options.lang == "zh"

    def place(self, change: Change) -> str:
        """The task or section that a change is about: "task 17", "tasks 22 and 23 → task 23"."""
        if change.kind.startswith("section_"):
            side = self.facts.new if change.new else self.facts.old
            ids = change.new or change.old
            return self.names.listed(
                [self.names.section(side.sections[i]) for i in ids if i in side.sections]
            )
        old, new = (self.names.tasks(side) for side in self.facts.tasks(change))
        return old if old == new else " → ".join(filter(None, (old, new)))

    def placed(self, change: Change) -> str:
        """The sentence with its task before it, to stand alone in a message."""
        place = self.place(change)
        sentence = self.sentence(change)
        if not place or change.kind.startswith(
            ("section_", "task_split", "task_merged", "part_moved")
        ):
            return capital(sentence)
        return f"{capital(place)}{'：' if self.zh else ': '}{sentence}"

    def sentence(self, change: Change) -> str:
        """The change in words, without the task that it is about; no full stop."""
        match change.kind:
            case "task_added" | "task_removed":
                return self._whole_task(change)
            case "task_split" | "task_merged" | "part_moved":
                return self._parts(change)
            case "task_reworded":
                if change.severity == "editorial":
                    return self._say(
                        "punctuation, layout or the writing of numbers differs",
                        "仅标点、版式或数字写法不同",
                    )
                if is_left_out(text_of(change.after) or ""):
                    return self._say("its words are left out in print", "正文从略")
                return self._say("reworded", "文字有修改")
            case "task_moved":
                return self._moved(change)
            case "task_renumbered":
                return self._renumbered(change)
            case "agency_assigned" | "agency_released" | "role_changed" | "agency_renamed":
                return self._body(change)
            case "agency_unnamed":
                return self._unnamed(change)
            case "commitment_raised" | "commitment_lowered":
                return self._commitment(change)
            case "instrument_added" | "instrument_dropped":
                return self._instrument(change)
            case "deadline_changed":
                return self._deadline(change)
            case "section_added" | "section_removed" | "section_retitled" | "section_moved":
                return self._section(change)
            case "addressee_added" | "addressee_removed":
                return self._addressee(change)
            case "frame_changed":
                part = labels.pick(labels.FRAME[self.facts.frame_part(change)], self.options.lang)
                return self._say(f"wording of the {part} differs", f"{part}有修改")

    def duties(self, tasks: Iterable[Task]) -> str:
        """Who must carry out the tasks: "lead: A; responsible: B and C"; empty where none is."""
        by_role: dict[str, list[Assignment]] = {}
        for assignment in bodies(tasks):
            by_role.setdefault(assignment.role, []).append(assignment)
        return ("；" if self.zh else "; ").join(
            f"{self.role(role)}{'：' if self.zh else ': '}{self.names.assignments(by_role[role])}"
            for role in labels.ROLES
            if role in by_role
        )

    def role(self, role: str | None) -> str:
        """A role in the reader's language."""
        pair = labels.ROLES.get(role)  # type: ignore[call-overload]
        return labels.pick(pair, self.options.lang) if pair else "?"

    def level(self, commitment: Commitment | None) -> str:
        """A commitment's level in words: "advance (3)"; an unknown one is a dash.

        What is put off is no step of the ladder and has no number.
        """
        if commitment is None:
            return "–"
        level = commitment.level
        pair = labels.level_words(level, commitment.text)
        if pair is None:
            return str(level)
        word = labels.pick(pair, self.options.lang)
        if pair is labels.PUT_OFF:
            return word
        return f"{word}（{level}级）" if self.zh else f"{word} ({level})"

    def _say(self, en: str, zh: str) -> str:
        return zh if self.zh else en

    def _whole_task(self, change: Change) -> str:
        old, new = self.facts.tasks(change)
        who = self.duties(old or new)
        if change.kind == "task_added":
            return self._say("new", "新增") + self._say(f"; {who}", f"；{who}") * bool(who)
        return self._say("no longer listed", "不再列出") + (
            self._say(f" (before, {who})", f"（原{who}）") if who else ""
        )

    def _parts(self, change: Change) -> str:
        old, new = (self.names.tasks(side) for side in self.facts.tasks(change))
        if change.kind == "task_split":
            return self._say(f"{old} was split into {new}", f"{old}拆分为{new}")
        if change.kind == "task_merged":
            return self._say(f"{old} were merged into {new}", f"{old}合并为{new}")
        if change.instrument:
            what = self.names.changed_instrument(change)
        else:
            words = clean(text_of(change.after) or text_of(change.before) or "")
            what = f"“{words}”" if words else self._say("a part", "部分内容")
        return self._say(f"{what} went from {old} to {new}", f"{what}由{old}转入{new}")

    def _moved(self, change: Change) -> str:
        old, new = self.facts.tasks(change)
        here = self.names.path(self.facts.old.path(old[0].section)) if old else ""
        there = self.names.path(self.facts.new.path(new[0].section)) if new else ""
        return self._say(f"moved from {here} to {there}", f"由{here}移至{there}")

    def _renumbered(self, change: Change) -> str:
        old, new = self.facts.tasks(change)
        before = text_of(change.before) or self.names.tasks(old)
        after = text_of(change.after) or self.names.tasks(new)
        return self._say(f"renumbered {before} → {after}", f"序号由{before}改为{after}")

    def _body(self, change: Change) -> str:
        body = self.names.changed_body(change)
        before, after = role_of(change.before), role_of(change.after)
        if change.kind == "agency_assigned":
            role = self.role(after)
            return self._say(f"{body} joins ({role})", f"新增{body}（{role}）")
        if change.kind == "agency_released":
            role = self.role(before)
            return self._say(
                f"{body} is no longer named (before: {role})", f"不再列{body}（原为{role}）"
            )
        if change.kind == "role_changed":
            one, other = self.role(before), self.role(after)
            if before == after:  # the role stayed, what the bracket limits it to did not
                none = self._say("whole task", "整项任务")
                one, other = (clean(scope_of(v) or none) for v in (change.before, change.after))
                if one == other:  # several brackets in one task, and this one stands elsewhere
                    return self._say(
                        f"{body} answers for other sentences of the task", f"{body}负责的句子有变"
                    )
                return self._say(f"{body}: scope {one} → {other}", f"{body}范围由{one}改为{other}")
            return self._say(f"{body}: {one} → {other}", f"{body}由{one}改为{other}")
        one, other = clean(text_of(change.before) or "?"), clean(text_of(change.after) or "?")
        return self._say(
            f"{body}: printed as {other} instead of {one}", f"单位名称由“{one}”改为“{other}”"
        )

    def _unnamed(self, change: Change) -> str:
        body, role = self.names.changed_body(change), self.role(role_of(change.before))
        return self._say(
            f"{body} is no longer named (before: {role}), but the list is open and may still mean it",
            f"不再列名{body}（原为{role}），但单位以“等”字列举，仍可能包括在内",
        )

    def _commitment(self, change: Change) -> str:
        title = self.names.changed_instrument(change)
        steps = map(self._step, self.facts.commitments(change))
        way = (
            self._say("goes up", "提升")
            if change.kind == "commitment_raised"
            else self._say("goes down", "降低")
        )
        arrow = " → ".join(steps)
        return self._say(f"{title} {way}: {arrow}", f"{title}承诺程度{way}：{arrow}")

    def _step(self, commitment: Commitment | None) -> str:
        """A level with the words that set it, so that a reader can judge the grading."""
        shown = self.level(commitment)
        words = clean(commitment.text) if commitment else ""
        if not words:
            return shown
        return f"{shown}“{words}”" if self.zh else f"{shown} “{words}”"

    def _instrument(self, change: Change) -> str:
        title = self.names.changed_instrument(change)
        added = change.kind == "instrument_added"
        step = self._step(self.facts.commitments(change)[1 if added else 0])
        told = step != self.level(None)
        if added:
            return self._say(f"{title} is newly listed", f"新列入{title}") + (
                self._say(f": {step}", f"：{step}") if told else ""
            )
        sentence = self._say(f"{title} is no longer listed", f"不再列出{title}")
        if told:
            sentence += self._say(f" (before: {step})", f"（原为：{step}）")
        issued = self.options.issued.get(instrument_key(change) or "") or self.options.issued.get(
            change.instrument or ""
        )
        if issued:
            sentence += self._say(
                f"; issued on {issued.isoformat()}", f"；已于{issued.isoformat()}发布"
            )
        return sentence

    def _deadline(self, change: Change) -> str:
        none = self._say("none", "无")
        before, after = date_of(change.before) or none, date_of(change.after) or none
        return self._say(f"deadline {before} → {after}", f"时限由{before}改为{after}")

    def _section(self, change: Change) -> str:
        old = [self.facts.old.sections[i] for i in change.old if i in self.facts.old.sections]
        new = [self.facts.new.sections[i] for i in change.new if i in self.facts.new.sections]
        here = self.names.path(old[:1]) or clean(text_of(change.before) or "?")
        there = self.names.path(new[:1]) or clean(text_of(change.after) or "?")
        match change.kind:
            case "section_added":
                return self._say(f"new section {there}", f"新增章节{there}")
            case "section_removed":
                return self._say(f"section {here} is no longer there", f"不再设章节{here}")
            case "section_moved":
                return self._say(f"section {here} → {there}", f"章节由{here}移至{there}")
        return self._say(f"section retitled: {here} → {there}", f"章节更名：{here} → {there}")

    def _addressee(self, change: Change) -> str:
        body = self.names.changed_body(change)
        if change.kind == "addressee_added":
            return self._say(f"{body} is a new addressee", f"主送单位新增{body}")
        return self._say(f"{body} is no longer an addressee", f"主送单位不再列{body}")


def capital(sentence: str) -> str:
    """A sentence with its first letter large; names and Chinese stay as they are."""
    return sentence[:1].upper() + sentence[1:]
