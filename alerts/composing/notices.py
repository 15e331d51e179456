"""The sentence for each event beside changes, in both languages. Pure; no full stop at the end."""

from __future__ import annotations

from typing import Final

from alerts.events import Event, EventKind
from reports.options import ReportLanguage

_NOTICES: Final[dict[EventKind, tuple[str, str]]] = {
    "version_recorded": ("a new version was recorded", "已记录新版本"),
    "reverted": ("the page shows an earlier text again", "页面恢复为此前的文本"),
    "withdrawn": ("the official page is gone", "官方页面已撤下"),
    "mirror_differs": (
        "unconfirmed: a copy differs from the official text",
        "未经证实：转载文本与官方文本不一致",
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


#: A text at a mirror, of an edition of which no official text is known yet.
_AHEAD = ("unconfirmed: so far seen at an unofficial site only", "未经证实：目前仅见于非官方网站")
_SAME_AGAIN = (
    "the new edition is out, and says what the one before it said",
    "新一年度文本已发布，内容与上一年度相同",
)
#: A page that was told to be gone, with the text that it had.
_BACK = ("the official page is there again", "官方页面已恢复")


def notice(event: Event, lang: ReportLanguage) -> str:
    """What happened, for the first line of a message."""
    en, zh = _words(event)
    return zh if lang == "zh" else en


def _words(event: Event) -> tuple[str, str]:
    if event.kind == "reverted" and not event.comparisons:
        return _BACK
    if event.kind == "mirror_differs" and all(
        c.changeset.old.edition != event.edition for c in event.comparisons
    ):
        return _AHEAD
    before = event.comparison("predecessor")
    if event.kind == "version_recorded" and before is not None and not before.changeset.changes:
        return _SAME_AGAIN
    return _NOTICES[event.kind]
