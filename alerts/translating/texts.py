"""Which texts of an alert or of a comparison are translated, and the key of each. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from alerts.composing.groups import source_text
from alerts.composing.message import Message
from alerts.translating.glossary import chinese
from reports.facts import Facts

TARGET = "en"
#: Texts and characters of one message that are translated; the rest stands there in Chinese.
MOST_TEXTS = 40
MOST_CHARACTERS = 12_000


def text_key(text: str) -> str:
    """The key under which the translation of a text is kept."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def texts_of_message(message: Message) -> tuple[str, ...]:
    """The published texts of a message that are to be translated, each once, in its order."""
    texts = (item.source_text for group in message.groups for item in group.items)
    return within_limits(dict.fromkeys(text for text in texts if text and chinese(text)))


def within_limits(texts: Iterable[str]) -> tuple[str, ...]:
    """As many of these texts as one request may have."""
    kept: list[str] = []
    size = 0
    for text in texts:
        size += len(text)
        if len(kept) >= MOST_TEXTS or size > MOST_CHARACTERS:
            break
        kept.append(text)
    return tuple(kept)


def texts_of_changes(facts: Facts) -> tuple[str | None, ...]:
    """For each change of ``facts.changeset`` the text that an alert of it has translated, or None."""
    texts = (source_text(change, facts) for change in facts.changeset.changes)
    return tuple(text if text and chinese(text) else None for text in texts)
