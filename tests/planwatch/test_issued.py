"""An instrument that left because it was issued is told so, where its own text is kept."""

from tests.planwatch.test_archive import CONFIG

OLD = """2041年湖泊创新推进计划
湖创联办〔2041〕1号
2041年3月1日
一、制度
1.推进《商标法》修改，发布《专利审查指南》。（国家知识产权局负责）
2.建立巡查制度。（市场监管总局负责）
"""
NEW = OLD.replace("2041", "2042").replace("推进《商标法》修改，", "")
LAW = """中华人民共和国商标法
2041年6月26日第十五届全国人民代表大会常务委员会第四次会议通过
第一章 总则
第一条 为了保护商标专用权，制定本法。
第二条 国务院知识产权行政部门主管全国商标注册工作。
第三条 申请人应当诚实信用，不得以不正当手段取得注册。
第四条 注册的期限为十年，自核准之日起计算。
第二章 申请
第五条 申请书应当写明商品的类别和名称，并附图样。
第六条 申请可以用电子方式提出，受理部门应当出具凭证。
第七条 外国人的申请，依照两国之间的协定办理。
"""
WITH_LAW = (
    CONFIG
    + """
  - id: trademark-law
    titles: {zh: 商标法, en: Trademark Law}
    kind: law
    instrument: trademark-law
"""
)


def test_no_longer_listed_comes_with_the_day_of_issue(planwatch):
    planwatch.configure(WITH_LAW)
    for name, text, document in (
        ("a", OLD, "lakes"),
        ("b", NEW, "lakes"),
        ("c", LAW, "trademark-law"),
    ):
        answer = planwatch("import", planwatch.file(f"{name}.txt", text), "--document", document)
        assert answer.code == 0, answer.out + answer.err
    shown = planwatch("diff", "lakes#1", "lakes#2").out
    assert "no longer listed" in shown
    assert "issued on 2041-06-26" in shown


def test_a_law_from_before_says_nothing_of_it(planwatch):
    planwatch.configure(WITH_LAW)
    law = LAW.replace("2041年6月", "2013年8月")
    for name, text, document in (
        ("a", OLD, "lakes"),
        ("b", NEW, "lakes"),
        ("c", law, "trademark-law"),
    ):
        planwatch("import", planwatch.file(f"{name}.txt", text), "--document", document)
    assert "issued on" not in planwatch("diff", "lakes#1", "lakes#2").out
