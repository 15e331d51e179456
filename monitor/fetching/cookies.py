"""Cookies that live as long as one chain of redirects: some sites set one and point at themselves."""

from __future__ import annotations

from email.message import Message
from http.cookiejar import CookieJar
from urllib.request import Request


class _Headers:
    """The part of a response that the standard library's cookie jar looks at."""

    def __init__(self, set_cookies: tuple[str, ...]) -> None:
        self._message = Message()
        for value in set_cookies:
            self._message["Set-Cookie"] = value

    def info(self) -> Message:
        return self._message


class ChainCookies:
    """Kept for the hops of one fetch by the usual rules of host and path, then forgotten."""

    def __init__(self) -> None:
        self._jar: CookieJar | None = None

    def keep(self, url: str, set_cookies: tuple[str, ...]) -> None:
        """Take the cookies that ``url`` set."""
        if set_cookies:
            self._jar = self._jar or CookieJar()
            self._jar.extract_cookies(_Headers(set_cookies), Request(url))  # type: ignore[arg-type]

    def header_for(self, url: str) -> str | None:
        """The Cookie header for ``url``, or None."""
        if self._jar is None:
            return None
        request = Request(url)
        self._jar.add_cookie_header(request)
        return request.get_header("Cookie")
