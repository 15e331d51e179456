"""The alert as JSON for machines: the body of webhooks (contracts/alert.schema.json). Pure."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from alerts.routing import AlertDraft


def alert_body(draft: AlertDraft, headline: str) -> dict[str, Any]:
    """The contract's object, of plain builtins: the changes that the subscription asked for."""
    event = draft.event
    return {
        "schema": "planwatch/alert/1",
        "id": draft.id,
        "event": event.kind,
        "at": event.at.astimezone(dt.UTC).isoformat().replace("+00:00", "Z"),
        "subscription": draft.subscription.id,
        "document": event.document,
        "edition": event.edition,
        "version": event.version,
        "url": event.url,
        "headline": headline,
        "against": [told.comparison.against for told in draft.told],
        "changesets": [msgspec.to_builtins(told.comparison.changeset) for told in draft.told],
        "reason": event.reason,
        "source": event.source,
        "unconfirmed": event.unconfirmed,
        "chain_head": event.chain_head,
    }
