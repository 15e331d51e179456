"""E-mail by SMTP, with STARTTLS or TLS. Signing (DKIM) is left to the server."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from collections.abc import Iterator
from email.message import EmailMessage

from alerts.channels.base import DeliveryError, Outgoing, Receipt
from alerts.composing.mail import Envelope, mail_message
from alerts.composing.templates import Templates
from plans.model import Value

_TO = "to:"


class SmtpServer(Value, frozen=True, kw_only=True):
    """Where the mail server is and how it is spoken to; ``security`` is starttls, tls or none."""

    host: str
    port: int
    security: str
    timeout: float
    ca_file: str | None = None


class Login(Value, frozen=True, kw_only=True):
    """User name and password; never shown."""

    username: str
    password: str

    def __repr__(self) -> str:
        return "Login([hidden])"


class Mail:
    """Sends one e-mail an alert to all recipients.

    Where the server takes it for some and puts off others, the others are further parts: nobody
    gets it twice because somebody else's server was busy.
    """

    merges = True

    def __init__(
        self, server: SmtpServer, login: Login | None, envelope: Envelope, templates: Templates
    ) -> None:
        self._server = server
        self._login = login
        self._envelope = envelope
        self._templates = templates

    def send(self, out: Outgoing) -> Receipt:
        """Send the e-mail, to all or to the one recipient that ``out.part`` names."""
        mail = mail_message(
            out.message, out.alert, self._envelope, self._templates, at=out.at, files=out.files
        )
        recipients = self._envelope.to
        if out.part is not None:
            recipients = (out.part.removeprefix(_TO),)
        try:
            with self._session() as smtp:
                return self._transmit(smtp, mail, recipients)
        except smtplib.SMTPResponseException as error:
            raise _refused(error.smtp_code, error.smtp_error) from None
        except smtplib.SMTPNotSupportedError:
            raise DeliveryError(
                "the mail server offers no STARTTLS or no login; set security and credentials "
                "as it needs them",
                permanent=True,
            ) from None
        except (smtplib.SMTPException, OSError) as error:
            raise DeliveryError(
                f"mail server {self._server.host}:{self._server.port}: {type(error).__name__}"
            ) from None

    @contextlib.contextmanager
    def _session(self) -> Iterator[smtplib.SMTP]:
        server = self._server
        context = ssl.create_default_context(cafile=server.ca_file)
        if server.security == "tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=server.timeout, context=context
            )
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
        try:
            if server.security == "starttls":
                smtp.starttls(context=context)
            if self._login is not None:
                smtp.login(self._login.username, self._login.password)
            yield smtp
        finally:
            # Whatever the server says to our goodbye changes nothing about the mail.
            with contextlib.suppress(smtplib.SMTPException, OSError):
                smtp.quit()
            smtp.close()

    def _transmit(
        self, smtp: smtplib.SMTP, mail: EmailMessage, recipients: tuple[str, ...]
    ) -> Receipt:
        code, said = smtp.mail(self._envelope.sender, ["BODY=8BITMIME"] if _eight(smtp) else ())
        if code != 250:
            raise _refused(code, said)
        taken: list[str] = []
        later: list[str] = []
        never: list[str] = []
        last = (0, b"")
        for recipient in recipients:
            code, said = smtp.rcpt(recipient)
            if code in (250, 251):
                taken.append(recipient)
                continue
            last = (code, said)
            (later if 400 <= code < 500 else never).append(recipient)
        if not taken:
            error = _refused(*last)
            error.permanent = not later
            raise error
        code, said = smtp.data(mail.as_bytes())
        if code != 250:
            raise _refused(code, said)
        return Receipt(
            detail=f"{code} {_words(said)}",
            further=tuple(f"{_TO}{recipient}" for recipient in later),
            problems=tuple(f"{recipient} was refused" for recipient in never),
        )


def _eight(smtp: smtplib.SMTP) -> bool:
    smtp.ehlo_or_helo_if_needed()
    return bool(smtp.has_extn("8bitmime"))


def _refused(code: int, said: bytes | str) -> DeliveryError:
    return DeliveryError(f"mail server: {code} {_words(said)}", permanent=500 <= code < 600)


def _words(said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join(text.split())[:200]
