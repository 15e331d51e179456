"""A message as e-mail: text and HTML, attachments, headers that thread a document's alerts. Pure.

The Message-ID is the alert's own and stays the same on every attempt. References names a root that
all alerts of one document share, so that mail programs show them together.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from functools import lru_cache

import css_inline

from alerts.composing.message import Message
from alerts.composing.safety import plain
from alerts.composing.templates import AlertFacts, Templates
from plans.model import Value

_LONGEST_SUBJECT = 200
_NOT_IN_ID = re.compile(r"[^A-Za-z0-9._-]+")


class Attached(Value, frozen=True, kw_only=True):
    """A file that goes along with an alert."""

    name: str
    media_type: str
    data: bytes


class Envelope(Value, frozen=True, kw_only=True):
    """Who writes to whom. ``list_id`` is the domain of List-Id and Message-ID."""

    sender: str
    sender_name: str
    to: tuple[str, ...]
    list_id: str
    reply_to: str | None = None


def mail_message(
    message: Message,
    alert: AlertFacts,
    envelope: Envelope,
    templates: Templates,
    *,
    at: dt.datetime,
    files: Sequence[Attached] = (),
) -> EmailMessage:
    """The e-mail of one alert; ``at`` (aware) is its Date and stays the same on every attempt."""
    mail = EmailMessage(policy=SMTP)
    subject = plain(templates.render("subject.txt", message, alert), _LONGEST_SUBJECT)
    mail["Subject"] = subject
    mail["From"] = Address(display_name=envelope.sender_name, addr_spec=envelope.sender)
    mail["To"] = tuple(Address(addr_spec=address) for address in envelope.to)
    if envelope.reply_to:
        mail["Reply-To"] = Address(addr_spec=envelope.reply_to)
    mail["Date"] = at
    mail["Message-ID"] = message_id(alert.id, envelope.list_id)
    root = message_id(f"document-{_digest(alert.document or alert.subscription)}", envelope.list_id)
    mail["References"] = root
    mail["In-Reply-To"] = root
    name = _NOT_IN_ID.sub("-", alert.subscription)
    mail["List-Id"] = f"planwatch {name} <{name}.{envelope.list_id}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Planwatch-Alert"] = alert.id
    mail.set_content(templates.render("mail.txt", message, alert))
    mail.add_alternative(
        _inliner().inline(templates.render("mail.html", message, alert)), subtype="html"
    )
    for file in files:
        main, _, sub = file.media_type.partition("/")
        params = {"charset": "utf-8"} if main == "text" else None
        mail.add_attachment(
            file.data, maintype=main, subtype=sub, filename=file.name, params=params
        )
    return mail


def message_id(name: str, domain: str) -> str:
    """A Message-ID of our own making."""
    return f"<{_NOT_IN_ID.sub('-', name)}@{domain}>"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]


@lru_cache(maxsize=1)
def _inliner() -> css_inline.CSSInliner:
    # The style element stays: only there can a dark mode be told. Nothing is fetched.
    return css_inline.CSSInliner(
        keep_style_tags=True, keep_link_tags=False, load_remote_stylesheets=False
    )
