"""`planwatch db`: the database's schema."""

from __future__ import annotations

import typer

from planwatch.cli.context import cli_of
from planwatch.cli.options import Json
from planwatch.cli.output import write_out
from planwatch.cli.tables import as_json

app = typer.Typer(no_args_is_help=True, help="The database: its schema, and its upgrade.")


def add_to(program: typer.Typer) -> None:
    """Add this file's commands to the program."""
    program.add_typer(app, name="db")


@app.command()
def info(context: typer.Context, json: Json = False) -> None:
    """Say which database is used, and whether its schema is this release's."""
    from storage import migrate
    from storage.database import database_url

    cli = cli_of(context)
    found = migrate.info(database_url(cli.settings.database))
    if json:
        write_out(as_json(found), None)
        return
    state = (
        "no tables yet; `planwatch run` makes them"
        if found.revision is None
        else "up to date"
        if found.current
        else "older than this release; `planwatch db upgrade` brings it up (it backs up first)"
    )
    cli.console.print(
        f"{found.name}\nschema {found.revision or '-'} (newest {found.newest}): {state}",
        markup=False,
    )


@app.command()
def upgrade(context: typer.Context) -> None:
    """Bring the database to this release's schema; an SQLite file is copied first."""
    from storage import migrate
    from storage.database import database_url

    cli = cli_of(context)
    result = migrate.upgrade(database_url(cli.settings.database), now=cli.now())
    if result.backup:
        cli.console.print(f"backed up to {result.backup}", markup=False)
    cli.console.print(f"{result.name}: schema {result.revision}, up to date", markup=False)
