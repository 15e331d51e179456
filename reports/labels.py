"""The fixed words of all reports in both languages: headings, roles, levels, kinds."""

from __future__ import annotations

from typing import Final, Literal

from plans.model import ChangeKind, FrameRole, Nature, Role, Severity
from plans.reading.commitments import is_put_off, is_repeal
from plans.reading.explain import Part
from reports.options import ReportLanguage

Pair = tuple[str, str]

LABELS: Final[dict[str, Pair]] = {
    "summary": ("Summary", "摘要"),
    "contents": ("Contents", "目录"),
    "changes": ("Changes", "变化"),
    "tasks": ("Tasks", "任务"),
    "bodies": ("Bodies", "责任单位"),
    "commitments": ("Commitments", "立法承诺"),
    "instruments": ("Instruments", "法规文件"),
    "gained": ("gained", "新增"),
    "lost": ("lost", "减少"),
    "roles": ("role changed", "角色调整"),
    "other_role": ("with another role", "角色调整"),
    "up": ("up", "提升"),
    "down": ("down", "降低"),
    "newly_listed": ("newly listed", "新列入"),
    "no_longer_listed": ("no longer listed", "不再列出"),
    "old": ("Old", "修订前"),
    "new": ("New", "修订后"),
    "remark": ("Remark", "说明"),
    "document": ("About the document", "文件整体"),
    "no_section": ("Outside any section", "未分章节"),
    "unmatched": ("Not in the summary", "摘要未提及"),
    "renumbered_only": ("Only renumbered", "仅调整序号"),
    "none": ("No change.", "没有变化。"),
    "none_left": (
        "Nothing is left after the filters.",
        "按所选条件筛选后没有变化。",
    ),
    "filtered": ("Filtered", "已筛选"),
    "severity": ("Severity", "程度"),
    "kind": ("Kind", "类别"),
    "section": ("Section", "章节"),
    "task": ("Task", "任务"),
    "body": ("Body", "责任单位"),
    "role": ("Role", "角色"),
    "text": ("Text", "内容"),
    "number": ("Number", "序号"),
    "edition": ("Edition", "年度"),
    "level": ("Level", "程度级别"),
    "words": ("Words", "措辞"),
    "instrument": ("Instrument", "法规文件"),
    "all": ("All", "全部"),
    "inline": ("Inline", "行内对照"),
    "side_by_side": ("Side by side", "左右对照"),
    "view": ("View", "显示方式"),
    "show": ("Show", "显示"),
    "comparison_table": ("Table of amendments", "修订对照表"),
    "made_by": ("Made by", "编制"),
    "assignments": ("Assignments", "任务分工"),
    "change": ("Change", "变化"),
    "total": ("Total", "合计"),
    "kept": ("kept", "保留"),
    "added": ("new", "新增"),
    "gone": ("gone", "不再列出"),
    "deadline": ("deadline", "时限"),
    "confidence": ("Confidence", "可信度"),
    "continues": ("Continues", "延续自"),
    "status": ("Status", "状态"),
    "first": ("first edition", "首个年度"),
    "not_there": ("Not there in", "未出现的年度"),
    "duties_of": ("Duties of", "职责："),
    "matrix": ("Bodies by sections", "责任单位与章节对照"),
    "ladder": ("Instruments by edition", "法规文件年度进展"),
    "against": ("changes against", "变化相对于"),
    "partial": ("known by a summary only", "仅有摘要"),
    "trace": ("Task through the editions", "任务沿革"),
    "notes": ("Notes of the reader", "阅读说明"),
    "unknown_bodies": ("Bodies that the registry does not know", "未识别的单位"),
    "before": ("Before", "原"),
    "after": ("After", "现"),
}

ROLES: Final[dict[Role, Pair]] = {
    "lead": ("lead", "牵头"),
    "responsible": ("responsible", "负责"),
    "support": ("support", "配合"),
    "guide": ("guide", "指导"),
}

#: Levels of commitment; the ladder is the glossary's: study < draft < advance < speed up < issue.
LEVELS: Final[tuple[Pair, ...]] = (
    ("study", "研究论证"),
    ("study and draft", "研究起草"),
    ("advance as fit", "视情推进"),
    ("advance", "推进"),
    ("speed up", "加快"),
    ("push to issue", "推动出台"),
    ("draw up", "制定修订"),
    ("issue", "出台发布"),
    ("carry out", "贯彻落实"),
)
#: What is put off or stopped (暂缓, 不再) has level 0 and is never called study.
PUT_OFF: Final[Pair] = ("put off", "暂缓")
#: To repeal a text has the levels of amending it, and is never called that.
REPEAL: Final[Pair] = ("repeal", "废止")
#: From this level on the text itself is made, issued or repealed.
_DONE = 6

SEVERITIES: Final[dict[Severity, Pair]] = {
    "major": ("major", "重大"),
    "minor": ("minor", "一般"),
    "editorial": ("editorial", "文字"),
}

NATURES: Final[dict[Nature, Pair]] = {
    "official": ("official text", "正式文本"),
    "translation": ("translation", "译文"),
    "summary": ("summary", "摘要"),
    "commentary": ("commentary", "评论"),
    "draft": ("draft", "草案"),
}

KINDS: Final[dict[ChangeKind, Pair]] = {
    "task_added": ("new", "新增"),
    "task_removed": ("no longer listed", "不再列出"),
    "task_reworded": ("reworded", "文字修改"),
    "task_moved": ("moved", "调整章节"),
    "task_renumbered": ("renumbered", "调整序号"),
    "task_split": ("split", "拆分"),
    "task_merged": ("merged", "合并"),
    "part_moved": ("part moved", "部分移至他项"),
    "agency_assigned": ("body joins", "新增责任单位"),
    "agency_released": ("body leaves", "不再列责任单位"),
    "role_changed": ("role changed", "角色调整"),
    "agency_renamed": ("body renamed", "单位名称变化"),
    "agency_unnamed": ("body not named in an open list", "单位不再列名"),
    "commitment_raised": ("commitment up", "承诺提升"),
    "commitment_lowered": ("commitment down", "承诺降低"),
    "instrument_added": ("instrument newly listed", "新列入文件"),
    "instrument_dropped": ("instrument no longer listed", "文件不再列出"),
    "deadline_changed": ("deadline changed", "时限调整"),
    "section_added": ("new section", "新增章节"),
    "section_removed": ("section gone", "取消章节"),
    "section_retitled": ("section retitled", "章节更名"),
    "section_moved": ("section moved", "章节移位"),
    "addressee_added": ("new addressee", "新增主送单位"),
    "addressee_removed": ("addressee gone", "不再主送"),
    "frame_changed": ("frame reworded", "通知文字修改"),
}


#: The parts of a document that stand around its tasks, and its title.
FRAME: Final[dict[FrameRole | Literal["title"], Pair]] = {
    "title": ("title", "标题"),
    "issue_sentence": ("sentence of issue", "印发语"),
    "preamble": ("preamble", "前言"),
    "objective": ("objectives", "目标"),
    "introduction": ("introduction", "引言"),
    "closing": ("closing lines", "结尾文字"),
    "footer": ("footer", "落款"),
}

#: What the reader takes a part of a text for (plans/reading/explain.py).
PARTS: Final[dict[Part, Pair]] = {
    "section": ("heading", "标题"),
    "number": ("number", "序号"),
    "task": ("task", "任务"),
    "bracket": ("responsibility", "分工"),
    "actor": ("body", "单位"),
    "instrument": ("instrument", "法规文件"),
    "frame": ("frame", "通知文字"),
    "skipped": ("skipped", "略过"),
    "other": ("head and rest", "文头及其余"),
}

#: Collectives stand as printed and name no body (a plan's brackets); this is what they say.
COLLECTIVES: dict[str, str] = {
    "有关成员单位": "member bodies concerned",
    "相关成员单位": "member bodies concerned",
    "联席会议有关成员单位": "member bodies concerned of the joint conference",
    "各成员单位": "all member bodies",
    "联席会议各成员单位": "all member bodies of the joint conference",
    "联席会议成员单位": "member bodies of the joint conference",
    "有关部门": "departments concerned",
    "相关部门": "departments concerned",
    "有关单位": "bodies concerned",
    "相关单位": "bodies concerned",
    "各有关部门": "all departments concerned",
    "各有关单位": "all bodies concerned",
    "有关部门和单位": "departments and bodies concerned",
    "各有关部门和单位": "all departments and bodies concerned",
    "国务院各部门": "all departments of the State Council",
    "国务院有关部门": "departments of the State Council concerned",
    "各地区": "all regions",
    "各地区各有关部门": "all regions and departments concerned",
    "各省级人民政府": "all provincial governments",
    "各有关省级人民政府": "provincial governments concerned",
    "地方各级人民政府": "local governments of all levels",
}


def pick(pair: Pair, lang: ReportLanguage) -> str:
    """The word for a sentence of this language; ``both`` writes its sentences in English."""
    return pair[1] if lang == "zh" else pair[0]


def level_words(level: int, printed: str = "") -> Pair | None:
    """What a level of commitment is called, given the words that set it; None beside the ladder."""
    if level == 0 and is_put_off(printed):
        return PUT_OFF
    if not 0 <= level < len(LEVELS):
        return None
    en, zh = LEVELS[level]
    if is_repeal(printed):
        return REPEAL if level >= _DONE else (f"{en} {REPEAL[0]}", f"{zh}{REPEAL[1]}")
    return en, zh


def label(key: str, lang: ReportLanguage) -> str:
    """A heading or label; with ``both`` the Chinese stands beside the English."""
    en, zh = LABELS[key]
    return {"en": en, "zh": zh, "both": f"{en} {zh}"}[lang]


def colon(lang: ReportLanguage) -> str:
    """The colon of the language, with the blank that English puts behind it."""
    return "：" if lang == "zh" else ": "


def count(n: int, noun: str, lang: ReportLanguage, zh: str, plural: str | None = None) -> str:
    """A number with its noun: 1 task, 2 tasks; in Chinese with its measure word in ``zh``."""
    if lang == "zh":
        return f"{n}{zh}"
    return f"{n} {noun if n == 1 else plural or noun + 's'}"
