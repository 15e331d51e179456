"""Several messages as one: a daily or weekly digest, or a burst that came at once. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from alerts.composing.message import Group, Item, Link, Message
from plans.model import Severity

#: Lines that a digest shows of all its alerts together, and of each; the rest is counted.
MOST_LINES = 30
MOST_LINES_EACH = 8
_RANK: dict[Severity | None, int] = {None: -1, "editorial": 0, "minor": 1, "major": 2}


def merge(messages: Sequence[Message]) -> Message:
    """One message that tells all ``messages``, gravest first; a single one is given back as it is.

    Raises ValueError on an empty sequence.
    """
    if not messages:
        raise ValueError("a digest needs at least one message")
    if len(messages) == 1:
        return messages[0]
    ordered = sorted(messages, key=lambda m: -_RANK[m.severity])
    first = ordered[0]
    zh = first.language == "zh"
    n = len(ordered)
    lead = f"{n}条提醒。首要：" if zh else f"{n} alerts. First: "
    links = {link.url: link for message in ordered for link in _named(message)}
    return Message(
        headline=lead + first.headline,
        topic=f"{n}条提醒" if zh else f"{n} alerts",
        language=first.language,
        severity=first.severity,
        groups=tuple(_group(message, min(MOST_LINES_EACH, MOST_LINES // n)) for message in ordered),
        links=tuple(links.values()),
    )


def _group(message: Message, most: int) -> Group:
    items = [Item(text=note) for note in message.notes]
    items += [item for group in message.groups for item in group.items]
    hidden = sum(group.more for group in message.groups)
    kept = items[:most]
    lines = [*kept, *(Item(text=count) for count in message.counts)]
    return Group(title=message.headline, items=tuple(lines), more=hidden + len(items) - len(kept))


def _named(message: Message) -> list[Link]:
    return [Link(label=f"{link.label}: {message.topic}", url=link.url) for link in message.links]
