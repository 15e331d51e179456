"""How long a text takes to become a plan: a year's plan, a very long one, and hostile ones.

    python -m bench.reading.speed

Processor time of one thread, so that other work on the machine counts little. The texts are
invented; the hostile ones are 1 MB each and must stay under 2 s.
"""

from __future__ import annotations

import time

from plans.model import Extract
from plans.reading.read import read
from plans.registry.load import shipped_registry

_WORDS = [
    "推进《渔港条例》修改，健全泊位登记制度。（国家知识产权局、司法部负责）",
    "加强岸线巡查，2031年9月底前完成首轮。（水利部牵头，自然资源部、民政部配合）",
    "开展“听潮”专项行动，定期公开结果，形成长效机制。（公安部、海关总署等部门负责）",
    "完善航标数据共享平台，覆盖沿海各县，提升服务水平。（交通运输部、有关成员单位负责）",
    "研究起草《灯塔管理办法》，组织专家论证并公开征求意见。（交通运输部会同司法部负责）",
]
_MEGABYTE = 1_000_000


def plan_text(tasks: int) -> str:
    """A plan of so many tasks."""
    lines = ["2031年渔港振兴推进计划", "为做好2031年渔港工作，制定本计划。", "一、建设"]
    lines += [f"{i + 1}.{_WORDS[i % len(_WORDS)]}" for i in range(tasks)]
    return "\n".join(lines)


def hostile() -> dict[str, str]:
    """Texts made to keep a pattern busy; about 1 MB of UTF-8 each."""
    han = _MEGABYTE // 3
    return {
        "open brackets": "（" * han,
        "nested brackets": "（" * (han // 2) + "）" * (han // 2),
        "one list of bodies": "1.修（" + "水利部、" * (han // 4) + "负责）",
        "joined names": "（" + "甲乙丙和" * (han // 4) + "负责）",
        "numbers in brackets": "（一）" * (han // 3),
        "chapters": "第一章" * (han // 3),
        "titles that never close": "《甲" * (han // 2),
        "dates": "2031年9月底前" * (_MEGABYTE // 17),
        "rows of a table": "序号\t任务\t责任单位\n" + "1\t修\t水利部\n" * (_MEGABYTE // 16),
        "numbered lines": "1.\n" * (_MEGABYTE // 3),
        "headings run into each other": "一、甲乙丙" + "（一）甲乙" * (_MEGABYTE // 15),
        "a paragraph over many lines": "1." + "疏浚航道，\n" * (_MEGABYTE // 16),
        "articles": "第一条 修\n" * (_MEGABYTE // 17),
        "rules for what follows": "1.修（下同，以下均需" * (_MEGABYTE // 30),
        "labels": "1.修。责任单位：水利部；完成时限：" * (_MEGABYTE // 50),
        "titles": "《甲法》、" * (_MEGABYTE // 15),
        "campaigns": "“听潮”专项行动" * (_MEGABYTE // 24),
        "full width and traditional": "１．臺灣（著作權）" * (_MEGABYTE // 27),
        "blanks": " \u3000\u200b" * (_MEGABYTE // 7),
        "marks of noise": "@@，，（）" * (_MEGABYTE // 14),
        "English sentences of joints": ("The CNIPA will " + "; CNIPA and x" * 300 + ". ")
        * (_MEGABYTE // 3_920),
        "English clauses": ("The CNIPA will " + "a; " * 1300 + ". ") * (_MEGABYTE // 3_920),
        "English hyphens": ("The CNIPA will " + "A-" * 1950 + ". ") * (_MEGABYTE // 3_920),
        "English lines": "Lead: will act\n" * (_MEGABYTE // 15),
        "English laws": "1. Amend the " + "Trademark Law) " * (_MEGABYTE // 15),
        "English one-letter sentences": "The CNIPA " + "I. " * (_MEGABYTE // 3),
        "along with": "1. Amend (CNIPA " + "along with CNIPA " * (_MEGABYTE // 17),
        "English sentences": "The CNIPA will act. " * (_MEGABYTE // 20),
        "English names": "Ministry of " * (_MEGABYTE // 12),
    }


def seconds(text: str, times: int) -> float:
    """The median processor time of reading the text."""
    extract = Extract(state="document", text=text)
    registry = shipped_registry()
    taken = []
    for _ in range(times):
        start = time.process_time()
        read(extract, registry)
        taken.append(time.process_time() - start)
    return sorted(taken)[times // 2]


def main() -> None:
    """Print the figures."""
    seconds(plan_text(10), 1)
    print(f"110 tasks: {seconds(plan_text(110), 25) * 1000:.1f} ms (median of 25)")
    print(f"10,000 tasks: {seconds(plan_text(10_000), 3):.2f} s (median of 3)")
    for name, text in hostile().items():
        print(f"hostile, {name}: {seconds(text, 1):.2f} s")


if __name__ == "__main__":
    main()
