"""A small invented pair of plans with every kind of change, and a large one with renumbered tasks.

The changesets are written by hand (small) or follow from how the pair was made (large), so that the
tests of this folder depend on no comparer.
"""

import datetime as dt
from functools import lru_cache

import msgspec

from plans.model import (
    Actor,
    Assignment,
    Change,
    Changeset,
    Commitment,
    Deadline,
    FramePart,
    Instrument,
    Link,
    Plan,
    Section,
    Side,
    Task,
    Unmatched,
)
from reports.options import ReportOptions

SIGNED = dt.datetime(2042, 3, 9, 8, 30, tzinfo=dt.UTC)


def options(**given) -> ReportOptions:
    return ReportOptions(**{"width": 88, "date": SIGNED, **given})


def body(name, agency=None, role="responsible", kind=None) -> Assignment:
    return Assignment(
        name=name, agency=agency, role=role, kind=kind or ("agency" if agency else "unknown")
    )


def law(title, text, level, identity=None) -> Instrument:
    return Instrument(title=title, id=identity, commitment=Commitment(text=text, level=level))


CNIPA = body("国家知识产权局", "cnipa")
MOJ = body("司法部", "moj")
GACC = body("海关总署", "gacc")
SAMR = body("市场监管总局", "samr")
NFGA = body("国家林草局", "nfga")
MIIT = body("工业和信息化部", "miit")
MEMBERS = body("有关成员单位", kind="collective")
OFFICE = body("海岛数据登记中心")


def as_role(assignment: Assignment, role: str) -> Assignment:
    return msgspec.structs.replace(assignment, role=role)


def _task(identity, section, text, assignments, **more) -> Task:
    return Task(
        id=identity,
        number=f"{identity}.",
        section=section,
        text=text,
        assignments=tuple(assignments),
        **more,
    )


OLD = Plan(
    title="2041年海洋数据权益工作推进计划",
    language="zh-Hans",
    document_number="海数办〔2041〕2号",
    issuer="海洋数据权益工作部际会议办公室",
    issued_on=dt.date(2041, 4, 2),
    edition="2041",
    addressees=(
        Actor(name="国家知识产权局", kind="agency", agency="cnipa"),
        Actor(name="国家邮政局", kind="agency", agency="spb"),
    ),
    frame=(FramePart(role="preamble", text="为做好2041年各项工作，明确任务和措施，制定本计划。"),),
    sections=(
        Section(id="1", number="一、", title="健全规则", parent=None),
        Section(id="1.1", number="（一）", title="完善法规", parent="1"),
        Section(id="1.2", number="（二）", title="建立新规则", parent="1"),
        Section(id="2", number="二、", title="加强保护", parent=None),
        Section(id="3", number="三、", title="培养人才", parent=None),
    ),
    tasks=(
        _task(
            "1",
            "1.1",
            "推进《商标法》修改，开展《潮汐数据登记条例》立法论证。",
            [CNIPA, MOJ],
            instruments=(
                law("商标法", "推进", 3, "trademark-law"),
                law("潮汐数据登记条例", "开展立法论证", 0),
            ),
        ),
        _task(
            "2",
            "1.1",
            "发布《船载算法指引》。",
            [MIIT],
            instruments=(law("船载算法指引", "发布", 7),),
        ),
        _task(
            "3",
            "1.1",
            "清理妨碍海图共享的旧规定，2041年9月底前完成。",
            [MOJ],
            deadline=Deadline(text="2041年9月底前", date=dt.date(2041, 9, 30)),
        ),
        _task("4", "1.2", "研究浮标数据的登记标准，建立数据标识制度。", [CNIPA, OFFICE]),
        _task("5", "1.2", "编写开源海图合规手册。", [MIIT]),
        _task("6", "2", "严查港口侵权货物。", [GACC, CNIPA]),
        _task("7", "2", "统一近海执法标准。", [SAMR]),
        _task("8", "2", "公布近海执法案例。", [SAMR, CNIPA]),
        _task("9", "2", "加强苗种市场监管。", [NFGA]),
        _task("10", "2", "建立线索移送平台。", [CNIPA]),
        _task("11", "3", "开设海洋数据课程。", [MEMBERS]),
    ),
)

NEW = Plan(
    title="2042年海洋数据权益工作推进计划",
    language="zh-Hans",
    document_number="海数办〔2042〕1号",
    issuer="海洋数据权益工作部际会议办公室",
    issued_on=dt.date(2042, 3, 8),
    edition="2042",
    addressees=(
        Actor(name="国家知识产权局", kind="agency", agency="cnipa"),
        Actor(name="文化和旅游部", kind="agency", agency="mct"),
    ),
    frame=(FramePart(role="preamble", text="为做好2042年各项工作，明确任务，制定本计划。"),),
    sections=(
        Section(id="1", number="一、", title="健全规则", parent=None),
        Section(id="1.1", number="（一）", title="完善法规", parent="1"),
        Section(id="1.2", number="（二）", title="建立新兴领域规则", parent="1"),
        Section(id="2", number="二、", title="加强保护", parent=None),
        Section(id="3", number="三、", title="扩大合作", parent=None),
    ),
    tasks=(
        _task(
            "1",
            "1.1",
            "加快推进《商标法》修改，开展《潮汐数据登记条例》立法论证。",
            [as_role(CNIPA, "lead"), MOJ, SAMR],
            instruments=(
                law("商标法", "加快推进", 4, "trademark-law"),
                law("潮汐数据登记条例", "开展立法论证", 0),
            ),
        ),
        _task(
            "2",
            "1.1",
            "清理妨碍海图共享的旧规定，2042年6月底前完成。",
            [MOJ],
            deadline=Deadline(text="2042年6月底前", date=dt.date(2042, 6, 30)),
        ),
        _task("3", "1.2", "研究浮标数据的登记标准。", [CNIPA]),
        _task("4", "1.2", "建立数据标识制度。", [CNIPA, OFFICE]),
        _task("5", "2", "严查港口和网络侵权货物。", [GACC]),
        _task("6", "2", "统一近海执法标准，公布近海执法案例。", [SAMR, CNIPA]),
        _task("7", "2", "加强苗种市场监管。", [body("林草局", "nfga")]),
        _task("8", "2", "建立线索移送平台。", [CNIPA]),
        _task("9", "3", "编写开源海图合规手册。", [MIIT]),
        _task(
            "10",
            "3",
            "=落实《远洋数据互认协定》，参加国际规则磋商。",
            [CNIPA, as_role(GACC, "support")],
            instruments=(law("远洋数据互认协定", "落实", 8),),
        ),
    ),
)


def _change(kind, severity, old=(), new=(), **more) -> Change:
    return Change(kind=kind, severity=severity, old=tuple(old), new=tuple(new), **more)


def _split(before: str, *parts: str):
    """Segments from a list like ("=推进", "-旧", "+新")."""
    ops = {"=": "equal", "-": "delete", "+": "insert"}
    return tuple((ops[part[0]], part[1:]) for part in parts)


def whole(plan: Plan, identity: str):
    return msgspec.to_builtins(next(task for task in plan.tasks if task.id == identity))


CHANGES = (
    _change("task_removed", "major", ["2"], [], before=whole(OLD, "2")),
    _change("task_removed", "major", ["11"], [], before=whole(OLD, "11")),
    _change("task_added", "major", [], ["10"], after=whole(NEW, "10")),
    _change(
        "task_reworded",
        "minor",
        ["1"],
        ["1"],
        segments=_split("", "+加快", "=推进《商标法》修改，开展《潮汐数据登记条例》立法论证。"),
    ),
    _change(
        "agency_assigned",
        "major",
        ["1"],
        ["1"],
        agency="samr",
        name="市场监管总局",
        after="responsible",
    ),
    _change(
        "role_changed",
        "major",
        ["1"],
        ["1"],
        agency="cnipa",
        name="国家知识产权局",
        before="responsible",
        after="lead",
    ),
    _change(
        "commitment_raised",
        "major",
        ["1"],
        ["1"],
        instrument="商标法",
        instrument_id="trademark-law",
        before=3,
        after=4,
    ),
    _change(
        "task_reworded",
        "minor",
        ["3"],
        ["2"],
        segments=_split(
            "", "=清理妨碍海图共享的旧规定，", "-2041年9月", "+2042年6月", "=底前完成。"
        ),
    ),
    _change("task_renumbered", "editorial", ["3"], ["2"], before="3", after="2"),
    _change("deadline_changed", "major", ["3"], ["2"], before="2041-09-30", after="2042-06-30"),
    _change("task_split", "minor", ["4"], ["3", "4"]),
    _change("task_moved", "minor", ["5"], ["9"], before="1.2", after="3"),
    _change("task_renumbered", "editorial", ["5"], ["9"], before="5", after="9"),
    _change(
        "task_reworded",
        "minor",
        ["6"],
        ["5"],
        segments=_split("", "=严查港口", "+和网络", "=侵权货物。"),
    ),
    _change("task_renumbered", "editorial", ["6"], ["5"], before="6", after="5"),
    _change(
        "agency_released",
        "major",
        ["6"],
        ["5"],
        agency="cnipa",
        name="国家知识产权局",
        before="responsible",
    ),
    _change("task_merged", "minor", ["7", "8"], ["6"]),
    _change("task_renumbered", "editorial", ["9"], ["7"], before="9", after="7"),
    _change("task_renumbered", "editorial", ["10"], ["8"], before="10", after="8"),
    _change(
        "agency_renamed",
        "editorial",
        ["9"],
        ["7"],
        agency="nfga",
        before="国家林草局",
        after="林草局",
    ),
    _change(
        "section_retitled", "minor", ["1.2"], ["1.2"], before="建立新规则", after="建立新兴领域规则"
    ),
    _change("section_removed", "minor", ["3"], [], before="培养人才"),
    _change("section_added", "minor", [], ["3"], after="扩大合作"),
    _change("addressee_added", "minor", agency="mct", name="文化和旅游部"),
    _change("addressee_removed", "minor", agency="spb", name="国家邮政局"),
    _change(
        "frame_changed",
        "minor",
        before="为做好2041年各项工作，明确任务和措施，制定本计划。",
        after="为做好2042年各项工作，明确任务，制定本计划。",
        segments=_split(
            "", "=为做好", "-2041", "+2042", "=年各项工作，明确任务", "-和措施", "=，制定本计划。"
        ),
    ),
)

CHANGESET = Changeset(
    old=Side(ref="sea-data@2041", title=OLD.title, language="zh-Hans", edition="2041"),
    new=Side(ref="sea-data@2042", title=NEW.title, language="zh-Hans", edition="2042"),
    links=(
        Link(old=("1",), new=("1",)),
        Link(old=("3",), new=("2",)),
        Link(old=("4",), new=("3", "4"), confidence=0.9),
        Link(old=("5",), new=("9",)),
        Link(old=("6",), new=("5",)),
        Link(old=("7", "8"), new=("6",), confidence=0.9),
        Link(old=("9",), new=("7",)),
        Link(old=("10",), new=("8",)),
    ),
    changes=CHANGES,
    made_by={"comparer": "test"},
)

#: The same new plan against an English summary that mentions one task of it.
SUMMARY = Plan(
    title="Sea data plan 2041: summary",
    language="en",
    nature="summary",
    edition="2041",
    tasks=(
        Task(
            id="1",
            number=None,
            section=None,
            text="CNIPA will advance the amendment of the Trademark Law.",
            assignments=(body("CNIPA", "cnipa"),),
            instruments=(law("Trademark Law", "advance", 3, "trademark-law"),),
        ),
    ),
)

AGAINST_SUMMARY = Changeset(
    old=Side(ref="summary", title=SUMMARY.title, language="en", nature="summary"),
    new=Side(ref="sea-data@2042", title=NEW.title, language="zh-Hans", edition="2042"),
    links=(Link(old=("1",), new=("1",), confidence=0.8),),
    changes=(
        _change(
            "commitment_raised",
            "major",
            ["1"],
            ["1"],
            instrument="商标法",
            instrument_id="trademark-law",
            before=3,
            after=4,
        ),
    ),
    unmatched=Unmatched(new=tuple(str(n) for n in range(2, 11))),
)

_DOING = ("健全", "完善", "推广", "公布", "编制", "开展", "组织", "评估", "优化", "规范")
_WHAT = (
    "灯塔数据的共享办法",
    "渔港监测站的运行标准",
    "深海采样样本的登记程序",
    "海图更新的质量考核机制",
    "船舶算法的公开目录",
    "岛礁影像的使用规则",
    "航道预报的发布流程",
    "潮位记录的长期保存方案",
    "海底电缆的巡查信息平台",
    "浮标制造企业的信用名录",
    "冰区航行的经验数据库",
)
_BODIES = (CNIPA, MOJ, GACC, SAMR, NFGA, MIIT, MEMBERS)


@lru_cache(maxsize=1)
def large_pair() -> tuple[Changeset, Plan, Plan]:
    """110 tasks in 7 sections; task 27 is gone, so that the 83 behind it are merely renumbered."""
    sections = tuple(
        Section(
            id=str(n), number=f"{'一二三四五六七'[n - 1]}、", title=f"第{n}方面工作", parent=None
        )
        for n in range(1, 8)
    )
    texts = [f"{_DOING[n % 10]}{_WHAT[n % 11]}，形成阶段成果并向社会公开。" for n in range(110)]

    def plan(year: int, kept: list[int], bodies) -> Plan:
        return Plan(
            title=f"{year}年灯塔工作推进计划",
            language="zh-Hans",
            edition=str(year),
            sections=sections,
            tasks=tuple(
                _task(str(at + 1), str(n // 16 + 1), texts[n], bodies(n))
                for at, n in enumerate(kept)
            ),
        )

    def before(n):
        return [_BODIES[n % 7], _BODIES[(n + 3) % 7]]

    def after(n):
        return before(n)[:1] if n == 40 else [*before(n), OFFICE] if n in (8, 90) else before(n)

    old = plan(2051, list(range(110)), before)
    new = plan(2052, [n for n in range(110) if n != 26], after)
    numbers = [(n + 1, n + 1 if n < 26 else n) for n in range(110) if n != 26]
    changes = [_change("task_removed", "major", ["27"], [], before=whole(old, "27"))]
    for one, other in numbers:
        if one != other:
            changes.append(
                _change(
                    "task_renumbered",
                    "editorial",
                    [str(one)],
                    [str(other)],
                    before=str(one),
                    after=str(other),
                )
            )
    for one, other in ((9, 9), (91, 90)):
        changes.append(
            _change(
                "agency_assigned",
                "major",
                [str(one)],
                [str(other)],
                name=OFFICE.name,
                after="responsible",
            )
        )
    gone = before(40)[1]
    changes.append(
        _change(
            "agency_released",
            "major",
            ["41"],
            ["40"],
            agency=gone.agency,
            name=gone.name,
            before="responsible",
        )
    )
    changeset = Changeset(
        old=Side(ref="lights@2051", title=old.title, language="zh-Hans"),
        new=Side(ref="lights@2052", title=new.title, language="zh-Hans"),
        links=tuple(Link(old=(str(one),), new=(str(other),)) for one, other in numbers),
        changes=tuple(changes),
    )
    return changeset, old, new


def plan_of(*texts: str) -> Plan:
    """A plan of these tasks, numbered from 1."""
    tasks = tuple(
        Task(id=str(at), number=f"{at}.", section=None, text=text)
        for at, text in enumerate(texts, start=1)
    )
    return Plan(title="近海工作安排", language="zh-Hans", sections=(), tasks=tasks)


def changeset_of(*links: tuple[str, str]) -> Changeset:
    """Tasks linked one to one, and no change told."""
    return Changeset(
        old=Side(ref="a", title="a", language="zh-Hans"),
        new=Side(ref="b", title="b", language="zh-Hans"),
        links=tuple(Link(old=(old,), new=(new,)) for old, new in links),
        changes=(),
    )


#: One task of three changed its place and a word.
MOVED = (
    changeset_of(("1", "3"), ("2", "1"), ("3", "2")),
    plan_of("巡查近海航标并公布结果。", "编制渔港名录。", "开展灯塔修缮。"),
    plan_of("编制渔港名录。", "开展灯塔修缮。", "每月巡查近海航标并公布结果。"),
)
