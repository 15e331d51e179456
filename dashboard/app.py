"""The dashboard as an application: pages, files, API and feed over one database."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Awaitable, Callable
from importlib import metadata

import msgspec
import structlog
from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from dashboard import assets
from dashboard.api import routes
from dashboard.api import writing as api_writing
from dashboard.api.answers import encoded
from dashboard.api.schema import openapi_of
from dashboard.comparisons import Comparisons
from dashboard.desk import Desk, desk_of
from dashboard.feeds import atom
from dashboard.options import DashboardOptions
from dashboard.pages import (
    alerts,
    bringing,
    comparison,
    configuration,
    documents,
    feeds,
    flow,
    history,
    home,
    login,
    mementos,
    reader,
    reviews,
    search,
    watch,
    writing,
)
from dashboard.pages.faults import show_fault
from dashboard.problems import Refused, problem_answer
from dashboard.rendering import page_templates
from dashboard.security.attempts import Attempts
from dashboard.security.callers import keep_browser
from dashboard.security.doors import CameFromElsewhere, LoginNeeded, person, program
from dashboard.security.guard import Guard
from plans.registry.model import Registry
from storage.database import Database
from storage.errors import NotFound, StorageError

log = structlog.get_logger(__name__)

PAGES = (
    configuration,
    home,
    documents,
    comparison,
    reader,
    history,
    search,
    watch,
    alerts,
    reviews,
    feeds,
    writing,
    bringing,
    flow,
    mementos,
    atom,
)


def make_app(
    database: Database,
    registry: Registry,
    *,
    options: DashboardOptions,
    clock: Callable[[], dt.datetime],
) -> FastAPI:
    """The application. It owns nothing: whoever made ``database`` closes it."""
    comparisons = Comparisons(registry)
    comparisons.warm()
    app = FastAPI(title="planwatch", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk = Desk(
        database=database,
        registry=registry,
        options=options,
        clock=clock,
        comparisons=comparisons,
        templates=page_templates(options.templates_folder),
    )
    app.state.key = secrets.token_bytes(32)
    app.state.attempts = Attempts()
    app.include_router(assets.router)
    app.include_router(login.router)
    for pages in PAGES:
        app.include_router(pages.router, dependencies=[Depends(person)])
    app.include_router(routes.router, dependencies=[Depends(program)])
    app.include_router(api_writing.router)
    _describe(app)
    _handle_errors(app)

    @app.middleware("http")
    async def remember_browser(
        request: Request, call_next: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        answer = await call_next(request)
        keep_browser(request, answer, options)
        return answer

    app.add_middleware(Guard, hosts=options.hosts, body_seconds=options.body_seconds)
    return app


def _describe(app: FastAPI) -> None:
    document = msgspec.json.encode(openapi_of(app, metadata.version("planwatch")))

    @app.get("/api/v1/openapi.json", include_in_schema=False, dependencies=[Depends(program)])
    def openapi(request: Request) -> Response:
        return encoded(request, document)


def _handle_errors(app: FastAPI) -> None:
    @app.exception_handler(Refused)
    async def refused(request: Request, error: Refused) -> Response:
        if request.url.path.startswith("/api/"):
            return problem_answer(error.status, error.detail, error.headers, outcome=error.outcome)
        return show_fault(request, error.status, error.detail, error.headers, zh=error.zh)

    @app.exception_handler(LoginNeeded)
    async def login_needed(request: Request, error: LoginNeeded) -> Response:
        return RedirectResponse(error.back, status_code=303)

    @app.exception_handler(CameFromElsewhere)
    async def came_from_elsewhere(request: Request, error: CameFromElsewhere) -> Response:
        return login.lead_on(request, desk_of(request), error.back)

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        if error.status_code == 404:
            return _error(request, 404, "There is no such page.", zh="没有这个页面。")
        return _error(request, error.status_code, str(error.detail), dict(error.headers or {}))

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        told = "; ".join(
            f"{'.'.join(str(part) for part in entry['loc'][1:])}: {entry['msg']}"
            for entry in error.errors()
        )
        return _error(request, 422, told)

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> Response:
        # The server logs it with its traceback all the same; here nothing of it is shown.
        return _error(
            request,
            500,
            "Something went wrong here; the log of the program says what.",
            zh="程序出错，详情见运行日志。",
        )

    @app.exception_handler(NotFound)
    async def not_found(request: Request, error: NotFound) -> Response:
        return _error(request, 404, str(error))

    @app.exception_handler(StorageError)
    async def storage(request: Request, error: StorageError) -> Response:
        zh = "数据库暂时无法使用，请稍后重试；详情见运行日志。"
        log.warning("database did not answer", fault=str(error))
        return _error(request, 503, str(error), {"Retry-After": "5"}, zh=zh)


def _error(
    request: Request,
    status: int,
    detail: str,
    headers: dict[str, str] | None = None,
    *,
    zh: str | None = None,
) -> Response:
    if request.url.path.startswith("/api/"):
        return problem_answer(status, detail, headers)
    return show_fault(request, status, detail, headers or {}, zh=zh)
