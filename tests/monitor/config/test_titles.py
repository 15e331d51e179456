"""Sixty titles as sites print them, and whether the shipped file follows, asks, or passes them by."""

from pathlib import Path

import pytest

from monitor.config.load import load_config
from monitor.discovering.listing import Row
from monitor.discovering.markup import whole_of
from monitor.discovering.score import best_match

SHIPPED = Path(__file__).resolve().parents[3] / "sources.yaml"

TITLES = """
follow 2012年国家知识产权战略实施推进计划
follow 2010年国家知识产权战略实施推进计划
follow 关于印发《2013年国家知识产权战略实施推进计划》的通知
follow 《2015年国家知识产权战略实施推进计划》发布
follow 2017年深入实施国家知识产权战略加快建设知识产权强国推进计划
follow 国务院知识产权战略实施工作部际联席会议办公室关于印发《2018年深入实施国家知识产权战略 加快建设知识产权强国推进计划》的通知
follow 关于印发《2019年深入实施国家知识产权战略、加快建设知识产权强国推进计划》的通知
follow 2020年深入实施国家知识产权战略加快建设知识产权强国推进计划
follow 《知识产权强国建设纲要和“十四五”规划实施年度推进计划》印发
follow 知识产权强国建设纲要和"十四五"规划实施年度推进计划
follow 知识产权强国建设纲要和＂十四五＂规划实施年度推进计划
follow 2023年知识产权强国建设纲要和“十四五”规划实施推进计划
follow 2023年《知识产权强国建设纲要》和“十四五”规划实施推进计划
follow 国家知识产权强国建设工作部际联席会议办公室关于印发《2024年知识产权强国建设推进计划》的通知
follow 国家知识产权强国建设工作部际联席会议办公室关于印发 《2025年知识产权强国建设推进计划》 的通知（国知联办〔2025〕9号）
follow ２０２６年知识产权强国建设推进计划
follow 二〇二六年知识产权强国建设推进计划
follow 2026 年知识产权强国建设 推进计划
follow 2026-2027年知识产权强国建设推进计划
follow 2026—2027年知识产权强国建设推进计划
follow 2026年度知识产权强国建设推进计划
follow 《知识产权强国建设推进计划（2026年）》
follow 知识产权强国建设2026年推进计划
follow 2026年知識產權強國建設推進計劃
follow 2027年知识产权强国建设纲要和“十五五”规划实施推进计划
follow 2024 Plan for Promoting the Building of an Intellectual Property Power
follow Plan for Building a Country Strong in Intellectual Property (2025)
follow 2014 Plan for Implementing the National Intellectual Property Strategy
ask    2027年知识产权强国建设任务分工方案
ask    2027年全国知识产权工作要点
ask    2026年知识产权强国建设推...
ask    国家知识产权强国建设工作部际联席会议办公室关于印发《2026年知识产权...
ask    国家知识产权强国建设工作部际联席会议办公室关于印发《2026年知识...
ask    关于印发《2026年知识产权强国…
ask    国家知识产权强国建设工作部际联席会议办公室通知
ask    国知联办〔2026〕7号
ask    2026年知识产权强国建设重点任务清单
ask    2026年知识产权强国建设工作推进安排
ask    知识产权强国建设第二阶段推进计划
ask    CNIPA releases annual plan on IP powerhouse building
ask    Annual implementation plan for the IP power outline issued
ask    2026年知识产权强国推进计划
ask    2026年知识产权强国建设实施计划
follow 2025年知识产权强国建设推进计划（更正）
pass   《2026年知识产权强国建设推进计划》解读
pass   一图读懂2026年知识产权强国建设推进计划
pass   国家知识产权局有关负责人就《2026年知识产权强国建设推进计划》答记者问
pass   浙江省2026年知识产权强国建设推进计划
pass   2026年上海市知识产权强市建设推进计划
pass   深圳市2026年知识产权强国建设先行示范工作计划
pass   关于举办知识产权强国建设培训班的通知
pass   知识产权强国建设纲要（2021－2035年）
pass   2026年全国知识产权宣传周活动方案
pass   2026年知识产权行政保护工作方案
pass   关于商标注册收费标准的公告
pass   2026年政府信息公开工作年度报告
pass   知识产权强国建设示范园区名单公示
pass   2026年专利代理师资格考试推进计划
pass   国家知识产权局2026年部门预算
pass   关于征集《2027年知识产权强国建设推进计划》意见建议的函
"""
ROWS = [line.split(maxsplit=1) for line in TITLES.strip().splitlines()]


@pytest.fixture(scope="module")
def plan():
    return load_config(SHIPPED, env={}).document("ip-power-plan")


@pytest.mark.parametrize(("decision", "printed"), ROWS, ids=[row[1] for row in ROWS])
def test_what_becomes_of_a_title(plan, decision, printed):
    title, cut = whole_of(printed)
    match = best_match(Row(url="https://example.org/a", title=title, cut=cut), [plan])
    found = match.certainty if match is not None else "no"
    assert {"sure": "follow", "near": "ask", "no": "pass"}[found] == decision


def test_there_are_sixty_of_all_kinds():
    assert len(ROWS) == 60
    assert {row[0] for row in ROWS} == {"follow", "ask", "pass"}


@pytest.mark.parametrize(
    ("title", "edition"),
    [
        ("二〇二六年知识产权强国建设推进计划", "2026"),
        ("《知识产权强国建设推进计划（2026年）》", "2026"),
        ("知识产权强国建设2026年度推进计划", "2026"),
        ("2026年知識產權強國建設推進計劃", "2026"),
        ("2023年《知识产权强国建设纲要》和“十四五”规划实施推进计划", "2023"),
    ],
)
def test_the_edition_is_known_however_it_is_written(plan, title, edition):
    match = best_match(Row(url="https://example.org/a", title=title), [plan])
    assert match.edition == edition
