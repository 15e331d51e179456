"""Puts the rooms together: opens the database, and gives a new one the shipped baseline."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from plans.comparing.verdicts import NO_VERDICTS, Verdicts
from planwatch.settings import Settings
from planwatch.shipped import load_baseline
from storage import verdicts
from storage.database import Database


def open_database(settings: Settings, *, now: dt.datetime) -> Database:
    """The database of these settings; one that has no versions at all gets the shipped baseline.

    Raises StorageError and its kinds, each with the remedy in its message.
    """
    if "://" not in settings.database:
        Path(settings.database).expanduser().parent.mkdir(parents=True, exist_ok=True)
    database = Database.open(settings.database, now=now)
    load_baseline(database, now=now)
    return database


def stored_verdicts(settings: Settings, *, now: dt.datetime) -> Verdicts:
    """What a person has said of links; nothing where there is no database yet.

    Comparing two files must work without a database, and must not make one.
    """
    if "://" not in settings.database and not Path(settings.database).expanduser().exists():
        return NO_VERDICTS
    with Database.open(settings.database, now=now).reading() as conn:
        return verdicts.all_given(conn)
