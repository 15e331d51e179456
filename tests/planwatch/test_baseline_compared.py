"""The shipped English summary against a Chinese plan of the next year."""

from collections import Counter

NEXT_YEAR = """2025年知识产权强国建设推进计划
为做好2025年各项工作，制定本计划。
一、完善知识产权制度
1.加快推进《商标法》修改。（国家知识产权局、司法部负责）
2.加快推进《著作权法实施条例》修改。（中央宣传部、司法部负责）
3.推进《植物新品种保护条例》修改。（农业农村部、国家林草局负责）
4.研究论证《地下管网数据条例》。（住房城乡建设部负责）
二、强化知识产权保护
5.开展“昆仑2025”行动，打击侵犯知识产权犯罪。（公安部负责）
6.建设湖区联合执法站。（生态环境部负责）
"""


def test_what_the_summary_does_not_mention_is_unmatched_never_added(planwatch):
    new = planwatch.file("2025.txt", NEXT_YEAR)
    changeset = planwatch("diff", "ip-power-plan@baseline", new, "--json").json()
    kinds = Counter(change["kind"] for change in changeset["changes"])
    assert not {"task_added", "task_reworded", "task_moved", "task_renumbered"} & set(kinds)
    assert changeset["unmatched"]["new"] == ["4", "6"]


def test_what_the_new_official_plan_lacks_is_no_longer_listed_never_abandoned(planwatch):
    new = planwatch.file("2025.txt", NEXT_YEAR)
    changeset = planwatch("diff", "ip-power-plan@baseline", new, "--json").json()
    gone = {c["old"][0] for c in changeset["changes"] if c["kind"] == "task_removed"}
    assert "1-3" in gone
    shown = planwatch("diff", "ip-power-plan@baseline", new).out
    assert "No longer listed" in shown
    assert "abandon" not in shown.lower()


def test_bodies_and_commitments_are_compared_across_the_languages(planwatch):
    new = planwatch.file("2025.txt", NEXT_YEAR)
    changes = planwatch("diff", "ip-power-plan@baseline", new, "--json").json()["changes"]
    raised = {
        c["instrument_id"]: (c["before"], c["after"])
        for c in changes
        if c["kind"] == "commitment_raised"
    }
    assert raised["trademark-law"] == (3, 4)
    assert raised["copyright-rules"] == (3, 4)
    joined = {(c["agency"], c["new"][0]) for c in changes if c["kind"] == "agency_assigned"}
    assert ("moj", "2") in joined


def test_the_article_gives_the_plan_once_although_its_text_stands_in_it_twice(planwatch, corpus):
    article = corpus / "pages" / "en_2024_article.txt"
    answer = planwatch("import", article, "--json")
    assert answer.code == 0, answer.err
    plan = planwatch("show", answer.json()[0]["ref"], "--json").json()
    assert len(plan["tasks"]) == 20
    assert [part["role"] for part in plan["frame"]].count("objective") == 7
    assert plan["nature"] == "commentary"
