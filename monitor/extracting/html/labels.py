"""The words by which Chinese government pages label facts about a document, and dates."""

from __future__ import annotations

import datetime as dt
import re

#: What each label of a metadata table or line stands for; None: known, of no use to us.
LABELS: dict[str, str | None] = {
    "标题": "title", "名称": "title", "文件名称": "title", "信息名称": "title", "標題": "title",
    "发布日期": "published", "发布时间": "published", "公开日期": "published", "发布於": "published",
    "发文日期": "issued", "成文日期": "issued", "生成日期": "issued", "印发日期": "issued",
    "成文时间": "issued", "发文字号": "number", "发文文号": "number", "文号": "number",
    "文件编号": "number", "发文号": "number", "公文文号": "number", "发布文号": "number",
    "来源": "source", "信息来源": "source", "文章来源": "source", "稿件来源": "source",
    "日期": "published", "时间": "published",
    "发文机关": "issuer", "发布机构": "issuer", "发文机构": "issuer", "发布单位": "issuer",
    "制发机关": "issuer", "发文单位": "issuer", "公开机构": "issuer", "所属机构": "issuer",
    "索引号": None, "信息索引号": None, "主题分类": None, "主题词": None, "公文种类": None,
    "文件类型": None, "信息分类": None, "分类": None, "体裁分类": None, "组配分类": None,
    "公开方式": None, "公开类别": None, "公开范围": None, "公开形式": None, "公开时限": None,
    "有效性": None, "时效性": None, "是否有效": None, "效力状态": None, "生效日期": None,
    "实施日期": None, "失效日期": None, "废止日期": None, "有效期": None, "关键词": None,
    "关键字": None, "内容概述": None, "内容概况": None, "信息类别": None, "服务对象": None,
    "公开责任部门": None, "责任部门": None, "承办单位": None, "签发人": None, "文件状态": None,
    "联系电话": None, "语种": None, "分类号": None, "统一登记号": None, "作者": None,
    "编辑": None, "责任编辑": None, "浏览": None, "浏览次数": None, "点击数": None,
    "阅读次数": None, "字号": None, "字体": None, "点击量": None, "阅读": None, "访问次数": None,
}  # fmt: skip

#: Of these, one alone marks a table as metadata only together with others (they head real tables).
_ALSO_IN_TEXT = frozenset({"责任部门", "名称", "标题", "日期", "时间", "分类", "承办单位", "来源", "作者",
                           "实施日期", "文件名称", "有效期", "联系电话", "发布日期", "发文字号", "文号",
                           "发文单位", "成文日期", "发文机关"})  # fmt: skip

_DAY = re.compile(r"((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d{3})")
_ENGLISH = re.compile(
    r"\b(\d{1,2})\s+(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s+((?:19|20)\d\d)"
    r"|\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(\d{1,2}),?\s+((?:19|20)\d\d)",
    re.IGNORECASE,
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
#: Chinese office numbers: issuer's short name, year in brackets, running number.
_NUMBER = r"[\u4e00-\u9fff]{1,16}\s*[〔\[（(［【﹝]\s*(?:19|20)\d\d\s*[〕\]）)］】﹞]\s*第?\s*\d{1,5}\s*号"
NUMBER = re.compile(_NUMBER)
_DECREE = re.compile(
    r"(?:[\u4e00-\u9fff]{0,30}(?:令|公告))?\s*[（(〔]?\s*(?:(?:19|20)\d\d年)?第\s*\d{1,5}\s*号\s*[）)〕]?"
)

#: Public web pages start about here; an earlier date is a slip of the pen or a computer's zero.
_FIRST_YEAR = 1995


def label_key(text: str) -> str:
    """A label without the white space and colons that spread it (``标　　题：``)."""
    return re.sub(r"[\s\u3000\xa0：:【】\[\]]+", "", text)


def says_metadata(keys: list[str]) -> bool:
    """True for the labels of a metadata block: three known ones, one of them used nowhere else."""
    known = [key for key in keys if key in LABELS]
    return len(known) >= 3 and any(key not in _ALSO_IN_TEXT for key in known)


def parse_date(text: str | None) -> dt.date | None:
    """The first date in ``text`` (ISO, 年月日, compact, English), None where there is none."""
    if not text:
        return None
    text = text[:400]
    if match := _DAY.search(text) or _COMPACT.search(text):
        return _date(match[1], match[2], match[3])
    if match := _ENGLISH.search(text):
        day, month, year = match[1] or match[5], match[2] or match[4], match[3] or match[6]
        return _date(year, str(_MONTHS.index(month.lower()) + 1), day)
    return None


def _date(year: str, month: str, day: str) -> dt.date | None:
    try:
        date = dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
    return date if date.year >= _FIRST_YEAR else None


_NUMBER_LABEL = re.compile("^ *(?:发文字号|發文字號|文号|文號)[:： 　]*")


def is_number_line(line: str) -> bool:
    """True for a line that is nothing but a document number, as under a notice's title."""
    line = line.strip(" 　（）()")
    return len(line) <= 40 and (
        NUMBER.fullmatch(line) is not None or _DECREE.fullmatch(line) is not None
    )


def number_in_opening(lines: list[str]) -> str | None:
    """The document's own number: the first line of the opening that is a number and no more.

    A number quoted in the preamble is another document's, so only whole lines count.
    """
    for at, line in enumerate(lines[:12]):
        bare = _NUMBER_LABEL.sub("", line).strip(" 　（）()")
        if len(bare) <= 40 and NUMBER.fullmatch(bare):
            return bare
        if at and _DECREE.fullmatch(bare) and len(bare) <= 40:
            above = lines[at - 1].strip()
            # A decree's number stands under the name of its series: 中华人民共和国…令 / 第31号.
            return above + bare if above.endswith(("令", "公告")) and len(above) <= 40 else bare
    return None
