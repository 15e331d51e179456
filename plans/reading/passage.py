"""A passage: published text, its folded form for matching, and where each character stood.

Everything that is read is cut from passages, so that every task and every mark can be shown in the
text as it was published. Cutting and joining never change a character.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

import msgspec

from plans.model import Span
from plans.reading.characters import fold


class Passage(msgspec.Struct, frozen=True, eq=False, gc=False):
    """Immutable. ``text`` is as published, ``plain`` folded; both have the same length.

    ``where`` is the place of the first character where the passage is one run of the extract,
    else the places of all characters.
    """

    text: str
    plain: str
    where: int | Sequence[int]

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return f"Passage({self.text!r})"

    def cut(self, start: int, end: int | None = None) -> Passage:
        """The passage of the characters [start, end)."""
        stop = len(self.text) if end is None else end
        where = self.where
        return Passage(
            self.text[start:stop],
            self.plain[start:stop],
            where + start if isinstance(where, int) else where[start:stop],
        )

    def stripped(self, characters: str) -> Passage:
        """Without the given characters (of the folded form) at both ends."""
        start = len(self.plain) - len(self.plain.lstrip(characters))
        end = len(self.plain.rstrip(characters))
        return self if start == 0 and end == len(self.plain) else self.cut(start, max(start, end))

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Where the characters [start, end) stand in the extract."""
        stop = len(self.text) if end is None else end
        where = self.where
        if isinstance(where, int):
            return (where + start, where + stop)
        if start >= stop:
            here = where[start] if start < len(where) else (where[-1] + 1 if where else 0)
            return (here, here)
        return (where[start], where[stop - 1] + 1)


def join(parts: Iterable[Passage], between: str = "") -> Passage:
    """The parts one after the other; ``between`` (a line break, a blank) stands for a layout gap."""
    kept = [part for part in parts if part.text]
    if len(kept) == 1:
        return kept[0]
    places: list[int] = []
    for part in kept:
        if places and between:
            places.extend([places[-1]] * len(between))
        where = part.where
        places.extend(range(where, where + len(part)) if isinstance(where, int) else where)
    return Passage(
        between.join(part.text for part in kept), between.join(part.plain for part in kept), places
    )


# Layout white space: dropped beside Chinese, one blank between Latin words. Zero-width characters
# and control characters are layout too.
_LAYOUT = "[\\s\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad\x00-\x1f\x7f]"
_TONE = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_PINYIN = f"[a-zü{_TONE}]"
_NOISE = re.compile(
    # One plain blank between Latin words (see _separates) stays as it is.
    f"(?P<space>(?!(?<=[!-~，：；）”’]) [!-~]|(?<=[!-~]) [（“‘]){_LAYOUT}+)"
    # The mark may have been broken over two lines.
    f"|(?P<at>@@+|@(?={_LAYOUT}*$)|^@(?={_LAYOUT}|[\u3000-\u9fff]))"
    # A text with tones has glosses without one too: 的（de）.
    f"|（{_PINYIN}{{1,7}}{_LAYOUT}*）"
    "|(?P<empty>（）)"
    "|(?<=《)《+"
    "|(?P<again>，+(?=[。、；：])|(?<=，)，+|(?<=。)。+|(?<=、)、+|(?<=；)；+|(?<=：)：+)"
)
_SPACE = re.compile(_LAYOUT)
#: All layout but the plain blank.
_OTHER_LAYOUT = re.compile(f"(?! ){_LAYOUT}")
_TONED = re.compile(f"[{_TONE}]")
_MARKS = (
    "@@",
    "@\n",
    "（）",
    "《《",
    "，，",
    "。。",
    "、、",
    "；；",
    "：：",
    "，。",
    "，、",
    "，；",
    "，：",
)
_DOUBLE_CLOSE = re.compile("》》+")


def may_be_noisy(plain: str) -> bool:
    """Whether folded text holds anything that noise consists of, white space apart."""
    if plain[:1] == "@" or plain[-1:] == "@":
        return True
    for mark in _MARKS:
        if mark in plain:
            return True
    return _TONED.search(plain) is not None


def needs_no_mending(text: str, plain: str) -> bool:
    """Whether no line of a whole text, ``plain`` folded, holds noise; layout is another matter."""
    return not may_be_noisy(plain) and unicodedata.is_normalized("NFC", text)


def has_layout(plain: str) -> bool:
    """Whether a line holds white space or another character of layout."""
    # Whatever is layout, the blank apart, is not printable; little else is not.
    return (" " in plain or not plain.isprintable()) and _SPACE.search(plain) is not None


def clean(raw: str, start: int, plain: str | None = None) -> Passage:
    """One line of the extract that begins at ``start``, without layout white space and noise.

    Noise is what converters and reprints put in (china-ip-plans.md, 5): pinyin in brackets, ``@@``,
    doubled commas and stops, empty brackets, a doubled 《.
    """
    folded = fold(raw) if plain is None else plain
    if not has_layout(folded) and not may_be_noisy(folded):
        return _composed(Passage(raw, folded, start))
    doubled = "《《" in folded
    toned = _TONED.search(folded) is not None
    kept: list[tuple[int, int]] = []
    last = 0
    for match in _NOISE.finditer(folded):
        begin, end = match.span()
        if match.lastgroup is None and not toned and match[0][0] == "（":
            continue
        if match.lastgroup == "space" and _separates(folded, begin, end):
            end_kept = begin + 1
            kept.append((last, end_kept))
            last = end
            continue
        kept.append((last, begin))
        last = end
    kept.append((last, len(folded)))
    if doubled:
        kept = list(_without_double_close(folded, kept))
    kept = [(a, b) for a, b in kept if a < b]
    if len(kept) == 1:
        a, b = kept[0]
        return _composed(_spaced(Passage(raw[a:b], folded[a:b], start + a)))
    places: list[int] = []
    for a, b in kept:
        places.extend(range(start + a, start + b))
    return _composed(
        _spaced(
            Passage(
                "".join(raw[a:b] for a, b in kept), "".join(folded[a:b] for a, b in kept), places
            )
        )
    )


def _separates(plain: str, begin: int, end: int) -> bool:
    """Whether this white space stands between two Latin words or figures."""
    if begin == 0 or end == len(plain):
        return False
    before, after = plain[begin - 1], plain[end]
    if before.isascii() and after.isascii():
        return True
    # English text: its punctuation is folded to full width here, and a blank follows it.
    return (before in "，：；）.”’" and after.isascii()) or (before.isascii() and after in "（“‘")


def _spaced(passage: Passage) -> Passage:
    """A kept break between Latin words (a tab, an ideographic blank) is one plain blank."""
    if _OTHER_LAYOUT.search(passage.text) is None:
        return passage
    text = _OTHER_LAYOUT.sub(" ", passage.text)
    plain = _OTHER_LAYOUT.sub(" ", passage.plain)
    return Passage(text, plain, passage.where)


def _without_double_close(plain: str, kept: Iterable[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    for a, b in kept:
        last = a
        for match in _DOUBLE_CLOSE.finditer(plain, a, b):
            yield (last, match.start() + 1)
            last = match.end()
        yield (last, b)


def _composed(passage: Passage) -> Passage:
    """NFC, character by character, so that every character keeps its place."""
    if unicodedata.is_normalized("NFC", passage.text):
        return passage
    text: list[str] = []
    places: list[int] = []
    where = passage.where
    for index, character in enumerate(passage.text):
        composed = unicodedata.normalize("NFC", text[-1] + character) if text else character
        if text and len(composed) == 1:
            text[-1] = composed
            continue
        for one in unicodedata.normalize("NFC", character):
            text.append(one)
            places.append(where + index if isinstance(where, int) else where[index])
    whole = "".join(text)
    return Passage(whole, fold(whole), places)
