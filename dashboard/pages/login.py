"""Logging in with a token, where the dashboard asks who somebody is."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from dashboard.desk import AtDesk, Desk
from dashboard.rendering import show
from dashboard.security.attempts import Attempts
from dashboard.security.callers import SESSION_COOKIE, require_own_form, start_session
from dashboard.security.doors import Writer
from dashboard.security.tokens import holder_of

router = APIRouter(include_in_schema=False)

_SEE_OTHER = 303


@router.get("/login")
def ask(request: Request, desk: AtDesk, next: str = "/") -> HTMLResponse:
    """The form."""
    return show(request, desk, "login.html", tab="", next=own_path(next), wrong="")


def lead_on(request: Request, desk: Desk, back: str) -> HTMLResponse:
    """A page that leads to ``back`` by itself, for browsers that came from another site."""
    return show(request, desk, "lead_on.html", tab="", back=own_path(back))


@router.post("/login", response_model=None)
def answer(
    request: Request,
    desk: AtDesk,
    token: Annotated[str, Form()],
    secret: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "/",
) -> HTMLResponse | RedirectResponse:
    """A session for whoever has a token; few wrong ones in a minute."""
    require_own_form(request, token)
    attempts = cast("Attempts", request.app.state.attempts)
    who, now = request.client.host if request.client else "", desk.now()
    if not attempts.allowed(who, now):
        return show(
            request, desk, "login.html", status=429, tab="", next=own_path(next), wrong="many"
        )
    name = holder_of(secret.strip(), desk.options.tokens)
    if name is None:
        attempts.failed(who, now)
        return show(
            request, desk, "login.html", status=403, tab="", next=own_path(next), wrong="token"
        )
    found = RedirectResponse(own_path(next), status_code=_SEE_OTHER)
    start_session(request, found, name, desk.options, now)
    return found


@router.post("/logout")
def leave(desk: AtDesk, caller: Writer) -> RedirectResponse:
    """End the session of this browser."""
    found = RedirectResponse("/login", status_code=_SEE_OTHER)
    found.delete_cookie(SESSION_COOKIE, httponly=True, samesite="strict")
    return found


def own_path(path: str) -> str:
    """A path of this dashboard; whatever might lead elsewhere becomes the first page."""
    fine = path.startswith("/") and not path.startswith("//") and "\\" not in path
    return path if fine and path.isprintable() and len(path) < 2000 else "/"
