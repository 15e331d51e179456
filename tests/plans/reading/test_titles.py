"""Instruments with the verb that binds the task, and programmes."""

import pytest

from plans.reading.commitments import english_commitment, level_of
from plans.reading.passage import clean
from plans.reading.titles import titles_of

CASES = [
    ("开展《渔港条例》立法论证", [("渔港条例", 0)]),
    ("做好《渔港条例》修订的研究论证", [("渔港条例", 0)]),
    ("做好《渔港条例》进一步修改论证", [("渔港条例", 0)]),
    ("加快开展《渔港条例》调研论证", [("渔港条例", 0)]),
    ("推进《渔港条例》立法研究", [("渔港条例", 0)]),
    ("研究起草《渔港条例》", [("渔港条例", 1)]),
    ("研究修订《渔港条例》", [("渔港条例", 1)]),
    ("研究出台《渔港条例》", [("渔港条例", 1)]),
    ("视情推进《渔港条例》修改", [("渔港条例", 2)]),
    ("推进《渔港条例》修改", [("渔港条例", 3)]),
    ("推进商标法修改", [("商标法", 3)]),
    # What a mark opens and none closes may be the start of a longer title.
    ("推进《商标法修改", []),
    ("积极推动《渔港条例》制定", [("渔港条例", 3)]),
    ("推进《渔港条例》立法进程", [("渔港条例", 3)]),
    ("推动《渔港条例》修订审议", [("渔港条例", 3)]),
    ("加快推进《渔港条例》修改", [("渔港条例", 4)]),
    ("加快修订《渔港条例》", [("渔港条例", 4)]),
    ("加快出台《渔港条例》", [("渔港条例", 4)]),
    ("推动出台《渔港条例》", [("渔港条例", 5)]),
    ("推动完成《渔港条例》修改", [("渔港条例", 5)]),
    ("推动《渔港条例》出台", [("渔港条例", 5)]),
    ("修改《渔港条例》，完善办法", [("渔港条例", 6)]),
    ("制定《渔港条例》", [("渔港条例", 6)]),
    ("修订出台《渔港条例》", [("渔港条例", 7)]),
    ("制定发布《渔港指南》", [("渔港指南", 7)]),
    ("完成《渔港条例》修订", [("渔港条例", 7)]),
    ("贯彻落实《渔港条例》", [("渔港条例", 8)]),
    ("落实新修订的《渔港条例》", [("渔港条例", 8)]),
    ("做好《渔港条例》贯彻实施工作", [("渔港条例", 8)]),
    ("按照《渔港条例》要求开展巡查", [("渔港条例", None)]),
    ("做好《渔港条例》修订后的宣传贯彻", [("渔港条例", 8)]),
    ("修订《渔港指南》并发布实施", [("渔港指南", 7)]),
    ("推动《渔港条例》尽快出台", [("渔港条例", 5)]),
    ("抓紧出台《渔港条例》", [("渔港条例", 4)]),
    ("推进制修订《渔港条例》", [("渔港条例", 3)]),
    # one verb for several titles, several verbs in one sentence
    ("发布《甲指引》《乙指引》", [("甲指引", 7), ("乙指引", 7)]),
    ("完成《甲办法》、《乙办法》和《丙办法》修订", [("甲办法", 7), ("乙办法", 7), ("丙办法", 7)]),
    ("推进《甲条例》制定，开展《乙条例》立法论证", [("甲条例", 3), ("乙条例", 0)]),
    (
        "推进《甲条例》修改、《乙条例》制定，研究起草《丙条例》",
        [("甲条例", 3), ("乙条例", 3), ("丙条例", 1)],
    ),
    ("根据《甲条例》，制定《乙办法》", [("甲条例", None), ("乙办法", 6)]),
    ("推进《中华人民共和国海港法》修改", [("海港法", 3)]),
]


@pytest.fixture(scope="module")
def titles(registry):
    return titles_of(registry, None)


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_every_instrument_has_its_own_commitment(titles, text, expected):
    found = titles.instruments(clean(text, 0))
    assert [(i.title, i.commitment.level if i.commitment else None) for i in found] == expected


def test_the_words_are_kept_around_the_title(titles):
    one = titles.instruments(clean("加快推进《渔港条例》修改", 0))[0]
    assert one.commitment.text == "加快推进…修改"


def test_a_known_title_is_found_bare_and_a_longer_word_is_none(titles):
    found = titles.instruments(clean("推动完成专利法实施细则修改，健全商标法律制度", 0))
    assert [(i.id, i.commitment.level) for i in found] == [("patent-rules", 5)]


def test_a_law_and_its_rules(titles):
    found = titles.instruments(clean("推进《中华人民共和国商标法》及其实施条例修改", 0))
    assert [(i.id, i.commitment.level) for i in found] == [
        ("trademark-law", 3),
        ("trademark-rules", 3),
    ]


def test_old_and_new_titles_and_both_languages_are_one_instrument(titles):
    ids = {
        titles.instruments(clean(text, 0))[0].id
        for text in ("发布《标准必要专利反垄断指引》", "发布《标准必要专利反垄断指南》")
    }
    english = titles.english_instruments(
        "Issue the Antitrust Guidelines for Standard Essential Patents."
    )
    assert ids == {english[0].id} == {"sep-guide"}


def test_programmes_are_known_with_quotes_years_and_without(titles):
    found = titles.programmes(clean("开展“昆仑2031”行动、“听潮”专项行动，推广“一站式”服务", 0))
    assert [(p.name, p.id) for p in found] == [
        ("“昆仑2031”行动", "kunlun"),
        ("“听潮”专项行动", None),
    ]


def test_an_item_of_a_legislative_plan_is_its_instrument(plan_of):
    plan = plan_of(
        "2031年立法工作计划\n1.海港条例（修订）（水利部起草）\n2.灯塔管理办法（水利部起草）"
    )
    assert [t.instruments[0].title for t in plan.tasks] == ["海港条例", "灯塔管理办法"]
    assert plan.tasks[0].assignments[0].agency == "mwr"
    assert plan.tasks[0].instruments[0].commitment.level == 6


def test_the_order_of_the_levels():
    words = [
        "研究论证",
        "研究起草",
        "视情推进",
        "推进修改",
        "加快修改",
        "推动出台",
        "制定",
        "出台",
        "落实",
    ]
    assert [level_of(one) for one in words] == list(range(9))
    assert level_of("召开") is None


@pytest.mark.parametrize(
    ("clause", "level"),
    [
        ("conduct a feasibility study on the …", 0),
        ("study and draft the …", 1),
        ("advance the revision of the …", 3),
        ("accelerate the revision of the …", 4),
        ("promote the issuance of the …", 5),
        ("amend the …", 6),
        ("issue the …", 7),
        ("implement the …", 8),
    ],
)
def test_english_verbs(clause, level):
    assert english_commitment(clause).level == level
