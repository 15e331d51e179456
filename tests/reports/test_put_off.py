"""What a plan puts off is called so wherever a level is shown, and never "study"."""

import pytest

from plans.comparing.compare import compare
from plans.comparing.trace import Edition, ladders
from plans.model import Extract
from plans.reading.read import read
from reports import ladder, tables
from reports.facts import Facts
from reports.plan_facts import PlanFactsheet
from reports.summary import summarise
from reports.wording import Wording
from tests.reports.examples import options
from tests.reports.test_every_kind import FORMATS, rendered

TITLE = "灯塔法"


def edition(registry, year, sentence):
    text = (
        f"{year}年码头权益工作推进计划\n一、完善制度\n1.公布港口开放清单。（海关总署负责）\n"
        f"2.{sentence}（司法部负责）\n"
    )
    return read(Extract(state="document", text=text), registry)


@pytest.fixture(scope="module")
def pair(registry):
    old = edition(registry, 2041, "研究论证《灯塔法》修改。")
    new = edition(registry, 2042, "暂缓推进《灯塔法》修改。")
    return compare(old, new, registry), old, new


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_says_put_off_and_study_of_the_old_text_alone(pair, registry, form):
    en = rendered(form, *pair, registry, options(lang="en", width=400))
    zh = rendered(form, *pair, registry, options(lang="zh", width=400))
    assert "put off" in en and "put off (0)" not in en
    assert en.count("study (0)") == en.count("study") >= 1
    assert "暂缓“暂缓推进…修改”" in zh or (form == "xlsx" and "研究论证（0级） 暂缓" in zh)


def test_it_is_the_most_important_change_and_the_summary_names_it(pair, registry):
    changeset, old, new = pair
    summary = summarise(Facts(changeset, old, new, registry), options(lang="en"))
    assert "Most important: Task 2: 《灯塔法》 goes down: study (0)" in summary.headline
    assert "→ put off “暂缓推进…修改”" in summary.headline


def test_the_ladder_shows_the_word_without_a_number(pair, registry):
    changeset, old, new = pair
    line = ladders([Edition(plan=old), Edition(plan=new, since=changeset)])
    for lang, words in (("en", ("0 study", "↓ put off")), ("zh", ("0 研究论证", "↓ 暂缓"))):
        text = ladder.render(line, registry, options(lang=lang, width=120))
        (row,) = [shown for shown in text.splitlines() if TITLE in shown]
        assert all(word in row for word in words)
        assert "0 put off" not in row and "0 暂缓" not in row
    assert "暂缓推进…修改" in tables.to_csv(ladder.table(line, registry, options()))


def test_the_plan_itself_shows_the_word(pair, registry):
    _, _, new = pair
    told = PlanFactsheet(new, registry, options(lang="en")).task(new.tasks[1])
    assert told.instruments == (f"《{TITLE}》 · put off “暂缓推进…修改”",)


def test_a_retitled_law_that_is_no_longer_put_off(registry):
    old = edition(registry, 2041, "暂缓制定《灯塔与航标参观守则》。")
    new = edition(registry, 2042, "研究论证《灯塔与航标参观规则》。")
    changeset = compare(old, new, registry)
    summary = summarise(Facts(changeset, old, new, registry), options(lang="en"))
    assert "《灯塔与航标参观规则》 goes up: put off “暂缓制定” → study (0)" in summary.headline


@pytest.mark.parametrize(
    ("before", "after", "en", "zh"),
    [
        ("修订《灯塔法》。", "废止《灯塔法》。", "draw up (6) → repeal (6)", "制定修订 → 废止"),
        (
            "推进《灯塔法》修改。",
            "推进《灯塔法》废止。",
            "advance (3) → advance repeal (3)",
            "推进 → 推进废止",
        ),
    ],
)
def test_a_repeal_is_called_so(registry, before, after, en, zh):
    old, new = edition(registry, 2041, before), edition(registry, 2042, after)
    changeset = compare(old, new, registry)
    facts = Facts(changeset, old, new, registry)
    shifts = summarise(facts, options(lang="en")).lowered
    wording = Wording(facts, options(lang="en"))
    assert [f"{wording.level(s.before)} → {wording.level(s.after)}" for s in shifts] == [en]
    chinese = Wording(facts, options(lang="zh"))
    assert [
        " → ".join(chinese.level(one).partition("（")[0] for one in (s.before, s.after))
        for s in shifts
    ] == [zh]
