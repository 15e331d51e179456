"""One plan as a page of its own: readable, printable, without network."""

from __future__ import annotations

from plans.model import Plan, Section
from plans.registry.model import Registry
from reports.clean import clean
from reports.labels import colon, label
from reports.options import ReportOptions
from reports.plan_facts import PlanFactsheet
from reports.plan_text import walk
from reports.templating import templates


def render(plan: Plan, registry: Registry, options: ReportOptions) -> str:
    """The page. Of the options, the language applies."""
    sheet = PlanFactsheet(plan, registry, options)
    rows = []
    for at, (entry, depth) in enumerate(walk(plan)):
        if isinstance(entry, Section):
            heading = sheet.names.section(entry)
            rows.append({"heading": heading, "level": min(depth + 1, 6), "anchor": f"s{at}"})
        else:
            rows.append({"task": sheet.task(entry), "anchor": f"t{at}"})
    return (
        templates()
        .get_template("plan.html.j2")
        .render(
            lang={"zh": "zh-Hans"}.get(options.lang, "en"),
            text_lang=plan.language,
            label=lambda key: label(key, options.lang),
            colon=colon(options.lang),
            title=clean(plan.title),
            about=sheet.about(),
            size=sheet.size(),
            addressees=sheet.addressees(),
            frame=[clean(part.text) for part in plan.frame],
            rows=rows,
            unknown=sheet.unknown(),
            notes=[(clean(note.kind), clean(note.message), note.at) for note in plan.diagnostics],
        )
    )
