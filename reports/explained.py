"""A published text with its parts marked as the reader took them: in the terminal and as a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from plans.model import Plan
from plans.reading.explain import Part, Segment
from plans.registry.model import Registry
from reports.clean import clean
from reports.labels import PARTS, colon, label, pick
from reports.options import ReportOptions
from reports.page import Page
from reports.plan_facts import PlanFactsheet
from reports.templating import templates

STYLES: dict[Part, str] = {
    "section": "bold",
    "number": "bold cyan",
    "task": "",
    "bracket": "blue",
    "actor": "bold green",
    "instrument": "magenta",
    "frame": "dim",
    "skipped": "strike dim",
    "other": "italic",
}
#: Parts whose label stands behind the text, so that it can be read without colour too.
_LABELLED: frozenset[Part] = frozenset({"section", "number", "actor", "instrument", "skipped"})

Line = tuple[tuple[Segment, str], ...]


def lines(text: str, segments: Sequence[Segment]) -> Iterator[Line]:
    """The text line by line, each as its segments with their words; empty lines are left out."""
    held: list[tuple[Segment, str]] = []
    for segment in segments:
        first, *more = text[segment.start : segment.end].split("\n")
        held.append((segment, first))
        for words in more:
            if any(piece.strip() for _, piece in held):
                yield tuple(held)
            held = [(segment, words)]
    if any(piece.strip() for _, piece in held):
        yield tuple(held)


def render_terminal(
    text: str, segments: Sequence[Segment], plan: Plan, registry: Registry, options: ReportOptions
) -> str:
    """The text in colours with a legend above it; ``text`` is the extract's, as the segments cover it.

    What a part was taken for stands behind it in ⟨⟩, with or without colour. Of the options,
    language, width and colour apply.
    """
    page = Page(options.width, colour=options.colour)
    sheet = PlanFactsheet(plan, registry, options)
    page.line(Text(sheet.size(), style="bold"))
    legend = [(f"{pick(PARTS[part], options.lang)}  ", style) for part, style in STYLES.items()]
    page.line(Text.assemble(*legend))
    page.line()
    for line in lines(text, segments):
        shown = Text()
        for at, (segment, words) in enumerate(line):
            shown.append(clean(words), style=STYLES[segment.part])
            told = _told(segment, words)
            # A part that goes on over several lines is labelled where it begins.
            if told and (at > 0 or text.startswith(words, segment.start)):
                shown.append(f"⟨{told}⟩", style="dim")
        page.line(shown)
    if sheet.unknown():
        page.line()
        words = f"? {label('unknown_bodies', options.lang)}{colon(options.lang)}{sheet.unknown()}"
        page.line(Text(words, style="yellow"), hang=2)
    return page.text()


def _told(segment: Segment, words: str) -> str:
    """The label to show behind the words; none where the words say it themselves."""
    if segment.part not in _LABELLED or segment.label == words.strip().rstrip(".．、"):
        return ""
    return clean(segment.label)


def render_html(
    text: str, segments: Sequence[Segment], plan: Plan, registry: Registry, options: ReportOptions
) -> str:
    """The same as a page of its own, without network. Of the options, the language applies."""
    sheet = PlanFactsheet(plan, registry, options)
    return (
        templates()
        .get_template("explained.html.j2")
        .render(
            lang={"zh": "zh-Hans"}.get(options.lang, "en"),
            text_lang=plan.language,
            title=clean(plan.title) or "–",
            about=sheet.about(),
            size=sheet.size(),
            parts=[(part, pick(PARTS[part], options.lang)) for part in STYLES],
            lines=[
                [(segment.part, _told(segment, words), clean(words)) for segment, words in line]
                for line in lines(text, segments)
            ],
            unknown_label=label("unknown_bodies", options.lang),
            colon=colon(options.lang),
            unknown=sheet.unknown(),
            notes_label=label("notes", options.lang),
            notes=[(clean(n.kind), clean(n.message), n.at) for n in plan.diagnostics],
        )
    )
