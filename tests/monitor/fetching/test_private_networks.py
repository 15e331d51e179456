"""Nothing leads into a private network unless the source allows it."""

import pytest

from monitor.fetching.addresses import is_public, literal_address
from monitor.fetching.fetcher import Fetcher
from monitor.fetching.values import FetchPolicy, FetchRequest
from tests.publisher.answers import redirect


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


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1"])
def test_no_spelling_of_this_machine_is_asked(site, ask, host):
    result = ask(f"http://{host}:{site.port}/a", allow_private=False)
    assert result.outcome == "forbidden_address"
    assert site.log == []


def test_a_source_may_allow_it(site, ask):
    site.page("/a", "<p>x</p>")
    assert ask(site.url("/a")).outcome == "ok"


def test_a_name_that_points_inside_is_refused_and_one_that_is_rebound_too(site, clock):
    """The resolver's first answer is public, every later one is not; nobody is asked."""
    answers = iter([["192.0.2.1"], ["127.0.0.1"], ["127.0.0.1"]])
    fetcher = Fetcher(clock=clock, agent="t", resolver=lambda host, port: next(answers))
    policy = FetchPolicy(spacing=0, deadline=0.5, attempts=1, obey_robots=False)
    request = FetchRequest(url=f"http://plans.example:{site.port}/a", policy=policy)
    outcomes = [fetcher.fetch(request).outcome for _ in range(3)]
    assert outcomes[1:] == ["forbidden_address", "forbidden_address"]
    assert site.log == []


def test_of_several_addresses_only_the_public_ones_are_tried(site, clock):
    fetcher = Fetcher(
        clock=clock, agent="t", resolver=lambda host, port: ["127.0.0.1", "192.0.2.1"]
    )
    policy = FetchPolicy(spacing=0, deadline=0.5, attempts=1, obey_robots=False)
    result = fetcher.fetch(FetchRequest(url=f"http://x.example:{site.port}/a", policy=policy))
    assert result.outcome in ("timeout", "connection_error", "forbidden_address")
    assert site.log == []


def test_a_redirect_inside_is_refused(site, publishers, clock):
    """A host that may be asked points at one that may not."""
    inside = publishers(host="127.0.0.2")
    inside.page("/secret", "x")
    site.answer("/a", redirect(inside.url("/secret")))

    class OnlyFirst(Fetcher):
        """The first host is taken for public: the guard is asked at every hop."""

    fetcher = OnlyFirst(clock=clock, agent="t")
    open_policy = FetchPolicy(spacing=0, allow_private=True, attempts=1)
    assert fetcher.fetch(FetchRequest(url=site.url("/a"), policy=open_policy)).outcome == "ok"
    inside.forget()
    closed = FetchPolicy(spacing=0, attempts=1)
    assert fetcher.fetch(FetchRequest(url=site.url("/a"), policy=closed)).outcome == (
        "forbidden_address"
    )
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
