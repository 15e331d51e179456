"""A message as Slack shows it: Block Kit messages within Slack's limits. Pure.

Slack counts 50 blocks a message and 3,000 characters a text; the SDK's models check the second.
What does not fit goes on in further messages. All text is escaped, so that published text cannot
mention anybody (``<!here>``), and ``verbatim`` keeps Slack from finding names and links in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    DividerBlock,
    MarkdownTextObject,
    SectionBlock,
)

from alerts.composing.message import Group, Item, Link, Message
from alerts.composing.templates import AlertFacts, Templates
from plans.model import Value

MOST_BLOCKS = 50
LONGEST_TEXT = 3000
#: Further messages after the first: what would need more is not read, it stands in the report.
MOST_MESSAGES = 4
#: Room kept in the first message for the buttons and the line below.
_RESERVED = 3
_MARKS = re.compile(r"[*_~`]")
_ENTITY_TAIL = re.compile(r"&[a-z]{0,4}$")


class SlackMessage(Value, frozen=True, kw_only=True):
    """One message: blocks as Slack's API takes them, and the text for notifications."""

    text: str
    blocks: tuple[dict[str, Any], ...]


def slack_messages(
    message: Message, alert: AlertFacts, templates: Templates
) -> tuple[SlackMessage, ...]:
    """The message, and those that go on with it where one is not enough; never empty."""
    shown = _mapped(message, escaped)
    text = templates.render("slack.md", shown, alert)
    blocks = [block for paragraph in _paragraphs(text) for block in _blocks(paragraph)]
    pages = list(_pages(blocks, MOST_BLOCKS - _RESERVED))
    if len(pages) > MOST_MESSAGES:
        pages = pages[:MOST_MESSAGES]
        pages[-1] = [*pages[-1], _section(message.says("… and more.", "……以下从略。"))]
    last = [*_buttons(message.links), _foot(message, alert)]
    pages[0] = [*pages[0], *last]
    heading = _cut(shown.headline, LONGEST_TEXT - 1)
    return tuple(
        SlackMessage(text=heading, blocks=tuple(block.to_dict() for block in page))
        for page in pages
    )


def escaped(text: str) -> str:
    """Text as it stands: Slack's control characters escaped, its marks of style without effect."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKS.sub(lambda match: match[0] + "\u2060", text)


def _paragraphs(text: str) -> Iterable[str]:
    return (part.strip("\n") for part in re.split(r"\n[ \t]*\n", text) if part.strip())


def _blocks(paragraph: str) -> Iterable[Block]:
    if paragraph.strip() == "---":
        yield DividerBlock()
        return
    for piece in _pieces(paragraph):
        yield _section(piece)


def _section(text: str) -> SectionBlock:
    return SectionBlock(text=MarkdownTextObject(text=text, verbatim=True))


def _pieces(paragraph: str) -> Iterable[str]:
    """A paragraph cut at line ends into texts that Slack takes; a longer line is cut within."""
    piece = ""
    for line in paragraph.split("\n"):
        while len(line) > LONGEST_TEXT:
            head = _cut(line, LONGEST_TEXT - len(piece) - 1 if piece else LONGEST_TEXT)
            yield f"{piece}\n{head}" if piece else head
            piece, line = "", line[len(head) :]
        joined = f"{piece}\n{line}" if piece else line
        if len(joined) > LONGEST_TEXT:
            yield piece
            joined = line
        piece = joined
    if piece.strip():
        yield piece


def _cut(text: str, longest: int) -> str:
    """The beginning of ``text``; never ends within an escape such as ``&amp;``."""
    if len(text) <= longest:
        return text
    head = text[: max(longest, 8)]
    return _ENTITY_TAIL.sub("", head) or head


def _pages(blocks: list[Block], size: int) -> Iterable[list[Block]]:
    if not blocks:
        yield []
    for start in range(0, len(blocks), size):
        yield blocks[start : start + size]


def _buttons(links: tuple[Link, ...]) -> Iterable[Block]:
    elements = [
        ButtonElement(text=link.label[:75], url=link.url, action_id=f"open-{at}")
        for at, link in enumerate(links[:10])
    ]
    if elements:
        yield ActionsBlock(elements=elements)


def _foot(message: Message, alert: AlertFacts) -> Block:
    words = [message.archive_ref, alert.subscription, alert.id[:12]]
    line = " · ".join(escaped(word) for word in words if word)
    return ContextBlock(elements=[MarkdownTextObject(text=line[:LONGEST_TEXT], verbatim=True)])


def _mapped(message: Message, change: Callable[[str], str]) -> Message:
    """The message with ``change`` made to every text that it shows; links stay as they are."""

    def item(one: Item) -> Item:
        return msgspec.structs.replace(
            one,
            text=change(one.text),
            place=_optional(one.place, change),
            quote=_optional(one.quote, change),
            translation=_optional(one.translation, change),
            segments=tuple((op, change(text)) for op, text in one.segments),
        )

    def group(one: Group) -> Group:
        return msgspec.structs.replace(
            one, title=change(one.title), items=tuple(item(i) for i in one.items)
        )

    return msgspec.structs.replace(
        message,
        headline=change(message.headline),
        topic=change(message.topic),
        notes=tuple(change(note) for note in message.notes),
        groups=tuple(group(one) for one in message.groups),
        counts=tuple(change(count) for count in message.counts),
        archive_ref=_optional(message.archive_ref, change),
    )


def _optional(text: str | None, change: Callable[[str], str]) -> str | None:
    return None if text is None else change(text)
