"""Trying out: a test message through one channel, and what a subscription would be sent."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping

from alerts.channels.base import Outgoing, Receipt
from alerts.channels.make import make_channel
from alerts.composing.body import alert_body
from alerts.composing.compose import LinkMaker, compose
from alerts.composing.message import Message
from alerts.composing.templates import AlertFacts, Templates
from alerts.config import ChannelConfig, SubscriptionConfig
from alerts.events import Event
from alerts.routing import AlertDraft, route
from plans.model import Value
from plans.registry.model import Registry


class Preview(Value, frozen=True, kw_only=True):
    """What would be sent: the message, and its text as mail without HTML shows it."""

    message: Message
    text: str


def preview(
    event: Event,
    subscription: SubscriptionConfig,
    registry: Registry,
    templates: Templates,
    links: LinkMaker | None = None,
) -> Preview | None:
    """What ``subscription`` would be told of ``event``; None: nothing. Pure."""
    drafts = route(event, [subscription], registry)
    if not drafts:
        return None
    message = compose(drafts[0], registry, links)
    facts = AlertFacts(
        id=drafts[0].id,
        subscription=subscription.id,
        event=event.kind,
        document=event.document,
        version=event.version,
    )
    return Preview(message=message, text=templates.render("mail.txt", message, facts))


def send_test(
    config: ChannelConfig,
    env: Mapping[str, str],
    templates: Templates,
    registry: Registry,
    *,
    now: dt.datetime,
) -> Receipt:
    """Send a test message through a channel now, past the outbox.

    Raises :class:`alerts.secrets.SecretError` where a secret is missing, and
    :class:`alerts.channels.base.DeliveryError` where the far end does not accept.
    """
    subscription = SubscriptionConfig(id="test", channels=(config.id,))
    event = Event(kind="test", at=now, channel=config.id)
    key = hashlib.sha256(f"test\x1f{config.id}\x1f{now.isoformat()}".encode()).hexdigest()[:32]
    draft = AlertDraft(id=key, event=event, subscription=subscription)
    message = compose(draft, registry)
    facts = AlertFacts(id=key, subscription="test", event="test")
    body = alert_body(draft, message.headline)
    channel = make_channel(config, env, templates)
    return channel.send(Outgoing(alert=facts, message=message, body=body, at=now, now=now))
