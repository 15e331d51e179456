"""/healthz and /metrics of the daemon, on a port of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import msgspec
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from monitor.status import Status
from storage.errors import StorageError

METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class PortTaken(OSError):
    """Another program answers there; the message says how to choose another port."""


class Probe:
    """Answers probes until closed. ``look`` gives the status at the time of asking.

    ``/healthz``: 200 while the daemon gives signs of life, else 503; ``/metrics``: the state of the
    watch in the text form of Prometheus. Whatever else is asked is 404.
    """

    def __init__(self, host: str, port: int, look: Callable[[], Status]) -> None:
        class Handler(BaseHTTPRequestHandler):
            timeout = 10

            def do_GET(self) -> None:
                if self.path not in ("/healthz", "/metrics"):
                    self._answer(404, "text/plain", b"/healthz and /metrics are here\n")
                    return
                try:
                    status = look()
                except StorageError as error:
                    self._answer(503, "text/plain; charset=utf-8", f"{error}\n".encode())
                    return
                if self.path == "/healthz":
                    code = 200 if status.daemon.running else 503
                    self._answer(code, "application/json", _health(status))
                else:
                    self._answer(200, METRICS_TYPE, metrics(status))

            def _answer(self, code: int, media_type: str, body: bytes) -> None:
                self.send_response(code)
                self.send_header("Content-Type", media_type)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Probes come every few seconds; the log is for what happens."""

        try:
            self._server = ThreadingHTTPServer((host, port), Handler)
        except OSError as error:
            raise PortTaken(
                f"probes cannot be answered at {host}:{port} ({error.strerror}); "
                "set settings.health to another port, or to null for none"
            ) from error
        self._server.daemon_threads = True
        self.port = self._server.server_port
        self._thread = threading.Thread(
            target=self._server.serve_forever, name="probe", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Answer nothing any more."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=5)


def metrics(status: Status) -> bytes:
    """The status in the text form of Prometheus, version 0.0.4."""
    registry = CollectorRegistry()
    registry.register(_Families(status))
    return generate_latest(registry)


def _health(status: Status) -> bytes:
    return msgspec.json.encode(
        {"alive": status.daemon.running, "well": status.ok, "problems": status.problems}
    )


class _Families(Collector):
    def __init__(self, status: Status) -> None:
        self._status = status

    def collect(self) -> Iterator[Metric]:
        status = self._status
        yield GaugeMetricFamily(
            "planwatch_daemon_alive",
            "1 while the daemon gives signs of life",
            value=int(status.daemon.running),
        )
        yield GaugeMetricFamily(
            "planwatch_problems", "Things that a person should look at", value=len(status.problems)
        )
        yield GaugeMetricFamily(
            "planwatch_configuration_refused",
            "1 while the configuration file has mistakes and the last good one stays",
            value=int(status.refused is not None),
        )
        yield GaugeMetricFamily(
            "planwatch_reviews_open", "Contents that a person has to decide", value=status.reviews
        )
        queue = GaugeMetricFamily("planwatch_deliveries", "Deliveries by state", labels=["state"])
        for state, count in status.queue.items():
            queue.add_metric([state], count)
        yield queue
        yield from self._sources()

    def _sources(self) -> Iterator[Metric]:
        failures = GaugeMetricFamily(
            "planwatch_source_failures", "Failed rounds since the last good one", labels=["source"]
        )
        seen = GaugeMetricFamily(
            "planwatch_source_last_success_timestamp_seconds",
            "When the source was last seen",
            labels=["source"],
        )
        due = GaugeMetricFamily(
            "planwatch_source_next_due_timestamp_seconds",
            "When the source is looked at next",
            labels=["source"],
        )
        for source in self._status.sources:
            if not source.enabled:
                continue
            failures.add_metric([source.id], source.failures)
            if source.last_success_at is not None:
                seen.add_metric([source.id], source.last_success_at.timestamp())
            if source.next_due_at is not None:
                due.add_metric([source.id], source.next_due_at.timestamp())
        yield from (failures, seen, due)
