"""Secrets: named in the configuration, held by the environment, shown nowhere.

A configuration holds a reference, ``${NAME}``. Its value is the environment variable ``NAME``, or
the content of the file that ``NAME_FILE`` names. Values are resolved when a channel is made, and
live only there: :class:`Scrubber` takes them out of every text that leaves a channel.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from pydantic import GetCoreSchemaHandler, SecretStr
from pydantic_core import PydanticCustomError, core_schema

_REFERENCE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]{0,127})\}")
_FILE_SUFFIX = "_FILE"
#: A shorter piece would take ordinary words out of messages; it protects nothing either.
_SHORTEST_HIDDEN = 6
HIDDEN = "[hidden]"


class SecretError(ValueError):
    """A secret that cannot be had; the message names the variable and the remedy, no value."""


@dataclass(frozen=True)
class SecretRef:
    """A reference to a secret, as it stands in the configuration: ``${NAME}``."""

    name: str

    def __str__(self) -> str:
        return f"${{{self.name}}}"

    @classmethod
    def parse(cls, value: Any) -> SecretRef:
        """Read ``${NAME}``; anything else is refused without being repeated in the message."""
        if isinstance(value, SecretRef):
            return value
        match = _REFERENCE.fullmatch(value.strip()) if isinstance(value, str) else None
        if match is None:
            raise PydanticCustomError(
                "secret_reference",
                "a secret never stands in the configuration: write ${NAME} and set the "
                "environment variable NAME, or NAME_FILE to a file that holds it",
            )
        return cls(match[1])

    def resolve(self, env: Mapping[str, str]) -> SecretStr:
        """The value: of the variable, else of the file that ``NAME_FILE`` names.

        Raises :class:`SecretError` where neither is set, the file cannot be read, or it is empty.
        """
        value = None if self.name.endswith(_FILE_SUFFIX) else env.get(self.name)
        if value is None:
            value = self._from_file(env)
        value = value.strip()
        if not value:
            raise SecretError(f"{self}: the value is empty; set {self._wanted()}")
        return SecretStr(value)

    def _from_file(self, env: Mapping[str, str]) -> str:
        variable = self.name.removesuffix(_FILE_SUFFIX) + _FILE_SUFFIX
        path = env.get(variable)
        if path is None:
            raise SecretError(f"{self}: not set; set {self._wanted()}")
        try:
            return Path(path).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            kind = type(error).__name__
            raise SecretError(
                f"{self}: the file that {variable} names cannot be read ({kind}); "
                "check its path and permissions"
            ) from None

    def _wanted(self) -> str:
        plain = self.name.removesuffix(_FILE_SUFFIX)
        return f"the environment variable {plain}, or {plain}_FILE to the path of a file"

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Tell pydantic how to read and write a reference, also in the JSON Schema."""
        return core_schema.json_or_python_schema(
            json_schema=core_schema.chain_schema(
                [
                    core_schema.str_schema(pattern=r"^\$\{[A-Za-z_][A-Za-z0-9_]*\}$"),
                    core_schema.no_info_plain_validator_function(cls.parse),
                ]
            ),
            python_schema=core_schema.no_info_plain_validator_function(cls.parse),
            serialization=core_schema.to_string_ser_schema(),
        )


class Scrubber:
    """Takes known secrets, and what can be told of them, out of texts."""

    def __init__(self, secrets: Iterable[SecretStr]) -> None:
        pieces: set[str] = set()
        for secret in secrets:
            value = secret.get_secret_value()
            pieces |= {value, quote(value, safe=""), quote(value)}
            address = urlsplit(value) if "://" in value else None
            if address is not None:
                # An error of an HTTP library names host and path apart.
                pieces |= {address.path, address.path.lstrip("/"), address.netloc, address.query}
                pieces |= set(re.split(r"[/&=?@:]", value.partition("://")[2])[1:])
        self._pieces = sorted((p for p in pieces if len(p) >= _SHORTEST_HIDDEN), key=len)[::-1]

    def __call__(self, text: str) -> str:
        """``text`` with every piece of a secret replaced by ``[hidden]``."""
        for piece in self._pieces:
            text = text.replace(piece, HIDDEN)
        return text
