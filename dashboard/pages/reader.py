"""A version as published beside the plan as read: each task tied to its place in the text."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from sqlalchemy.engine import Connection

from dashboard.comparisons import Read
from dashboard.desk import AtDesk, document_of
from dashboard.language import language_of
from dashboard.problems import Refused
from dashboard.rendering import report_options, segment, show
from monitor.polling.text import joined
from plans.model import Extract, Plan, Section, to_json
from plans.reading.explain import explain
from plans.registry.model import Registry
from reports.clean import clean
from reports.explained import lines
from reports.plan_facts import PlanFactsheet, TaskFacts
from reports.plan_text import walk
from storage import baselines, overview, readings, versions
from storage.records import Part, Version

router = APIRouter(include_in_schema=False)


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """Words of a line and what they were taken for; ``anchor`` where a task or a heading begins."""

    part: str
    words: str
    anchor: str = ""
    target: str = ""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the plan as read: a heading, or a task."""

    anchor: str
    heading: str = ""
    level: int = 3
    identity: str = ""
    task: TaskFacts | None = None
    placed: bool = False


@router.get("/documents/{document_id}/versions/{number}")
def version(request: Request, desk: AtDesk, document_id: str, number: int) -> HTMLResponse:
    """The page of one version."""
    with desk.database.reading() as conn:
        document = document_of(conn, document_id)
        found = _version(conn, document_id, number)
        older = versions.get(conn, found.predecessor_id) if found.predecessor_id else None
        held = baselines.current(conn, document_id)
        baseline = versions.get(conn, held.version_id) if held and held.version_id else None
        parts = versions.parts_of(conn, found.id)
        read = next(iter(desk.comparisons.read(conn, found)), None)
        extract = _text(conn, parts)
        pairs = [(older, found)] if older is not None else []
        sentence = desk.comparisons.headlines(conn, pairs, language_of(request)).get(found.id)
        witnesses = overview.witnesses_of(conn, [found.id])[found.id]
        reading = readings.reading_of(conn, found.id)
    sheet = PlanFactsheet(read.plan, desk.registry, report_options(request, desk)) if read else None
    text = _lines(extract, read.plan, desk.registry) if extract and read else []
    anchors = {piece.anchor for line in text for piece in line if piece.anchor}
    return show(
        request,
        desk,
        "version.html",
        document=document,
        tab="timeline",
        version=found,
        older=older,
        can_confirm=desk.options.runtime is not None,
        baseline=baseline,
        headline=sentence,
        witnesses=witnesses,
        reading=reading,
        sheet=sheet,
        plan=read.plan if read else None,
        text=text,
        entries=list(_entries(read, sheet, anchors)) if read and sheet else [],
    )


@router.get("/documents/{document_id}/versions/{number}/text.txt")
def published(desk: AtDesk, document_id: str, number: int) -> Response:
    """The text as published, alone."""
    with desk.database.reading() as conn:
        found = _version(conn, document_id, number)
        extract = _text(conn, versions.parts_of(conn, found.id))
    if extract is None:
        raise Refused(404, f"No text of {found.ref} is kept.", zh=f"没有保存 {found.ref} 的原文。")
    return _file(extract.text.encode(), "text/plain; charset=utf-8", f"{found.ref}.txt")


@router.get("/documents/{document_id}/versions/{number}/plan.json")
def plan_file(desk: AtDesk, document_id: str, number: int) -> Response:
    """The plan as read, by its contract."""
    with desk.database.reading() as conn:
        found = _version(conn, document_id, number)
        plan = readings.plan_of(conn, found.id)
    if plan is None:
        raise Refused(
            404,
            f"{found.ref} has not been read yet. Run: planwatch reread",
            zh=f"{found.ref} 尚未解读，请运行：planwatch reread",
        )
    return _file(to_json(plan), "application/json", f"{found.ref}.json")


def _file(body: bytes, media_type: str, name: str) -> Response:
    saved = {"Content-Disposition": f'attachment; filename="{segment(name.replace("#", "-"))}"'}
    return Response(body, media_type=media_type, headers=saved)


def _version(conn: Connection, document_id: str, number: int) -> Version:
    found = versions.by_number(conn, document_id, number) if 0 < number < 10**9 else None
    if found is None:
        raise Refused(
            404, f"{document_id} has no version {number}.", zh=f"{document_id} 没有版本 {number}。"
        )
    return found


def _text(conn: Connection, parts: Iterable[Part]) -> Extract | None:
    """What the parts of a version hold, as one text; None where nothing of it is kept."""
    found = [readings.extract_of(conn, part.snapshot_id) for part in parts]
    kept = [extract for extract in found if extract is not None]
    return joined(kept) if kept else None


def _lines(extract: Extract, plan: Plan, registry: Registry) -> list[list[Piece]]:
    """The text in lines; the first piece of each task and heading carries its anchor."""
    known = {f"task-{task.id}" for task in plan.tasks}
    seen: set[str] = set()
    found = []
    for line in lines(extract.text, explain(extract, plan, registry)):
        pieces = []
        for segment_, words in line:
            target = f"{'section' if segment_.part == 'section' else 'task'}-{segment_.label}"
            first = (
                segment_.part in ("number", "task", "section")
                and target not in seen
                and (target in known or segment_.part == "section")
            )
            if first:
                seen.add(target)
            pieces.append(
                Piece(
                    part=segment_.part,
                    words=clean(words),
                    anchor=f"text-{target}" if first else "",
                    target=target if first and segment_.part != "section" else "",
                )
            )
        found.append(pieces)
    return found


def _entries(read: Read, sheet: PlanFactsheet, anchors: set[str]) -> Iterable[Entry]:
    for entry, depth in walk(read.plan):
        if isinstance(entry, Section):
            yield Entry(
                anchor=f"section-{entry.id}",
                heading=sheet.names.section(entry),
                level=min(depth + 2, 6),
            )
        else:
            anchor = f"task-{entry.id}"
            yield Entry(
                anchor=anchor,
                identity=entry.id,
                task=sheet.task(entry),
                placed=f"text-{anchor}" in anchors,
            )
