"""Adds machine translations to a message: from the cache, else from the provider if it is quick.

A message never waits longer than the set time. What comes later is kept all the same, for the next
alert that tells the same text and for the dashboard.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
from collections.abc import Callable, Mapping, Sequence

import msgspec
import structlog

from alerts.composing.message import Group, Item, Message
from alerts.config import TranslationConfig
from alerts.translating.glossary import Glossary, chinese, glossary_of
from alerts.translating.provider import Provider, TranslationError
from plans.registry.model import Registry
from storage import translations
from storage.database import Database

log = structlog.get_logger(__name__)

TARGET = "en"
#: Texts and characters of one message that are translated; the rest stands there in Chinese.
MOST_TEXTS = 40
MOST_CHARACTERS = 12_000
#: Requests that may be under way: a provider that hangs does not gather threads.
MOST_UNDER_WAY = 2


class Translations:
    """Translates by ``provider``; ``patience`` is how long (seconds) a message waits for it."""

    def __init__(
        self,
        database: Database,
        provider: Provider,
        glossary: Glossary,
        *,
        patience: float,
        clock: Callable[[], dt.datetime],
    ) -> None:
        self._database = database
        self._provider = provider
        self._glossary = glossary
        self._patience = patience
        self._clock = clock
        self._under_way = threading.Semaphore(MOST_UNDER_WAY)

    def add_to(self, message: Message) -> Message:
        """The message with translations, as far as they are to be had in time."""
        if message.language == "zh":
            return message
        texts = _wanted(message)
        known = self._kept(texts)
        missing = [text for text in texts if text not in known]
        if missing:
            known |= self._asked(missing)
        return _with(message, known) if known else message

    def _kept(self, texts: Sequence[str]) -> dict[str, str]:
        kept: dict[str, str] = {}
        with self._database.reading() as conn:
            for text in texts:
                found = translations.get(
                    conn,
                    text_key(text),
                    target=TARGET,
                    provider=self._provider.name,
                    glossary=self._glossary.version,
                )
                if found is not None:
                    kept[text] = found
        return kept

    def _asked(self, texts: Sequence[str]) -> dict[str, str]:
        if not self._under_way.acquire(blocking=False):
            return {}
        answers: dict[str, str] = {}
        done = threading.Event()

        def ask() -> None:
            try:
                got = self._provider.translate(texts, self._glossary)
                answers.update(zip(texts, got, strict=True))
            except TranslationError as error:
                log.warning("no translation", provider=self._provider.name, error=str(error))
                return
            except Exception:
                log.exception("translating failed unexpectedly", provider=self._provider.name)
                return
            finally:
                done.set()
                self._under_way.release()
            self._keep(answers)

        threading.Thread(target=ask, name="translate", daemon=True).start()
        # A copy, for the thread may still be at work.
        return dict(answers) if done.wait(self._patience) else {}

    def _keep(self, answers: Mapping[str, str]) -> None:
        try:
            with self._database.writing() as conn:
                for text, answer in answers.items():
                    translations.store(
                        conn,
                        text_key(text),
                        answer,
                        target=TARGET,
                        provider=self._provider.name,
                        glossary=self._glossary.version,
                        now=self._clock(),
                    )
        except Exception:
            # In a thread of its own nobody else would see it.
            log.exception("translations could not be kept")


def text_key(text: str) -> str:
    """The key under which the translation of a text is kept."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def make_translations(
    config: TranslationConfig,
    env: Mapping[str, str],
    registry: Registry,
    database: Database,
    *,
    clock: Callable[[], dt.datetime],
) -> Translations:
    """Translations by the configured provider.

    Raises :class:`alerts.secrets.SecretError` where the key is missing, and ImportError with the
    remedy where the provider's client is not installed.
    """
    key = None if config.key is None else config.key.resolve(env).get_secret_value()
    return Translations(
        database,
        _provider(config, key),
        glossary_of(registry),
        patience=config.timeout_seconds,
        clock=clock,
    )


def _provider(config: TranslationConfig, key: str | None) -> Provider:
    # The clients are an extra: they are loaded where a provider is configured, and only then.
    try:
        match config.provider:
            case "openai":
                from alerts.translating.openai import OpenAIProvider

                return OpenAIProvider(
                    key or "", config.model or "", config.url, config.timeout_seconds * 4
                )
            case "deepl":
                from alerts.translating.deepl import DeepLProvider

                return DeepLProvider(key or "", config.url)
            case "libretranslate":
                from alerts.translating.libretranslate import LibreTranslateProvider

                return LibreTranslateProvider(config.url or "", key, config.timeout_seconds * 4)
    except ModuleNotFoundError as error:
        raise ImportError(
            f"translation by {config.provider} needs its client: "
            "install planwatch with the extra 'translate'"
        ) from error


def _wanted(message: Message) -> list[str]:
    texts: dict[str, None] = {}
    size = 0
    for item in (item for group in message.groups for item in group.items):
        text = item.source_text
        if text is None or text in texts or not chinese(text):
            continue
        size += len(text)
        if len(texts) >= MOST_TEXTS or size > MOST_CHARACTERS:
            break
        texts[text] = None
    return list(texts)


def _with(message: Message, known: Mapping[str, str]) -> Message:
    def item(one: Item) -> Item:
        return msgspec.structs.replace(one, translation=known.get(one.source_text or ""))

    def group(one: Group) -> Group:
        return msgspec.structs.replace(one, items=tuple(item(each) for each in one.items))

    return msgspec.structs.replace(message, groups=tuple(group(one) for one in message.groups))
