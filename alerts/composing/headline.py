"""The first line of a message: how many duties changed, and the task whose change matters most. Pure."""

from __future__ import annotations

from alerts.composing.subject import subject_of
from alerts.routing import Told
from plans.model import Change
from plans.registry.model import Registry
from reports import labels
from reports.facts import Facts
from reports.options import ReportLanguage, ReportOptions
from reports.summary import by_importance
from reports.wording import Wording, capital

#: Mail programs and phones show little more; the rest of the task's changes stands below.
LONGEST_SAID = 190
_OF_NO_ONE_TASK = ("section_", "task_split", "task_merged", "part_moved")


def first_line(told: Told, registry: Registry, lang: ReportLanguage) -> str:
    """What of a comparison is said first: "3 duties changed. Most important: Task 2 (copyright): …"."""
    comparison = told.comparison
    facts = Facts(comparison.changeset, comparison.old, comparison.new, registry)
    changes = facts.changeset.changes
    duties = sum(1 for change in changes if change.severity == "major")
    zh = lang == "zh"
    if duties:
        first = (
            f"{duties}项职责变化"
            if zh
            else f"{duties} {'duty' if duties == 1 else 'duties'} changed"
        )
    else:
        first = (
            f"{len(changes)}处变化，均不涉及职责"
            if zh
            else f"{len(changes)} {'change' if len(changes) == 1 else 'changes'}, none of a duty"
        )
    if comparison.against == "baseline":
        edition = comparison.changeset.old.edition or ""
        first += (
            f"（与基准文本{edition}相比）" if zh else f" against the baseline {edition}".rstrip()
        )
    wording = Wording(facts, ReportOptions(lang=lang))
    said = _weightiest(facts, wording, registry)
    if not said:
        return first
    # With one duty there is nothing that it could be more important than.
    lead = ("。" if zh else ". ") if duties == 1 else ("。最重要：" if zh else ". Most important: ")
    return f"{first}{lead}{said}"


def placed(change: Change, facts: Facts, wording: Wording, registry: Registry) -> str:
    """The sentence of a change with its task before it, in English with what the task is about."""
    if change.kind.startswith(_OF_NO_ONE_TASK):
        return wording.placed(change)
    place = place_of(change, facts, wording, registry)
    sentence = wording.sentence(change)
    return f"{place}{labels.colon(wording.options.lang)}{sentence}" if place else capital(sentence)


def place_of(change: Change, facts: Facts, wording: Wording, registry: Registry) -> str:
    """The task that a change is about: "Task 16 → task 18 (copyright)"; 第18项 for Chinese readers."""
    place = capital(wording.place(change))
    if not place or wording.zh:
        return place
    old, new = facts.tasks(change)
    subject = subject_of(new or old, registry)
    return f"{place} ({subject})" if subject else place


def _weightiest(facts: Facts, wording: Wording, registry: Registry) -> str:
    """The most important change, and what else became of the duties of its task."""
    ordered = by_importance(facts)
    if not ordered:
        return ""
    first = ordered[0]
    said = placed(first, facts, wording, registry)
    if _is_commitment(first):
        colon = labels.colon(wording.options.lang)
        said = f"{place_of(first, facts, wording, registry)}{colon}{_levels(first, wording)}"
    if first.kind.startswith(_OF_NO_ONE_TASK):
        return said
    for other in ordered[1:]:
        if other.kind in ("task_added", "task_removed"):
            continue
        if not (set(first.new) & set(other.new) or set(first.old) & set(other.old)):
            continue
        sentence = _levels(other, wording) if _is_commitment(other) else wording.sentence(other)
        longer = f"{said}{'；' if wording.zh else '; '}{sentence}"
        if len(longer) > LONGEST_SAID:
            break
        said = longer
    return said


def _is_commitment(change: Change) -> bool:
    return change.kind in ("commitment_raised", "commitment_lowered")


def _levels(change: Change, wording: Wording) -> str:
    """A commitment that went up or down, without the printed words, which stand below."""
    title = wording.names.changed_instrument(change)
    words = []
    for commitment in wording.facts.commitments(change):
        pair = labels.level_words(commitment.level, commitment.text) if commitment else None
        if pair is None:
            return wording.sentence(change)
        words.append(labels.pick(pair, wording.options.lang))
    before, after = words
    if wording.zh:
        return f"{title}由“{before}”改为“{after}”"
    return f"{title} from “{before}” to “{after}”"
