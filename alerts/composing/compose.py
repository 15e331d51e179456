"""From a draft to a message: the facts of an alert, in the order in which people need them. Pure.

The first line says it all. Then the bodies that gained and lost tasks, the commitments, the tasks
that are new or no longer listed, and the words changed; what is only editorial is a count. What
still differs from the baseline is a count too, unless the subscription asks for the baseline alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from alerts.composing.groups import groups_of
from alerts.composing.headline import first_line
from alerts.composing.message import Group, Link, Message
from alerts.composing.notices import notice
from alerts.composing.safety import plain, safe_url
from alerts.events import Event
from alerts.routing import AlertDraft, Told
from plans.model import Value
from plans.registry.model import Registry
from reports import labels
from reports.facts import Facts
from reports.options import ReportLanguage, ReportOptions
from reports.summary import summarise
from reports.wording import capital

LONGEST_HEADLINE = 240


class LinkMaker(Value, frozen=True, kw_only=True):
    """Where the dashboard stands, if anywhere; ``dashboard_url`` without a slash at its end."""

    dashboard_url: str | None = None

    def version(self, document: str, number: int) -> str | None:
        """The page of one version; None without a dashboard."""
        if self.dashboard_url is None:
            return None
        return f"{self.dashboard_url.rstrip('/')}/documents/{document}/versions/{number}"


def compose(draft: AlertDraft, registry: Registry, links: LinkMaker | None = None) -> Message:
    """The message that tells ``draft`` to its subscription."""
    event, lang = draft.event, draft.subscription.language
    topic = topic_of(event, lang)
    groups: list[Group] = []
    counts: list[str] = []
    in_full = [told for told in draft.told if told.in_full]
    for told in in_full:
        found, editorial = groups_of(_facts(told, registry), lang)
        groups += found
        editorial += dict(told.left_out).get("editorial", 0)
        if editorial:
            counts.append(_editorial(editorial, lang))
    counts += [line for told in draft.told if (line := _left_out(told, lang))]
    counts += [_baseline_counts(told, registry, lang) for told in draft.told if not told.in_full]
    said = [] if event.kind == "version_recorded" and in_full else [notice(event, lang)]
    said += [first_line(told, registry, lang) for told in in_full[:1]]
    headline = topic + "".join(labels.colon(lang) + words for words in said)
    return Message(
        headline=plain(headline, LONGEST_HEADLINE),
        topic=topic,
        language=lang,
        severity=draft.severity,
        notes=tuple(_notes(draft, lang)),
        groups=tuple(groups),
        counts=tuple(counts),
        links=tuple(_links(event, links or LinkMaker(), lang)),
        archive_ref=event.archive_ref,
    )


def topic_of(event: Event, lang: ReportLanguage) -> str:
    """What the message is about: the document with its edition, else the source or channel."""
    newest = event.comparisons[0].new if event.comparisons else None
    names = [event.title_zh, event.title_en] if lang == "zh" else [event.title_en, event.title_zh]
    name = next(filter(None, (*names, newest.title if newest else None, event.document)), None)
    if name is None:
        name = event.source or event.channel or "planwatch"
    edition = event.edition or (newest.edition if newest else None)
    if edition and edition not in name:
        name = f"{name}（{edition}）" if lang == "zh" else f"{name} {edition}"
    return plain(name, 120)


def _change(n: int) -> str:
    return "change" if n == 1 else "changes"


def _facts(told: Told, registry: Registry) -> Facts:
    comparison = told.comparison
    return Facts(comparison.changeset, comparison.old, comparison.new, registry)


# --- the lines around -------------------------------------------------------------------------


def _notes(draft: AlertDraft, lang: ReportLanguage) -> Iterable[str]:
    event, zh = draft.event, lang == "zh"
    reason = plain(event.reason or "", 500) if event.kind != "version_recorded" else ""
    if event.unconfirmed and (zh or not reason.lower().startswith("unconfirmed")):
        yield (
            "未经证实：仅见于非官方来源，官方文本尚未显示此内容。"
            if zh
            else "Unconfirmed: only an unofficial source shows this; the official text does not."
        )
    if any(
        told.comparison.new.covers_part or told.comparison.old.covers_part for told in draft.told
    ):
        yield (
            "其中一方仅为摘要：摘要未提及的任务不视为新增或取消。"
            if zh
            else "One side is a summary: what it does not mention is neither new nor gone."
        )
    if reason:
        yield capital(reason)


def _editorial(n: int, lang: ReportLanguage) -> str:
    if lang == "zh":
        return f"另有{n}处仅为文字变化（序号、标点、名称写法）。"
    return f"{n} editorial {_change(n)} besides (numbers, punctuation, names)."


def _left_out(told: Told, lang: ReportLanguage) -> str:
    left_out = [(severity, n) for severity, n in told.left_out if severity != "editorial"]
    total = sum(n for _, n in left_out)
    if not total or not told.in_full:
        return ""
    split = (", " if lang != "zh" else "，").join(
        f"{labels.pick(labels.SEVERITIES[severity], lang)} {n}" for severity, n in left_out
    )
    if lang == "zh":
        return f"不在本订阅范围内的其他变化：{total}处（{split}）。"
    return f"Outside this subscription: {total} more {_change(total)} ({split})."


def _baseline_counts(told: Told, registry: Registry, lang: ReportLanguage) -> str:
    facts = _facts(told, registry)
    counted = summarise(facts, ReportOptions(lang=lang)).counts
    by_kind = (", " if lang != "zh" else "，").join(
        f"{labels.pick(labels.KINDS[kind], lang)} {n}"
        for kind, n in sorted(counted.items(), key=lambda pair: -pair[1])[:8]
    )
    edition = told.comparison.changeset.old.edition or told.comparison.changeset.old.ref
    total = len(facts.changeset.changes)
    if lang == "zh":
        return plain(f"与基准文本{edition}相比仍有{total}处不同（{by_kind}）。")
    word = "difference" if total == 1 else "differences"
    return plain(f"Against the baseline {edition}: {total} {word} in all ({by_kind}).")


def _links(event: Event, links: LinkMaker, lang: ReportLanguage) -> Iterable[Link]:
    zh = lang == "zh"
    if source := safe_url(event.url):
        yield Link(label="来源页面" if zh else "Source page", url=source)
    if event.document and event.version is not None:
        page = safe_url(links.version(event.document, event.version))
        if page:
            yield Link(label="在planwatch中查看" if zh else "Open in planwatch", url=page)
