"""A user's own templates, of messages and of pages: they run in a sandbox, and faults have a line."""

from __future__ import annotations

from jinja2 import StrictUndefined, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from plans.model import Value

#: How Jinja names the parts of a template in a trace: its own body, a block, a macro.
_PARTS = ("root", "top-level template code", "template", "block", "macro")


class TemplateProblem(Value, frozen=True, kw_only=True):
    """A user's template that is not used: file, line, and what is wrong with it."""

    file: str
    line: int | None
    message: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}, line {self.line}"
        return f"{place}: {self.message}; the built-in template is used"


def sandbox(*, autoescape: bool) -> ImmutableSandboxedEnvironment:
    """Where a user's template runs: it changes nothing, reaches no name that begins with an
    underscore, and a name that is not there is an error.
    """
    return ImmutableSandboxedEnvironment(
        autoescape=autoescape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def problem_of(file: str, error: Exception) -> TemplateProblem:
    """What went wrong in a template, with its line where one is known."""
    if isinstance(error, TemplateSyntaxError):
        return TemplateProblem(file=file, line=error.lineno, message=error.message or "syntax")
    line = None
    trace = error.__traceback__
    while trace is not None:
        # Jinja rewrites the trace of a failing template to the lines of its source.
        if trace.tb_frame.f_code.co_name.startswith(_PARTS):
            line = trace.tb_lineno
        trace = trace.tb_next
    return TemplateProblem(file=file, line=line, message=f"{type(error).__name__}: {error}")
