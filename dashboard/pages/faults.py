"""The page that says what went wrong, and what to do."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import HTMLResponse

from dashboard.desk import desk_of
from dashboard.language import language_of
from dashboard.rendering import show
from reports.labels import Pair

_HEADINGS: dict[int, Pair] = {
    400: ("This cannot be understood", "请求无法理解"),
    403: ("This is not allowed", "不允许此操作"),
    404: ("There is nothing here", "没有找到"),
    405: ("This cannot be done here", "此处不支持该操作"),
    408: ("This took too long", "发送超时"),
    409: ("This cannot be done as things stand", "当前状态下无法完成"),
    413: ("This is too large", "内容过大"),
    415: ("This kind of file is not taken", "不支持此类文件"),
    422: ("This cannot be understood", "请求无法理解"),
    429: ("Too often", "操作过于频繁"),
    500: ("Something went wrong here", "程序出错"),
    503: ("Not at the moment", "暂时无法处理"),
}
_OTHER: Pair = ("This cannot be shown", "无法显示")
#: A moment later it may work.
_PASSING = (429, 500, 503)


def show_fault(
    request: Request, status: int, detail: str, headers: dict[str, str], *, zh: str | None = None
) -> HTMLResponse:
    """The page of an error. ``zh`` is ``detail`` in Chinese; without it the English stands there."""
    chinese = language_of(request) == "zh"
    answer = show(
        request,
        desk_of(request),
        "error.html",
        status=status,
        tab="",
        code=status,
        heading=_HEADINGS.get(status, _OTHER)[chinese],
        detail=zh if chinese and zh else detail,
        said=bool(zh) or not chinese,
        retry=request.method == "GET" and status in _PASSING,
    )
    answer.headers.update(headers)
    return answer
