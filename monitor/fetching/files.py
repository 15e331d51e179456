"""Reads a watched file as if it were fetched: the same outcomes, the same caps."""

from __future__ import annotations

import mimetypes
import stat
from pathlib import Path
from urllib.parse import unquote, urlsplit

import msgspec

from monitor.fetching.values import NO_VALIDATORS, FetchOutcome, FetchRequest, Validators


class FileLook(msgspec.Struct, frozen=True, kw_only=True):
    """What a look at a file came to; ``validators`` stand for its time and size."""

    outcome: FetchOutcome
    reason: str = ""
    body: bytes = b""
    media_type: str = ""
    validators: Validators = NO_VALIDATORS


def is_file_address(url: str) -> bool:
    """Whether ``url`` is a ``file:`` address."""
    return url.startswith("file:")


def look_at_file(request: FetchRequest) -> FileLook:
    """Read the file that ``request.url`` names, where the policy allows files at all."""
    parts = urlsplit(request.url)
    if not request.policy.files:
        return FileLook(outcome="forbidden_address", reason="files are not allowed here")
    if parts.netloc not in ("", "localhost"):
        return FileLook(outcome="client_error", reason=f"{parts.netloc} is another machine")
    path = Path(unquote(parts.path))
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            # A pipe would wait for ever, a folder is no text.
            return FileLook(outcome="wrong_type", reason=f"{path} is no regular file")
        validators = Validators(etag=f'"{found.st_mtime_ns:x}-{found.st_size:x}"')
        if request.validators.etag == validators.etag:
            return FileLook(outcome="not_modified", validators=validators)
        if found.st_size > request.policy.max_bytes:
            return FileLook(outcome="too_large", reason=f"{path} has {found.st_size} bytes")
        with path.open("rb") as file:
            body = file.read(request.policy.max_bytes + 1)
    except FileNotFoundError:
        return FileLook(outcome="gone", reason=f"there is no file {path}")
    except OSError as error:
        return FileLook(outcome="client_error", reason=f"{path}: {error.strerror}")
    if len(body) > request.policy.max_bytes:
        return FileLook(outcome="too_large", reason=f"{path} grew while it was read")
    media_type = mimetypes.guess_type(path.name)[0] or ""
    return FileLook(outcome="ok", body=body, media_type=media_type, validators=validators)
