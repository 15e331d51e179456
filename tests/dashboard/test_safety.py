"""What nobody may do: reach it by another name, run scripts in it, take its port unseen."""

import hashlib
import socket

import pytest
import requests

from dashboard.security.guard import host_name
from dashboard.security.tokens import TokenFileError, holder_of, line_of, load_tokens, new_token
from dashboard.server import DashboardServer, PortTaken

PATHS = ("/", "/api/v1/documents", "/static/0/planwatch.css", "/nowhere")


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.", "", "[::2]"]
)
def test_another_name_is_refused_before_anything_is_read(small, serve, host):
    server = serve(small)
    for path in PATHS:
        answer = requests.get(server.url + path, headers={"Host": host}, timeout=30)
        assert answer.status_code in (400, 421), path
        assert "planwatch" not in answer.text or answer.status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8321", "LOCALHOST", "[::1]:8321"])
def test_names_of_this_machine_are_ours(small, serve, host):
    answer = requests.get(serve(small).url, headers={"Host": host}, timeout=30)
    assert answer.status_code == 200


def test_two_hosts_in_one_request_are_refused(small, serve):
    server = serve(small)
    with socket.create_connection((server.host, server.port), timeout=10) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n")
        assert line.recv(100).split()[1] in (b"400", b"421")


def test_the_name_in_a_host_header():
    assert host_name("Example.com:80") == "example.com"
    assert host_name("[::1]:8321") == "[::1]"
    assert host_name("[::1") == ""


def test_headers_bind_the_browser_on_every_answer(small, serve):
    server = serve(small)
    for path in PATHS:
        headers = requests.get(server.url + path, timeout=30).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_pages_hold_no_script_and_no_style_of_their_own(small, serve):
    page = requests.get(serve(small).url, timeout=30).text
    assert "<style" not in page
    assert " style=" not in page
    assert all("src=" in part.split(">")[0] for part in page.split("<script")[1:])


def test_a_zero_byte_is_refused_and_long_bodies_are(small, serve):
    url = serve(small).url
    assert requests.get(f"{url}/documents/a%00b", timeout=30).status_code == 400
    assert requests.get(f"{url}/search?q=%00", timeout=30).status_code == 400
    assert (
        requests.post(f"{url}/alerts/x/acknowledge", data=b"x" * 70_000, timeout=30).status_code
        == 413
    )


def test_a_port_that_is_taken_is_told(small, serve):
    server = serve(small)
    other = DashboardServer(server._app, "127.0.0.1", server.port)
    with pytest.raises(PortTaken, match=str(server.port)):
        other.start()


def test_a_stopped_server_leaves_its_port(small, serve):
    server = serve(small)
    server.stop()
    server.stop()
    with pytest.raises(OSError, match="refused"):
        socket.create_connection((server.host, server.port), timeout=5)


def test_tokens_are_kept_as_hashes(tmp_path):
    token, kept = new_token("ann")
    assert kept.digest == hashlib.sha256(token.encode()).hexdigest()
    file = tmp_path / "tokens"
    file.write_text(f"# people\n\n{line_of(kept)}\n")
    assert token not in file.read_text()
    assert holder_of(token, load_tokens(file)) == "ann"
    assert holder_of(token + "x", load_tokens(file)) is None
    assert holder_of("x" * 10_000, load_tokens(file)) is None
    assert holder_of("密", load_tokens(file)) is None
    file.write_text("ann:secret\n")
    with pytest.raises(TokenFileError, match=":1:") as told:
        load_tokens(file)
    assert "secret" not in str(told.value)
