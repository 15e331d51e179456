"""Every fault of a publisher: what it comes to, what is stored, who is told.

The table in docs/faults.md is made by this test. To make it anew after a change that is meant, run
it with PLANWATCH_WRITE_GOLDEN=1.
"""

import datetime as dt
import gzip
import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from storage import snapshots
from tests.monitor.extracting import files
from tests.monitor.invented import Invented, article, column
from tests.monitor.watch import HEAD, Watch, article_source, list_source
from tests.publisher import faults
from tests.publisher.answers import Answer, Page, html, redirect

TABLE = Path(__file__).resolve().parents[3] / "docs" / "faults.md"
PLAN = Invented()
AMENDED = PLAN.with_bodies(0, 1, "水利部、司法部负责")
OTHERWISE = PLAN.with_bodies(0, 1, "水利部、财政部负责")
REWORDED = PLAN.with_words(2, 1, "引导银行机构积极开发湖泊成果质押产品。")
QUICK = HEAD.replace("deadline_seconds: 5", "deadline_seconds: 1.5").replace(
    "settings:", "settings:\n  max_bytes: 3000000"
)


@dataclass(frozen=True)
class Fault:
    """A name for people, and what the publisher does instead of serving the plan.

    ``first`` is what it did at the first look, where that matters; ``attempts`` how often a fetch
    asks.
    """

    name: str
    serve: object
    source: str = "page"
    first: object = None
    attempts: int = 1


def answer(what):
    return lambda site: site.answer("/plan.html", what)


def gbk(site):
    text = PLAN.page().decode().replace("<meta charset='utf-8'>", "")
    site.answer("/plan.html", Answer(text.encode("gbk"), media_type="text/html"))


def wrong_clock(site):
    headers = (("Date", "Thu, 01 Jan 1970 00:00:00 GMT"), ("Last-Modified", "Sat, 01 Jan 2050"))
    site.answer("/plan.html", Answer(PLAN.page(hits=2), headers=headers))


def robots(site):
    site.robots("User-agent: *\nDisallow: /plan.html\n")


def moved(site):
    site.page("/new/plan.html", PLAN.page(hits=3))
    site.answer("/plan.html", redirect("/new/plan.html", 301))


def repeating(site):
    """A pager whose every page is the first one again."""
    rows = [("/plan.html", PLAN.title, "2031-05-07")]
    site.page("/col/", column(rows, more="<a href='/col/?p=2'>下一页</a>") + b" ")


def unasked_304(site):
    site.answer("/plan.html", redirect("/elsewhere.html"))
    site.answer("/elsewhere.html", Answer(status=304))


def pdf(media_type="application/pdf"):
    """The plan as a PDF file."""
    body = files.pdf(files.set_in_lines(PLAN.paragraphs()))
    return lambda site: site.answer("/plan.html", Answer(body, media_type=media_type))


def lying(body):
    """The validators stay, whatever the text has become."""

    def serve(site):
        site.lying.body = body
        site.route("/plan.html", site.lying)

    return serve


def copy(plan):
    return lambda site: site.page("/mirror.html", plan.page(hits=9))


def endless_list(site):
    """Every page has another row, and names a further page."""

    def page(seen):
        number = int(seen.query.get("p", "1"))
        row = (f"/other/{number}.html", f"湖泊观测第{number}期", "2031-05-07")
        return Answer(column([row], more=f"<a href='/col/?p={number + 1}'>下一页</a>"))

    site.route("/col/", page)


def certificate(kind):
    def serve(site):
        site.answer("/plan.html", redirect(site.tls[kind].url("/plan.html")))

    return serve


FAULTS = [
    Fault("521 with a script (加速乐)", answer(faults.wall_521())),
    Fault("412 with a packed page (瑞数)", answer(faults.wall_412())),
    Fault("200, the proper title, and a challenge", answer(faults.wall_200(PLAN.title))),
    Fault("an empty shell for scripts", answer(faults.shell(PLAN.title))),
    Fault("an empty body", answer(Answer(b""))),
    Fault("GBK without a charset", gbk),
    Fault("a dripping body", answer(faults.drip())),
    Fault("headers that never end", answer(faults.drip_headers())),
    Fault("an endless body", answer(faults.endless)),
    Fault("a gzip bomb", answer(faults.gzip_bomb(200_000_000))),
    Fault("a body cut off", answer(faults.truncated(PLAN.page()[:900]))),
    Fault("a chunked body cut off", answer(faults.truncated_chunks(PLAN.page()[:900]))),
    Fault("a chunked body whose sizes are no numbers", answer(faults.wrong_chunks(AMENDED.page()))),
    Fault("HTTP/1.0 without a length", answer(faults.of_old(PLAN.page(hits=4)))),
    Fault("HTTP/1.0 without a length, cut off", answer(faults.of_old(AMENDED.page()[:-80]))),
    Fault("more headers than anybody needs", answer(faults.many_headers)),
    Fault("206, a part that nobody asked for", answer(Answer(AMENDED.page()[:1500], status=206, headers=(("Content-Range", "bytes 0-1499/9000"),)))),
    Fault("304 to a request without conditions", unasked_304),
    Fault("a plain body that is said to be packed", answer(faults.mispacked(AMENDED.page(), "gzip"))),
    Fault("a packing that nobody asked for", answer(faults.mispacked(AMENDED.page(), "br"))),
    Fault("a packed body that is not said to be", answer(Answer(gzip.compress(PLAN.page(hits=6), mtime=0)))),
    Fault("a packed body cut off", answer(faults.truncated_gzip(PLAN.page()))),
    Fault("no answer", answer(faults.hang)),
    Fault("the line is closed at once", answer(faults.hang_up)),
    Fault("another protocol", answer(faults.not_http)),
    Fault("a redirect loop", answer(redirect("/plan.html"))),
    Fault("a redirect to the front page", answer(redirect("/"))),
    Fault("404", answer(Answer(status=404))),
    Fault("429 with Retry-After", answer(faults.busy(429, "3600"))),
    Fault("500", answer(Answer(status=500))),
    Fault("403", answer(Answer(b"<h1>403</h1>", status=403))),
    Fault("410", answer(Answer(status=410))),
    Fault("429 with Retry-After as a date", answer(faults.busy(429, "Sat, 10 May 2031 09:00:00 GMT"))),
    Fault("429, and the page a second later", lambda site: site.answers("/plan.html", faults.busy(429, "1"), Answer(PLAN.page(hits=5))), attempts=2),
    Fault("429 for a year", answer(faults.busy(429, "31536000"))),
    Fault("a redirect with a name and password", answer(redirect("http://lake:secret@127.0.0.1:9/plan.html"))),
    Fault("a redirect to a file", answer(redirect("file:///etc/hostname"))),
    Fault("a redirect to a Chinese name that is not there", answer(redirect("http://湖泊.invalid/plan.html".encode().decode("latin-1")))),
    Fault("a redirect to what cannot be a name", answer(redirect("http://１２７.０.０.１/plan.html".encode().decode("latin-1")))),
    Fault("200 and the words that the page does not exist", answer(html(article("页面不存在", "抱歉，您访问的页面不存在或已被删除。").decode()))),
    Fault("200 and an error of the server in JSON", answer(Answer(b'{"code":500,"msg":"error"}', media_type="application/json"))),
    Fault("a name that is not there", answer(redirect("http://no-such-host.invalid/plan.html"))),
    Fault("nobody listens", answer(redirect("http://127.0.0.1:9/plan.html"))),
    Fault("an image in place of the page", answer(Answer(b"\x89PNG\r\n\x1a\n", media_type="image/png"))),
    Fault("robots.txt forbids it", robots),
    Fault("robots.txt answers 500", lambda site: site.answer("/robots.txt", Answer(status=500))),
    Fault("robots.txt does not answer", lambda site: site.answer("/robots.txt", faults.hang)),
    Fault("a clock in the headers that is wrong", wrong_clock),
    Fault("an ETag that stays though the text changed", lying(AMENDED.page()), first=lying(PLAN.page())),
    Fault("the host moved", moved),
    Fault("an expired certificate", certificate("expired")),
    Fault("a certificate for another name", certificate("other name")),
    Fault("a certificate that nobody vouches for", certificate("stranger")),
    Fault("a good certificate at another host", certificate("good")),
    Fault("a web page in place of the PDF", answer(html(article("页面不存在", "文件不存在。").decode())), first=pdf()),
    Fault("the PDF, said to be a web page", pdf("text/html"), first=pdf()),
    Fault("a damaged PDF", answer(Answer(b"%PDF-1.7\n1 0 obj <<", media_type="application/pdf"))),
    Fault("a scan without text", answer(Answer(files.scanned_pdf(), media_type="application/pdf"))),
    Fault("half of the plan", answer(html(PLAN.without(*((2, n) for n in range(5))).page().decode()))),
    Fault("another article in its place", answer(html(article("湖泊摄影展", "展览今日开幕。" * 60).decode()))),
    Fault("a page in another language", answer(html(article("Lake plan", "1. Draft the rules on lake data. (The MOJ is responsible) " * 20).decode()))),
    Fault("a list without rows", lambda site: site.page("/col/", b"<html><body><ul></ul></body></html>"), "column"),
    Fault("a list that repeats its page", repeating, "column"),
    Fault("a list without end", endless_list, "column"),
    Fault("a dripping list", lambda site: site.answer("/col/", faults.drip()), "column"),
    Fault("a mirror that differs in a duty", copy(AMENDED), "mirror"),
    Fault("a mirror that differs, and then otherwise", copy(OTHERWISE), "mirror", first=copy(AMENDED)),
    Fault("a mirror that differs in words alone", copy(REWORDED), "mirror"),
    Fault("a challenge in place of the list", lambda site: site.answer("/col/", faults.wall_200()), "column"),
]  # fmt: skip


@pytest.fixture
def play(publisher, publishers, authority, tmp_path, open_database):
    """Plays one fault after a good first look; gives (outcome, what was stored, what was told)."""
    made = []
    publisher.tls = {
        "expired": publishers(tls=authority.server(expired=True)),
        "other name": publishers(tls=authority.server("lake.example")),
        "stranger": publishers(tls=authority.stranger()),
        "good": publishers(tls=authority.server()),
    }
    for site in publisher.tls.values():
        site.page("/plan.html", PLAN.page(hits=7))

    def run(fault):
        publisher.page("/plan.html", PLAN.page())
        publisher.lying = Page(PLAN.page(), lying=True)
        publisher.page("/mirror.html", PLAN.page(hits=9))
        publisher.page("/col/", column([("/plan.html", PLAN.title, "2031-05-07")]))
        publisher.answer("/", html("<html><body>首页</body></html>"))
        publisher.robots("")
        watch = Watch(
            open_database(tmp_path / f"{len(made)}.sqlite3"),
            article_source(publisher.url("/plan.html"), ca_file=str(authority.ca_file))
            + list_source(publisher.url("/col/"))
            + article_source(publisher.url("/mirror.html"), id="mirror", authority="mirror"),
            head=QUICK.replace("attempts: 1", f"attempts: {fault.attempts}"),
        )
        made.append(watch)
        if fault.source == "mirror":
            watch.poll("page", after=dt.timedelta(days=1))
            watch.poll("mirror", after=dt.timedelta(days=1))
        if fault.first is not None:
            fault.first(publisher)
        watch.poll(fault.source, after=dt.timedelta(days=3))
        before = inventory(watch, publisher)
        fault.serve(publisher)
        outcome = watch.poll(fault.source, after=dt.timedelta(days=2)).outcome
        return outcome, before, inventory(watch, publisher)

    yield run
    for watch in made:
        watch.close()


def inventory(watch, site):
    with watch.database.reading() as conn:
        kept = sum(
            len(snapshots.of_url(conn, site.url(path))) for path in ("/plan.html", "/mirror.html")
        )
    status = [version.status for version in watch.versions()]
    return {
        "version": status.count("accepted"),
        "snapshot": kept,
        "variant": status.count("variant"),
        "review": len(watch.reviews()),
    }, [event for event in watch.events() if event != "now_watching"]


ROWS: dict[str, str] = {}


def row(fault, play):
    """Play a fault, see that it did no harm, and give its line of the table."""
    outcome, (before, said), (after, says) = play(fault)
    assert after["version"] == before["version"] == 1
    assert "version_recorded" not in says
    stored = [name for name in after if after[name] > before[name]]
    told = says[len(said) :]
    return (
        f"| {fault.name} | {outcome.replace('_', ' ')} | {', '.join(stored) or 'the visit'} "
        f"| {', '.join(told).replace('_', ' ') or 'nobody'} |"
    )


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_no_fault_makes_a_version_or_an_alert_of_changes(fault, play):
    ROWS[fault.name] = row(fault, play)


def test_the_table_of_faults_is_what_happens(play):
    """Where the tests are spread over processes, this one plays what the others have."""
    lines = [ROWS.get(fault.name) or row(fault, play) for fault in FAULTS]
    made = HEADING + "\n".join(lines) + "\n"
    if os.environ.get("PLANWATCH_WRITE_GOLDEN"):
        TABLE.write_text(made, encoding="utf-8")
    assert TABLE.read_text(encoding="utf-8") == made


HEADING = """# Faults of publishers

What a fault comes to after a good first look, what of it is stored beside the visit, and who is
told at once. This table is made by the tests (`tests/monitor/polling/test_faults.py`). Subscribers
to operations also hear of a source that fails for a day or is walled off three times in a row.

| fault | outcome | stored | told |
|---|---|---|---|
"""
