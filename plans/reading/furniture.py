"""What pages print around a text: breadcrumbs, sources, dates, letterheads, and labelled metadata.

Reprints carry these lines as words (china-ip-plans.md, 5). None of them is a title; some of them say
what the header needs: the document's number and the day of publication.
"""

from __future__ import annotations

import datetime as dt
import re

from plans.reading.dates import FULL_DATE, date_of

#: Characters before and in the brackets of a document's number, as printed.
NUMBER = re.compile(
    r"(?P<number>[\u3400-\u9fffA-Za-z（）]{2,16}?[〔（\[﹝]?\s?(?:19|20)\d\d\s?[〕）\]﹞] ?(?:第 ?)?\d{1,5} ?号"
    r"|[\u3400-\u9fff]{2,12}(?:19|20)\d\d年第\d{1,4}号|[\u3400-\u9fff]{2,12}令第\d{1,4}号|第\d{1,4}号)"
)
_LINE = re.compile(
    "^(?:首页|返回首页|当前位置|您的?位置|现在位置|所在位置|来源|发布时间|发布日期|发文日期|日期|时间|公开日期|更新时间|"
    "成文日期|生成日期|施行日期|实施日期|公布日期|浏览|阅读|点击|人气|字体|【?字体|累计次数|打印|分享|作者|责任编辑|编辑|"
    "索引号|索 引 号|主题分类|组配分类|信息分类|分类|发文机关|发布机构|发布单位|发文单位|公开方式|有效性|时效性|效力级别|"
    "效力等级|法规类别|政策咨询|名称[：|]|标题[：|]|信息来源|信息类别|扫一扫|关闭|"
    "(?:全国)?(?:服务|咨询)?(?:热线|电话)|设为首页|加入收藏|无障碍浏览"
    r"|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?: ?\d{1,2}:\d\d(?::\d\d)?)? ?(?:来源|字体|浏览|作者|发布|阅读|分享|【|$))"
)
#: A line that is one of these words tells nothing.
_WORD = re.compile(
    "^(?:全文|正文|内容全文|全文内容|全文如下|基本介绍|政策法规|法律法规|通知公告|>.*)：?$"
)
#: The red head of a paper: 甲市人民政府文件. 甲政府关于清理某文件 is the first line of a title.
_LETTERHEAD = re.compile("(?:(?!关于)[\u3400-\u9fff]){4,60}文件")
_NUMBER_LABEL = re.compile("^(?:发文字号|文号|文件编号|发文号)：?")
_TITLE_INSIDE = re.compile("^(?:标题|名称)[：| ]{1,4}(?P<title>[^：|]{6,120}?)[| ]*$")
_NUMBER_INSIDE = re.compile(f"(?:发文字号|文号)[：| ]{{1,4}}{NUMBER.pattern}")
_PUBLISHED = re.compile(
    "(?:发布时间|发布日期|公开日期|(?<![文行施成])(?:时间|日期)|发表时间|发布于|发稿时间)[：| ]{0,4}"
    f"(?:{FULL_DATE.pattern})"
)
#: 2031-05-07 10:22 来源：某网. A signature's date is written with 年.
_DATED = re.compile(
    r"(?P<y2>(?:19|20)\d\d)[-/.](?P<m2>\d{1,2})[-/.](?P<d2>\d{1,2})(?P<y>)(?P<m>)(?P<d>)"
)
_LONGEST = 160


def is_furniture(plain: str) -> bool:
    """Whether the folded line belongs to the page and not to its text."""
    label = _NUMBER_LABEL.match(plain)
    if label is not None:
        return NUMBER.fullmatch(plain, label.end()) is None
    return len(plain) < _LONGEST and bool(
        _LINE.match(plain) or _WORD.match(plain) or "|" in plain or is_letterhead(plain)
    )


def is_label(plain: str) -> bool:
    """Whether the folded line begins as a labelled line of the page does (来源：…)."""
    return bool(_LINE.match(plain) or _NUMBER_LABEL.match(plain))


def is_letterhead(plain: str) -> bool:
    """Whether the folded line is a paper's red head."""
    return _LETTERHEAD.fullmatch(plain) is not None


def number_label(plain: str) -> int:
    """How many characters of the folded line are the label of a document's number; 0: none."""
    match = _NUMBER_LABEL.match(plain)
    return match.end() if match else 0


def labelled_number(plain: str) -> tuple[int, int] | None:
    """Where a labelled number stands in a folded line of metadata (发布机构：… 文号：…)."""
    match = _NUMBER_INSIDE.search(plain)
    return match.span("number") if match else None


def labelled_title(plain: str) -> tuple[int, int] | None:
    """Where the title stands in a folded line of metadata (标题：某通知)."""
    match = _TITLE_INSIDE.match(plain)
    return match.span("title") if match else None


def published_in(plain: str) -> dt.date | None:
    """The day of publication that the folded line gives, None where it gives none."""
    match = _PUBLISHED.search(plain) or _DATED.match(plain)
    return date_of(match) if match else None
