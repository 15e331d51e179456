"""The invented plans of the reports' tests with thirty changes, as events that alerts tell of."""

import datetime as dt

import msgspec

from alerts.config import SubscriptionConfig
from alerts.events import Comparison, Event
from plans.model import Change, Changeset, Plan, Side
from plans.registry.load import shipped_registry
from tests.reports import examples as pair

NOW = dt.datetime(2042, 3, 9, 2, 0, tzinfo=dt.UTC)  # 10:00 in Shanghai, a Sunday
REGISTRY = shipped_registry()

#: The 26 changes of the pair, and four of kinds that it has not.
CHANGES = (
    *pair.CHANGES,
    Change(
        kind="commitment_lowered",
        severity="major",
        old=("1",),
        new=("1",),
        instrument="潮汐数据登记条例",
        before=1,
        after=0,
    ),
    Change(
        kind="instrument_added",
        severity="major",
        old=("6",),
        new=("5",),
        instrument="网上查验规程",
        after=8,
    ),
    Change(
        kind="instrument_dropped",
        severity="major",
        old=("4",),
        new=("3", "4"),
        instrument="浮标登记办法",
        before=6,
    ),
    Change(kind="part_moved", severity="minor", old=("10",), new=("8",)),
)


def changeset(changes=CHANGES, *, old_version=1, new_version=2) -> Changeset:
    return Changeset(
        old=Side(
            ref=f"sea-data#{old_version}",
            title=pair.OLD.title,
            language="zh-Hans",
            edition="2041",
            document="sea-data",
            version=old_version,
        ),
        new=Side(
            ref=f"sea-data#{new_version}",
            title=pair.NEW.title,
            language="zh-Hans",
            edition="2042",
            document="sea-data",
            version=new_version,
        ),
        changes=tuple(changes),
    )


def comparison(against="predecessor", changes=CHANGES, old_version=1) -> Comparison:
    return Comparison(
        against=against,
        changeset=changeset(changes, old_version=old_version),
        old=pair.OLD,
        new=pair.NEW,
    )


def event(*comparisons: Comparison, kind="version_recorded", **more) -> Event:
    given = {
        "kind": kind,
        "at": NOW,
        "document": "sea-data",
        "title_zh": "海洋数据权益工作推进计划",
        "title_en": "Sea data plan",
        "edition": "2042",
        "version": 2,
        "url": "https://sea.example/plan/2042.html",
        "source": "sea-column",
        "archive_ref": "sea-data#2",
        "comparisons": comparisons,
    }
    return Event(**(given | more))


def subscription(**given) -> SubscriptionConfig:
    return SubscriptionConfig.model_validate({"id": "sub", "channels": ["slack-ip"], **given})


def with_task_text(plan: Plan, task_id: str, text: str) -> Plan:
    tasks = tuple(
        msgspec.structs.replace(task, text=text) if task.id == task_id else task
        for task in plan.tasks
    )
    return msgspec.structs.replace(plan, tasks=tasks)
