"""Files in a folder instead of messages: to try planwatch without any account."""

from __future__ import annotations

from pathlib import Path

import msgspec

from alerts.channels.base import DeliveryError, Outgoing, Receipt
from alerts.composing.mail import Envelope, mail_message
from alerts.composing.slack import slack_messages
from alerts.composing.templates import Templates


class FileChannel:
    """Writes each alert as the mail (.eml), the Slack message and the webhook's body."""

    merges = True

    def __init__(self, folder: Path, templates: Templates) -> None:
        self._folder = folder
        self._templates = templates
        self._envelope = Envelope(
            sender="planwatch@planwatch.invalid",
            sender_name="planwatch",
            to=("reader@planwatch.invalid",),
            list_id="planwatch.invalid",
        )

    def send(self, out: Outgoing) -> Receipt:
        """Write the files; a second attempt writes the same ones again."""
        mail = mail_message(
            out.message, out.alert, self._envelope, self._templates, at=out.at, files=out.files
        )
        pages = slack_messages(out.message, out.alert, self._templates)
        slack = [{"text": page.text, "blocks": list(page.blocks)} for page in pages]
        stem = f"{out.at:%Y%m%dT%H%M%SZ}-{out.alert.id[:12]}"
        contents = {
            f"{stem}.eml": mail.as_bytes(),
            f"{stem}.slack.json": msgspec.json.format(msgspec.json.encode(slack)),
            f"{stem}.json": msgspec.json.format(msgspec.json.encode(out.body)),
        }
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            for name, data in contents.items():
                part = self._folder / f".{name}.part"
                part.write_bytes(data)
                part.replace(self._folder / name)
        except OSError as error:
            raise DeliveryError(f"{self._folder} cannot be written: {error.strerror}") from None
        return Receipt(detail=str(self._folder / f"{stem}.eml"))
