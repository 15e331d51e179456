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
from storage.bulk import add_rows
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
#: Bytes of a wording's sha256 that tell it from all others.
_DIGEST_BYTES = 16

_KNOWN = sa.select(task_contents.c.digest, task_contents.c.id).where(
    task_contents.c.digest.in_(sa.bindparam("digests", expanding=True))
)
_LAST = sa.select(sa.func.coalesce(sa.func.max(task_contents.c.id), 0))


def index(conn: Connection, plan_id: int, plan: Plan) -> None:
    """Write the rows of a plan that has none."""
    digests = [_digest(task) for task in plan.tasks]
    known = _known(conn, digests)
    fresh = {d: t for d, t in zip(digests, plan.tasks, strict=True) if d not in known}
    known |= _add_contents(conn, fresh)
    add_rows(
        conn,
        tasks,
        ("plan_id", "ordinal", "content_id", "task_id", "number", "section"),
        [
            (
                plan_id,
                ordinal,
                known[digest],
                storable(task.id),
                _text(task.number),
                _text(task.section),
            )
            for ordinal, (task, digest) in enumerate(zip(plan.tasks, digests, strict=True))
        ],
    )
    add_rows(
        conn,
        sections,
        ("plan_id", "ordinal", "section_id", "number", "title", "parent"),
        [
            (
                plan_id,
                ordinal,
                storable(section.id),
                storable(section.number),
                storable(section.title),
                _text(section.parent),
            )
            for ordinal, section in enumerate(plan.sections)
        ],
    )


def drop(conn: Connection, plan_id: int) -> None:
    """Erase the rows of a plan; wordings that no plan has any more stay and are found by none."""
    conn.execute(tasks.delete().where(tasks.c.plan_id == plan_id))
    conn.execute(sections.delete().where(sections.c.plan_id == plan_id))


def _text(text: str | None) -> str | None:
    return None if text is None else storable(text)


def _digest(task: Task) -> bytes:
    parts = (
        task.kind,
        task.text,
        task.deadline,
        [msgspec.structs.replace(a, covers=None) for a in task.assignments],
        task.instruments,
        task.programmes,
    )
    return hashlib.sha256(msgspec.json.encode(parts)).digest()[:_DIGEST_BYTES]


def _known(conn: Connection, digests: Sequence[bytes]) -> dict[bytes, int]:
    found: dict[bytes, int] = {}
    for start in range(0, len(digests), 500):
        some = digests[start : start + 500]
        found.update(
            (bytes(row.digest), int(row.id)) for row in conn.execute(_KNOWN, {"digests": some})
        )
    return found


def _add_contents(conn: Connection, fresh: dict[bytes, Task]) -> dict[bytes, int]:
    """Write wordings that are not known yet; gives their numbers by digest.

    Writers take turns, so that the next numbers are this one's.
    """
    if not fresh:
        return {}
    first = int(conn.execute(_LAST).scalar_one()) + 1
    numbers = {digest: number for number, digest in enumerate(fresh, first)}
    of = [(numbers[digest], task) for digest, task in fresh.items()]
    add_rows(
        conn,
        task_contents,
        ("id", "digest", "kind", "text", "deadline_on", "deadline_text"),
        [
            (
                numbers[digest],
                digest,
                task.kind,
                storable(task.text),
                task.deadline.date.isoformat() if task.deadline and task.deadline.date else None,
                _text(task.deadline.text) if task.deadline else None,
            )
            for digest, task in fresh.items()
        ],
    )
    add_rows(
        conn,
        assignments,
        (
            *("content_id", "ordinal", "actor", "agency"),
            *("name", "actor_kind", "role", "inherited"),
        ),
        [row for number, task in of for row in _assignments(number, task)],
    )
    add_rows(
        conn,
        task_instruments,
        ("content_id", "ordinal", "instrument", "title", "commitment_text", "commitment_level"),
        [row for number, task in of for row in _instruments(number, task)],
    )
    add_rows(
        conn,
        task_programmes,
        ("content_id", "ordinal", "programme", "name"),
        [row for number, task in of for row in _programmes(number, task)],
    )
    _index_words(conn, [(number, task.text) for number, task in of])
    return numbers


def _assignments(content_id: int, task: Task) -> Iterator[tuple[object, ...]]:
    for ordinal, a in enumerate(task.assignments):
        yield (
            *(content_id, ordinal, storable(a.key[:KEY_LIMIT]), _text(a.agency)),
            *(storable(a.name), a.kind, a.role, a.inherited),
        )


def _instruments(content_id: int, task: Task) -> Iterator[tuple[object, ...]]:
    for ordinal, i in enumerate(task.instruments):
        yield (
            content_id,
            ordinal,
            storable(i.key[:KEY_LIMIT]),
            storable(i.title),
            _text(i.commitment.text) if i.commitment else None,
            i.commitment.level if i.commitment else None,
        )


def _programmes(content_id: int, task: Task) -> Iterator[tuple[object, ...]]:
    for ordinal, p in enumerate(task.programmes):
        yield content_id, ordinal, storable(p.key[:KEY_LIMIT]), storable(p.name)


def _index_words(conn: Connection, contents: Sequence[tuple[int, str]]) -> None:
    found = [(number, words(storable(text))) for number, text in contents]
    if conn.dialect.name == "sqlite":
        conn.exec_driver_sql(
            "INSERT INTO task_words (rowid, words) VALUES (?, ?)",
            [(number, " ".join(pieces)) for number, pieces in found],
        )
    else:
        conn.exec_driver_sql(
            "INSERT INTO task_words (content_id, words) VALUES (%s, array_to_tsvector(%s::text[]))",
            [(number, list(pieces)) for number, pieces in found],
        )
