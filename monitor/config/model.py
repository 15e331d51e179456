"""The whole of ``sources.yaml``."""

from __future__ import annotations

from functools import cached_property
from typing import NoReturn

from pydantic import Field

from alerts.config import ChannelConfig, SubscriptionConfig, TranslationConfig
from monitor.config.documents import DocumentConfig
from monitor.config.fields import ConfigModel, FilePath
from monitor.config.settings import SettingsConfig
from monitor.config.sources import SourceConfig


class Config(ConfigModel):
    """What is watched, how, and who is told. Frozen; a changed file makes a new one."""

    settings: SettingsConfig = SettingsConfig()
    documents: tuple[DocumentConfig, ...] = ()
    sources: tuple[SourceConfig, ...] = ()
    channels: tuple[ChannelConfig, ...] = ()
    subscriptions: tuple[SubscriptionConfig, ...] = ()
    translation: TranslationConfig | None = None
    templates_folder: FilePath | None = Field(
        default=None, description="folder with message templates in place of the built-in ones"
    )

    def document(self, id: str) -> DocumentConfig:
        """The document of this id; KeyError where there is none."""
        return self._documents_by_id.get(id) or _missing("document", id)

    def source(self, id: str) -> SourceConfig:
        """The source of this id; KeyError where there is none."""
        return self._sources_by_id.get(id) or _missing("source", id)

    @cached_property
    def enabled_sources(self) -> tuple[SourceConfig, ...]:
        """The sources that are polled, in the file's order."""
        return tuple(source for source in self.sources if source.enabled)

    @cached_property
    def _documents_by_id(self) -> dict[str, DocumentConfig]:
        return {document.id: document for document in self.documents}

    @cached_property
    def _sources_by_id(self) -> dict[str, SourceConfig]:
        return {source.id: source for source in self.sources}


def _missing(what: str, id: str) -> NoReturn:
    raise KeyError(f"the configuration has no {what} {id!r}")
