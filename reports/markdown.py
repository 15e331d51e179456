"""A changeset as Markdown, to paste into an issue, a wiki or a message."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plans.model import Changeset, Plan, SegmentOp
from plans.registry.model import Registry
from reports import labels
from reports.captions import badges, describe, group_title, joined, summary_rows
from reports.clean import clean
from reports.inline import Segments, shorten
from reports.labels import label
from reports.options import ReportOptions
from reports.outline import Item, Report, prepare
from reports.wording import capital

# What Markdown or HTML in Markdown would take for its own, and what starts a block on a line.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~#&])")
_BLOCK = re.compile(r"^(\s*\d{0,9})([-+=.)])")
_GAPS = re.compile(r"\n{3,}")
_MENTION = re.compile(r"(?<!\w)@(?=\w)")
# Tags, not ~~ and **: beside Chinese punctuation Markdown does not take those for marks.
_TAGS: dict[SegmentOp, tuple[str, str]] = {
    "equal": ("", ""),
    "delete": ("<del>", "</del>"),
    "insert": ("<ins>", "</ins>"),
}


def render(
    changeset: Changeset, old: Plan, new: Plan, registry: Registry, options: ReportOptions
) -> str:
    """The report as GitHub-flavoured Markdown with del and ins elements for differences.

    Text of a plan is escaped, so that it formats, mentions and breaks nothing.
    """
    report = prepare(changeset, old, new, registry, options)
    return _GAPS.sub("\n\n", "\n".join(_lines(report))).rstrip() + "\n"


def _lines(report: Report) -> Iterator[str]:
    changeset, lang, outline = report.facts.changeset, report.options.lang, report.outline
    yield f"# {escape(changeset.old.title)} → {escape(changeset.new.title)}"
    yield ""
    yield f"**{escape(outline.summary.headline)}**"
    yield ""
    colon = labels.colon(lang)
    old, new = report.facts.old.plan, report.facts.new.plan
    for key, side, plan in (("old", changeset.old, old), ("new", changeset.new, new)):
        about = escape(describe(side, plan, lang))
        about = f"（{about}）" if lang == "zh" else f" ({about})"
        yield f"- {label(key, lang)}{colon}{escape(side.title)}{about}"
    for row in summary_rows(report):
        mark = f"{row.sign} " if row.sign else ""
        yield f"- {row.heading}{colon}{mark}{escape(joined(row.entries, lang, row.sign))}"
    if outline.document:
        yield from _section(label("document", lang))
        for item in outline.document:
            yield from _item(item, report)
    for group in outline.groups:
        yield from _section(group_title(group, report))
        for item in group.items:
            yield from _item(item, report)
        if group.renumbered:
            yield f"*{label('renumbered_only', lang)}{colon}{', '.join(group.renumbered)}*"
            yield ""
    for key, tasks in (("old", outline.unmatched_old), ("new", outline.unmatched_new)):
        if tasks:
            yield from _section(f"{label('unmatched', lang)}{colon}{label(key, lang)}")
            yield report.wording.names.tasks(tasks)
            yield ""


def _section(title: str) -> Iterator[str]:
    yield ""
    yield f"## {escape(title)}"
    yield ""


def _item(item: Item, report: Report) -> Iterator[str]:
    lang = report.options.lang
    if item.number:
        words = ("、" if lang == "zh" else ", ").join(badges(item, lang))
        severity = labels.pick(labels.SEVERITIES[item.severity], lang)
        yield f"**{escape(item.number)}** · {severity} · {words}"
        yield ""
    for line in item.lines:
        mark = "\\" if line.sign in "+~" else ""
        yield f"- {mark}{line.sign} {escape(capital(line.text))}"
    if item.lines:
        yield ""
    one = report.facts.one_language
    texts: list[Segments] = [shorten(r, report.options.context) for r in item.redlines]
    texts += [(("delete" if one else "equal", task.text),) for task in item.removed]
    texts += [(("insert" if one else "equal", task.text),) for task in item.added]
    texts += [(("equal", task.text),) for task in item.unchanged]
    for segments in texts:
        yield f"> {marked(segments)}"
        yield ""


def marked(segments: Segments) -> str:
    """Pieces as one line, what is gone in del elements and what is new in ins elements."""
    line = "".join(
        _TAGS[op][0] + _escaped(clean(text)) + _TAGS[op][1] for op, text in segments if text
    )
    return _BLOCK.sub(r"\1\\\2", line)


def escape(text: str) -> str:
    """Published text as Markdown that shows exactly this text."""
    return _BLOCK.sub(r"\1\\\2", _escaped(clean(text)))


def _escaped(text: str) -> str:
    return _MENTION.sub("@\u2060", _SPECIAL.sub(r"\\\1", text))
