"""A document over the years: one task, one body, one instrument, and bodies by sections."""

from __future__ import annotations

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from dashboard.comparisons import Read
from dashboard.desk import AtDesk, Desk, document_of
from dashboard.problems import Refused
from dashboard.rendering import report_options, show
from plans.comparing.trace import (
    Duty,
    Edition,
    Ladder,
    TraceStep,
    duties,
    ladders,
    matrix,
    trace_task,
)
from plans.model import Task
from reports import labels
from reports.html import markup
from reports.inline import Segments
from reports.names import bare, number
from reports.select import agency_key
from reports.trace import changes_of, wording_of
from reports.wording import capital
from storage.records import Document

router = APIRouter(include_in_schema=False)

Series = tuple[tuple[Read, Edition], ...]


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One task of the line, in one edition: what became of it there, and its words."""

    step: TraceStep
    number: str
    section: str
    duties: str
    lines: tuple[str, ...]
    text: Markup


class EditionSteps(msgspec.Struct, frozen=True, kw_only=True):
    """One edition with its parts of the line."""

    read: Read
    name: str
    steps: tuple[Step, ...]


@router.get("/documents/{document_id}/tasks/{task_id:path}")
def task(
    request: Request, desk: AtDesk, document_id: str, task_id: str, edition: str | None = None
) -> HTMLResponse:
    """One task through the editions; ``edition`` says in which one the id is meant, else the newest."""
    document, series = _series(desk, document_id)
    editions = [one for _, one in series]
    names = [one.name for one in editions]
    if edition is not None and edition not in names:
        raise Refused(404, f"{document_id} has no edition {edition}; there is: {', '.join(names)}.")
    at = names.index(edition) if edition else len(names) - 1
    found = next((t for t in editions[at].plan.tasks if t.id == task_id), None)
    if found is None:
        raise Refused(404, f"Edition {names[at]} of {document_id} has no task {task_id}.")
    steps = trace_task(editions, at, task_id)
    shown = [
        EditionSteps(
            read=read,
            name=one.name,
            steps=tuple(
                _step(request, desk, editions, place, step)
                for step in steps
                if step.edition == one.name
            ),
        )
        for place, (read, one) in enumerate(series)
    ]
    return show(
        request, desk, "task.html", document=document, tab="tasks", task=found,
        number=number(found), edition=names[at], editions=shown[::-1],
    )  # fmt: skip


@router.get("/documents/{document_id}/bodies")
def bodies(request: Request, desk: AtDesk, document_id: str) -> HTMLResponse:
    """Bodies by sections of the newest edition, as a heat map with its numbers."""
    document, series = _series(desk, document_id)
    editions = [one for _, one in series]
    grid = matrix(editions[-1], editions[-2] if len(editions) > 1 else None)
    cells = {(cell.body, cell.section): cell for cell in grid.cells}
    totals = {
        body: sum(cells[body, key].count for key, _ in grid.sections if (body, key) in cells)
        for body in grid.bodies
    }
    most = max((cell.count for cell in grid.cells), default=1) or 1
    return show(
        request, desk, "bodies.html", document=document, tab="bodies", matrix=grid, cells=cells,
        totals=totals, heat=lambda count: min(5, -(-5 * count // most)) if count else 0,
        earlier=editions[-2].name if len(editions) > 1 else None, read=series[-1][0],
    )  # fmt: skip


@router.get("/documents/{document_id}/bodies/{body:path}")
def body(request: Request, desk: AtDesk, document_id: str, body: str) -> HTMLResponse:
    """What a body has to do in each edition; ``body`` is a registry id or any of its names."""
    document, series = _series(desk, document_id)
    key = agency_key(body, desk.registry)
    held = duties([one for _, one in series], key, desk.registry)
    if not held:
        raise Refused(404, f"No edition of {document_id} names {body}.")
    by_edition: list[tuple[str, Read, list[Duty]]] = [
        (one.name, read, [duty for duty in held if duty.edition == one.name])
        for read, one in series
    ]
    return show(
        request, desk, "body.html", document=document, tab="bodies", body=key,
        agency=desk.registry.agencies.get(key), editions=by_edition[::-1], bare=bare,
    )  # fmt: skip


@router.get("/documents/{document_id}/instruments")
def instruments(request: Request, desk: AtDesk, document_id: str) -> HTMLResponse:
    """Where each law and regulation stands on the ladder of commitment, by edition."""
    document, series = _series(desk, document_id)
    found = ladders([one for _, one in series])
    return show(
        request, desk, "instruments.html", document=document, tab="instruments", ladders=found,
        editions=[one.name for _, one in series], levels=_levels(request, desk), key_of=_key_of,
    )  # fmt: skip


@router.get("/documents/{document_id}/instruments/{instrument:path}")
def instrument(request: Request, desk: AtDesk, document_id: str, instrument: str) -> HTMLResponse:
    """One instrument's way up the ladder, with the tasks that name it."""
    document, series = _series(desk, document_id)
    known = desk.registry.find_instrument(instrument)
    wanted = {instrument, known.id if known else instrument}
    ladder = next((one for one in ladders([e for _, e in series]) if _key_of(one) in wanted), None)
    if ladder is None:
        raise Refused(404, f"No edition of {document_id} names {instrument}.")
    named: dict[str, list[Task]] = {
        rung.edition: [task for task in edition.plan.tasks if task.id in rung.tasks]
        for rung, (_, edition) in zip(ladder.rungs, series, strict=True)
    }
    reads = {edition.name: read for read, edition in series}
    return show(
        request, desk, "instrument.html", document=document, tab="instruments", ladder=ladder,
        named=named, reads=reads, number=number, levels=_levels(request, desk),
    )  # fmt: skip


def _series(desk: Desk, document_id: str) -> tuple[Document, Series]:
    with desk.database.reading() as conn:
        document = document_of(conn, document_id)
        series = desk.comparisons.series(conn, document_id)
    if not series:
        raise Refused(404, f"No version of {document_id} has been kept and read yet.")
    return document, series


def _step(request: Request, desk: Desk, editions: list[Edition], at: int, step: TraceStep) -> Step:
    wording = wording_of(editions, at, desk.registry, report_options(request, desk))
    changes = changes_of(step, editions[at])
    redline: Segments = next(
        (c.segments for c in changes if c.kind == "task_reworded" and c.segments),
        (("equal", step.task.text),),
    )
    return Step(
        step=step,
        number=number(step.task),
        section=wording.names.path(wording.facts.new.path(step.task.section)),
        duties=wording.duties((step.task,)),
        lines=tuple(capital(wording.sentence(c)) for c in changes if c.kind != "task_reworded"),
        text=markup(redline),
    )


def _levels(request: Request, desk: Desk) -> list[str]:
    lang = report_options(request, desk).lang
    return [labels.pick(pair, lang) for pair in labels.LEVELS]


def _key_of(ladder: Ladder) -> str:
    return ladder.id or ladder.title
