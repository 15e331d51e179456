"""Machine translations, kept per text so that each is asked for once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.records import Record
from storage.tables.readings import translations


class KeptTranslation(Record, frozen=True, kw_only=True):
    """One text by a machine: which provider gave it, and when."""

    text_key: str
    text: str
    provider: str
    made_at: dt.datetime


def newest(
    conn: Connection, text_keys: Iterable[str], *, target: str
) -> dict[str, KeptTranslation]:
    """The newest kept translation of each of these texts, by its key; those without are left out."""
    query = (
        sa.select(
            translations.c.text_key,
            translations.c.text,
            translations.c.provider,
            translations.c.made_at,
        )
        .where(translations.c.text_key.in_(sorted(set(text_keys))), translations.c.target == target)
        .order_by(translations.c.made_at, translations.c.provider, translations.c.glossary)
    )
    return {
        row.text_key: KeptTranslation(
            text_key=row.text_key, text=row.text, provider=row.provider, made_at=row.made_at
        )
        for row in conn.execute(query)
    }


def get(
    conn: Connection, text_key: str, *, target: str, provider: str, glossary: str
) -> str | None:
    """The kept translation by this provider with this glossary version, None where there is none."""
    query = sa.select(translations.c.text).where(
        translations.c.text_key == text_key,
        translations.c.target == target,
        translations.c.provider == provider,
        translations.c.glossary == glossary,
    )
    return conn.execute(query).scalar()


def store(
    conn: Connection,
    text_key: str,
    text: str,
    *,
    target: str,
    provider: str,
    glossary: str,
    now: dt.datetime,
) -> None:
    """Keep a translation; the first one stays."""
    if get(conn, text_key, target=target, provider=provider, glossary=glossary) is None:
        conn.execute(
            translations.insert().values(
                text_key=text_key,
                text=text,
                target=target,
                provider=provider,
                glossary=glossary,
                made_at=now,
            )
        )
