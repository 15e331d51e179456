"""JSON for programs keeps to the contract, filtered or not."""

import json
from pathlib import Path

import jsonschema
import pytest

from plans.model import changeset_from_json, to_json
from reports import json as json_report
from tests.reports.examples import AGAINST_SUMMARY, CHANGESET, NEW, OLD, SUMMARY, options

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "contracts" / "changeset.schema.json").read_text("utf-8")
)


@pytest.mark.parametrize("filters", [{}, {"only": "agencies"}, {"severity": "major"}])
def test_fits_the_contract_and_reads_back(registry, filters):
    text = json_report.render(CHANGESET, OLD, NEW, registry, options(**filters))
    jsonschema.validate(json.loads(text), SCHEMA)
    back = changeset_from_json(text)
    assert back.links == CHANGESET.links
    assert (to_json(back) == to_json(CHANGESET)) == (not filters)


def test_unmatched_tasks_stay_unmatched(registry):
    text = json_report.render(AGAINST_SUMMARY, SUMMARY, NEW, registry, options())
    assert len(json.loads(text)["unmatched"]["new"]) == 9
    assert "海" in text  # text stays readable, not escaped


def test_without_a_summary_there_is_no_unmatched(registry):
    text = json_report.render(CHANGESET, OLD, NEW, registry, options())
    assert "unmatched" not in json.loads(text)
