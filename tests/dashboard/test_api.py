"""The API: contracts as bodies, page by page, ETags, problems, and an OpenAPI that tells the truth."""

import json
import re
from pathlib import Path

import jsonschema
import msgspec
import pytest
import requests

from plans.model import Changeset, Plan
from tests.dashboard.examples import ALERT, DOCUMENT, SOURCE

CONTRACTS = Path(__file__).parents[2] / "contracts"
API = "/api/v1"
PATHS = (
    "/documents",
    f"/documents/{DOCUMENT}",
    f"/documents/{DOCUMENT}/versions",
    f"/documents/{DOCUMENT}/versions/3",
    f"/documents/{DOCUMENT}/versions/latest/witnesses",
    f"/documents/{DOCUMENT}/versions/2042/plan",
    f"/documents/{DOCUMENT}/changes?old=baseline",
    "/tasks?q=检索",
    "/tasks?agency=cnipa&limit=3",
    "/agencies",
    "/agencies/cnipa",
    "/instruments",
    "/sources",
    f"/sources/{SOURCE}",
    f"/sources/{SOURCE}/visits",
    "/alerts",
    f"/alerts/{ALERT}",
    f"/alerts/{ALERT}/deliveries",
    "/reviews",
    "/openapi.json",
)


def test_every_route_answers_and_knows_what_the_caller_has(archive, serve):
    url = serve(archive).url + API
    for path in PATHS:
        answer = requests.get(url + path, timeout=30)
        assert answer.status_code == 200, path
        assert answer.headers["Content-Type"] == "application/json", path
        tag = answer.headers["ETag"]
        again = requests.get(url + path, headers={"If-None-Match": f'"x", W/{tag}'}, timeout=30)
        assert (again.status_code, again.content) == (304, b""), path
        assert requests.get(url + path, headers={"If-None-Match": '"x"'}, timeout=30).ok


@pytest.mark.parametrize(
    ("path", "contract", "kind"),
    [
        (f"/documents/{DOCUMENT}/versions/latest/plan", "plan", Plan),
        (f"/documents/{DOCUMENT}/changes?old=1&new=3", "changeset", Changeset),
    ],
)
def test_bodies_are_the_contracts(small, serve, path, contract, kind):
    body = requests.get(serve(small).url + API + path, timeout=30).content
    schema = json.loads((CONTRACTS / f"{contract}.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(body), schema)
    msgspec.json.decode(body, type=kind)


def test_lists_go_on_page_by_page(small, serve):
    server = serve(small)
    path, numbers = f"{API}/documents/{DOCUMENT}/versions?limit=2", []
    while path:
        page = requests.get(server.url + path, timeout=30).json()
        numbers.append([version["number"] for version in page["items"]])
        path = page["next"]
    assert numbers == [[3, 2], [1]]
    path, ids = f"{API}/tasks?agency=cnipa&limit=4", []
    while path:
        page = requests.get(server.url + path, timeout=30).json()
        ids += [hit["content_id"] for hit in page["items"]]
        path = page["next"]
    assert len(ids) == len(set(ids)) > 8


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/documents/none", 404),
        ("/nowhere", 404),
        (f"/documents/{DOCUMENT}/versions/99", 404),
        (f"/documents/{DOCUMENT}/versions?limit=0", 422),
        ("/alerts?state=lost", 422),
        ("/alerts?before=2042-01-01T00:00:00", 422),
        (f"/documents/{DOCUMENT}/versions?before=99999999999", 422),
    ],
)
def test_problems_say_what_is_wrong(small, serve, path, status):
    answer = requests.get(serve(small).url + API + path, timeout=30)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert answer.json()["detail"]


def test_the_description_and_its_examples_fit_the_answers(small, serve):
    url = serve(small).url + API
    description = requests.get(f"{url}/openapi.json", timeout=30).json()
    paths = description["paths"]
    for path, operations in paths.items():
        for method, operation in operations.items():
            content = operation["responses"]["200"]["content"]["application/json"]
            jsonschema.validate(content["example"], schema_of(content["schema"], description))
            sent = operation.get("requestBody", {}).get("content", {}).get("application/json")
            if sent:
                assert method == "post", path
                jsonschema.validate(sent["example"], schema_of(sent["schema"], description))
    for path in PATHS[:-1]:
        template = next(t for t in paths if fits(t, API + path.partition("?")[0]))
        content = paths[template]["get"]["responses"]["200"]["content"]["application/json"]
        found = requests.get(url + path, timeout=30).json()
        jsonschema.validate(found, schema_of(content["schema"], description))


def test_the_description_is_whole(small, serve):
    """Every name that it refers to is there, and it says no more than it uses."""
    text = requests.get(f"{serve(small).url}{API}/openapi.json", timeout=30).text
    named = set(re.findall(r'"#/components/schemas/([^"]+)"', text))
    assert named == set(json.loads(text)["components"]["schemas"])


def schema_of(schema, description):
    return schema | {"components": description["components"]}


def fits(template, path):
    one, other = template.split("/"), path.split("/")
    return len(one) == len(other) and all(
        a == b or a[:1] == "{" for a, b in zip(one, other, strict=True)
    )
