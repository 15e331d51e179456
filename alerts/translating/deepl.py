"""DeepL, with a glossary of ours that is kept there under its version."""

from __future__ import annotations

from collections.abc import Sequence

import requests
from deepl import DeepLException, GlossaryInfo, TextResult, Translator

from alerts.translating.glossary import Glossary
from alerts.translating.provider import TranslationError, checked


class DeepLProvider:
    """Translates by DeepL's own client."""

    name = "deepl"

    def __init__(self, key: str, url: str | None) -> None:
        self._translator = Translator(key, server_url=url, send_platform_info=False)
        self._glossary: GlossaryInfo | None = None

    def translate(self, texts: Sequence[str], glossary: Glossary) -> tuple[str, ...]:
        """One request for all texts."""
        try:
            answers = self._translator.translate_text(
                list(texts),
                source_lang="ZH",
                target_lang="EN-GB",
                glossary=self._kept(glossary),
            )
        except (DeepLException, requests.RequestException) as error:
            raise TranslationError(type(error).__name__) from None
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            raise TranslationError(f"no answer of the right form: {type(error).__name__}") from None
        listed = answers if isinstance(answers, list) else [answers]
        return checked(texts, [one.text for one in listed if isinstance(one, TextResult)])

    def _kept(self, glossary: Glossary) -> GlossaryInfo | None:
        """Our glossary at DeepL: the one of this version, made where it is not there yet."""
        name = f"planwatch-{glossary.version}"
        if not glossary.pairs:
            return None
        if self._glossary is None or self._glossary.name != name:
            there = [one for one in self._translator.list_glossaries() if one.name == name]
            self._glossary = (
                there[0]
                if there
                else self._translator.create_glossary(name, "ZH", "EN", dict(glossary.pairs))
            )
        return self._glossary
