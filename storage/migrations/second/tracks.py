"""Where tasks stand as rows of tracks, and lists of bodies shared between tasks."""

from __future__ import annotations

import hashlib
from itertools import groupby

import msgspec
import sqlalchemy as sa
from alembic import op

from storage.bigrams import words
from storage.migrations.first.types import FLAG, INT, STR

#: ``until`` of a row that holds at the last step of its track.
_OPEN = 0x7FFF
_AT_ONCE = 1000


def create() -> None:
    """Make the tables of tracks, and move the rows of tasks, sections and bodies over."""
    _lists()
    _places()
    if op.get_context().dialect.name == "sqlite":
        _words()


def _lists() -> None:
    op.create_table(
        "assignment_lists",
        sa.Column("id", INT, autoincrement=False, nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_assignment_lists"),
        sa.UniqueConstraint("digest", name="uq_assignment_lists_digest"),
        sqlite_strict=True,
    )
    kind = "INTEGER" if op.get_context().dialect.name == "sqlite" else "BIGINT"
    op.execute(
        f"ALTER TABLE task_contents ADD COLUMN list_id {kind}"
        " CONSTRAINT fk_task_contents_list_id REFERENCES assignment_lists (id)"
    )
    op.create_index("ix_task_contents_list_id", "task_contents", ["list_id"])
    op.drop_index("ix_assignments_actor_content_id", "assignments")
    op.rename_table("assignments", "old_assignments")
    if kind == "BIGINT":
        op.execute("ALTER TABLE old_assignments RENAME CONSTRAINT pk_assignments TO old_pk")
    op.create_table(
        "assignments",
        sa.Column("list_id", INT, nullable=False),
        sa.Column("ordinal", INT, nullable=False),
        sa.Column("actor", STR, nullable=False),
        sa.Column("agency", STR),
        sa.Column("name", STR, nullable=False),
        sa.Column("actor_kind", STR, nullable=False),
        sa.Column("role", STR, nullable=False),
        sa.Column("inherited", FLAG, nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"], ["assignment_lists.id"], name="fk_assignments_list_id"
        ),
        sa.PrimaryKeyConstraint("list_id", "ordinal", name="pk_assignments"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    _move_lists()
    op.drop_table("old_assignments")
    op.create_index("ix_assignments_actor_list_id", "assignments", ["actor", "list_id"])


def _move_lists() -> None:
    conn = op.get_bind()
    names = ("actor", "agency", "name", "actor_kind", "role", "inherited")
    old = sa.table("old_assignments", *map(sa.column, ("content_id", "ordinal", *names)))
    lists = sa.table("assignment_lists", sa.column("id"), sa.column("digest", sa.LargeBinary))
    rows = sa.table(
        "assignments",
        *map(sa.column, ("list_id", "ordinal", *names[:-1])),
        sa.column("inherited", FLAG),
    )
    contents = sa.table("task_contents", sa.column("id"), sa.column("list_id"))
    numbers: dict[bytes, int] = {}
    of_content: list[dict[str, int]] = []
    query = sa.select(old).order_by(old.c.content_id, old.c.ordinal)
    for content_id, group in groupby(conn.execute(query).all(), key=lambda row: row.content_id):
        given = tuple((*row[2:-1], bool(row.inherited)) for row in group)
        digest = hashlib.sha256(msgspec.json.encode(given)).digest()[:16]
        if digest not in numbers:
            number = numbers[digest] = len(numbers) + 1
            conn.execute(lists.insert(), {"id": number, "digest": digest})
            conn.execute(
                rows.insert(),
                [
                    {"list_id": number, "ordinal": n} | dict(zip(names, one, strict=True))
                    for n, one in enumerate(given)
                ],
            )
        of_content.append({"of_content": content_id, "its_list": numbers[digest]})
    if of_content:
        conn.execute(
            contents.update()
            .where(contents.c.id == sa.bindparam("of_content"))
            .values(list_id=sa.bindparam("its_list")),
            of_content,
        )


def _places() -> None:
    """Each plan that is indexed becomes a track of one step; the next plan goes on from there."""
    kind = "INTEGER" if op.get_context().dialect.name == "sqlite" else "BIGINT"
    op.execute(f"ALTER TABLE plans ADD COLUMN track {kind}")
    op.execute(f"ALTER TABLE plans ADD COLUMN step {kind}")
    op.create_index("ix_plans_track_step", "plans", ["track", "step"])
    op.create_table(
        "tracks",
        sa.Column("line", STR, nullable=False),
        sa.Column("track", INT, nullable=False),
        sa.Column("step", INT, nullable=False),
        sa.Column("rows", INT, nullable=False),
        sa.PrimaryKeyConstraint("line", name="pk_tracks"),
        sa.UniqueConstraint("track", name="uq_tracks_track"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    _place_table(
        "task_places",
        sa.Column("content_id", INT, nullable=False),
        sa.Column("task_id", STR, nullable=False),
        sa.Column("number", STR),
        sa.Column("section", STR),
        sa.ForeignKeyConstraint(
            ["content_id"], ["task_contents.id"], name="fk_task_places_content_id"
        ),
    )
    _place_table(
        "section_places",
        sa.Column("section_id", STR, nullable=False),
        sa.Column("number", STR, nullable=False),
        sa.Column("title", STR, nullable=False),
        sa.Column("parent", STR),
    )
    for new, old, names in (
        ("task_places", "tasks", "content_id, task_id, number, section"),
        ("section_places", "sections", "section_id, number, title, parent"),
    ):
        op.execute(
            f"INSERT INTO {new} (track, ordinal, since, until, {names})"
            f" SELECT plan_id, ordinal, 0, {_OPEN}, {names} FROM {old}"
        )
        op.drop_table(old)
    op.create_index("ix_task_places_content_id", "task_places", ["content_id"])
    op.execute(
        "UPDATE plans SET track = id, step = 0"
        " WHERE id IN (SELECT max(id) FROM plans GROUP BY version_id)"
    )
    op.execute(
        "INSERT INTO tracks (line, track, step, rows)"
        " SELECT line, track, 0,"
        " (SELECT count(*) FROM task_places WHERE task_places.track = newest.track)"
        " + (SELECT count(*) FROM section_places WHERE section_places.track = newest.track)"
        " FROM (SELECT 'plan:' || v.document_id || ':' || v.language || ':' || v.nature AS line,"
        " max(p.track) AS track FROM plans p JOIN versions v ON v.id = p.version_id"
        " WHERE p.track IS NOT NULL GROUP BY v.document_id, v.language, v.nature) AS newest"
    )


def _place_table(name: str, *more: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("track", INT, autoincrement=False, nullable=False),
        sa.Column("ordinal", INT, autoincrement=False, nullable=False),
        sa.Column("since", INT, autoincrement=False, nullable=False),
        sa.Column("until", INT, nullable=False),
        *more,
        sa.PrimaryKeyConstraint("track", "ordinal", "since", name=f"pk_{name}"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _words() -> None:
    """SQLite's index over words anew: without a table of lengths, which nothing asks for."""
    conn = op.get_bind()
    conn.exec_driver_sql("DROP TABLE task_words")
    conn.exec_driver_sql(
        "CREATE VIRTUAL TABLE task_words USING fts5(words, content='', columnsize=0,"
        " detail='none', tokenize='unicode61 remove_diacritics 0')"
    )
    after = 0
    while True:
        some = conn.exec_driver_sql(
            "SELECT id, text FROM task_contents WHERE id > ? ORDER BY id LIMIT ?",
            (after, _AT_ONCE),
        ).all()
        if not some:
            return
        conn.exec_driver_sql(
            "INSERT INTO task_words (rowid, words) VALUES (?, ?)",
            [(number, " ".join(words(text))) for number, text in some],
        )
        after = some[-1][0]
