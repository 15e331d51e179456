"""The outbox: alerts to send, written with what they tell of, kept until they arrived.

A delivery is claimed, its attempt recorded, and only then sent. A process that dies in between
leaves an attempt without an end: the delivery is tried again when its time is over.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from plans.model import Changeset
from storage import evidence, payloads
from storage.errors import LeaseLost, NotFound
from storage.payloads import REPEATED, Payloads, told_first
from storage.prepared import Prepared
from storage.records import Alert, Attempt, Delivery, DeliveryState, NewAlert, NewDelivery
from storage.rows import build, columns, insert, many, one, values
from storage.tables.work import alert_changesets, alerts, attempts, deliveries

_KNOWN = Prepared(sa.select(alerts.c.id).where(alerts.c.id == sa.bindparam("of_alert")))
#: What was due for longer before it went out had waited for the program or its far end.
STALE = dt.timedelta(hours=6)
_ADD = Prepared(
    alerts.insert(),
    (
        *(name for name in NewAlert.__struct_fields__ if name not in ("changeset_ids", "ready")),
        *("chain_head", "created_at"),
    ),
)
_ADD_CHANGESET = Prepared(alert_changesets.insert(), ("alert_id", "ordinal", "changeset_id"))
_ADD_DELIVERY = Prepared(
    deliveries.insert(), (*NewDelivery.__struct_fields__, "alert_id", "state", "attempt_count")
)


def ready(alert: NewAlert, changeset: Changeset | None) -> NewAlert:
    """``alert`` with its payload packed, before the write. Pure.

    ``changeset`` is the first one that it will tell of. Where another one is kept by then, the
    payload is packed anew.
    """
    return msgspec.structs.replace(alert, ready=payloads.ready(alert, changeset))


def add(
    conn: Connection, alert: NewAlert, targets: Sequence[NewDelivery], *, now: dt.datetime
) -> bool:
    """Write an alert and where it goes; False, and nothing written, where its id is known."""
    if _KNOWN.first(conn, {"of_alert": alert.id}) is not None:
        return False
    row = values(alert, "changeset_ids", "ready")
    row |= {"chain_head": evidence.head(conn), "created_at": now}
    first_told = alert.changeset_ids[0] if alert.changeset_ids else None
    packing = Payloads(conn)
    if alert.ready is not None and packing.leans_on(alert.ready, first_told):
        row["payload"] = alert.ready.packed
    else:
        row["payload"] = packing.pack(alert.payload, row, first_told)
    _ADD.run(conn, row)
    for ordinal, changeset_id in enumerate(alert.changeset_ids):
        told = {"alert_id": alert.id, "ordinal": ordinal, "changeset_id": changeset_id}
        _ADD_CHANGESET.run(conn, told)
    first = {"alert_id": alert.id, "state": "pending", "attempt_count": 0}
    for target in targets:
        _ADD_DELIVERY.run(conn, first | values(target))
    return True


def add_delivery(conn: Connection, alert_id: str, target: NewDelivery) -> bool:
    """Send a known alert to one more channel; False where it goes there already."""
    query = sa.select(deliveries.c.id).where(
        deliveries.c.alert_id == alert_id, deliveries.c.channel == target.channel
    )
    if conn.execute(query).first() is not None:
        return False
    insert(
        conn,
        deliveries,
        alert_id=alert_id,
        channel=target.channel,
        mode=target.mode,
        due_at=target.due_at,
        state="pending",
        attempt_count=0,
    )
    return True


# --- sending ----------------------------------------------------------------------------------


def channels_due(conn: Connection, now: dt.datetime) -> tuple[str, ...]:
    """The channels that have something to send now and not in hand."""
    query = sa.select(deliveries.c.channel).where(*_free(now)).distinct()
    return tuple(conn.execute(query.order_by(deliveries.c.channel)).scalars())


def claim(
    conn: Connection,
    holder: str,
    *,
    now: dt.datetime,
    until: dt.datetime,
    channel: str | None = None,
    mode: str | None = None,
    limit: int = 1,
) -> tuple[Delivery, ...]:
    """Take up to ``limit`` deliveries that are due, the longest due first; nobody else gets them
    before ``until``.
    """
    query = sa.select(deliveries.c.id).where(*_free(now))
    if channel is not None:
        query = query.where(deliveries.c.channel == channel)
    if mode is not None:
        query = query.where(deliveries.c.mode == mode)
    numbers = conn.execute(query.order_by(deliveries.c.due_at, deliveries.c.id).limit(limit))
    taken = [
        number
        for number in numbers.scalars().all()
        if conn.execute(
            deliveries.update()
            .where(deliveries.c.id == number, *_free(now))
            .values(holder=holder, held_until=until)
        ).rowcount
    ]
    return tuple(delivery(conn, number) for number in taken)


def attempt(conn: Connection, delivery_id: int, holder: str, *, now: dt.datetime) -> int:
    """Record that sending begins; commit before sending. Gives the attempt's number.

    Raises LeaseLost where ``holder`` does not hold the delivery any more.
    """
    counted = conn.execute(
        deliveries.update()
        .where(
            deliveries.c.id == delivery_id,
            deliveries.c.holder == holder,
            deliveries.c.held_until > now,
            deliveries.c.state == "pending",
        )
        .values(attempt_count=deliveries.c.attempt_count + 1)
    ).rowcount
    if not counted:
        raise LeaseLost(f"delivery {delivery_id} is not held by {holder} any more")
    return insert(
        conn, attempts, delivery_id=delivery_id, holder=holder, started_at=now, outcome="started"
    )


def sent(
    conn: Connection, attempt_id: int, *, now: dt.datetime, receipt: str | None = None
) -> None:
    """The far end has accepted it; that counts although the claim may be lost by now."""
    _end(conn, attempt_id, now, "sent", None)
    _finish(conn, _attempt(conn, attempt_id).delivery_id, "sent", now, receipt=receipt)


def failed(
    conn: Connection, attempt_id: int, *, now: dt.datetime, error: str, retry_at: dt.datetime
) -> None:
    """It did not arrive, or that is not known: try again at ``retry_at``.

    Where another process has taken the delivery over, only the attempt is ended.
    """
    _end(conn, attempt_id, now, "failed", error)
    conn.execute(
        deliveries.update()
        .where(*_still_held(_attempt(conn, attempt_id)))
        .values(due_at=retry_at, holder=None, held_until=None, last_error=error)
    )


def dead(conn: Connection, attempt_id: int, *, now: dt.datetime, error: str) -> None:
    """It cannot arrive: stop until a person sends it again.

    Where another process has taken the delivery over, only the attempt is ended.
    """
    _end(conn, attempt_id, now, "failed", error)
    conn.execute(
        deliveries.update()
        .where(*_still_held(_attempt(conn, attempt_id)))
        .values(state="dead", finished_at=now, holder=None, held_until=None, last_error=error)
    )


def give_back(
    conn: Connection, delivery_id: int, holder: str, *, due_at: dt.datetime | None = None
) -> None:
    """Let go of a claimed delivery without an attempt, to be sent at ``due_at`` (None: as before)."""
    row: dict[str, object] = {"holder": None, "held_until": None}
    if due_at is not None:
        row["due_at"] = due_at
    conn.execute(
        deliveries.update()
        .where(deliveries.c.id == delivery_id, deliveries.c.holder == holder)
        .values(**row)
    )


def give_back_all(conn: Connection, holder: str) -> int:
    """Let go of everything that a process which is gone had claimed; gives how many there were.

    What it had begun to send may have arrived: it goes out again under the same key.
    """
    return conn.execute(
        deliveries.update()
        .where(deliveries.c.holder == holder, deliveries.c.state == "pending")
        .values(holder=None, held_until=None)
    ).rowcount


def settle(conn: Connection, alert_id: str, payload: dict[str, object]) -> None:
    """Keep an alert's payload in the form in which it goes out."""
    kept = sa.select(*(alerts.c[name] for name in REPEATED), told_first().label("told"))
    row = conn.execute(kept.where(alerts.c.id == alert_id)).one()
    packed = Payloads(conn).pack(payload, row._asdict(), row.told)
    conn.execute(alerts.update().where(alerts.c.id == alert_id).values(payload=packed))


def drop(conn: Connection, delivery_id: int, *, now: dt.datetime, reason: str) -> None:
    """Not to be sent after all (its channel is gone, it went out within a digest)."""
    _finish(conn, delivery_id, "dropped", now, last_error=reason)


def retry(conn: Connection, alert_id: str, *, now: dt.datetime) -> int:
    """Send what is dead of an alert again, now; gives how many deliveries that are."""
    return conn.execute(
        deliveries.update()
        .where(deliveries.c.alert_id == alert_id, deliveries.c.state == "dead")
        .values(state="pending", due_at=now, finished_at=None, holder=None, held_until=None)
    ).rowcount


# --- looking ----------------------------------------------------------------------------------


def get(conn: Connection, alert_id: str) -> Alert:
    """One alert. Raises NotFound."""
    found = _read(conn, _alerts().where(alerts.c.id == alert_id))
    if not found:
        raise NotFound(f"no alert {alert_id!r}; `planwatch alerts list` names them")
    return found[0]


def find(conn: Connection, beginning: str) -> Alert:
    """The one alert whose id begins so. Raises NotFound, also where several do."""
    query = _alerts().where(alerts.c.id.startswith(beginning, autoescape=True))
    found = _read(conn, query.order_by(alerts.c.id).limit(2))
    if len(found) != 1:
        what = "no alert has" if not found else "more than one alert has"
        raise NotFound(f"{what} an id that begins with {beginning!r}; see planwatch alerts list")
    return found[0]


def list_all(
    conn: Connection,
    *,
    document_id: str | None = None,
    subscription: str | None = None,
    state: DeliveryState | None = None,
    unacknowledged: bool = False,
    limit: int = 100,
    before: dt.datetime | None = None,
    after_id: str = "",
    with_payload: bool = True,
) -> tuple[Alert, ...]:
    """Alerts, newest first; with ``state`` those that have a delivery in it.

    Without ``with_payload`` each payload is left empty: a list that shows none of them need not
    read the changesets that they lean on.

    A page goes on at the moment ``before`` of the last alert of the page before, ``after_id`` being
    that alert: what was written in one transaction has one moment. Without it, only older ones.
    """
    query = _alerts().order_by(alerts.c.created_at.desc(), alerts.c.id).limit(limit)
    if document_id is not None:
        query = query.where(alerts.c.document_id == document_id)
    if subscription is not None:
        query = query.where(alerts.c.subscription == subscription)
    if unacknowledged:
        query = query.where(alerts.c.acknowledged_at.is_(None))
    if before is not None and after_id:
        rest = sa.or_(alerts.c.created_at < before, alerts.c.id > after_id)
        query = query.where(alerts.c.created_at <= before, rest)
    elif before is not None:
        query = query.where(alerts.c.created_at < before)
    if state is not None:
        there = sa.exists().where(deliveries.c.alert_id == alerts.c.id, deliveries.c.state == state)
        query = query.where(there)
    if not with_payload:
        return tuple(build(Alert, row, payload={}) for row in conn.execute(query))
    return _read(conn, query)


def delivery(conn: Connection, delivery_id: int) -> Delivery:
    """One delivery. Raises NotFound."""
    query = sa.select(*columns(Delivery, deliveries)).where(deliveries.c.id == delivery_id)
    found = one(conn, query, Delivery)
    if found is None:
        raise NotFound(f"no delivery {delivery_id}")
    return found


def deliveries_of(conn: Connection, alert_id: str) -> tuple[Delivery, ...]:
    """Where an alert goes, and how far it is."""
    query = sa.select(*columns(Delivery, deliveries)).where(deliveries.c.alert_id == alert_id)
    return many(conn, query.order_by(deliveries.c.id), Delivery)


def attempts_of(conn: Connection, delivery_id: int) -> tuple[Attempt, ...]:
    """The attempts of a delivery, the first first."""
    query = sa.select(*columns(Attempt, attempts)).where(attempts.c.delivery_id == delivery_id)
    return many(conn, query.order_by(attempts.c.id), Attempt)


def changesets_of(conn: Connection, alert_id: str) -> tuple[int, ...]:
    """The ids of the changesets that an alert told."""
    query = sa.select(alert_changesets.c.changeset_id).where(
        alert_changesets.c.alert_id == alert_id
    )
    return tuple(conn.execute(query.order_by(alert_changesets.c.ordinal)).scalars())


def sent_since(
    conn: Connection, channel: str, since: dt.datetime
) -> tuple[tuple[str, dt.datetime], ...]:
    """Subscription and time of what went out at once through a channel after ``since``, in order.

    What had been due for hours before that is left out: it came late, and together with others.
    """
    query = (
        sa.select(alerts.c.subscription, deliveries.c.finished_at)
        .join(alerts, alerts.c.id == deliveries.c.alert_id)
        .where(
            deliveries.c.channel == channel,
            deliveries.c.state == "sent",
            deliveries.c.mode == "at_once",
            deliveries.c.due_at > since - STALE,
            deliveries.c.finished_at > since,
        )
        .order_by(deliveries.c.finished_at, deliveries.c.id)
    )
    return tuple((row.subscription, row.finished_at) for row in conn.execute(query))


def counts(conn: Connection) -> dict[str, int]:
    """How many deliveries are in each state."""
    query = sa.select(deliveries.c.state, sa.func.count()).group_by(deliveries.c.state)
    found = {str(state): int(count) for state, count in conn.execute(query)}
    return {state: found.get(state, 0) for state in ("pending", "sent", "dead", "dropped")}


def given_up(conn: Connection) -> int:
    """How many deliveries were given up whose alert nobody has acknowledged."""
    query = (
        sa.select(sa.func.count())
        .select_from(deliveries.join(alerts, alerts.c.id == deliveries.c.alert_id))
        .where(deliveries.c.state == "dead", alerts.c.acknowledged_at.is_(None))
    )
    return int(conn.execute(query).scalar_one())


# --- acknowledging ----------------------------------------------------------------------------


def acknowledge(conn: Connection, alert_id: str, *, by: str, now: dt.datetime) -> bool:
    """A person has seen it: no more reminders. False where one had before. Raises NotFound."""
    get(conn, alert_id)
    return bool(
        conn.execute(
            alerts.update()
            .where(alerts.c.id == alert_id, alerts.c.acknowledged_at.is_(None))
            .values(acknowledged_at=now, acknowledged_by=by, remind_at=None)
        ).rowcount
    )


def to_remind(conn: Connection, now: dt.datetime) -> tuple[Alert, ...]:
    """Unacknowledged alerts whose reminder is due."""
    query = _alerts().where(alerts.c.remind_at <= now, alerts.c.acknowledged_at.is_(None))
    return _read(conn, query.order_by(alerts.c.remind_at, alerts.c.id))


def set_reminder(conn: Connection, alert_id: str, remind_at: dt.datetime | None) -> None:
    """Move the next reminder of an alert, None: no more."""
    conn.execute(alerts.update().where(alerts.c.id == alert_id).values(remind_at=remind_at))


def _alerts() -> sa.Select[tuple[object, ...]]:
    return sa.select(*columns(Alert, alerts), told_first().label("told"))


def _read(conn: Connection, query: sa.Select[tuple[object, ...]]) -> tuple[Alert, ...]:
    packing = Payloads(conn)
    return tuple(
        build(Alert, row, payload=packing.unpack(row.payload, row._asdict(), row.told))
        for row in conn.execute(query)
    )


def _free(now: dt.datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        deliveries.c.state == "pending",
        deliveries.c.due_at <= now,
        sa.or_(deliveries.c.holder.is_(None), deliveries.c.held_until <= now),
    )


def _end(
    conn: Connection, attempt_id: int, now: dt.datetime, outcome: str, error: str | None
) -> None:
    conn.execute(
        attempts.update()
        .where(attempts.c.id == attempt_id)
        .values(ended_at=now, outcome=outcome, error=error)
    )


def _attempt(conn: Connection, attempt_id: int) -> Attempt:
    query = sa.select(*columns(Attempt, attempts)).where(attempts.c.id == attempt_id)
    found = one(conn, query, Attempt)
    if found is None:
        raise NotFound(f"no attempt {attempt_id}")
    return found


def _still_held(attempt: Attempt) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        deliveries.c.id == attempt.delivery_id,
        deliveries.c.state == "pending",
        deliveries.c.holder == attempt.holder,
    )


def _finish(
    conn: Connection, delivery_id: int, state: DeliveryState, now: dt.datetime, **more: object
) -> None:
    conn.execute(
        deliveries.update()
        .where(deliveries.c.id == delivery_id)
        .values(state=state, finished_at=now, holder=None, held_until=None, **more)
    )
