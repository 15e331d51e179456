"""Machine translations, kept per text so that each is asked for once."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.tables.readings import translations


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
