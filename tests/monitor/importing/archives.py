"""Web archives for tests, made record by record, with whatever may be wrong with one."""

import gzip
import io

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter


def record(url, body, *, status="200 OK", kind="response", headers=(), about=None, gz=True):
    """One record as bytes, with its digests; ``about`` are headers of the record itself."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gz, warc_version="1.1")
    http = StatusAndHeaders(
        "GET / HTTP/1.1" if kind == "request" else status,
        list(headers) or [("Content-Type", "text/html; charset=utf-8")],
        protocol="" if kind == "request" else "HTTP/1.1",
    )
    writer.write_record(
        writer.create_warc_record(
            url, kind, payload=io.BytesIO(body), http_headers=http,
            warc_headers_dict={"WARC-Date": "2031-05-07T02:00:00Z"} | (about or {}),
        )
    )  # fmt: skip
    return out.getvalue()


def resource(url, body, media_type="text/plain; charset=utf-8"):
    """A file that was archived without having been served."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    writer.write_record(
        writer.create_warc_record(
            url, "resource", payload=io.BytesIO(body), warc_content_type=media_type,
            warc_headers_dict={"WARC-Date": "2031-05-07T02:00:00Z"},
        )
    )  # fmt: skip
    return out.getvalue()


def chunked(body, size=1000):
    """``body`` as a server sends it in chunks."""
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in pieces) + b"0\r\n\r\n"


def arc(url, body):
    """The two records of an archive of the older form, ARC, with one page."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    about = b"1 0 tests\nURL IP-address Archive-date Content-type Archive-length\n"
    first = b"filedesc://a.arc 0.0.0.0 20310507020000 text/plain %d\n%s\n" % (len(about), about)
    page = b"%s 192.0.2.1 20310507020000 text/html %d\n" % (url.encode(), len(http))
    return first + b"\n", page + http + b"\n"


def packed(body):
    return gzip.compress(body)
