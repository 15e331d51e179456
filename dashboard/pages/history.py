"""A document over the years: one task, one body, one instrument, and bodies by sections."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from dashboard.comparisons import Read
from dashboard.desk import AtDesk, Desk
from dashboard.history import STEP, series_naming, series_of
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
from plans.model import Commitment, Plan, Task
from plans.reading.commitments import PUT_OFF, standing
from reports import labels
from reports.html import markup
from reports.inline import Segments
from reports.names import bare, number
from reports.select import agency_key
from reports.trace import changes_of, wording_of
from reports.wording import capital

router = APIRouter(include_in_schema=False)


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
    request: Request,
    desk: AtDesk,
    document_id: str,
    task_id: str,
    edition: str | None = None,
    editions: int = STEP,
) -> HTMLResponse:
    """One task through the editions; ``edition`` says in which one the id is meant, else the newest."""
    series = series_of(desk, document_id, newest=editions, back_to=edition)
    line, names = series.editions, series.names
    if edition is not None and edition not in names:
        raise Refused(
            404,
            f"Edition {edition} of {document_id} has not been read yet.",
            zh=f"{document_id} 的 {edition} 年度尚未解读。",
        )
    at = names.index(edition) if edition else len(names) - 1
    found = next((t for t in line[at].plan.tasks if t.id == task_id), None)
    if found is None:
        raise Refused(
            404,
            f"Edition {names[at]} of {document_id} has no task {task_id}.",
            zh=f"{document_id} 的 {names[at]} 年度没有任务 {task_id}。",
        )
    steps = trace_task(line, at, task_id)
    shown = [
        EditionSteps(
            read=read,
            name=one.name,
            steps=tuple(
                _step(request, desk, line, place, step)
                for step in steps
                if step.edition == one.name
            ),
        )
        for place, (read, one) in enumerate(series.shown)
    ]
    return show(
        request, desk, "task.html", document=series.document, tab="tasks", task=found,
        number=number(found), edition=names[at], editions=shown[::-1], earlier=series.earlier,
    )  # fmt: skip


@router.get("/documents/{document_id}/bodies")
def bodies(request: Request, desk: AtDesk, document_id: str) -> HTMLResponse:
    """Bodies by sections of the newest edition, as a heat map with its numbers."""
    series = series_of(desk, document_id, newest=2)
    line = series.editions
    grid = matrix(line[-1], line[-2] if len(line) > 1 else None)
    cells = {(cell.body, cell.section): cell for cell in grid.cells}
    totals = {
        body: sum(cells[body, key].count for key, _ in grid.sections if (body, key) in cells)
        for body in grid.bodies
    }
    most = max((cell.count for cell in grid.cells), default=1) or 1
    return show(
        request, desk, "bodies.html", document=series.document, tab="bodies", matrix=grid,
        cells=cells, totals=totals, read=series.shown[-1][0],
        heat=lambda count: min(5, -(-5 * count // most)) if count else 0,
        earlier=line[-2].name if len(line) > 1 else None,
    )  # fmt: skip


@router.get("/documents/{document_id}/bodies/{body:path}")
def body(
    request: Request, desk: AtDesk, document_id: str, body: str, editions: int = STEP
) -> HTMLResponse:
    """What a body has to do in each edition; ``body`` is a registry id or any of its names."""
    key = agency_key(body, desk.registry)

    def names_it(plan: Plan) -> bool:
        return bool(duties([Edition(plan=plan)], key, desk.registry))

    series = series_naming(desk, document_id, body, names_it, newest=editions)
    held = duties(series.editions, key, desk.registry)
    by_edition: list[tuple[str, Read, list[Duty]]] = [
        (one.name, read, [duty for duty in held if duty.edition == one.name])
        for read, one in series.shown
    ]
    return show(
        request, desk, "body.html", document=series.document, tab="bodies", body=key, bare=bare,
        agency=desk.registry.agencies.get(key), editions=by_edition[::-1], earlier=series.earlier,
    )  # fmt: skip


@router.get("/documents/{document_id}/instruments")
def instruments(
    request: Request, desk: AtDesk, document_id: str, editions: int = STEP
) -> HTMLResponse:
    """Where each law and regulation stands on the ladder of commitment, by edition."""
    series = series_of(desk, document_id, newest=editions)
    return show(
        request, desk, "instruments.html", document=series.document, tab="instruments",
        ladders=ladders(series.editions), editions=series.names, level_word=_level_word(request, desk),
        is_put_off=_is_put_off,
        key_of=_key_of, earlier=series.earlier,
    )  # fmt: skip


@router.get("/documents/{document_id}/instruments/{instrument:path}")
def instrument(
    request: Request, desk: AtDesk, document_id: str, instrument: str, editions: int = STEP
) -> HTMLResponse:
    """One instrument's way up the ladder, with the tasks that name it."""
    known = desk.registry.find_instrument(instrument)
    wanted = {instrument, known.id if known else instrument}

    def find(line: Sequence[Edition]) -> Ladder | None:
        return next((one for one in ladders(line) if _key_of(one) in wanted), None)

    def names_it(plan: Plan) -> bool:
        return find([Edition(plan=plan)]) is not None

    series = series_naming(desk, document_id, instrument, names_it, newest=editions)
    ladder = find(series.editions)
    assert ladder is not None, instrument
    named: dict[str, list[Task]] = {
        rung.edition: [task for task in edition.plan.tasks if task.id in rung.tasks]
        for rung, edition in zip(ladder.rungs, series.editions, strict=True)
    }
    reads = {edition.name: read for read, edition in series.shown}
    return show(
        request, desk, "instrument.html", document=series.document, tab="instruments",
        ladder=ladder, named=named, reads=reads, number=number, level_word=_level_word(request, desk),
        is_put_off=_is_put_off,
        earlier=series.earlier,
    )  # fmt: skip


def _step(
    request: Request, desk: Desk, editions: Sequence[Edition], at: int, step: TraceStep
) -> Step:
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


def _level_word(request: Request, desk: Desk) -> Callable[[Commitment], str]:
    """What the pages of the ladder call a commitment."""
    lang = report_options(request, desk).lang

    def level_word(commitment: Commitment) -> str:
        pair = labels.level_words(commitment.level, commitment.text)
        return labels.pick(pair, lang) if pair else str(commitment.level)

    return level_word


def _is_put_off(commitment: Commitment) -> bool:
    return standing(commitment) == PUT_OFF


def _key_of(ladder: Ladder) -> str:
    return ladder.id or ladder.title
