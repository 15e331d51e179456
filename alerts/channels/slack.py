"""Slack: by an incoming webhook, or by a bot token with threads and files."""

from __future__ import annotations

import http.client
from collections.abc import Callable
from typing import Any, TypeVar

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.webhook import WebhookClient

from alerts.channels.base import (
    FILES_PART,
    DeliveryError,
    Outgoing,
    Receipt,
    failed_status,
    seconds_of,
)
from alerts.composing.slack import SlackMessage, slack_messages
from alerts.composing.templates import Templates

T = TypeVar("T")

#: Errors of Slack's API that pass; every other one needs a person (docs.slack.dev, chat.postMessage).
_PASSING = frozenset(
    {
        "ratelimited",
        "rate_limited",
        "internal_error",
        "fatal_error",
        "service_unavailable",
        "request_timeout",
        "team_added_to_org",
        "message_limit_exceeded",
    }
)
_PART = "part-"
#: What urllib lets through when the line breaks.
_LINE = (OSError, http.client.HTTPException)


class SlackWebhook:
    """Posts to an incoming webhook. A long message goes on in further messages."""

    merges = True

    def __init__(self, url: str, templates: Templates, timeout: float) -> None:
        # The SDK's own retries could send twice what was accepted; ours are recorded.
        self._client = WebhookClient(url, timeout=max(1, round(timeout)), retry_handlers=[])
        self._templates = templates

    def send(self, out: Outgoing) -> Receipt:
        """Post the message, or the part of it that ``out.part`` names."""
        pages = slack_messages(out.message, out.alert, self._templates)
        page, further = _page(pages, out.part)
        if page is None:
            return Receipt(detail="nothing left to send")

        def post() -> Receipt:
            answer = self._client.send(
                text=page.text,
                blocks=list(page.blocks),
                unfurl_links=False,
                unfurl_media=False,
            )
            if answer.status_code != 200:
                after = _header(answer.headers, "Retry-After")
                error = failed_status(answer.status_code, answer.body, None)
                error.retry_after = seconds_of(after, out.now)
                raise error
            return Receipt(detail=answer.body[:200], further=further)

        return _on_the_line(post)


class SlackBot:
    """Posts by ``chat.postMessage``; what follows a message goes into its thread."""

    merges = True

    def __init__(
        self, token: str, channel: str, templates: Templates, timeout: float, api_url: str
    ) -> None:
        self._client = WebClient(
            token=token,
            base_url=api_url if api_url.endswith("/") else api_url + "/",
            timeout=max(1, round(timeout)),
            retry_handlers=[],
        )
        self._channel = channel
        self._templates = templates

    def send(self, out: Outgoing) -> Receipt:
        """Post the message, a further part, or its files into the thread of the first."""
        if out.part == FILES_PART:
            return _on_the_line(lambda: self._upload(out))
        pages = slack_messages(out.message, out.alert, self._templates)
        page, further = _page(pages, out.part)
        if page is None:
            return Receipt(detail="nothing left to send")
        if out.part is None and out.files:
            further = (*further, FILES_PART)
        return _on_the_line(lambda: self._post(page, out, further))

    def _post(self, page: SlackMessage, out: Outgoing, further: tuple[str, ...]) -> Receipt:
        answer = self._client.chat_postMessage(
            channel=self._channel,
            text=page.text,
            blocks=list(page.blocks),
            thread_ts=out.thread,
            parse="none",
            link_names=False,
            unfurl_links=False,
            unfurl_media=False,
        )
        stamp = str(answer.get("ts") or "")
        return Receipt(detail=f"ts {stamp}", thread=stamp or None, further=further)

    def _upload(self, out: Outgoing) -> Receipt:
        # Nothing is seen in Slack before the last of the calls behind this one, which shares all.
        self._client.files_upload_v2(
            channel=self._channel,
            thread_ts=out.thread,
            file_uploads=[
                {"file": file.data, "filename": file.name, "title": file.name} for file in out.files
            ],
        )
        return Receipt(detail=f"{len(out.files)} files", thread=out.thread)


def _page(
    pages: tuple[SlackMessage, ...], part: str | None
) -> tuple[SlackMessage | None, tuple[str, ...]]:
    """The page to send, and the names of those that follow the first."""
    if part is None:
        return pages[0], tuple(f"{_PART}{at}" for at in range(2, len(pages) + 1))
    at = int(part.removeprefix(_PART)) - 1 if part.startswith(_PART) else len(pages)
    return (pages[at] if at < len(pages) else None), ()


def _on_the_line(call: Callable[[], T]) -> T:
    """Make the call; what Slack or the line does wrong becomes a :class:`DeliveryError`."""
    try:
        return call()
    except SlackApiError as error:
        raise _api_error(error) from None
    except SlackClientError as error:
        raise DeliveryError(f"Slack: {' '.join(str(error).split())[:200]}") from None
    except _LINE as error:
        raise DeliveryError(f"Slack cannot be reached: {type(error).__name__}") from None


def _api_error(error: SlackApiError) -> DeliveryError:
    answer: Any = error.response
    status = getattr(answer, "status_code", None) or _get(answer, "status") or 0
    headers = getattr(answer, "headers", None) or _get(answer, "headers") or {}
    said = _get(answer, "error")
    after = seconds_of(_header(headers, "Retry-After"))
    if said is None and isinstance(status, int) and status >= 300:
        return failed_status(status, "", None)
    if status == 429 or (isinstance(status, int) and status >= 500):
        return DeliveryError(f"Slack: HTTP {status} {said or ''}".strip(), retry_after=after)
    permanent = said is not None and said not in _PASSING
    return DeliveryError(
        f"Slack: {said or 'answered what is no answer'}", permanent=permanent, retry_after=after
    )


def _get(answer: Any, field: str) -> Any:
    try:
        return answer.get(field)
    except (AttributeError, ValueError, TypeError):
        return None


def _header(headers: Any, name: str) -> str | None:
    for key, value in dict(headers).items():
        if str(key).lower() == name.lower():
            return str(value[0] if isinstance(value, list) else value)
    return None
