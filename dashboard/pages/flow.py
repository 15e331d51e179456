"""Where the tasks of each section went from edition to edition: a picture with its table."""

from __future__ import annotations

from itertools import pairwise

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from dashboard.desk import AtDesk
from dashboard.history import STEP, series_of
from dashboard.language import language_of
from dashboard.rendering import show
from plans.model import Plan, Task
from reports import labels
from reports.flow import Band, Stage, flow_of
from reports.flow_svg import Name, Words, draw
from reports.names import Names, number

router = APIRouter(include_in_schema=False)


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the table. ``kind`` is kept, moved, new or gone; tasks are in the older edition
    where they are gone, else in the newer one.
    """

    kind: str
    source: str
    target: str
    tasks: tuple[tuple[str, str], ...]


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the tasks between two editions."""

    older: str
    newer: str
    rows: tuple[Row, ...]


@router.get("/documents/{document_id}/flow")
def flow(request: Request, desk: AtDesk, document_id: str, editions: int = STEP) -> HTMLResponse:
    """The picture, and the same in words."""
    series = series_of(desk, document_id, newest=editions)
    stages = flow_of(series.editions)
    lang = language_of(request)
    names = Names(desk.registry, lang)

    def name(band: Band) -> str:
        if band.section is None:
            return "不在任何章节下" if lang == "zh" else "under no heading"
        return names.section(band.section)

    def tasks(count: int) -> str:
        return labels.count(count, "task", lang, "项任务")

    first, last = stages[0].name, stages[-1].name
    words = Words(
        title=f"{first}–{last} 年任务流向" if lang == "zh" else f"Tasks from {first} to {last}",
        description=_told(stages, lang == "zh"),
        name=name,
        tasks=tasks,
        new=lambda count: f"新增{tasks(count)}" if lang == "zh" else f"{tasks(count)} new",
        gone=lambda count: (
            f"{tasks(count)}不再列出" if lang == "zh" else f"{tasks(count)} no longer listed"
        ),
    )
    return show(
        request,
        desk,
        "flow.html",
        document=series.document,
        tab="flow",
        picture=draw(stages, words) if len(stages) > 1 else None,
        tables=[_table(older, newer, name) for older, newer in pairwise(stages)][::-1],
        partly=any(stage.plan.covers_part for stage in stages),
        earlier=series.earlier,
    )


def _told(stages: tuple[Stage, ...], zh: bool) -> str:
    """The picture in one sentence a passage."""
    told = []
    for older, newer in pairwise(stages):
        passage = newer.passage
        if passage is None:
            continue
        kept = sum(len(s.new) for s in passage.streams if not s.moved)
        moved = sum(len(s.new) for s in passage.streams if s.moved)
        new, gone = (sum(map(len, side.values())) for side in (passage.new, passage.gone))
        told.append(
            f"{older.name} 至 {newer.name}：{kept}项留在原章节，{moved}项移至其他章节，新增{new}项，{gone}项不再列出。"
            if zh
            else f"{older.name} to {newer.name}: {kept} tasks stay in their section, {moved} move to "
            f"another, {new} are new, {gone} are no longer listed."
        )
    return " ".join(told)


def _table(older: Stage, newer: Stage, name: Name) -> Table:
    called = {"old": _called(older, name), "new": _called(newer, name)}
    numbers = _numbers(older.plan), _numbers(newer.plan)
    passage = newer.passage
    rows: list[Row] = []
    if passage is not None:
        rows += [
            Row(
                kind="moved" if stream.moved else "kept",
                source=called["old"].get(stream.source, ""),
                target=called["new"].get(stream.target, ""),
                tasks=tuple((task, numbers[1][task]) for task in stream.new),
            )
            for stream in passage.streams
        ]
        rows += [
            Row(kind="new", source="", target=called["new"].get(key, ""),
                tasks=tuple((task, numbers[1][task]) for task in found))
            for key, found in passage.new.items()
        ]  # fmt: skip
        rows += [
            Row(kind="gone", source=called["old"].get(key, ""), target="",
                tasks=tuple((task, numbers[0][task]) for task in found))
            for key, found in passage.gone.items()
        ]  # fmt: skip
    order = {"moved": 0, "new": 1, "gone": 2, "kept": 3}
    return Table(
        older=older.name,
        newer=newer.name,
        rows=tuple(sorted(rows, key=lambda row: order[row.kind])),
    )


def _called(stage: Stage, name: Name) -> dict[str, str]:
    return {band.key: name(band) for band in stage.bands}


def _numbers(plan: Plan) -> dict[str, str]:
    tasks: tuple[Task, ...] = plan.tasks
    return {task.id: number(task) for task in tasks}
