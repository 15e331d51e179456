"""The publisher of the bench: invented plans on several loopback hosts, in a process of its own."""

from __future__ import annotations

import random
from multiprocessing.connection import Connection

from tests.publisher.server import Publisher

BODIES = ("国家知识产权局", "司法部", "教育部", "科技部", "商务部", "公安部", "水利部", "海关总署")
THINGS = (
    "登记办法",
    "共享机制",
    "审查规则",
    "服务网络",
    "统计目录",
    "培训课程",
    "展览活动",
    "质押产品",
)
PLACES = ("湖泊", "森林", "草原", "海洋", "山地", "河流", "沙漠", "岛屿")
ENDS = ("每季度通报一次进展", "形成可推广的经验", "年底前公布结果", "分批组织实施", "定期开展评估")
CHROME = "<nav>" + "".join(f'<a href="/c{n}.html">栏目{n}</a>' for n in range(260)) + "</nav>"


def page(number: int, edits: int = 0) -> str:
    """One plan of 110 tasks; each edit rewords one task and gives another a further body."""
    chance = random.Random(number)
    tasks: list[tuple[str, list[str]]] = []
    for n in range(1, 111):
        place, thing, end = chance.choice(PLACES), chance.choice(THINGS), chance.choice(ENDS)
        bodies = chance.sample(BODIES, chance.randint(1, 3))
        tasks.append((f"健全第{n}类{place}创新{thing}，明确机构、程序和期限，{end}。", bodies))
    for edit in range(edits):
        at = (number + edit * 7) % 110
        text, bodies = tasks[at]
        tasks[at] = (text.replace("。", f"，并于第{edit + 1}批完成。"), bodies)
        text, bodies = tasks[(at + 3) % 110]
        tasks[(at + 3) % 110] = (text, [*bodies, "国家统计局"])
    lines = [
        f"<p>{n}.{text}（{'、'.join(bodies)}负责）</p>" for n, (text, bodies) in enumerate(tasks, 1)
    ]
    title = f"2031年第{number}号创新强国建设推进计划"
    for at, heading in ((0, "一、完善制度"), (40, "二、加强保护"), (80, "三、促进运用")):
        lines[at] = f"<p>{heading}</p>" + lines[at]
    return (
        f"<html><head><title>{title}</title></head><body>{CHROME}<h1>{title}</h1>"
        f"<div id='UCAP-CONTENT'><p>为做好各项工作，制定本计划。</p>{''.join(lines)}</div></body></html>"
    )


def publish(documents: int, hosts: int, pipe: Connection) -> None:
    """Serve until told ``end``; at ``change`` one document in a hundred is edited."""
    sites = [Publisher(host=f"127.0.0.{n + 2}") for n in range(hosts)]
    per_host = documents // hosts
    edits = [0] * documents
    pages = [
        site.page(f"/{n}.html", page(h * per_host + n))
        for h, site in enumerate(sites)
        for n in range(per_host)
    ]
    urls = [[site.url(f"/{n}.html") for n in range(per_host)] for site in sites]
    pipe.send((urls, len(pages[0].body)))
    chance = random.Random(1)
    while pipe.recv() == "change":
        for number in chance.sample(range(documents), max(1, documents // 100)):
            edits[number] += 1
            pages[number].body = page(number, edits[number]).encode()
        pipe.send("changed")
    for site in sites:
        site.close()
