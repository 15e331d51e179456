"""Nothing leads into a private network unless the source allows it."""

import pytest

from monitor.fetching.addresses import is_public, literal_address
from monitor.fetching.fetcher import Fetcher
from monitor.fetching.values import FetchPolicy, FetchRequest
from tests.publisher.answers import html, redirect


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
    ],
)
def test_private_addresses_in_every_wrapping(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "64:ff9b::808:808"])
def test_public_addresses(address):
    assert is_public(address)


def test_odd_spellings_of_an_address_are_recognised():
    for spelling in ("2130706433", "0x7f.1", "127.1", "[::1]"):
        assert not is_public(literal_address(spelling))
    assert literal_address("www.example.org") is None


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f.1",
        "127.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[0:0:0:0:0:ffff:7f00:1]",
        "[fe80::1%25lo]",
        "[::]",
    ],
)
def test_no_spelling_of_this_machine_is_asked(site, ask, host):
    result = ask(f"http://{host}:{site.port}/a", allow_private=False)
    assert result.outcome == "forbidden_address"
    assert site.log == []


def test_a_source_may_allow_it(site, ask):
    site.page("/a", "<p>x</p>")
    assert ask(site.url("/a")).outcome == "ok"


def test_a_name_that_points_inside_is_refused(site, clock):
    fetcher = Fetcher(clock=clock, agent="t", resolver=lambda host, port: ["127.0.0.1"])
    policy = FetchPolicy(spacing=0, attempts=1, obey_robots=False)
    request = FetchRequest(url=f"http://plans.example:{site.port}/a", policy=policy)
    assert fetcher.fetch(request).outcome == "forbidden_address"
    assert site.log == []


def test_of_several_addresses_only_the_public_ones_are_tried(site, publishers, clock):
    inside = publishers(host="127.0.0.2", port=site.port)
    site.page("/a", "open")
    fetcher = Fetcher(
        clock=clock,
        agent="t",
        resolver=lambda host, port: ["127.0.0.2", "127.0.0.1"],
        public=lambda address: address == "127.0.0.1",
    )
    policy = FetchPolicy(spacing=0, attempts=1, obey_robots=False)
    request = FetchRequest(url=f"http://plans.example:{site.port}/a", policy=policy)
    assert fetcher.fetch(request).body == b"open"
    assert inside.log == []


def test_a_redirect_inside_is_refused(site, publishers, clock):
    """127.0.0.1 stands for the public internet here, 127.0.0.2 for the network behind us."""
    inside = publishers(host="127.0.0.2")
    inside.page("/secret", "x")
    site.answer("/a", redirect(inside.url("/secret")))
    site.page("/b", "x")
    fetcher = Fetcher(clock=clock, agent="t", public=lambda address: address == "127.0.0.1")
    policy = FetchPolicy(spacing=0, attempts=1)
    assert fetcher.fetch(FetchRequest(url=site.url("/b"), policy=policy)).outcome == "ok"
    result = fetcher.fetch(FetchRequest(url=site.url("/a"), policy=policy))
    assert (result.outcome, result.hops[0].location) == (
        "forbidden_address",
        inside.url("/secret"),
    )
    assert inside.log == []


def test_a_name_is_judged_again_at_every_connection(site, publishers, clock):
    """The name is public at first; when it points inside, the next connection is refused."""
    inside = publishers(host="127.0.0.2", port=site.port)
    inside.page("/a", "secret")
    site.answer("/a", html("<p>open</p>", framing="close"))
    where = ["127.0.0.1"]
    fetcher = Fetcher(
        clock=clock,
        agent="t",
        resolver=lambda host, port: list(where),
        public=lambda address: address == "127.0.0.1",
    )
    policy = FetchPolicy(spacing=0, attempts=1, obey_robots=False)
    request = FetchRequest(url=f"http://plans.example:{site.port}/a", policy=policy)
    assert fetcher.fetch(request).body == b"<p>open</p>"
    where[:] = ["127.0.0.2"]
    assert fetcher.fetch(request).outcome == "forbidden_address"
    assert inside.log == []


def test_robots_txt_is_guarded_as_well(site, ask):
    ask(site.url("/a"), allow_private=False)
    assert site.asked("/robots.txt") == []


def test_a_proxy_is_not_asked_for_private_addresses(site, ask):
    proxy = site.base
    for host in ("127.0.0.1", "localhost", "printer.local", "169.254.169.254"):
        result = ask(f"http://{host}/a", allow_private=False, proxy=proxy, obey_robots=False)
        assert result.outcome == "forbidden_address"
    assert site.log == []
