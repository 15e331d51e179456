"""Texts as keys: the forms in which two texts, titles or years are held against each other.

A key is for comparing only. It is never shown or stored, since width folding and the fold of
traditional characters both lose what was published.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from importlib import resources

#: Characters that converters between the scripts leave in either form, and one that they confuse.
_VARIANTS = {"著": "着", "徵": "征", "裏": "里", "鉅": "巨", "佈": "布", "託": "托"}
_CHINESE = re.compile(r"[㐀-鿿豈-﫿]")
#: Everything that is layout or punctuation; a dot or a comma between two digits belongs to a number.
_NO_WORD = re.compile(r"(?:[^\w%.,]|(?<!\d)[.,]|[.,](?!\d)|_)+")
_YEAR = re.compile(r"(?:19|20)\d{2}(?:[-—–~至]{1,2}(?:19|20)\d{2})?")
_SPACES = re.compile(r"\s+")


@lru_cache(maxsize=1)
def _fold_table() -> dict[int, str]:
    """Traditional characters to simplified ones, from OpenCC's table of single characters.

    The table is read rather than the converter called: that one takes 0.4 ms for a task of sixty
    characters, a translation table 0.003 ms, and phrases do not matter for a key.
    """
    text = (resources.files("opencc") / "dictionary" / "TSCharacters.txt").read_text("utf-8")
    table: dict[int, str] = {}
    for line in text.splitlines():
        traditional, _, simplified = line.partition("\t")
        if len(traditional) == 1 and simplified:
            table[ord(traditional)] = simplified.split(" ")[0]
    table.update({ord(one): other for one, other in _VARIANTS.items()})
    return table


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
