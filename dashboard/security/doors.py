"""Who may come in: a dependency for all that is read, and one for all that is written."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Form, Request

from dashboard.desk import AtDesk
from dashboard.problems import Refused
from dashboard.security.callers import Caller, caller_of, require_own_form


class LoginNeeded(Exception):
    """A person has to say who they are; ``back`` is where they wanted to go."""

    def __init__(self, back: str) -> None:
        super().__init__(back)
        self.back = back


class CameFromElsewhere(Exception):
    """A link on another site led here, so that the browser kept its cookies back.

    Ours are for our own site alone (SameSite=Strict). A page of ours that leads to ``back`` by itself
    is of our own site: with the request that follows, the browser sends them.
    """

    def __init__(self, back: str) -> None:
        super().__init__(back)
        self.back = back


def person(request: Request, desk: AtDesk) -> Caller:
    """Who reads a page. Raises LoginNeeded where nobody has said who they are, CameFromElsewhere
    where the browser was not free to say it.
    """
    if _followed_a_foreign_link(request):
        query = f"?{request.url.query}" if request.url.query else ""
        raise CameFromElsewhere(quote(request.url.path) + query)
    found = caller_of(request, desk.options, desk.now())
    if found is None:
        path = request.url.path if request.method == "GET" else "/"
        query = f"?{request.url.query}" if request.url.query and request.method == "GET" else ""
        raise LoginNeeded(f"/login?next={quote(path + query, safe='')}")
    return found


def _followed_a_foreign_link(request: Request) -> bool:
    """Whether a person came by a link on another site; browsers say so, and programs do not."""
    said = request.headers
    return (
        request.method == "GET"
        and said.get("sec-fetch-mode") == "navigate"
        and said.get("sec-fetch-site") in ("cross-site", "same-site")
    )


def program(request: Request, desk: AtDesk) -> Caller:
    """Who asks the API. Raises Refused (401) where a token is needed, or the one given is not known."""
    found = caller_of(request, desk.options, desk.now())
    if found is None:
        raise _no_token()
    return found


def program_that_writes(request: Request, desk: AtDesk) -> Caller:
    """Who writes through the API: with a token only, for a browser may be led to send anything."""
    found = caller_of(request, desk.options, desk.now())
    if found is None or found.browser:
        raise _no_token()
    return found


def person_that_writes(
    request: Request, caller: Annotated[Caller, Depends(person)], token: Annotated[str, Form()] = ""
) -> Caller:
    """Who sent a form of ours. Raises Refused for a form that is not ours."""
    require_own_form(request, token)
    return caller


def _no_token() -> Refused:
    return Refused(
        401,
        "Send a token: Authorization: Bearer TOKEN. `planwatch token NAME` makes one.",
        {"WWW-Authenticate": 'Bearer realm="planwatch"'},
    )


Writer = Annotated[Caller, Depends(person_that_writes)]
WritingProgram = Annotated[Caller, Depends(program_that_writes)]
