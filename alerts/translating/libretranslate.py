"""LibreTranslate. It knows no glossary: our names are put into the text before."""

from __future__ import annotations

import json
from collections.abc import Sequence

import requests

from alerts.translating.glossary import Glossary
from alerts.translating.provider import TranslationError, checked

_MOST_BYTES = 2_000_000


class LibreTranslateProvider:
    """Posts to ``/translate`` of a LibreTranslate server."""

    name = "libretranslate"

    def __init__(self, url: str, key: str | None, timeout: float) -> None:
        self._url = url.rstrip("/") + "/translate"
        self._key = key
        self._timeout = timeout

    def translate(self, texts: Sequence[str], glossary: Glossary) -> tuple[str, ...]:
        """One request for all texts."""
        asked = {
            "q": [glossary.put_in(text) for text in texts],
            "source": "zh",
            "target": "en",
            "format": "text",
        }
        if self._key:
            asked["api_key"] = self._key
        try:
            with requests.post(
                self._url, json=asked, timeout=self._timeout, allow_redirects=False, stream=True
            ) as answer:
                body = answer.raw.read(_MOST_BYTES, decode_content=True)
                if answer.status_code != 200:
                    raise TranslationError(f"HTTP {answer.status_code}")
            answers = _parsed(body)
        except (requests.RequestException, OSError) as error:
            raise TranslationError(type(error).__name__) from None
        return checked(texts, answers)


def _parsed(body: bytes) -> object:

    try:
        return json.loads(body)["translatedText"]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise TranslationError(f"no answer of the right form: {type(error).__name__}") from None
