"""A changeset as one HTML file: no network, light and dark, readable without scripts, printable."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from markupsafe import Markup, escape

from plans.model import Changeset, Plan, Section, SegmentOp, Task
from plans.registry.model import Registry
from reports import labels
from reports.captions import badges, describe, gone_note, summary_rows
from reports.clean import clean
from reports.inline import Segments, shorten, side
from reports.labels import label
from reports.options import ReportOptions
from reports.outline import Group, Item, Report, prepare
from reports.select import SEVERITIES
from reports.templating import templates
from reports.wording import capital

_TAGS: dict[SegmentOp, str] = {"delete": "del", "insert": "ins"}


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """One item as the template needs it: words and finished redlines, bodies as short tokens."""

    item: Item
    badges: tuple[str, ...]
    severity: str
    lines: tuple[tuple[str, str], ...]
    inline: tuple[Markup, ...]
    old_side: tuple[Markup, ...]
    new_side: tuple[Markup, ...]
    bodies: str


class Chapter(msgspec.Struct, frozen=True, kw_only=True):
    """One group with the headings that open it: those that the one before did not open yet."""

    group: Group
    headings: tuple[tuple[int, str], ...]
    title: str
    cards: tuple[Card, ...]


class View(msgspec.Struct, frozen=True, kw_only=True):
    """A report as a page shows it. ``bodies`` are (token, name); ``unmatched`` (side, tasks)."""

    document: tuple[Card, ...]
    chapters: tuple[Chapter, ...]
    unmatched: tuple[tuple[str, str], ...]
    bodies: tuple[tuple[str, str], ...]


def view(report: Report) -> View:
    """Cards and chapters in reading order, for this page and for others that show a report."""
    outline = report.outline
    tokens = _tokens(report)
    return View(
        document=tuple(_card(item, report, tokens) for item in outline.document),
        chapters=tuple(_chapters(report, tokens)),
        unmatched=tuple(
            (key, report.wording.names.tasks(tasks))
            for key, tasks in (("old", outline.unmatched_old), ("new", outline.unmatched_new))
            if tasks
        ),
        bodies=tuple(
            sorted(
                ((token, _body_name(key, report)) for key, token in tokens.items()),
                key=lambda p: p[1],
            )
        ),
    )


def render(
    changeset: Changeset, old: Plan, new: Plan, registry: Registry, options: ReportOptions
) -> str:
    """The page. It holds its own styles and script and refers to nothing outside itself."""
    report = prepare(changeset, old, new, registry, options)
    shown = view(report)
    return (
        templates()
        .get_template("changes.html.j2")
        .render(
            lang={"zh": "zh-Hans"}.get(options.lang, "en"),
            text_lang=new.language,
            colon=labels.colon(options.lang),
            label=lambda key: label(key, options.lang),
            changeset=changeset,
            sides=(
                (
                    "old",
                    clean(changeset.old.title),
                    describe(changeset.old, old, options.lang),
                ),
                (
                    "new",
                    clean(changeset.new.title),
                    describe(changeset.new, new, options.lang),
                ),
            ),
            headline=clean(report.outline.summary.headline),
            rows=summary_rows(report),
            document=shown.document,
            chapters=shown.chapters,
            unmatched=shown.unmatched,
            severities=[
                (key, labels.pick(labels.SEVERITIES[key], options.lang)) for key in SEVERITIES
            ],
            bodies=shown.bodies,
        )
    )


def _tokens(report: Report) -> dict[str, str]:
    """A short class-like token for each body, for printed names may hold anything."""
    keys = dict.fromkeys(key for item in _items(report) for key in item.bodies)
    return {key: f"b{at}" for at, key in enumerate(keys)}


def _items(report: Report) -> Iterable[Item]:
    yield from report.outline.document
    for group in report.outline.groups:
        yield from group.items


def _body_name(key: str, report: Report) -> str:
    return report.wording.names.body(key, key)


def _chapters(report: Report, tokens: dict[str, str]) -> Iterable[Chapter]:
    opened: tuple[Section, ...] = ()
    names, lang = report.wording.names, report.options.lang
    for group in report.outline.groups:
        same = 0
        while same < min(len(opened), len(group.path)) and opened[same] is group.path[same]:
            same += 1
        if same == len(group.path) and group.path:
            same -= 1
        headings = [
            (min(3 + depth, 6), names.section(section))
            for depth, section in enumerate(group.path)
            if depth >= same
        ] or [(3, label("no_section", lang))]
        headings[-1] = (headings[-1][0], headings[-1][1] + gone_note(group, lang))
        opened = group.path
        yield Chapter(
            group=group,
            headings=tuple(headings),
            title=headings[-1][1],
            cards=tuple(_card(item, report, tokens) for item in group.items),
        )


def _card(item: Item, report: Report, tokens: dict[str, str]) -> Card:
    lang = report.options.lang
    context = report.options.context
    one = report.facts.one_language
    inline = [markup(shorten(redline, context)) for redline in item.redlines]
    inline += [_whole(task, "delete" if one else "equal") for task in item.removed]
    inline += [_whole(task, "insert" if one else "equal") for task in item.added]
    inline += [_whole(task, "equal") for task in item.unchanged]
    if item.redlines:
        old_side = [markup(side(redline, "insert")) for redline in item.redlines]
        new_side = [markup(side(redline, "delete")) for redline in item.redlines]
    else:
        old_tasks, new_tasks = item.removed, item.added
        if item.unchanged:
            old_tasks, new_tasks = item.old, item.unchanged
        struck = one and not item.unchanged
        old_side = [_whole(task, "delete" if struck else "equal") for task in old_tasks]
        new_side = [_whole(task, "insert" if struck else "equal") for task in new_tasks]
    return Card(
        item=item,
        badges=badges(item, lang),
        severity=labels.pick(labels.SEVERITIES[item.severity], lang),
        lines=tuple((line.sign, capital(line.text)) for line in item.lines),
        inline=tuple(inline),
        old_side=tuple(old_side),
        new_side=tuple(new_side),
        bodies=" ".join(tokens[key] for key in item.bodies),
    )


def _whole(task: Task, op: SegmentOp) -> Markup:
    return markup(((op, task.text),))


def markup(segments: Segments) -> Markup:
    """Segments as ``del`` and ``ins`` elements; all text escaped."""
    return Markup("").join(
        Markup("<{0}>{1}</{0}>").format(Markup(_TAGS[op]), clean(text))
        if op in _TAGS
        else escape(clean(text))
        for op, text in segments
    )
