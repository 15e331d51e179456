"""The tasks of a plan as rows, for search, traces and matrices; rebuilt from the plan at any time.

A wording with its bodies, instruments and programmes is one row of ``task_contents`` however many
versions repeat it; ``tasks`` says which plan has it where.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from plans.model import Plan, Task
from storage.bigrams import words
from storage.tables.columns import storable
from storage.tables.readings import (
    assignments,
    sections,
    task_contents,
    task_instruments,
    task_programmes,
    tasks,
)

#: PostgreSQL indexes at most 2,700 bytes; a misread name may be a whole paragraph.
KEY_LIMIT = 200


def index(conn: Connection, plan_id: int, plan: Plan) -> None:
    """Write the rows of a plan that has none."""
    digests = [_digest(task) for task in plan.tasks]
    known = _known(conn, digests)
    fresh = {d: t for d, t in zip(digests, plan.tasks, strict=True) if d not in known}
    known |= _add_contents(conn, fresh)
    _insert_all(
        conn,
        tasks,
        [
            {
                "plan_id": plan_id,
                "ordinal": ordinal,
                "content_id": known[digest],
                "task_id": task.id,
                "number": task.number,
                "section": task.section,
            }
            for ordinal, (task, digest) in enumerate(zip(plan.tasks, digests, strict=True))
        ],
    )
    _insert_all(
        conn,
        sections,
        [
            {
                "plan_id": plan_id,
                "ordinal": ordinal,
                "section_id": section.id,
                "number": section.number,
                "title": section.title,
                "parent": section.parent,
            }
            for ordinal, section in enumerate(plan.sections)
        ],
    )


def drop(conn: Connection, plan_id: int) -> None:
    """Erase the rows of a plan; wordings that no plan has any more stay and are found by none."""
    conn.execute(tasks.delete().where(tasks.c.plan_id == plan_id))
    conn.execute(sections.delete().where(sections.c.plan_id == plan_id))


def _digest(task: Task) -> str:
    parts = (
        task.kind,
        task.text,
        task.deadline,
        [msgspec.structs.replace(a, covers=None) for a in task.assignments],
        task.instruments,
        task.programmes,
    )
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()


def _known(conn: Connection, digests: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(digests), 500):
        query = sa.select(task_contents.c.digest, task_contents.c.id).where(
            task_contents.c.digest.in_(digests[start : start + 500])
        )
        found.update({row.digest: row.id for row in conn.execute(query)})
    return found


def _add_contents(conn: Connection, fresh: dict[str, Task]) -> dict[str, int]:
    """Write wordings that are not known yet; gives their numbers by digest."""
    if not fresh:
        return {}
    added = conn.execute(
        task_contents.insert().returning(task_contents.c.digest, task_contents.c.id),
        [
            {
                "digest": digest,
                "kind": task.kind,
                "text": task.text,
                "deadline_on": task.deadline.date if task.deadline else None,
                "deadline_text": task.deadline.text if task.deadline else None,
            }
            for digest, task in fresh.items()
        ],
    )
    numbers = {str(row.digest): int(row.id) for row in added}
    of = [(numbers[digest], task) for digest, task in fresh.items()]
    _insert_all(conn, assignments, [row for number, t in of for row in _assignments(number, t)])
    _insert_all(
        conn, task_instruments, [row for number, t in of for row in _instruments(number, t)]
    )
    _insert_all(conn, task_programmes, [row for number, t in of for row in _programmes(number, t)])
    _index_words(conn, [(number, task.text) for number, task in of])
    return numbers


def _assignments(content_id: int, task: Task) -> Iterator[dict[str, object]]:
    for ordinal, a in enumerate(task.assignments):
        yield {
            "content_id": content_id,
            "ordinal": ordinal,
            "actor": a.key[:KEY_LIMIT],
            "agency": a.agency,
            "name": a.name,
            "actor_kind": a.kind,
            "role": a.role,
            "inherited": a.inherited,
        }


def _instruments(content_id: int, task: Task) -> Iterator[dict[str, object]]:
    for ordinal, i in enumerate(task.instruments):
        yield {
            "content_id": content_id,
            "ordinal": ordinal,
            "instrument": i.key[:KEY_LIMIT],
            "title": i.title,
            "commitment_text": i.commitment.text if i.commitment else None,
            "commitment_level": i.commitment.level if i.commitment else None,
        }


def _programmes(content_id: int, task: Task) -> Iterator[dict[str, object]]:
    for ordinal, p in enumerate(task.programmes):
        yield {
            "content_id": content_id,
            "ordinal": ordinal,
            "programme": p.key[:KEY_LIMIT],
            "name": p.name,
        }


def _index_words(conn: Connection, contents: Sequence[tuple[int, str]]) -> None:
    found = [(number, sorted(words(storable(text)))) for number, text in contents]
    if conn.dialect.name == "sqlite":
        statement = "INSERT INTO task_words (rowid, words) VALUES (:id, :words)"
        rows = [{"id": number, "words": " ".join(pieces)} for number, pieces in found]
    else:
        statement = (
            "INSERT INTO task_words (content_id, words) "
            "VALUES (:id, array_to_tsvector(CAST(:words AS text[])))"
        )
        rows = [{"id": number, "words": pieces} for number, pieces in found]
    conn.execute(sa.text(statement), rows)


def _insert_all(conn: Connection, table: sa.Table, rows: list[dict[str, object]]) -> None:
    if rows:
        conn.execute(table.insert(), rows)
