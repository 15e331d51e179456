"""`planwatch review`: what was fetched and not believed; a person decides."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Annotated

import typer

from planwatch.cli.context import Cli, cli_of
from planwatch.cli.errors import Failure, WrongUse
from planwatch.cli.options import Json
from planwatch.cli.output import write_out
from planwatch.cli.tables import as_json, local_time, print_table

if TYPE_CHECKING:
    from monitor.reviewing import Decided

app = typer.Typer(no_args_is_help=True, help="What was fetched and not believed.")

Number = Annotated[int, typer.Argument(help="Number of a review, as `review list` shows it.")]
Note = Annotated[str, typer.Option(help="Why, for those who look later.")]


def add_to(program: typer.Typer) -> None:
    """Add this file's commands to the program."""
    program.add_typer(app, name="review")


@app.command("list")
def list_reviews(
    context: typer.Context,
    json: Json = False,
    every: Annotated[bool, typer.Option("--all", help="Decided ones, too.")] = False,
) -> None:
    """What waits for a decision."""
    from storage import reviews

    cli = cli_of(context)
    with cli.database.reading() as conn:
        found = reviews.list_all(conn, open_only=not every)
    if json:
        write_out(as_json(found), None)
        return
    print_table(
        cli.console,
        ("number", "since", "document", "decision", "what"),
        [
            (
                one.id,
                local_time(one.opened_at),
                one.document_id,
                one.decision or "open",
                f"{one.title or one.url}: {one.reason}",
            )
            for one in found
        ],
        empty="Nothing waits for a decision.",
    )


@app.command()
def show(context: typer.Context, number: Number, json: Json = False) -> None:
    """One review: what was doubted, why, and where it was published."""
    from storage import reviews

    cli = cli_of(context)
    with cli.database.reading() as conn:
        one = reviews.get(conn, number)
    if json:
        write_out(as_json(one), None)
        return
    out = cli.console
    out.print(f"{one.id}  {one.title or one.url}", style="bold", markup=False)
    out.print(f"{one.reason}\n{one.url}", markup=False)
    out.print(f"document {one.document_id}, since {local_time(one.opened_at)}", markup=False)
    if one.decision:
        by = f"{one.decision} by {one.decided_by}, {local_time(one.decided_at)}"
        out.print(f"{by}: {one.note or '-'}", markup=False)


@app.command()
def accept(context: typer.Context, number: Number, note: Note = "") -> None:
    """Believe it: it becomes a version and is told as one."""
    from monitor.reviewing import accept as accept_review

    cli = cli_of(context)
    _say(cli, accept_review(cli.program.runtime, number, by=getpass.getuser(), note=note))


@app.command()
def reject(context: typer.Context, number: Number, note: Note = "") -> None:
    """Do not believe it; the same content is not asked about again."""
    from monitor.reviewing import reject as reject_review

    cli = cli_of(context)
    _say(cli, reject_review(cli.program.runtime, number, by=getpass.getuser(), note=note))


@app.command()
def confirm(
    context: typer.Context,
    ref: Annotated[str, typer.Argument(help="A mirror's variant, as DOC#7.")],
) -> None:
    """Say that a mirror's variant is the official text: it becomes a version."""
    from monitor.reviewing import confirm_variant
    from storage import refs

    cli = cli_of(context)
    with cli.database.reading() as conn:
        version = refs.resolve(conn, ref)
    if version.status == "accepted":
        raise WrongUse(
            f"{version.ref} is a version already, no mirror's variant; "
            f"`planwatch versions {version.document_id}` says which are"
        )
    _say(cli, confirm_variant(cli.program.runtime, version.id))


def _say(cli: Cli, decided: Decided) -> None:
    if decided.problem:
        raise Failure(decided.problem)
    if decided.version is not None:
        cli.console.print(f"{decided.version.ref} is kept as a version.", markup=False)
    elif decided.review is not None:
        cli.console.print(f"review {decided.review.id}: {decided.review.decision}", markup=False)
