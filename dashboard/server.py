"""Serves the dashboard from a thread, beside the daemon or alone, until it is stopped."""

from __future__ import annotations

import socket
import threading
import time

import uvicorn
from fastapi import FastAPI

#: How long starting may take, and how long answers in hand may take once it ends.
_START_SECONDS = 10.0
_END_SECONDS = 5


class PortTaken(OSError):
    """Another program answers there; the message says how to choose another port."""


class DashboardServer:
    """One listening socket with its thread. ``port`` 0 takes a free one; ``port`` tells which."""

    def __init__(self, app: FastAPI, host: str, port: int) -> None:
        self.host = host
        self.port = port
        self._app = app
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """Where a browser on this machine finds it."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{name}:{self.port}"

    def start(self) -> None:
        """Listen and answer from now on. Raises PortTaken; OSError where the address is not ours."""
        listener = self._listen()
        config = uvicorn.Config(
            self._app,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=_END_SECONDS,
            h11_max_incomplete_event_size=32 * 1024,
            lifespan="off",
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [listener]}, name="dashboard", daemon=True
        )
        self._thread.start()
        until = time.monotonic() + _START_SECONDS
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > until:
                listener.close()
                raise RuntimeError("the dashboard did not start; the log says why")
            time.sleep(0.01)

    def stop(self) -> None:
        """Answer what is in hand and end; nothing happens where it does not run."""
        if self._server is None or self._thread is None:
            return
        self._server.should_exit = True
        self._thread.join(_END_SECONDS + 5)
        self._server = self._thread = None

    def _listen(self) -> socket.socket:
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        # Named as TCP, or asyncio does not turn off the delay of small packets: 40 ms an answer.
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((self.host, self.port))
            listener.listen(128)
        except OSError as error:
            listener.close()
            if error.errno in (48, 98, 10048):
                raise PortTaken(
                    f"port {self.port} of {self.host} is taken; choose another one with --listen "
                    "or settings.dashboard.port in sources.yaml"
                ) from error
            raise
        self.port = listener.getsockname()[1]
        return listener
