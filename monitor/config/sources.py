"""The places where documents are published, as they stand in ``sources.yaml``."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from monitor.config.fields import Address, ConfigModel, Duration, FilePath, Identifier, Proxy, Words
from monitor.config.schedules import ScheduleConfig
from monitor.discovering.adapters import ADAPTERS_OF, AdapterOptions
from monitor.discovering.feed import FeedOptions
from monitor.discovering.links import LinksOptions
from plans.model import Language, Nature

SourceKind = Literal["article", "list", "feed", "search", "file"]
Authority = Literal["official", "mirror", "translation", "commentary"]


class SourceConfig(ConfigModel):
    """One place. Its id stays when its address changes."""

    id: Identifier
    kind: SourceKind
    documents: tuple[Identifier, ...] = Field(
        min_length=1, description="ids of the documents that are published here"
    )
    url: Address | None = Field(default=None, description="address of the article, list or feed")
    path: FilePath | None = Field(
        default=None,
        description="file that is watched, or folder of files of one document (kind: file)",
    )
    adapter: AdapterOptions | None = Field(
        default=None, description="how the list is read; a name, or `kind` with its options"
    )
    group: Words | None = Field(default=None, description="heading under which it is shown")
    purpose: Words | None = Field(default=None, description="what it is for, in one sentence")
    authority: Authority = "official"
    nature: Nature = "official"
    language: Language = "zh-Hans"
    edition: Words | None = Field(default=None, description="edition of a single article")
    certain: bool = Field(default=True, description="false: the address is inferred, not seen")
    enabled: bool = True
    reason: Words | None = Field(default=None, description="why it is not enabled")
    schedule: ScheduleConfig | None = Field(default=None, description="left out: settings.schedule")
    look_again: Duration | None = Field(
        default=None, description="how often known articles of a list are fetched again"
    )
    allow_private: bool = Field(
        default=False, description="allow addresses of private networks and of this machine"
    )
    robots_exception: Words | None = Field(
        default=None, description="ignore robots.txt here, for the reason that stands here"
    )
    proxy: Proxy | None = Field(
        default=None, description="http(s) proxy for this source; ${NAME} if it has a password"
    )
    tls: Literal["default", "legacy"] = Field(
        default="default", description="legacy: TLS 1.0 and old ciphers, for its own host alone"
    )
    ca_file: FilePath | None = Field(
        default=None, description="certificates that the server forgets to send (PEM)"
    )
    browser: bool = Field(
        default=False, description="build the page by its scripts (needs the browser extra)"
    )
    spacing_seconds: float | None = Field(default=None, ge=0, le=3600)

    @model_validator(mode="after")
    def _fits_kind(self) -> SourceConfig:
        if self.kind == "file":
            if self.path is None or self.url is not None:
                raise ValueError("a source of kind file has a `path` and no `url`")
        elif self.url is None or self.path is not None:
            raise ValueError(f"a source of kind {self.kind} has a `url` and no `path`")
        if self.kind in ("article", "file") and len(self.documents) != 1:
            raise ValueError(f"a source of kind {self.kind} is one document; name exactly one")
        if self.edition is not None and self.kind not in ("article", "file"):
            raise ValueError("`edition` is for a single article or file; a list has many")
        if self.kind == "search" and self.adapter is None:
            raise ValueError("a search needs an `adapter` with its query")
        if not self.enabled and self.reason is None:
            raise ValueError("`enabled: false` needs a `reason`")
        allowed = ADAPTERS_OF.get(self.kind, ())
        if self.adapter is not None and self.adapter.kind not in allowed:
            raise ValueError(
                f"adapter {self.adapter.kind} does not fit kind {self.kind}; "
                f"allowed: {', '.join(allowed) or 'none'}"
            )
        return self

    @property
    def address(self) -> str:
        """What is fetched: the ``url``, or the ``path`` as a file address."""
        if self.path is not None:
            return self.path.resolve().as_uri()
        assert self.url is not None, "checked when the file was read"
        return self.url

    @property
    def lists(self) -> bool:
        """Whether the address names articles, rather than being one."""
        return self.kind in ADAPTERS_OF

    @property
    def listing(self) -> AdapterOptions:
        """The adapter's options of a source that :attr:`lists`; ValueError for others."""
        if self.adapter is not None:
            return self.adapter
        if self.kind == "list":
            return LinksOptions()
        if self.kind == "feed":
            return FeedOptions()
        raise ValueError(f"{self.id}: kind {self.kind} has no list")
