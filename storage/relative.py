"""Numbers of JSON text as steps from the ones before them, so that equal steps look alike. Pure.

One word more in a plan moves the place of every task below it, and a link of a changeset differs from
the next in its numbers alone. Told as steps, what stayed is the same text again, and a compressor
finds it so. Only spans (``"at":[12,40]``) and the tasks of links and changes (``"old":["7"]``) are.
"""

from __future__ import annotations

import re

_SPAN = b'"at":['
_NAMES = (b'"old":["', b'"new":["')
#: Whole numbers as JSON writes them; longer ones are no places and no numbers of tasks.
_NUMBER = rb"(-?(?:0|[1-9][0-9]{0,8}))"
_PAIR = re.compile(_NUMBER + rb"," + _NUMBER + rb"\]")
_NAME = re.compile(_NUMBER + rb'"')


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
        piece = pieces[at]
        found = _PAIR.match(piece)
        if found is None:
            continue
        a, b = int(found[1]), int(found[2])
        if back:
            a += end
            b += a
            pieces[at] = b"%d,%d%b" % (a, b, piece[found.end() - 1 :])
            end = b
        else:
            pieces[at] = b"%d,%d%b" % (a - end, b - a, piece[found.end() - 1 :])
            end = b
    return _SPAN.join(pieces)


def _names(text: bytes, name: bytes, *, back: bool) -> bytes:
    """Each first task is so far from the first of the link or change before."""
    pieces = text.split(name)
    last = 0
    for at in range(1, len(pieces)):
        piece = pieces[at]
        found = _NAME.match(piece)
        if found is None:
            continue
        number = int(found[1])
        pieces[at] = b"%d%b" % (number + last if back else number - last, piece[found.end() - 1 :])
        last = number + last if back else number
    return name.join(pieces)
