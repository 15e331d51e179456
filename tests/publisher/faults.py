"""What real servers do wrong, each bounded in time and bytes.

The answers that are wrong in content only (challenges, a lying list) are :class:`Answer` values;
those that are wrong on the wire are functions that write to the connection themselves.
"""

import gzip
import time
import zlib

from tests.publisher.answers import Answer, Fault, Seen, html
from tests.publisher.server import CONNECTION_SECONDS, Connection

FAULT_BYTES = 200_000_000


def hang(connection: Connection, seen: Seen) -> None:
    """Take the request and say nothing."""
    connection.pause(CONNECTION_SECONDS)


def hang_up(connection: Connection, seen: Seen) -> None:
    """Close without a word."""


def drip(interval: float = 0.1, piece: bytes = b"<p>x</p>", announced: int = 1_000_000) -> Fault:
    """A body that comes in crumbs, each within any timeout that counts single reads."""

    def commit(connection: Connection, seen: Seen) -> None:
        connection.start(200, "text/html", [("Content-Length", str(announced))])
        until = time.monotonic() + CONNECTION_SECONDS
        while time.monotonic() < until and connection.send(piece) and connection.pause(interval):
            continue

    return commit


def drip_headers(interval: float = 0.1) -> Fault:
    """Headers that never end."""

    def commit(connection: Connection, seen: Seen) -> None:
        connection.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Slow: ")
        until = time.monotonic() + CONNECTION_SECONDS
        while time.monotonic() < until and connection.send(b"a") and connection.pause(interval):
            continue

    return commit


def endless(connection: Connection, seen: Seen) -> None:
    """A body as fast as it goes, without an end (here: 200 MB)."""
    connection.start(200, "text/html", [("Connection", "close")])
    block = b"<p>more of the same</p>" * 3000
    for _ in range(FAULT_BYTES // len(block)):
        if not connection.send(block):
            return


def truncated(body: bytes, *, of: int | None = None) -> Fault:
    """Announce ``of`` bytes, send ``body``, hang up."""

    def commit(connection: Connection, seen: Seen) -> None:
        connection.start(200, "text/html", [("Content-Length", str(of or len(body) * 2))])
        connection.send(body)

    return commit


def truncated_chunks(body: bytes) -> Fault:
    """Send one chunk and hang up before the last one."""

    def commit(connection: Connection, seen: Seen) -> None:
        connection.start(200, "text/html", [("Transfer-Encoding", "chunked")])
        connection.send(b"%x\r\n%s\r\n" % (len(body), body))

    return commit


def of_old(body: bytes, media_type: str = "text/html; charset=utf-8") -> Fault:
    """HTTP/1.0: no length, the end of the line is the end of the body."""

    def commit(connection: Connection, seen: Seen) -> None:
        connection.send(f"HTTP/1.0 200 OK\r\nContent-Type: {media_type}\r\n\r\n".encode())
        connection.send(body)

    return commit


def wrong_chunks(body: bytes) -> Fault:
    """Chunks whose sizes are no numbers."""

    def commit(connection: Connection, seen: Seen) -> None:
        connection.start(200, "text/html", [("Transfer-Encoding", "chunked")])
        connection.send(b"size\r\n%s\r\n0\r\n\r\n" % body)

    return commit


def many_headers(connection: Connection, seen: Seen) -> None:
    """More headers than any answer needs."""
    connection.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n")
    connection.send(b"".join(b"X-%d: %s\r\n" % (n, b"a" * 1000) for n in range(1000)))
    connection.send(b"Content-Length: 0\r\n\r\n")


def mispacked(body: bytes, encoding: str) -> Answer:
    """A plain body that is said to be packed."""
    return Answer(body, headers=(("Content-Encoding", encoding),))


def truncated_gzip(body: bytes) -> Answer:
    """A well-framed body whose packed stream stops in the middle."""
    packed = gzip.compress(body, mtime=0)
    return Answer(packed[: len(packed) // 2], headers=(("Content-Encoding", "gzip"),))


def gzip_bomb(unpacked: int = 1_000_000_000) -> Answer:
    """A small body that unpacks to ``unpacked`` bytes of zeros."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = bytes(1_000_000)
    packed = b"".join(packer.compress(block) for _ in range(unpacked // len(block)))
    return Answer(packed + packer.flush(), headers=(("Content-Encoding", "gzip"),))


def not_http(connection: Connection, seen: Seen) -> None:
    """Answer in another protocol."""
    connection.send(b"220 files ready\r\n")


# --- walls: invented pages that carry the marks by which each maker is known ---------------------


def wall_521() -> Answer:
    """加速乐: 521 and a script that would set a cookie."""
    page = (
        "<script>document.cookie=('_')+('_jsl_clearance_s=1;');location.href=location.pathname"
        "</script>"
    )
    return Answer(page.encode(), status=521, headers=(("Set-Cookie", "__jsluid_s=0; path=/"),))


def wall_412() -> Answer:
    """瑞数: 412, a packed meta, and ``$_ts``."""
    page = (
        '<html><head><meta content="{qqqq0}"><script r="m">$_ts=window["$_ts"];</script></head>'
        "<body></body></html>"
    )
    return Answer(page.encode(), status=412)


def wall_200(title: str = "国家知识产权局") -> Answer:
    """瑞数 with status 200 and the proper title of the page that it hides."""
    return html(
        f"<html><head><title>{title}</title><meta content='{{qqqq1}}'>"
        "<script r='m'>$_ts=window['$_ts'];_$yx();</script></head><body></body></html>"
    )


def shell(title: str = "通知") -> Answer:
    """A page that a script is to fill: a title and no text."""
    return html(
        f"<html><head><title>{title}</title></head><body><div id='app' v-cloak></div>"
        "<script src='/app.js'></script></body></html>"
    )


def busy(status: int = 503, retry_after: str | None = None) -> Answer:
    """429, 500, 502, 503 … with or without Retry-After."""
    headers = () if retry_after is None else (("Retry-After", retry_after),)
    return Answer(b"busy", status=status, headers=headers)
