"""What a provider of translations gives too late: asked for again, kept, and found by pages."""

import datetime as dt
import threading

import pytest

from alerts.composing.slack import slack_messages
from alerts.composing.templates import Templates
from alerts.translating.glossary import Glossary
from alerts.translating.kept import translations_of_alert, translations_of_changes
from alerts.translating.provider import TranslationError
from alerts.translating.translate import Translations
from reports.facts import Facts
from storage import outbox
from tests.alerts.conftest import mail, slack_bot
from tests.alerts.examples import REGISTRY, comparison, event, subscription
from tests.alerts.test_messages import FACTS, message
from tests.fixtures.slack_server import shown
from tests.fixtures.webhook_server import Answer

GLOSSARY = Glossary((("商标法", "Trademark Law"),))


class Interpreter:
    """A provider that answers when it is let, and fails while ``broken``."""

    name = "interpreter"

    def __init__(self):
        self.free = threading.Event()
        self.broken = False
        self.asked: list[list[str]] = []

    def translate(self, texts, glossary):
        self.asked.append(list(texts))
        self.free.wait(10)
        if self.broken:
            raise TranslationError("out of order")
        return [f"EN {n} {len(text)}" for n, text in enumerate(texts)]


@pytest.fixture
def interpreter():
    provider = Interpreter()
    yield provider
    provider.free.set()


@pytest.fixture
def at(sqlite_office, mail_server, interpreter):
    office = sqlite_office([mail(mail_server)], [subscription(channels=["post"])])
    office.translations = Translations(
        office.database, interpreter, GLOSSARY, patience=0.05, clock=office.clock
    )
    office.restart(translations=office.translations)
    return office


def of(at, alert):
    with at.database.reading() as conn:
        return translations_of_alert(conn, outbox.get(conn, alert))


def test_what_came_after_the_alert_is_found_by_its_page_and_marked(at, interpreter, mail_server):
    (alert,) = at.tell(event(comparison()))
    assert at.drainer.drain().sent == 1
    assert "Machine translation" not in mail_server.mails[0].as_string()
    assert of(at, alert) == ()

    at.clock.advance(seconds=3)
    interpreter.free.set()
    at.translations.wait()
    found = of(at, alert)
    assert [one.source for one in found] == interpreter.asked[0]
    assert [one.text for one in found] == [f"EN {n} {len(t.source)}" for n, t in enumerate(found)]
    assert {(one.provider, one.late, one.made_at) for one in found} == {
        ("interpreter", True, at.clock())
    }


def test_what_went_out_with_the_alert_is_not_late(at, interpreter):
    interpreter.free.set()
    patient = Translations(at.database, interpreter, GLOSSARY, patience=10, clock=at.clock)
    at.drainer._sender._translations = patient
    (alert,) = at.tell(event(comparison()))
    at.drainer.drain()
    assert {one.late for one in of(at, alert)} == {False}


def test_the_comparison_shows_the_same_translations_beside_its_changes(at, interpreter):
    interpreter.free.set()
    told = comparison()
    (alert,) = at.tell(event(told))
    at.drainer.drain()
    at.translations.wait()
    facts = Facts(told.changeset, told.old, told.new, REGISTRY)
    with at.database.reading() as conn:
        found = translations_of_changes(conn, facts)
    assert {one.source for one in found.values()} == {one.source for one in of(at, alert)}
    for number, one in found.items():
        change = told.changeset.changes[number]
        words = "".join(text for op, text in change.segments if op != "delete")
        tasks = facts.tasks(change)
        assert one.source in (words, *(task.text for task in (*tasks[0], *tasks[1])))


def test_a_provider_that_was_out_of_order_is_asked_again_though_not_without_end(at, interpreter):
    interpreter.broken = True
    interpreter.free.set()
    (alert,) = at.tell(event(comparison()))
    at.drainer.drain()
    at.translations.wait()
    assert len(interpreter.asked) == 1

    at.drainer.catch_up()
    assert len(interpreter.asked) == 1, "not before its time"
    at.clock.advance(minutes=31)
    at.drainer.catch_up()
    at.translations.wait()
    assert len(interpreter.asked) == 2

    interpreter.broken = False
    at.clock.advance(minutes=31)
    at.drainer.catch_up()
    at.translations.wait()
    assert len(interpreter.asked) == 3
    assert all(one.late for one in of(at, alert))

    at.clock.advance(minutes=31)
    at.drainer.catch_up()
    at.translations.wait()
    assert len(interpreter.asked) == 3, "all is there"


def test_an_alert_of_long_ago_is_not_translated_any_more(at, interpreter):
    interpreter.broken = True
    interpreter.free.set()
    at.tell(event(comparison()))
    at.drainer.drain()
    at.translations.wait()
    at.clock.now += dt.timedelta(days=2)
    at.drainer.catch_up()
    at.translations.wait()
    assert len(interpreter.asked) == 1


def test_a_translation_that_comes_between_two_parts_moves_nothing_from_one_to_the_other(
    sqlite_office, slack_server, interpreter, monkeypatch
):
    """The parts are cut anew for each sending; cut at other places, lines would be lost or doubled."""
    monkeypatch.setattr("alerts.composing.slack.MOST_BLOCKS", 12)
    at = sqlite_office([slack_bot(slack_server)], [subscription(channels=["bot"])])
    by = Translations(at.database, interpreter, GLOSSARY, patience=0.05, clock=at.clock)
    at.restart(translations=by)
    (alert,) = at.tell(event(comparison()))
    slack_server.answers += [Answer(), Answer("refuse", 500, "")]
    at.drainer.drain()
    interpreter.free.set()
    by.wait()
    assert of(at, alert), "the translations are there by now"
    at.clock.advance(minutes=2)
    at.drainer.drain()
    told = "\n".join(shown(message) for message in slack_server.messages)
    assert "Machine translation" not in told
    assert sorted(line for line in told.splitlines() if line.startswith("• ")) == sorted(
        line
        for page in slack_messages(message(event(comparison())), FACTS, Templates())
        for line in shown({"blocks": list(page.blocks)}).splitlines()
        if line.startswith("• ")
    )
