"""Lines of styled text for a terminal, wrapped by cells."""

from __future__ import annotations

import io

from rich.console import Console
from rich.text import Text

from reports.clean import clean
from reports.wrap import wrap

MIN_WIDTH = 40


class Page:
    """Lines of styled text, wrapped by cells, collected as one string."""

    def __init__(self, width: int, *, colour: bool) -> None:
        self.width = max(width, MIN_WIDTH)
        self.colour = colour
        self._out = io.StringIO()
        self._console = Console(
            file=self._out,
            width=self.width,
            color_system="standard" if colour else None,
            force_terminal=colour,
            no_color=not colour,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
            _environ={},
        )

    def line(self, text: Text | str = "", *, indent: int = 0, hang: int = 0) -> None:
        """One paragraph, indented; its further lines by ``hang`` cells more."""
        styled = Text(text) if isinstance(text, str) else text
        first, *rest = _hanging(styled, self.width - indent, hang)
        for at, piece in enumerate((first, *rest)):
            pad = " " * (indent + (hang if at else 0))
            self._console.print(Text(pad) + piece if pad else piece, soft_wrap=True)

    def rule(self, title: str) -> None:
        """A heading with a line of its own."""
        self.line()
        for at, piece in enumerate(wrap(Text(clean(title), style="bold"), self.width - 4)):
            mark = ("   " if at else "── ", "dim")
            self._console.print(Text.assemble(mark, piece), soft_wrap=True)

    def text(self) -> str:
        """Everything so far."""
        return self._out.getvalue()


def _hanging(text: Text, width: int, hang: int) -> list[Text]:
    """Wrapped lines of which all but the first are ``hang`` cells narrower."""
    lines = wrap(text, width)
    if hang == 0 or len(lines) == 1:
        return lines
    first = lines[0]
    rest = text[len(first.plain) :]
    blank = len(rest.plain) - len(rest.plain.lstrip())
    return [first, *wrap(rest[blank:], width - hang)]
