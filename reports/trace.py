"""One task through all editions (plans/comparing/trace.py): in the terminal and as a table."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from plans.comparing.trace import Edition, TraceStep
from plans.model import Change, Changeset, Side
from plans.registry.model import Registry
from reports.clean import clean
from reports.facts import Facts
from reports.inline import Segments, marked, shorten
from reports.labels import colon, label
from reports.names import Names, number
from reports.options import ReportOptions
from reports.page import Page
from reports.tables import Column, Table
from reports.terminal import STYLES
from reports.wording import Wording, capital, sign

INDENT = 2
#: From here on two decimals would show 1.00.
SURE = 0.995
#: What the text and the numbers beside it show already.
_SHOWN = frozenset({"task_reworded", "task_renumbered"})


def render(
    steps: Sequence[TraceStep],
    editions: Sequence[Edition],
    registry: Registry,
    options: ReportOptions,
) -> str:
    """The line as text, one block an edition; ``editions`` are those that it was followed through.

    Where the line splits or merges, each part stands under its edition with what it continues; an
    edition without a part of the line has a dash. Of the options, language, width, colour and
    context apply.
    """
    page = Page(options.width, colour=options.colour)
    page.line(Text(label("trace", options.lang), style="bold"))
    for at, edition in enumerate(editions):
        page.rule(f"{edition.name} · {clean(edition.plan.title)}")
        wording = wording_of(editions, at, registry, options)
        held = [step for step in steps if step.edition == edition.name]
        if not held:
            page.line(Text("–", style="dim"), indent=INDENT)
        for step in held:
            _step(page, step, edition, wording)
    return page.text()


def _step(page: Page, step: TraceStep, edition: Edition, wording: Wording) -> None:
    options = wording.options
    head = Text.assemble((number(step.task), "bold"), f"  {_section(step, edition, wording)}")
    if step.earlier:
        told = f"{label('continues', options.lang)} {', '.join(step.earlier)}"
        if step.confidence is not None and step.confidence < SURE:
            told += f" ({step.confidence:.2f})"
        head.append(f"  {clean(told)}", style="dim")
    page.line(head, indent=INDENT, hang=INDENT)
    if duties := wording.duties((step.task,)):
        page.line(Text(duties, style="cyan"), indent=INDENT * 2, hang=INDENT)
    changes = changes_of(step, edition)
    for change in changes:
        if change.kind not in _SHOWN:
            mark = sign(change)
            text = Text.assemble((f"{mark} ", STYLES[mark]), capital(wording.sentence(change)))
            page.line(text, indent=INDENT * 2, hang=2)
    page.line(_text(step, changes, options), indent=INDENT * 2)


def _section(step: TraceStep, edition: Edition, wording: Wording) -> str:
    return wording.names.path(wording.facts.new.path(step.task.section))


def changes_of(step: TraceStep, edition: Edition) -> tuple[Change, ...]:
    """What the changeset that leads to this edition tells of the task."""
    return tuple(
        change
        for change in (edition.since.changes if edition.since else ())
        if not change.kind.startswith("section_") and step.task.id in change.new
    )


def _text(step: TraceStep, changes: Sequence[Change], options: ReportOptions) -> Text:
    found = [c.segments for c in changes if c.kind == "task_reworded" and c.segments]
    if not found:
        return Text(clean(step.task.text))
    segments: Segments = shorten(found[0], options.context)
    if not options.colour:
        return Text(marked(segments))
    return Text.assemble(*((clean(text), STYLES[op]) for op, text in segments))


def wording_of(
    editions: Sequence[Edition], at: int, registry: Registry, options: ReportOptions
) -> Wording:
    """The sentences about what leads to edition ``at``."""
    return Wording(_facts(editions, at, registry), options)


def _facts(editions: Sequence[Edition], at: int, registry: Registry) -> Facts:
    """The edition beside the one before it; the first one beside itself."""
    edition = editions[at]
    side = Side(ref="", title=edition.plan.title, language=edition.plan.language)
    changes = edition.since or Changeset(old=side, new=side)
    return Facts(changes, editions[at - 1 if at else 0].plan, edition.plan, registry)


def table(
    steps: Sequence[TraceStep],
    editions: Sequence[Edition],
    registry: Registry,
    options: ReportOptions,
) -> Table:
    """One row a step, for CSV."""
    names = Names(registry, options.lang)
    by_name = {edition.name: edition for edition in editions}
    wordings = {
        edition.name: wording_of(editions, at, registry, options)
        for at, edition in enumerate(editions)
    }
    keys = ("edition", "number", "section", "continues", "confidence", "bodies", "changes", "text")
    rows = []
    for step in steps:
        edition, wording = by_name[step.edition], wordings[step.edition]
        rows.append(
            (
                step.edition,
                number(step.task),
                _section(step, edition, wording),
                ", ".join(step.earlier),
                "" if step.confidence is None else f"{step.confidence:.2f}",
                names.assignments(step.task.assignments),
                "; ".join(wording.sentence(change) for change in changes_of(step, edition)),
                step.task.text,
            )
        )
    columns = tuple(Column(label(key, options.lang)) for key in keys)
    title = f"{label('trace', options.lang)}{colon(options.lang)}"
    return Table(title=title, columns=columns, rows=tuple(rows))
