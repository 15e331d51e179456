"""Machine translation by loopback doubles of the providers, which answer wrongly too."""

import json
import threading
from urllib.parse import parse_qs

import pytest
from pydantic import ValidationError

from alerts.config import TranslationConfig
from alerts.translating.glossary import Glossary, glossary_of
from alerts.translating.provider import TranslationError
from alerts.translating.texts import text_key
from alerts.translating.translate import Translations, _provider, make_translations
from storage import translations
from tests.alerts.examples import NOW, REGISTRY, comparison, event, subscription
from tests.alerts.test_messages import message
from tests.fixtures.webhook_server import Answer, LoopbackServer

GLOSSARY = Glossary((("国家知识产权局", "CNIPA"), ("商标法", "Trademark Law")))
JSON = {"Content-Type": "application/json"}


class Interpreter(LoopbackServer):
    """Speaks as OpenAI, DeepL and LibreTranslate do; ``answer`` replaces what it would say."""

    def __init__(self):
        super().__init__()
        self.answer: str | None = None
        self.glossaries: list[dict] = []
        self.asked: list[dict] = []

    def accept(self, path, headers, body):
        kind = headers.get("content-type", "")
        asked = json.loads(body) if "json" in kind else parse_qs(body.decode())
        if path.endswith("/chat/completions"):
            self.asked.append(asked)
            texts = json.loads(asked["messages"][1]["content"])
            said = self.answer or "```json\n" + json.dumps([f"EN {t[:3]}" for t in texts]) + "\n```"
            choice = {"index": 0, "message": {"role": "assistant", "content": said}}
            content = {"id": "1", "object": "chat.completion", "created": 1, "model": "m"}
            return Answer(body=json.dumps(content | {"choices": [choice]}), headers=JSON)
        if path.endswith("/glossaries"):
            if asked:
                self.glossaries.append(asked)
            kept = [
                {
                    "glossary_id": "g1",
                    "name": "planwatch-" + GLOSSARY.version,
                    "ready": True,
                    "source_lang": "zh",
                    "target_lang": "en",
                    "creation_time": "2042-03-09T00:00:00.000000Z",
                    "entry_count": 2,
                }
            ]
            content = kept[0] if asked else {"glossaries": []}
            return Answer(body=json.dumps(content), headers=JSON)
        self.asked.append(asked)
        if self.answer is not None:
            return Answer(body=self.answer, headers=JSON)
        if path == "/translate":
            said = [f"EN {t[:30]}" for t in asked["q"]]
            return Answer(body=json.dumps({"translatedText": said}), headers=JSON)
        texts = asked["text"]
        said = [
            {"detected_source_language": "ZH", "text": f"EN {t[:3]}", "billed_characters": 9}
            for t in texts
        ]
        return Answer(body=json.dumps({"translations": said}), headers=JSON)


@pytest.fixture
def interpreter():
    server = Interpreter()
    yield server
    server.close()


def config(server, provider, **more) -> TranslationConfig:
    needs = {"openai": {"key": "${KEY}", "model": "m"}, "deepl": {"key": "${KEY}"}}
    fields = {"provider": provider, "url": server.url, "timeout_seconds": 2}
    return TranslationConfig.model_validate(fields | needs.get(provider, {}) | more)


PROVIDERS = ["openai", "deepl", "libretranslate"]


@pytest.mark.parametrize("provider", PROVIDERS)
def test_each_provider_translates_with_our_names(interpreter, provider):
    by = _provider(config(interpreter, provider), "the-key")
    got = by.translate(["国家知识产权局负责", "推进《商标法》修改"], GLOSSARY)
    assert [text[:2] for text in got] == ["EN", "EN"]
    if provider == "openai":
        assert "Trademark Law" in interpreter.asked[0]["messages"][0]["content"]
    elif provider == "deepl":
        (made,) = interpreter.glossaries
        assert "Trademark Law" in json.dumps(made)
        by.translate(["商标法"], GLOSSARY)
        assert len(interpreter.glossaries) == 1, "kept there under its version"
    else:
        assert got[1] == "EN 推进《 Trademark Law 》修改"


WRONG = [
    "",
    "null",
    "[]",
    '{"translations": []}',
    '{"translatedText": ["one"]}',
    '{"translatedText": [1, 2]}',
    "<html>login</html>",
    '["only one"]',
    '["", " "]',
    json.dumps(["x" * 5000, "y"]),
    json.dumps({"translatedText": ["x" * 5000, "y"]}),
    "[" * 5000,
]


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("answer", WRONG, ids=range(len(WRONG)))
def test_a_wrong_answer_is_no_translation(interpreter, provider, answer):
    interpreter.answer = answer or " "
    with pytest.raises(TranslationError):
        _provider(config(interpreter, provider), "the-key").translate(["一", "二"], GLOSSARY)


@pytest.mark.parametrize("provider", ["openai", "libretranslate"])
@pytest.mark.parametrize(
    "fault", [Answer("refuse", 500, ""), Answer("refuse", 403, "{}"), Answer("reset")]
)
def test_a_provider_that_fails_says_so_without_its_key(interpreter, provider, fault):
    interpreter.answers.append(fault)
    with pytest.raises(TranslationError) as caught:
        _provider(config(interpreter, provider), "the-key").translate(["一"], GLOSSARY)
    assert "the-key" not in str(caught.value)


def test_a_message_is_told_with_its_translation_marked_as_a_machines(
    sqlite_office, mail_server, interpreter
):
    from alerts.drain import Drainer
    from tests.alerts.conftest import mail

    at = sqlite_office([mail(mail_server)], [subscription(channels=["post"])])
    by = make_translations(
        config(interpreter, "libretranslate"), {}, REGISTRY, at.database, clock=at.clock
    )
    drainer = Drainer(
        at.database,
        at.channels,
        at.subscriptions,
        REGISTRY,
        holder="t",
        clock=at.clock,
        translations=by,
    )
    at.tell(event(comparison()))
    drainer.drain()
    text = mail_server.mails[0].get_body(("plain",)).get_content()
    assert "Machine translation: EN " in text
    at.tell(event(comparison(), version=3))
    drainer.drain()
    assert len(interpreter.asked) == 1, "each text is asked for once"


def test_a_provider_that_hangs_holds_no_alert_and_what_comes_late_is_kept(
    sqlite_office, interpreter
):
    at = sqlite_office([], [subscription()])
    release = threading.Event()
    kept = threading.Event()

    class Slow:
        name = "slow"

        def translate(self, texts, glossary):
            release.wait(10)
            return [f"EN {n}" for n, _ in enumerate(texts)]

    class Watched(Translations):
        def _keep(self, answers):
            super()._keep(answers)
            kept.set()

    by = Watched(at.database, Slow(), GLOSSARY, patience=0.05, clock=at.clock)
    plain = message()
    assert by.add_to(plain) == plain
    assert by.add_to(plain) == plain
    assert by.add_to(plain) == plain, "with two under way no third is begun"
    release.set()
    assert kept.wait(10)
    done = by.add_to(plain)
    told = [item.translation for group in done.groups for item in group.items if item.translation]
    assert told[0] == "EN 0"
    with at.database.reading() as conn:
        text = next(i.source_text for g in plain.groups for i in g.items if i.source_text)
        assert translations.get(
            conn, text_key(text), target="en", provider="slow", glossary=GLOSSARY.version
        )


def test_readers_of_chinese_need_no_translation(sqlite_office):
    at = sqlite_office([], [subscription()])

    class Never:
        name = "never"

        def translate(self, texts, glossary):
            raise AssertionError("not asked")

    by = Translations(at.database, Never(), GLOSSARY, patience=1, clock=lambda: NOW)
    assert by.add_to(message(language="zh")) == message(language="zh")


def test_a_translation_cannot_link_or_mention(interpreter):
    interpreter.answer = json.dumps({"translatedText": ["@here see http://evil.example/x"]})
    (got,) = _provider(config(interpreter, "libretranslate"), None).translate(["一二三"], GLOSSARY)
    assert "://" not in got
    assert "@h" not in got


def test_the_glossary_holds_our_names():
    glossary = glossary_of(REGISTRY)
    pairs = dict(glossary.pairs)
    assert pairs["司法部"] == "Ministry of Justice"
    assert pairs["商标法"] == "Trademark Law"
    lengths = [len(zh) for zh, _ in glossary.pairs]
    assert lengths == sorted(lengths, reverse=True)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_what_a_provider_needs_is_asked_for(provider):
    with pytest.raises(ValidationError, match="needs"):
        TranslationConfig.model_validate({"provider": provider})
