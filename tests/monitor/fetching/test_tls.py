"""Certificates are always checked; what is excepted is excepted for one host."""

import pytest

from tests.publisher.answers import redirect


@pytest.fixture
def secure(publishers, authority):
    def make(*names, **fields):
        site = publishers(tls=authority.server(*names, **fields))
        site.page("/a", "<p>x</p>")
        return site

    return make


def test_a_good_certificate_of_a_known_authority(secure, ask, authority):
    site = secure("127.0.0.1")
    assert ask(site.url("/a"), ca_file=str(authority.ca_file)).outcome == "ok"


def test_an_unknown_authority(secure, ask):
    assert ask(secure("127.0.0.1").url("/a")).outcome == "tls_error"


def test_another_host_s_certificate(secure, ask, authority):
    site = secure("other.example")
    assert ask(site.url("/a"), ca_file=str(authority.ca_file)).outcome == "tls_error"


def test_an_expired_certificate(secure, ask, authority):
    site = secure("127.0.0.1", expired=True)
    result = ask(site.url("/a"), ca_file=str(authority.ca_file))
    assert result.outcome == "tls_error"
    assert site.log == []


def test_plain_http_on_a_tls_port(site, ask):
    assert ask(site.url("/a").replace("http:", "https:")).outcome == "tls_error"


def test_old_tls_is_refused_unless_the_source_excepts_it(publishers, ask, authority):
    old = publishers(tls=authority.old_server("127.0.0.1"))
    old.page("/a", "<p>x</p>")
    ca = str(authority.ca_file)
    assert ask(old.url("/a"), ca_file=ca).outcome == "tls_error"
    assert ask(old.url("/a"), ca_file=ca, legacy_tls=True).outcome == "ok"


def test_the_exception_does_not_follow_a_redirect(publishers, ask, authority):
    old = publishers(tls=authority.old_server("127.0.0.2"), host="127.0.0.2")
    old.page("/a", "<p>x</p>")
    first = publishers()
    first.answer("/a", redirect(old.url("/a")))
    result = ask(first.url("/a"), ca_file=str(authority.ca_file), legacy_tls=True)
    assert result.outcome == "tls_error"


def test_a_source_without_the_exception_does_not_stop_one_that_has_it(publishers, ask, authority):
    """robots.txt is kept by site: what failed for one source is not kept for the other."""
    old = publishers(tls=authority.old_server("127.0.0.1"))
    old.page("/b", "<p>x</p>")
    ca = str(authority.ca_file)
    assert ask(old.url("/b"), ca_file=ca).outcome == "tls_error"
    assert ask(old.url("/b"), ca_file=ca, legacy_tls=True).outcome == "ok"
