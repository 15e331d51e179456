"""What a person decides about held content, unsure rows and a mirror's text."""

from monitor.reviewing import accept, confirm_variant, reject
from tests.monitor.invented import Invented, column, lost_tasks
from tests.monitor.watch import article_source, list_source
from tests.publisher.answers import Answer

PLAN = Invented()
HALF = lost_tasks(PLAN)


def test_what_a_person_believes_becomes_a_version_and_is_told(held):
    (review,) = held.reviews()
    decided = accept(held.runtime, review.id, by="an editor")
    assert decided.problem is None
    assert (decided.review.decision, decided.version.number) == ("accepted", 2)
    assert {c.kind for c in held.changes(decided.version)} >= {"task_removed"}
    assert held.events()[-1] == "version_recorded"
    assert held.poll().outcome == "same_text"
    assert held.reviews() == ()
    assert accept(held.runtime, review.id, by="another").problem


def test_what_a_person_rejects_is_not_asked_again(held):
    (review,) = held.reviews()
    reject(held.runtime, review.id, by="an editor", note="half of the page is missing")
    before = held.told()
    assert held.poll().outcome == "held"
    assert held.reviews() == ()
    assert held.told() == before
    assert len(held.versions()) == 1


def test_other_content_at_the_page_is_another_question(held, publisher):
    (review,) = held.reviews()
    reject(held.runtime, review.id, by="an editor")
    publisher.page("/plan.html", HALF.without((1, 0)).page())
    held.poll()
    assert len(held.reviews()) == 1


def test_a_file_that_nobody_can_read_cannot_be_accepted(publisher, watch):
    publisher.answer("/plan.html", Answer(b"%PDF-1.7\nbroken", media_type="application/pdf"))
    watch = watch(article_source(publisher.url("/plan.html")))
    assert watch.poll().outcome == "unreadable"
    (review,) = watch.reviews()
    decided = accept(watch.runtime, review.id, by="an editor")
    assert "planwatch import" in decided.problem
    assert len(watch.reviews()) == 1


def test_an_unsure_row_that_is_accepted_is_looked_at(publisher, watch):
    publisher.page("/a.html", PLAN.page())
    publisher.page("/col/", column([("/a.html", "湖泊方面的一项计划文件印发", "2031-05-07")]))
    watch = watch(list_source(publisher.url("/col/")))
    watch.poll("column")
    (review,) = watch.reviews()
    accept(watch.runtime, review.id, by="an editor")
    publisher.page(
        "/col/", column([("/a.html", "湖泊方面的一项计划文件印发", "2031-05-07")]) + b" "
    )
    watch.poll("column")
    assert len(watch.versions()) == 1


def test_a_row_of_a_source_that_is_gone_is_not_accepted_into_nowhere(publisher, watch):
    publisher.page("/a.html", PLAN.page())
    publisher.page("/col/", column([("/a.html", "湖泊方面的一项计划文件印发", "2031-05-07")]))
    watch = watch(list_source(publisher.url("/col/")))
    watch.poll("column")
    (review,) = watch.reviews()
    watch.configure(article_source(publisher.url("/plan.html"), id="renamed"))
    decided = accept(watch.runtime, review.id, by="an editor")
    assert f"planwatch import {publisher.url('/a.html')} --document lakes" in decided.problem
    assert watch.reviews() == (review,), "it is still there to be decided"
    assert reject(watch.runtime, review.id, by="an editor").review.decision == "rejected"


def test_what_was_held_can_be_accepted_after_its_source_is_gone(held):
    (review,) = held.reviews()
    held.configure("  []")
    assert accept(held.runtime, review.id, by="an editor").version.number == 2


def test_a_person_confirms_a_mirrors_text(publisher, watch):
    publisher.page("/plan.html", PLAN.page())
    publisher.page("/mirror.html", PLAN.with_bodies(0, 1, "水利部、司法部负责").page())
    watch = watch(
        article_source(publisher.url("/plan.html"))
        + article_source(publisher.url("/mirror.html"), id="mirror", authority="mirror")
    )
    watch.poll()
    watch.poll("mirror")
    variant = watch.versions()[-1]
    assert variant.status == "variant"
    assert confirm_variant(watch.runtime, variant.id).version.status == "accepted"
    assert watch.events()[-1] == "version_recorded"
    assert [(c.kind, c.agency) for c in watch.changes(variant)] == [("agency_assigned", "moj")]
