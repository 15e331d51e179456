"""A generator of plans: draws a Plan, renders it as a government would print it, adds noise.

Words are invented; bodies are the registry's. ``plans()`` draws what :func:`render` prints; a reader
that reads the print gives the drawn tasks back.
"""

import random
import re

from hypothesis import strategies as st

from plans.model import Assignment, Deadline, Plan, Section, Task
from plans.registry.load import shipped_registry

YEAR = 2031

VERBS = ["建立", "完善", "推广", "加强", "开展", "优化", "健全", "组织", "培育", "规范"]
OBJECTS = [
    "渔港登记制度",
    "潮汐观测网络",
    "灯塔巡检机制",
    "航标数据共享平台",
    "海塘养护标准",
    "岸线修复试点",
    "渔船安全培训",
    "盐田保护名录",
    "风暴预警发布规则",
    "码头服务指南",
    "“听潮”专项行动",
    "海岛（含礁石）普查",
    "3类浮标更新办法",
    "“一站式”泊位服务",
]
TAILS = [
    "，定期公开结果",
    "，形成长效机制",
    "，覆盖沿海各县",
    "，提升服务水平",
    "，完善配套措施",
    "",
]
HEADS = [
    "健全制度体系",
    "强化岸线保护",
    "促进渔港利用",
    "改善公共服务",
    "厚植海洋文化",
    "扩大合作交流",
]
SUBHEADS = ["完善规则标准", "优化管理服务", "加强日常监管", "拓宽资金渠道", "培养专业人才"]
COLLECTIVES = ["有关成员单位", "各有关部门", "各省级人民政府", "联席会议各成员单位"]
HAN = "一二三四五六七八九十"


def _bodies():
    names = []
    for agency in shipped_registry().agencies.values():
        for name in agency.zh_names:
            if name.holds_in(YEAR) and "（" not in name.text:
                names.append((name.text, agency.id))
    return names


BODIES = _bodies()


def _actor(name, agency, role, open_ended=False):
    kind = "agency" if agency else "collective"
    return Assignment(name=name, kind=kind, agency=agency, role=role, open_ended=open_ended)


@st.composite
def assignments(draw):
    """A list of assignments that one bracket can say."""
    picked = draw(
        st.lists(st.sampled_from(BODIES), min_size=1, max_size=5, unique_by=lambda b: b[1])
    )
    form = draw(st.sampled_from(["responsible", "open", "collective", "lead", "lead_open", "with"]))
    first = picked[0]
    if form == "responsible":
        return tuple(_actor(n, a, "responsible") for n, a in picked)
    if form == "open":
        return tuple(_actor(n, a, "responsible", True) for n, a in picked)
    if form == "collective":
        who = draw(st.sampled_from(COLLECTIVES))
        return (*(_actor(n, a, "responsible") for n, a in picked), _actor(who, None, "responsible"))
    if form == "with":
        return (_actor(*first, "responsible"), *(_actor(n, a, "support") for n, a in picked[1:]))
    opened = form == "lead_open" and len(picked) > 1
    return (_actor(*first, "lead"), *(_actor(n, a, "support", opened) for n, a in picked[1:]))


def bracket(given):
    """The bracket that says these assignments."""
    if not given:
        return ""
    lead = [a.name for a in given if a.role == "lead"]
    duty = [a for a in given if a.role == "responsible"]
    support = [a for a in given if a.role == "support"]
    if lead:
        text = "、".join(lead) + "牵头"
        if support:
            text += "，" + "、".join(a.name for a in support)
            text += "等配合" if support[0].open_ended else "配合"
        return f"（{text}）"
    text = "、".join(a.name for a in duty)
    if duty[0].open_ended:
        text += "等部门"
    if support:
        text += "会同" + "、".join(a.name for a in support)
    return f"（{text}负责）"


@st.composite
def sentences(draw):
    """The words of one task."""
    parts = draw(st.integers(1, 3))
    return "".join(
        draw(st.sampled_from(VERBS))
        + draw(st.sampled_from(OBJECTS))
        + draw(st.sampled_from(TAILS))
        + "。"
        for _ in range(parts)
    )


@st.composite
def plans(draw, brackets=True):
    """A plan whose numbers run through, with sections of one or two levels."""
    sections, tasks = [], []
    for s in range(draw(st.integers(1, 4))):
        top = Section(id=str(s + 1), number=f"{HAN[s]}、", title=HEADS[s], parent=None)
        sections.append(top)
        under = [top]
        if draw(st.booleans()):
            under = [
                Section(
                    id=f"{top.id}.{i + 1}", number=f"（{HAN[i]}）", title=SUBHEADS[i], parent=top.id
                )
                for i in range(draw(st.integers(1, 3)))
            ]
        for section in under:
            if section is not top:
                sections.append(section)
            for _ in range(draw(st.integers(1, 4))):
                number = len(tasks) + 1
                text = draw(sentences())
                deadline = None
                if draw(st.integers(0, 5)) == 0:
                    text = text[:-1] + "，9月底前完成。"
                    deadline = Deadline(text="9月底前完成", date=None)
                tasks.append(
                    Task(
                        id=str(number),
                        number=f"{number}.",
                        section=section.id,
                        text=text,
                        assignments=draw(assignments()) if brackets else (),
                        deadline=deadline,
                    )
                )
    return Plan(
        title=f"{YEAR}年渔港振兴推进计划",
        language="zh-Hans",
        edition=str(YEAR),
        sections=tuple(sections),
        tasks=tuple(tasks),
    )


def render(plan):
    """The plan as one paragraph a line."""
    lines = [plan.title, f"为做好{YEAR}年渔港工作，制定本计划。"]
    for section in plan.sections:
        lines.append(section.number + section.title)
        lines += [
            task.number + task.text + bracket(task.assignments)
            for task in plan.tasks
            if task.section == section.id
        ]
    return "\n".join(lines)


def facts(plan):
    """What must come through: tasks with ids, sections, words and who does what."""
    sections = [(s.id, s.number, s.title, s.parent) for s in plan.sections]
    tasks = [
        (
            t.id,
            t.number,
            t.section,
            t.text,
            [(a.key, a.kind, a.role, a.open_ended) for a in t.assignments],
            t.deadline is not None,
        )
        for t in plan.tasks
    ]
    return sections, tasks


# --- noise (what reprints and converters do) ------------------------------------------------------


def spaces(text, rng):
    """Blanks and zero-width characters anywhere inside a line."""
    return re.sub(
        r"(?<=[\u4e00-\u9fff、《“])(?=[\u4e00-\u9fff、》”])",
        lambda m: rng.choice(["", "", "", "", " ", "\u3000", "\u200b"]),
        text,
    )


def broken_names(text, rng):
    """Line breaks inside brackets, as PDF lines give them."""

    def cut(match):
        inside = match[0]
        at = rng.randrange(2, len(inside) - 1) if len(inside) > 6 else 0
        return inside[:at] + "\n" + inside[at:] if at and rng.random() < 0.5 else inside

    return re.sub(r"（[^（）\n]*(?:负责|牵头|配合)）", cut, text)


def doubled(text, rng):
    """The whole text given twice."""
    return text + "\n" + text


def marks(text, rng):
    """@@ after tokens, doubled commas and stops, empty brackets."""
    text = re.sub("，", lambda m: rng.choice(["，", "，，"]), text)
    text = re.sub("(?<=[\u4e00-\u9fff])、", lambda m: rng.choice(["、", "@@、"]), text)
    return re.sub("。(?=\n|$)", lambda m: rng.choice(["。", "。。"]), text)


def pinyin(text, rng):
    """Pinyin in brackets after characters."""
    return re.sub("([渔港])", lambda m: m[1] + rng.choice(["", "(gǎng)", "（yú）"]), text)


def ascii_marks(text, rng):
    """Half-width punctuation."""
    return text.translate(str.maketrans("，（）：；", ",():;"))


def pages(text, rng):
    """Page numbers between paragraphs."""
    out = []
    for index, line in enumerate(text.split("\n")):
        out.append(line)
        if index % 7 == 5:
            out.append(f"- {index // 7 + 1} -")
    return "\n".join(out)


def running_heads(text, rng):
    """The same short line at the top of every page."""
    out = []
    for index, line in enumerate(text.split("\n")):
        if index % 4 == 3:
            out.append("渔港振兴资料汇编")
        out.append(line)
    return "\n".join(["渔港振兴资料汇编", "渔港振兴资料汇编", *out]) if len(out) > 8 else text


def crlf(text, rng):
    """Windows line ends and blank lines between paragraphs."""
    return text.replace("\n", "\r\n\r\n")


NOISE = [spaces, broken_names, doubled, marks, pinyin, ascii_marks, pages, running_heads, crlf]


def noisy(text, kinds, seed):
    """The text with these kinds of noise, one after the other."""
    rng = random.Random(seed)
    for kind in kinds:
        text = kind(text, rng)
    return text
