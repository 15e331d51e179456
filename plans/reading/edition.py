"""What follows from title, preamble, number and signer: the edition, the nature, whose text it is."""

from __future__ import annotations

import re

from plans.model import Nature
from plans.reading.actors import PROVINCES, is_local

_EDITION = re.compile(
    r"(?<![\d年月日])(?P<a>20\d\d)(?:年?[-~至到](?P<b>20\d\d))?(?=年(?!(?:以来|前|底|起|来|末|年底|年末|\d|[上下]半年|[〇一二三四五六七八九十]+月|\d{1,2}月|第.{1,4}届"
    # The games of a year, not a plan for it: 2031年某运动会.
    r"|[\u3400-\u9fff]{0,8}(?:奥运|奥委会|残奥|亚运|世博|运动会)(?!.{0,8}(?:方案|计划|要点|安排)))))"
)
_HALF_YEAR = re.compile(r"^(20\d\d)()年[上下]半年，[^。]{0,40}工作")
_EDITION_BRACKET = re.compile(r"（(20\d\d)(?:年?[-~至](20\d\d))?年?(?:度)?）")
_NOT_EDITION = re.compile(
    "(?:[到至自从截]|(?<!关)于)$|截至$|截止$|力争到$|锚定$|瞄准$|面向$|展望$|对标$|远景$"
)
_QUOTED = re.compile("《[^《》]{0,100}》")
_QUOTED_PLAN = re.compile(
    r"《(20\d\d)(?:[-~至](20\d\d))?年(?!以来)[^《》]{2,60}(?:计划|方案|要点|安排|分工)》"
)
_PREAMBLE_YEAR = re.compile("制定本|制订本|特制定|明确|做好|落实|推进|组织实施|重点任务")
#: 2029年实施的九项措施: an earlier year's.
_PAST = re.compile(
    "年(?:实施|印发|出台|发布|开展|下发|制定|颁布|启动|确定|部署|召开|建立)[^，。]{0,6}?(?:的|了)"
)
_DRAFT = re.compile("征求意见稿|送审稿|（草案|公开征求意见")
#: 《某方案》解读, 答记者问: told about a text, not the text.
_COMMENTARY = re.compile(
    "(?:(?<!做好)(?:政策)?解读|答记者问|政策问答|热点问答)(?:（[^（）]{1,20}）)?$|^(?:一图读懂|图解|图说|政策解读)"
)


def edition_of(titles: list[str], preamble: list[str]) -> str | None:
    """The year or span that the plan is for (folded titles and paragraphs), None where none is named."""
    for title in titles:
        match = _EDITION.search(title) or _EDITION_BRACKET.search(title)
        if match and not _NOT_EDITION.search(title[: match.start()][-3:]):
            return _years(match)
    for paragraph in preamble:
        half = _HALF_YEAR.match(paragraph)
        if half:
            return _years(half)
        masked = _QUOTED.sub(lambda m: "〇" * len(m[0]), paragraph)
        for match in _EDITION.finditer(masked):
            before = masked[: match.start()]
            sentence = re.split("[。；]", masked[max(0, match.start() - 120) : match.end() + 200])
            around = next((s for s in sentence if match[0] in s), "")
            if _PAST.match(masked, match.end()):
                continue
            if not _NOT_EDITION.search(before[-3:]) and _PREAMBLE_YEAR.search(around):
                return _years(match)
    return None


def edition_told_of(paragraphs: list[str]) -> str | None:
    """The edition of the plan that an article's opening quotes: 《2031年某推进计划》."""
    for paragraph in paragraphs[:4]:
        match = _QUOTED_PLAN.search(paragraph)
        if match:
            return _years(match)
    return None


def year_of_number(number: str | None) -> int | None:
    """The year in a document's number: 2020 of 国发〔2020〕6号."""
    match = re.search(r"[〔（(\[](20\d\d)[〕）)\]]", number or "")
    return int(match[1]) if match else None


def _years(match: re.Match[str]) -> str:
    first, second = match[1], match[2]
    return f"{first}-{second}" if second and second != first else first


#: A place's name at the start of a title; 城市, 强市 and verbs before 市 are none.
_PLACE = re.compile(
    f"(?:{PROVINCES})(?!.{{0,8}}试验区)"
    "|(?!关于|全国|国家|中央|推进|促进|加强|加快|深化|支持|完善|建设|进一步|新型|智慧|绿色|扩大|培育)"
    "[\u3400-\u9fff]{2,3}(?<![城都强各])(?:省|市|自治州|州|县)(?![场政民镇])"
)


def is_local_document(issuer: str | None, titles: list[str]) -> bool:
    """Whether a province's or city's own body issued the text (folded issuer and titles)."""
    if issuer is not None:
        return any(is_local(one) for one in issuer.split("、"))
    for title in titles:
        who = re.match("^([^《》]{2,24}?)关于", title)
        if who:
            return is_local(who[1])
    return any(_PLACE.match(re.sub("^20\\d\\d年", "", title)) for title in titles)


def nature_of(titles: list[str]) -> Nature:
    """Draft or commentary where the first of the folded titles says so, official else."""
    if any(_DRAFT.search(title) for title in titles):
        return "draft"
    return "commentary" if titles and _COMMENTARY.search(titles[0]) else "official"
