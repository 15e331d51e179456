"""Kinds of fields that several parts of ``sources.yaml`` share."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from re import _parser as _sre  # type: ignore[attr-defined]
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationInfo
from pydantic import Field as Field

from alerts.config import Delay as Delay
from alerts.config import Duration as Duration
from alerts.config import Identifier as Identifier
from alerts.secrets import SecretRef
from alerts.timing import parse_clock

#: Longest title that a pattern is tried on; patterns may not nest repeats, so this bounds the work.
LONGEST_TITLE = 600


class ConfigModel(BaseModel):
    """Base of all parts: unknown keys are mistakes, values are not repeated in messages."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, hide_input_in_errors=True, arbitrary_types_allowed=True
    )


def _address(value: str) -> str:
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018 - raises where it is no number
    except ValueError as error:
        raise ValueError(f"no address: {error}") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or " " in value:
        raise ValueError("write an address that starts with http:// or https://")
    if parts.username or parts.password:
        raise ValueError("an address carries no user name and password")
    return value


def _proxy(value: str) -> str:
    if value.startswith("$"):
        return str(SecretRef.parse(value))
    return _address(value)


def _pattern(value: str) -> str:
    try:
        parsed = _sre.parse(value)
        compiled = re.compile(value)
    except re.error as error:
        raise ValueError(f"no regular expression: {error}") from None
    if _nests_repeats(parsed):
        raise ValueError("a repeat inside a repeat can take for ever; write it without")
    if compiled.fullmatch(""):
        raise ValueError("the pattern fits an empty text, so it would fit everything")
    return value


def _nests_repeats(parsed: Any, inside: bool = False) -> bool:
    """Whether an open-ended repeat stands inside another one, at any depth of groups."""
    for operation, argument in parsed:
        name = str(operation)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            _, most, body = argument
            open_ended = most is _sre.MAXREPEAT or most > 100
            if (inside and open_ended) or _nests_repeats(body, inside or open_ended):
                return True
        elif any(_nests_repeats(part, inside) for part in _parts(argument)):
            return True
    return False


def _parts(argument: Any) -> list[Any]:
    if isinstance(argument, _sre.SubPattern):
        return [argument]
    if isinstance(argument, tuple | list):
        return [part for piece in argument for part in _parts(piece)]
    return []


def _month_day(value: str) -> str:
    match = re.fullmatch(r"(\d\d)-(\d\d)", value)
    if match is None:
        raise ValueError("write month and day as MM-DD, in quotes: '07-31'")
    try:
        dt.date(2024, int(match[1]), int(match[2]))
    except ValueError:
        raise ValueError(f"there is no day {value}; write month and day as MM-DD") from None
    return value


def _clock(value: str) -> str:
    return parse_clock(value).strftime("%H:%M")


def _beside_file(value: Path, info: ValidationInfo) -> Path:
    folder = (info.context or {}).get("folder")
    path = value.expanduser()
    return folder / path if folder is not None and not path.is_absolute() else path


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Address = Annotated[str, AfterValidator(_address)]
#: ``http://proxy:3128``, or ``${NAME}`` where it carries a password.
Proxy = Annotated[str, AfterValidator(_proxy)]
Pattern = Annotated[str, AfterValidator(_pattern), Field(max_length=500)]
MonthDay = Annotated[str, AfterValidator(_month_day)]
ClockTime = Annotated[str, AfterValidator(_clock)]
#: A path; a relative one starts from the folder of the configuration file.
FilePath = Annotated[Path, AfterValidator(_beside_file)]
