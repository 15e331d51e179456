"""A clock that went ahead and was set right again does no harm.

What was written meanwhile lies in the future: sources that would not be looked at for years, leases
and claims of nobody. All of it is measured by what would be written now at the latest.
"""

from __future__ import annotations

import datetime as dt

import structlog

from monitor.polling.rounds import LONGEST_WAIT
from monitor.runtime import Runtime, schedule_for
from monitor.schedule import next_due
from storage import clock_faults, sources

log = structlog.get_logger(__name__)

#: No lease or claim is taken for longer.
LONGEST_LEASE = dt.timedelta(hours=1)
#: The longest that a delivery waits: a weekly digest, and quiet hours behind it.
LONGEST_DELIVERY = dt.timedelta(days=9)
_MARGIN = dt.timedelta(hours=1)


def set_right(runtime: Runtime) -> int:
    """Bring what lies too far ahead back to the present; gives how much there was of it."""
    now = runtime.now()
    bursts = (subscription.burst.within for subscription in runtime.config.subscriptions)
    latest_delivery = now + max([LONGEST_DELIVERY, *bursts]) + _MARGIN
    found = 0
    with runtime.database.reading() as conn:
        known = sources.list_all(conn)
    late = [source.id for source in known if _too_late(runtime, source.id, source.next_due_at)]
    with runtime.database.writing() as conn:
        for id in late:
            sources.set_due(conn, id, now)
        found += len(late)
        found += clock_faults.release_leases(conn, now + LONGEST_LEASE)
        found += clock_faults.give_back_deliveries(conn, now + LONGEST_LEASE)
        found += clock_faults.send_now(conn, latest_delivery, now)
        found += clock_faults.begin_now(conn, now)
    if found:
        log.warning("the clock had been ahead: times set right", rows=found)
    return found


def _too_late(runtime: Runtime, source_id: str, due: dt.datetime | None) -> bool:
    """Whether a source is due later than its schedule, and a server's longest wish, would have it."""
    source = next((s for s in runtime.config.enabled_sources if s.id == source_id), None)
    if source is None or due is None:
        return False
    schedule = schedule_for(runtime.config, source)
    latest = next_due(schedule, runtime.now() + LONGEST_WAIT, draw=1.0)
    return due > latest + schedule.jitter + _MARGIN
