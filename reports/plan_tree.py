"""One plan in the terminal: headings, tasks, and under each task who does what on which instrument."""

from __future__ import annotations

from rich.cells import cell_len
from rich.text import Text

from plans.model import Diagnostic, Plan, Section, Task
from plans.registry.model import Registry
from reports.clean import clean
from reports.labels import colon, label
from reports.options import ReportOptions
from reports.page import Page
from reports.plan_facts import PlanFactsheet
from reports.plan_text import walk

STEP = 2
#: More of what the reader noted is counted, not listed.
MOST_NOTES = 30


def render(plan: Plan, registry: Registry, options: ReportOptions) -> str:
    """The plan as text of at most ``options.width`` cells a line (never under 40).

    Of the options, language, width and colour apply. What the reader was not sure of, and bodies
    that the registry does not know, stand behind a question mark.
    """
    page = Page(options.width, colour=options.colour)
    sheet = PlanFactsheet(plan, registry, options)
    page.line(Text(clean(plan.title), style="bold"))
    page.line(Text(" · ".join(sheet.about()), style="dim"))
    page.line(Text(sheet.size(), style="dim"))
    if plan.addressees:
        page.line(Text(sheet.addressees(), style="dim"), hang=STEP)
    for entry, depth in walk(plan):
        if isinstance(entry, Section):
            _heading(page, sheet, entry, depth)
        else:
            _task(page, sheet, entry, depth)
    if sheet.unknown():
        page.line()
        name = label("unknown_bodies", options.lang)
        page.line(Text(f"? {name}{colon(options.lang)}{sheet.unknown()}", style="yellow"), hang=2)
    _notes(page, plan.diagnostics, options)
    return page.text()


def _heading(page: Page, sheet: PlanFactsheet, section: Section, depth: int) -> None:
    page.line()
    page.line(Text(sheet.names.section(section), style="bold"), indent=STEP * (depth - 1))


def _task(page: Page, sheet: PlanFactsheet, task: Task, depth: int) -> None:
    facts = sheet.task(task)
    indent = STEP * depth
    number = Text.assemble((facts.number, "bold"), "  ")
    hang = max(cell_len(facts.number) + 2, 4)
    number.pad_right(max(0, hang - len(number.plain)))
    page.line(number + Text(facts.text), indent=indent, hang=hang)
    under = indent + hang
    if facts.duties:
        page.line(Text(facts.duties, style="cyan"), indent=under, hang=STEP)
    for words in facts.instruments:
        page.line(Text(words, style="green"), indent=under, hang=STEP)
    for words in facts.programmes:
        page.line(Text(words, style="magenta"), indent=under, hang=STEP)
    if facts.deadline:
        page.line(Text(facts.deadline, style="blue"), indent=under, hang=STEP)
    if facts.uncertain:
        page.line(Text(f"? {facts.uncertain}", style="yellow"), indent=under, hang=STEP)


def _notes(page: Page, notes: tuple[Diagnostic, ...], options: ReportOptions) -> None:
    if not notes:
        return
    page.line()
    page.line(Text(f"{label('notes', options.lang)}{colon(options.lang)}{len(notes)}"))
    for note in notes[:MOST_NOTES]:
        where = f" [{note.at[0]}–{note.at[1]}]" if note.at else ""
        text = Text.assemble(
            (f"{clean(note.kind)}: ", "yellow"), clean(note.message), (where, "dim")
        )
        page.line(text, indent=STEP, hang=STEP)
    if len(notes) > MOST_NOTES:
        page.line(Text(f"… {len(notes) - MOST_NOTES}", style="dim"), indent=STEP)
