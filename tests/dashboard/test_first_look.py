"""Nobody's first look waits for what can be made ready at start."""

import jinja2
import pytest
import requests

from tests.dashboard.examples import DOCUMENT


@pytest.mark.parametrize("path", ["/", f"/documents/{DOCUMENT}/compare?old=2&new=3", "/nowhere"])
def test_no_template_is_compiled_once_the_server_answers(small, serve, monkeypatch, path):
    url = serve(small).url
    compiled = []
    true = jinja2.Environment.compile

    def listen(self, source, name=None, *rest, **more):
        compiled.append(name)
        return true(self, source, name, *rest, **more)

    monkeypatch.setattr(jinja2.Environment, "compile", listen)
    assert "<h1>" in requests.get(url + path, timeout=30).text
    assert compiled == []
