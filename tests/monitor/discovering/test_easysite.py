"""easysite and eportal lists: the prefix of further pages is read, not guessed."""

from tests.monitor.discovering import columns


def test_rows_of_old_and_new_ids_alike(publisher, discover, names_the_articles):
    publisher.page("/tiaofasi/144957/index.html", columns.easysite_page(pages=1))
    discovery = discover(publisher.url("/tiaofasi/144957/index.html"), "easysite")
    names_the_articles(discovery)
    assert {len(row.url.split("/")[-2]) for row in discovery.rows} == {19, 1}


def test_pages_by_prefix_and_number(publisher, discover):
    publisher.page("/tiaofasi/144957/index.html", columns.easysite_page(pages=3))
    for number in (2, 3):
        text = columns.easysite_page(3, number).replace("/144941/1/", f"/144941/{number}1/")
        publisher.page(f"/tiaofasi/144941/21892-{number}.html", text)
    discover(publisher.url("/tiaofasi/144957/index.html"), "easysite")
    assert [seen.path for seen in publisher.log][1:] == [
        "/tiaofasi/144941/21892-2.html",
        "/tiaofasi/144941/21892-3.html",
    ]


def test_no_rows(publisher, discover):
    publisher.page("/a", "<html><body><div totalpage='3'></div></body></html>")
    assert discover(publisher.url("/a"), "easysite").outcome == "list_not_understood"
