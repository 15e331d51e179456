"""Adds machine translations to a message: from the cache, else from the provider if it is quick.

A message never waits longer than the set time. What comes later is kept all the same, for the next
alert that tells the same text and for the dashboard.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable, Mapping, Sequence

import msgspec
import structlog

from alerts.composing.message import Group, Item, Message
from alerts.config import TranslationConfig
from alerts.translating.glossary import Glossary, glossary_of
from alerts.translating.kept import missing_texts
from alerts.translating.provider import Provider, TranslationError
from alerts.translating.texts import TARGET, text_key, texts_of_message
from plans.registry.model import Registry
from storage import translations
from storage.database import Database

log = structlog.get_logger(__name__)

#: Requests that may be under way: a provider that hangs does not gather threads.
MOST_UNDER_WAY = 2
#: How often, and for how long after an alert, what is missing is asked for again.
ASK_AGAIN = dt.timedelta(minutes=30)
ASK_AGAIN_FOR = dt.timedelta(hours=24)


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
        self._threads: list[threading.Thread] = []
        self._last_asked = clock()

    def add_to(self, message: Message) -> Message:
        """The message with translations, as far as they are to be had in time."""
        if message.language == "zh":
            return message
        texts = texts_of_message(message)
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

    def catch_up(self) -> None:
        """Ask for what alerts of the last day had to go out without; for the pages that show them.

        Returns at once; asks no more often than every half an hour.
        """
        now = self._clock()
        if now - self._last_asked < ASK_AGAIN:
            return
        with self._database.reading() as conn:
            texts = missing_texts(conn, now - ASK_AGAIN_FOR)
        if texts:
            self._begin(texts)

    def wait(self, patience: float = 30.0) -> None:
        """Wait until nothing is under way any more, or ``patience`` (seconds) is over."""
        until = time.monotonic() + patience
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))

    def _asked(self, texts: Sequence[str]) -> dict[str, str]:
        begun = self._begin(texts)
        # A copy, for the thread may still be at work.
        return dict(begun.answers) if begun and begun.done.wait(self._patience) else {}

    def _begin(self, texts: Sequence[str]) -> _UnderWay | None:
        """Ask in a thread of its own; None where enough is under way."""
        if not self._under_way.acquire(blocking=False):
            return None
        self._last_asked = self._clock()
        begun = _UnderWay()

        def ask() -> None:
            try:
                got = self._provider.translate(texts, self._glossary)
                begun.answers.update(zip(texts, got, strict=True))
            except TranslationError as error:
                log.warning("no translation", provider=self._provider.name, error=str(error))
                return
            except Exception:
                log.exception("translating failed unexpectedly", provider=self._provider.name)
                return
            finally:
                begun.done.set()
                self._under_way.release()
            self._keep(begun.answers)

        thread = threading.Thread(target=ask, name="translate", daemon=True)
        self._threads = [*(each for each in self._threads if each.is_alive()), thread]
        thread.start()
        return begun

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


class _UnderWay:
    """A request to the provider: ``answers`` by text, once it is ``done``."""

    def __init__(self) -> None:
        self.answers: dict[str, str] = {}
        self.done = threading.Event()


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


def _with(message: Message, known: Mapping[str, str]) -> Message:
    def item(one: Item) -> Item:
        return msgspec.structs.replace(one, translation=known.get(one.source_text or ""))

    def group(one: Group) -> Group:
        return msgspec.structs.replace(one, items=tuple(item(each) for each in one.items))

    return msgspec.structs.replace(message, groups=tuple(group(one) for one in message.groups))
