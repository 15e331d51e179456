"""A user's own templates of pages: in place of ours, in a sandbox, and never in the way."""

from importlib import resources

import pytest
import requests

from dashboard.rendering import page_templates
from tests.dashboard.examples import DOCUMENT


@pytest.fixture
def own(tmp_path):
    def write(**files):
        for name, text in files.items():
            (tmp_path / f"{name}.html").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def test_an_own_frame_stands_around_every_page(small, serve, own):
    folder = own(
        base="<title>{% block title %}{% endblock %}</title>{% include '_desk.html' %}"
        "{% block head %}{% endblock %}{% block frame %}{% endblock %}"
        "<main>{% block main %}{% endblock %}</main>",
        _desk="<p>The desk of Ada &amp; Co.</p>",
    )
    url = serve(small, templates_folder=folder).url
    for path in ("/", f"/documents/{DOCUMENT}", "/alerts", "/nowhere"):
        text = requests.get(url + path, timeout=30).text
        assert "The desk of Ada &amp; Co." in text, path
        assert 'class="brand"' not in text, path


def test_what_stands_in_a_plan_is_escaped_there_too(small, serve, own):
    folder = own(error="{% extends 'base.html' %}{% block main %}<b>{{ detail }}</b>{% endblock %}")
    text = requests.get(
        f"{serve(small, templates_folder=folder).url}/documents/<i>x", timeout=30
    ).text
    assert "<b>There is no document &lt;i&gt;x.</b>" in text


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("<p>\n\n{% if %}</p>", 3, "Expected"),
        ("fine\n{{ x | nofilter }}", 2, "nofilter"),
        ("{% for %}", 1, "Expected"),
        ("{% block main %}\n{{ alert.headline }}\n{{ allerts }}{% endblock %}", 3, "'allerts'"),
    ],
)
def test_a_broken_one_is_named_with_its_line_and_ours_is_shown(small, serve, own, text, line, says):
    folder = own(alerts=text)
    (problem,) = page_templates(folder).problems
    assert (problem.file, problem.line) == (str(folder / "alerts.html"), line)
    assert says in problem.message
    url = serve(small, templates_folder=folder).url
    assert 'class="brand"' in requests.get(f"{url}/alerts", timeout=30).text


def test_a_name_that_no_page_has_is_told(own):
    (problem,) = page_templates(own(alertz="x", _part="y")).problems
    assert problem.file.endswith("alertz.html")


@pytest.mark.parametrize(
    "text",
    [
        "{{ no_such_name }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ words.__init__.__globals__ }}",
        "{{ say.__func__.__globals__['os'] }}",
        "{% set _ = documents.append(1) %}{{ words.registry._x }}",
        "{% for n in range(999999999) %}x{% endfor %}",
        "{{ ('x' * 99999999) }}",
    ],
)
def test_one_that_fails_or_reaches_out_is_not_shown(small, serve, own, text):
    url = serve(small, templates_folder=own(alerts=f"before {text} after")).url
    answer = requests.get(f"{url}/alerts", timeout=60)
    assert answer.status_code == 200
    assert 'class="brand"' in answer.text
    assert "before" not in answer.text


def test_a_folder_that_is_not_there_changes_nothing(small, serve, tmp_path):
    templates = page_templates(tmp_path / "none")
    assert templates.problems == ()
    assert requests.get(serve(small, templates_folder=tmp_path / "none").url, timeout=30).ok


def test_every_built_in_page_may_be_taken_as_a_start(own, tmp_path):
    for path in (resources.files("dashboard") / "templates").iterdir():
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    assert page_templates(tmp_path).problems == ()


def test_names_that_a_template_makes_or_asks_for_are_its_own(own):
    folder = own(
        alerts="{% set mine = 1 %}{% macro shown(a, b=2) %}{{ a }}{{ b }}{{ varargs }}{% endmacro %}"
        "{% import '_x.html' as x %}{% from '_x.html' import y as z %}{{ x.y() }}{{ z() }}"
        "{% block main %}{{ mine }}{% for one in alerts %}{{ loop.index }}{{ one.id }}{% endfor %}"
        "{{ shown(3) }}{{ path }}{{ owner | default('nobody') }}{% if desk is defined %}{{ desk }}{% endif %}"
        "{% endblock %}",
        _x="{% macro y() %}{{ whatever }}{% endmacro %}",
    )
    assert page_templates(folder).problems == ()
