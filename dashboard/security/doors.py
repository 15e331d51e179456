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


def person(request: Request, desk: AtDesk) -> Caller:
    """Who reads a page. Raises LoginNeeded where nobody has said who they are."""
    found = caller_of(request, desk.options, desk.now())
    if found is None:
        path = request.url.path if request.method == "GET" else "/"
        query = f"?{request.url.query}" if request.url.query and request.method == "GET" else ""
        raise LoginNeeded(f"/login?next={quote(path + query, safe='')}")
    return found


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
