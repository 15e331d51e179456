"""Two polls and an import of one text at one moment: one version, the right predecessor."""

import datetime as dt
import threading

import msgspec
import pytest

from monitor.host_leases import HostBusy
from monitor.importing import Wish, import_file
from storage import baselines, sources
from tests.monitor.invented import Invented
from tests.monitor.watch import article_source

ROUNDS = 5


def text(number):
    return Invented().with_words(2, 4, f"加快推进《湖泊生态标识使用规定》第{number}稿出台。").page()


def at_once(*tasks):
    """Run the tasks in threads that start together; gives what each returned or raised."""
    gate = threading.Barrier(len(tasks))
    results = [None] * len(tasks)

    def work(place, task):
        gate.wait(20)
        try:
            results[place] = task()
        except Exception as error:
            results[place] = error

    threads = [
        threading.Thread(target=work, args=(place, task)) for place, task in enumerate(tasks)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def test_no_double_version_and_no_wrong_predecessor(publishers, watch, tmp_path):
    # Two hosts: one host is asked by one process at a time.
    here, there = publishers(), publishers()
    one = watch(
        article_source(here.url("/plan.html")) + article_source(there.url("/plan.html"), id="other")
    )
    two = watch(
        article_source(here.url("/plan.html"))
        + article_source(there.url("/plan.html"), id="other"),
        clock=one.clock,
    )
    file = tmp_path / "brought.html"
    for number in range(ROUNDS):
        for site in (here, there):
            site.page("/plan.html", text(number))
        file.write_bytes(text(number))
        outcomes = at_once(
            lambda: one.poll("page").outcome,
            lambda: two.poll("other").outcome,
            lambda: import_file(one.runtime, file, Wish()).outcome,
        )
        assert sorted(map(str, outcomes)) == ["new_version", "witnessed", "witnessed"]
        kept = one.versions()
        assert [version.number for version in kept] == list(range(1, number + 2))
    kept = one.versions()
    assert [v.predecessor_id for v in kept] == [None, *(v.id for v in kept[:-1])]
    told = [a.version_id for a in one.alerts() if a.event == "version_recorded"]
    assert len(told) == len(set(told))


def test_two_processes_do_not_poll_one_source_or_ask_one_host_at_once(publisher, watch):
    """The second one finds source and host taken; nothing is asked twice."""
    yaml = article_source(publisher.url("/plan.html")) + article_source(
        publisher.url("/more.html"), id="more"
    )
    publisher.page("/plan.html", text(0))
    one = watch(yaml)
    two = watch(yaml, clock=one.clock)
    one.poll()
    asked = len(publisher.log)
    now = one.clock.now()
    with one.database.writing() as conn:
        assert sources.claim(conn, "page", one.holder, now=now, until=now + dt.timedelta(hours=1))
        assert not sources.claim(
            conn, "page", two.holder, now=now, until=now + dt.timedelta(hours=1)
        )
    with pytest.raises(HostBusy, match="another process"):
        two.poll("more", after=dt.timedelta(seconds=1))
    assert len(publisher.log) == asked
    one.runtime.hosts.release(one.database, one.holder)
    assert two.poll("more", after=dt.timedelta(seconds=1)).outcome == "gone"


def test_what_changes_while_a_text_is_compared_is_taken_into_account(publisher, watch):
    """A person sets a baseline between the comparison and the write: it is compared with, too."""
    publisher.page("/plan.html", text(0))
    one = watch(article_source(publisher.url("/plan.html")))
    one.poll()
    first = one.versions()[0]
    compare, asked = one.tools.compare, []

    def meanwhile(*plans, **how):
        if not asked:
            with one.database.writing() as conn:
                baselines.set_to(conn, "lakes", first.id, pinned=True, now=one.clock.now())
        asked.append(how)
        return compare(*plans, **how)

    tools = msgspec.structs.replace(one.tools, compare=meanwhile)
    one.runtime = msgspec.structs.replace(one.runtime, tools=tools)
    publisher.page("/plan.html", text(1))
    assert one.poll().outcome == "new_version"
    assert len(asked) == 2
    assert one.changes(one.versions()[-1], against="baseline")


def test_what_is_told_names_the_version_that_was_kept_though_its_number_was_taken_meanwhile(
    publisher, watch, tmp_path
):
    """A draft of the document comes in between composing and writing: it takes the next number."""
    watch = watch(article_source(publisher.url("/plan.html")))
    publisher.page("/plan.html", text(1))
    watch.poll()
    publisher.page("/plan.html", text(2))
    draft = tmp_path / "draft.html"
    draft.write_bytes(text(3))
    compose, brought = watch.runtime.ahead, []

    def meanwhile(event):
        composed = compose(event)
        if event.kind == "version_recorded" and not brought:
            brought.append(import_file(watch.runtime, draft, Wish(nature="draft")).outcome)
        return composed

    watch.runtime = msgspec.structs.replace(watch.runtime, ahead=meanwhile)
    assert watch.poll().outcome == "new_version"
    assert brought == ["new_version"]
    natures = {version.number: version.nature for version in watch.versions()}
    assert natures == {1: "official", 2: "draft", 3: "official"}
    (alert,) = (one for one in watch.alerts() if one.event == "version_recorded")
    body = alert.payload["body"]
    assert (body["version"], body["changesets"][0]["new"]["ref"]) == (3, "lakes#3")
