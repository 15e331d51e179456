"""The sentence for each event beside changes, in both languages. Pure; no full stop at the end."""

from __future__ import annotations

from typing import Final

from alerts.events import Event, EventKind
from reports.options import ReportLanguage

_NOTICES: Final[dict[EventKind, tuple[str, str]]] = {
    "version_recorded": ("a new version was recorded", "已记录新版本"),
    "reverted": ("the page shows an older text again", "页面恢复为较早的文本"),
    "withdrawn": ("the official page is gone", "官方页面已撤下"),
    "mirror_differs": (
        "a copy differs from the official text",
        "转载文本与官方文本不一致",
    ),
    "published_unreadable": (
        "published, but not yet readable for planwatch",
        "已发布，但暂时无法识读",
    ),
    "no_new_edition": (
        "no new edition by the date on which it was expected",
        "到预期日期仍未见新一年度文本",
    ),
    "now_watching": ("now watching", "已开始关注"),
    "source_failing": ("this source has been failing", "该来源持续失败"),
    "source_recovered": ("this source works again", "该来源已恢复"),
    "review_waiting": (
        "something was fetched that a person must look at",
        "有抓取内容需要人工核对",
    ),
    "delivery_failed": ("alerts can no longer be delivered", "提醒无法送达"),
    "test": ("this is a test, all is well", "这是一条测试消息，一切正常"),
}


def notice(event: Event, lang: ReportLanguage) -> str:
    """What happened, for the first line of a message."""
    en, zh = _NOTICES[event.kind]
    return zh if lang == "zh" else en
