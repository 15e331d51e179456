"""Which addresses of the network may be asked. Government sites are public; ours are not theirs."""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable

Resolver = Callable[[str, int], list[str]]

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class ForbiddenAddressError(Exception):
    """A connection that would have led into a private network. Nothing was sent."""

    def __init__(self, host: str, address: str) -> None:
        super().__init__(f"{host} is at {address}, a private or local address")
        self.host = host
        self.address = address


def is_public(address: str) -> bool:
    """Whether an IP address (v4 or v6, as text) belongs to the public internet.

    IPv4 addresses that are wrapped into IPv6 (mapped, 6to4, NAT64) are judged by what they wrap.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            ip = inner
    return ip.is_global and not ip.is_multicast


def literal_address(host: str) -> str | None:
    """The address where ``host`` is one, in any spelling that the system takes, else None.

    ``2130706433`` and ``0x7f.1`` are 127.0.0.1 to the C library, so they are to us.
    """
    bare = host.strip("[]")
    try:
        return str(ipaddress.ip_address(bare.partition("%")[0]))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(bare)) if bare[:1].isdigit() else None
    except OSError:
        return None


def system_resolver(host: str, port: int) -> list[str]:
    """The addresses of a name, in the system's order. Raises ``socket.gaierror``."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def resolve_within(resolver: Resolver, host: str, port: int, seconds: float) -> list[str]:
    """Resolve, but not for longer than ``seconds``: the system's resolver has no deadline.

    Raises ``TimeoutError``, or what the resolver raises. A resolver that hangs leaves one idle
    thread behind until it comes back.
    """
    if literal_address(host) is not None:
        return resolver(host, port)
    answer: list[list[str]] = []
    failure: list[BaseException] = []

    def ask() -> None:
        try:
            answer.append(resolver(host, port))
        except BaseException as error:  # handed on to the thread that waits
            failure.append(error)

    thread = threading.Thread(target=ask, name=f"resolve {host}", daemon=True)
    thread.start()
    thread.join(max(seconds, 0))
    if failure:
        raise failure[0]
    if not answer:
        raise TimeoutError(f"the name {host} was not resolved in {seconds:.0f} s")
    return answer[0]
