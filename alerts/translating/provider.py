"""What every provider of machine translation takes and gives back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from alerts.composing.safety import plain
from alerts.translating.glossary import Glossary


class TranslationError(Exception):
    """A provider that did not translate; the text is for the log and holds no secret."""


class Provider(Protocol):
    """One service. ``name`` tells its translations apart from those of others."""

    name: str

    def translate(self, texts: Sequence[str], glossary: Glossary) -> Sequence[str]:
        """English for each Chinese text, in order; raises :class:`TranslationError`."""
        ...


def checked(texts: Sequence[str], answers: object) -> tuple[str, ...]:
    """The answers, where they can be translations of ``texts``: as many, none empty, none endless.

    Raises :class:`TranslationError` otherwise; a service may answer anything.
    """
    if not isinstance(answers, list | tuple) or len(answers) != len(texts):
        raise TranslationError(f"answered something else than {len(texts)} translations")
    kept: list[str] = []
    for text, answer in zip(texts, answers, strict=True):
        if not isinstance(answer, str) or not answer.strip():
            raise TranslationError("answered no text")
        # English is longer than Chinese by a factor of about three to five in characters.
        if len(answer) > 12 * len(text) + 200:
            raise TranslationError("answered far more than a translation")
        kept.append(plain(answer))
    return tuple(kept)
