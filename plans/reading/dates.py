"""Dates as plans print them, and the last day that the words of a deadline allow."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from plans.model import Deadline
from plans.reading.characters import number_of

_N = "[〇○零一二三四五六七八九十]"
_CHINESE_YEAR = "[〇○零一二三四五六七八九]{4}"
FULL_DATE = re.compile(
    rf"(?P<y>(?:19|20)\d\d|{_CHINESE_YEAR}) ?年 ?(?P<m>\d{{1,2}}|{_N}{{1,2}}) ?月 ?(?P<d>\d{{1,2}}|{_N}{{1,3}}) ?日"
    r"|(?P<y2>(?:19|20)\d\d)[-/.](?P<m2>\d{1,2})[-/.](?P<d2>\d{1,2})"
)


def date_in(plain: str) -> dt.date | None:
    """The first full date of the folded text; None where there is none, or no such day."""
    match = FULL_DATE.search(plain)
    return date_of(match) if match else None


def date_of(match: re.Match[str]) -> dt.date | None:
    """The day of a match of :data:`FULL_DATE`; None for a day that no calendar has."""
    year = match["y"] or match["y2"]
    month, day = match["m"] or match["m2"], match["d"] or match["d2"]
    y, m, d = _figure(year), number_of(month), number_of(day)
    try:
        return dt.date(y or 0, m or 0, d or 0)
    except ValueError:
        return None


def _figure(year: str) -> int | None:
    if year.isascii():
        return int(year)
    digits = [str(number_of(c) if c not in "〇○零" else 0) for c in year]
    return int("".join(digits))


# A term: 2031年9月底前, 9月底前, 年底前, 到2025年, 上半年, 三季度末前. The year may be the plan's.
_YEARS = "20\\d\\d|二[〇○零][〇○零一二三四五六七八九]{2}"
_YEAR = rf"(?:(?P<year>{_YEARS}) ?年|(?P<rel>今年|本年|当年|明年|次年))?(?:度)?"
_WHEN = (
    r"(?:(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2}) ?月(?:份)?(?:(?P<day>\d{1,2}) ?日)?(?P<mid>[上中下]旬)?"
    r"|第?(?P<quarter>[一二三四1-4])季度|(?P<half>上半年|下半年))?"
)
_END = "(?P<end>年底|年末|年终|底|末|年内|内)?"
_BEFORE = "(?P<before>之前|以前|前)?"
_TERM = re.compile(
    rf"(?P<lead>力争到|力争|不迟于|不晚于|最迟|截止到|截止|截至|到|至|在|于|自|从|每年?|历年)?{_YEAR}{_WHEN}{_END}{_BEFORE}"
    r"(?P<done>(?:完成|印发|出台|发布|建成|实现|落实|报送|上线|启动|基本完成|全面完成))?"
)
#: What a term may begin with: the first characters of each of its parts.
_TERM_BEGINS = frozenset(
    "力不最截到至在于自从每历今本当明次度第一二三四五六七八九十上下年底末内之以前完印出发建实落报启基全0123456789"
)
_ANCHOR = re.compile(
    rf"(?:{_YEARS}) ?年|(?:\d{{1,2}}|[一二三四五六七八九十]{{1,2}}) ?月|年底|年末|年终|年内|季度|上半年|下半年"
)
_MASK = re.compile("《[^《》]{0,80}》|“[^“”]{0,60}”|（[^（）]{0,20}年）")
_YEARLY = re.compile("每年|每月|每季|每半年|历年|逐年|当年度?末|次年|上年")
_SPAN_BEFORE = re.compile("[日月年][至到~-]$")
_SPAN_AFTER = re.compile(r"(?:起)?[至到~-]")
#: 五年内, 3年内: a term that runs from an event; 两年底 does not occur.
_COUNTED = re.compile("[\\d一二三四五六七八九十两几数多半]$")
_ONGOING = re.compile(
    "持续推进|长期推进|长期坚持|常态化推进|持续实施|持续开展|长期实施|持续落实|全年推进|长期任务|"
    "持续深化|长期有效|常年推进|并长期推进|持续进行|长期$|持续$|常态化开展|逐步推进$"
)

_CLAUSE_END = re.compile("[，；。]")
_FINAL = re.compile("前|底|末|完成|印发|出台|到")


def deadline_of_bracket(text: str, plain: str, year: int | None) -> Deadline | None:
    """The deadline that a bracket's or a labelled line's own words give, else None.

    Here a bare month (2024年12月) counts; in running text only 前, 底, 内 and 到 make a term.
    """
    ongoing = False
    days: list[dt.date] = []
    for clause in _CLAUSE_END.split(plain):
        if _ONGOING.search(clause) and not _FINAL.search(clause):
            ongoing = True
        else:
            days.extend(day for _, _, day in _terms(clause, year, bare=True))
    if not days and not ongoing:
        return None
    return Deadline(text=text, date=max(days, default=None), ongoing=ongoing)


def deadline_in(text: str, plain: str, year: int | None) -> Deadline | None:
    """The deadline that running text sets; of several the last one. None where there is none.

    Yearly dates, spans and terms that run from an event are no deadline (contract).
    """
    # Every anchor holds one of these; most tasks hold none.
    if not ("年" in plain or "月" in plain or "季度" in plain) or not _ANCHOR.search(plain):
        return None
    masked = _MASK.sub(lambda m: "\x00" * len(m[0]), plain)
    found = _terms(masked, year, bare=False)
    if not found:
        return None
    start, end, day = max(found, key=lambda term: term[2])
    return Deadline(text=text[start:end], date=day)


def _terms(plain: str, year: int | None, *, bare: bool) -> list[tuple[int, int, dt.date]]:
    found = []
    position = 0
    for anchor in _ANCHOR.finditer(plain):
        if anchor.start() < position:
            continue
        begin = max(position, anchor.start() - 4)
        match = _longest_term(plain, begin, anchor)
        if match is None:
            continue
        position = max(match.end(), anchor.end())
        day = _day(plain, match, year, bare=bare)
        if day is not None:
            found.append((match.start(), match.end(), day))
    return found


def _longest_term(plain: str, begin: int, anchor: re.Match[str]) -> re.Match[str] | None:
    for start in range(begin, anchor.start() + 1):
        if start < anchor.start() and plain[start] not in _TERM_BEGINS:
            continue
        match = _TERM.match(plain, start)
        if match is not None and match.end() >= anchor.end():
            return match
    return None


def _day(plain: str, match: re.Match[str], year: int | None, *, bare: bool) -> dt.date | None:
    lead, before, end, done = match["lead"] or "", match["before"], match["end"], match["done"]
    context = plain[max(0, match.start() - 3) : match.start()] + lead
    if _YEARLY.search(context) or lead in ("自", "从", "截至") or lead.startswith(("每", "历")):
        return None
    if (end or "").startswith("年") and not match["year"] and _COUNTED.search(context):
        return None
    if _SPAN_AFTER.match(plain, match.end()) or _SPAN_BEFORE.search(context):
        return None
    if plain.startswith(("起", "以来", "后", "之日", "度", "已"), match.end()):
        return None
    towards = lead in ("到", "力争到", "不迟于", "不晚于", "最迟", "截止到", "截止", "至", "力争")
    # 2031年上半年，各市印发方案: a half-year that opens its sentence. 一季度完成 is a term as well.
    opens = (
        match["half"]
        and match["year"]
        and plain.startswith("，", match.end())
        and plain[match.start() - 1 : match.start()] in "。；："
    )
    if not (
        before
        or end
        or towards
        or bare
        or ((match["half"] or match["quarter"]) and (done or opens))
    ):
        return None
    if end in ("底", "末", "年底", "年末", "年终") and not (
        before or towards or done or bare or match["quarter"]
    ):
        # 年底 and 月底 alone tell when something is, not by when it must be.
        return None
    which = _figure(match["year"]) if match["year"] else year
    if match["rel"] in ("明年", "次年") and year is not None:
        which = year + 1
    if which is None:
        return None
    return _last_day(match, which, strictly=bool(before) and not end)


def _last_day(match: re.Match[str], year: int, *, strictly: bool) -> dt.date | None:
    month = (number_of(match["month"]) or 0) if match["month"] else 0
    if match["quarter"]:
        month = 3 * (number_of(match["quarter"]) or 0)
        strictly = False
    elif match["half"]:
        month = 6 if match["half"] == "上半年" else 12
        strictly = False
    elif not month:
        if strictly and match["year"]:
            return dt.date(year - 1, 12, 31)
        return dt.date(year, 12, 31)
    if not 1 <= month <= 12:
        return None
    if match["day"]:
        day = int(match["day"])
        return dt.date(year, month, day) if 1 <= day <= _days(year, month) else None
    if match["mid"] and match["mid"] != "下旬":
        return dt.date(year, month, 10 if match["mid"] == "上旬" else 20)
    if strictly and not match["mid"]:
        first = dt.date(year, month, 1)
        return first - dt.timedelta(days=1)
    return dt.date(year, month, _days(year, month))


def _days(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]
