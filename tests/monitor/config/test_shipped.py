"""The sources.yaml that comes with the program, and its schema for editors."""

import json
from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

from monitor.config.fetch_policy import fetch_policy
from monitor.config.load import config_from, config_schema, load_config
from monitor.discovering.adapters import ADAPTERS, ADAPTERS_OF
from monitor.discovering.listing import Row
from monitor.discovering.score import best_match, match_row
from plans.registry.load import shipped_registry

ROOT = Path(__file__).resolve().parents[3]
SHIPPED = ROOT / "sources.yaml"
#: To whom the plan of 2024 is addressed beside the members.
ADDRESSEES = [
    "cplac",
    "cac",
    "sta",
    "nfra",
    "csrc",
    "cidca",
    "nggoa",
    "spb",
    "natcm",
    "nmpa",
    "cast",
    "nsfc",
]


@pytest.fixture(scope="module")
def shipped():
    return load_config(SHIPPED, env={})


def test_it_has_no_mistakes_and_watches_something(shipped):
    assert len(shipped.enabled_sources) >= 25


def test_the_schema_beside_it_is_today_s_and_named_in_its_first_line(shipped):
    schema = json.loads((ROOT / "sources.schema.json").read_text(encoding="utf-8"))
    assert schema == json.loads(json.dumps(config_schema())), (
        "write it anew: planwatch sources schema > sources.schema.json"
    )
    first = SHIPPED.read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=./sources.schema.json"
    data = YAML(typ="safe", pure=True).load(SHIPPED.read_text(encoding="utf-8"))
    jsonschema.validate(data, schema)


def test_the_commented_examples_are_right():
    head, _, tail = SHIPPED.read_text(encoding="utf-8").partition("set the variables.\n")
    lines = [line.removeprefix("# ") for line in tail.splitlines()]
    env = {"SLACK_WEBHOOK_URL": "https://hooks.example/x", "SMTP_PASSWORD": "x"}
    config = config_from(head + "\n" + "\n".join(lines), "sources.yaml", env=env)
    assert (len(config.channels), len(config.subscriptions)) == (2, 3)


def test_every_member_and_addressee_is_there(shipped):
    members = [agency.id for agency in shipped_registry().agencies.values() if agency.member]
    assert len(members) == 29
    named = {source.id.split("-")[0] for source in shipped.sources}
    assert not set(members + ADDRESSEES) - named


def test_every_source_says_what_it_is_for_or_why_it_rests(shipped):
    for source in shipped.sources:
        assert source.group, source.id
        assert source.purpose if source.enabled else source.reason, source.id


def test_it_looks_every_six_hours_by_day(shipped):
    schedule = shipped.settings.schedule.to_schedule()
    assert schedule.every.total_seconds() == 6 * 3600
    assert [hour.strftime("%H:%M") for hour in schedule.hours] == ["07:00", "23:00"]
    assert schedule.jitter.total_seconds() > 0


def test_nothing_shipped_is_excepted_from_the_rules(shipped):
    for source in shipped.sources:
        policy = fetch_policy(source, shipped.settings, {})
        assert not policy.allow_private
        assert policy.obey_robots
        assert not policy.legacy_tls


def test_every_adapter_has_a_kind_and_a_source_or_a_test_of_its_own():
    assert {name for names in ADAPTERS_OF.values() for name in names} == set(ADAPTERS)


#: The titles of each year, as the plan was renamed; (title, edition).
PLANS = [
    ("2014年国家知识产权战略实施推进计划", "2014"),
    ("2016年深入实施国家知识产权战略加快建设知识产权强国推进计划", "2016"),
    ("2023年知识产权强国建设纲要和“十四五”规划实施推进计划", "2023"),
    ("2024年知识产权强国建设推进计划", "2024"),
    ("关于印发《2025年知识产权强国建设推进计划》的通知", "2025"),
    ("关于印发 《2026 年知识产权强国建设推进计划》 的通知", "2026"),
    ("2026 年 知识产权强国建设 推进计划", "2026"),
    ("关于印发《知识产权强国建设纲要和“十四五”规划实施年度推进计划》的通知", None),
    ("China Issues 2024 Plan for Promoting Intellectual Property Power", "2024"),
]


@pytest.mark.parametrize(("title", "edition"), PLANS)
def test_the_plan_is_known_by_every_title_that_it_has_had(shipped, title, edition):
    match = best_match(Row(url="https://example.org/a", title=title), shipped.documents)
    assert (match.document, match.certainty, match.edition) == ("ip-power-plan", "sure", edition)


@pytest.mark.parametrize(
    "title",
    [
        "2027年知识产权强国建设任务分工方案",
        "2028年全国知识产权工作要点",
        "国家知识产权战略实施年度方案",
        "国知联办〔2027〕3号",
        "市场监管总局等部门关于知识产权强国建设年度任务的通知",
    ],
)
def test_what_may_be_the_plan_goes_to_review(shipped, title):
    match = best_match(Row(url="https://example.org/a", title=title), shipped.documents)
    assert (match.document, match.certainty) == ("ip-power-plan", "near")


@pytest.mark.parametrize(
    "title",
    [
        "《2025年知识产权强国建设推进计划》解读",
        "一图读懂2025年知识产权强国建设推进计划",
        "某某省2025年知识产权强国建设推进计划",
        "关于举办商标法宣传活动的通知",
        "国家知识产权局2025年部门预算",
        "关于专利收费标准的公告",
    ],
)
def test_what_is_not_a_paper_that_is_followed(shipped, title):
    assert best_match(Row(url="https://example.org/a", title=title), shipped.documents) is None


def test_a_reading_is_found_by_a_source_of_commentaries(shipped):
    row = Row(url="https://example.org/a", title="《2025年知识产权强国建设推进计划》解读")
    match = match_row(row, shipped.document("ip-power-plan"), nature="commentary")
    assert match.certainty == "sure"


@pytest.mark.parametrize(
    ("title", "document"),
    [
        ("关于《中华人民共和国商标法修订草案（征求意见稿）》公开征求意见的通知", "trademark-law"),
        ("中华人民共和国商标法实施条例（修订草案征求意见稿）", "trademark-rules"),
        ("中华人民共和国反不正当竞争法", "unfair-competition"),
        ("商业秘密保护规定（征求意见稿）", "trade-secret-rules"),
        ("标准必要专利反垄断指引", "sep-guide"),
        ("国务院关于修改《植物新品种保护条例》的决定", "plant-variety"),
    ],
)
def test_drafts_are_told_apart(shipped, title, document):
    match = best_match(Row(url="https://example.org/a", title=title), shipped.documents)
    assert (match.document, match.certainty) == (document, "sure")


def test_the_score_says_why(shipped):
    row = Row(
        url="https://example.org/a",
        title="关于印发《2025年知识产权强国建设推进计划》的通知",
        number="国知联办〔2025〕5号",
        issuer="国家知识产权强国建设工作部际联席会议办公室",
    )
    match = match_row(row, shipped.document("ip-power-plan"))
    assert len(match.reasons) == 4
    assert "it names the edition 2025" in match.reasons
