"""Search over all versions, in both languages: what is asked in one is looked for in the other too."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup, escape

from dashboard.desk import AtDesk, document_of
from dashboard.language import Lang, language_of
from dashboard.rendering import show
from plans.registry.model import Registry, title_key
from reports.clean import clean
from reports.names import bare
from storage import documents
from storage.search import TaskPage, find_tasks

router = APIRouter(include_in_schema=False)

PER_PAGE = 30
_LONGEST = 200
#: One more name of a body than any has would only slow the search.
_MOST_NAMES = 24


@router.get("/search")
def search(
    request: Request,
    desk: AtDesk,
    q: str = "",
    document: str = "",
    before: int | None = None,
) -> HTMLResponse:
    """The wordings that hold what was asked, the newest first."""
    asked = q.strip()[:_LONGEST]
    wanted = names_for(asked, desk.registry)
    with desk.database.reading() as conn:
        listed = documents.list_all(conn)
        if document:
            document_of(conn, document)
        page = given = TaskPage(hits=(), before=None)
        body = desk.registry.find_agency(asked) if asked else None
        if body is not None and before is None:
            given = find_tasks(
                conn, document_id=document or None, actors=(body.id,), limit=PER_PAGE
            )
        if asked:
            page = find_tasks(
                conn,
                wanted,
                document_id=document or None,
                limit=PER_PAGE,
                before=before if before is not None and 0 < before < 2**31 else None,
            )
    return show(
        request,
        desk,
        "search.html",
        tab="search",
        q=asked,
        chosen=document,
        documents=listed,
        page=page,
        body=body,
        given=given,
        others=[name for name in wanted if name != asked],
        marked=lambda text: mark(clean(text), wanted),
        numbered=lambda text: _numbered(text, language_of(request)),
    )


def names_for(asked: str, registry: Registry) -> tuple[str, ...]:
    """What to look for: what was asked and, where it names something known, its other names."""
    found = [asked]
    agency = registry.find_agency(asked)
    if agency is not None:
        found += [name.text for name in (*agency.zh_names, *agency.en_names)]
    for titled in (registry.find_instrument(asked), registry.find_programme(asked)):
        if titled is not None:
            found += [titled.zh, titled.en, *titled.zh_names, *titled.en_names]
    key = title_key(asked)
    for term in registry.terms:
        if key and key in (title_key(term.zh), *map(title_key, (term.en, *term.en_names))):
            found += [term.zh, term.en, *term.en_names]
    return tuple(dict.fromkeys(name for name in found if name))[:_MOST_NAMES]


def _numbered(number: str, lang: Lang) -> str:
    """``Task 3`` of a printed number or, where it has none, of a task's id."""
    bare_number = bare(number) or clean(number)
    return f"第{bare_number}项" if lang == "zh" else f"Task {bare_number}"


def mark(text: str, wanted: Iterable[str]) -> Markup:
    """The text with what was found in mark elements; longer names first, none within another."""
    lower = text.lower()
    # Where lower case has another length (a rare letter), places would not fit: nothing is marked.
    if len(lower) != len(text):
        return escape(text)
    taken = [False] * len(text)
    words = [word for name in wanted for word in {name.lower(), *name.lower().split()}]
    for word in sorted({w for w in words if len(w) > 1 or not w.isascii()}, key=len, reverse=True):
        at = lower.find(word)
        while at >= 0:
            taken[at : at + len(word)] = [True] * len(word)
            at = lower.find(word, at + len(word))
    pieces: list[Markup] = []
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or taken[place] != taken[start]:
            piece = escape(text[start:place])
            pieces.append(Markup("<mark>{}</mark>").format(piece) if taken[start] else piece)
            start = place
    return Markup("").join(pieces)
