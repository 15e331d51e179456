"""How reports reach the terminal: language, width, colour, and a pager for what is long."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from planwatch.cli.context import Cli
from planwatch.cli.options import Output
from planwatch.cli.output import write_out

if TYPE_CHECKING:
    from reports.options import ReportOptions


class Lang(StrEnum):
    """The language of headings and names; both: English with Chinese beside."""

    EN = "en"
    ZH = "zh"
    BOTH = "both"


LangOption = Annotated[Lang, typer.Option(help="Language of headings and names.")]
NoPager = Annotated[bool, typer.Option("--no-pager", help="Never page a long result.")]


def report_options(cli: Cli, lang: Lang, output: Output) -> ReportOptions:
    """The looks of a report that goes to ``output``, or to the terminal where that is None."""
    from reports.options import DEFAULT_WIDTH, ReportOptions

    on_screen = output is None and cli.console.is_terminal
    return ReportOptions(
        lang=lang.value,
        width=cli.console.width if on_screen else DEFAULT_WIDTH,
        colour=output is None and cli.console.color_system is not None and not cli.console.no_color,
        date=dt.datetime.combine(cli.now().date(), dt.time(), dt.UTC),
    )


def show(cli: Cli, text: str, output: Output, *, paged: bool = True) -> None:
    """Write a report to its file, or show it; on a terminal a long one goes through the pager."""
    if (
        output is None
        and paged
        and cli.console.is_terminal
        and text.count("\n") > cli.console.height
    ):
        import pydoc

        with _less_with_colours():
            pydoc.pager(text)
        return
    write_out(text, output)


@contextmanager
def _less_with_colours() -> Iterator[None]:
    """Let ``less`` show colours, which it prints as ESC[1m unless asked; keep what LESS asks for."""
    before = os.environ.get("LESS")
    asked = "" if not before else f" {before}" if before.startswith("-") else f" -{before}"
    os.environ["LESS"] = f"-R{asked}"
    try:
        yield
    finally:
        if before is None:
            del os.environ["LESS"]
        else:
            os.environ["LESS"] = before
