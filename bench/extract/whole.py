"""From bytes to a Plan, next to trafilatura alone on the same bytes, in one run.

    python -m bench.extract.whole [ROUNDS]

Every round has pages that were never read before: other subjects, other bodies in other orders, so
that nothing remembered of an earlier text helps. Registry and grammar are warm, as in the daemon.
Processor time of one thread; the pages are invented.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

import trafilatura

from monitor.extracting.extract import extract
from plans.reading.read import read
from plans.registry.load import shipped_registry
from tests.monitor.extracting.article import Article
from tests.monitor.extracting.pages import PAGES

T = TypeVar("T")

_TASKS = 110
_BODIES = [
    "国家知识产权局",
    "司法部",
    "商务部",
    "海关总署",
    "市场监管总局",
    "公安部",
    "科技部",
    "教育部",
    "财政部",
    "农业农村部",
    "文化和旅游部",
    "国家卫生健康委",
    "国家林草局",
    "最高人民法院",
    "最高人民检察院",
    "中央网信办",
    "国家版权局",
    "中国贸促会",
    "水利部",
    "自然资源部",
]
_VERBS = ("研究起草", "推进", "加快", "出台", "修改完善", "组织实施")
_SUBJECTS = ("渔港", "灯塔", "航标", "岸线", "泊位", "船籍", "样品", "碑刻", "古渡", "盐田")
_WORKS = ("条例", "办法", "实施细则", "指引", "管理规定", "标准")
_REST = (
    "健全跨区域协作和电子证据互认机制，完善统一的登记平台。",
    "2031年9月底前完成首轮核查，定期公开结果。",
    "组织专家论证并公开征求意见，形成长效机制，提升服务水平。",
    "深入开展“听潮”专项行动，覆盖沿海各县，推动数据共享。",
)


def plan(seed: int) -> Article:
    """An invented plan with brackets of every usual form; each seed another one."""
    draw = random.Random(seed)
    lines = ["各有关单位：", "现将计划印发，请认真组织实施。", "河海协作办公室", "2031年3月1日"]
    lines += [f"2031年度第{seed}号河海协作推进计划", "为做好2031年工作，制定本计划。"]
    for at in range(1, _TASKS + 1):
        if at % 16 == 1:
            lines.append(f"{'一二三四五六七'[at // 16]}、第{at // 16 + 1}方面工作")
        subject = "".join(draw.sample(_SUBJECTS, 2))
        lines.append(
            f"{at}.{draw.choice(_VERBS)}《{subject}{draw.choice(_WORKS)}》，{draw.choice(_REST)}{_bracket(draw)}"
        )
    return Article(paragraphs=tuple(lines))


def _bracket(draw: random.Random) -> str:
    bodies = draw.sample(_BODIES, draw.randint(1, 6))
    form = draw.randrange(4)
    if form == 0 and len(bodies) > 1:
        return f"（{bodies[0]}牵头，{'、'.join(bodies[1:])}配合）"
    if form == 1 and len(bodies) > 1:
        return f"（{'、'.join(bodies)}按职责分工负责）"
    return f"（{'、'.join(bodies)}{'等' if form == 2 else ''}负责）"


def _times(work: Callable[[T], object], items: Sequence[T]) -> list[float]:
    """Milliseconds of processor time that each item takes, after three uncounted ones."""
    taken = []
    for item in items:
        start = time.process_time()
        work(item)
        taken.append((time.process_time() - start) * 1000)
    return taken[3:]


def main() -> None:
    """Print a Markdown table: page, size, our two steps and their sum, trafilatura."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    registry = shipped_registry()
    print("Milliseconds of processor time; medians, and the slowest tenth of the whole.\n")
    print("| page | KB | extract | read | bytes to Plan | 90 % under | trafilatura alone |")
    print("|---|---|---|---|---|---|---|")
    for number, name in enumerate(("jcms", "govcn_policy", "trs_wcm", "customs")):
        pages = [PAGES[name](plan(1000 * number + at)) for at in range(rounds + 3)]
        bodies = [page.body.encode() for page in pages]
        url = pages[0].url
        extracts = [extract(body, url=url) for body in bodies]
        first = _times(partial(extract, url=url), bodies)
        second = _times(partial(read, registry=registry), extracts)
        tasks = [len(read(made, registry).tasks) for made in extracts]
        assert set(tasks) == {_TASKS}, tasks
        theirs = _times(trafilatura.extract, [page.body for page in pages[: 8 + rounds // 4]])
        whole = sorted(a + b for a, b in zip(first, second, strict=True))
        print(
            f"| {name} | {len(bodies[0]) / 1024:.0f} | {statistics.median(first):.1f}"
            f" | {statistics.median(second):.1f} | {statistics.median(whole):.1f}"
            f" | {whole[int(len(whole) * 0.9)]:.1f} | {statistics.median(theirs):.1f} |"
        )


if __name__ == "__main__":
    main()
