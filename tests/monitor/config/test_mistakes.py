"""Every mistake is shown at once, each with its place, what is wrong, and what is allowed."""

import pytest

from monitor.config.load import config_from, load_config
from monitor.config.problems import ConfigError

DOCUMENT = """
documents:
  - id: plan
    titles: {zh: 推进计划, en: Plan}
    title_patterns: ['(?P<edition>20\\d\\d)年推进计划']
"""
SOURCE = """
sources:
  - id: notices
    kind: list
    documents: [plan]
    url: https://example.org/list.html
"""


def problems(text, env=None):
    with pytest.raises(ConfigError) as caught:
        config_from(text, "sources.yaml", env=env)
    return caught.value.problems


def only(text, env=None):
    found = problems(text, env)
    assert len(found) == 1, [str(problem) for problem in found]
    return found[0]


def test_a_file_without_mistakes():
    config = config_from(DOCUMENT + SOURCE, "sources.yaml", env={})
    assert config.source("notices").documents == ("plan",)
    assert config.document("plan").titles.en == "Plan"


def test_looks_may_be_spread_by_nothing_at_all_and_intervals_may_not():
    schedule = "    schedule: {every: 6h, jitter: 0m}\n"
    config = config_from(DOCUMENT + SOURCE + schedule, "sources.yaml", env={})
    chosen = config.source("notices").schedule
    assert chosen is not None
    assert chosen.to_schedule().jitter.total_seconds() == 0
    found = only(DOCUMENT + SOURCE + "    schedule: {every: 0m}\n")
    assert (found.line, "more than 0" in found.message) == (12, True)


def test_all_mistakes_come_at_once_in_the_order_of_the_file():
    found = problems(
        """settings:
  workers: many
documents:
  - id: Plan One
    titles: {zh: 计划, en: Plan}
  - id: law
    titles: {zh: 法}
    kind: laws
sources:
  - id: notices
    kind: list
    documents: [plan]
    url: ftp://example.org/
    shedule: {every: 6h}
  - id: notices
    kind: article
    documents: [law]
channels:
  - {id: team, kind: slac}
subscriptions:
  - {id: all, channels: [counsel], agencies: [cnippa]}
"""
    )
    assert [(problem.line, problem.where) for problem in found] == [
        (2, "settings.workers"),
        (4, "documents[Plan One].id"),
        (7, "documents[law].titles"),
        (8, "documents[law].kind"),
        (12, "sources[notices].documents[1]"),
        (13, "sources[notices].url"),
        (14, "sources[notices].shedule"),
        (15, "sources[notices]"),
        (15, "sources[notices].id"),
        (19, "channels[team].kind"),
        (21, "subscriptions[all].channels[1]"),
        (21, "subscriptions[all].agencies[1]"),
    ]
    assert all(problem.file == "sources.yaml" and problem.column > 0 for problem in found)


def test_an_unknown_key_names_its_place_the_nearest_and_the_allowed_ones():
    problem = only(DOCUMENT + SOURCE + "    adaptor: links\n")
    assert (problem.line, problem.column) == (12, 5)
    assert "unknown key `adaptor`, did you mean `adapter`?" in problem.message
    assert "allow_private" in problem.message


def test_the_keys_of_an_adapter_are_its_own():
    problem = only(DOCUMENT + SOURCE + "    adapter: {kind: jpage, colum: 75}\n")
    assert problem.where == "sources[notices].adapter.colum"
    assert "did you mean `column`?" in problem.message
    assert "tpl_set_id" not in problem.message


def test_the_keys_of_a_channel_are_those_of_its_kind():
    problem = only("channels:\n  - {id: a, kind: file, folder: out, host: x}\n")
    assert "unknown key `host`" in problem.message
    assert "password" not in problem.message


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("    enabled: false", "needs a `reason`"),
        ("    adapter: feed", "does not fit kind list"),
        ("    adapter: lnks", "allowed: links, jpage"),
        ("    edition: '2024'", "for a single article"),
        ("    schedule: {every: 6h, cron: '0 7 * * *'}", "either `every` or `cron`"),
        ("    schedule: {}", "either `every` or `cron`"),
        ("    schedule: {every: soon}", "no length of time"),
        ("    schedule: {every: 0h}", "no length of time"),
        ("    schedule: {cron: '61 * * * *'}", "no cron expression"),
        ("    schedule: {cron: '0 7 * *'}", "five fields"),
        ("    schedule: {cron: '0 7 * * moon'}", "no cron expression"),
        ("    schedule: {every: 6h, hours: {opening: '25:00', closing: '23:00'}}", "HH:MM"),
        ("    certain: perhaps", "true or false"),
        ("    spacing_seconds: -1", "greater than or equal to 0"),
        ("    language: cn", "allowed: zh-Hans, zh-Hant, en"),
        ("    proxy: socks5://proxy", "http:// or https://"),
        ("    proxy: http://me:secret@proxy", "no user name and password"),
        ("    adapter: {kind: links, rows: 'li['}", "no CSS selector"),
        ("    adapter: {kind: links, next: 'index_2.html'}", "{n}"),
        ("    adapter: {kind: jpaas, web_id: 'no id'}", "form"),
        ("    path: /srv/inbox", "no `path`"),
    ],
)
def test_what_is_wrong_with_a_source(line, says):
    problem = only(DOCUMENT + SOURCE + line + "\n")
    assert says in problem.message
    assert "secret" not in problem.message


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("    near_patterns: ['[']", "no regular expression"),
        ("    near_patterns: ['(a+)+b']", "repeat inside a repeat"),
        ("    near_patterns: ['(?:a|(b*c)){2,}']", "repeat inside a repeat"),
        ("    near_patterns: ['a*']", "fits an empty text"),
        ("    expects_by: 07-32", "no day"),
        ("    expects_by: July", "MM-DD"),
        ("    instrument: trademark-lav", "did you mean `trademark-law`?"),
        ("    baseline: 2024", "keys with values"),
        ("    numbers: 国知联办", "a list is needed"),
    ],
)
def test_what_is_wrong_with_a_document(line, says):
    assert says in only(DOCUMENT + line + "\n").message


def test_a_list_needs_documents_that_can_be_told_apart():
    text = "documents: [{id: plan, titles: {zh: 计划, en: Plan}}]\n" + SOURCE
    problem = only(text)
    assert problem.where == "sources[notices].documents[1]"
    assert "`title_patterns`" in problem.message


def test_an_article_does_without_patterns():
    text = "documents: [{id: plan, titles: {zh: 计划, en: Plan}}]\n" + SOURCE
    config_from(text.replace("kind: list", "kind: article"), "f", env={})


def test_a_key_that_stands_twice():
    problem = only(DOCUMENT + SOURCE + "    url: https://example.org/other.html\n")
    assert problem.line == 12
    assert "second time (first in line 11)" in problem.message


def test_no_yaml_at_all():
    problem = only("documents:\n  - id: plan\n   titles: x\n")
    assert problem.line == 3
    assert "no valid YAML" in problem.message


@pytest.mark.parametrize("text", ["- a\n- b\n", "just words\n", "42\n"])
def test_something_else_than_keys(text):
    assert "keys are needed" in only(text).message


def test_words_of_older_yaml_stay_words():
    """`on`, `07:00` and `012` are what they look like."""
    text = DOCUMENT.replace("推进计划, en: Plan", "on, en: 07:00")
    assert config_from(text, "f", env={}).document("plan").titles.zh == "on"
    assert config_from("settings: {workers: 012}", "f", env={}).settings.workers == 12


def test_aliases_serve_repeated_lists_but_not_bombs():
    shared = (
        DOCUMENT
        + SOURCE.replace("[plan]", "&all [plan]")
        + ("  - {id: more, kind: list, documents: *all, url: 'https://example.org/b'}\n")
    )
    assert config_from(shared, "f", env={}).source("more").documents == ("plan",)
    bomb = "a: &a [x, x]\n" + "".join(
        f"{name}: &{name} [*{before}, *{before}, *{before}, *{before}, *{before}, *{before}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert any("repeated by aliases" in problem.message for problem in problems(bomb))


def test_secrets_are_looked_for_and_never_shown():
    channel = "channels:\n  - {id: team, kind: slack, webhook_url: '${HOOK}'}\n"
    problem = only(channel, env={})
    assert problem.where == "channels[team].webhook_url"
    assert "HOOK_FILE" in problem.message
    config_from(channel, "f", env={"HOOK": "https://hooks.example/T0/secret"})
    config_from(channel, "f", env=None)
    written = channel.replace("${HOOK}", "https://hooks.example/T0/secret")
    assert "T0" not in str(only(written).message)


def test_agencies_may_be_named_by_id_or_by_any_name():
    config_from(
        "channels: [{id: out, kind: file, folder: out}]\n"
        "subscriptions: [{id: a, channels: [out], agencies: [cnipa, 商务部, MOFCOM]}]\n",
        "f",
        env={},
    )


def test_a_file_that_is_not_there_or_no_text(tmp_path):
    for content in (None, b"id: \xff\xfe"):
        path = tmp_path / "sources.yaml"
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(ConfigError) as caught:
            load_config(path, env=None)
        assert str(path) in str(caught.value)


def test_relative_paths_start_beside_the_file(tmp_path):
    path = tmp_path / "sources.yaml"
    path.write_text("templates_folder: kept\n")
    assert load_config(path, env=None).templates_folder == tmp_path / "kept"


def test_an_id_that_is_no_word_does_not_hide_the_other_mistakes():
    text = DOCUMENT.replace("id: plan", "id: [plan]") + SOURCE
    assert [problem.where for problem in problems(text)] == [
        "documents[1].id",
        "sources[notices].documents[1]",
    ]


@pytest.mark.parametrize(("count", "end"), [(12, "d12"), (13, "d12 and 1 more")])
def test_of_many_known_names_it_is_said_how_many_are_not_shown(count, end):
    documents = "documents:\n" + "".join(
        f"  - {{id: d{n:02}, titles: {{zh: 计划, en: Plan}}, title_patterns: [计划]}}\n"
        for n in range(1, count + 1)
    )
    channels = "channels: [{id: out, kind: file, folder: out}]\n"
    subscriptions = "subscriptions: [{id: a, channels: [out], documents: [none]}]\n"
    problem = only(documents + channels + subscriptions)
    assert problem.message.endswith(end)
