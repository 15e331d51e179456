"""Channels by themselves: files, Apprise, a test message, a preview."""

import email
import email.policy
import json

import pytest

from alerts.channels.base import DeliveryError, seconds_of
from alerts.channels.make import channel_problems, make_channel
from alerts.composing.templates import Templates
from alerts.secrets import SecretError
from alerts.trial import preview, send_test
from tests.alerts.conftest import CHANNEL, SECRETS, mail, slack_bot, webhook
from tests.alerts.examples import NOW, REGISTRY, comparison, event, subscription
from tests.fixtures.slack_server import shown, wrong_blocks
from tests.fixtures.webhook_server import Answer, LoopbackServer, WebhookReceiver

TEMPLATES = Templates()


def test_files_hold_what_each_channel_would_send(sqlite_office, tmp_path):
    at = sqlite_office(
        [{"id": "try", "kind": "file", "folder": str(tmp_path / "out")}],
        [subscription(channels=["try"])],
    )
    (alert,) = at.tell(event(comparison()))
    at.drainer.drain()
    stem = f"20420309T020000Z-{alert[:12]}"
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        f"{stem}.eml",
        f"{stem}.json",
        f"{stem}.slack.json",
    }
    post = email.message_from_bytes(
        (tmp_path / "out" / f"{stem}.eml").read_bytes(), policy=email.policy.default
    )
    assert post["Subject"].startswith("Sea data plan 2042: 11 duties changed")
    pages = json.loads((tmp_path / "out" / f"{stem}.slack.json").read_text())
    assert all(wrong_blocks(page) is None for page in pages)
    body = json.loads((tmp_path / "out" / f"{stem}.json").read_text())
    assert body["schema"] == "planwatch/alert/1"
    assert body["id"] == alert


def test_the_body_of_a_webhook_is_of_its_contract(sqlite_office, corpus):
    """The contracts lie beside the corpus."""
    import jsonschema
    from referencing import Registry, Resource

    folder = corpus.parent / "contracts"
    alert_schema = json.loads((folder / "alert.schema.json").read_text())
    change_schema = json.loads((folder / "changeset.schema.json").read_text())
    known = Registry().with_resources(
        [(s["$id"], Resource.from_contents(s)) for s in (alert_schema, change_schema)]
    )
    hook = WebhookReceiver(check_time=False)
    try:
        at = sqlite_office([webhook(hook)], [subscription(channels=["hook"])])
        at.tell(event(comparison(old_version=5), comparison("baseline")))
        at.tell(event(kind="withdrawn"))
        at.drainer.drain()
    finally:
        hook.close()
    assert len(hook.accepted) == 2
    for body in hook.accepted:
        jsonschema.Draft202012Validator(alert_schema, registry=known).validate(body)
        for changeset in body["changesets"]:
            jsonschema.Draft202012Validator(change_schema, registry=known).validate(changeset)


class Chat(LoopbackServer):
    """Any chat that Apprise posts JSON to."""

    def __init__(self):
        super().__init__()
        self.said = []

    def accept(self, path, headers, body):
        self.said.append(json.loads(body))
        return Answer()


@pytest.fixture
def chat():
    server = Chat()
    yield server
    server.close()


def test_apprise_carries_the_plain_text(sqlite_office, chat):
    at = sqlite_office(
        [{"id": "chat", "kind": "apprise", "url": "${CHAT_URL}"}],
        [subscription(channels=["chat"])],
        CHAT_URL=chat.url.replace("http://", "json://") + "/room-secret-0123",
    )
    (alert,) = at.tell(event(comparison()))
    chat.answers.append(Answer("refuse", 500, ""))
    assert at.drainer.drain().failed == 1
    at.clock.advance(minutes=1)
    assert at.drainer.drain().sent == 1
    (said,) = chat.said
    assert said["title"].startswith("Sea data plan 2042: 11 duties changed")
    assert "joins task 10" in said["message"]
    assert "room-secret" not in repr(at.attempts(alert))


def chat_office(sqlite_office, chat, **more):
    return sqlite_office(
        [{"id": "chat", "kind": "apprise", "url": "${CHAT_URL}"} | more],
        [subscription(channels=["chat"])],
        CHAT_URL=chat.url.replace("http://", "json://") + "/room",
    )


@pytest.mark.parametrize(
    ("answer", "dead"),
    [
        (Answer("refuse", 401, ""), True),
        (Answer("refuse", 404, ""), True),
        (Answer("refuse", 429, ""), False),
        (Answer("refuse", 503, ""), False),
        (Answer("reset"), False),
    ],
    ids=["401", "404", "429", "503", "reset"],
)
def test_what_a_service_of_apprise_refuses_for_good_is_not_tried_again(
    sqlite_office, chat, answer, dead
):
    at = chat_office(sqlite_office, chat)
    (alert,) = at.tell(event(comparison()))
    chat.answers.append(answer)
    outcome = at.drainer.drain()
    assert (outcome.dead, outcome.failed) == ((1, 0) if dead else (0, 1))
    ((_, error),) = at.attempts(alert)
    assert (f"HTTP {answer.status}" in error) == (answer.how == "refuse")


def test_a_service_of_apprise_that_asks_for_a_pause_gets_it(sqlite_office, chat):
    at = chat_office(sqlite_office, chat)
    at.tell(event(comparison()))
    chat.answers.append(Answer("refuse", 429, "", {"Retry-After": "600"}))
    at.drainer.drain()
    at.clock.advance(minutes=9)
    assert at.drainer.drain().sent == 0
    at.clock.advance(minutes=2)
    assert at.drainer.drain().sent == 1
    assert len(chat.seen) == 2


@pytest.mark.parametrize(
    ("address", "body", "outcome"),
    [
        ("feishu://0123456789abcdef", {"code": 0, "msg": "success"}, "sent"),
        ("feishu://0123456789abcdef", {"code": 19001, "msg": "no such hook"}, "dead"),
        ("feishu://0123456789abcdef", {"code": 11232, "msg": "too many"}, "failed"),
        ("dingtalk://0123456789abcdef", {"errcode": 0, "errmsg": "ok"}, "sent"),
        ("dingtalk://0123456789abcdef", {"errcode": 310000, "errmsg": "no keyword"}, "dead"),
        ("wecombot://0123456789abcdef", {"errcode": 93000, "errmsg": "no such hook"}, "dead"),
        ("wecombot://0123456789abcdef", {"errcode": 45009, "errmsg": "too many"}, "failed"),
    ],
)
def test_a_chat_that_says_no_with_status_200_was_not_told(
    sqlite_office, chat, monkeypatch, address, body, outcome
):
    at = sqlite_office(
        [{"id": "chat", "kind": "apprise", "url": "${CHAT_URL}"}],
        [subscription(channels=["chat"])],
        CHAT_URL=address,
    )
    (service,) = at.channels["chat"]._channel._apprise
    # The services' own addresses are fixed: here they lead to the double.
    monkeypatch.setattr(type(service), "notify_url", chat.url + "/hook")
    service.api_url = chat.url + "/hook"
    at.tell(event(comparison()))
    chat.answers.append(
        Answer("refuse", 200, json.dumps(body), {"Content-Type": "application/json"})
    )
    got = at.drainer.drain()
    assert {"sent": got.sent, "failed": got.failed, "dead": got.dead} == {
        "sent": 0, "failed": 0, "dead": 0, outcome: 1,
    }  # fmt: skip
    assert len(chat.seen) == 1


def test_of_a_message_in_pieces_what_was_taken_is_not_sent_again(sqlite_office, chat):
    at = chat_office(sqlite_office, chat)
    (service,) = at.channels["chat"]._channel._apprise
    service.body_maxlen = 700
    at.tell(event(comparison()))
    chat.answers += [Answer(), Answer(), Answer("refuse", 500, "")]
    assert at.drainer.drain().failed == 1
    assert len(chat.seen) == 3, "after a refusal nothing more is sent"
    at.clock.advance(minutes=1)
    assert at.drainer.drain().sent == 1
    pieces = [one["message"] for one in chat.said]
    assert len(pieces) > 3
    assert len(set(pieces)) == len(pieces)


def test_an_address_that_apprise_does_not_know_is_refused():
    config = CHANNEL.validate_python({"id": "chat", "kind": "apprise", "url": "${U}"})
    with pytest.raises(SecretError, match="channel chat") as caught:
        make_channel(config, {"U": "nothing://room-secret"}, TEMPLATES)
    assert "room-secret" not in str(caught.value)


def test_a_signing_secret_that_is_none_is_refused(webhook_receiver):
    config = CHANNEL.validate_python(webhook(webhook_receiver))
    (problem,) = channel_problems([config], {"HOOK_SECRET": "whsec_"}, TEMPLATES)
    assert "base64" in problem


def test_a_test_message_goes_through_each_channel_now(slack_server, mail_server, webhook_receiver):
    for fields in (slack_bot(slack_server), mail(mail_server), webhook(webhook_receiver)):
        config = CHANNEL.validate_python(fields)
        assert send_test(config, SECRETS, TEMPLATES, REGISTRY, now=_now())
    assert "this is a test, all is well" in shown(slack_server.messages[0])
    assert mail_server.mails[0]["Subject"] == "post: this is a test, all is well"
    assert webhook_receiver.accepted[0]["event"] == "test"
    assert not webhook_receiver.wrong, "signed at the time at which it was sent"


def test_a_test_message_that_fails_says_why(slack_server):
    config = CHANNEL.validate_python(slack_bot(slack_server))
    slack_server.bad_token = True
    with pytest.raises(DeliveryError, match="invalid_auth") as caught:
        send_test(config, SECRETS, TEMPLATES, REGISTRY, now=_now())
    assert caught.value.permanent


def test_a_preview_is_what_would_be_sent(sqlite_office, mail_server):
    asked = subscription(channels=["post"], agencies=["cnipa"])
    shown_before = preview(event(comparison()), asked, REGISTRY, TEMPLATES)
    at = sqlite_office([mail(mail_server)], [asked])
    at.tell(event(comparison()))
    at.drainer.drain()
    text = mail_server.mails[0].get_body(("plain",)).get_content()
    assert text.replace("\r\n", "\n") == shown_before.text
    assert (
        preview(event(comparison()), subscription(agencies=["nobody"]), REGISTRY, TEMPLATES) is None
    )


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("30", 30),
        ("0.5", 0.5),
        ("-3", 0),
        ("999999999", 86_400),
        ("nan", None),
        ("soon", None),
        ("Sun, 09 Mar 2042 02:02:00 GMT", 120),
        (None, None),
    ],
)
def test_retry_after_is_read_in_all_its_forms(header, seconds):
    assert seconds_of(header, NOW) == seconds


def _now():
    import datetime as dt

    return dt.datetime.now(dt.UTC)
