"""Everything that Apprise speaks to: Teams, Feishu, DingTalk, WeCom, Telegram and the rest."""

from __future__ import annotations

import logging
from typing import Any

from apprise import Apprise, LogCapture, NotifyFormat
from apprise.common import OverflowMode

from alerts.channels.apprise_answers import Said, listen_to, noted
from alerts.channels.base import DeliveryError, Outgoing, Receipt
from alerts.composing.safety import plain
from alerts.composing.templates import Templates
from alerts.secrets import SecretError


class AppriseChannel:
    """Sends plain text; Apprise splits it where the far end takes less.

    What was taken of a split message is not sent again when the rest is tried again, as long as the
    program runs.
    """

    merges = True

    def __init__(self, url: str, templates: Templates) -> None:
        self._apprise = Apprise()
        if not self._apprise.add(url):
            raise SecretError("the Apprise address is of no kind that Apprise knows")
        for service in self._apprise:
            service.overflow_mode = OverflowMode.SPLIT
            listen_to(service)
            self._watch(service)
        self._templates = templates
        self._said: list[Said] = []
        self._taken: dict[str, int] = {}
        self._to_skip = 0
        self._pieces = 0
        self._failed = False

    def send(self, out: Outgoing) -> Receipt:
        """Send the message; what the far end answered says whether trying again can help."""
        title = plain(self._templates.render("subject.txt", out.message, out.alert), 200)
        body = self._templates.render("plain.txt", out.message, out.alert)
        self._said, self._pieces, self._failed = [], 0, False
        self._to_skip = self._taken.pop(out.alert.id, 0)
        with LogCapture(level=logging.WARNING) as said:  # type: ignore[no-untyped-call]
            sent = self._apprise.notify(body=body, title=title, body_format=NotifyFormat.TEXT)
        if sent:
            return Receipt(detail="accepted")
        self._taken[out.alert.id] = self._pieces
        words = " ".join(said.getvalue().split())[-200:]
        refused = next((one for one in self._said if one.refused), None)
        if refused is None:
            raise DeliveryError(f"Apprise could not send: {words}")
        error = refused.error()
        raise DeliveryError(
            f"Apprise could not send: {error}{'; ' if words else ''}{words}",
            permanent=error.permanent,
            retry_after=error.retry_after,
        )

    def _watch(self, service: Any) -> None:
        """Look at what comes back for each piece of a message; Apprise calls this in its threads."""
        send = service.send

        def watched(*args: Any, **kwargs: Any) -> bool:
            if self._failed:
                return False  # Apprise goes on with the next piece; out of order it helps nobody.
            if self._pieces < self._to_skip:
                self._pieces += 1
                return True
            with noted() as said:
                taken = bool(send(*args, **kwargs)) and not any(one.refused for one in said)
            self._said += said
            self._pieces += taken
            self._failed = not taken
            return taken

        service.send = watched
