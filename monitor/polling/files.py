"""A watched file or folder, looked at as if a server served it."""

from __future__ import annotations

import datetime as dt
import mimetypes
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

from monitor.fetching.values import FetchOutcome, FetchResult, Validators

_SCHEME = "file://"


def address_of(path: Path) -> str:
    """The address under which a watched file is kept."""
    return path.resolve().as_uri()


def is_file_address(url: str) -> bool:
    """Whether an address is that of a watched file."""
    return url.startswith(_SCHEME)


def files_of(path: Path) -> tuple[Path, ...]:
    """The file itself, or what lies in the folder, by name; hidden files are left out.

    A path with nothing there is given as it is, so that a look at it says that it is gone.
    """
    if not path.is_dir():
        return (path,)
    return tuple(
        file for file in sorted(path.iterdir()) if file.is_file() and not file.name.startswith(".")
    )


def fetch_file(
    url: str, validators: Validators, *, max_bytes: int, now: dt.datetime
) -> FetchResult:
    """Read the file at a ``file:`` address; unchanged in size and time means not modified."""
    started = time.monotonic()
    path = Path(unquote(urlsplit(url).path))

    def ended(outcome: FetchOutcome, reason: str, body: bytes = b"", etag: str = "") -> FetchResult:
        return FetchResult(
            outcome=outcome,
            url=url,
            final_url=url,
            fetched_at=now,
            elapsed=time.monotonic() - started,
            body=body,
            media_type=mimetypes.guess_type(path.name)[0] or "",
            validators=Validators(etag=etag or None),
            reason=reason,
        )

    try:
        state = path.stat()
        stamp = f"{state.st_size}-{state.st_mtime_ns}"
        if validators.etag == stamp:
            return ended("not_modified", "")
        if state.st_size > max_bytes:
            return ended("too_large", f"{state.st_size:,} bytes, more than {max_bytes:,}")
        return ended("ok", "", path.read_bytes(), stamp)
    except FileNotFoundError:
        return ended("gone", "there is no such file")
    except OSError as error:
        return ended("client_error", f"cannot be read ({error.strerror})")
