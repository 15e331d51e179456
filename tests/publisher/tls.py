"""Certificates for the publisher: a good one, and each way in which one can be wrong."""

import datetime as dt
import ssl
import warnings
from pathlib import Path

import trustme


class Authority:
    """A certificate authority of the test's own; ``ca_file`` is what a client would trust."""

    def __init__(self, folder: Path) -> None:
        self._ca = trustme.CA()
        self.ca_file = folder / "ca.pem"
        self._ca.cert_pem.write_to_path(str(self.ca_file))

    def server(self, *names: str, expired: bool = False) -> ssl.SSLContext:
        """A server's context for these names or addresses (default: 127.0.0.1)."""
        until = dt.datetime.now(dt.UTC) - dt.timedelta(days=1) if expired else None
        since = dt.datetime.now(dt.UTC) - dt.timedelta(days=9) if expired else None
        cert = self._ca.issue_cert(*(names or ("127.0.0.1",)), not_before=since, not_after=until)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        cert.configure_cert(context)
        return context

    @staticmethod
    def stranger(*names: str) -> ssl.SSLContext:
        """A server whose certificate nobody vouches for whom a client would trust."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        trustme.CA().issue_cert(*(names or ("127.0.0.1",))).configure_cert(context)
        return context

    def old_server(self, *names: str) -> ssl.SSLContext:
        """A server that speaks TLS 1.0 only, as some old ones do."""
        context = self.server(*names)
        context.set_ciphers("ALL:@SECLEVEL=0")
        with warnings.catch_warnings():  # that it is deprecated is the point
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version = ssl.TLSVersion.TLSv1
            context.maximum_version = ssl.TLSVersion.TLSv1
        return context
