"""Everything that Apprise speaks to: Teams, Feishu, DingTalk, WeCom, Telegram and the rest."""

from __future__ import annotations

import logging

from apprise import Apprise, LogCapture, NotifyFormat
from apprise.common import OverflowMode

from alerts.channels.base import DeliveryError, Outgoing, Receipt
from alerts.composing.safety import plain
from alerts.composing.templates import Templates
from alerts.secrets import SecretError


class AppriseChannel:
    """Sends plain text; Apprise splits it where the far end takes less."""

    merges = True

    def __init__(self, url: str, templates: Templates) -> None:
        self._apprise = Apprise()
        if not self._apprise.add(url):
            raise SecretError("the Apprise address is of no kind that Apprise knows")
        for service in self._apprise:
            service.overflow_mode = OverflowMode.SPLIT
        self._templates = templates

    def send(self, out: Outgoing) -> Receipt:
        """Send the message. Apprise does not tell whether an error will pass: it is tried again."""
        title = plain(self._templates.render("subject.txt", out.message, out.alert), 200)
        body = self._templates.render("plain.txt", out.message, out.alert)
        with LogCapture(level=logging.WARNING) as said:  # type: ignore[no-untyped-call]
            sent = self._apprise.notify(body=body, title=title, body_format=NotifyFormat.TEXT)
        if not sent:
            words = " ".join(said.getvalue().split())[-200:]
            raise DeliveryError(f"Apprise could not send: {words}")
        return Receipt(detail="accepted")
