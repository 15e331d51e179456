"""Log lines: for people on a terminal, or as JSON for machines. Both go to standard error."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, Literal
from zoneinfo import ZoneInfo

import structlog

LogFormat = Literal["text", "json"]
SHANGHAI = ZoneInfo("Asia/Shanghai")
_DIM, _BOLD, _RED, _YELLOW, _RESET = "\x1b[2m", "\x1b[1m", "\x1b[31m", "\x1b[33m", "\x1b[0m"
_TONES = {"error": _RED, "critical": _RED, "warning": _YELLOW}


def set_up(form: LogFormat, *, colour: bool) -> None:
    """Send every log line of the program to standard error in one form.

    Text lines begin with the clock of Asia/Shanghai, which the schedules follow; JSON lines carry
    UTC. Libraries are heard from warnings on.
    """
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
        _drop_empty,
    ]
    last: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else _Lines(colour=colour)
    )
    structlog.configure(
        processors=[*shared, last],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=[_plain, last])
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)


def _plain(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: value for key, value in event.items() if not key.startswith("_")}


def _drop_empty(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: value for key, value in event.items() if value is not None and value != ""}


class _Lines:
    """``16:03:07  same text  cnipa-notices  https://…  31 ms`` and, for the rest, key=value."""

    #: Shown without their names, in this order.
    _BARE = ("source", "url")

    def __init__(self, *, colour: bool) -> None:
        self._colour = colour

    def __call__(self, _: Any, __: str, event: MutableMapping[str, Any]) -> str:
        import datetime as dt

        fields = dict(event)
        moment = dt.datetime.fromisoformat(fields.pop("timestamp"))
        level = fields.pop("level", "info")
        message = str(fields.pop("event", ""))
        trace = fields.pop("exception", None)
        parts = [str(fields.pop(name)) for name in self._BARE if name in fields]
        if (took := fields.pop("milliseconds", None)) is not None:
            parts.append(f"{took} ms")
        parts += [f"{key}={value}" for key, value in fields.items()]
        clock = moment.astimezone(SHANGHAI).strftime("%H:%M:%S")
        tone = _TONES.get(level, _BOLD)
        mark = "" if level == "info" else f"{level}: "
        if self._colour:
            line = f"{_DIM}{clock}{_RESET}  {tone}{mark}{message}{_RESET}"
        else:
            line = f"{clock}  {mark}{message}"
        # What a site sends may hold control characters; a log line is one line.
        rest = "".join(ch if ch.isprintable() else " " for ch in "  ".join(parts))
        if rest:
            line += f"  {rest}"
        return f"{line}\n{trace}" if trace else line
