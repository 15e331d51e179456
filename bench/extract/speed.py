"""How long a page takes, next to trafilatura alone on the same bytes, in one run.

    python -m bench.extract.speed [ROUNDS]

The pages are invented: 110 tasks in the markup of several systems, plain (as most are) and with
the styles that Word leaves in every paragraph.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

import trafilatura

from monitor.extracting.extract import extract
from tests.monitor.extracting.article import Article
from tests.monitor.extracting.pages import PAGES

_BODIES = ["国家知识产权局", "司法部", "商务部", "海关总署", "市场监管总局"]
#: What Word leaves on a paragraph that was pasted into a site's editor.
_WORD_STYLE = (
    "<span style=\"mso-spacerun:'yes';font-family:仿宋_GB2312;mso-ascii-font-family:Calibri;"
    'mso-hansi-font-family:Calibri;font-size:16.0000pt;mso-font-kerning:1.0000pt;">'
)


def plan(tasks: int = 110) -> Article:
    """An invented plan of so many tasks."""
    lines = []
    for at in range(1, tasks + 1):
        if at % 16 == 1:
            lines.append(f"{'一二三四五六七八九十'[at // 16 % 10]}、第{at // 16 + 1}方面工作")
        bodies = "、".join(_BODIES[(at + n) % len(_BODIES)] for n in range(at % 4 + 1))
        lines.append(
            f"{at}.推进《第{at}号样品登记办法》修订，健全跨区域协作和电子证据互认机制，完善统一的登记平台。"
            f"（{bodies}负责）"
        )
    return Article(paragraphs=tuple(lines))


def median_ms(work: Callable[[], object], rounds: int) -> float:
    """The median of ``rounds`` runs in milliseconds of processor time, after one uncounted.

    By the clock, whatever else runs on the machine would be measured, too.
    """
    work()
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times) * 1000


def main() -> None:
    """Print a Markdown table: page, size, ours, trafilatura, ratio."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    article = plan()
    print("| page | KB | planwatch, CPU ms | trafilatura, CPU ms | ratio |\n|---|---|---|---|---|")
    for name in ("jcms", "govcn_policy", "trs_wcm", "customs", "unknown_reprint"):
        page = PAGES[name](article)
        for label, html in (
            (name, page.body),
            (
                f"{name}, from Word",
                page.body.replace("<p style", f"<p>{_WORD_STYLE}</span></p><p style"),
            ),
        ):
            body = html.encode()
            made = extract(body, url=page.url)
            assert made.text == article.text, name
            ours = median_ms(lambda body=body, page=page: extract(body, url=page.url), rounds)
            theirs = median_ms(lambda html=html: trafilatura.extract(html), max(3, rounds // 4))
            print(
                f"| {label} | {len(body) / 1024:.0f} | {ours:.2f} | {theirs:.1f} | {theirs / ours:.1f} |"
            )


if __name__ == "__main__":
    main()
