"""What a plan puts off or stops binds nobody to it: the lowest level, with the words as printed."""

import pytest

from plans.reading.commitments import is_put_off
from plans.reading.passage import clean
from plans.reading.titles import titles_of


@pytest.fixture(scope="module")
def titles(registry):
    return titles_of(registry, None)


def said(titles, text):
    return [
        (i.title, i.commitment and (i.commitment.text, i.commitment.level))
        for i in titles.instruments(clean(text, 0))
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("暂缓推进《灯塔法》修改", "暂缓推进…修改"),
        ("暂缓《灯塔法》修改", "暂缓…修改"),
        ("暫緩推進《灯塔法》修改", "暂缓推进…修改"),
        ("暂停实施《灯塔法》", "暂停实施"),
        ("不再单独制定《灯塔法》", "不再单独制定"),
        ("不再将《灯塔法》修订列入计划", "不再…修订"),
        ("停止推进《灯塔法》", "停止推进"),
        ("中止《灯塔法》修订", "中止…修订"),
        ("终止《灯塔法》立法进程", "终止…立法进程"),
        ("推迟出台《灯塔法》", "推迟出台"),
        ("取消《灯塔法》修订", "取消…修订"),
        ("放弃、停止推进《灯塔法》", "放弃、停止推进"),
        ("《灯塔法》修订工作延后至明年", "修订工作延后"),
        ("《灯塔法》停止执行", "停止执行"),
    ],
)
def test_what_is_put_off_is_at_the_bottom(titles, text, words):
    assert said(titles, text) == [("灯塔法", (words, 0))]
    assert is_put_off(words)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("不断推进《灯塔法》修改", 3),
        ("不再推迟出台《灯塔法》", 7),
        ("不得暂停落实《灯塔法》", 8),
        ("修改《灯塔法》中止程序", 6),
        ("落实《灯塔法》取消许可的规定", 8),
        ("清理取消、落实《灯塔法》", 8),
        ("取消《灯塔法》中的三项收费", None),
    ],
)
def test_what_the_law_stops_or_nobody_stops_is_not_put_off(titles, text, level):
    ((_, commitment),) = said(titles, text)
    assert (commitment and commitment[1]) == level
    assert commitment is None or not is_put_off(commitment[0])


def test_one_word_puts_off_several_titles_and_only_those(titles):
    found = said(titles, "不再推进《甲法》修改、《乙法》制定，推进《丙法》修改，暂缓《丁法》修订")
    assert [commitment[1] for _, commitment in found] == [0, 0, 3, 0]


@pytest.mark.parametrize(
    ("sentence", "level"),
    [
        ("Suspend the revision of the Trademark Law.", 0),
        ("Defer revising the Trademark Law.", 0),
        ("No longer advance the amendment of the Trademark Law.", 0),
        ("Stop the implementation of the Trademark Law.", 0),
        ("The revision of the Trademark Law is postponed.", 0),
        ("The revision of the Trademark Law will no longer be advanced.", 0),
        ("Do not delay the revision of the Trademark Law.", 6),
        ("Amend the Trademark Law so as to suspend unlawful traders.", 6),
        ("Implement the Trademark Law, and suspend the sale of such goods.", 8),
    ],
)
def test_english(titles, sentence, level):
    (found,) = titles.english_instruments(sentence)
    assert found.commitment.level == level
    assert is_put_off(found.commitment.text) == (level == 0)


@pytest.mark.parametrize(
    ("text", "ident", "level"),
    [
        ("推动专利法实施", "patent-law", 8),
        ("推进知识产权强国建设纲要实施", "ip-outline", 8),
        ("暂缓推进商标法修改", "trademark-law", 0),
    ],
)
def test_a_known_title_without_marks_has_its_level_too(titles, text, ident, level):
    (found,) = titles.instruments(clean(text, 0))
    assert (found.id, found.commitment.level) == (ident, level)


def test_how_a_law_is_carried_out_is_no_duty_to_carry_it_out(titles):
    assert said(titles, "开展《灯塔法》实施情况评估") == [("灯塔法", None)]
    assert titles.instruments(clean("专利法实施意见", 0)) == ()
