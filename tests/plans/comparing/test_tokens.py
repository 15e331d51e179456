"""Where a text may be cut: every path of the tokenizer, one at a time."""

import pytest

from plans.comparing.tokens import tokenizer
from plans.registry.model import Registry, Term
from tests.plans.comparing.making import REGISTRY


def cut(text, registry=REGISTRY):
    """The tokens of a text with a bar at every cut."""
    tokens = tokenizer(registry).tokens(text)
    assert "".join(tokens) == text
    assert all(tokens)
    return "|".join(tokens)


def knowing(*words):
    """A registry that knows these words and no body at all."""
    terms = tuple(Term(zh=word, en="") for word in words)
    return Registry(
        version="words " + " ".join(words), agencies={}, instruments={}, programmes={}, terms=terms
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("推进《渔港夜航条例》修改", "推进|《渔港夜航条例》|修改"),
        ("推进《盐田租赁规定（2031年修订）》", "推进|《盐田租赁规定（2031年修订）》"),
        # A title inside a title is whole; the outer one opens at its own mark.
        ("《盐田《租赁》办法》", "《|盐田|《租赁》|办法|》"),
        # Without its end, a mark is a mark and no title.
        ("推进《渔港", "推进|《|渔港"),
        ("《》", "《|》"),
    ],
)
def test_a_title_is_one_token(text, expected):
    assert cut(text) == expected


def test_what_is_too_long_for_a_title_is_cut_like_any_text():
    assert cut("《" + "滩" * 80 + "》") == "《" + "滩" * 80 + "》"
    assert cut("《" + "滩" * 81 + "》").startswith("《|滩滩|滩滩|")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("开展“蓝帆”行动", "开展|“蓝帆”|行动"),
        ("落实「春潮」计划", "落实|「春潮」|计划"),
        ("开展“蓝帆", "开展|“|蓝帆"),
        ("“" + "甲" * 41 + "”是", None),
    ],
)
def test_a_quoted_name_is_one_token(text, expected):
    if expected is None:
        assert cut(text).startswith("“|甲甲|")
    else:
        assert cut(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("由司法部、商务部负责", "由|司法部|、|商务部|负责"),
        # The longest name that stands there, though shorter ones begin and end alike.
        ("由国家知识产权局负责", "由|国家知识产权局|负责"),
        ("中央宣传部（国家版权局）负责", "中央宣传部（国家版权局）|负责"),
        # The first character of a body's name, where no body follows.
        ("司法行政部门", "司法|行政|部门"),
        ("led by CNIPA alone", "led| |by| |CNIPA| |alone"),
        (
            "the National Intellectual Property Administration",
            "the| |National Intellectual Property Administration",
        ),
    ],
)
def test_a_body_is_one_token(text, expected):
    assert cut(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("降至12.5%", "降|至|12.5%"),
        ("降至１２．５％", "降|至|１２|．|５％"),
        ("罚款1,500元", "罚款|1,500|元"),
        ("共计3,", "共计|3|,"),
        ("覆盖百分之八十", "覆盖|百分之八十"),
        ("五千元至五万元", "五千|元|至|五万|元"),
        ("第十八条", "第十八|条"),
        ("一百二十三件", "一百二十三|件"),
    ],
)
def test_a_number_is_one_token_apart_from_what_is_counted(text, expected):
    assert cut(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the law's co-operation clauses", "the| |law's| |co-operation| |clauses"),
        ("the ports’ quays", "the| |ports|’| |quays"),
        ("WIPO框架下的PCT合作", "WIPO|框架下|的|PCT|合作"),
        ("Rev2", "Rev|2"),
        ("a,  b;\nc", "a|,|  |b|;|\n|c"),
    ],
)
def test_latin_words_stay_whole_also_beside_chinese(text, expected):
    assert cut(text, knowing("框架下", "合作")) == expected


def test_the_longest_known_word_is_taken():
    words = knowing("灯塔", "楼梯", "灯塔楼梯")
    assert cut("修缮灯塔楼梯", words) == "修缮|灯塔楼梯"


def test_of_the_cut_from_either_end_the_one_with_fewer_single_characters_wins():
    from_behind = knowing("舢舨桨", "舢舨", "桨叶")
    assert cut("舢舨桨叶", from_behind) == "舢舨|桨叶"  # from the front: 舢舨桨|叶
    from_the_front = knowing("舢舨", "桨叶", "舨桨叶")
    assert cut("舢舨桨叶", from_the_front) == "舢舨|桨叶"  # from behind: 舢|舨桨叶
    # As good from either end: from behind, where Chinese has the head of a phrase.
    assert cut("舢舨桨", knowing("舢舨", "舨桨")) == "舢|舨桨"


def test_unknown_characters_stay_together_up_to_three_and_a_particle_parts_them():
    nothing = knowing("桨叶")
    assert cut("舢舨", nothing) == "舢舨"
    assert cut("舢舨舻", nothing) == "舢舨舻"
    assert cut("舢舨舻舳", nothing) == "舢舨|舻舳"
    assert cut("舢舨舻舳艚", nothing) == "舢舨|舻舳|艚"
    assert cut("舢舨和舻舳", nothing) == "舢舨|和|舻舳"
    assert cut("舢舨桨叶舻", nothing) == "舢舨|桨叶|舻"


def test_rare_and_compatibility_characters_are_words_like_others():
    assert cut("\u3400\u3401，\uf900\uf90a", knowing("桨叶")) == "\u3400\u3401|，|\uf900\uf90a"


def test_no_text_has_no_token_and_a_text_is_cut_once():
    tokens = tokenizer(REGISTRY).tokens
    assert tokens("") == ()
    assert tokens("修缮灯塔") is tokens("修缮灯塔")


def test_each_registry_has_words_of_its_own():
    assert cut("舢舨桨叶", knowing("舢舨桨叶")) == "舢舨桨叶"
    assert cut("舢舨桨叶", knowing("舨桨")) == "舢|舨桨|叶"
    assert tokenizer(knowing("舨桨")) is tokenizer(knowing("舨桨"))
