"""How the work is shared out: one worker a host, and a slow host holds up no other."""

import threading
import time

from monitor.polling.tools import Tools
from plans.reading.read import read
from plans.registry.load import shipped_registry
from storage import sources
from tests.monitor.daemon.running import make_daemon, running, until
from tests.monitor.invented import Invented
from tests.publisher.answers import Answer

PAGE = Invented().page()


def visited(database):
    with database.reading() as conn:
        return {s.id for s in sources.list_all(conn) if s.last_visit_at is not None}


def configuration(pages):
    lines = [
        "settings: {spacing_seconds: 0, deadline_seconds: 10, attempts: 1, workers: 2}",
        "documents: [{id: lakes, titles: {zh: 湖泊计划, en: Lakes}}]",
        "sources:",
    ]
    lines += [
        f"  - {{id: {id}, kind: article, documents: [lakes], url: '{url}', allow_private: true}}"
        for id, url in pages.items()
    ]
    return "\n".join(lines) + "\n"


def test_a_slow_host_takes_one_worker_and_is_asked_one_thing_at_a_time(database, publishers):
    slow, quick = publishers(), publishers()
    at_once, most = threading.Semaphore(0), []
    asking = 0
    lock = threading.Lock()

    def crawl(seen):
        nonlocal asking
        with lock:
            asking += 1
            most.append(asking)
        at_once.acquire(timeout=0.7)
        with lock:
            asking -= 1
        return Answer(PAGE)

    pages = {}
    for number in range(6):
        slow.route(f"/{number}.html", crawl)
        pages[f"slow-{number}"] = slow.url(f"/{number}.html")
    for number in range(6):
        quick.page(f"/{number}.html", PAGE)
        pages[f"quick-{number}"] = quick.url(f"/{number}.html")
    with running(make_daemon(database, configuration(pages))):
        quicks = {id for id in pages if id.startswith("quick")}
        until(lambda: quicks <= visited(database), "the quick host's pages")
        assert not {id for id in pages if id.startswith("slow")} <= visited(database)
        until(lambda: len(visited(database)) == 12, "the slow host's pages")
    assert max(most) == 1


def test_a_fault_of_our_own_is_seen_and_stops_nothing_else(database, publisher):
    def faulty(extract, registry):
        if "第7号" in extract.text:
            raise ZeroDivisionError("a fault of the reader")
        return read(extract, registry)

    tools = Tools(registry=shipped_registry(), read=faulty)
    publisher.page("/bad.html", Invented().with_words(0, 0, "起草第7号办法。").page())
    publisher.page("/good.html", PAGE)
    pages = {name: publisher.url(f"/{name}.html") for name in ("bad", "good")}
    with running(make_daemon(database, configuration(pages), tools=tools)):
        until(lambda: visited(database) == {"bad", "good"})
    with database.reading() as conn:
        bad, good = sources.get(conn, "bad"), sources.get(conn, "good")
    assert (bad.last_outcome, bad.failure_streak) == ("program_fault", 1)
    assert "a fault of the reader" in bad.last_detail
    assert bad.next_due_at is not None
    assert good.last_outcome in ("new_version", "witnessed")


def test_a_sign_of_life_keeps_the_database_from_nobody_who_leases(database, publisher):
    publisher.page("/1.html", PAGE)
    pages = {"one": publisher.url("/1.html")}
    with running(make_daemon(database, configuration(pages))) as daemon:
        until(lambda: visited(database), "the first look")
        # As a worker that leases sources: what is in hand first, then the database. Meanwhile the
        # daemon gives several signs of life.
        with daemon._workers._lock:
            time.sleep(0.5)
            with database.writing() as conn:
                assert sources.get(conn, "one").last_visit_at is not None
