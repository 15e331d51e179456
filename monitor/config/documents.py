"""The works that are followed, as they stand in ``sources.yaml``."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from monitor.config.fields import ConfigModel, Identifier, MonthDay, Pattern, Words

DocumentKind = Literal[
    "plan", "law", "regulation", "rule", "interpretation", "policy", "draft", "other"
]


class TitlesConfig(ConfigModel):
    """The name of the document in alerts and on pages."""

    zh: Words
    en: Words


class BaselineConfig(ConfigModel):
    """Which edition later versions are held against, until a user pins another."""

    edition: Words


class DocumentConfig(ConfigModel):
    """One work over the years. What it is recognised by is any of patterns and numbers."""

    id: Identifier
    titles: TitlesConfig
    kind: DocumentKind = "plan"
    title_patterns: tuple[Pattern, ...] = Field(
        default=(),
        description="regular expressions for the titles that it has had; (?P<edition>…) names the "
        "edition",
    )
    near_patterns: tuple[Pattern, ...] = Field(
        default=(), description="titles that may be it: they go to review, not to nowhere"
    )
    not_patterns: tuple[Pattern, ...] = Field(
        default=(), description="titles that speak about it: readings of it, news, answers"
    )
    numbers: tuple[Pattern, ...] = Field(
        default=(), description="regular expressions for its document numbers"
    )
    issuers: tuple[Words, ...] = Field(default=(), description="bodies that issue it")
    baseline: BaselineConfig | None = None
    expects_by: MonthDay | None = Field(
        default=None, description="MM-DD by which each year's edition is out; said once if not"
    )
    instrument: Identifier | None = Field(
        default=None, description="registry id of the instrument that it is or drafts"
    )

    @model_validator(mode="after")
    def _expects_editions(self) -> DocumentConfig:
        if self.expects_by and not any("(?P<edition>" in p for p in self.title_patterns):
            raise ValueError(
                "`expects_by` needs a title pattern with (?P<edition>…), or no year can be told"
            )
        return self
