"""The shipped 2024 baseline: what it says, and that it is recorded once, as version 1."""

import datetime as dt
import json
from pathlib import Path

import jsonschema
import pytest

from plans.model import to_json
from plans.registry.load import shipped_registry
from planwatch.shipped import DOCUMENT, baseline_plan, load_baseline
from storage import baselines, documents, readings, refs, snapshots, versions
from storage.records import NewSnapshot, NewVersion, Part

NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
CONTRACTS = Path(__file__).resolve().parents[2] / "contracts"

#: What commentary on the plan tells: each measure's bodies, in the article's order.
ARTICLE = [
    {"cnipa"}, {"ccpd"}, {"samr"}, {"mara", "nfga"}, {"spc"}, {"mps"}, {"cnipa"}, {"samr"},
    {"ccpd"}, {"moe", "most", "cnipa"}, {"samr", "cnipa"}, {"ccpd", "pbc", "nfra", "cnipa"},
    {"cnipa"}, set(), {"ccpd", "ndrc", "nfra", "cnipa"}, {"ccpd"}, {"moj"}, {"most", "cast"},
    {"cnipa"}, {"mofcom", "cnipa", "ccpit"},
]  # fmt: skip


def test_it_fits_the_contract_of_a_plan():
    schema = json.loads((CONTRACTS / "plan.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(to_json(baseline_plan())), schema)


def test_it_tells_every_measure_of_the_article_with_its_bodies():
    told = [
        {a.agency for a in task.assignments if a.agency}
        for task in baseline_plan().tasks
        if task.uncertain is None
    ]
    assert told == ARTICLE


def test_it_has_the_seven_objectives_and_calls_itself_a_summary():
    plan = baseline_plan()
    assert [part.role for part in plan.frame].count("objective") == 7
    assert plan.nature == "summary"
    assert plan.covers_part


def test_what_is_known_from_the_ladder_alone_names_no_body_and_says_so():
    for task in baseline_plan().tasks:
        if task.uncertain is not None:
            assert not task.assignments
            assert task.instruments[0].commitment is not None


def test_every_name_in_it_is_known_to_the_registry():
    registry, plan = shipped_registry(), baseline_plan()
    for task in plan.tasks:
        for assignment in task.assignments:
            if assignment.kind == "agency":
                assert registry.find_agency(assignment.name).id == assignment.agency
        for instrument in task.instruments:
            assert registry.find_instrument(instrument.title).id == instrument.id
        for programme in task.programmes:
            assert programme.id in registry.programmes


def test_it_is_version_1_and_the_baseline_of_its_document(database):
    assert load_baseline(database, now=NOW)
    with database.reading() as conn:
        version = refs.resolve(conn, "ip-power-plan@baseline")
        assert (version.number, version.edition, version.nature) == (1, "2024", "summary")
        assert readings.plan_of(conn, version.id) == baseline_plan()
        assert not baselines.current(conn, DOCUMENT.id).pinned


def test_loading_it_again_changes_nothing(database):
    load_baseline(database, now=NOW)
    assert not load_baseline(database, now=NOW + dt.timedelta(days=1))
    with database.reading() as conn:
        assert len(versions.list_all(conn, DOCUMENT.id)) == 1


@pytest.mark.parametrize("pinned", [True, False])
def test_a_baseline_that_is_there_already_stays(database, pinned):
    with database.writing() as conn:
        documents.ensure(conn, DOCUMENT, NOW)
        page = NewSnapshot(url="http://plan.example/2024", fetched_at=NOW)
        snapshot = snapshots.store(conn, page, b"official", now=NOW)
        official = versions.record(
            conn,
            NewVersion(
                document_id=DOCUMENT.id,
                edition="2024",
                language="zh-Hans",
                nature="official",
                text_key="official",
                parts=(Part(snapshot_id=snapshot),),
                fetched_at=NOW,
            ),
            expected_predecessor=None,
            now=NOW,
        )
        baselines.set_to(conn, DOCUMENT.id, official.id, pinned=pinned, now=NOW)
    load_baseline(database, now=NOW)
    with database.reading() as conn:
        assert baselines.current(conn, DOCUMENT.id).version_id == official.id
