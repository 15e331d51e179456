"""What the watch calls things by name, in the words of pages: English and Chinese, one table each.

A name that no table knows is shown as it is, with blanks for its underscores: nothing is hidden
because a word for it is missing. A test holds the tables against the names that there are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from monitor.outcomes import in_words
from reports.labels import Pair

#: What a look, a fetch or an import came to (monitor/outcomes.py).
OUTCOMES: Final[dict[str, Pair]] = {
    "ok": ("fetched", "已抓取"),
    "not_modified": ("unchanged", "无更新"),
    "forbidden_by_robots": ("forbidden by robots.txt", "robots.txt 不允许抓取"),
    "forbidden_address": ("address not allowed", "地址不允许访问"),
    "gone": ("gone", "页面不存在"),
    "moved_home": ("leads to a home page", "跳转至首页"),
    "redirect_loop": ("redirects in a circle", "循环跳转"),
    "truncated": ("cut off", "内容不完整"),
    "too_large": ("too large", "文件过大"),
    "wrong_type": ("not a text", "类型不符"),
    "timeout": ("no answer in time", "超时无响应"),
    "dns_error": ("name not found", "域名无法解析"),
    "tls_error": ("certificate not valid", "证书错误"),
    "connection_error": ("no connection", "连接失败"),
    "rate_limited": ("asked to come more slowly", "被限制访问频率"),
    "client_error": ("refused by the server", "服务器拒绝访问"),
    "server_error": ("fault of the server", "服务器出错"),
    "same_text": ("unchanged", "内容未变"),
    "new_version": ("new version", "新版本"),
    "variant": ("differs from the official text", "与正式文本不同"),
    "witnessed": ("the same text elsewhere", "他处同文"),
    "confirmed": ("confirmed by an official source", "官方来源已证实"),
    "reverted": ("an earlier text again", "恢复为早先文本"),
    "listed": ("list read", "列表已读取"),
    "list_not_understood": ("list not understood", "列表无法识别"),
    "challenge": ("walled off by a check for people", "被人机验证拦截"),
    "shell": ("an empty shell", "空壳页面"),
    "list_page": ("a list, not a text", "是列表而非正文"),
    "empty": ("empty", "内容为空"),
    "not_a_plan": ("not a text of the document", "不是所跟踪的文件"),
    "held": ("waits for a decision", "待人工核定"),
    "unreadable": ("published, not yet readable", "已发布，尚无法解读"),
    "program_fault": ("fault of the program: see the log", "程序出错，详见日志"),
}

#: Why content was held for a person (monitor/checking.py).
DOUBTS: Final[dict[str, Pair]] = {
    "lost_tasks": ("Many tasks are missing", "任务大量缺失"),
    "lost_text": ("Much of the text is missing", "正文大量缺失"),
    "language_changed": ("The language is another one", "语言发生变化"),
    "no_tasks": ("No task was understood", "未能识别出任务"),
    "no_text": ("There is hardly any text", "几乎没有正文"),
    "scanned": ("A scan: its pages are pictures", "扫描件，页面为图片"),
    "encrypted": ("The file is encrypted", "文件已加密"),
    "unreadable": ("The file cannot be read", "文件无法读取"),
    "too_large": ("The file is too large to be read", "文件过大，无法读取"),
    "unfetched": ("Listed, but its page cannot be fetched", "已列出，但页面无法获取"),
    "identity_unsure": ("It may be another document", "可能不是所跟踪的文件"),
}

#: What an alert tells of (alerts/events.py).
EVENTS: Final[dict[str, Pair]] = {
    "version_recorded": ("new version", "新版本"),
    "reverted": ("earlier text again", "恢复为早先文本"),
    "withdrawn": ("page withdrawn", "页面已撤下"),
    "mirror_differs": ("mirror differs", "转载文本不同"),
    "published_unreadable": ("published, not yet readable", "已发布，尚无法解读"),
    "no_new_edition": ("no new edition yet", "新年度文件逾期未见"),
    "now_watching": ("now watching", "开始监测"),
    "source_failing": ("source failing", "来源异常"),
    "source_recovered": ("source works again", "来源恢复正常"),
    "review_waiting": ("decision needed", "待人工核定"),
    "delivery_failed": ("delivery failed", "发送失败"),
    "test": ("test", "测试"),
}

#: The kinds of sources and what their word is worth (monitor/config/sources.py).
KINDS: Final[dict[str, Pair]] = {
    "article": ("single page", "单篇页面"),
    "list": ("list of pages", "列表页"),
    "feed": ("feed", "订阅源"),
    "search": ("search", "站内搜索"),
    "file": ("file or folder", "文件或文件夹"),
}
AUTHORITIES: Final[dict[str, Pair]] = {
    "official": ("official", "官方"),
    "mirror": ("mirror", "转载"),
    "translation": ("translations", "译文"),
    "commentary": ("commentary", "评论解读"),
}

#: Deliveries and their attempts (storage/records.py, alerts/timing.py).
DELIVERIES: Final[dict[str, Pair]] = {
    "pending": ("waiting", "待发送"),
    "sent": ("arrived", "已送达"),
    "dead": ("failed", "发送失败"),
    "dropped": ("dropped", "已取消"),
}
RHYTHMS: Final[dict[str, Pair]] = {
    "at_once": ("at once", "即时"),
    "part": ("what did not fit", "其余部分"),
    "reminder": ("reminder", "催阅"),
    "daily": ("daily digest", "每日摘要"),
    "weekly": ("weekly digest", "每周摘要"),
}
ATTEMPTS: Final[dict[str, Pair]] = {
    "started": ("begun", "已开始"),
    "sent": ("arrived", "已送达"),
    "failed": ("failed", "失败"),
}

#: What the reader was not sure of (plans/reading).
NOTES: Final[dict[str, Pair]] = {
    "contents": ("table of contents", "目录"),
    "unfolded": ("one line broken up", "拆分连排文字"),
    "stray_number": ("number outside of tasks", "任务之外的序号"),
    "no_numbers": ("no numbers", "没有序号"),
    "page_furniture": ("words of the web page", "网页附带文字"),
    "empty": ("empty", "内容为空"),
    "no_tasks": ("no tasks", "未识别出任务"),
    "number_twice": ("number twice", "序号重复"),
    "outside_tasks": ("outside of tasks", "任务之外的段落"),
    "repeated": ("repeated", "内容重复"),
    "too_long": ("too long", "段落过长"),
}

TABLES: Final[dict[str, dict[str, Pair]]] = {
    "outcomes": OUTCOMES,
    "doubts": DOUBTS,
    "events": EVENTS,
    "kinds": KINDS,
    "authorities": AUTHORITIES,
    "deliveries": DELIVERIES,
    "rhythms": RHYTHMS,
    "attempts": ATTEMPTS,
    "notes": NOTES,
}


def phrase(table: Mapping[str, Pair], name: str, zh: bool) -> str:
    """The words for a name, in Chinese where ``zh``."""
    pair = table.get(name)
    return in_words(name) if pair is None else pair[zh]
