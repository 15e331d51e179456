"""Numbers of JSON text as steps from the ones before them, so that equal steps look alike. Pure.

One word more in a plan moves the place of every task below it, and a link of a changeset differs from
the next in its numbers alone. Told as steps, what stayed is the same text again, and a compressor
finds it so. Only spans (``"at":[12,40]``) and the tasks of links and changes (``"old":["7"]``) are.
"""

from __future__ import annotations

_SPAN = b'"at":['
_NAMES = (b'"old":["', b'"new":["')
#: Longer runs of digits are no places and no numbers of tasks.
_DIGITS = 9


def relative(text: bytes) -> bytes:
    """``text`` with steps instead of numbers. :func:`absolute` gives it back, or (where it held what
    looks like a step) something else: the caller compares.
    """
    text = _spans(text, back=False)
    for name in _NAMES:
        text = _names(text, name, back=False)
    return text


def absolute(text: bytes) -> bytes:
    """What :func:`relative` was given."""
    text = _spans(text, back=True)
    for name in _NAMES:
        text = _names(text, name, back=True)
    return text


def _spans(text: bytes, *, back: bool) -> bytes:
    """Each span begins so far after the end of the one before, and is so long."""
    pieces = text.split(_SPAN)
    end = 0
    for at in range(1, len(pieces)):
        inner, closing, rest = pieces[at].partition(b"]")
        first, _, second = inner.partition(b",")
        if not closing or not _number(first) or not _number(second):
            continue
        a, b = int(first), int(second)
        if back:
            start = end + a
            end = start + b
            pieces[at] = b"%d,%d]%b" % (start, end, rest)
        else:
            pieces[at] = b"%d,%d]%b" % (a - end, b - a, rest)
            end = b
    return _SPAN.join(pieces)


def _names(text: bytes, name: bytes, *, back: bool) -> bytes:
    """Each first task is so far from the first of the link or change before."""
    pieces = text.split(name)
    last = 0
    for at in range(1, len(pieces)):
        inner, closing, rest = pieces[at].partition(b'"')
        if not closing or not _number(inner):
            continue
        number = int(inner)
        pieces[at] = b'%d"%b' % (number + last if back else number - last, rest)
        last = number + last if back else number
    return name.join(pieces)


def _number(text: bytes) -> bool:
    """Whether it is a whole number as JSON writes one."""
    digits = text[1:] if text[:1] == b"-" else text
    return digits.isdigit() and len(digits) <= _DIGITS and (digits[:1] != b"0" or text == b"0")
