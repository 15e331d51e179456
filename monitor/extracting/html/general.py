"""The main text of a page whose system is not known.

trafilatura chooses what is text; the lines are then our own, for it breaks Chinese words at the
source's line ends, leaves spanned cells blank and drops short lines.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from selectolax.lexbor import LexborNode

from monitor.extracting.html.attachments import file_name
from monitor.extracting.html.walk import lines_of
from monitor.extracting.text import Line

#: Above this size trafilatura takes seconds; the chooser by link density does for such pages.
LARGEST_FOR_TRAFILATURA = 150_000
#: Above this size it takes tenths of a second, which only the limited process may spend.
LARGEST_IN_PROCESS = 150_000

_SPACE = re.compile(r"[\s\u3000]+")
_SENTENCE = re.compile(r"[。；！？：.;]")


def main_lines(html: str, body: LexborNode, dropped: Collection[int]) -> list[Line]:
    """The lines of the main text, empty where there is none.

    From the first to the last line that trafilatura takes, everything in between kept: it skips
    short lines and numbers. Where it takes nothing, the longest run of lines that are not links.
    """
    lines = lines_of(_densest(body), dropped)
    kept = _chosen(html) if len(html) <= LARGEST_FOR_TRAFILATURA else ""
    if kept:
        # Its table rows are set between bars; ours between tabs.
        bag = {_bare(line) for line in kept.splitlines()}
        whole = _bare(kept)
        hits = [
            at
            for at, line in enumerate(lines)
            if (bare := _bare(line.text)) in bag or (len(bare) >= 12 and bare in whole)
        ]
        if hits:
            return trimmed(_gathered(lines, hits))
    return trimmed(_longest_run(lines))


def _chosen(html: str) -> str:
    # Imported where it is needed: it takes a fifth of a second, and few pages come here.
    import trafilatura

    # deduplicate stays off: its memory is shared by the whole process and starts to lose text.
    return (
        trafilatura.extract(
            html, include_tables=True, include_comments=False, favor_recall=True, deduplicate=False
        )
        or ""
    )


def _bare(text: str) -> str:
    return _SPACE.sub("", text).replace("|", "").lstrip("-•").lower()


def _densest(body: LexborNode) -> LexborNode:
    """The smallest element that holds nearly all of the page's text outside links."""
    node = body
    for _ in range(60):
        total = _own_text(node)
        if total < 100:
            return node
        heavy = next(
            (
                child
                for child in node.iter()
                # The plain length first: it is had for little, and only few children pass.
                if len(child.text(deep=True) or "") * 10 >= total * 8
                and _own_text(child) * 10 >= total * 8
            ),
            None,
        )
        if heavy is None or heavy.tag in (
            "p",
            "span",
            "tr",
            "td",
            "tbody",
            "table",
            "a",
            "ul",
            "ol",
        ):
            return node if heavy is None or heavy.tag != "td" else heavy
        node = heavy
    return node


def _own_text(node: LexborNode) -> int:
    text = node.text(deep=True) or ""
    if node.tag in ("script", "style", "noscript", "nav", "header", "footer", "aside"):
        return 0
    links = sum(len(link.text(deep=True) or "") for link in node.css("a,script,style"))
    return max(0, len(_SPACE.sub("", text)) - links)


def _gathered(lines: list[Line], hits: list[int]) -> list[Line]:
    """The stretch that holds most of the hits; three links in a row to other pages end one."""
    groups: list[list[int]] = [[hits[0]]]
    for at in hits[1:]:
        between = lines[groups[-1][-1] + 1 : at + 1]
        if _is_link(lines[at]) and _in_row_of_links(lines, at):
            continue
        if sum(_is_link(line) for line in between) >= 3:
            groups.append([at])
        else:
            groups[-1].append(at)
    best = max(
        groups, key=lambda group: sum(len(lines[at].text) - lines[at].linked for at in group)
    )
    return lines[best[0] : best[-1] + 1]


def _is_link(line: Line) -> bool:
    return line.linked * 10 >= len(line.text) * 6 and file_name(line.text) is None


def _in_row_of_links(lines: list[Line], at: int) -> bool:
    """True where ``at`` belongs to at least three lines in a row that are links to pages."""
    start = end = at
    while start > 0 and at - start < 3 and _is_link(lines[start - 1]):
        start -= 1
    while end + 1 < len(lines) and end - start < 3 and _is_link(lines[end + 1]):
        end += 1
    return end - start >= 2


def _longest_run(lines: list[Line]) -> list[Line]:
    """The run of lines with the most text; lines that are nearly all link end a run."""
    runs: list[list[Line]] = [[]]
    for line in lines:
        if line.linked * 10 >= len(line.text) * 8 and len(runs[-1]) and line.linked:
            runs.append([])
        elif not (line.linked * 10 >= len(line.text) * 8 and line.linked):
            runs[-1].append(line)
    best = max(runs, key=lambda run: sum(len(line.text) for line in run))
    return best if any(_SENTENCE.search(line.text) for line in best) else []


def trimmed(lines: list[Line]) -> list[Line]:
    """``lines`` without what pages put before and after a text: see :data:`_EDGE`."""
    start, end = 0, len(lines)
    for _ in range(8):
        if start < end and _edge(lines[start]):
            start += 1
    # A short heading may precede an info line (column name / 发布时间：…): look two further.
    for at in range(start, min(start + 3, end)):
        if _INFO.match(lines[at].text):
            lines = lines[:at] + lines[at + 1 :]
            end -= 1
            break
    for at in range(max(start, end - _FOOTER_LINES), end):
        # From the imprint on, everything is the site's.
        if _IMPRINT.search(lines[at].text) and len(lines[at].text) < 200:
            end = at
            break
    while start < end and _edge(lines[end - 1]):
        end -= 1
    return lines[start:end]


_FOOTER_LINES = 12
_IMPRINT = re.compile(
    r"版权所有|網站版權|ICP[备備]|网站标识码|公网安备|copyright\s*(?:©|\(c\)|\d{4}|by)|©\s*\d{4}|all rights reserved",
    re.IGNORECASE,
)


_INFO = re.compile(
    r"(?i:date|published|updated|time)\s*:.{0,120}$|(?i:source)\s*:.{0,60}$|"
    r"(?:发布|公开|更新)?(?:日期|时间)\s*[：:].{0,120}$|(?:文章|信息|稿件)?来源\s*[：:].{0,120}$"
    r"|(?:19|20)\d\d[-/]\d{1,2}[-/]\d{1,2}(?:\s+\d\d:\d\d(?::\d\d)?)?(?:\s*(?:来源|字体|浏览|阅读|分享|【|\[).{0,100})?$"
)
#: Lines that no text begins or ends with: what the visitor may press, who edited, where one is.
_EDGE = re.compile(
    r"[【\[(（]?\s*(?:打印(?:本页|此页|文章)?|关闭(?:窗口|本页)?|返回(?:顶部|列表|首页|上一页)?|收藏|分享(?:到|至)?[：:]?.{0,30}"
    r"|字[体号]\s*[：:].{0,30}|扫一扫.{0,30}|扫码.{0,20}|上一[篇条页].{0,120}|下一[篇条页].{0,120}|相关(?:链接|文章|阅读|信息|稿件|报道|新闻|解读|附件)[：:]?"
    r"|责任编辑\s*[：:].{0,30}|[（(]?责编\s*[：:].{0,30}|编辑\s*[：:].{0,30}|浏览(?:次数|量)?\s*[：:].{0,20}|点击(?:次数|数|量)?\s*[：:].{0,20}"
    r"|(?:阅读|访问)(?:次数|量)?\s*[：:].{0,20}|(?:您的?)?当前位置\s*[：:].{0,120}|首页\s*[>›»].{0,120}"
    r"|(?:保存|打印|纠错|推荐|放大|缩小|大|中|小|默认|全文|朗读|语音播报)(?:\s*[|｜ ]?\s*(?:保存|打印|关闭|纠错|推荐|大|中|小)){0,6}"
    r"|(?:热门|热点|相关|推荐|最新|精彩|更多|延伸|友情)(?:文章|新闻|资讯|阅读|推荐|内容|链接|动态|报道)"
    r"|版权所有.{0,100}|主办单位\s*[：:].{0,100}|网站标识码.{0,60}|.{0,20}ICP备.{0,40}"
    r"|print|share|close|back to top)\s*[】\])）]?(?:\s*[【\[].{0,12}[】\]]){0,4}",
    re.IGNORECASE,
)


def _edge(line: Line) -> bool:
    return _EDGE.fullmatch(line.text) is not None or (
        _INFO.fullmatch(line.text) is not None and len(line.text) < 150
    )
