"""The tasks of a plan as rows, for search, traces and matrices; rebuilt from the plan at any time.

A wording with its bodies, instruments and programmes is one row of ``task_contents`` however many
versions repeat it, and the rows of one list of bodies serve every task that is given to them.

Where they stand is kept for a track: the plans of one document in the order in which they were
indexed. A row holds from one step of the track to another, so that a plan which differs from the one
before in two tasks writes two. A track that has become twice as long as its plans ends, and the next
plan begins a new one: no question about a plan looks at more than that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.bulk import add_rows, add_rows_to, numbers_of
from storage.prepared import Prepared
from storage.tables.readings import (
    assignment_lists,
    assignments,
    plans,
    section_places,
    task_contents,
    task_instruments,
    task_places,
    task_programmes,
    tracks,
)
from storage.task_index import PlanIndex, Wording

#: ``until`` of a row that holds at the track's last step.
OPEN = 0x7FFF
#: A track has at most so many rows for each row of the plan in hand; of a short plan more.
_LONGEST = 2
_SHORT = 40


def _last(column: sa.Column[int]) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.coalesce(sa.func.max(column), 0)).scalar_subquery()


#: The numbers given last and the line's newest track, in one question.
_STATE = Prepared(
    sa.select(
        _last(task_contents.c.id).label("last_content"),
        _last(assignment_lists.c.id).label("last_list"),
        _last(tracks.c.track).label("last_track"),
        *(tracks.c[name] for name in ("track", "step", "rows")),
    ).select_from(
        sa.select(sa.literal(1).label("one"))
        .subquery("always")
        .outerjoin(tracks, tracks.c.line == sa.bindparam("of_line"))
    )
)
_NEW_TRACK = Prepared(tracks.insert(), ("line", "track", "step", "rows"))
_SET_TRACK = Prepared(
    tracks.update()
    .where(tracks.c.line == sa.bindparam("of_line"))
    .values({name: sa.bindparam(f"new_{name}") for name in ("track", "step", "rows")})
)
_OF_TRACK = ("track", "ordinal", "since", "until")
_TASK = ("content_id", "task_id", "number", "section")
_SECTION = ("section_id", "number", "title", "parent")

#: The values of a row beside where and how long it holds.
Row = tuple[object, ...]


def place(conn: Connection, line: str, index: PlanIndex) -> tuple[int, int]:
    """Write the rows of a plan of ``line`` (a document in one language and of one nature).

    Gives the track and the step that belong on the plan's row.
    """
    known = _STATE.first(conn, {"of_line": line})
    numbers = _contents(conn, index, last=known.last_content, last_list=known.last_list)
    tasks = {
        n: (numbers[one.wording], one.task_id, one.number, one.section)
        for n, one in enumerate(index.tasks)
    }
    sections = {
        n: (one.section_id, one.number, one.title, one.parent)
        for n, one in enumerate(index.sections)
    }
    wanted: tuple[tuple[sa.Table, tuple[str, ...], dict[int, Row]], ...] = (
        (task_places, _TASK, dict(tasks)),
        (section_places, _SECTION, dict(sections)),
    )
    length = len(tasks) + len(sections)
    if known.track is not None and known.step + 1 < OPEN:
        differences = [
            (table, names, *_difference(_open_rows(conn, table, names, known.track), rows))
            for table, names, rows in wanted
        ]
        total = known.rows + sum(len(new) for _, _, _, new in differences)
        if total <= max(_LONGEST * length, _SHORT):
            step = known.step + 1
            for table, names, gone, new in differences:
                _close(conn, table, known.track, gone, until=known.step)
                _open(conn, table, names, known.track, new, since=step)
            _keep_track(conn, line, (known.track, step, total), new=False)
            return int(known.track), int(step)
    track = int(known.last_track) + 1
    for table, names, rows in wanted:
        _open(conn, table, names, track, rows, since=0)
    _keep_track(conn, line, (track, 0, length), new=known.track is None)
    return track, 0


def drop(conn: Connection, plan_id: int) -> None:
    """Take a plan out of the index; wordings that no plan has any more stay and are found by none."""
    track = conn.execute(sa.select(plans.c.track).where(plans.c.id == plan_id)).scalar()
    if track is None:
        return
    conn.execute(plans.update().where(plans.c.id == plan_id).values(track=None, step=None))
    for table in (task_places, section_places):
        used = sa.exists().where(
            plans.c.track == table.c.track,
            plans.c.step >= table.c.since,
            plans.c.step <= table.c.until,
        )
        conn.execute(table.delete().where(table.c.track == track, ~used))


def _keep_track(conn: Connection, line: str, state: tuple[int, int, int], *, new: bool) -> None:
    track, step, rows = state
    if new:
        _NEW_TRACK.run(conn, {"line": line, "track": track, "step": step, "rows": rows})
    else:
        given = {"of_line": line, "new_track": track, "new_step": step, "new_rows": rows}
        _SET_TRACK.run(conn, given)


def _open_rows(
    conn: Connection, table: sa.Table, names: tuple[str, ...], track: int
) -> dict[int, Row]:
    rows = _open_ones(table, names).all(conn, {"of_track": track, "still": OPEN})
    return {int(row[0]): tuple(row[1:]) for row in rows}


@cache
def _open_ones(table: sa.Table, names: tuple[str, ...]) -> Prepared:
    """The statement for one table, made once: it is part of every new version."""
    return Prepared(
        sa.select(table.c.ordinal, *(table.c[name] for name in names)).where(
            table.c.track == sa.bindparam("of_track"), table.c.until == sa.bindparam("still")
        )
    )


def _difference(old: dict[int, Row], new: dict[int, Row]) -> tuple[list[int], dict[int, Row]]:
    """The ordinals whose rows hold no more, and the rows that are new."""
    gone = [ordinal for ordinal, row in old.items() if new.get(ordinal) != row]
    return gone, {ordinal: row for ordinal, row in new.items() if old.get(ordinal) != row}


def _close(
    conn: Connection, table: sa.Table, track: int, ordinals: Sequence[int], *, until: int
) -> None:
    for ordinal in ordinals:
        given = {"of_track": track, "at_ordinal": ordinal, "still": OPEN, "last": until}
        _closing(table).run(conn, given)


@cache
def _closing(table: sa.Table) -> Prepared:
    return Prepared(
        table.update()
        .where(
            table.c.track == sa.bindparam("of_track"),
            table.c.ordinal == sa.bindparam("at_ordinal"),
            table.c.until == sa.bindparam("still"),
        )
        .values(until=sa.bindparam("last"))
    )


def _open(
    conn: Connection,
    table: sa.Table,
    names: tuple[str, ...],
    track: int,
    rows: dict[int, Row],
    *,
    since: int,
) -> None:
    full = [(track, ordinal, since, OPEN, *row) for ordinal, row in rows.items()]
    add_rows(conn, table, (*_OF_TRACK, *names), full)


def _contents(conn: Connection, index: PlanIndex, *, last: int, last_list: int) -> dict[bytes, int]:
    """The number of each wording by its digest; those that are not known yet are written.

    ``last`` and ``last_list`` are the numbers given last. Writers take turns, so that the next are
    this one's.
    """
    known = numbers_of(conn, task_contents, "digest", list(index.wordings))
    fresh = {d: wording for d, wording in index.wordings.items() if d not in known}
    if not fresh:
        return known
    given = dict.fromkeys(w.bodies for w in fresh.values() if w.bodies is not None)
    lists = _lists(conn, index, list(given), last=last_list)

    def listed(wording: Wording) -> int | None:
        return None if wording.bodies is None else lists[wording.bodies]

    first = last + 1
    of = list(enumerate(fresh.values(), first))
    add_rows(
        conn,
        task_contents,
        ("id", "digest", "kind", "text", "deadline_on", "deadline_text", "list_id"),
        [
            (number, digest, *(w.kind, w.text, w.deadline_on, w.deadline_text, listed(w)))
            for number, (digest, w) in enumerate(fresh.items(), first)
        ],
    )
    add_rows(
        conn,
        task_instruments,
        ("content_id", "ordinal", "instrument", "title", "commitment_text", "commitment_level"),
        [(number, n, *row) for number, w in of for n, row in enumerate(w.instruments)],
    )
    add_rows(
        conn,
        task_programmes,
        ("content_id", "ordinal", "programme", "name"),
        [(number, n, *row) for number, w in of for n, row in enumerate(w.programmes)],
    )
    _index_words(conn, of)
    return known | {digest: number for number, digest in enumerate(fresh, first)}


def _lists(
    conn: Connection, index: PlanIndex, digests: Sequence[bytes], *, last: int
) -> dict[bytes, int]:
    """The number of each wanted list of bodies by its digest; new ones are written."""
    found = numbers_of(conn, assignment_lists, "digest", digests)
    fresh = [digest for digest in digests if digest not in found]
    if not fresh:
        return found
    first = last + 1
    numbered = list(enumerate(fresh, first))
    add_rows(conn, assignment_lists, ("id", "digest"), numbered)
    add_rows(
        conn,
        assignments,
        ("list_id", "ordinal", "actor", "agency", "name", "actor_kind", "role", "inherited"),
        [
            (number, n, *row)
            for number, digest in numbered
            for n, row in enumerate(index.lists[digest])
        ],
    )
    return found | {digest: number for number, digest in numbered}


def _index_words(conn: Connection, contents: Iterable[tuple[int, Wording]]) -> None:
    if conn.dialect.name == "sqlite":
        add_rows_to(
            conn,
            "task_words",
            ("rowid", "words"),
            [(number, wording.words) for number, wording in contents],
        )
    else:
        add_rows_to(
            conn,
            "task_words",
            ("content_id", "words"),
            [(number, _lexemes(wording.words)) for number, wording in contents],
        )


def _lexemes(words: str) -> str:
    """Index words, which have neither quotes nor backslashes, as PostgreSQL writes a ``tsvector``."""
    return "'" + words.replace(" ", "' '") + "'" if words else ""
