"""What far ends answered to Apprise, which itself tells no more than yes or no.

Apprise takes HTTP 200 for a yes. Chat services of China answer 200 to a revoked address too, with an
error in the body: without looking at it, alerts would be lost without a word. And a no of Apprise
does not say whether it will pass; the status does.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
import requests

from alerts.channels.base import DeliveryError, failed_status

#: Where these services say in a body whether they took the message; 0 is yes.
_CODE_IN_BODY = {"feishu": "code", "lark": "code", "dingtalk": "errcode", "wecombot": "errcode"}
#: Codes that a person has to do something about: no such address, wrong signature, a rule of the
#: robot that the message does not keep to. All others are tried again.
_PERMANENT = {
    "feishu": frozenset({19001, 19021, 19022, 19024}),
    "lark": frozenset({19001, 19021, 19022, 19024}),
    "dingtalk": frozenset({300001, 310000}),
    "wecombot": frozenset({93000}),
}
_here = threading.local()


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """One answer: the HTTP status, Retry-After, and the error code in the body where there is one."""

    status: int
    retry_after: str | None = None
    code: int | None = None
    permanent_code: bool = False

    @property
    def refused(self) -> bool:
        """Whether the far end did not take the message."""
        return self.status >= 300 or bool(self.code)

    def error(self) -> DeliveryError:
        """The refusal as an error of the channel."""
        if self.status < 300:
            return DeliveryError(f"refused with code {self.code}", permanent=self.permanent_code)
        return failed_status(self.status, "", self.retry_after)


class Listening:
    """Stands in for the module ``requests`` in a plugin of Apprise, and notes what is answered."""

    def __init__(self, service: str) -> None:
        self._service = service

    def __getattr__(self, name: str) -> Any:
        found = getattr(requests, name)
        return self._noting(found) if name in ("post", "get", "put", "request") else found

    def _noting(self, ask: Callable[..., requests.Response]) -> Callable[..., requests.Response]:
        def asked(*args: Any, **kwargs: Any) -> requests.Response:
            answer = ask(*args, **kwargs)
            noted: list[Said] | None = getattr(_here, "noted", None)
            if noted is not None:
                noted.append(_said(self._service, answer))
            return answer

        return asked


def listen_to(service: Any) -> None:
    """Let the plugin of this Apprise service note what it is answered; once for each is enough."""
    module = sys.modules[type(service).__module__]
    if isinstance(getattr(module, "requests", None), type(requests)):
        module.requests = Listening(module.__name__.rpartition(".")[2])  # type: ignore[attr-defined]


@contextmanager
def noted() -> Iterator[list[Said]]:
    """The answers of this thread within the block."""
    _here.noted = []
    try:
        yield _here.noted
    finally:
        del _here.noted


def _said(service: str, answer: requests.Response) -> Said:
    code = _code(answer, _CODE_IN_BODY.get(service))
    return Said(
        status=answer.status_code,
        retry_after=answer.headers.get("Retry-After"),
        code=code,
        permanent_code=code in _PERMANENT.get(service, ()),
    )


def _code(answer: requests.Response, field: str | None) -> int | None:
    if field is None:
        return None
    try:
        body = msgspec.json.decode(answer.content)
    except msgspec.DecodeError:
        return None
    found = body.get(field) if isinstance(body, dict) else None
    return found if isinstance(found, int) else None
