"""What the reader gives is a valid document of the contract, whatever it read."""

import json
from pathlib import Path

import jsonschema
import pytest

from plans.model import plan_from_json, to_json
from plans.reading.read import READER_VERSION

SCHEMA = json.loads(
    (Path(__file__).parents[3] / "contracts" / "plan.schema.json").read_text(encoding="utf-8")
)

TEXTS = {
    "plan": "2031年渔港计划\n一、建设\n1.推进《渔港条例》修改。（水利部牵头，各有关部门配合，6月底前完成）\n2.开展“听潮”行动。（某协会负责）",
    "law": "海港法\n第一条 为了保护海港，制定本法。\n第二条 海港应当有灯塔。\n第三条 本法自公布之日起施行。",
    "prose": "Harbour News\nPublished 3 April 2031\n[Measures]\nThe coast is long. The CNIPA will act.",
    "table": "序号\t任务\t责任单位\t推广范围\n1\t修码头\t水利部\t全国",
    "nothing": "今天天气很好。",
    "empty": "",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_every_reading_fits_the_contract_and_comes_back_from_json(plan_of, text):
    plan = plan_of(text)
    jsonschema.validate(json.loads(to_json(plan)), SCHEMA)
    assert plan_from_json(to_json(plan)) == plan


def test_a_plan_says_who_made_it(plan_of, registry):
    made_by = plan_of(TEXTS["plan"]).made_by
    assert made_by == {"reader": READER_VERSION, "registry": registry.version}


def test_reading_twice_gives_the_same_plan(plan_of):
    assert plan_of(TEXTS["plan"]) == plan_of(TEXTS["plan"])


def test_a_row_of_the_users_own_teaches_a_body(tmp_path):
    from plans.model import Extract
    from plans.reading.read import read
    from plans.registry.load import load_registry

    header = (
        "id,zh_full,zh_names,en_full,en_names,successor_of,since,until,member,checked,known_names"
    )
    (tmp_path / "agencies.csv").write_text(
        f"{header}\nxyz,某协会,某协会,Some Society,SOMSOC,,,,no,seen,\n"
    )
    plan = read(Extract(state="document", text=TEXTS["plan"]), load_registry(tmp_path))
    assert plan.tasks[1].assignments[0].agency == "xyz"
