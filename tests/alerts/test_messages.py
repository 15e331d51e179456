"""What people read: golden messages, limits, templates of the user's own."""

import email
import email.policy
import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from slack_sdk.models.blocks import Block

from alerts.composing.columns import wrapped
from alerts.composing.compose import LinkMaker, compose
from alerts.composing.digest import merge
from alerts.composing.mail import Attached, Envelope, mail_message
from alerts.composing.message import Message
from alerts.composing.safety import plain, safe_url
from alerts.composing.slack import slack_messages
from alerts.composing.templates import AlertFacts, Templates
from alerts.events import DOCUMENT_EVENTS, OPERATIONAL_EVENTS, Comparison
from alerts.routing import route
from plans.comparing.compare import compare
from plans.model import Change, Extract, Plan
from plans.reading.read import read
from tests.alerts.examples import CHANGES, NOW, REGISTRY, comparison, event, subscription
from tests.fixtures.slack_server import LIVE, shown, texts, wrong_blocks
from tests.reports.examples import large_pair

GOLDEN = Path(__file__).parent / "golden"
BUILT_IN = Templates()
LINKS = LinkMaker(dashboard_url="https://watch.example")
FACTS = AlertFacts(id="0123456789abcdef", subscription="counsel", document="sea-data", version=2)
ENVELOPE = Envelope(
    sender="planwatch@sender.example",
    sender_name="planwatch",
    to=("counsel@reader.example",),
    list_id="planwatch.sender.example",
)


@pytest.fixture(scope="module")
def templates() -> Templates:
    return Templates()


def message(happened=None, **filters) -> Message:
    happened = happened or event(comparison(old_version=5), comparison("baseline"))
    (draft,) = route(happened, [subscription(**filters)], REGISTRY)
    return compose(draft, REGISTRY, LINKS)


def large() -> Message:
    """A next year in which every one of 110 tasks is another one."""
    changeset, old, new = large_pair()
    gone = [Change(kind="task_removed", severity="major", old=(t.id,)) for t in old.tasks]
    come = [Change(kind="task_added", severity="major", new=(t.id,)) for t in new.tasks]
    changeset = msgspec.structs.replace(changeset, changes=(*changeset.changes, *gone, *come))
    told = Comparison(against="predecessor", changeset=changeset, old=old, new=new)
    return message(event(told), severity="editorial")


def check_golden(name: str, text: str) -> None:
    """A new file is written and fails once, so that a person reads it before it counts."""
    path = GOLDEN / name
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        pytest.fail(f"{path.name} is new: read it, then run again")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", "zh", "both"])
def test_the_mail_of_every_kind_of_change(templates, language):
    text = templates.render("mail.txt", message(language=language), FACTS)
    check_golden(f"mail_{language}.txt", text)


def test_the_slack_message_of_every_kind_of_change(templates):
    (page,) = slack_messages(message(), FACTS, templates)
    check_golden("slack_en.txt", shown({"blocks": list(page.blocks)}) + "\n")


def test_the_first_line_says_all(templates):
    headline = message().headline
    assert headline.startswith("Sea data plan 2042: 11 duties changed. Most important: Task ")
    assert message(language="zh").headline.startswith(
        "海洋数据权益工作推进计划（2042）：11项职责变化。最重要：第"
    )
    assert message(kinds=["task_moved"]).headline == (
        "Sea data plan 2042: 1 change, none of a duty"
    )
    page = templates.render("mail.txt", message(), FACTS)
    assert page.replace("\n", " ").startswith(headline)


def copyright_plan(year: int, task: str) -> Plan:
    text = (
        f"{year}年海洋数据权益工作推进计划\n一、完善法规\n"
        "1.公布港口开放清单。（海关总署负责）\n"
        f"2.{task}\n3.开展海图培训。（教育部负责）\n"
    )
    return read(Extract(state="document", text=text), REGISTRY)


def test_the_first_line_names_the_task_by_what_it_is_about_and_all_of_its_duties():
    old = copyright_plan(2041, "推进《著作权法实施条例》修订。（国家版权局负责）")
    new = copyright_plan(2042, "加快推进《著作权法实施条例》修订。（国家版权局、司法部负责）")
    told = Comparison(
        against="predecessor", changeset=compare(old, new, REGISTRY), old=old, new=new
    )
    assert message(event(told)).headline == (
        "Sea data plan 2042: 2 duties changed. Most important: Task 2 (copyright): "
        "Ministry of Justice joins (responsible); "
        "Implementing Regulations of the Copyright Law from “advance” to “speed up”"
    )
    assert message(event(told), language="zh").headline.endswith(
        "2项职责变化。最重要：第2项：新增司法部（负责）；《著作权法实施条例》由“推进”改为“加快”"
    )


def test_the_first_line_says_that_a_law_is_put_off():
    old = copyright_plan(2041, "研究论证《著作权法实施条例》修订。（国家版权局负责）")
    new = copyright_plan(2042, "暂缓《著作权法实施条例》修订。（国家版权局、司法部负责）")
    told = Comparison(
        against="predecessor", changeset=compare(old, new, REGISTRY), old=old, new=new
    )
    assert message(event(told)).headline == (
        "Sea data plan 2042: 2 duties changed. Most important: Task 2 (copyright): "
        "Implementing Regulations of the Copyright Law from “study” to “put off”; "
        "Ministry of Justice joins (responsible)"
    )
    assert message(event(told), language="zh").headline.endswith(
        "2项职责变化。最重要：第2项：《著作权法实施条例》由“研究论证”改为“暂缓”；新增司法部（负责）"
    )


def test_a_single_change_of_duty_is_not_called_the_most_important_one():
    old = copyright_plan(2041, "推进《著作权法实施条例》修订。（国家版权局负责）")
    new = copyright_plan(2042, "推进《著作权法实施条例》修订。（国家版权局、司法部负责）")
    told = Comparison(
        against="predecessor", changeset=compare(old, new, REGISTRY), old=old, new=new
    )
    assert message(event(told)).headline == (
        "Sea data plan 2042: 1 duty changed. Task 2 (copyright): "
        "Ministry of Justice joins (responsible)"
    )


@pytest.mark.parametrize("kind", sorted(DOCUMENT_EVENTS | OPERATIONAL_EVENTS))
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_event_has_its_sentence(templates, kind, language):
    about = "operations" if kind in OPERATIONAL_EVENTS else "changes"
    happened = event(kind=kind, reason="A reason.", comparisons=())
    said = message(happened, about=about, language=language)
    assert len(said.headline) > 10
    assert (re.search(r"[一-鿿]", said.headline.partition("：")[2]) is not None) == (
        language == "zh"
    )
    if kind != "version_recorded":
        assert "A reason." in said.notes


def test_an_unconfirmed_mirror_says_so():
    said = message(event(comparison(), kind="mirror_differs", unconfirmed=True))
    assert said.headline.startswith(
        "Sea data plan 2042: unconfirmed: so far seen at an unofficial site only: 11 duties changed. Most"
    )
    assert said.notes[0].startswith("Unconfirmed")
    assert said.groups, "duties that differ are told"


# --- limits -----------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [message, large], ids=["small", "110 tasks"])
def test_slack_takes_every_message(templates, make):
    pages = slack_messages(make(), FACTS, templates)
    assert 1 <= len(pages) <= 4
    for page in pages:
        assert wrong_blocks({"blocks": list(page.blocks), "text": page.text}) is None
        for block in Block.parse_all(list(page.blocks)):
            assert block is not None
            block.validate_json()
        for text in texts(list(page.blocks)):
            assert not LIVE.search(text)


@pytest.mark.parametrize("make", [message, large], ids=["small", "110 tasks"])
def test_the_text_part_is_read_in_72_columns(templates, make):
    for line in templates.render("mail.txt", make(), FACTS).splitlines():
        assert cell_len(line) <= 72 or line.startswith("https://"), line


def test_a_message_is_never_longer_than_can_be_read(templates):
    text = templates.render("mail.txt", large(), FACTS)
    assert len(text) < 20_000
    assert re.search(r"- and \d\d more", text)


@given(
    text=st.text(
        st.sampled_from("ab1 <>&*_~`|!@#国家局，。（）“”\n") | st.characters(), max_size=400
    ),
)
def test_no_text_breaks_a_slack_message(text):
    said = Message(headline=plain(text) or "x", topic="x", language="en", notes=(plain(text * 30),))
    for page in slack_messages(said, FACTS, BUILT_IN):
        assert wrong_blocks({"blocks": list(page.blocks), "text": page.text}) is None
        assert not any(LIVE.search(shown_text) for shown_text in texts(list(page.blocks)))


@given(text=st.text(max_size=300), width=st.integers(20, 80))
def test_wrapping_loses_nothing(text, width):
    lines = wrapped(text, "- ", "  ", width).split("\n")
    assert "".join("".join(line[2:] for line in lines).split()) == "".join(text.split())


@given(text=st.text(st.sampled_from("国家知识产权局，。）」 abc")), width=st.integers(20, 80))
def test_wrapped_lines_fit_and_do_not_begin_with_a_closing_mark(text, width):
    first, *rest = wrapped(text, width=width).split("\n")
    for line in (first, *rest):
        # A word that is longer than the line stands alone and unbroken.
        assert cell_len(line) <= width or re.fullmatch(r"[，。）」]*[ -~]+[，。）」]*", line)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://sea.example/plan?id=1&x=2", True),
        ("http://sea.example:8080/", True),
        ("javascript:alert(1)", False),
        ("https://sea.example/|<!here>", False),
        ("https://user@sea.example/", False),
        ("https://sea.example/ x", False),
        ("//sea.example", False),
        (None, False),
    ],
)
def test_only_plain_web_addresses_become_links(url, kept):
    assert (safe_url(url) is not None) == kept


# --- mail -------------------------------------------------------------------------------------


def test_alerts_of_one_document_thread_and_files_go_along(templates):
    file = Attached(name="sea.docx", media_type="application/vnd.ms-word", data=b"PK")
    mails = []
    for alert in ("first", "second"):
        facts = AlertFacts(id=alert, subscription="counsel", document="sea-data")
        built = mail_message(message(), facts, ENVELOPE, templates, at=NOW, files=[file])
        mails.append(email.message_from_bytes(built.as_bytes(), policy=email.policy.default))
    one, other = mails
    assert one["References"] == other["References"] == other["In-Reply-To"]
    assert one["Message-ID"] != other["Message-ID"]
    assert one["List-Id"] == "planwatch counsel <counsel.planwatch.sender.example>"
    assert one["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in one.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "application/vnd.ms-word",
    ]
    assert [part.get_filename() for part in one.iter_attachments()] == ["sea.docx"]


def test_the_page_needs_no_network_and_knows_the_dark(templates):
    built = mail_message(message(), FACTS, ENVELOPE, templates, at=NOW)
    page = built.get_body(("html",)).get_content()
    assert "prefers-color-scheme: dark" in page
    assert 'style="' in page, "styles stand at the elements, for programs that drop <style>"
    links = set(re.findall(r'(?:href|src)="([^"]+)"', page))
    assert links == {
        "https://sea.example/plan/2042.html",
        "https://watch.example/documents/sea-data/versions/2",
    }
    assert "<img" not in page


# --- templates of the user's own --------------------------------------------------------------


def test_a_users_template_takes_the_place_of_the_built_in_one(tmp_path):
    (tmp_path / "subject.txt.j2").write_text("[plans] {{ message.headline }}")
    templates = Templates(tmp_path)
    assert templates.problems == ()
    assert templates.render("subject.txt", message(), FACTS).startswith("[plans] Sea data plan")


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("one\n{% if %}\n", 2, "Expected an expression"),
        ("one\ntwo\n{{ message.nothing }}", 3, "nothing"),
        ("{{ alert.__class__.__mro__ }}", 1, "unsafe"),
        ("\n{{ 1 / 0 }}", 2, "ZeroDivisionError"),
        ("{% for i in range(90000) %}{{ message.headline }}{% endfor %}", None, "gives more than"),
    ],
)
def test_a_broken_template_is_named_with_its_line_and_not_used(tmp_path, source, line, words):
    path = tmp_path / "mail.txt.j2"
    path.write_text(source)
    templates = Templates(tmp_path)
    (problem,) = templates.problems
    assert (problem.file, problem.line) == (str(path), line)
    assert words in problem.message
    assert "built-in" in str(problem)
    assert "Bodies (5)" in templates.render("mail.txt", message(), FACTS)


def test_a_template_that_fails_on_one_message_gives_way_to_the_built_in_one(tmp_path):
    (tmp_path / "mail.txt.j2").write_text(
        "{% if message.headline.startswith('Sea') %}{{ 1 / 0 }}{% endif %}"
    )
    templates = Templates(tmp_path)
    assert templates.problems == ()
    assert "Bodies (5)" in templates.render("mail.txt", message(), FACTS)


def test_the_examples_have_every_group(templates):
    assert len(message().groups) == 9
    assert len(CHANGES) == 30


def test_a_real_pair_is_told_in_every_form(templates, corpus):
    """The corpus' invented pair, read and compared for real: within all limits, facts first."""
    folder = corpus / "pairs" / "made-1"
    plans = [
        read(Extract(state="document", text=(folder / name).read_text("utf-8")), REGISTRY)
        for name in ("old.txt", "new.txt")
    ]
    changeset = compare(plans[0], plans[1], REGISTRY)
    told = Comparison(against="predecessor", changeset=changeset, old=plans[0], new=plans[1])
    for language in ("en", "zh", "both"):
        said = message(event(told), language=language)
        text = templates.render("mail.txt", said, FACTS)
        assert all(cell_len(line) <= 72 or line.startswith("https://") for line in text.split("\n"))
        pages = slack_messages(said, FACTS, templates)
        assert all(wrong_blocks({"blocks": list(page.blocks)}) is None for page in pages)
        for block in Block.parse_all([block for page in pages for block in page.blocks]):
            block.validate_json()
    (page, *_) = slack_messages(message(event(told)), FACTS, templates)
    seen = shown({"blocks": list(page.blocks)})
    assert re.search(r"Ministry of Justice: joins tasks? 2\b", seen)
    assert re.search(r"National Data Administration: joins tasks? 1\b", seen)
    assert re.search(
        r"Task 2 \(service institution\): 《创新服务机构管理办法》 goes up: advance .* → speed up",
        seen,
    )
    assert re.search(r"\d+ editorial changes besides", seen)


@pytest.mark.parametrize("count", [2, 3, 10])
def test_the_largest_digest_is_one_slack_message(templates, count):
    digest = merge([large(), *[message()] * (count - 2), large()])
    pages = slack_messages(digest, FACTS, templates)
    assert len(pages) == 1
    assert wrong_blocks({"blocks": list(pages[0].blocks)}) is None
    assert digest.headline.startswith(f"{count} alerts. First: ")
    assert len(digest.groups) == count
