"""For each fault of a far end: what was sent, what was tried again, what is on record."""

import pytest

from alerts.events import Event
from tests.alerts.conftest import mail, slack_bot, slack_webhook, webhook
from tests.alerts.examples import comparison, event, subscription
from tests.fixtures.slack_server import LIVE, shown, texts
from tests.fixtures.webhook_server import Answer, WebhookReceiver

OPERATORS = {"id": "operators", "about": "operations"}


@pytest.fixture
def hook():
    server = WebhookReceiver(check_time=False)
    yield server
    server.close()


# --- Slack ------------------------------------------------------------------------------------


def test_a_version_is_told_once_to_each_channel(office, slack_server, mail_server, hook):
    at = office(
        [slack_webhook(), slack_bot(slack_server), mail(mail_server), webhook(hook)],
        [subscription(channels=["slack", "bot", "post", "hook"])],
        SLACK_URL=slack_server.webhook_url,
    )
    at.tell(event(comparison()))
    assert at.tell(event(comparison(), source="mirror")) == (), "found at a mirror: told already"
    assert at.drainer.drain().sent == 4
    assert at.drainer.drain().sent == 0
    assert [message["via"] for message in slack_server.messages] in (
        ["webhook", "bot"],
        ["bot", "webhook"],
    )
    for message in slack_server.messages:
        assert "State Administration for Market Regulation: joins task 1" in shown(message)
        assert "Trademark Law goes up: advance (3)" in shown(message)
    (post,) = mail_server.mails
    assert post["Subject"].startswith("Sea data plan 2042: 11 duties changed.")
    (alert,) = hook.accepted
    assert [c["against"] for c in [alert]] == [["predecessor"]]
    assert at.counts() == {"sent": 4}


def test_retry_after_of_slack_is_obeyed(office, slack_server):
    at = office(
        [slack_webhook()], [subscription(channels=["slack"])], SLACK_URL=slack_server.webhook_url
    )
    (alert,) = at.tell(event(comparison()))
    slack_server.answers.append(Answer("refuse", 429, "rate_limited", {"Retry-After": "90"}))
    assert at.drainer.drain().failed == 1
    at.clock.advance(seconds=89)
    assert at.drainer.drain().sent == 0
    assert len(slack_server.seen) == 1, "nothing was sent before its time"
    at.clock.advance(seconds=3)
    assert at.drainer.drain().sent == 1
    assert at.attempts(alert) == [("failed", "HTTP 429: rate_limited"), ("sent", None)]
    assert len(slack_server.messages) == 1


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer("refuse", 500, "rollup_error"), "HTTP 500: rollup_error"),
        (Answer("refuse", 503, ""), "HTTP 503"),
        (Answer("hang"), "Slack cannot be reached: TimeoutError"),
        (Answer("reset"), "Slack cannot be reached: RemoteDisconnected"),
    ],
    ids=["500", "503", "hang", "reset"],
)
def test_what_passes_is_tried_again(sqlite_office, slack_server, answer, error):
    at = sqlite_office(
        [slack_webhook()], [subscription(channels=["slack"])], SLACK_URL=slack_server.webhook_url
    )
    (alert,) = at.tell(event(comparison()))
    slack_server.answers += [answer, answer]
    assert at.drainer.drain().failed == 1
    at.clock.advance(seconds=14)
    assert at.drainer.drain() == at.drainer.drain(), "not before fifteen seconds are over"
    at.clock.advance(seconds=2)
    assert at.drainer.drain().failed == 1
    at.clock.advance(seconds=61)
    assert at.drainer.drain().sent == 1
    assert at.attempts(alert) == [("failed", error), ("failed", error), ("sent", None)]
    assert len(slack_server.messages) == 1


def test_an_answer_that_is_lost_is_the_one_way_to_hear_twice(sqlite_office, slack_server):
    at = sqlite_office(
        [slack_webhook()], [subscription(channels=["slack"])], SLACK_URL=slack_server.webhook_url
    )
    at.tell(event(comparison()))
    slack_server.answers.append(Answer("lose"))
    assert at.drainer.drain().failed == 1
    at.clock.advance(minutes=1)
    assert at.drainer.drain().sent == 1
    assert len(slack_server.messages) == 2
    assert slack_server.messages[0]["blocks"] == slack_server.messages[1]["blocks"]


def test_a_revoked_webhook_stops_at_once_and_is_told_through_another_channel(
    office, slack_server, mail_server
):
    at = office(
        [slack_webhook(), mail(mail_server)],
        [
            subscription(channels=["slack"]),
            subscription(**OPERATORS | {"channels": ["slack", "post"]}),
        ],
        SLACK_URL=slack_server.webhook_url,
    )
    (alert,) = at.tell(event(comparison()))
    slack_server.answers.append(Answer("refuse", 404, "no_service"))
    assert at.drainer.drain().dead == 1
    assert at.drainer.drain().sent == 1
    (post,) = mail_server.mails
    text = post.get_body(("plain",)).get_content()
    assert post["Subject"] == "slack: alerts can no longer be delivered"
    assert "Channel slack: HTTP 404: no_service" in text.replace("\n", " ")
    assert not slack_server.messages, "not through the channel that failed"
    assert at.attempts(alert) == [("failed", "HTTP 404: no_service")]
    assert at.counts() == {"dead": 1, "sent": 1}


@pytest.mark.parametrize(
    ("error", "permanent"),
    [("invalid_auth", True), ("channel_not_found", True), ("internal_error", False)],
)
def test_errors_of_the_api_are_told_apart(sqlite_office, slack_server, error, permanent):
    at = sqlite_office([slack_bot(slack_server)], [subscription(channels=["bot"])])
    at.tell(event(comparison()))
    slack_server.answers.append(
        Answer(
            "refuse",
            200,
            f'{{"ok": false, "error": "{error}"}}',
            {"Content-Type": "application/json"},
        )
    )
    outcome = at.drainer.drain()
    assert (outcome.dead, outcome.failed) == ((1, 0) if permanent else (0, 1))


def test_a_rate_limit_of_the_api_holds_the_whole_channel(sqlite_office, slack_server):
    at = sqlite_office([slack_bot(slack_server)], [subscription(channels=["bot"])])
    for version in range(2, 5):
        at.tell(event(comparison(), version=version))
    slack_server.answers.append(
        Answer(
            "refuse",
            429,
            '{"ok": false, "error": "ratelimited"}',
            {"Retry-After": "30", "Content-Type": "application/json"},
        )
    )
    assert at.drainer.drain().failed == 1
    assert at.drainer.drain().sent == 0
    assert len(slack_server.seen) == 1
    at.clock.advance(seconds=40)
    at.drainer.drain()
    assert len(slack_server.messages) == 3


def test_a_long_message_goes_on_in_its_thread_and_each_part_arrives_once(
    sqlite_office, slack_server, monkeypatch
):
    monkeypatch.setattr("alerts.composing.slack.MOST_BLOCKS", 12)
    at = sqlite_office([slack_bot(slack_server)], [subscription(channels=["bot"])])
    (alert,) = at.tell(event(comparison()))
    # The first part is taken, the second is refused once: the first must not come again.
    slack_server.answers += [Answer(), Answer("refuse", 500, "")]
    at.drainer.drain()
    at.clock.advance(minutes=1)
    at.drainer.drain()
    first, *others = slack_server.messages
    assert others
    assert {message["thread_ts"] for message in others} == {first["ts"]}
    everything = "\n".join(shown(message) for message in slack_server.messages)
    assert everything.count("Bodies (5)") == 1
    assert "Sections and the notice (6)" in everything
    assert [d.channel for d in at.deliveries(alert)] == [
        "bot",
        *(f"bot#part-{n}" for n in range(2, len(others) + 2)),
    ]
    assert at.counts() == {"sent": 1 + len(others)}


# --- mail -------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["greylist", "busy", "full"])
def test_a_server_that_says_later_is_tried_later(office, mail_server, fault):
    at = office([mail(mail_server)], [subscription(channels=["post"])])
    at.tell(event(comparison()))
    mail_server.faults.append(fault)
    assert at.drainer.drain().failed == 1
    at.clock.advance(seconds=16)
    assert at.drainer.drain().sent == 1
    assert len(mail_server.mails) == 1


@pytest.mark.parametrize("fault", ["no_such_user", "spam"])
def test_a_server_that_says_never_is_not_asked_again(sqlite_office, mail_server, fault):
    at = sqlite_office([mail(mail_server)], [subscription(channels=["post"])])
    at.tell(event(comparison()))
    mail_server.faults.append(fault)
    assert at.drainer.drain().dead == 1
    at.clock.advance(days=2)
    at.drainer.drain()
    assert mail_server.attempts == 1


def test_a_line_that_breaks_after_the_mail_was_taken_gives_the_same_mail_again(
    sqlite_office, mail_server
):
    at = sqlite_office([mail(mail_server)], [subscription(channels=["post"])])
    at.tell(event(comparison()))
    mail_server.faults.append("hang_up")
    assert at.drainer.drain().failed == 1
    at.clock.advance(minutes=1)
    assert at.drainer.drain().sent == 1
    first, second = mail_server.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Date"] == second["Date"]


def test_one_recipient_who_is_put_off_does_not_make_the_others_hear_twice(
    sqlite_office, mail_server
):
    both = ["counsel@reader.example", "slow@reader.example"]
    at = sqlite_office([mail(mail_server, to=both)], [subscription(channels=["post"])])
    at.tell(event(comparison()))
    mail_server.put_off.add("slow@reader.example")
    at.drainer.drain()
    mail_server.put_off.clear()
    at.clock.advance(minutes=2)
    at.drainer.drain()
    assert mail_server.recipients == [["counsel@reader.example"], ["slow@reader.example"]]


def test_a_bad_address_among_good_ones_is_told_to_the_operators(
    sqlite_office, mail_server, slack_server
):
    at = sqlite_office(
        [mail(mail_server, to=["counsel@reader.example", "gone@reader.example"]), slack_webhook()],
        [
            subscription(channels=["post"]),
            subscription(**OPERATORS | {"channels": ["slack", "post"]}),
        ],
        SLACK_URL=slack_server.webhook_url,
    )
    mail_server.refused.add("gone@reader.example")
    at.tell(event(comparison()))
    at.drainer.drain()
    at.drainer.drain()
    assert mail_server.recipients == [["counsel@reader.example"]]
    (message,) = slack_server.messages
    assert "gone@reader.example was refused" in shown(message)


def test_a_wrong_password_stops_and_a_clear_text_server_is_refused(
    sqlite_office, mail_server, plain_mail_server
):
    at = sqlite_office(
        [
            mail(mail_server),
            mail(plain_mail_server, id="plain", username=None, password=None),
        ],
        [subscription(channels=["post", "plain"])],
        MAIL_PASSWORD="not-the-password",
    )
    (alert,) = at.tell(event(comparison()))
    assert at.drainer.drain().dead == 2
    errors = dict(zip(["post", "plain"], [error for _, error in at.attempts(alert)], strict=True))
    assert errors["post"].startswith("mail server: 535")
    assert "STARTTLS" in errors["plain"]
    assert not plain_mail_server.mails


# --- webhook ----------------------------------------------------------------------------------


def test_a_webhook_is_signed_and_keeps_its_key_on_every_attempt(office, hook):
    at = office([webhook(hook)], [subscription(channels=["hook"])])
    (alert,) = at.tell(event(comparison()))
    hook.answers += [Answer("refuse", 502, ""), Answer("lose")]
    for _ in range(3):
        at.drainer.drain()
        at.clock.advance(minutes=5)
    assert [seen.headers["webhook-id"] for seen in hook.seen] == [alert] * 3
    assert [got["id"] for got in hook.accepted] == [alert, alert], "the receiver drops the second"
    assert not hook.wrong
    assert hook.accepted[0] == hook.accepted[1]


def test_a_redirect_is_not_followed(sqlite_office, hook):
    at = sqlite_office([webhook(hook)], [subscription(channels=["hook"])])
    at.tell(event(comparison()))
    hook.answers.append(Answer("refuse", 302, "", {"Location": "http://127.0.0.1:1/else"}))
    assert at.drainer.drain().dead == 1
    assert len(hook.seen) == 1


# --- channels beside each other ---------------------------------------------------------------


def test_a_channel_that_hangs_holds_up_no_other(sqlite_office, slack_server, hook):
    at = sqlite_office(
        [slack_webhook(timeout_seconds=60), webhook(hook)],
        [subscription(channels=["slack", "hook"])],
        SLACK_URL=slack_server.webhook_url,
    )
    slack_server.answers.append(Answer("hang"))
    at.tell(event(comparison()))
    at.drainer.start()
    try:
        for _ in range(200):
            if hook.accepted:
                break
            at.drainer._stop.wait(0.05)
        assert hook.accepted
        assert not slack_server.messages
    finally:
        slack_server.close()
        assert at.drainer.stop()


def test_a_channel_without_its_secret_waits_for_it(sqlite_office, hook):
    at = sqlite_office([slack_webhook(), webhook(hook)], [subscription(channels=["slack", "hook"])])
    assert at.problems == (
        "channel slack: ${SLACK_URL}: not set; set the environment variable SLACK_URL, "
        "or SLACK_URL_FILE to the path of a file",
    )
    at.tell(event(comparison()))
    outcome = at.drainer.drain()
    assert (outcome.sent, outcome.failed) == (1, 1)


# --- digests, bursts, quiet hours, reminders --------------------------------------------------


def test_a_daily_digest_is_one_message_at_its_time(office, mail_server):
    at = office([mail(mail_server)], [subscription(channels=["post"], when="daily 18:00")])
    for version in range(2, 6):
        at.tell(event(comparison(), version=version))
    assert at.drainer.drain().sent == 0
    at.clock.advance(hours=8, minutes=1)
    assert at.drainer.drain().sent == 4
    (post,) = mail_server.mails
    assert post["Subject"].startswith("4 alerts. First: Sea data plan 2042")


def test_a_machine_gets_a_digest_as_single_alerts(sqlite_office, hook):
    at = sqlite_office([webhook(hook)], [subscription(channels=["hook"], when="daily 18:00")])
    ids = {at.tell(event(comparison(), version=version))[0] for version in range(2, 6)}
    at.clock.advance(hours=8, minutes=1)
    at.drainer.drain()
    assert {alert["id"] for alert in hook.accepted} == ids


def test_ten_documents_at_once_are_one_digest(sqlite_office, slack_server):
    at = sqlite_office(
        [slack_webhook()], [subscription(channels=["slack"])], SLACK_URL=slack_server.webhook_url
    )
    for version in range(2, 12):
        at.tell(event(comparison(), version=version))
    assert at.drainer.drain().sent == 10
    (message,) = slack_server.messages
    assert "10 alerts" in shown(message)
    assert len(message["blocks"]) <= 50


def test_ten_documents_within_an_hour_are_a_few_messages_and_one_digest(
    sqlite_office, slack_server
):
    at = sqlite_office(
        [slack_webhook()], [subscription(channels=["slack"])], SLACK_URL=slack_server.webhook_url
    )
    for version in range(2, 12):
        at.tell(event(comparison(), version=version))
        at.drainer.drain()
        at.clock.advance(minutes=5)
    assert len(slack_server.messages) == 4
    at.clock.advance(minutes=20)
    at.drainer.drain()
    assert len(slack_server.messages) == 5
    assert "6 alerts" in shown(slack_server.messages[-1])
    assert at.counts() == {"sent": 10}


def test_a_burst_is_remembered_over_a_restart(office, slack_server):
    at = office(
        [slack_webhook()], [subscription(channels=["slack"])], SLACK_URL=slack_server.webhook_url
    )
    for version in range(2, 8):
        at.tell(event(comparison(), version=version))
        at.restart()
        at.drainer.drain()
        at.clock.advance(minutes=5)
    assert len(slack_server.messages) == 4, "the fifth and sixth wait for the others"
    at.clock.advance(minutes=31)
    at.drainer.drain()
    assert "2 alerts" in shown(slack_server.messages[-1])
    assert at.counts() == {"sent": 6}


def test_a_digest_that_failed_is_the_same_digest_again(sqlite_office, mail_server):
    at = sqlite_office([mail(mail_server)], [subscription(channels=["post"], when="daily 18:00")])
    for version in range(2, 5):
        at.tell(event(comparison(), version=version))
    at.clock.advance(hours=8, minutes=1)
    mail_server.faults.append("hang_up")
    at.drainer.drain()
    at.clock.advance(minutes=1)
    at.drainer.drain()
    first, second = mail_server.mails
    assert first["Message-ID"] == second["Message-ID"]


def test_quiet_hours_hold_alerts_back_and_let_them_come_together(sqlite_office, mail_server):
    at = sqlite_office([mail(mail_server)], [subscription(channels=["post"], quiet="09:00-18:00")])
    for version in (2, 3):
        at.tell(event(comparison(), version=version))
        at.clock.advance(hours=1)
    assert at.drainer.drain().sent == 0
    at.clock.advance(hours=6, minutes=1)
    assert at.drainer.drain().sent == 2
    assert len(mail_server.mails) == 1


def test_a_major_alert_that_nobody_acknowledges_is_reminded_of(office, mail_server):
    at = office([mail(mail_server)], [subscription(channels=["post"], remind_after="24h")])
    (alert,) = at.tell(event(comparison()))
    at.drainer.drain()
    assert at.drainer.remind() == ()
    for _ in range(6):
        at.clock.advance(hours=25)
        at.drainer.remind()
        at.drainer.drain()
    subjects = [post["Subject"][:20] for post in mail_server.mails]
    assert subjects == ["Sea data plan 2042: ", *["Reminder: Sea data p"] * 3]
    assert len({post["Message-ID"] for post in mail_server.mails}) == 4
    assert alert[:12] in mail_server.mails[1].get_body(("plain",)).get_content()


def test_an_acknowledged_alert_is_not_reminded_of(sqlite_office, mail_server):
    from storage import outbox

    at = sqlite_office([mail(mail_server)], [subscription(channels=["post"], remind_after="24h")])
    (alert,) = at.tell(event(comparison()))
    with at.database.writing() as conn:
        assert outbox.acknowledge(conn, alert, by="counsel", now=at.clock())
    at.clock.advance(hours=25)
    assert at.drainer.remind() == ()


def test_a_dead_alert_can_be_sent_again(sqlite_office, slack_server):
    from storage import outbox

    at = sqlite_office(
        [slack_webhook()], [subscription(channels=["slack"])], SLACK_URL=slack_server.webhook_url
    )
    (alert,) = at.tell(event(comparison()))
    slack_server.answers.append(Answer("refuse", 403, "invalid_token"))
    at.drainer.drain()
    with at.database.writing() as conn:
        assert outbox.retry(conn, alert, now=at.clock()) == 1
    assert at.drainer.drain().sent == 1


# --- events beside changes --------------------------------------------------------------------


def test_an_operational_alert_says_what_is_wrong(sqlite_office, slack_server):
    at = sqlite_office(
        [slack_webhook()],
        [subscription(**OPERATORS | {"channels": ["slack"]})],
        SLACK_URL=slack_server.webhook_url,
    )
    failing = Event(
        kind="source_failing",
        at=at.clock(),
        source="sea-column",
        reason="Answered 412 for 26 hours: a challenge page.",
    )
    at.tell(failing)
    at.drainer.drain()
    text = shown(slack_server.messages[0])
    assert "sea-column: this source has been failing" in text
    assert "Answered 412 for 26 hours" in text


def test_nothing_that_a_page_says_can_mention_or_link(sqlite_office, slack_server, mail_server):
    import msgspec

    from tests.alerts.examples import with_task_text

    evil = "<!here> <@U123> <http://evil.example|click> @channel *bold* http://evil.example/x"
    hostile = comparison()
    plan = with_task_text(hostile.new, "10", f"{evil}\r\nBcc: everybody@evil.example")
    hostile = msgspec.structs.replace(hostile, new=plan)
    at = sqlite_office(
        [slack_webhook(), mail(mail_server)],
        [subscription(channels=["slack", "post"])],
        SLACK_URL=slack_server.webhook_url,
    )
    at.tell(event(hostile, title_en=f"{evil}\nBcc: x@evil.example", url="javascript:alert(1)"))
    at.drainer.drain()
    (message,) = slack_server.messages
    for text in texts(message["blocks"]):
        assert not LIVE.search(text), text
    assert "://evil" not in "".join(texts(message["blocks"]))
    assert "actions" not in [block["type"] for block in message["blocks"]]
    (post,) = mail_server.mails
    assert post["Bcc"] is None
    assert "\n" not in post["Subject"]
    page = post.get_body(("html",)).get_content()
    assert "<a " not in page
    assert "<!here>" not in page
    assert "://evil" not in page + post.get_body(("plain",)).get_content()


def test_secrets_are_in_no_row_and_no_log(office, slack_server, hook, capfd, database):
    at = office(
        [slack_webhook(), slack_bot(slack_server, timeout_seconds=1), webhook(hook)],
        [subscription(channels=["slack", "bot", "hook"])],
        SLACK_URL=slack_server.webhook_url,
    )
    (alert,) = at.tell(event(comparison()))
    slack_server.close()
    hook.close()
    assert at.drainer.drain().failed == 3
    with at.database.reading() as conn:
        from storage import outbox

        rows = repr(outbox.get(conn, alert)) + repr(at.deliveries(alert)) + repr(at.attempts(alert))
    said = capfd.readouterr()
    for secret in (slack_server.WEBHOOK_PATH, slack_server.TOKEN, hook.SECRET):
        assert secret not in rows + said.out + said.err


def test_no_message_is_begun_with_a_claim_about_to_run_out(sqlite_office):
    from alerts.channels.base import Receipt
    from storage import outbox

    at = sqlite_office([], [subscription(channels=["slow"], burst={"alerts": 100})])
    left: list[float] = []

    class Slow:
        """A far end that takes seven minutes for each message."""

        merges = True

        def send(self, out):
            with at.database.reading() as conn:
                (way,) = outbox.deliveries_of(conn, out.alert.id)
            left.append((way.held_until - at.clock()).total_seconds())
            at.clock.advance(minutes=7)
            return Receipt(detail="at last")

    at.drainer._channels["slow"] = Slow()
    for version in range(2, 5):
        at.tell(event(comparison(), version=version))
    assert at.drainer.drain().sent == 3
    assert len(left) == 3
    assert min(left) >= 240
