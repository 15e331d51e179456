"""`planwatch alerts` and `planwatch subscriptions`: what was told, and what would be."""

from __future__ import annotations

import getpass
import os
from typing import Annotated

import typer

from planwatch.cli.context import cli_of
from planwatch.cli.errors import Failure, WrongUse
from planwatch.cli.options import Json
from planwatch.cli.output import write_out
from planwatch.cli.tables import as_json, local_time, print_table

app = typer.Typer(no_args_is_help=True, help="What was told to whom, and what was not yet.")
subscriptions = typer.Typer(no_args_is_help=True, help="Who wants to hear of what.")

AlertId = Annotated[str, typer.Argument(help="Id of an alert, or its first characters.")]


def add_to(program: typer.Typer) -> None:
    """Add this file's commands to the program."""
    program.add_typer(app, name="alerts")
    program.add_typer(subscriptions, name="subscriptions")


@app.command("list")
def list_alerts(
    context: typer.Context,
    json: Json = False,
    document: Annotated[str | None, typer.Option(help="Of this document only.")] = None,
    dead: Annotated[bool, typer.Option(help="Only those with a delivery given up.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="At most so many, newest first.")] = 50,
) -> None:
    """Alerts, newest first, with how far each delivery came."""
    from storage import outbox

    cli = cli_of(context)
    with cli.database.reading() as conn:
        found = outbox.list_all(
            conn,
            document_id=document,
            state="dead" if dead else None,
            limit=limit,
            with_payload=False,
        )
        ways = {alert.id: outbox.deliveries_of(conn, alert.id) for alert in found}
    if json:
        rows = [
            {
                "id": alert.id,
                "event": alert.event,
                "subscription": alert.subscription,
                "severity": alert.severity,
                "headline": alert.headline,
                "created_at": alert.created_at,
                "acknowledged_at": alert.acknowledged_at,
                "deliveries": ways[alert.id],
            }
            for alert in found
        ]
        write_out(as_json(rows), None)
        return
    print_table(
        cli.console,
        ("id", "when", "to", "deliveries", "headline"),
        [
            (
                alert.id[:10],
                local_time(alert.created_at),
                alert.subscription,
                ", ".join(f"{way.channel} {way.state}" for way in ways[alert.id]),
                alert.headline,
            )
            for alert in found
        ],
        empty="Nobody has been told anything yet.",
    )


@app.command()
def show(context: typer.Context, alert: AlertId, json: Json = False) -> None:
    """One alert: its message, its deliveries and every attempt."""
    from storage import outbox

    cli = cli_of(context)
    with cli.database.reading() as conn:
        found = outbox.find(conn, alert)
        ways = outbox.deliveries_of(conn, found.id)
        attempts = {way.id: outbox.attempts_of(conn, way.id) for way in ways}
    if json:
        write_out(
            as_json({"alert": found, "deliveries": ways, "attempts": list(attempts.values())}), None
        )
        return
    out = cli.console
    out.print(found.headline, style="bold", markup=False)
    out.print(
        f"{found.event} to {found.subscription}, {local_time(found.created_at)}, id {found.id}",
        markup=False,
    )
    if found.acknowledged_at:
        out.print(
            f"acknowledged by {found.acknowledged_by}, {local_time(found.acknowledged_at)}",
            markup=False,
        )
    for way in ways:
        out.print(f"\n{way.channel}: {way.state} {way.last_error or ''}", markup=False)
        for attempt in attempts[way.id]:
            out.print(
                f"  {local_time(attempt.started_at)}  {attempt.outcome} {attempt.error or ''}",
                markup=False,
            )


@app.command()
def test(
    context: typer.Context, channel: Annotated[str, typer.Argument(help="Id of a channel.")]
) -> None:
    """Send a test message through a channel now."""
    from alerts.channels.base import DeliveryError
    from alerts.composing.templates import Templates
    from alerts.secrets import SecretError
    from alerts.trial import send_test

    cli = cli_of(context)
    config = next((one for one in cli.config.channels if one.id == channel), None)
    if config is None:
        known = ", ".join(one.id for one in cli.config.channels) or "none"
        raise WrongUse(f"no channel {channel!r} in {cli.settings.config}; there is: {known}")
    try:
        receipt = send_test(
            config, os.environ, Templates(cli.config.templates_folder), cli.registry, now=cli.now()
        )
    except (DeliveryError, SecretError) as error:
        raise Failure(f"{channel} did not take the test message: {error}") from error
    cli.console.print(f"{channel} took the test message. {receipt.detail}", markup=False)


@app.command()
def retry(
    context: typer.Context,
    alert: Annotated[str | None, typer.Argument(help="Id of an alert; none: all given up.")] = None,
) -> None:
    """Send deliveries that were given up once more: of one alert, or all of them."""
    from storage import outbox

    cli = cli_of(context)
    with cli.database.writing() as conn:
        given_up = (
            (outbox.find(conn, alert),)
            if alert
            else outbox.list_all(conn, state="dead", limit=10_000, with_payload=False)
        )
        count = sum(outbox.retry(conn, one.id, now=cli.now()) for one in given_up)
    cli.console.print(f"{count} deliveries are due again; the daemon sends them.")


@app.command()
def ack(context: typer.Context, alert: AlertId) -> None:
    """Acknowledge an alert, so that nobody is reminded of it."""
    from storage import outbox

    cli = cli_of(context)
    with cli.database.writing() as conn:
        found = outbox.find(conn, alert)
        outbox.acknowledge(conn, found.id, by=getpass.getuser(), now=cli.now())
    cli.console.print(f"acknowledged: {found.headline}", markup=False)


@subscriptions.command("list")
def list_subscriptions(context: typer.Context, json: Json = False) -> None:
    """The subscriptions of the configuration."""
    cli = cli_of(context)
    if json:
        write_out(as_json([s.model_dump(mode="json") for s in cli.config.subscriptions]), None)
        return
    print_table(
        cli.console,
        ("subscription", "channels", "when", "documents"),
        [
            (s.id, ", ".join(s.channels), s.when, ", ".join(s.documents) or "all")
            for s in cli.config.subscriptions
        ],
        empty=f"{cli.settings.config} names no subscription: nobody is told anything.",
    )


@subscriptions.command()
def preview(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Id of a subscription.")],
    old: Annotated[str, typer.Argument(help="REF or file.")],
    new: Annotated[str, typer.Argument(help="REF or file.")],
) -> None:
    """Show exactly what a subscription would be sent if NEW followed OLD."""
    from alerts.composing.templates import Templates
    from alerts.events import Comparison, Event
    from alerts.trial import preview as make_preview
    from planwatch.cli.diff import comparison
    from planwatch.inputs import load

    cli = cli_of(context)
    wanted = next((s for s in cli.config.subscriptions if s.id == name), None)
    if wanted is None:
        known = ", ".join(s.id for s in cli.config.subscriptions) or "none"
        raise WrongUse(f"no subscription {name!r} in {cli.settings.config}; there is: {known}")
    before = load(old, cli.registry, lambda: cli.database)
    after = load(new, cli.registry, lambda: cli.database)
    changes = comparison(cli, before, after)
    event = Event(
        kind="version_recorded",
        at=cli.now(),
        document=after.side.document or (wanted.documents[0] if wanted.documents else None),
        title_en=after.plan.title,
        title_zh=after.plan.title,
        edition=after.plan.edition,
        comparisons=(
            Comparison(against="predecessor", changeset=changes, old=before.plan, new=after.plan),
        ),
    )
    found = make_preview(event, wanted, cli.registry, Templates(cli.config.templates_folder))
    cli.console.print(found.text if found else f"{name} would be told nothing.", markup=False)
