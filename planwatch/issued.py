"""When instruments were issued, as far as their own texts are kept: "no longer listed; issued on …"."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.engine import Connection

from monitor.config.model import Config
from plans.model import Plan
from storage import versions


def issued_between(conn: Connection, config: Config, old: Plan, new: Plan) -> dict[str, dt.date]:
    """Registry ids of instruments whose official text was issued between two plans, with the day.

    A text from before the older plan says nothing of why an instrument left the newer one.
    """
    first = old.issued_on or old.published_on
    last = new.issued_on or new.published_on
    if first is None or last is None:
        return {}
    found: dict[str, dt.date] = {}
    for document in config.documents:
        if document.instrument is None:
            continue
        for version in versions.list_all(conn, document.id, status="accepted"):
            day = version.issued_on or version.published_on
            if version.nature == "official" and day is not None and first < day <= last:
                found[document.instrument] = max(day, found.get(document.instrument, day))
    return found
