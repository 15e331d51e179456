"""The editions of a document as people look back on them: one text for each, in their order."""

from __future__ import annotations

from sqlalchemy.engine import Connection

from storage import overview, versions
from storage.records import Version


def editions_of(conn: Connection, document_id: str) -> tuple[Version, ...]:
    """One accepted text for each edition, oldest first; which of several, storage's overview says.

    A document without editions (a law) has its versions instead, those of one language and nature.
    """
    editions = overview.newest_of_each_edition(conn, document_id)
    if [version.edition for version in editions] != [None]:
        return editions
    newest = editions[0]
    return versions.in_succession(conn, document_id, language=newest.language, nature=newest.nature)


def edition_name(version: Version) -> str:
    """What to call a version among the editions: its year, else its date, else its number."""
    return version.edition or str(version.issued_on or version.published_on or f"#{version.number}")
