"""A whole plan on one line, broken at its numbers; numbers are believed only in their sequence."""

from __future__ import annotations

import re

from plans.model import Diagnostic
from plans.reading.characters import NUMERAL, number_of
from plans.reading.dates import FULL_DATE
from plans.reading.lines import MOST_LINES, Line, line_of, skipped
from plans.reading.numbering import HAN, Number
from plans.reading.passage import Passage

#: Shorter lines are one paragraph each.
_LONG = 100
_MARKER = re.compile(
    f"(?P<han>[{NUMERAL}]{{1,3}})、|（(?P<hanb>[{NUMERAL}]{{1,3}})）|(?P<ara>\\d{{1,4}})[.、](?!\\d(?!\\d{{3}}年|\\d?月))"
    # 一 without 、 where a blank set it off: a heading and the first number under it must follow.
    f"|(?<=[。）])(?P<loose>[{NUMERAL}]{{1,2}})(?=[\u3400-\u9fff]{{3,24}}(?:（[{NUMERAL}]{{1,2}}）|\\d{{1,3}}[.、]))"
    f"|第(?P<big>[{NUMERAL}]{{1,4}})(?P<kind>[章条]) ?"
)
_LOOSE = re.compile(f"[{NUMERAL}]{{1,2}}(?=[\u3400-\u9fff]{{3,24}}$)")
_BEFORE_HEADING = "。；）：！？”》 "
_NOT_BEFORE = re.compile(r"[第条款项\dA-Za-z照据]$")
_NUMBER = re.compile(r"[\u3400-\u9fff]{2,10}〔\d{4}〕 ?(?:第 ?)?\d{1,4} ?号")
_TITLE_END = re.compile("(?:的)?(?:通知|意见|方案|计划|决定|公告|函|办法|要点|规划|纲要|措施)$")
_OPENING = re.compile("(?:为(?!了?单位)|根据|按照|今年|当前|近年来|以习近平)")

#: 时间：2031-05-20 来源：某网 浏览：456 of a page, run into the title.
_LABEL = re.compile(
    f"(?:发布|更新|发文)?(?:时间|日期)：(?:{FULL_DATE.pattern})?(?:\\d\\d:\\d\\d(?::\\d\\d)?)?"
    "|(?:信息|文章|稿件)?来源：[^：。，为根]{1,60}?(?=为|根据|[\u3400-\u9fff]{2}(?:次数|量)?：|作者|$)"
    "|(?:浏览|点击|阅读|访问)(?:次数|数|量)?：\\d+次?"
)
#: A longer source has run into the title.
_LONGEST_SOURCE = 26
_TWICE = re.compile(r"[\d\-+（） ]{0,20}(?P<title>[^。，；：]{8,60}?)(?P=title)")


def unfold(lines: list[Line], notes: list[Diagnostic]) -> list[Line]:
    """Every very long line with several numbers in sequence, as the lines it was."""
    if all(len(line.plain) <= _LONG for line in lines):
        return lines
    out: list[Line] = []
    for line in lines:
        cuts = _cuts(line.plain) if len(line.plain) > _LONG and not line.cells else []
        if not _is_plan(line.plain, cuts):
            out.append(line)
            continue
        notes.append(
            skipped(
                "unfolded", f"one line broken into {len(cuts) + 1} at its numbers", line.passage
            )
        )
        if cuts[0] > 0:
            out.extend(line_of(part) for part in _opening(line.passage.cut(0, cuts[0])))
        pieces = [line.passage.cut(a, b) for a, b in zip(cuts, [*cuts[1:], None], strict=True)]
        out.extend(_numbered(piece) for piece in pieces[:-1])
        out.extend(line_of(part) for part in _closing(pieces[-1]))
    return out


def _numbered(piece: Passage) -> Line:
    """A line of its own; a heading whose number a blank set off keeps it as a number."""
    line = line_of(piece)
    loose = _LOOSE.match(piece.plain) if line.number is None else None
    if loose:
        line.number = Number(HAN, number_of(loose[0]) or 0, loose.end())
    return line


def _is_plan(plain: str, cuts: list[int]) -> bool:
    """Whether the numbers begin headings and tasks; those of an enumeration stand after ； and ：."""
    if len(cuts) == 2:
        # 一、 and （一） close together are a heading and its first item.
        return plain[cuts[0]] == "一" and cuts[1] - cuts[0] < 45
    inside = sum(1 for cut in cuts if cut > 0 and plain[cut - 1] in "；：，、")
    return len(cuts) >= 3 and inside * 2 < len(cuts)


def _cuts(plain: str) -> list[int]:
    """Where the numbers stand that carry on from those before them."""
    cuts: list[int] = []
    next_han = next_bracket = next_arabic = 1
    fresh = True
    articles = 0
    for match in _MARKER.finditer(plain):
        at = match.start()
        before = plain[at - 1 : at] if at else ""
        if match["big"]:
            if (match["kind"] == "章" or number_of(match["big"]) == articles + 1) and (
                before == "" or before in _BEFORE_HEADING or match["kind"] == "章" or articles == 0
            ):
                articles += match["kind"] == "条"
                cuts.append(at)
            continue
        if articles:
            continue
        if match["han"] or match["loose"]:
            numeral = match["han"] or match["loose"]
            if number_of(numeral) != next_han or not (before == "" or before in _BEFORE_HEADING):
                continue
            next_han += 1
            next_bracket, fresh = (
                (1 if not _runs_on(plain, at, next_bracket) else next_bracket),
                True,
            )
        elif match["hanb"]:
            value = number_of(match["hanb"])
            if (value != next_bracket and not (fresh and value == 1)) or _NOT_BEFORE.search(before):
                continue
            next_bracket, fresh = (value or 0) + 1, True
        else:
            value = int(match["ara"])
            if (value != next_arabic and not (fresh and value == 1)) or _NOT_BEFORE.search(before):
                continue
            next_arabic, fresh = value + 1, False
        cuts.append(at)
        if len(cuts) >= MOST_LINES:
            break
    return cuts


def _runs_on(plain: str, at: int, next_bracket: int) -> bool:
    """Whether （N） goes on counting after this heading, not starting again at （一）."""
    following = re.compile(f"（([{NUMERAL}]{{1,3}})）").search(plain, at, at + 400)
    return following is not None and number_of(following[1]) == next_bracket and next_bracket > 1


def _opening(passage: Passage) -> list[Passage]:
    """What stands before the first number: title, number, addressees, notice, date, title, preamble."""
    plain = passage.plain
    cuts: set[int] = {0}
    number = _NUMBER.search(plain)
    after = 0
    if number:
        start = number.start()
        # The characters before 〔 may be the end of the title; the number begins after 通知.
        for cut in range(number.start(), number.start() + 9):
            if _TITLE_END.search(plain[max(0, cut - 4) : cut]):
                start = cut
        cuts.update((start, number.end()))
        after = number.end()
        colon = plain.find("：", after)
        if 0 < colon - after < 1500:
            cuts.add(colon + 1)
            after = colon + 1
    for label in _LABEL.finditer(plain):
        end = _gap(passage, label.start(), label.end())
        if end - label.start() > _LONGEST_SOURCE:
            continue
        cuts.update((label.start(), end))
        after = max(after, end)
    twice = _TWICE.match(plain)
    if twice:
        cuts.add(twice.end("title"))
    for date in FULL_DATE.finditer(plain, after):
        following = plain[date.end() : date.end() + 1]
        if following in "，。、；）" and following:
            continue
        signer = plain.rfind("。", 0, date.start()) + 1
        if 0 < date.start() - signer < 60:
            cuts.update((signer, date.start(), date.end()))
            after = date.end()
    opening = _OPENING.search(plain, after)
    while opening and not (
        opening.start() in cuts or _TITLE_END.search(plain[after : opening.start()])
    ):
        opening = _OPENING.search(plain, opening.end())
    if opening:
        cuts.add(opening.start())
    ordered = sorted(cuts)
    parts = [passage.cut(a, b) for a, b in zip(ordered, [*ordered[1:], len(plain)], strict=True)]
    return [part for part in parts if part.text]


def _gap(passage: Passage, start: int, end: int) -> int:
    """Where a blank in print ended a label's value, which the folded line lacks; else ``end``.

    来源：某网 2031年渔港计划为落实…: without the blank the title would be a part of the source.
    """
    where = passage.where
    value = passage.plain.rfind("来源：", start, end) + 3
    if isinstance(where, int) or value < 3:
        return end
    for index in range(value + 1, end):
        if where[index] != where[index - 1] + 1:
            return index
    return end


def _closing(passage: Passage) -> list[Passage]:
    """The last task, and the signer, date and footer that the line ran into it."""
    plain = passage.plain
    date = max(FULL_DATE.finditer(plain), key=lambda match: match.start(), default=None)
    if date is None or len(plain) - date.end() > 60:
        return [passage]
    signer = max(plain.rfind("。", 0, date.start()), plain.rfind("）", 0, date.start())) + 1
    if not 0 < date.start() - signer < 60:
        return [passage]
    parts = [
        passage.cut(0, signer),
        passage.cut(signer, date.start()),
        passage.cut(date.start(), date.end()),
        passage.cut(date.end()),
    ]
    return [part for part in parts if part.text]
