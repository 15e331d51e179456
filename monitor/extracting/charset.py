"""Bytes to text, where the declared charset is often wrong, missing or only half true."""

from __future__ import annotations

import codecs
import re

#: Declared names that stand for a larger charset: pages that say gb2312 use all of gb18030.
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "latin-1": "cp1252",
    "iso-8859-1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "utf8": "utf-8",
}
#: Charsets that decode any bytes: a server's default rather than a statement.
_SAYS_NOTHING = {"cp1252", "windows-1252", "latin-1", "iso8859-1", "iso8859-15"}
_CHARSETS = re.compile(
    r"utf-(?:8|16|32)(?:-[bl]e)?|gb\w+|big5\w*|hz|cp\d+|iso(?:8859-|2022_)\w+|euc_\w+|shift_jis\w*|koi8-\w"
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset\s*=\s*["']?|<\?xml[^>]{0,100}?encoding\s*=\s*["'])([\w:.-]{2,30})""",
    re.IGNORECASE,
)
#: The commonest characters of Chinese government texts, simplified and traditional forms.
_COMMON = frozenset(
    "的一是在和有国國年、，。为為于與中人不了会會个個知识識产產权權法办辦发發部局务務实實"
)


def decode(body: bytes, declared: str | None = None) -> tuple[str, str]:
    """Decode ``body``; answer the text and the name of the charset that it was in.

    In order: byte order mark; UTF-8 where it decodes strictly (hardly any GBK text does); the
    ``declared`` charset (of the HTTP header), then the page's own; gb18030 or Big5, whichever
    gives more common Chinese; where none fits throughout, piece by piece (a page that was
    assembled from templates in two charsets), named ``utf-8+gb18030``.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace"), name
    text = _strict(body, "utf-8")
    if text is not None and not _looks_utf16(text):
        return text, "utf-8"
    if text is not None or _looks_utf16(body[:64].decode("latin-1")):
        name = "utf-16-be" if body[:1] == b"\x00" else "utf-16-le"
        return body.decode(name, "replace"), name
    for name in _named(body, declared):
        if name not in _SAYS_NOTHING and (text := _strict(body, name)) is not None:
            return text, name
    guesses = [
        (sum(map(_COMMON.__contains__, text[:20_000])), name, text)
        for name in ("gb18030", "big5hkscs")
        if (text := _strict(body, name)) is not None
    ]
    if guesses and not _western(body):
        # max() keeps the first of equals: gb18030.
        _, name, text = max(guesses, key=lambda guess: guess[0])
        return text, name
    if _western(body):
        return body.decode("cp1252", "replace"), "cp1252"
    return _piecewise(body)


def _strict(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except (UnicodeError, LookupError):
        return None


def _looks_utf16(text: str) -> bool:
    """UTF-16 without a mark: markup whose every other byte is zero."""
    return text[:8:2] == "\0\0\0\0" or (text[1:8:2] == "\0\0\0\0")


def _named(body: bytes, declared: str | None) -> list[str]:
    """The charsets that the header and the page name, as Python knows them."""
    names = [declared.strip() if declared else ""]
    names += [match.decode("ascii", "replace") for match in _DECLARED.findall(body[:8192])]
    known = []
    for name in names:
        try:
            codec = codecs.lookup(_WIDER.get(name.lower(), name))
        except (LookupError, ValueError):
            continue
        # Python also knows transforms and escapes by name (rot13, unicode_escape): no charsets.
        if _CHARSETS.fullmatch(codec.name):
            known.append(_WIDER.get(codec.name, codec.name))
    return known


def _western(body: bytes) -> bool:
    """True where bytes above ASCII stand alone or in twos: accents and dashes, not Chinese."""
    runs = [len(run) for run in re.findall(rb"[\x80-\xff]+", body[:200_000])]
    short = sum(run <= 2 for run in runs)
    return short * 10 >= len(runs) * 9 and runs.count(1) * 2 >= len(runs)


def _piecewise(body: bytes) -> tuple[str, str]:
    """Decode piece by piece. ``<`` and line ends are never part of a character in either."""
    used: dict[str, int] = {}
    pieces = []
    for piece in re.split(rb"(?=[<\n])", body):
        for name in ("utf-8", "gb18030"):
            text = _strict(piece, name)
            if text is not None:
                break
        else:
            name = "utf-8" if _broken(piece, "utf-8") <= _broken(piece, "gb18030") else "gb18030"
            text = piece.decode(name, "replace")
        if not piece.isascii():
            used[name] = used.get(name, 0) + 1
        pieces.append(text)
    return "".join(pieces), "+".join(sorted(used, reverse=True)) or "utf-8"


def _broken(piece: bytes, name: str) -> int:
    return piece.decode(name, "replace").count("\ufffd")
