"""Looking at a source without keeping anything."""

from monitor.trial import try_source
from storage import pages, versions
from tests.monitor.watch import Watch

COLUMN = """<html><head><meta charset="utf-8"></head><body><ul>
<li><a href="/a.html" title="2031年湖泊创新强国建设推进计划">2031年湖泊创新…</a><span>2031-05-06</span></li>
<li><a href="/b.html">湖泊治理年度计划座谈</a><span>2031-05-05</span></li>
<li><a href="/c.html">关于放假的通知</a><span>2031-05-04</span></li>
</ul></body></html>"""
SOURCE = """
  - {id: notices, kind: list, documents: [lakes], url: "URL/list.html", allow_private: true}
"""


def tried(database, publisher):
    publisher.page("/list.html", COLUMN)
    watch = Watch(database, SOURCE.replace("URL", publisher.url("")))
    return try_source(watch.runtime, "notices")


def test_each_row_is_shown_with_its_score_and_why(database, publisher):
    trial = tried(database, publisher)
    assert trial.outcome == "listed"
    assert [(row.title, row.certainty) for row in trial.rows][:1] == [
        ("2031年湖泊创新强国建设推进计划", "sure")
    ]
    assert trial.rows[0].reasons
    assert trial.rows[2].certainty == "no"
    assert "2031年湖泊创新强国建设推进计划" in trial.text()


def test_nothing_is_kept(database, publisher):
    tried(database, publisher)
    with database.reading() as conn:
        assert pages.list_all(conn, source_id="notices") == ()
        assert versions.list_all(conn, "lakes") == ()
