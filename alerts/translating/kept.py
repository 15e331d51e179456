"""Machine translations that are kept, for pages that show them: also those that came too late."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.engine import Connection

from alerts.payload import payload_from_row
from alerts.translating.texts import (
    TARGET,
    text_key,
    texts_of_changes,
    texts_of_message,
    within_limits,
)
from plans.model import Value
from reports.facts import Facts
from storage import outbox, translations
from storage.records import Alert

#: So many alerts, the newest, are looked through for texts that were not translated in time.
MOST_ALERTS = 20


class Translated(Value, frozen=True, kw_only=True):
    """A published text and what a machine made of it.

    ``late``: it came after the alert had gone out, so that nobody has been sent it.
    """

    source: str
    text: str
    provider: str
    made_at: dt.datetime
    late: bool = False


def translations_of_alert(conn: Connection, alert: Alert) -> tuple[Translated, ...]:
    """The kept translations of the texts that ``alert`` tells, in its order."""
    texts = texts_of_message(payload_from_row(alert.payload).message)
    if not texts:
        return ()
    kept = translations.newest(conn, map(text_key, texts), target=TARGET)
    gone_out = [
        delivery.finished_at
        for delivery in outbox.deliveries_of(conn, alert.id)
        if delivery.state == "sent" and delivery.finished_at is not None
    ]
    first = min(gone_out, default=None)
    return tuple(
        Translated(
            source=text,
            text=found.text,
            provider=found.provider,
            made_at=found.made_at,
            late=first is not None and found.made_at > first,
        )
        for text in texts
        if (found := kept.get(text_key(text))) is not None
    )


def missing_texts(conn: Connection, since: dt.datetime) -> tuple[str, ...]:
    """Texts of alerts written since then that nobody has translated; no more than one request's."""
    texts: dict[str, None] = {}
    for alert in outbox.list_all(conn, limit=MOST_ALERTS):
        message = payload_from_row(alert.payload).message
        if alert.created_at >= since and message.language != "zh":
            texts |= dict.fromkeys(texts_of_message(message))
    kept = translations.newest(conn, map(text_key, texts), target=TARGET) if texts else {}
    return within_limits(text for text in texts if text_key(text) not in kept)


def translations_of_changes(conn: Connection, facts: Facts) -> dict[int, Translated]:
    """The kept translations of the changes of ``facts.changeset``, by the change's place in it."""
    texts = texts_of_changes(facts)
    keys = [text_key(text) for text in texts if text]
    kept = translations.newest(conn, keys, target=TARGET) if keys else {}
    return {
        at: Translated(source=text, text=found.text, provider=found.provider, made_at=found.made_at)
        for at, text in enumerate(texts)
        if text and (found := kept.get(text_key(text))) is not None
    }
