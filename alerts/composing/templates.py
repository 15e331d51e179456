"""The templates of messages: the built-in files, and a user's own of the same names in their place.

A user's template runs in a sandbox. One that is broken is reported with its file and line when it
is loaded, and the built-in one is used.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import resources
from pathlib import Path
from typing import Final, Literal

import msgspec
import structlog
from jinja2 import Environment, Template, TemplateError

from alerts.composing.columns import wrapped
from alerts.composing.message import Group, Item, Link, Message
from alerts.own_templates import TemplateProblem, problem_of, sandbox
from plans.model import SegmentOp, Value

TemplateName = Literal["subject.txt", "mail.txt", "mail.html", "slack.md", "plain.txt"]
NAMES: Final[tuple[TemplateName, ...]] = (
    "subject.txt",
    "mail.txt",
    "mail.html",
    "slack.md",
    "plain.txt",
)
#: A template that gives more than this is broken: no message is that long.
LONGEST_OUTPUT = 400_000

log = structlog.get_logger(__name__)


class AlertFacts(Value, frozen=True, kw_only=True):
    """What a template may know of the alert beside its message."""

    id: str
    subscription: str
    event: str = "version_recorded"
    document: str | None = None
    version: int | None = None


class Templates:
    """The templates in force. ``problems`` tells of a user's files that are broken."""

    def __init__(self, own_folder: Path | None = None) -> None:
        self._built_in: dict[TemplateName, Template] = {}
        self._own: dict[TemplateName, Template] = {}
        self.problems: tuple[TemplateProblem, ...] = ()
        folder = resources.files("alerts.composing") / "templates"
        for name in NAMES:
            source = (folder / f"{name}.j2").read_text(encoding="utf-8")
            self._built_in[name] = _environment(name).from_string(source)
        if own_folder is not None:
            self.problems = tuple(self._load(own_folder))

    def render(self, name: TemplateName, message: Message, alert: AlertFacts) -> str:
        """The text of one template; the built-in one where the user's own fails on this message."""
        own = self._own.get(name)
        if own is not None:
            try:
                return _rendered(own, message, alert)
            except Exception as error:
                # Whatever a user's template does wrong must not hold up an alert.
                problem = problem_of(f"{name}.j2", error)
                log.warning("template failed", problem=str(problem))
        return _rendered(self._built_in[name], message, alert)

    def _load(self, folder: Path) -> Sequence[TemplateProblem]:
        problems: list[TemplateProblem] = []
        for name in NAMES:
            path = folder / f"{name}.j2"
            if not path.is_file():
                continue
            try:
                source = path.read_text(encoding="utf-8")
                template = _environment(name).from_string(source)
                template.filename = str(path)
                for sample in samples():
                    _rendered(template, sample, AlertFacts(id="sample", subscription="sample"))
            except Exception as error:
                problems.append(problem_of(str(path), error))
            else:
                self._own[name] = template
        return problems


def _environment(name: TemplateName) -> Environment:
    environment = sandbox(autoescape=name.endswith(".html"))
    wrap: Callable[..., str] = wrapped
    environment.filters |= {"wrap": wrap, "marked": marked}
    return environment


def marked(segments: Sequence[tuple[SegmentOp, str]]) -> str:
    """Changed words in plain text: ``[-gone-]`` and ``{+new+}``."""
    marks = {"equal": "{}", "delete": "[-{}-]", "insert": "{{+{}+}}"}
    return "".join(marks[op].format(text) for op, text in segments)


def _rendered(template: Template, message: Message, alert: AlertFacts) -> str:
    pieces: list[str] = []
    size = 0
    for piece in template.generate(message=message, alert=alert):
        size += len(piece)
        if size > LONGEST_OUTPUT:
            raise TemplateError(f"gives more than {LONGEST_OUTPUT} characters")
        pieces.append(piece)
    return "".join(pieces).strip("\n") + "\n"


def samples() -> tuple[Message, ...]:
    """Messages with every field set, and with none: what a template must be able to show."""
    item = Item(
        text="Task 2: Ministry of Justice joins (responsible)",
        place="一、 › （一） (legislation)",
        quote="an example",
        segments=(("equal", "a"), ("delete", "b"), ("insert", "c")),
        translation="an example",
    )
    full = Message(
        headline="Example plan 2031: 1 duty changed",
        topic="Example plan 2031",
        language="en",
        severity="major",
        notes=("a note",),
        groups=(Group(title="Bodies (3)", items=(item,), more=2),),
        counts=("2 editorial changes besides.",),
        links=(Link(label="Source page", url="https://plans.example/1"),),
        archive_ref="example#2",
    )
    return (
        full,
        Message(headline="Example", topic="Example", language="zh"),
        msgspec.structs.replace(full, language="both"),
    )
