"""A signed POST of the alert as JSON (Standard Webhooks; contracts/alert.schema.json)."""

from __future__ import annotations

import msgspec
import requests
from standardwebhooks import Webhook as Signer

from alerts.channels.base import DeliveryError, Outgoing, Receipt, failed_status, seconds_of

_MOST_ANSWER = 2048


class Webhook:
    """Posts every alert by itself, digests too: a machine wants alerts, not letters."""

    merges = False

    def __init__(self, url: str, secret: str, timeout: float) -> None:
        self._url = url
        self._signer = Signer(secret)
        self._timeout = timeout

    def send(self, out: Outgoing) -> Receipt:
        """Post the alert; ``webhook-id`` is its idempotency key."""
        data = msgspec.json.encode(out.body, order="deterministic")
        stamp = int(out.now.timestamp())
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "planwatch",
            "webhook-id": out.alert.id,
            "webhook-timestamp": str(stamp),
            "webhook-signature": self._signer.sign(out.alert.id, out.now, data.decode()),
        }
        try:
            with (
                requests.Session() as session,
                session.post(
                    self._url,
                    data=data,
                    headers=headers,
                    timeout=self._timeout,
                    allow_redirects=False,
                    stream=True,
                    # Credentials of a .netrc are nobody's business here.
                    auth=lambda request: request,
                ) as answer,
            ):
                said = answer.raw.read1(_MOST_ANSWER, decode_content=True)
        except (requests.RequestException, OSError) as error:
            raise DeliveryError(f"the webhook cannot be reached: {type(error).__name__}") from None
        text = said.decode("utf-8", "replace")
        if 200 <= answer.status_code < 300:
            return Receipt(detail=f"HTTP {answer.status_code}")
        failed = failed_status(answer.status_code, text, None)
        failed.retry_after = seconds_of(answer.headers.get("Retry-After"), out.now)
        raise failed
