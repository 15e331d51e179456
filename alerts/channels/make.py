"""From the configuration to a channel that can send: secrets are resolved here and nowhere else."""

from __future__ import annotations

import binascii
from collections.abc import Callable, Iterable, Mapping

from pydantic import SecretStr
from standardwebhooks.webhooks import EmptyWebhookSecretError

from alerts.channels.apprise import AppriseChannel
from alerts.channels.base import Channel, DeliveryError, Outgoing, Receipt
from alerts.channels.file import FileChannel
from alerts.channels.mail import Login, Mail, SmtpServer
from alerts.channels.slack import SlackBot, SlackWebhook
from alerts.channels.webhook import Webhook
from alerts.composing.mail import Envelope
from alerts.composing.templates import Templates
from alerts.config import (
    AppriseConfig,
    ChannelConfig,
    FileConfig,
    MailConfig,
    SlackBotConfig,
    SlackWebhookConfig,
    WebhookConfig,
)
from alerts.secrets import Scrubber, SecretError, SecretRef

_Value = Callable[[SecretRef | str], str]


class Guarded:
    """A channel whose errors and receipts are freed of its secrets."""

    def __init__(self, channel: Channel, secrets: Iterable[SecretStr]) -> None:
        self.merges = channel.merges
        self._channel = channel
        self._scrub = Scrubber(secrets)

    def send(self, out: Outgoing) -> Receipt:
        """Send by the channel within; nothing that it says leaves with a secret in it."""
        try:
            receipt = self._channel.send(out)
        except DeliveryError as error:
            raise DeliveryError(
                self._scrub(str(error)), permanent=error.permanent, retry_after=error.retry_after
            ) from None
        except Exception as error:
            # A fault of ours or of a library: its text may hold an address with a token in it.
            raise UnexpectedDeliveryError(
                f"{type(error).__name__}: {self._scrub(str(error))}"
            ) from None
        return Receipt(
            detail=self._scrub(receipt.detail),
            thread=receipt.thread,
            further=receipt.further,
            problems=receipt.problems,
        )


class UnexpectedDeliveryError(RuntimeError):
    """A fault that no channel foresees; it is logged as such and the delivery tried again."""


def make_channel(config: ChannelConfig, env: Mapping[str, str], templates: Templates) -> Channel:
    """The channel of ``config``. Raises :class:`SecretError` where a secret is missing or unfit."""
    secrets: list[SecretStr] = []

    def value(ref: SecretRef | str) -> str:
        if isinstance(ref, str):
            return ref
        secrets.append(ref.resolve(env))
        return secrets[-1].get_secret_value()

    try:
        channel = _make(config, value, templates)
    except SecretError as error:
        raise SecretError(f"channel {config.id}: {error}") from None
    return Guarded(channel, secrets)


class Unusable:
    """Stands for a channel whose secret is missing: its alerts wait until somebody gives it."""

    merges = False

    def __init__(self, why: str) -> None:
        self._why = why

    def send(self, out: Outgoing) -> Receipt:
        """Raise :class:`DeliveryError`, with what is missing."""
        raise DeliveryError(self._why)


def make_channels(
    configs: Iterable[ChannelConfig], env: Mapping[str, str], templates: Templates
) -> tuple[dict[str, Channel], tuple[str, ...]]:
    """All channels by id, and what keeps some of them from being used, one line each."""
    channels: dict[str, Channel] = {}
    problems: list[str] = []
    for config in configs:
        try:
            channels[config.id] = make_channel(config, env, templates)
        except SecretError as error:
            channels[config.id] = Unusable(str(error))
            problems.append(str(error))
    return channels, tuple(problems)


def channel_problems(
    configs: Iterable[ChannelConfig], env: Mapping[str, str], templates: Templates
) -> tuple[str, ...]:
    """What keeps channels from being used, one line each with the remedy; none is contacted."""
    return make_channels(configs, env, templates)[1]


def _make(config: ChannelConfig, value: _Value, templates: Templates) -> Channel:
    timeout = config.timeout_seconds
    match config:
        case SlackWebhookConfig():
            return SlackWebhook(_https(value(config.webhook_url)), templates, timeout)
        case SlackBotConfig():
            token = value(config.token)
            return SlackBot(token, config.channel, templates, timeout, config.api_url)
        case MailConfig():
            return _mail(config, value, templates)
        case WebhookConfig():
            url, secret = _https(value(config.url)), value(config.secret)
            try:
                return Webhook(url, secret, timeout)
            except (EmptyWebhookSecretError, binascii.Error, ValueError):
                raise SecretError(
                    f"{config.secret}: no signing secret; it is whsec_ and base64 of 24 to 64 bytes"
                ) from None
        case AppriseConfig():
            return AppriseChannel(value(config.url), templates)
        case FileConfig():
            return FileChannel(config.folder, templates)


def _mail(config: MailConfig, value: _Value, templates: Templates) -> Mail:
    login = None
    if config.username is not None and config.password is not None:
        login = Login(username=value(config.username), password=value(config.password))
    server = SmtpServer(
        host=config.host,
        port=config.port,
        security=config.security,
        timeout=config.timeout_seconds,
        ca_file=str(config.ca_file) if config.ca_file else None,
    )
    envelope = Envelope(
        sender=config.sender,
        sender_name=config.sender_name,
        to=config.to,
        list_id=config.list_id,
        reply_to=config.reply_to,
    )
    return Mail(server, login, envelope, templates)


def _https(url: str) -> str:
    if not url.startswith(("https://", "http://")):
        raise SecretError("the address is no http(s) address")
    return url
