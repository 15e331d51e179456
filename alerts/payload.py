"""What an alert's row keeps beside its columns: all that sending needs, so that nothing is composed
twice and every attempt says the same. No secrets.
"""

from __future__ import annotations

from typing import Any

import msgspec

from alerts.composing.message import Message
from alerts.composing.templates import AlertFacts
from alerts.config import AttachmentKind
from plans.model import Value


class Payload(Value, frozen=True, kw_only=True):
    """``message`` for people, ``body`` for machines (the alert contract), ``attach`` the reports.

    ``settled``: the message is as it first went out, with the translations that there were then.
    """

    message: Message
    body: dict[str, Any]
    facts: AlertFacts
    attach: tuple[AttachmentKind, ...] = ()
    reminder_of: str | None = None
    settled: bool = False

    def to_row(self) -> dict[str, object]:
        """As plain builtins, for the outbox."""
        plain: dict[str, object] = msgspec.to_builtins(self)
        return plain


def payload_from_row(row: dict[str, object]) -> Payload:
    """Read a row's payload. Raises ``msgspec.ValidationError`` where it is none."""
    return msgspec.convert(row, Payload)
