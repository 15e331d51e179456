"""Tokens: made once, shown once, kept as hashes in a file that one person can read.

A token has 256 random bits, so that a plain sha256 of it tells nobody the token.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from pathlib import Path

import msgspec

_LINE = re.compile(r"(?P<name>[A-Za-z0-9._@-]{1,64}):(?P<digest>[0-9a-f]{64})")
#: A longer one is none of ours; nothing of unknown size is hashed.
_LONGEST = 200


class HashedToken(msgspec.Struct, frozen=True, kw_only=True):
    """Whose token it is, and its sha256 in hexadecimal digits."""

    name: str
    digest: str


class TokenFileError(ValueError):
    """A file of tokens that cannot be read; the message names file and line, and shows no hash."""


def new_token(name: str) -> tuple[str, HashedToken]:
    """A token to hand out, and what to keep of it."""
    token = f"pw_{secrets.token_urlsafe(32)}"
    return token, HashedToken(name=name, digest=_digest(token))


def line_of(token: HashedToken) -> str:
    """How a token stands in the file: ``name:sha256``."""
    return f"{token.name}:{token.digest}"


def load_tokens(path: Path) -> tuple[HashedToken, ...]:
    """The tokens of a file, one ``name:sha256`` a line; empty lines and ``#`` lines are left out.

    Raises TokenFileError where a line is something else, OSError where the file cannot be read.
    """
    found: list[HashedToken] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line.strip())
        if match is None:
            raise TokenFileError(
                f"{path}:{number}: no token; a line is NAME:SHA256, 64 small hexadecimal digits"
            )
        found.append(HashedToken(name=match["name"], digest=match["digest"]))
    return tuple(found)


def holder_of(token: str, known: Iterable[HashedToken]) -> str | None:
    """Whose token this is; None where it is nobody's. Takes as long for a wrong one as for a right."""
    if len(token) > _LONGEST:
        return None
    digest = _digest(token)
    holder = None
    for entry in known:
        if hmac.compare_digest(entry.digest, digest):
            holder = entry.name
    return holder


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
