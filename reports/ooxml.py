"""What Word and Excel files share: equal reports give equal bytes, and text fits XML."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

_FIRST_DAY = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")
CORE = "docProps/core.xml"


def settle(package: bytes, moment: dt.datetime | None) -> bytes:
    """The package with ``moment`` as the time of all its parts, in place of the clock's.

    Without a moment it is the first that a zip archive knows, 1980-01-01.
    """
    stamp = (moment or _FIRST_DAY).astimezone(dt.UTC)
    if stamp < _FIRST_DAY:
        stamp = _FIRST_DAY
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == CORE:
                data = _STAMP.sub(rb"\g<1>" + iso(stamp).encode() + rb"\g<3>", data)
            info = zipfile.ZipInfo(name, stamp.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, data)
    return out.getvalue()


def iso(moment: dt.datetime) -> str:
    """A moment as Office files write it."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
