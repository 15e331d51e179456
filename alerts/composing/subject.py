"""What a task is about, in a word or two of English, so that "task 2" says something. Pure.

The words are the glossary's. A kind of right ("copyright") says most; words that half of all tasks
have in common ("guidance", "mechanism") say nothing and are passed over.
"""

from __future__ import annotations

from collections.abc import Sequence

from plans.model import Task
from plans.registry.model import Registry, Term

#: Every task of such a plan is about these: they tell nothing apart.
_TOO_WIDE = ("知识产权",)
_RIGHTS = frozenset(
    [
        "专利",
        "发明专利",
        "实用新型",
        "外观设计",
        "国防专利",
        "商标",
        "商标注册",
        "恶意注册",
        "著作权",
        "版权",
        "作品登记",
        "软件正版化",
        "地理标志",
        "植物新品种",
        "集成电路布图设计",
        "商业秘密",
        "民间文学艺术",
        "传统知识",
        "传统医药",
        "中医药",
        "遗传资源",
        "生物遗传资源",
        "非物质文化遗产",
        "老字号",
        "域名",
        "数据知识产权",
        "数据产权",
        "人工智能",
        "标准必要专利",
    ]
)
_SAY_NOTHING = frozenset(
    [
        "作品",
        "法律",
        "条例",
        "实施细则",
        "修改",
        "修订",
        "立法",
        "标准",
        "国家标准",
        "打击",
        "案件",
        "审理",
        "审判",
        "司法",
        "管辖",
        "监督",
        "新领域",
        "新业态",
        "运用",
        "运营",
        "产业",
        "企业",
        "中小企业",
        "成果",
        "评估",
        "平台",
        "信息",
        "信息平台",
        "信息公共服务",
        "智能化",
        "便利化",
        "检索",
        "代理",
        "文化",
        "宣传",
        "活动",
        "教育",
        "学院",
        "学科",
        "学位",
        "专家",
        "规则",
        "谈判",
        "规划",
        "纲要",
        "政策",
        "财政",
        "奖励",
        "表彰",
        "风险",
        "指南",
        "指引",
        "指导",
        "机制",
        "全链条",
        "考核",
        "督查",
        "评价指标",
        "监测",
        "统筹协调",
        "组织实施",
        "联席会议",
        "执法",
        "专项行动",
        "试点",
        "示范",
        "试点示范",
        "园区",
        "海外",
        "交易",
        "投资",
        "转化",
        "刑事",
        "犯罪",
        "特别程序",
        "专精特新",
        "声明制度",
    ]
)


def subject_of(tasks: Sequence[Task], registry: Registry) -> str | None:
    """English for what the first of ``tasks`` is about; None where the glossary has no word for it.

    A kind of right goes before all else, then what is named first, the longer name before the shorter.
    """
    if not tasks:
        return None
    text = tasks[0].text
    found = [_rank(term, text) for term in registry.terms if term.zh in text and _tells(term)]
    return min(found)[-1] if found else None


def _tells(term: Term) -> bool:
    return term.zh not in _SAY_NOTHING and not term.zh.startswith(_TOO_WIDE)


def _rank(term: Term, text: str) -> tuple[bool, int, int, str]:
    return term.zh not in _RIGHTS, text.find(term.zh), -len(term.zh), term.en
