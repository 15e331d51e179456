"""The terminal report as a reader sees it."""

import re

import msgspec
import pytest
from rich.cells import cell_len
from rich.text import Text

from plans.model import Changeset
from reports import terminal
from tests.reports import golden
from tests.reports.examples import (
    AGAINST_SUMMARY,
    CHANGESET,
    NEW,
    OLD,
    SUMMARY,
    large_pair,
    options,
)


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
def test_looks_as_it_was_approved(registry, lang):
    text = terminal.render(CHANGESET, OLD, NEW, registry, options(lang=lang))
    golden.check(f"terminal-{lang}.txt", text)


def test_against_a_summary_looks_as_it_was_approved(registry):
    text = terminal.render(AGAINST_SUMMARY, SUMMARY, NEW, registry, options())
    golden.check("terminal-summary.txt", text)


def test_what_a_summary_does_not_mention_is_not_called_new(registry):
    text = terminal.render(AGAINST_SUMMARY, SUMMARY, NEW, registry, options())
    assert "Not in the summary" in text
    assert "new task" not in text and "[-" not in text and "{+" not in text


def test_with_and_without_colour_the_words_are_the_same(registry):
    plain = terminal.render(CHANGESET, OLD, NEW, registry, options(width=400))
    coloured = terminal.render(CHANGESET, OLD, NEW, registry, options(width=400, colour=True))
    assert "\x1b[" in coloured and "\x1b" not in plain
    unmarked = plain.replace("[-", "").replace("-]", "").replace("{+", "").replace("+}", "")
    assert Text.from_ansi(coloured).plain.split() == unmarked.split()


@pytest.mark.parametrize("width", [40, 61, 88, 150])
@pytest.mark.parametrize("lang", ["en", "zh", "both"])
def test_no_line_is_wider_than_asked(registry, width, lang):
    for pair in ((CHANGESET, OLD, NEW), large_pair()):
        text = terminal.render(*pair, registry, options(width=width, lang=lang))
        assert max(map(cell_len, text.splitlines())) <= width


def test_83_renumbered_tasks_do_not_drown_the_four_changes(registry):
    text = terminal.render(*large_pair(), registry, options())
    assert text.count(" major ") == 4
    assert len(text.splitlines()) < 60
    assert re.findall(r"Only renumbered: (.*)", text) == [
        "28–32 → 27–31",
        "33–40 → 32–39, 42–48 → 41–47",
        "49–64 → 48–63",
        "65–80 → 64–79",
        "81–90 → 80–89, 92–96 → 91–95",
        "97–110 → 96–109",
    ]


def test_context_cuts_what_is_unchanged_and_nothing_else(registry):
    text = terminal.render(CHANGESET, OLD, NEW, registry, options(context=3))
    assert "{+加快+}推进《…" in text
    assert "…规定，[-2041年9月-]{+2042年6月+}底前完…" in text


def test_no_change_says_so(registry):
    same = msgspec.structs.replace(CHANGESET, changes=())
    assert "No change." in terminal.render(same, OLD, OLD, registry, options())
    text = terminal.render(CHANGESET, OLD, NEW, registry, options(agency="spp"))
    assert "Nothing is left after the filters." in text


def test_a_hostile_text_cannot_steer_the_terminal(registry):
    evil = "\x1b]0;owned\x07\x1b[2J\u202eabc[bold]x[/bold]:smile:"
    tasks = tuple(msgspec.structs.replace(t, text=evil + t.text) for t in NEW.tasks)
    new = msgspec.structs.replace(NEW, title=evil, tasks=tasks)
    side = msgspec.structs.replace(CHANGESET.new, title=evil, ref=evil)
    changeset = msgspec.structs.replace(CHANGESET, new=side)
    text = terminal.render(changeset, OLD, new, registry, options(width=200))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)
    assert "[bold]x[/bold]:smile:" in text


def test_an_empty_changeset_of_empty_plans_is_no_error(registry):
    empty = msgspec.structs.replace(OLD, tasks=(), sections=(), addressees=())
    changeset = Changeset(old=CHANGESET.old, new=CHANGESET.new)
    assert "0 tasks" in terminal.render(changeset, empty, empty, registry, options())


def test_filters_do_not_change_where_a_task_stands(registry):
    text = terminal.render(CHANGESET, OLD, NEW, registry, options(severity="major"))
    assert "── 三、培养人才 (section gone)\n  11  major" in text


def test_a_section_without_counterpart_in_another_language_is_not_called_gone(registry):
    removed = tuple(c for c in CHANGESET.changes if c.kind == "task_removed")
    changeset = msgspec.structs.replace(CHANGESET, changes=removed, links=())
    text = terminal.render(changeset, OLD, NEW, registry, options())
    assert "── 三、培养人才\n  11  major" in text


def test_a_heading_that_is_its_own_number_is_shown_once(registry):
    section = msgspec.structs.replace(NEW.sections[0], number="[健全规则]")
    new = msgspec.structs.replace(NEW, sections=(section, *NEW.sections[1:]))
    text = terminal.render(CHANGESET, OLD, new, registry, options())
    assert "── 健全规则 › （一）完善法规" in text
