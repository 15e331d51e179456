"""A real HTTP(S) server on loopback whose pages the tests write.

It is threaded, speaks HTTP/1.1 with keep-alive, keeps a log of what was asked, and ends by itself:
every connection has a time limit, and :meth:`Publisher.close` ends all of them.
"""

import socket
import ssl
import threading
import time
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import unquote, urlsplit

from tests.publisher.answers import Answer, Fault, Page, Responder, Seen

#: No connection, whatever it is told to do, lives longer than this.
CONNECTION_SECONDS = 60.0


class Publisher:
    """One host. Routes are exact paths; an unknown path answers 404.

    >>> with Publisher() as site:
    ...     site.page("/a.html", "<p>hello</p>")
    ...     site.url("/a.html")
    """

    def __init__(
        self, *, host: str = "127.0.0.1", port: int = 0, tls: ssl.SSLContext | None = None
    ) -> None:
        self.stopping = threading.Event()
        self._lock = threading.Lock()
        self._routes: dict[str, Responder] = {}
        self._log: deque[Seen] = deque(maxlen=200_000)
        self._server = _Server((host, port), self, tls)
        self.host = host
        self.port: int = self._server.server_address[1]
        self.base = f"{'https' if tls else 'http'}://{host}:{self.port}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )
        self._thread.start()

    # --- what is published --------------------------------------------------------------------

    def url(self, path: str) -> str:
        return self.base + path

    def page(self, path: str, body: str | bytes, **fields: object) -> Page:
        """Publish a page that answers conditional requests; set ``.body`` to change it."""
        content = body.encode() if isinstance(body, str) else body
        page = Page(content, **fields)  # type: ignore[arg-type]
        self.route(path, page)
        return page

    def answer(self, path: str, answer: Answer | Fault) -> None:
        """Give the same answer, or commit the same fault, at every request."""
        self.route(path, lambda seen: answer)

    def answers(self, path: str, *answers: Answer | Fault) -> None:
        """Give these answers one after the other; the last one stays."""
        left = deque(answers)
        self.route(path, lambda seen: left.popleft() if len(left) > 1 else left[0])

    def route(self, path: str, responder: Responder) -> None:
        with self._lock:
            self._routes[path] = responder

    def remove(self, path: str) -> None:
        with self._lock:
            self._routes.pop(path, None)

    def robots(self, text: str) -> None:
        self.answer("/robots.txt", Answer(text.encode(), media_type="text/plain"))

    # --- what was asked -----------------------------------------------------------------------

    @property
    def log(self) -> list[Seen]:
        """Every request so far, robots.txt included."""
        with self._lock:
            return list(self._log)

    def asked(self, path: str) -> list[Seen]:
        return [seen for seen in self.log if seen.path == path]

    def forget(self) -> None:
        with self._lock:
            self._log.clear()

    # --- used by the connections ---------------------------------------------------------------

    def respond(self, seen: Seen) -> Answer | Fault:
        with self._lock:
            self._log.append(seen)
            responder = self._routes.get(unquote(urlsplit(seen.target).path))
        if responder is None:
            return Answer(b"<h1>404</h1>", status=404)
        return responder(seen)

    # --- its end --------------------------------------------------------------------------------

    def close(self) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.end_connections()
        self._server.server_close()
        self._thread.join(5)

    def __enter__(self) -> "Publisher":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 512

    def __init__(
        self, address: tuple[str, int], publisher: Publisher, tls: ssl.SSLContext | None
    ) -> None:
        self.publisher = publisher
        self.tls = tls
        self._open: set[socket.socket] = set()
        self._open_lock = threading.Lock()
        super().__init__(address, Connection)

    def finish_request(self, request: socket.socket, client_address: object) -> None:
        request.settimeout(CONNECTION_SECONDS)
        if self.tls is not None:
            # In the connection's own thread: a slow handshake holds up nobody else.
            request = self.tls.wrap_socket(request, server_side=True)
        with self._open_lock:
            self._open.add(request)
        try:
            super().finish_request(request, client_address)  # type: ignore[arg-type]
        finally:
            with self._open_lock:
                self._open.discard(request)
            if self.tls is not None:
                request.close()

    def end_connections(self) -> None:
        with self._open_lock:
            for request in self._open:
                try:
                    request.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue  # the client has gone already

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up, or that refuses our certificate, is what the tests want."""


class Connection(BaseHTTPRequestHandler):
    """One client's connection; faults write to it by :meth:`start` and :meth:`send`."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: _Server

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        seen = Seen(
            method=self.command,
            target=self.path,
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(length),
            at=time.monotonic(),
        )
        answer = self.server.publisher.respond(seen)
        if isinstance(answer, Answer):
            self.give(answer)
        else:
            self.close_connection = True
            answer(self, seen)

    do_POST = do_HEAD = do_GET

    def give(self, answer: Answer) -> None:
        """Write a whole answer, framed as it says."""
        framing = []
        if answer.status != 304:
            framing = {
                "length": [("Content-Length", str(len(answer.body)))],
                "chunked": [("Transfer-Encoding", "chunked")],
                "close": [("Connection", "close")],
            }[answer.framing]
        self.start(answer.status, answer.media_type, [*answer.headers, *framing])
        if self.command == "HEAD" or answer.status == 304:
            return
        if answer.framing == "chunked":
            for start in range(0, len(answer.body), 1000):
                piece = answer.body[start : start + 1000]
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            self.wfile.write(b"0\r\n\r\n")
        else:
            self.wfile.write(answer.body)
        self.close_connection = self.close_connection or answer.framing == "close"

    def start(
        self, status: int, media_type: str | None, headers: list[tuple[str, str]] | None = None
    ) -> None:
        """Write the status line and the headers."""
        self.send_response(status)
        if media_type is not None:
            self.send_header("Content-Type", media_type)
        for name, value in headers or []:
            self.send_header(name, value)
        self.end_headers()

    def send(self, data: bytes) -> bool:
        """Write and flush; False once the client has gone or the server is closing."""
        if self.server.publisher.stopping.is_set():
            return False
        try:
            self.wfile.write(data)
            self.wfile.flush()
        except OSError:
            return False
        return True

    def pause(self, seconds: float) -> bool:
        """Wait; False once the server is closing."""
        return not self.server.publisher.stopping.wait(seconds)

    def log_message(self, format: str, *args: object) -> None:
        """The log is :attr:`Publisher.log`; nothing goes to the terminal."""
