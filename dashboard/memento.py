"""Memento (RFC 7089): which kept copy of an address belongs to a moment, and the links between them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import quote, unquote

import msgspec

#: How a moment stands in the address of a copy.
STAMP = "%Y%m%d%H%M%S"
#: Characters that may stand in an address as they are; all others are written with %.
_ADDRESS = "!#$%&'()*+,/:;=?@[]~"


class Copies(msgspec.Struct, frozen=True, kw_only=True):
    """The moments at which copies of one address were kept, the first first; ``base`` is where this
    dashboard is reached, without a stroke at its end.
    """

    url: str
    base: str
    moments: tuple[dt.datetime, ...]

    @property
    def gate(self) -> str:
        """The TimeGate."""
        return f"{self.base}/timegate/{_written(self.url)}"

    @property
    def map(self) -> str:
        """The TimeMap."""
        return f"{self.base}/timemap/link/{_written(self.url)}"

    def copy(self, moment: dt.datetime) -> str:
        """The address of one copy."""
        return f"{self.base}{copy_path(self.url, moment)}"

    def links(self, at: dt.datetime) -> str:
        """The Link header of the copy ``at``, and of the gate that leads to it."""
        place = self.moments.index(at)
        rels: dict[dt.datetime, list[str]] = {at: []}
        last = len(self.moments) - 1
        for name, index in (("first", 0), ("prev", place - 1), ("next", place + 1), ("last", last)):
            if 0 <= index <= last:
                rels.setdefault(self.moments[index], []).append(name)
        mementos = [
            _link(self.copy(moment), " ".join([*names, "memento"]), moment)
            for moment, names in sorted(rels.items())
        ]
        return ", ".join(
            [
                _link(_written(self.url), "original"),
                _link(self.gate, "timegate"),
                _link(self.map, "timemap", kind="application/link-format"),
                *mementos,
            ]
        )

    def timemap(self) -> str:
        """The TimeMap itself: every copy, as application/link-format."""
        first, last = (format_datetime(m, usegmt=True) for m in (self.moments[0], self.moments[-1]))
        head = [
            _link(_written(self.url), "original"),
            _link(self.gate, "timegate"),
            f'<{self.map}>; rel="self"; type="application/link-format"; from="{first}"; until="{last}"',
        ]
        ends = {0: "first", len(self.moments) - 1: "last"}
        if len(self.moments) == 1:
            ends = {0: "first last"}
        copies = [
            _link(
                self.copy(moment), f"{ends[place]} memento" if place in ends else "memento", moment
            )
            for place, moment in enumerate(self.moments)
        ]
        return ",\n".join([*head, *copies]) + "\n"


def copy_path(url: str, moment: dt.datetime) -> str:
    """Where in this dashboard the copy of an address stands."""
    return f"/memento/{moment.astimezone(dt.UTC):{STAMP}}/{_written(url)}"


def chosen(moments: Sequence[dt.datetime], wanted: dt.datetime | None) -> dt.datetime:
    """What stood there at ``wanted``: the last copy up to then, else the first; without it the last."""
    if wanted is None:
        return moments[-1]
    until = [moment for moment in moments if moment <= wanted]
    return until[-1] if until else moments[0]


def wanted_moment(header: str) -> dt.datetime:
    """The moment of an Accept-Datetime. Raises ValueError for anything but an HTTP date."""
    if not header.rstrip().endswith("GMT") or len(header) > 40:
        raise ValueError(header)
    return parsedate_to_datetime(header).replace(tzinfo=dt.UTC)


def original_of(raw_path: bytes, query: bytes, prefix: str) -> tuple[str, ...]:
    """The addresses that may be meant behind ``prefix``, as a client wrote it: the likeliest first.

    Some write the address as it is, some with %; servers on the way draw // together.
    """
    path = raw_path.decode("latin-1").removeprefix(prefix)
    written = f"{path}?{query.decode('latin-1')}" if query else path
    found = []
    for address in (written, unquote(written), unquote(path)):
        for scheme in ("http:/", "https:/"):
            if address.startswith(scheme) and not address.startswith(f"{scheme}/"):
                address = f"{scheme}/{address.removeprefix(scheme)}"
        if address.startswith(("http://", "https://")):
            found.append(address)
    return tuple(dict.fromkeys(found))


def _written(url: str) -> str:
    """An address as it may stand in another one, and in a header."""
    return quote(url, safe=_ADDRESS)


def _link(
    target: str, rel: str, moment: dt.datetime | None = None, *, kind: str | None = None
) -> str:
    more = f'; datetime="{format_datetime(moment, usegmt=True)}"' if moment else ""
    more += f'; type="{kind}"' if kind else ""
    return f'<{target}>; rel="{rel}"{more}'
