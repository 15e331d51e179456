"""The configuration of channels and subscriptions, as it stands in ``sources.yaml``.

Pydantic models: the loader of the whole file composes them and reports every mistake with its
place. They hold references to secrets (``${NAME}``), never values.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Annotated, Any, Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from alerts.events import DOCUMENT_EVENTS, OPERATIONAL_EVENTS, EventKind
from alerts.secrets import SecretRef
from alerts.timing import (
    QuietHours,
    When,
    format_duration,
    parse_delay,
    parse_duration,
    parse_quiet,
    parse_when,
)
from plans.model import ChangeKind, Severity

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Host = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9.:_-]{1,253}$")]
AlertLanguage = Literal["en", "zh", "both"]
AttachmentKind = Literal["docx", "html"]
EVENT_KINDS: tuple[str, ...] = get_args(EventKind)

_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\\x00-\x1f]{1,64}@[A-Za-z0-9.-]{1,253}")


def _address(value: str) -> str:
    if not _ADDRESS.fullmatch(value):
        raise ValueError(f"{value!r} is no mail address; write name@host, nothing else")
    return value


def _http_url(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/@]+(/[^\s]*)?", value):
        raise ValueError(
            "write an http(s) address without a user name; with a secret in it, write "
            "${NAME} instead"
        )
    return value


def _reference_if_one(value: Any) -> Any:
    return SecretRef.parse(value) if isinstance(value, str) and value.startswith("$") else value


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError(f"{value!r} is no time zone; write a name as Asia/Shanghai") from None
    return value


def _parsed(parse: Any) -> BeforeValidator:
    return BeforeValidator(lambda value: parse(value) if isinstance(value, str) else value)


MailAddress = Annotated[str, AfterValidator(_address)]
HttpUrl = Annotated[str, AfterValidator(_http_url)]
WebAddress = Annotated[SecretRef | HttpUrl, BeforeValidator(_reference_if_one)]
UserName = Annotated[SecretRef | Words, BeforeValidator(_reference_if_one)]
TimeZone = Annotated[str, AfterValidator(_zone)]
WhenField = Annotated[
    When,
    _parsed(parse_when),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "examples": ["at_once", "daily 08:30", "weekly mon 08:30"]}),
]
QuietField = Annotated[
    QuietHours,
    _parsed(parse_quiet),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "examples": ["20:00-07:30"]}),
]
Duration = Annotated[
    dt.timedelta,
    _parsed(parse_duration),
    PlainSerializer(format_duration, return_type=str),
    WithJsonSchema({"type": "string", "examples": ["30m", "24h", "2d"]}),
]
#: A duration that may be none.
Delay = Annotated[
    dt.timedelta,
    _parsed(parse_delay),
    PlainSerializer(format_duration, return_type=str),
    WithJsonSchema({"type": "string", "examples": ["0m", "20m", "2h"]}),
]


class _Model(BaseModel):
    # Input is hidden: a value in the wrong place may be a secret.
    model_config = ConfigDict(
        extra="forbid", frozen=True, hide_input_in_errors=True, arbitrary_types_allowed=True
    )


# --- channels ---------------------------------------------------------------------------------


class _Channel(_Model):
    id: Identifier = Field(description="name of the channel, as subscriptions use it")
    timeout_seconds: float = Field(
        default=15.0, gt=0, le=120, description="longest wait for the far end, per network step"
    )


class SlackWebhookConfig(_Channel):
    """A Slack incoming webhook: messages without threads or files."""

    kind: Literal["slack"]
    webhook_url: SecretRef = Field(description="${NAME} of the webhook's address")


class SlackBotConfig(_Channel):
    """A Slack bot token: messages in threads, reports uploaded as files."""

    kind: Literal["slack_bot"]
    token: SecretRef = Field(
        description="${NAME} of the bot token (scopes chat:write, files:write)"
    )
    channel: Annotated[str, StringConstraints(pattern=r"^[#A-Za-z0-9_-]{1,80}$")] = Field(
        description="id of the Slack channel (C0123456789); files need the id, not the name"
    )
    api_url: HttpUrl = Field(default="https://slack.com/api/", description="address of Slack's API")


class MailConfig(_Channel):
    """E-mail through an SMTP server."""

    kind: Literal["mail"]
    host: Host
    port: int = Field(default=587, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="none sends in clear text: for a server on the same machine"
    )
    username: UserName | None = Field(default=None, description="user name, or ${NAME} of it")
    password: SecretRef | None = Field(default=None, description="${NAME} of the password")
    sender: MailAddress
    sender_name: Words = "planwatch"
    to: tuple[MailAddress, ...] = Field(min_length=1, max_length=100)
    reply_to: MailAddress | None = None
    list_id: Host = Field(
        default="planwatch.invalid", description="domain in List-Id and Message-ID"
    )
    ca_file: Path | None = Field(
        default=None, description="certificates to trust instead of the system's"
    )

    @model_validator(mode="after")
    def _credentials(self) -> MailConfig:
        if (self.username is None) != (self.password is None):
            raise ValueError("username and password go together; give both or neither")
        if self.username is not None and self.security == "none":
            raise ValueError("a password would go out in clear text; set security: starttls or tls")
        return self


class WebhookConfig(_Channel):
    """A signed POST of the alert as JSON (Standard Webhooks)."""

    kind: Literal["webhook"]
    url: WebAddress = Field(description="address, or ${NAME} of it")
    secret: SecretRef = Field(description="${NAME} of the signing secret (whsec_ and base64)")


class AppriseConfig(_Channel):
    """Teams, Feishu, DingTalk, WeCom, Telegram and the rest, by an Apprise address."""

    kind: Literal["apprise"]
    url: SecretRef = Field(description="${NAME} of the Apprise address, as tgram://… or feishu://…")


class FileConfig(_Channel):
    """Files in a folder, one set an alert: mail (.eml), Slack (.slack.json), webhook (.json)."""

    kind: Literal["file"]
    folder: Path


ChannelConfig = Annotated[
    SlackWebhookConfig | SlackBotConfig | MailConfig | WebhookConfig | AppriseConfig | FileConfig,
    Field(discriminator="kind"),
]


# --- subscriptions ----------------------------------------------------------------------------


class Burst(_Model):
    """From how many alerts within a time on, the further ones come together in one digest."""

    alerts: int = Field(default=4, ge=2, le=1000)
    within: Duration = dt.timedelta(hours=1)


class SubscriptionConfig(_Model):
    """Who wants which changes. Within one filter any value suffices; every filter must agree."""

    id: Identifier
    channels: tuple[Identifier, ...] = Field(min_length=1, description="ids of channels")
    about: Literal["changes", "operations"] = Field(
        default="changes",
        description="documents and their changes, or the state of planwatch itself",
    )
    documents: tuple[Identifier, ...] = Field(default=(), description="ids of documents; none: all")
    agencies: tuple[Words, ...] = Field(
        default=(), description="registry ids or names of bodies that a change must touch"
    )
    sections: tuple[Words, ...] = Field(
        default=(),
        description="titles (or a part of them), or ids as 2.1, of sections, with all below",
    )
    instruments: tuple[Words, ...] = Field(default=(), description="registry ids or titles")
    keywords: tuple[Words, ...] = Field(default=(), description="words, Chinese or English")
    kinds: tuple[ChangeKind, ...] = Field(default=(), description="kinds of change; none: all")
    severity: Severity = Field(default="minor", description="the least severity that is told")
    against: Literal["predecessor", "baseline", "both"] = "both"
    events: tuple[EventKind, ...] | None = Field(
        default=None, description="events beside changes; left out: all, empty: none"
    )
    when: WhenField = When()
    quiet: QuietField | None = Field(default=None, description="hours in which nothing is sent")
    timezone: TimeZone = "Asia/Shanghai"
    language: AlertLanguage = "en"
    attach: tuple[AttachmentKind, ...] = Field(default=(), description="reports to send along")
    remind_after: Duration | None = Field(
        default=None, description="remind of a major alert that nobody has acknowledged by then"
    )
    burst: Burst = Burst()

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of ``when`` and ``quiet``."""
        return ZoneInfo(self.timezone)

    @model_validator(mode="after")
    def _filters_fit(self) -> SubscriptionConfig:
        operations = self.about == "operations"
        allowed = OPERATIONAL_EVENTS if operations else DOCUMENT_EVENTS - {"version_recorded"}
        wrong = sorted(set(self.events or ()) - allowed)
        if wrong:
            raise ValueError(
                f"events: {', '.join(wrong)} cannot be had with about: {self.about}; "
                f"allowed are {', '.join(sorted(allowed))}"
            )
        filters = ("documents", "agencies", "sections", "instruments", "keywords", "kinds")
        set_ones = [name for name in filters if getattr(self, name)]
        if operations and set_ones:
            raise ValueError(
                f"{', '.join(set_ones)}: filters of changes say nothing about operations; make "
                "two subscriptions"
            )
        return self


class TranslationConfig(_Model):
    """A provider of machine translation; the built-in sentences need none."""

    provider: Literal["openai", "deepl", "libretranslate"]
    url: HttpUrl | None = Field(
        default=None, description="address of the service, if not the provider's own"
    )
    key: SecretRef | None = None
    model: Words | None = Field(default=None, description="model to ask for (openai only)")
    timeout_seconds: float = Field(
        default=5.0, gt=0, le=60, description="an alert waits no longer: it goes without"
    )

    @model_validator(mode="after")
    def _needs(self) -> TranslationConfig:
        needed = {"openai": ("key", "model"), "deepl": ("key",), "libretranslate": ("url",)}
        missing = [name for name in needed[self.provider] if getattr(self, name) is None]
        if missing:
            raise ValueError(f"provider {self.provider} needs {' and '.join(missing)}")
        return self
