"""Texts as keys: the forms in which two texts, titles or years are held against each other.

A key is for comparing only. It is never shown or stored, since width folding and the fold of
traditional characters both lose what was published.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from plans.scripts import simplified_characters

#: Characters that converters between the scripts leave in either form, and one that they confuse.
_VARIANTS = {"著": "着", "徵": "征", "裏": "里", "鉅": "巨", "佈": "布", "託": "托"}
_CHINESE = re.compile(r"[㐀-鿿豈-﫿]")
#: Everything that is layout or punctuation; a dot or a comma between two digits belongs to a number.
_NO_WORD = re.compile(r"(?:[^\w%.,]|(?<!\d)[.,]|[.,](?!\d)|_)+")
_YEAR = re.compile(r"(?:19|20)\d{2}(?:[-—–~至]{1,2}(?:19|20)\d{2})?")
_SPACES = re.compile(r"\s+")


@lru_cache(maxsize=1)
def _fold_table() -> dict[int, str]:
    return str.maketrans(dict(simplified_characters()) | _VARIANTS)


def fold(text: str) -> str:
    """The text with width, case and script folded; punctuation and layout stay."""
    return unicodedata.normalize("NFKC", text).translate(_fold_table()).lower()


@lru_cache(maxsize=65536)
def text_key(text: str) -> str:
    """What two texts share when they differ in layout, punctuation, width or script alone.

    中华人民共和国 is left out as well: an instrument that gains or loses it is the same one.
    Words of Latin text stay apart by one blank.
    """
    folded = fold(text)
    if _CHINESE.search(folded):
        return _NO_WORD.sub("", folded).replace("中华人民共和国", "")
    return _NO_WORD.sub(" ", folded).strip()


def yearless(text: str) -> str:
    """The text with every year replaced by one mark: plans carry their year in every title."""
    return _YEAR.sub("〇", text)


@lru_cache(maxsize=16384)
def printed_key(name: str) -> str:
    """A printed name with script, width and spacing folded: what is left is how it was written."""
    return _SPACES.sub("", fold(name))


def is_chinese(text: str) -> bool:
    """Whether the text holds any Chinese character."""
    return _CHINESE.search(text) is not None
