"""The reports that go along: made from what is stored, each sent once."""

import io
import zipfile

import msgspec
import pytest

from alerts.attaching import DOCX
from storage import readings
from storage.database import Database
from tests.alerts.conftest import mail, slack_bot
from tests.alerts.examples import NOW, REGISTRY, changeset, comparison, event, subscription
from tests.fixtures.slack_server import shown
from tests.fixtures.webhook_server import Answer
from tests.reports import examples as pair
from tests.storage import examples as stored

ATTACH = ["docx", "html"]


def told(database: Database):
    """An event of a stored version, with the stored changeset that it tells of."""
    kept = msgspec.structs.replace(changeset(), changes=pair.CHANGES, links=pair.CHANGESET.links)
    with database.writing() as conn:
        stored.followed(conn)
        versions = [stored.text(conn, key, edition=key, at=NOW) for key in ("2041", "2042")]
        plans = [
            readings.store_plan(conn, version.id, plan, **stored.TOOLS, now=NOW)
            for version, plan in zip(versions, (pair.OLD, pair.NEW), strict=True)
        ]
        number = readings.store_changeset(
            conn,
            kept,
            old_plan_id=plans[0],
            new_plan_id=plans[1],
            against="predecessor",
            comparer="c1",
            registry=REGISTRY.version,
            now=NOW,
        )
    told = msgspec.structs.replace(comparison(), changeset=kept, id=number)
    return event(told, document=stored.DOCUMENT, version_id=versions[1].id)


@pytest.fixture
def at(sqlite_office, slack_server, mail_server):
    return sqlite_office(
        [slack_bot(slack_server), mail(mail_server)],
        [subscription(channels=["bot", "post"], attach=ATTACH, agencies=["cnipa"])],
    )


def test_slack_gets_the_reports_in_the_thread_of_the_message(at, slack_server):
    at.tell(told(at.database))
    # The message is taken, the first upload fails: the message must not come again.
    slack_server.answers += [Answer(), Answer("refuse", 500, "")]
    at.drainer.drain()
    at.clock.advance(minutes=1)
    at.drainer.drain()
    (message,) = slack_server.messages
    assert [file["thread"] for file in slack_server.files] == [message["ts"]] * 2
    names = [file["name"] for file in slack_server.files]
    assert [name.rsplit(".", 1)[1] for name in names] == ATTACH
    assert names[0].startswith("tea-plan-2042-")
    assert slack_server.files[1]["data"].startswith(b"<!")


def test_mail_carries_the_reports(at, mail_server):
    at.tell(told(at.database))
    at.drainer.drain()
    (post,) = mail_server.mails
    docx, page = post.iter_attachments()
    assert docx.get_content_type() == DOCX
    with zipfile.ZipFile(io.BytesIO(docx.get_content())) as archive:
        assert b"w:ins " in archive.read("word/document.xml")
    assert "海洋数据权益" in page.get_content()


def digest(at):
    """Two versions told to a subscription that hears once a day; both are due."""
    at.tell(told(at.database))
    at.tell(msgspec.structs.replace(told_again(at.database), version=3))
    at.clock.advance(hours=9)
    at.drainer.drain()


def told_again(database):
    """Another version of which the same comparison is told."""
    with database.reading() as conn:
        (stored_one,) = readings.changesets_of(conn, 2)
    told_one = msgspec.structs.replace(comparison(), changeset=changeset(), id=stored_one.id)
    return event(told_one, document=stored.DOCUMENT, version_id=2)


@pytest.fixture
def daily(sqlite_office, slack_server, mail_server):
    return sqlite_office(
        [slack_bot(slack_server), mail(mail_server)],
        [subscription(channels=["bot", "post"], attach=["docx"], when="daily 18:00")],
    )


def test_a_digest_by_mail_carries_the_reports_of_each_alert(daily, mail_server):
    digest(daily)
    (post,) = mail_server.mails
    assert post["Subject"].startswith("2 alerts")
    names = [file.get_filename() for file in post.iter_attachments()]
    assert len(set(names)) == 2
    assert all(name.endswith(".docx") for name in names)


def test_a_digest_in_slack_has_the_reports_of_each_alert_in_its_thread(daily, slack_server):
    digest(daily)
    daily.clock.advance(minutes=1)
    daily.drainer.drain()
    (message,) = slack_server.messages
    assert "2 alerts" in shown(message)
    assert [file["thread"] for file in slack_server.files] == [message["ts"]] * 2
    assert len({file["name"] for file in slack_server.files}) == 2


def test_a_report_that_cannot_be_made_holds_up_no_alert(at, slack_server, mail_server, monkeypatch):
    def broken(*given: object) -> bytes:
        raise ZeroDivisionError

    monkeypatch.setattr("alerts.attaching.docx_redline.render", broken)
    at.tell(told(at.database))
    at.drainer.drain()
    assert len(slack_server.messages) == len(mail_server.mails) == 1
    assert not slack_server.files


def test_the_alert_points_at_the_changeset_that_it_told(at):
    from storage import outbox

    happened = told(at.database)
    (alert,) = at.tell(happened)
    with at.database.reading() as conn:
        assert outbox.changesets_of(conn, alert) == (happened.comparisons[0].id,)
