"""What surrounds the tasks: title, sentence of issue, preamble, closing lines; and sections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from plans.comparing.figures import same_figures
from plans.comparing.make import change
from plans.comparing.normalise import text_key, yearless
from plans.comparing.segments import segments
from plans.model import Change, FrameRole, Plan
from plans.registry.model import Registry

#: A reprint leaves these out together with the notice: their absence says nothing.
OF_THE_NOTICE: frozenset[FrameRole] = frozenset({"issue_sentence", "footer"})
_ISSUED = re.compile(r"关于印发《(.+)》的通知$")


def frame_changes(old: Plan, new: Plan, registry: Registry) -> Iterator[Change]:
    """Differences of the frame. A change of the year alone is none (the contract)."""
    yield from _differs(_own_title(old.title), _own_title(new.title), registry)
    parts_old, parts_new = _parts(old), _parts(new)
    for role in (*parts_old, *(role for role in parts_new if role not in parts_old)):
        before, after = parts_old.get(role, []), parts_new.get(role, [])
        if role in OF_THE_NOTICE and not (before and after):
            continue
        kept = {_key(text) for text in before} & {_key(text) for text in after}
        left = [text for text in before if _key(text) not in kept]
        came = [text for text in after if _key(text) not in kept]
        for i in range(max(len(left), len(came))):
            was = left[i] if i < len(left) else None
            now = came[i] if i < len(came) else None
            yield from _differs(was, now, registry)


def section_changes(old: Plan, new: Plan, matched: Mapping[str, str]) -> Iterator[Change]:
    """Sections that came, went, took another title, or another place (its position or parent)."""
    sections_new = {s.id: s for s in new.sections}
    for section in old.sections:
        after = matched.get(section.id)
        if after is None:
            yield change("section_removed", [section.id], before=section.title)
            continue
        other = sections_new[after]
        if yearless(section.title) != yearless(other.title):
            yield change(
                "section_retitled",
                [section.id],
                [after],
                before=section.title,
                after=other.title,
                only_layout=_key(section.title) == _key(other.title),
            )
        if section.id != after:
            yield change(
                "section_moved", [section.id], [after], before=section.number, after=other.number
            )
    taken = set(matched.values())
    for section in new.sections:
        if section.id not in taken:
            yield change("section_added", (), [section.id], after=section.title)


def _own_title(title: str) -> str:
    """The plan's title, also where the notice's was taken."""
    issued = _ISSUED.search(title)
    return issued.group(1) if issued else title


def _parts(plan: Plan) -> dict[FrameRole, list[str]]:
    parts: dict[FrameRole, list[str]] = {}
    for part in plan.frame:
        parts.setdefault(part.role, []).append(part.text)
    return parts


def _key(text: str) -> str:
    return text_key(yearless(text))


def _differs(before: str | None, after: str | None, registry: Registry) -> Iterator[Change]:
    if (
        before is None
        or after is None
        or not same_figures(was := yearless(before), now := yearless(after))
    ):
        if before != after:
            yield change(
                "frame_changed",
                before=before,
                after=after,
                segments=segments(before or "", after or "", registry),
            )
    elif was != now:
        yield change("frame_changed", before=before, after=after, only_layout=True)
