"""`planwatch baseline`: the version that later ones of a document are held against."""

from __future__ import annotations

from typing import Annotated

import typer

from planwatch.cli.context import cli_of
from planwatch.cli.errors import WrongUse
from planwatch.cli.options import Json
from planwatch.cli.output import write_out
from planwatch.cli.tables import as_json, local_time

app = typer.Typer(no_args_is_help=True, help="The version that later ones are held against.")

DEFAULT_DOCUMENT = "ip-power-plan"
Document = Annotated[str, typer.Argument(help="Id of a document.")]


def add_to(program: typer.Typer) -> None:
    """Add this file's commands to the program."""
    program.add_typer(app, name="baseline")


@app.command()
def show(context: typer.Context, document: Document = DEFAULT_DOCUMENT, json: Json = False) -> None:
    """Say which version is the baseline of a document, since when, and who chose it."""
    from storage import baselines, documents, versions

    cli = cli_of(context)
    with cli.database.reading() as conn:
        documents.get(conn, document)
        held = baselines.current(conn, document)
        version = versions.get(conn, held.version_id) if held and held.version_id else None
    if json:
        write_out(
            as_json(
                {
                    "document": document,
                    "ref": version.ref if version else None,
                    "edition": version.edition if version else None,
                    "nature": version.nature if version else None,
                    "title": version.title if version else None,
                    "pinned": bool(held and held.pinned),
                    "since": held.since if held else None,
                }
            ),
            None,
        )
        return
    if version is None or held is None:
        cleared = " (a person cleared it)" if held else ""
        cli.console.print(f"{document} has no baseline{cleared}.")
        return
    chosen = "pinned by a person" if held.pinned else "chosen by the program"
    cli.console.print(
        f"{version.ref}  {version.title}\n"
        f"edition {version.edition or '-'}, {version.nature}, {version.language}; "
        f"{chosen}, since {local_time(held.since)}",
        markup=False,
    )


@app.command("set")
def set_to(
    context: typer.Context,
    ref: Annotated[str, typer.Argument(help="The version: DOC#7, DOC@2024 …")],
) -> None:
    """Hold a document against this version from now on; the program will not replace it."""
    from storage import baselines, refs

    cli = cli_of(context)
    with cli.database.writing() as conn:
        version = refs.resolve(conn, ref)
        if version.status == "variant":
            raise WrongUse(f"{ref} is a mirror's variant that nobody has confirmed: no baseline")
        baselines.set_to(conn, version.document_id, version.id, pinned=True, now=cli.now())
    cli.console.print(f"{version.ref} is the baseline of {version.document_id} now.")


@app.command()
def clear(context: typer.Context, document: Document) -> None:
    """Hold a document against no version."""
    from storage import baselines, documents

    cli = cli_of(context)
    with cli.database.writing() as conn:
        documents.get(conn, document)
        baselines.clear(conn, document, now=cli.now())
    cli.console.print(f"{document} has no baseline now; `planwatch baseline set REF` sets one.")
