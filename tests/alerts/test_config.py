"""Channels and subscriptions as they stand in the configuration; secrets that never do."""

import json

import pytest
from pydantic import ConfigDict, TypeAdapter, ValidationError

from alerts.config import ChannelConfig, SubscriptionConfig, TranslationConfig
from alerts.secrets import Scrubber, SecretError, SecretRef

# As the loader of the whole file does: what was given is not repeated.
CHANNEL: TypeAdapter[ChannelConfig] = TypeAdapter(
    ChannelConfig, config=ConfigDict(hide_input_in_errors=True)
)

CHANNELS = [
    {"id": "team", "kind": "slack", "webhook_url": "${SLACK_URL}"},
    {"id": "bot", "kind": "slack_bot", "token": "${SLACK_TOKEN}", "channel": "C0123"},
    {
        "id": "post",
        "kind": "mail",
        "host": "mail.example.org",
        "username": "planwatch",
        "password": "${MAIL_PASSWORD}",
        "sender": "planwatch@example.org",
        "to": ["counsel@example.org"],
    },
    {"id": "hook", "kind": "webhook", "url": "https://in.example/1", "secret": "${HOOK_SECRET}"},
    {"id": "feishu", "kind": "apprise", "url": "${FEISHU_URL}"},
    {"id": "try", "kind": "file", "folder": "out"},
]


@pytest.mark.parametrize("fields", CHANNELS, ids=lambda fields: fields["kind"])
def test_every_kind_of_channel_is_read_and_written(fields):
    config = CHANNEL.validate_python(fields)
    again = CHANNEL.validate_json(CHANNEL.dump_json(config))
    assert again == config
    assert CHANNEL.json_schema()["discriminator"]["propertyName"] == "kind"


@pytest.mark.parametrize(
    ("fields", "remedy"),
    [
        (CHANNELS[0] | {"webhook_url": "https://hooks.example/T0/s3cr3t"}, "environment variable"),
        (CHANNELS[2] | {"password": "s3cr3t-word"}, "environment variable"),
        (CHANNELS[2] | {"security": "none"}, "clear text"),
        (CHANNELS[2] | {"username": None}, "go together"),
        (CHANNELS[2] | {"to": ["a@b.example\nBcc: x@y.example"]}, "no mail address"),
        (CHANNELS[3] | {"url": "ftp://in.example"}, "http(s) address"),
        (CHANNELS[3] | {"url": "https://me:pw@in.example"}, "${NAME}"),
        (CHANNELS[0] | {"webhook": "x"}, "Extra inputs"),
    ],
)
def test_what_is_wrong_is_named_and_a_secret_is_not_repeated(fields, remedy):
    with pytest.raises(ValidationError) as caught:
        CHANNEL.validate_python(fields)
    assert remedy in str(caught.value)
    assert "s3cr3t" not in str(caught.value)


@pytest.mark.parametrize(
    ("fields", "remedy"),
    [
        ({"when": "hourly"}, "weekly mon HH:MM"),
        ({"when": "daily 25:00"}, "00:00 to 23:59"),
        ({"quiet": "20:00"}, "HH:MM-HH:MM"),
        ({"remind_after": "soon"}, "24h"),
        ({"timezone": "Peking"}, "Asia/Shanghai"),
        ({"about": "operations", "agencies": ["cnipa"]}, "two subscriptions"),
        ({"events": ["source_failing"]}, "about: changes"),
        ({"severity": "huge"}, "'major', 'minor' or 'editorial'"),
        ({"channels": []}, "at least 1"),
    ],
)
def test_a_subscription_that_cannot_be_meant_is_refused(fields, remedy):
    with pytest.raises(ValidationError) as caught:
        SubscriptionConfig.model_validate({"id": "s", "channels": ["c"], **fields})
    assert remedy in str(caught.value)


def test_a_subscription_is_written_as_it_was_read():
    fields = {
        "id": "counsel",
        "channels": ["post"],
        "when": "weekly fri 17:30",
        "quiet": "20:00-07:30",
        "remind_after": "24h",
    }
    config = SubscriptionConfig.model_validate(fields)
    written = json.loads(config.model_dump_json())
    assert (written["when"], written["quiet"]) == ("weekly fri 17:30", "20:00-07:30")
    assert SubscriptionConfig.model_validate(written) == config
    assert SubscriptionConfig.model_json_schema()["additionalProperties"] is False
    assert TranslationConfig.model_json_schema()


# --- secrets ----------------------------------------------------------------------------------


def test_a_secret_comes_from_the_variable_or_from_the_file_that_it_names(tmp_path):
    path = tmp_path / "token"
    path.write_text("from-the-file\n")
    ref = SecretRef.parse("${TOKEN}")
    assert ref.resolve({"TOKEN": "direct"}).get_secret_value() == "direct"
    assert ref.resolve({"TOKEN_FILE": str(path)}).get_secret_value() == "from-the-file"
    by_file = SecretRef.parse("${TOKEN_FILE}")
    assert by_file.resolve({"TOKEN_FILE": str(path)}).get_secret_value() == "from-the-file"


@pytest.mark.parametrize(
    "env", [{}, {"TOKEN": "  "}, {"TOKEN_FILE": "/nowhere/at/all"}], ids=["unset", "empty", "lost"]
)
def test_a_missing_secret_names_the_variable(env):
    with pytest.raises(SecretError, match="TOKEN_FILE"):
        SecretRef("TOKEN").resolve(env)


def test_a_secret_is_not_in_any_text_of_its_reference():
    secret = SecretRef("TOKEN").resolve({"TOKEN": "very-secret"})
    assert "very-secret" not in f"{secret} {secret!r} {SecretRef('TOKEN')}"


def test_pieces_of_a_secret_address_are_taken_out():
    url = "https://hooks.example/services/T000AAA/B000BBB/tokentoken"
    scrub = Scrubber([SecretRef("U").resolve({"U": url})])
    said = scrub("Max retries exceeded with url: /services/T000AAA/B000BBB/tokentoken (tokentoken)")
    assert "tokentoken" not in said
    assert "T000AAA" not in said
