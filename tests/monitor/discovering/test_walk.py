"""Going from page to page: where a list ends, and what stops it."""

from monitor.fetching.values import Validators
from tests.monitor.discovering import columns
from tests.publisher import faults
from tests.publisher.answers import html, redirect


def test_a_pager_that_repeats_its_last_page_ends(publisher, discover):
    publisher.page("/a/", columns.trs_page())
    publisher.page("/a/p2.html", columns.trs_page())
    publisher.page("/a/p3.html", columns.trs_page())
    options = {"kind": "links", "next": "p{n}.html", "first_next": 2}
    assert len(discover(publisher.url("/a/"), options).rows) == 3
    assert [seen.path for seen in publisher.log] == ["/a/", "/a/p2.html"]


def test_a_pager_that_leads_in_a_circle_ends(publisher, discover):
    def page(name, to):
        text = columns.table_page().replace("/fabu/xiangqing/", f"/{name}/")
        publisher.page(f"/{name}.html", text.replace("/fabu/16_2.html", f"/{to}.html"))

    page("a", "b")
    page("b", "a")
    assert len(discover(publisher.url("/a.html"), "links").rows) == 6
    assert len(publisher.log) == 2


def test_it_reads_no_further_than_told(publisher, discover):
    def page(seen):
        number = seen.path.strip("/p.html") or "1"
        return html(columns.trs_page(pages=99, current=0).replace("_96", f"_{number}96"))

    for number in range(1, 30):
        publisher.route(f"/p{number}.html", page)
    options = {"kind": "links", "next": "p{n}.html", "first_next": 2, "max_pages": 4}
    discover(publisher.url("/p1.html"), options)
    assert len(publisher.log) == 4


def test_it_stops_where_everything_is_known(publisher, discover):
    publisher.page("/a/", columns.trs_page(pages=3))
    discovery = discover(publisher.url("/a/"), "links", known=lambda url: True)
    assert (discovery.outcome, len(discovery.rows)) == ("listed", 3)
    assert len(publisher.log) == 1


def test_an_unchanged_first_page_is_the_whole_answer(publisher, discover):
    publisher.page("/a/", columns.trs_page(pages=3))
    first = discover(publisher.url("/a/"), "links")
    assert first.validators.etag
    again = discover(publisher.url("/a/"), "links", validators=first.validators)
    assert (again.outcome, again.rows) == ("not_modified", ())


def test_validators_are_for_the_first_page_alone(publisher, discover):
    publisher.page("/a/", columns.trs_page(pages=2))
    publisher.page("/a/index_1.html", columns.trs_page(pages=2, current=1))
    discover(publisher.url("/a/"), "links", validators=Validators(etag='"old"'))
    assert [seen.headers.get("if-none-match") for seen in publisher.log] == ['"old"', None]


def test_a_fault_on_the_first_page_is_the_outcome(publisher, discover):
    for fault, outcome in (
        (faults.busy(503), "server_error"),
        (faults.wall_412(), "client_error"),
        (redirect("/"), "moved_home"),
        (faults.wall_200(), "list_not_understood"),
    ):
        publisher.answer("/a/", fault)
        discovery = discover(publisher.url("/a/"), "links")
        assert (discovery.outcome, discovery.rows) == (outcome, ())


def test_a_fault_on_a_later_page_keeps_what_came_before(publisher, discover):
    publisher.page("/a/", columns.trs_page(pages=3))
    publisher.answer("/a/index_1.html", faults.busy(503))
    discovery = discover(publisher.url("/a/"), "links")
    assert (discovery.outcome, len(discovery.rows)) == ("server_error", 3)
    assert not discovery.validators, "or the next look would be told that nothing has changed"


def test_a_later_page_that_is_not_there_or_empty_is_the_end(publisher, discover):
    publisher.page("/a/", columns.trs_page(pages=3))
    assert discover(publisher.url("/a/"), "links").outcome == "listed"
    publisher.page("/a/index_1.html", "<html><body></body></html>")
    assert discover(publisher.url("/a/"), "links").outcome == "listed"


def test_an_article_on_two_pages_is_one_row(publisher, discover):
    publisher.page("/a/", columns.trs_page(pages=2))
    more = columns.trs_page(pages=2, current=1).replace("_962", "_999")
    publisher.page("/a/index_1.html", more)
    assert len(discover(publisher.url("/a/"), "links").rows) == 4


def test_the_validators_kept_are_those_of_the_page_that_is_asked_first(publisher, discover):
    """Kept from a later page they would answer for the first one."""
    publisher.page("/a/", columns.trs_page(pages=2))
    later = publisher.page("/a/index_1.html", columns.trs_page(pages=2, current=1) + " ")
    discovery = discover(publisher.url("/a/"), "links")
    assert len(discovery.fetches) == 2
    assert discovery.validators == discovery.fetches[0].validators
    assert discovery.validators != discovery.fetches[1].validators, later


def test_a_column_page_that_is_only_the_key_gives_no_validators(publisher, discover):
    """The key may stay as it is while the rows behind it change."""
    publisher.page("/col/col75/index.html", columns.jpage_column())
    publisher.page("/module/web/jpage/dataproxy.jsp", columns.jpage_answer())
    assert not discover(publisher.url("/col/col75/index.html"), "jpage").validators
