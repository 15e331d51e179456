"""Makes pages out of templates: everything escaped, in the reader's language, times in Beijing's."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit
from zoneinfo import ZoneInfo

from fastapi import Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from dashboard import phrases
from dashboard.assets import asset_url
from dashboard.desk import Desk
from dashboard.language import COOKIE, LANGS, Lang, language_of
from dashboard.memento import copy_path
from dashboard.security.callers import form_token, session_name
from dashboard.templating import PageTemplates
from monitor.status import Trouble
from plans.registry.model import Registry
from reports import labels
from reports.clean import clean
from reports.names import Names
from reports.options import ReportOptions

SHANGHAI = ZoneInfo("Asia/Shanghai")
_YEAR = 365 * 24 * 3600


def page_templates(own_folder: Path | None = None) -> PageTemplates:
    """The templates of all pages, with a user's own in their place."""
    return PageTemplates(
        {
            "moment": moment,
            "clean": clean,
            "seg": segment,
            "host": host,
            "outward": outward,
            "copy_path": copy_path,
        },
        {"asset": asset_url, "address": address},
        own_folder,
        values=frozenset({"path"}),
    )


def show(
    request: Request, desk: Desk, template: str, *, status: int = 200, **values: Any
) -> HTMLResponse:
    """The page of a template. ``values`` are its names; a name that it lacks is an error."""
    lang = language_of(request)
    words = Words(lang, desk.registry)
    known = {
        "lang": lang,
        "html_lang": "zh-Hans" if lang == "zh" else "en",
        "say": words.say,
        "words": words,
        "names": words.names,
        "path": request.url.path,
        "in_language": lambda other: _again(request, lang=other),
        "again": lambda **more: _again(request, **more),
        "form_token": lambda: form_token(request),
        "signed_in": session_name(request, desk.now()),
    }
    text = desk.templates.render(template, known | values)
    answer = HTMLResponse(text, status_code=status)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Vary"] = "Cookie, Accept-Language"
    if request.query_params.get("lang") in LANGS:
        answer.set_cookie(COOKIE, lang, max_age=_YEAR, samesite="strict", httponly=True)
    return answer


class Words:
    """The words of a page in one language."""

    def __init__(self, lang: Lang, registry: Registry) -> None:
        self.lang = lang
        self.names = Names(registry, lang)

    def say(self, en: str, zh: str) -> str:
        """One of two wordings."""
        return zh if self.lang == "zh" else en

    def label(self, key: str) -> str:
        """A fixed word that pages share with reports."""
        return labels.label(key, self.lang)

    def count(self, number: int, noun: str, zh: str, plural: str | None = None) -> str:
        """A number with its noun."""
        return labels.count(number, noun, self.lang, zh, plural)

    def title(self, document: Any) -> str:
        """A document's title in the reader's language."""
        return clean(document.title_zh if self.lang == "zh" else document.title_en)

    def nature(self, nature: str) -> str:
        """What kind of text a version is."""
        return labels.pick(labels.NATURES[nature], self.lang)  # type: ignore[index]

    def severity(self, severity: str) -> str:
        """A severity in words."""
        return labels.pick(labels.SEVERITIES[severity], self.lang)  # type: ignore[index]

    def role(self, role: str) -> str:
        """A role in words."""
        return labels.pick(labels.ROLES[role], self.lang)  # type: ignore[index]

    def language(self, code: str) -> str:
        """The language of a text, in words."""
        pairs = {
            "zh-Hans": ("Chinese", "中文"),
            "zh-Hant": ("Chinese, traditional", "繁体中文"),
            "en": ("English", "英文"),
        }
        return labels.pick(pairs[code], self.lang)

    def of(self, table: str, name: str) -> str:
        """A name of the watch in words; ``table`` names a table of :mod:`dashboard.phrases`."""
        return phrases.phrase(phrases.TABLES[table], name, self.lang == "zh")

    def trouble(self, trouble: Trouble) -> Markup:
        """What is wrong with a source, since when."""
        since = moment(trouble.since)
        if trouble.kind == "overdue":
            return Markup(
                self.say("due since {}, and nobody looks", "应于{}查看，至今未查看")
            ).format(since)
        outcome = self.of("outcomes", trouble.outcome)
        told = self.say("failing since {}, {} times: {}", "自{}起连续失败{}次：{}")
        return Markup(told).format(since, trouble.times, outcome)


def report_options(request: Request, desk: Desk, **more: Any) -> ReportOptions:
    """Options of a report for this reader."""
    return ReportOptions(lang=language_of(request), date=desk.now(), **more)


def moment(value: dt.datetime | None, *, day: bool = False) -> Markup:
    """A moment as a time element in Beijing's time; a dash for none."""
    if value is None:
        return Markup('<span class="nothing">–</span>')
    local = value.astimezone(SHANGHAI)
    shown = local.strftime("%Y-%m-%d" if day else "%Y-%m-%d %H:%M")
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), shown)


def segment(value: object) -> str:
    """A value as one segment of a path."""
    return quote(str(value), safe="")


def outward(url: str) -> str:
    """An address for a link: of the web, or else none. What was fetched may name any scheme."""
    return url if url.lower().startswith(("http://", "https://")) else ""


def host(url: str) -> str:
    """The host of an address, for people."""
    try:
        return clean(urlsplit(url).hostname or url)
    except ValueError:
        return clean(url)


def address(path: str, **query: object) -> str:
    """A path with its query; what is None or empty is left out."""
    given = [(key, str(value)) for key, value in query.items() if value not in (None, "")]
    return f"{path}?{urlencode(given)}" if given else path


def _again(request: Request, **other: object) -> str:
    """This page's address with other values for some parameters."""
    kept = [(key, value) for key, value in request.query_params.multi_items() if key not in other]
    asked = [*kept, *other.items()]
    return quote(request.url.path) + (f"?{urlencode(asked)}" if asked else "")
