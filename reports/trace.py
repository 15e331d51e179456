"""One task through all editions: in the terminal and as a table."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from plans.model import Changeset, Side
from plans.registry.model import Registry
from reports.clean import clean
from reports.facts import Facts
from reports.inline import Segments, marked, shorten
from reports.labels import colon, label
from reports.names import Names, number
from reports.options import ReportOptions
from reports.over_years import Edition, Stop, Trace
from reports.page import Page
from reports.tables import Column, Table
from reports.terminal import STYLES
from reports.wording import Wording, capital, sign

INDENT = 2


def render(
    trace: Trace, editions: Sequence[Edition], registry: Registry, options: ReportOptions
) -> str:
    """The line as text, one block an edition; ``editions`` are those that it was followed through.

    Where the line splits or merges, each part stands under its edition with what it continues.
    Of the options, language, width, colour and context apply.
    """
    page = Page(options.width, colour=options.colour)
    lang = options.lang
    page.line(
        Text(f"{label('trace', lang)}{colon(lang)}{trace.edition}, {trace.task}", style="bold")
    )
    for at, edition in enumerate(editions):
        stops = [stop for stop in trace.stops if stop.edition == edition.label]
        page.rule(f"{edition.label} · {clean(edition.plan.title)}")
        if not stops:
            page.line(Text("–", style="dim"), indent=INDENT)
        wording = Wording(_facts(editions, at, registry), options)
        for stop in stops:
            _stop(page, stop, wording, options)
    return page.text()


def _stop(page: Page, stop: Stop, wording: Wording, options: ReportOptions) -> None:
    lang = options.lang
    head = Text.assemble((number(stop.task), "bold"), f"  {clean(stop.section)}")
    if stop.continues:
        told = f"{label('continues', lang)} {', '.join(stop.continues)}"
        if stop.confidence is not None and stop.confidence < 1:
            told += f" ({stop.confidence:.2f})"
        head.append(f"  {clean(told)}", style="dim")
    page.line(head, indent=INDENT, hang=INDENT)
    if duties := wording.duties((stop.task,)):
        page.line(Text(duties, style="cyan"), indent=INDENT * 2, hang=INDENT)
    for change in stop.changes:
        if change.kind not in ("task_reworded", "task_renumbered"):
            mark = sign(change)
            text = Text.assemble((f"{mark} ", STYLES[mark]), capital(wording.sentence(change)))
            page.line(text, indent=INDENT * 2, hang=2)
    segments = _segments(stop)
    if segments is None:
        page.line(Text(clean(stop.task.text)), indent=INDENT * 2)
    elif options.colour:
        pieces = ((clean(text), STYLES[op]) for op, text in shorten(segments, options.context))
        page.line(Text.assemble(*pieces), indent=INDENT * 2)
    else:
        page.line(Text(marked(shorten(segments, options.context))), indent=INDENT * 2)


def _segments(stop: Stop) -> Segments | None:
    found = [c.segments for c in stop.changes if c.kind == "task_reworded" and c.segments]
    return found[0] if found else None


def _facts(editions: Sequence[Edition], at: int, registry: Registry) -> Facts:
    edition = editions[at]
    side = Side(ref="", title=edition.plan.title, language=edition.plan.language)
    changes = edition.changes or Changeset(old=side, new=side)
    return Facts(changes, editions[at - 1 if at else 0].plan, edition.plan, registry)


def table(
    trace: Trace, editions: Sequence[Edition], registry: Registry, options: ReportOptions
) -> Table:
    """One row a stop, for CSV."""
    names = Names(registry, options.lang)
    facts = {e.label: _facts(editions, at, registry) for at, e in enumerate(editions)}
    keys = ("edition", "number", "section", "continues", "confidence", "bodies", "changes", "text")
    rows = []
    for stop in trace.stops:
        wording = Wording(facts[stop.edition], options)
        rows.append(
            (
                stop.edition,
                number(stop.task),
                clean(stop.section),
                ", ".join(stop.continues),
                "" if stop.confidence is None else f"{stop.confidence:.2f}",
                names.assignments(stop.task.assignments),
                "; ".join(wording.sentence(change) for change in stop.changes),
                stop.task.text,
            )
        )
    columns = tuple(Column(label(key, options.lang)) for key in keys)
    return Table(title=label("trace", options.lang), columns=columns, rows=tuple(rows))
