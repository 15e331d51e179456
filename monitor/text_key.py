"""When two texts are the same: a key of the characters that a reader would see.

Width, layout space and invisible characters differ between copies of one text and are not news,
so they have no part in the key. Punctuation and numbers have: they are text.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

#: Space of every kind, and the format characters (zero-width space, soft hyphen, BOM) that pages
#: carry between letters.
_LAYOUT = re.compile(r"[\s\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]+")

#: Characters that NFKC folds each by itself, whatever stands beside them: ASCII, dashes and quotation
#: marks, the punctuation of Chinese without its tone marks, its common characters, and their wide forms.
_ALONE = "\0-\x7f\u2010-\u2016\u2018-\u2027\u3000-\u3029\u3030-\u303f\u4e00-\u9fff\uff01-\uff5e"
ONLY_ALONE = re.compile(f"[{_ALONE}]*")
_FOLDED = re.compile("[^\0-\x7f\u3001-\u3029\u4e00-\u9fff]")


def text_key(text: str) -> str:
    """The sha256, in hexadecimal, of ``text`` with width folded and layout removed."""
    folded = _LAYOUT.sub("", nfkc(text))
    return hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()


def nfkc(text: str) -> str:
    """``text`` in the normal form NFKC: the general way takes ten times as long over a Chinese text, in
    which each wide comma makes it look at every character.
    """
    if ONLY_ALONE.fullmatch(text) is None:
        return unicodedata.normalize("NFKC", text)
    for char in set(_FOLDED.findall(text)):
        text = text.replace(char, unicodedata.normalize("NFKC", char))
    return text
