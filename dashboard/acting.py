"""What a person, or a program with a token, may do here. Pages and API come to the same functions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import structlog

from dashboard.desk import Desk, document_of, version_of
from dashboard.phrases import OUTCOMES, phrase
from dashboard.problems import Refused
from monitor import reviewing
from monitor.importing import Wish
from monitor.importing_uploads import import_upload
from monitor.outcomes import in_words
from plans.comparing.verdicts import task_key
from plans.model import Plan, Task
from storage import outbox, reviews, verdicts, versions
from storage.errors import NotFound
from storage.records import Alert, Review, Verdict, Version

log = structlog.get_logger(__name__)

Decision = Literal["accepted", "rejected"]
#: More tasks than a split or a merge ever ties.
_MOST_TASKS = 20
#: How long a file waits for the files that are being read.
_WAIT_SECONDS = 60.0
#: Outcomes of an import that made a version.
MADE = frozenset({"new_version", "variant"})
#: What an outcome of an import is as a status; any other is 422.
_STATUS = {"held": 409, "too_large": 413, "wrong_type": 415}


def acknowledge(desk: Desk, alert_id: str, *, by: str) -> Alert:
    """A person has seen an alert: no more reminders. Refused where there is no such alert."""
    with desk.database.writing() as conn:
        try:
            outbox.acknowledge(conn, alert_id, by=by, now=desk.now())
            return outbox.get(conn, alert_id)
        except NotFound as error:
            raise Refused(
                404, f"There is no alert {alert_id}.", zh=f"没有提醒 {alert_id}。"
            ) from error


def judge_link(
    desk: Desk,
    document_id: str,
    sides: tuple[str, str],
    tasks: tuple[Sequence[str], Sequence[str]],
    verdict: Verdict | None,
    *,
    by: str,
) -> tuple[Version, Version]:
    """Say whether new tasks continue old ones; None takes back what was said before.

    ``sides`` name the old and the new version, ``tasks`` the ids of the tasks in each. Kept for the
    texts of the tasks, whatever reads them later. Refused where a version or a task is not there.
    """
    if not all(0 < len(ids) <= _MOST_TASKS for ids in tasks):
        raise Refused(
            422, "Name the tasks of both sides by their ids.", zh="请用编号指明新旧两侧的任务。"
        )
    with desk.database.reading() as conn:
        pair = tuple(version_of(conn, document_id, name) for name in sides)
        reads = desk.comparisons.read(conn, *pair)
    if len(reads) < len(pair):
        raise Refused(
            404,
            "One of the two has not been read yet. Run: planwatch reread",
            zh="其中一个版本尚未解读，请运行：planwatch reread",
        )
    olds, news = (_tasks(read.plan, ids) for read, ids in zip(reads, tasks, strict=True))
    with desk.database.writing() as conn:
        for old in olds:
            for new in news:
                keys = task_key(old), task_key(new)
                verdicts.give(conn, *keys, verdict, by=by, now=desk.now())
    return pair[0], pair[1]


def decide_review(
    desk: Desk, review_id: int, decision: Decision, *, by: str, note: str = ""
) -> Review:
    """Accept or reject what was held. Refused where that cannot be done, with the reason."""
    with desk.database.reading() as conn:
        try:
            found = reviews.get(conn, review_id)
        except NotFound as error:
            raise Refused(
                404, f"There is no review {review_id}.", zh=f"没有待核第 {review_id} 项。"
            ) from error
    if found.decision is not None:
        decided = "采纳" if found.decision == "accepted" else "驳回"
        raise Refused(
            409,
            f"Review {review_id} was {found.decision} already.",
            zh=f"待核第 {review_id} 项此前已{decided}。",
        )
    if decision == "rejected":
        with desk.database.writing() as conn:
            return reviews.decide(conn, review_id, "rejected", by=by, now=desk.now(), note=note)
    if desk.options.runtime is None:
        raise _not_from_here(f"planwatch review accept {review_id}")
    done = reviewing.accept(desk.options.runtime(), review_id, by=by, note=note)
    if done.problem is not None or done.review is None:
        raise Refused(409, done.problem or f"Review {review_id} cannot be accepted.")
    return done.review


def confirm_version(desk: Desk, document_id: str, name: str) -> Version:
    """A person says that a mirror's text is the official one. Refused where it is no variant."""
    with desk.database.reading() as conn:
        found = version_of(conn, document_id, name)
    if found.status == "accepted":
        raise Refused(409, f"{found.ref} is no variant.", zh=f"{found.ref} 不是待证实的转载文本。")
    if desk.options.runtime is None:
        raise _not_from_here(f"planwatch review confirm {found.ref}")
    done = reviewing.confirm_variant(desk.options.runtime(), found.id)
    if done.problem is not None:
        raise Refused(409, done.problem)
    with desk.database.reading() as conn:
        return versions.get(conn, found.id)


def import_file(
    desk: Desk, document_id: str, name: str, body: bytes, wish: Wish, *, by: str
) -> tuple[str, Version]:
    """Keep a file that somebody sent as a text of a document; gives what came of it, by name, and
    the version that has the text. Refused, with the outcome, where it is none.
    """
    with desk.database.reading() as conn:
        document_of(conn, document_id)
    if desk.options.runtime is None:
        raise _not_from_here(f"planwatch import FILE --document {document_id}")
    if not desk.uploads.acquire(timeout=_WAIT_SECONDS):
        raise Refused(
            503,
            "Other files are being read; send it again in a minute.",
            {"Retry-After": "60"},
            zh="正在解读其他文件，请一分钟后重新发送。",
        )
    try:
        done = import_upload(desk.options.runtime(), name, body, wish)
    finally:
        desk.uploads.release()
    log.info("import", document=document_id, file=done.name, outcome=done.outcome, by=by)
    if done.version is None:
        what = done.detail or in_words(done.outcome)
        zh = phrase(OUTCOMES, done.outcome, zh=True) + (f"（{done.detail}）" if done.detail else "")
        if done.outcome == "held":
            what += ". Send it again with `believe` if it is right."
            zh += "。如内容无误，请勾选“仍然存档”后重新发送。"
        raise Refused(_STATUS.get(done.outcome, 422), what, outcome=done.outcome, zh=zh)
    with desk.database.reading() as conn:
        return done.outcome, versions.get(conn, done.version)


def _not_from_here(command: str) -> Refused:
    return Refused(409, f"Not from here; run: {command}", zh=f"此处无法执行，请运行：{command}")


def _tasks(plan: Plan, ids: Sequence[str]) -> list[Task]:
    known = {task.id: task for task in plan.tasks}
    for identity in ids:
        if identity not in known:
            raise Refused(
                404, f"There is no task {identity[:60]}.", zh=f"没有任务 {identity[:60]}。"
            )
    return [known[identity] for identity in ids]
