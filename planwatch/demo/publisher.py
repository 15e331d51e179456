"""A small publisher on loopback: a column page and two articles, with ETags as real sites have."""

from __future__ import annotations

import hashlib
import threading
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

PAGE = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>
<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{date} 10:00">
</head><body><h1>{title}</h1>
<div class="article-content">
{paragraphs}
</div></body></html>
"""
COLUMN = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>通知公告</title></head>
<body><ul class="list">
{rows}
</ul></body></html>
"""


class Publisher:
    """Serves what it was last told to, until closed; a context manager."""

    def __init__(self) -> None:
        pages: dict[str, bytes] = {}
        self._pages = pages

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = pages.get(self.path)
                if body is None:
                    self.send_error(404)
                    return
                tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
                if self.headers.get("If-None-Match") == tag:
                    self.send_response(304)
                    self.send_header("ETag", tag)
                    self.end_headers()
                    return
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.send_header("ETag", tag)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing: the daemon's own lines are what the demo shows."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._rows: dict[str, str] = {}

    def publish(self, path: str, text: str, date: str) -> None:
        """Put a text (its first line is the title) at ``path``, and its title into the column."""
        lines = text.strip().splitlines()
        title = escape(lines[0], quote=True)
        self._pages[path] = PAGE.format(
            title=title,
            date=date,
            paragraphs="\n".join(f"<p>{escape(line)}</p>" for line in lines[1:] if line),
        ).encode()
        self._rows[path] = (
            f'<li><a href="{path}" title="{title}">{title}</a><span>{date}</span></li>'
        )
        self._pages["/notices/"] = COLUMN.format(rows="\n".join(self._rows.values())).encode()

    def __enter__(self) -> Publisher:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=5)
