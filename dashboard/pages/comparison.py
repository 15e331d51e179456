"""Two versions of a document: what matters first, then every change where it stands."""

from __future__ import annotations

from typing import Any, Literal, get_args

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from alerts.translating.kept import Translated, translations_of_changes
from dashboard.comparisons import Compared, Read
from dashboard.desk import AtDesk, Desk, version_of
from dashboard.links import Doubt, doubts_of, judged
from dashboard.problems import Refused
from dashboard.rendering import report_options, segment, show
from plans.model import Assignment, Change, ChangeKind, Changeset
from plans.registry.model import Registry
from reports import docx_redline, docx_table, html, json, labels, markdown, xlsx
from reports.captions import summary_rows
from reports.facts import Facts
from reports.options import Only, ReportLanguage, ReportOptions
from reports.outline import prepare
from reports.select import AGENCY_KINDS, SEVERITIES, agency_key
from storage.records import Document

router = APIRouter(include_in_schema=False)

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: File name's end -> module that makes it, media type, and what a person calls it.
DOWNLOADS: dict[str, tuple[Any, str, tuple[str, str]]] = {
    "redline.docx": (docx_redline, _WORD, ("Word, tracked changes", "Word 修订")),
    "table.docx": (docx_table, _WORD, ("Word, table of amendments", "Word 修订对照表")),
    "changes.xlsx": (xlsx, _SHEET, ("Excel", "Excel")),
    "changes.html": (html, "text/html; charset=utf-8", ("HTML", "HTML")),
    "changes.md": (markdown, "text/markdown; charset=utf-8", ("Markdown", "Markdown")),
    "changes.json": (json, "application/json", ("JSON", "JSON")),
}
_LONGEST = 200


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """What of a comparison is shown, as it stands in the address."""

    body: str = ""
    kind: str = ""
    severity: str = ""
    section: str = ""
    view: Literal["inline", "sides"] = "inline"

    def options(self, request: Request, desk: Desk) -> ReportOptions:
        """The same as options of a report."""
        only: Only | None = self.kind if self.kind in get_args(Only) else None  # type: ignore[assignment]
        severity = self.severity if self.severity in SEVERITIES else None
        return report_options(
            request,
            desk,
            agency=self.body or None,
            only=only,
            severity=severity,
            section=self.section or None,
        )

    def keep(self, changeset: Changeset) -> Changeset:
        """The changes of the one kind that was asked for; groups of kinds are left to the report."""
        if self.kind not in labels.KINDS:
            return changeset
        kept = tuple(change for change in changeset.changes if change.kind == self.kind)
        return msgspec.structs.replace(changeset, changes=kept)

    def query(self, **more: object) -> dict[str, object]:
        """What is set, and ``more``, for addresses."""
        asked = msgspec.to_builtins(self)
        return more | {key: value for key, value in asked.items() if value and value != "inline"}


def filters_of(request: Request) -> Filters:
    """The filters in an address; what is too long or unknown narrows nothing."""
    asked = {key: request.query_params.get(key, "").strip() for key in ("body", "kind", "section")}
    asked = {key: value if len(value) <= _LONGEST else "" for key, value in asked.items()}
    severity = request.query_params.get("severity", "")
    sides = request.query_params.get("view") == "sides"
    return Filters(
        **asked,
        severity=severity if severity in SEVERITIES else "",
        view="sides" if sides else "inline",
    )


@router.get("/documents/{document_id}/compare")
def comparison(
    request: Request, desk: AtDesk, document_id: str, old: str = "", new: str = "latest"
) -> HTMLResponse:
    """The comparison of two versions: numbers, editions, ``latest`` or ``baseline``."""
    filters = filters_of(request)
    found, compared = compared_of(desk, document_id, old, new)
    changeset, old_plan, new_plan = compared.changeset, compared.old.plan, compared.new.plan
    options = filters.options(request, desk)
    report = prepare(filters.keep(changeset), old_plan, new_plan, desk.registry, options)
    translated = _translated(desk, compared) if options.lang == "en" else {}
    wanted = agency_key(filters.body, desk.registry) if filters.body else ""
    names = report.wording.names
    bodies = sorted(
        ((key, names.actor(a)) for key, a in _concerned(compared, wanted).items()),
        key=lambda pair: pair[1],
    )
    doubts = doubts_of(compared)
    return show(
        request,
        desk,
        "compare.html",
        document=found,
        tab="compare",
        compared=compared,
        about=[_about(read, options.lang) for read in (compared.old, compared.new)],
        headline=report.outline.summary.headline,
        rows=summary_rows(report),
        shown=html.view(report),
        text_lang=new_plan.language,
        filters=filters,
        wanted_body=wanted,
        bodies=bodies,
        kinds=_kinds(changeset, options.lang),
        sections=[(s.id, names.section(s)) for s in new_plan.sections],
        severities=[(key, labels.pick(labels.SEVERITIES[key], options.lang)) for key in SEVERITIES],
        doubts=doubts,
        judged=judged(compared, compared.given),
        doubt_of=_finder(doubts),
        translation_of=lambda item: next(
            (translated[key] for key in map(_identity, item.changes) if key in translated), None
        ),
        total=len(changeset.changes),
        downloads=[(name, labels.pick(words, options.lang)) for name, (_, _, words) in
                   DOWNLOADS.items()],
        base=f"/documents/{segment(document_id)}/compare",
        sides={"old": old, "new": new},
    )  # fmt: skip


@router.get("/documents/{document_id}/compare/{name}")
def download(
    request: Request, desk: AtDesk, document_id: str, name: str, old: str = "", new: str = "latest"
) -> Response:
    """A comparison as a file; the filters of the page hold where the form has filters."""
    if name not in DOWNLOADS:
        raise Refused(
            404,
            f"There is no file {name}; there is: {', '.join(DOWNLOADS)}.",
            zh=f"没有文件 {name}；现有：{'、'.join(DOWNLOADS)}。",
        )
    filters = filters_of(request)
    _, compared = compared_of(desk, document_id, old, new)
    module, media_type, _ = DOWNLOADS[name]
    options = filters.options(request, desk)
    body = _rendered(module, filters.keep(compared.changeset), compared, desk.registry, options)
    file_name = f"{document_id}-{compared.old.version.number}-{compared.new.version.number}-{name}"
    return Response(
        body,
        media_type=media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{segment(file_name)}"',
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        },
    )


def _rendered(
    module: Any,
    changeset: Changeset,
    compared: Compared,
    registry: Registry,
    options: ReportOptions,
) -> bytes:
    plans = compared.old.plan, compared.new.plan
    made: str | bytes = module.render(changeset, *plans, registry, options)
    return made.encode() if isinstance(made, str) else made


def compared_of(desk: Desk, document_id: str, old: str, new: str) -> tuple[Document, Compared]:
    """Two named versions of a document; without an old one, the predecessor of the new one."""
    from storage import documents, versions

    with desk.database.reading() as conn:
        newer = version_of(conn, document_id, new or "latest")
        found = documents.get(conn, document_id)
        if old:
            older = version_of(conn, document_id, old)
        elif newer.predecessor_id is not None:
            older = versions.get(conn, newer.predecessor_id)
        else:
            raise Refused(
                404,
                f"{newer.ref} is the first of its kind: choose what to hold it against.",
                zh=f"{newer.ref} 是首个版本，请在文件页面选择与之比较的版本。",
            )
        return found, desk.comparisons.between(conn, older, newer)


def _concerned(compared: Compared, wanted: str) -> dict[str, Assignment]:
    """The bodies that changes are about, and the ``wanted`` one: any other would show nothing."""
    sides = (compared.old.plan, compared.new.plan)
    olds, news = ({task.id: task for task in plan.tasks} for plan in sides)
    concerned = {wanted}
    for change in compared.changeset.changes:
        if change.kind in AGENCY_KINDS:
            concerned |= {change.agency or "", change.name or ""}
        elif change.kind != "task_renumbered":
            tasks = [olds[one] for one in change.old if one in olds]
            tasks += [news[one] for one in change.new if one in news]
            concerned |= {a.key for task in tasks for a in task.assignments}
    return {
        a.key: a
        for plan in sides
        for task in plan.tasks
        for a in task.assignments
        if not concerned.isdisjoint((a.key, a.name))
    }


def _about(read: Read, lang: ReportLanguage) -> str:
    """Which version it is, and how many tasks it has."""
    number = f"版本 {read.version.number}" if lang == "zh" else f"version {read.version.number}"
    tasks = labels.count(len(read.plan.tasks), "task", lang, "项任务")
    return " · ".join((number, tasks))


def _translated(desk: Desk, compared: Compared) -> dict[tuple[object, ...], Translated]:
    """What machines have made of the published words of each change, as far as it is kept."""
    facts = Facts(compared.changeset, compared.old.plan, compared.new.plan, desk.registry)
    with desk.database.reading() as conn:
        found = translations_of_changes(conn, facts)
    changes = compared.changeset.changes
    return {_identity(changes[at]): translated for at, translated in found.items()}


def _identity(change: Change) -> tuple[object, ...]:
    """What tells a change of words from others of its comparison."""
    return change.kind, change.old, change.new, change.segments


def _kinds(changeset: Changeset, lang: Literal["en", "zh", "both"]) -> list[tuple[str, str]]:
    """Groups of kinds, then the kinds that occur."""
    groups = [(key, labels.label(word, lang)) for key, word in
              (("agencies", "bodies"), ("tasks", "tasks"), ("commitments", "commitments"))]  # fmt: skip
    there: set[ChangeKind] = {change.kind for change in changeset.changes}
    return groups + [
        (k, labels.pick(words, lang)) for k, words in labels.KINDS.items() if k in there
    ]


def _finder(doubts: tuple[Doubt, ...]) -> Any:
    """The doubtful link that one card of the page is about, if any."""
    by_old = {task.id: doubt for doubt in doubts for task in doubt.old}
    by_new = {task.id: doubt for doubt in doubts for task in doubt.new}

    def find(item: Any) -> Doubt | None:
        for task in item.new:
            if task.id in by_new:
                return by_new[task.id]
        for task in item.old:
            if task.id in by_old:
                return by_old[task.id]
        return None

    return find
