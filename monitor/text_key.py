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


def text_key(text: str) -> str:
    """The sha256, in hexadecimal, of ``text`` with width folded and layout removed."""
    folded = _LAYOUT.sub("", unicodedata.normalize("NFKC", text))
    return hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()
