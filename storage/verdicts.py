"""Verdicts of persons on links between tasks, kept by the texts of both: they outlive rereadings."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import cast

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.records import Verdict
from storage.rows import insert
from storage.tables.work import verdicts

_WITHDRAWN = "withdrawn"


def give(
    conn: Connection,
    old_key: str,
    new_key: str,
    verdict: Verdict | None,
    *,
    by: str,
    now: dt.datetime,
) -> None:
    """Keep a verdict on the link of two task texts; None takes an earlier one back."""
    insert(
        conn,
        verdicts,
        old_key=old_key,
        new_key=new_key,
        verdict=verdict or _WITHDRAWN,
        given_by=by,
        given_at=now,
    )


def all_given(conn: Connection) -> dict[tuple[str, str], Verdict]:
    """Every verdict that holds, by (old text key, new text key): what plans.comparing takes."""
    query = sa.select(verdicts.c.old_key, verdicts.c.new_key, verdicts.c.verdict)
    found: dict[tuple[str, str], str] = {}
    for old_key, new_key, verdict in conn.execute(query.order_by(verdicts.c.id)):
        found[(old_key, new_key)] = verdict
    return {pair: cast(Verdict, said) for pair, said in found.items() if said != _WITHDRAWN}


def digest(given: Mapping[tuple[str, str], Verdict]) -> str:
    """A short hash of verdicts, as changesets are stamped with; "" for none."""
    if not given:
        return ""
    lines = sorted(f"{old}\t{new}\t{said}" for (old, new), said in given.items())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
