"""Whether what was fetched can be believed: checks of a new plan against the last one.

Pure. A finding is a reason to hold the content for a person's review; nothing is thrown away.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from plans.model import Extract, Plan

#: A plan that keeps less than this share of its tasks or of its text is held.
KEPT_SHARE = 2 / 3

#: Below this many characters a page that names the document is an announcement, not its text.
MINIMUM_TEXT = 120

Doubt = Literal[
    "lost_tasks",
    "lost_text",
    "language_changed",
    "no_tasks",
    "no_text",
    "scanned",
    "encrypted",
    "unreadable",
    "too_large",
    "unfetched",
    "identity_unsure",
]

#: The doubts that mean: it is there, but nobody can read it yet.
UNREADABLE: frozenset[Doubt] = frozenset(
    {"no_tasks", "no_text", "scanned", "encrypted", "unreadable", "too_large", "unfetched"}
)


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One reason not to believe what was fetched; ``message`` is for people, in English."""

    doubt: Doubt
    message: str

    @property
    def unreadable(self) -> bool:
        """Whether subscribers hear of it as published, not yet readable."""
        return self.doubt in UNREADABLE


def check_extract(extract: Extract) -> Finding | None:
    """What keeps ``extract`` from being read although it may be the document itself.

    A challenge, a script shell, a list or an empty page is not the document: those are outcomes of
    the look, not findings, and give None here.
    """
    match extract.state:
        case "scanned" | "encrypted" | "unreadable" | "too_large":
            reason = f": {extract.reason}" if extract.reason else ""
            return Finding(doubt=extract.state, message=f"the file is {_words(extract)}{reason}")
        case _:
            return None


def _words(extract: Extract) -> str:
    return {
        "scanned": "scanned, its pages are pictures",
        "encrypted": "encrypted",
        "too_large": "too large to be read",
    }.get(extract.state, "not readable")


def check_readable(plan: Plan, text: str, *, tasks_expected: bool) -> Finding | None:
    """Whether ``plan``, read from ``text``, holds what a text of its document must hold."""
    if len(text) < MINIMUM_TEXT and not plan.tasks:
        return Finding(
            doubt="no_text", message=f"the text has {len(text)} characters and no task is in it"
        )
    if tasks_expected and not plan.tasks:
        return Finding(
            doubt="no_tasks",
            message=f"no task was understood in {len(text)} characters of text",
        )
    return None


def check_against(
    plan: Plan, text: str, last: Plan, last_text: str | None, *, same_edition: bool
) -> Finding | None:
    """Whether ``plan`` is a likely successor of ``last``, the text before it.

    ``same_edition`` says that both are texts of one edition at one place: only there must the
    length of the text hold too. ``last_text`` is None where it is not at hand.
    """
    if plan.language != last.language:
        return Finding(
            doubt="language_changed",
            message=f"the text is in {plan.language}, the last one was in {last.language}",
        )
    if plan.covers_part or last.covers_part:
        return None
    before, now = len(last.tasks), len(plan.tasks)
    if now < before * KEPT_SHARE:
        return Finding(
            doubt="lost_tasks", message=f"{now} tasks are left of {before}: over a third is gone"
        )
    if same_edition and last_text is not None and len(text) < len(last_text) * KEPT_SHARE:
        return Finding(
            doubt="lost_text",
            message=f"{len(text)} characters are left of {len(last_text)}: over a third is gone",
        )
    return None
